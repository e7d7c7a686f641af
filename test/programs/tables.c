#include <math.h>

/* CHECK gauss: a, b -> return
 *   in double a = random(0, 1)
 *   in double b = random(1, 2)
 *   returns double
 */
/* CHECK lookup: x[n] -> return
 *   int n = 4
 *   in double x[4] = random(0, 1)
 *   returns double
 */

/* Static const tables: file scope, function scope, of structs. */
#define POINTS 3
static const double node[POINTS] = {-0.77459666924148337704, 0, 0.77459666924148337704};
static const double weight[] = {5.0 / 9, 8.0 / 9, 5.0 / 9};

struct term {
    int order;
    double factor;
};

static const struct term terms[] = {{1, 0.5}, {3, -0.25}, {2, 2}};

static double integrand(double x) {
    return exp(-x * x) * x;
}

double gauss(double a, double b) {
    double middle = (a + b) / 2, half = (b - a) / 2, sum = 0;
    for (int i = 0; i < POINTS; i++)
        sum += weight[i] * integrand(middle + half * node[i]);
    return sum * half;
}

double lookup(int n, const double *x) {
    static const int order[4] = {2, 0, 3, 1};
    double sum = 0;
    for (int i = 0; i < n; i++) {
        for (unsigned t = 0; t < sizeof terms / sizeof terms[0]; t++)
            sum += terms[t].factor * pow(x[order[i]], terms[t].order) * (i + 1);
    }
    return sum;
}
