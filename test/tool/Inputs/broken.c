double square(double x) {
    return x * undeclared;
}
