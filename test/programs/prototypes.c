#include <cgrad/cgrad.h>
#include <math.h>

/* CHECK outer: x[n] -> return
 *   int n = 3
 *   in double x[3] = random(0.5, 1.5)
 *   returns double
 *   modes jvp vjp grad
 */
/* CHECK inner_value: x -> return
 *   in double x = random(0.5, 1.5)
 *   returns double
 *   modes jvp vjp
 */
/* CHECK-OPTIONS macros */

/* Requests on prototypes, as in a header; other names in the prototype; definitions after their use. */
CGRAD_GRAD(x[n])
CGRAD_VJP(x[n])
CGRAD_JVP(x[n])
double outer(int count, const double values[]);

CGRAD_VJP(x)
CGRAD_JVP(x)
extern double inner_value(double x);
static void store(double *, double);

double outer(int n, const double *x) {
    double sum = 0, cell;
    for (int i = 0; i < n; i++) {
        store(&cell, inner_value(x[i]));
        sum += cell;
    }
    return sum;
}

double inner_value(double x) {
    return x * exp(-x);
}

static void store(double *to, double value) {
    *to = value * value;
}
