#include <stdlib.h>
#include <string.h>

/* CHECK brusselator: u, v -> u, v
 *   int n = 4
 *   int steps = 2
 *   inout double u[4][4] = random(0.5, 1.5)
 *   inout double v[4][4] = random(0.5, 1.5)
 */
/* CHECK jacobi: a[n * n] -> a[n * n]
 *   int n = 4
 *   int steps = 3
 *   inout double a[16] = random(0.5, 1.5)
 */
/* CHECK blocked: a[n * n], b[n * n], c[n * n] -> c[n * n]
 *   int n = 5
 *   in double a[25] = random(-1, 1)
 *   in double b[25] = random(-1, 1)
 *   inout double c[25] = random(-1, 1)
 */

/* Time steps on grids, periodic or fixed at the rim, and a blocked matrix product. */
void brusselator(int n, int steps, double u[n][n], double v[n][n]) {
    double du[n][n], dv[n][n];
    for (int t = 0; t < steps; t++) {
        for (int i = 0; i < n; i++)
            for (int j = 0; j < n; j++) {
                int up = (i + 1) % n, down = (i + n - 1) % n, left = (j + n - 1) % n, right = (j + 1) % n;
                double lu = u[up][j] + u[down][j] + u[i][left] + u[i][right] - 4 * u[i][j];
                double lv = v[up][j] + v[down][j] + v[i][left] + v[i][right] - 4 * v[i][j];
                double uuv = u[i][j] * u[i][j] * v[i][j];
                du[i][j] = 1 + uuv - 4.4 * u[i][j] + 0.1 * lu;
                dv[i][j] = 3.4 * u[i][j] - uuv + 0.1 * lv;
            }
        for (int i = 0; i < n; i++)
            for (int j = 0; j < n; j++) {
                u[i][j] += 0.01 * du[i][j];
                v[i][j] += 0.01 * dv[i][j];
            }
    }
}

void jacobi(int n, int steps, double *a) {
    double *b = malloc(sizeof(double) * n * n), *from = a, *to = b;
    memcpy(b, a, sizeof(double) * n * n);
    for (int t = 0; t < steps; t++) {
        for (int i = 1; i < n - 1; i++)
            for (int j = 1; j < n - 1; j++)
                to[i * n + j] = 0.2 * from[i * n + j] * (from[i * n + j - 1] + from[i * n + j + 1]) +
                                from[(i - 1) * n + j] + from[(i + 1) * n + j];
        double *swap = from;
        from = to;
        to = swap;
    }
    if (from != a)
        memcpy(a, from, sizeof(double) * n * n);
    free(b);
}

#define BLOCK 2
static int least(int a, int b) {
    return a < b ? a : b;
}

void blocked(int n, const double *a, const double *b, double *c) {
    for (int ii = 0; ii < n; ii += BLOCK)
        for (int kk = 0; kk < n; kk += BLOCK)
            for (int i = ii; i < least(ii + BLOCK, n); i++)
                for (int k = kk; k < n && k < kk + BLOCK; k++) {
                    double aik = a[i * n + k];
                    for (int j = 0; j < n; j++)
                        c[i * n + j] += aik * b[k * n + j];
                }
}
