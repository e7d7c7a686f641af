#include <cgrad/cgrad.h>

/* CHECK dot: x[n], y[n] -> return
 *   int n = 5
 *   in double x[5] = random(-1, 2)
 *   in double y[5] = random(-1, 2)
 *   returns double
 *   modes jvp vjp split grad
 */
/* CHECK-OPTIONS macros */

/* Requests written in the source. */
CGRAD_GRAD(x[n], y[n])
CGRAD_VJP(x[n], y[n])
CGRAD_JVP(x[n], y[n] -> return)
CGRAD_SPLIT(x[n], y[n])
double dot(int n, const double *x, const double *y) {
    double sum = 0;
    for (int i = 0; i < n; i++)
        sum += x[i] * y[i];
    return sum;
}
