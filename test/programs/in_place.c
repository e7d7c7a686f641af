#include <math.h>

/* CHECK sines: x[n] -> x[n]
 *   int n = 4
 *   int steps = 3
 *   inout double x[4] = random(0.5, 1.5)
 */
/* CHECK heat: u[n] -> u[n]
 *   int n = 6
 *   int steps = 4
 *   inout double u[6] = random(0.5, 1.5)
 *   double kappa = 0.2
 */
/* CHECK logistic: x, r -> return
 *   in double x = random(0.2, 0.8)
 *   in double r = random(2.5, 3)
 *   int steps = 9
 *   returns double
 */

/* Values that are replaced by a function of themselves, again and again. */
void sines(int n, int steps, double *x) {
    for (int t = 0; t < steps; t++)
        for (int i = 0; i < n; i++)
            x[i] = sin(x[i]) * x[i];
}

void heat(int n, int steps, double *u, double kappa) {
    for (int t = 0; t < steps; t++) {
        double left = u[0];
        for (int i = 1; i + 1 < n; i++) {
            double here = u[i];
            u[i] = here + kappa * here * (left - 2 * here + u[i + 1]);
            left = here;
        }
    }
}

double logistic(double x, double r, int steps) {
    while (steps--)
        x = r * x * (1 - x);
    return x;
}
