// OPTIONS --vjp=f:x->return
double f(double x, double (*g)(double)) {
    return x * g(x); // EXPECT error: 
}
