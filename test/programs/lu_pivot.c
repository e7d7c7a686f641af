#include <math.h>
#include <stdlib.h>

/* CHECK solve: a[n * n], b[n] -> x[n]
 *   int n = 4
 *   in double a[16] = random(-2, 2)
 *   in double b[4] = random(-2, 2)
 *   out double x[4]
 *   returns const int
 */
/* CHECK-OPTIONS identity=1e-10L difference=1e-6L */

/* Linear equations by elimination with partial pivoting: the order of the rows depends on values; a failure exit. */
int solve(int n, const double *a, const double *b, double *x) {
    double *lu = malloc(n * n * sizeof *lu);
    int *pivot = malloc(n * sizeof *pivot);
    for (int i = 0; i < n * n; i++)
        lu[i] = a[i];
    for (int i = 0; i < n; i++)
        pivot[i] = i;
    for (int k = 0; k < n; k++) {
        int best = k;
        for (int i = k + 1; i < n; i++)
            if (fabs(lu[pivot[i] * n + k]) > fabs(lu[pivot[best] * n + k]))
                best = i;
        int t = pivot[k];
        pivot[k] = pivot[best];
        pivot[best] = t;
        if (lu[pivot[k] * n + k] == 0) {
            free(lu);
            free(pivot);
            return 1;
        }
        for (int i = k + 1; i < n; i++) {
            double *row = &lu[pivot[i] * n];
            const double *top = lu + pivot[k] * n;
            double factor = row[k] /= top[k];
            for (int j = k + 1; j < n; j++)
                row[j] -= factor * top[j];
        }
    }
    for (int i = 0; i < n; i++) {
        x[i] = b[pivot[i]];
        for (int j = 0; j < i; j++)
            x[i] -= lu[pivot[i] * n + j] * x[j];
    }
    for (int i = n - 1; i >= 0; i--) {
        for (int j = i + 1; j < n; j++)
            x[i] -= lu[pivot[i] * n + j] * x[j];
        x[i] /= lu[pivot[i] * n + i];
    }
    free(lu);
    free(pivot);
    return 0;
}
