#include <math.h>

/* CHECK product: x[n] -> return
 *   int n = 5
 *   in double x[5] = random(0.5, 1.5)
 *   returns double
 */
/* CHECK-OPTIONS standalone */

/* Needs a record: with --standalone the generated file brings what it uses of the runtime. */
double product(int n, const double *x) {
    double p = 1;
    for (int i = 0; i < n; i++)
        p = sin(p * x[i]);
    while (p < 10)
        p *= p + x[0];
    return p;
}
