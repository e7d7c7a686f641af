// OPTIONS --vjp=f:x->return
double f(double x) {
    int i = 0;
again:               // EXPECT-EITHER error: goto
    x *= x;
    if (++i < 3)
        goto again;  // EXPECT-EITHER error: goto
    return x;
}
