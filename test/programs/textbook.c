#include <math.h>
#include <stdio.h>
#include <assert.h>
/* CHECK black: s, k, sigma, r, t -> return
 *   in double s = 100
 *   in double k = 95
 *   in double sigma = 0.2
 *   in double r = 0.03
 *   in double t = 0.8
 *   returns double
 */
/* CHECK heat: u[n], alpha -> u[n]
 *   int n = 8
 *   int steps = 5
 *   inout double u[8] = random(0, 1)
 *   in double alpha = 0.1
 */
/* CHECK poly: x[3] -> y[4]
 *   in double x[3] = random(-1, 1)
 *   out double y[4]
 */
static double ncdf(double x) { return 0.5 * erfc(-x * 0.70710678118654752440); }
double black(double s, double k, double sigma, double r, double t) {
    assert(s > 0);
    const double sq = sigma * sqrt(t);
    double d1 = (log(s / k) + (r + sigma * sigma / 2) * t) / sq, d2 = d1 - sq;
    return s * ncdf(d1) - k * exp(-r * t) * ncdf(d2);
}
void heat(int n, int steps, double *u, double alpha) {
    double old[8];
    for (int s = 0; s < steps; s++) {
        for (int i = 0; i < n; i++) old[i] = u[i];
        for (int i = 1; i < n - 1; i++)
            u[i] = old[i] + alpha * (old[i - 1] - 2 * old[i] + old[i + 1]) + 0.1 * old[i] * (1 - old[i]);
    }
}
void poly(const double x[3], double y[4]) {
    double p = 1, *out = y;
    int i = 4;
    do {
        *out++ = p;
        p *= x[0] + (i > 2 ? x[1] : x[2] * p);
    } while (--i);
    y[3] += fmax(x[0], x[1]) * fabs(x[2]) + pow(2.5 + x[0], x[1]) + hypot(x[1], x[2]) + atan2(x[0], 2 + x[1]);
}
