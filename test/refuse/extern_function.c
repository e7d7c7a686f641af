// OPTIONS --vjp=f:x->return
double mystery(double x);
double mystery_of_constant(int n);

double f(double x, int n) {
    double c = mystery_of_constant(n);
    double y = x * c;
    return mystery(y) + y; // EXPECT error: 'mystery'
}
