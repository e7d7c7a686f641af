#include <math.h>

/* CHECK combine: x[n], w[n] -> return
 *   int n = 5
 *   in double x[5] = random(0.5, 1.5)
 *   in double w[5] = random(0.5, 1.5)
 *   returns double
 */
/* CHECK partial_activity: x[n] -> return
 *   int n = 4
 *   in double x[4] = random(0.5, 1.5)
 *   double c[4] = random(0.5, 1.5)
 *   returns double
 */
/* CHECK scale_all: x[n], s -> x[n]
 *   int n = 4
 *   inout double x[4] = random(0.5, 1.5)
 *   in double s = random(0.5, 1.5)
 */

static double square(double x) {
    return x * x;
}

static double inner(int n, const double *a, const double *b) {
    double sum = 0;
    for (int i = 0; i < n; i++)
        sum += a[i] * b[i];
    return sum;
}

static void minmax(int n, const double *x, double *low, double *high) {
    *low = *high = x[0];
    for (int i = 1; i < n; i++) {
        if (x[i] < *low)
            *low = x[i];
        if (x[i] > *high)
            *high = x[i];
    }
}

static void scale(int n, double *x, double s) {
    for (int i = 0; i < n; i++)
        x[i] *= s;
}

/* Calls of functions of the same file: values, output parameters, nested calls, calls in conditions. */
double combine(int n, const double *x, const double *w) {
    double low, high;
    minmax(n, x, &low, &high);
    double value = square(inner(n, x, w)) + square(square(low) - high);
    if (inner(n, w, w) > inner(n, x, x))
        value += sin(square(high));
    return value * low;
}

/* The same function with the first, the second, both and no argument active. */
double partial_activity(int n, const double *x, const double *c) {
    return inner(n, x, c) * inner(n, c, x) + inner(n, x, x) * inner(n, c, c);
}

void scale_all(int n, double *x, double s) {
    scale(n, x, s);
    scale(n - 1, x + 1, x[0]);
    scale(1, &x[n - 1], square(s));
}
