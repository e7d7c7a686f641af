#include <math.h>

/* CHECK potential: x[n] -> return
 *   int n = 3
 *   in double x[3] = random(0.5, 1.5)
 *   returns double
 */
/* CHECK pair: a, b -> return
 *   in double a = random(0.5, 1.5)
 *   in double b = random(0.5, 1.5)
 *   returns double
 */
/* CHECK scaled: x[n], s -> y[n]
 *   int n = 3
 *   in double x[3] = random(0.5, 1.5)
 *   in double s = random(0.5, 1.5)
 *   out double y[3]
 */
/* CHECK scaled_loss: s -> return
 *   int n = 3
 *   double x[3] = random(0.5, 1.5)
 *   in double s = random(0.5, 1.5)
 *   double target[3] = random(0.5, 1.5)
 *   returns double
 */

/* Derivatives of functions that call each other, each requested itself too, with other activity. */
double pair(double a, double b) {
    return log(a * a + b) * b;
}

double potential(int n, const double *x) {
    double sum = 0;
    for (int i = 0; i < n; i++)
        for (int j = 0; j < i; j++)
            sum += pair(x[i], x[j]) + pair(x[j], 2) + pair(0.5, x[i]);
    return sum;
}

void scaled(int n, const double *x, double s, double *y) {
    for (int i = 0; i < n; i++)
        y[i] = sin(x[i] * s);
}

double scaled_loss(int n, const double *x, double s, const double *target) {
    double y[16], loss = 0;
    scaled(n, x, s, y);
    for (int i = 0; i < n; i++)
        loss += (y[i] - target[i]) * (y[i] - target[i]);
    return loss;
}
