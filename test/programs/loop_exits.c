#include <math.h>

/* CHECK first_above: x[n], level -> return
 *   int n = 7
 *   in double x[7] = random(0, 2)
 *   in double level = random(0.5, 4)
 *   returns double
 */
/* CHECK search: a[m * n], bound -> return
 *   int m = 3
 *   int n = 4
 *   in double a[12] = random(0, 2)
 *   in double bound = random(0.5, 6)
 *   returns double
 */
/* CHECK odd: x[n] -> y[n]
 *   int n = 9
 *   in double x[9] = random(-2, 2)
 *   acc double y[9] = random(0, 1)
 */

/* break, continue and return out of loops. */
double first_above(int n, const double *x, double level) {
    double sum = 0;
    int i;
    for (i = 0; i < n; i++) {
        sum += x[i] * x[i];
        if (sum > level)
            break;
        sum *= 1.5;
    }
    if (i == n)
        return -sum;
    return sum * (i + 1) + level;
}

double search(int m, int n, const double *a, double bound) {
    double sum = 0;
    for (int i = 0; i < m; i++) {
        double row = 1;
        for (int j = 0; j < n; j++) {
            double value = a[i * n + j];
            if (value < 0.3)
                continue;
            row *= value;
            if (row > bound)
                return row * sum + sin(value);
        }
        sum += row;
        if (sum > 2 * bound)
            break;
        sum += a[i * n] * bound;
    }
    return sum;
}

void odd(int n, const double *x, double *y) {
    for (int i = 0; i < n; i++) {
        if (x[i] < -1)
            continue;
        double v = x[i];
        while (1) {
            v = v * v - 0.5;
            if (v < 0.2)
                break;
            if (v > 2)
                return;
            y[i] += v;
            v *= 0.75;
        }
        y[i] *= x[i];
    }
}
