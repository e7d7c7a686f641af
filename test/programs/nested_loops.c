/* CHECK-OPTIONS workspace */
/* CHECK convolve: x[n], k[m] -> y[n + m - 1]
 *   int n = 5
 *   int m = 3
 *   in double x[5] = random(-1, 1)
 *   in double k[3] = random(-1, 1)
 *   out double y[7]
 */
/* CHECK cholesky: a[n * n] -> a[n * n]
 *   int n = 3
 *   inout double a[9] = {4, 1, 0.5, 1, 3, 0.25, 0.5, 0.25, 2}
 */
/* CHECK stencil: u[n * n] -> u[n * n]
 *   int n = 5
 *   int steps = 2
 *   inout double u[25] = random(0, 1)
 */
/* CHECK triangle: a[n * n] -> return
 *   int n = 4
 *   in double a[16] = random(-1, 1)
 *   returns double
 */

/* Loops in loops whose bounds depend on outer indices. */
#include <math.h>

void convolve(int n, int m, const double *x, const double *k, double *y) {
    for (int i = 0; i < n + m - 1; i++) {
        y[i] = 0;
        for (int j = i - m + 1 > 0 ? i - m + 1 : 0; j <= i && j < n; j++)
            y[i] += x[j] * k[i - j];
    }
}

void cholesky(int n, double *a) {
    for (int j = 0; j < n; j++) {
        for (int k = 0; k < j; k++)
            a[j * n + j] -= a[j * n + k] * a[j * n + k];
        a[j * n + j] = sqrt(a[j * n + j]);
        for (int i = j + 1; i < n; i++) {
            for (int k = 0; k < j; k++)
                a[i * n + j] -= a[i * n + k] * a[j * n + k];
            a[i * n + j] /= a[j * n + j];
        }
    }
}

void stencil(int n, int steps, double *u) {
    for (int t = 0; t < steps; t++)
        for (int i = 1; i < n - 1; i++)
            for (int j = 1; j < n - 1; j++) {
                double *c = &u[i * n + j];
                *c = 0.25 * (c[-1] * c[1] + c[-n] * c[n]) + 0.5 * *c;
            }
}

double triangle(int n, const double *a) {
    double det = 1;
    for (int i = 0; i < n; ++i)
        for (int j = i; j < n; ++j)
            for (int k = j; k > i; --k)
                det += a[i * n + j] * a[k * n + j] * det;
    return det;
}
