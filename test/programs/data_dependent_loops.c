#include <math.h>

/* CHECK norm_doubling: a[n] -> return
 *   int n = 4
 *   in double a[4] = random(-1, 1)
 *   returns double
 */
/* CHECK steps: x, h -> return
 *   in double x = random(0.5, 1.5)
 *   in double h = random(0.1, 0.3)
 *   returns double
 */
/* CHECK trips: x[n] -> return
 *   int n = 4
 *   in double x[4] = random(0.5, 4)
 *   returns double
 */

/* How often a loop runs depends on real values; loops over a real variable; changes of index and bound inside. */
double norm_doubling(int n, const double *a) {
    double b[8], norm = 0, sum = 0;
    for (int i = 0; i < n; i++)
        b[i] = 2 * a[i];
    for (;;) {
        norm = 0;
        for (int i = 0; i < n; i++)
            norm += b[i] * b[i];
        if (sqrt(norm) >= 1000)
            break;
        for (int i = 0; i < n; i++)
            b[i] *= 2;
    }
    for (int i = 0; i < n; i++)
        sum += b[i];
    return sum > 0 ? sum : 100 * sum * sum;
}

double steps(double x, double h) {
    double y = x;
    for (double t = 0; t < 1; t += h)
        y += h * (sin(t) - y * y);
    return y;
}

double trips(int n, const double *x) {
    double sum = 0;
    for (int i = 0; i < n; i++) {
        int count = (int)x[i];
        for (int j = 0; j < count; j++) {
            sum += x[i] * x[j % n] + sum * 0.25;
            if (j == 1)
                count -= 1;
        }
        if (sum > 10)
            i++;
    }
    int limit = n;
    for (int i = 0; i < limit; i++) {
        sum *= x[i];
        if (i == 1)
            limit--;
    }
    return sum;
}
