#include <math.h>

/* CHECK ternary: x[n] -> y[n]
 *   int n = 6
 *   in double x[6] = random(-2, 2)
 *   out double y[6]
 */
/* CHECK guarded: x[n] -> return
 *   int n = 6
 *   in double x[6] = random(-1, 2)
 *   returns double
 */

/* ?:, && and || whose right side must not be evaluated, with effects inside. */
void ternary(int n, const double *x, double *y) {
    for (int i = 0; i < n; i++) {
        double a = x[i] > 0 ? sqrt(x[i]) : x[i] * x[i];
        double b = x[i] > 1 ? a : x[i] < -1 ? -a : 0;
        y[i] = (i > 0 ? x[i - 1] : 1) * a + b;
    }
}

double guarded(int n, const double *x) {
    double sum = 0;
    int i = 0, count = 0;
    while (i < n && x[i] > -0.8)
        sum += x[i++] * x[0];
    for (i = 0; i < n; i++) {
        if (x[i] > 0 && log(x[i]) < 0.2 && ++count < 4)
            sum += x[i] * x[i] * count;
        if (i == 0 || x[i - 1] > x[i] || (sum *= x[i]) > 3)
            sum += 0.5 * x[i];
        if (!(x[i] > 0))
            sum -= x[i];
    }
    return sum + (count ? sum * x[0] : x[1]);
}
