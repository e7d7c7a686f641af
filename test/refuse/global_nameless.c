// OPTIONS --vjp=f:x --jvp=g:x,listed->return
struct {
    double a;
} inside; // EXPECT error: generated code needs the variable 'inside', whose type has no name

double f(double x) {
    inside.a = x;
    return inside.a;
}

struct {
    double a;
} listed[2]; // EXPECT error: generated code needs the variable 'listed', whose type has no name

double g(double x) {
    return listed[1].a * x;
}
