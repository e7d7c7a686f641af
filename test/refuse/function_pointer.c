// OPTIONS --vjp=f:x->return --vjp=chosen:x->return --vjp=held:x->return --vjp=changed:x->return --vjp=loose:x->return
#include <math.h>

double f(double x, double (*g)(double)) {
    return x * g(x); // EXPECT error: a call through a pointer
}

static double apply(double (*g)(double), double x) {
    return g(x); // EXPECT error: a call through a pointer
}
double chosen(double x) {
    return apply(x > 0 ? sin : cos, x);
}

struct table {
    double (*g)(double);
};
double held(double x) {
    struct table t = {sin};
    return t.g(x); // EXPECT error: a call through a pointer
}

static double change(double (*g)(double), double x) {
    g = cos;
    return g(x); // EXPECT error: a call through a pointer
}
double changed(double x) {
    return change(sin, x);
}

static double unprototyped(double (*g)(), double x) {
    return g(x); // EXPECT error: a call through a pointer
}
double loose(double x) {
    return unprototyped(sin, x);
}
