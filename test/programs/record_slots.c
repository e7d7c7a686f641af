#include <math.h>

/* CHECK shifted: x[n] -> x, return
 *   int n = 6
 *   inout double x[6] = random(0.5, 1.5)
 *   returns double
 */
/* CHECK shifted_empty: x[1] -> x, return
 *   inout double x[1] = random(0.5, 1.5)
 *   returns double
 */
/* CHECK sizes: x[n], f[n] -> x, f
 *   unsigned n = 5
 *   inout double x[5] = random(0.5, 1.5)
 *   inout float f[5] = random(0.5, 1.5)
 */
/* CHECK fixed: x[4] -> x, return
 *   inout double x[4] = random(0.5, 1.5)
 *   returns double
 */
/* CHECK invariant: x[n], y[n] -> x, y
 *   int n = 4
 *   inout double x[4] = random(0.5, 1.5)
 *   inout double y[4] = random(0.5, 1.5)
 */

/* Counted loops that record into an element for each iteration: from zero or not, up to a bound or including it, not at all;
 * values of branches; inside of loops that count nothing. */
static double walk(int n, double *x) {
    double sum = 0;
    for (int i = 2; i < n; i++) {
        if (x[i] > 0.8)
            x[i] = sin(x[i]) * x[i - 1];
        else
            x[i] *= x[i] + x[i - 2];
        sum += x[i] * x[i];
    }
    for (int i = 1; i <= n - 1; i++)
        x[i] = x[i] * x[i - 1] + sum;
    return sum;
}

double shifted(int n, double *x) {
    double sum = walk(n, x);
    while (sum < 40) {
        for (int i = n - 1; i < n; i++)
            sum += exp(x[i] * 0.25) + sum * x[i] * x[i];
        for (int i = 0; i < n; i++)
            x[i] = x[i] * x[i] * 0.5;
    }
    return sum;
}

double shifted_empty(double *x) {
    return shifted(1, x) + walk(0, x);
}

void sizes(unsigned n, double *x, float *f) {
    for (unsigned i = 0; i < n; i++) {
        f[i] = f[i] * f[i] + (float)x[i];
        x[i] = x[i] * f[i];
    }
    for (unsigned i = 1; i < n; i++)
        x[i] = x[i] * x[i - 1] * x[i];
    for (unsigned i = 3; i < n - n; i++)
        x[i] = x[i] * x[i];
    for (long i = 0; i <= 2; i++)
        x[i] = x[i] * x[i];
}

/* A few iterations, in a local array where both sweeps see it. */
double fixed(double *x) {
    double product = 1;
    for (int i = 0; i < 4; i++) {
        x[i] = x[i] * x[i] + product;
        product *= x[i];
    }
    for (int k = 0; k < 3; k++)
        for (int i = 1; i < 4; i++)
            x[i] = x[i] * x[i - 1] * 0.5;
    return product;
}

/* x[i] is the same in every iteration of the inner loop, which does not run for the last i: x[i + 1] is not there then. The same
 * load twice, with and without an assignment between them. */
void invariant(int n, double *x, double *y) {
    for (int t = 0; t < 2; t++) {
        for (int i = 0; i < n; i++)
            for (int j = i + 1; j < n; j++)
                y[j] = y[j] * x[i] + x[i + 1] * x[i];
        for (int i = 0; i < n; i++) {
            double first = y[i] * x[i];
            double second = y[i] + first * x[i];
            y[i] = first * second;
            x[i] = y[i] * 0.5 + x[i] * y[i];
        }
    }
}
