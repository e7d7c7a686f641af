// OPTIONS --vjp=f:x->return
double f(double x) {
    return ({ double y = x; y * y; }); // EXPECT error: 
}
