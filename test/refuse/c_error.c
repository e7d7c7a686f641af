// OPTIONS --vjp=f:x->return
double f(double x) {
    double y = x * z; // EXPECT 20: error: use of undeclared identifier 'z'
    return y          // EXPECT error: expected ';'
}
