// OPTIONS --vjp=f:x->return
double f(double x) {
    static double total;     // EXPECT-EITHER error: 'total'
    total += x * x;          // EXPECT-EITHER error: 'total'
    return total;            // EXPECT-EITHER error: 'total'
}
