#include <math.h>

/* CHECK wide: x[n], s -> return
 *   int n = 3
 *   in long double x[3] = random(0.5, 1.5)
 *   in double s = random(0.5, 1.5)
 *   returns long double
 */
/* CHECK-OPTIONS extended difference=1e-6L */

/* long double, mixed with double. */
long double wide(int n, const long double *x, double s) {
    long double sum = 0.0L;
    for (int i = 0; i < n; i++)
        sum += expl(x[i] * s) * sqrtl(x[i]);
    return sum * fabsl(x[0]);
}
