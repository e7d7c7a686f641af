#include <stdlib.h>

/* CHECK empty: x[n], a -> return
 *   int n = 0
 *   in double x[1] = random(0.5, 1.5)
 *   in double a = random(0.5, 1.5)
 *   returns double
 *   modes jvp vjp split
 */
/* CHECK ragged: x[n] -> y[n]
 *   int n = 5
 *   int length[5] = {3, 0, 1, 0, 2}
 *   in double x[5] = random(0.5, 1.5)
 *   out double y[5]
 */

/* Loops that run not at all. */
double empty(int n, const double *x, double a) {
    double product = a, *work = calloc(n + 1, sizeof(double));
    for (int i = 0; i < n; i++)
        work[i] = product *= x[i];
    for (int i = n; i < 0; i++)
        product = 0;
    while (n > 0)
        product += x[--n];
    product += work[0] * a;
    free(work);
    return product * a;
}

void ragged(int n, const int *length, const double *x, double *y) {
    for (int i = 0; i < n; i++) {
        double power = x[i];
        for (int j = 0; j < length[i]; j++)
            power *= power + x[j];
        y[i] = power;
    }
}
