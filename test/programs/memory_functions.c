#include <stdlib.h>
#include <string.h>

/* CHECK-OPTIONS workspace */
/* CHECK shifted: x[n] -> x[n]
 *   int n = 6
 *   inout double x[6] = random(-1, 1)
 */
/* CHECK cleared: x[n] -> y[n]
 *   int n = 5
 *   in double x[5] = random(-1, 1)
 *   out double y[5] = random(-1, 1)
 */
/* CHECK columns: a[m * n] -> b[m * n]
 *   int m = 2
 *   int n = 3
 *   in double a[6] = random(-1, 1)
 *   out double b[6] = random(-1, 1)
 */

/* memmove with overlap, memset over values that were used, memcpy of rows and of local arrays. */
void shifted(int n, double *x) {
    memmove(x + 1, x, (n - 1) * sizeof *x);
    x[0] = x[1] * x[2];
    memmove(x, x + 2, sizeof(double) * (size_t)(n - 2));
}

void cleared(int n, const double *x, double *y) {
    double window[3] = {1, 2, 3}, other[3];
    memset(y, 0, n * sizeof(double));
    for (int i = 0; i < n; i++) {
        window[i % 3] *= x[i];
        memcpy(other, window, sizeof window);
        y[i] += other[0] * other[1] + other[2];
        if (i == 2)
            memset(window, 0, sizeof window);
        window[0] += x[i];
    }
}

void columns(int m, int n, const double *a, double *b) {
    double *row = malloc(n * sizeof *row);
    for (int i = 0; i < m; i++) {
        memcpy(row, a + i * n, n * sizeof *row);
        row[0] *= row[n - 1];
        memcpy(&b[(m - 1 - i) * n], row, n * sizeof *row);
    }
    free(row);
}
