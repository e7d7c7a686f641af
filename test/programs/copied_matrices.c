#include <string.h>

/* CHECK from_rows: a[9], b[9] -> return
 *   in double a[9] = random(0.5, 1.5)
 *   in double b[9] = random(0.5, 1.5)
 *   returns double
 */
/* CHECK to_rows: x[6] -> y[6]
 *   in double x[6] = random(0.5, 1.5)
 *   out double y[6]
 */
/* CHECK tables: x[n] -> return
 *   int n = 3
 *   in double x[3] = random(0.5, 1.5)
 *   returns double
 */

/* Matrices and rows copied from and to flat arrays; constant tables in a function, in a loop. */
double from_rows(const double *a, const double *b) {
    double m[3][3], n[3][3], trace = 0;
    memcpy(m, a, sizeof m);
    memcpy(n[0], b, 9 * sizeof(double));
    memcpy(m[1], n[2], sizeof m[1]);
    for (int i = 0; i < 3; i++)
        for (int k = 0; k < 3; k++)
            trace += m[i][k] * n[k][i];
    memmove(m[0], m[1], 2 * sizeof m[0]);
    return trace * m[0][1] + m[1][2] * m[0][0];
}

void to_rows(const double *x, double *y) {
    double m[2][3] = {{0}};
    for (int i = 0; i < 6; i++)
        m[i / 3][i % 3] = x[i] * x[5 - i];
    memcpy(y, m, sizeof m);
    memcpy(m[1], y, 3 * sizeof *y);
    y[5] *= m[1][0];
}

double tables(int n, const double *x) {
    const double weight[2][2] = {{1, 0.5}, {-0.5, 2}};
    double sum = 0;
    for (int i = 0; i < n; i++) {
        const double node[3] = {-0.75, 0, 0.75};
        const double scaled[2] = {x[i], node[i] * x[0]};
        for (int j = 0; j < 3; j++)
            sum += weight[i % 2][j % 2] * scaled[j % 2] * x[i] * node[j] * sum + scaled[1] * scaled[0];
    }
    return sum;
}
