// EXPECT-SOMEWHERE error: nothing to differentiate
double square(double x) {
    return x * x;
}
