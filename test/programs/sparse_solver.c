#include <stdlib.h>
#include <string.h>
#include <math.h>
/* CHECK solve: val[5], b[n] -> return
 *   int n = 3
 *   int row[4] = {0, 2, 4, 5}
 *   int col[5] = {0, 1, 1, 2, 2}
 *   in double val[5] = {4, 0.3, 5, 0.4, 3}
 *   in double b[3] = {1, 2, 3}
 *   returns double
 */
typedef struct { int n; const int *row, *col; const double *val; } csr;
static void spmv(const csr *a, const double *x, double *y) {
    for (int i = 0; i < a->n; i++) {
        double s = 0;
        for (int k = a->row[i]; k < a->row[i + 1]; k++)
            s += a->val[k] * x[a->col[k]];
        y[i] = s;
    }
}
double solve(int n, const int *row, const int *col, const double *val, const double *b) {
    csr a = {n, row, col, val};
    double *x = calloc(n, sizeof *x), *r = malloc(n * sizeof(double));
    int it;
    for (it = 0; it < 50; it++) {
        spmv(&a, x, r);
        double norm = 0;
        for (int i = 0; i < n; i++) {
            double d = b[i] - r[i];
            norm += d * d;
            x[i] += 0.2 * d;
        }
        if (norm < 1e-3)
            break;
    }
    double s = 0;
    for (int i = 0; i < n; i++)
        s += x[i] * x[i] * (i + 1);
    free(x);
    free(r);
    return s + it * 0;
}
