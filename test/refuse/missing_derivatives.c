// OPTIONS --vjp=f:x,w[n]->return
double first(double x, const double *w, int n);
void second(int n, double *);

/* One list of all that is missing: test/ad/stubs.c. */
double f(double x, const double *w, int n) {
    double y[2] = {x, x};
    y[0] = first(x, w, n); // EXPECT error: no derivative is known for 'first'
    second(2, y);          // EXPECT error: no derivative is known for 'second'
    return y[0] + y[1];
}
