#include <math.h>
#include <stdlib.h>

/* CHECK rows: x[n] -> return
 *   int m = 3
 *   int n = 4
 *   in double x[4] = random(-1, 1)
 *   returns double
 *   modes jvp
 */
/* CHECK grid: x[n] -> return
 *   int n = 4
 *   in double x[4] = random(-1, 1)
 *   returns double
 */
/* CHECK given_rows: a -> return
 *   int m = 2
 *   int n = 3
 *   in double *a[2] -> 3 = random(-1, 1)
 *   returns double
 *   modes jvp vjp split
 */

/* Work arrays of rows: pointers to pointers, a pointer to arrays of constant and of variable length. */
double rows(int m, int n, const double *x) {
    double **a = malloc(m * sizeof *a);
    for (int i = 0; i < m; i++) {
        a[i] = malloc(n * sizeof **a);
        for (int j = 0; j < n; j++)
            a[i][j] = i == 0 ? x[j] : sin(a[i - 1][j]) * x[(i + j) % n];
    }
    double sum = 0;
    for (int j = 0; j < n; j++)
        sum += a[m - 1][j];
    for (int i = 0; i < m; i++)
        free(a[i]);
    free(a);
    return sum;
}

double grid(int n, const double *x) {
    double(*a)[3] = calloc(n, sizeof *a);
    double(*b)[n] = malloc(sizeof(double[2][n]));
    double sum = 0;
    for (int i = 0; i < n; i++) {
        a[i][0] = x[i];
        a[i][1] += a[i][0] * x[0];
        b[0][i] = a[i][1] * a[i][1];
    }
    for (int i = 0; i < n; i++)
        b[1][i] = b[0][n - 1 - i] * a[i][0];
    for (int i = 0; i < n; i++)
        sum += b[1][i] * a[i][2] + b[1][i] * x[i];
    free(b);
    free(a);
    return sum;
}

double given_rows(int m, int n, double **a) {
    double sum = 0;
    for (int i = 0; i < m; i++)
        for (int j = 0; j < n; j++)
            sum += a[i][j] * a[m - 1 - i][j] * (i + 1);
    return sum;
}
