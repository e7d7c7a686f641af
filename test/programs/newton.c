#include <math.h>

/* CHECK root: a, b -> return
 *   in double a = random(1, 3)
 *   in double b = random(0.5, 1)
 *   returns double
 */
/* CHECK fixed_point: x[n] -> y[n]
 *   int n = 3
 *   in double x[3] = random(0.5, 1.5)
 *   out double y[3]
 */
/* CHECK-OPTIONS identity=1e-11L */

/* Iterations until convergence: the number of steps depends on the values. */
double root(double a, double b) {
    double x = a, last;
    int steps = 0;
    do {
        last = x;
        x -= (x * x * x + b * x - a) / (3 * x * x + b);
    } while (fabs(x - last) > 1e-10 && ++steps < 50);
    /* one more, so that the derivative has converged too */
    x -= (x * x * x + b * x - a) / (3 * x * x + b);
    return x;
}

void fixed_point(int n, const double *x, double *y) {
    for (int i = 0; i < n; i++) {
        y[i] = x[i];
        for (int k = 0; k < 100; k++) {
            double next = cos(y[i] * x[i] * 0.5);
            double change = next - y[i];
            y[i] = next;
            if (change < 1e-12 && change > -1e-12)
                break;
        }
    }
}
