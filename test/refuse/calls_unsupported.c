// OPTIONS --vjp=f:x->return
static double inner(double x) {
    __asm__("" : "+m"(x)); // EXPECT error: assembly
    return x * 1.5;
}

/* never differentiated: no error */
static int count(int n) {
    __asm__("" : "+m"(n));
    return n;
}

double f(double x) {
    return inner(x) * count(7);
}
