#include <string.h>

/* CHECK advance: x[n], v[n] -> x[n], v[n]
 *   int n = 4
 *   double dt = 0.25
 *   inout double x[4] = random(0.5, 1.5)
 *   inout double v[4] = random(0.5, 1.5)
 */
/* CHECK-OPTIONS flags=-DCGRAD_CHECK */

/* With -DCGRAD_CHECK the generated functions look whether arguments overlap: these do not. */
void advance(int n, double dt, double *x, double *v) {
    double old[16];
    memcpy(old, x, (size_t)n * sizeof *x);
    for (int i = 0; i < n; i++) {
        v[i] -= dt * x[i] * old[(i + 1) % n];
        x[i] += dt * v[i];
    }
}
