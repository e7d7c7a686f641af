// OPTIONS --vjp=f:x->return
double f_vjp(double x) { // EXPECT-EITHER error: 'f_vjp'
    return x;
}

double f(double x) { // EXPECT-EITHER error: 'f_vjp'
    return x * x;
}
