// OPTIONS --vjp=f:x->return
static double inner(double x) {
    int i = 0;
again:              // EXPECT-EITHER error: 
    x *= 1.5;
    if (i++ < 2)
        goto again; // EXPECT-EITHER error: goto
    return x;
}

/* never differentiated: no error */
static int count(int n) {
again:
    if (n > 3) {
        n--;
        goto again;
    }
    return n;
}

double f(double x) {
    return inner(x) * count(7);
}
