// OPTIONS --vjp=f:x->return
double f(double x) {
    double y = x;
    __asm__("" : "+m"(y)); // EXPECT error: assembly
    return y * x;
}
