#include <cgrad/cgrad.h>
#include <math.h>

/* CHECK penalty: x[n], w -> return
 *   int n = 3
 *   in double x[3] = random(0.5, 1.5)
 *   in double w = random(0.5, 1.5)
 *   returns double
 */

/* Derivatives that the user wrote: used wherever the function is called. */
static double safe_sqrt(double x) {
    double y = 1;
    for (int i = 0; i < 60; i++)
        y = 0.5 * (y + x / y);
    return y;
}

CGRAD_CUSTOM_VJP(safe_sqrt)
double safe_sqrt_adjoint(double x, double *x_bar, double safe_sqrt_bar) {
    double y = safe_sqrt(x);
    *x_bar += safe_sqrt_bar / (2 * y);
    return y;
}

CGRAD_CUSTOM_JVP(safe_sqrt)
double safe_sqrt_tangent(double x, double x_dot, double *safe_sqrt_dot) {
    double y = safe_sqrt(x);
    *safe_sqrt_dot = x_dot / (2 * y);
    return y;
}

double penalty(int n, const double *x, double w) {
    double sum = 0;
    for (int i = 0; i < n; i++)
        sum += safe_sqrt(x[i] * w + 0.5) * x[i];
    return safe_sqrt(sum);
}
