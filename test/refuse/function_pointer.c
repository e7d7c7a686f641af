// OPTIONS --vjp=f:x->return --vjp=held:x->return --vjp=loose:x->return --vjp=kept:x->return
#include <math.h>

double f(double x, double (*g)(double)) {
    return x * g(x); // EXPECT error: the functions that this pointer may lead to are not known here
}

/* That of the caller's struct may be hidden(), whose address is another in generated code. */
static double hidden(double x) {
    return x * x;
}

struct table {
    double (*g)(double);
};

void fill(struct table *t) {
    t->g = hidden;
}

double held(double x, const struct table *t) {
    return t->g(x); // EXPECT error: the functions that this pointer may lead to are not known here
}

static double unprototyped(double (*g)(), double x) {
    return g(x); // EXPECT error: a call through a pointer
}

double loose(double x) {
    return unprototyped(sin, x);
}

static double (*current)(double) = sin;

void choose(int k) {
    current = k ? cos : hidden;
}

double kept(double x) {
    return current(x); // EXPECT error: the functions that this pointer may lead to are not known here
}
