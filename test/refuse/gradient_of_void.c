// OPTIONS --grad=f:context[1]
struct factor {
    double a;
};

// EXPECT-SOMEWHERE error: 'context' points to void
double f(double x, const void *context) {
    const struct factor *factor = context;
    return factor->a * x;
}
