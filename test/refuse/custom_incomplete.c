#include <cgrad/cgrad.h>

static double product(double x, double w) {
    return x * w;
}

CGRAD_CUSTOM_VJP(product)
double product_adjoint(double x, double *x_bar, double w, double product_bar) {
    *x_bar += product_bar * w;
    return x * w;
}

CGRAD_CUSTOM_JVP(product)
double product_tangent(double x, double x_dot, double w, double w_dot) {
    return x * w + x_dot + w_dot;
}

/* Half a derivative is a wrong one. */
CGRAD_VJP(x, w -> return)
double vjp(double x, double w) {
    return product(x, w); // EXPECT error: 'product_adjoint' has no companion for 'w' of 'product', through which derivative values flow here
}

CGRAD_JVP(x -> return)
double jvp(double x, double w) {
    return product(x, w); // EXPECT error: 'product_tangent' has no parameter for the derivative of the value that 'product' returns
}
