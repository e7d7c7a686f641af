#include <math.h>
#include <stdlib.h>

/* CHECK relax: x[n] -> y[n]
 *   int n = 5
 *   int steps = 3
 *   in double x[5] = random(0.5, 1.5)
 *   out double y[5]
 */
/* CHECK two_rows: x[n] -> return
 *   int n = 5
 *   in double x[5] = random(0.5, 1.5)
 *   returns double
 */

/* Two arrays whose pointers are swapped each step. */
void relax(int n, int steps, const double *x, double *y) {
    double *now = malloc(n * sizeof(double)), *next = malloc(n * sizeof(double));
    for (int i = 0; i < n; i++)
        now[i] = x[i];
    for (int t = 0; t < steps; t++) {
        next[0] = now[0];
        next[n - 1] = now[n - 1] * now[0];
        for (int i = 1; i < n - 1; i++)
            next[i] = sin(now[i - 1]) + now[i] * now[i + 1];
        double *swap = now;
        now = next;
        next = swap;
    }
    for (int i = 0; i < n; i++)
        y[i] = now[i];
    free(now);
    free(next);
}

double two_rows(int n, const double *x) {
    double rows[2][8] = {{0}};
    int now = 0;
    for (int i = 0; i < n; i++) {
        for (int j = 1; j < 8; j++)
            rows[1 - now][j] = rows[now][j - 1] * x[i] + x[i];
        rows[1 - now][0] = x[i] * x[i];
        now = !now;
    }
    double sum = 0;
    for (int j = 0; j < 8; j++)
        sum += rows[now][j];
    return sum;
}
