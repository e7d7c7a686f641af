#include <math.h>

/* CHECK polar: x, y -> r, phi
 *   in double x = random(0.5, 1.5)
 *   in double y = random(0.5, 1.5)
 *   out double r[1]
 *   out double phi[1]
 */
/* CHECK statistics: x[n] -> mean, variance, return
 *   int n = 5
 *   in double x[5] = random(0.5, 1.5)
 *   out double mean[1]
 *   out double variance[1]
 *   returns double
 */
/* CHECK through: x -> return
 *   in double x = random(0.5, 1.5)
 *   returns double
 */

/* Results through pointers, read back by the caller, optional (NULL), and updated by several calls. */
void polar(double x, double y, double *r, double *phi) {
    *r = hypot(x, y);
    *phi = atan2(y, x);
}

double statistics(int n, const double *x, double *mean, double *variance) {
    *mean = 0;
    for (int i = 0; i < n; i++)
        *mean += x[i] / n;
    *variance = 0;
    for (int i = 0; i < n; i++)
        *variance += (x[i] - *mean) * (x[i] - *mean);
    return sqrt(*variance) / *mean;
}

static int halve(double *x, double *rest, int *count) {
    (*count)++;
    if (rest)
        *rest = *x * *x;
    *x *= 0.5;
    return *x > 0.3;
}

double through(double x) {
    double rest = 1, sum = 0;
    int count = 0;
    while (halve(&x, count % 2 ? &rest : 0, &count))
        sum += x * rest;
    halve(&sum, &rest, &count);
    return sum + rest * count;
}
