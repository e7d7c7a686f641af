// OPTIONS --vjp=f:x->return
static double last; // EXPECT-EITHER error: 'last'

double f(double x) {
    last = x * x;            // EXPECT-EITHER error: 'last'
    return last + x;         // EXPECT-EITHER error: 'last'
}
