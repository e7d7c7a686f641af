/* CHECK gather: x[n] -> y[m]
 *   int n = 4
 *   int m = 6
 *   int from[6] = {3, 1, 1, 0, 2, 3}
 *   in double x[4] = random(0.5, 1.5)
 *   out double y[6]
 */
/* CHECK scatter: x[m] -> y[n]
 *   int n = 4
 *   int m = 6
 *   int to[6] = {3, 1, 1, 0, 2, 3}
 *   in double x[6] = random(0.5, 1.5)
 *   acc double y[4] = random(0.5, 1.5)
 */
/* CHECK sparse: value[row[n]], x[n] -> y[n]
 *   int n = 3
 *   int row[4] = {0, 2, 3, 5}
 *   int column[5] = {0, 2, 1, 0, 2}
 *   in double value[5] = random(0.5, 1.5)
 *   in double x[3] = random(0.5, 1.5)
 *   out double y[3]
 */
/* CHECK permuted: x[n] -> return
 *   int n = 5
 *   int p[5] = {4, 2, 0, 1, 3}
 *   in double x[5] = random(0.5, 1.5)
 *   returns double
 */

/* Indices from arrays: the index arrays may change while they are used. */
void gather(int n, int m, const int *from, const double *x, double *y) {
    (void)n;
    for (int i = 0; i < m; i++)
        y[i] = x[from[i]] * x[from[i]];
}

void scatter(int n, int m, const int *to, const double *x, double *y) {
    for (int i = 0; i < m; i++)
        y[to[i]] = y[to[i]] * x[i] + x[i];
    for (int i = 0; i < n; i++)
        y[i] *= y[i];
}

void sparse(int n, const int *row, const int *column, const double *value, const double *x, double *y) {
    for (int i = 0; i < n; i++) {
        y[i] = 0;
        for (int k = row[i]; k < row[i + 1]; k++)
            y[i] += value[k] * x[column[k]];
    }
}

double permuted(int n, int *p, const double *x) {
    double sum = 1;
    for (int round = 0; round < 3; round++) {
        for (int i = 0; i < n; i++)
            sum = sum * x[p[i]] + x[i];
        int first = p[0];
        for (int i = 0; i + 1 < n; i++)
            p[i] = p[i + 1];
        p[n - 1] = first;
    }
    return sum;
}
