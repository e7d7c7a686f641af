#include <math.h>

/* CHECK-OPTIONS workspace */
/* CHECK bilinear: x, a, y -> return
 *   int m = 3
 *   int n = 4
 *   in double x[3] = random(-1, 1)
 *   in double a[3][4] = random(-1, 1)
 *   in double y[4] = random(-1, 1)
 *   returns double
 */
/* CHECK smooth: a -> b
 *   int m = 4
 *   int n = 5
 *   in double a[4][5] = random(0, 1)
 *   acc double b[4][5] = random(0, 1)
 */

/* Parameters of variable extent, and a local array of variable length. */
double bilinear(int m, int n, const double x[m], const double a[m][n], const double y[n]) {
    double product[m];
    for (int i = 0; i < m; i++) {
        product[i] = 0;
        for (int j = 0; j < n; j++)
            product[i] += a[i][j] * y[j];
    }
    double sum = 0;
    for (int i = 0; i < m; i++)
        sum += x[i] * tanh(product[i]);
    return sum;
}

/* The rim of b keeps its value. */
void smooth(int m, int n, double a[m][n], double b[m][n]) {
    for (int i = 1; i + 1 < m; i++)
        for (int j = 1; j + 1 < n; j++)
            b[i][j] = 0.2 * (a[i][j] + a[i - 1][j] + a[i + 1][j] + a[i][j - 1] + a[i][j + 1]);
}
