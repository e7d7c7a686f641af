// OPTIONS --vjp=f:x->return
double first(double x);
void second(int n, double *x);

double f(double x) {
    double y[2] = {x, x};
    y[0] = first(x); // EXPECT error: 'first'
    second(2, y);    // EXPECT error: 'second'
    return y[0] + y[1];
}
