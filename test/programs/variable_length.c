#include <math.h>
#include <string.h>

/* CHECK-OPTIONS workspace */
/* CHECK power_iteration: a, v -> return
 *   int n = 3
 *   in double a[3][3] = random(0.5, 1.5)
 *   in double v[3] = random(0.5, 1.5)
 *   returns double
 */
/* CHECK layers: x[n] -> return
 *   int n = 3
 *   in double x[3] = random(0.5, 1.5)
 *   returns double
 */

/* Local arrays of variable length: one and two dimensions, inside loops, passed on, copied, in sizeof. */
static void multiply(int n, const double a[n][n], const double x[n], double y[n]) {
    for (int i = 0; i < n; i++) {
        y[i] = 0;
        for (int j = 0; j < n; j++)
            y[i] += a[i][j] * x[j];
    }
}

static double length(int n, const double *x) {
    double sum = 0;
    for (int i = 0; i < n; i++)
        sum += x[i] * x[i];
    return sqrt(sum);
}

double power_iteration(int n, const double a[n][n], const double v[n]) {
    double x[n], y[n];
    memcpy(x, v, sizeof x);
    for (int k = 0; k < 3; k++) {
        multiply(n, a, x, y);
        double size = length(n, y);
        for (int i = 0; i < n; i++)
            x[i] = y[i] / size;
    }
    multiply(n, a, x, y);
    return length(n, y);
}

double layers(int n, const double *x) {
    double sum = 0;
    for (int width = 1; width <= n; width++) {
        double table[width][n], last[width];
        memset(last, 0, sizeof last);
        for (int i = 0; i < width; i++) {
            for (int j = 0; j < n; j++)
                table[i][j] = x[j] * (i + 1) + sum;
            last[i] += table[i][n - 1] * table[i][0];
            sum += length(n, table[i]) * *table[i];
        }
        sum += last[width - 1] + sizeof last / sizeof last[0];
    }
    return sum;
}

/* CHECK cleared: a[n * n] -> return
 *   int n = 3
 *   in double a[9] = random(0.5, 1.5)
 *   returns double
 */
/* Rows of variable length are cleared as a whole. */
double cleared(int n, const double *a) {
    double w[n][n], s = 0;
    for (int k = 0; k < 2; k++) {
        memset(w, 0, sizeof w);
        for (int i = 0; i < n; i++)
            w[k][i] += a[i * n + k] * a[i];
        for (int i = 0; i < n; i++)
            s += w[k][i] * w[0][i] + s * w[i][i];
    }
    return s;
}
