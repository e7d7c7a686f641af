// OPTIONS --vjp=f:x->return
double f(double x) {
    double y = x * x;
    long long *bits = (long long *)&y; // EXPECT-EITHER error: 
    *bits &= ~1LL;                     // EXPECT-EITHER error: 
    return y;                          // EXPECT-EITHER error: 
}
