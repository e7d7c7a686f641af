#include <math.h>

/* CHECK running: x[n] -> return
 *   int n = 6
 *   in double x[6] = {0.5, 1.5, 0.25, -0.5, 2, 1}
 *   returns double
 */
/* CHECK bracket: a, b -> return
 *   in double a = random(0.5, 0.9)
 *   in double b = random(1.1, 1.5)
 *   returns double
 */

/* Assignments and calls in the conditions of loops; bisection, whose result depends on its input in the last step only. */
static const double *find(const double *from, const double *end, double above) {
    while (from < end && *from <= above)
        from++;
    return from < end ? from : 0;
}

double running(int n, const double *x) {
    double sum = 0, value;
    int i = 0;
    while (i < n && (value = x[i++]) > 0)
        sum += value * value;
    for (const double *p = x; (p = find(p, x + n, 0.9)) != 0; p++)
        sum *= *p;
    do
        sum += (value = sum * 0.25);
    while (value > 0.5 && (sum *= 0.5) > 1);
    return sum + value;
}

static double g(double x, double b) {
    return x * x * x - b;
}

double bracket(double a, double b) {
    double low = 0, high = 2, middle = 1;
    for (int i = 0; i < 30 && high - low > 1e-6; i++) {
        middle = (low + high) / 2;
        if (g(middle, b) > 0)
            high = middle;
        else
            low = middle;
    }
    /* Newton steps give it its derivative */
    for (int i = 0; i < 2; i++)
        middle -= g(middle, b) / (3 * middle * middle);
    return middle * a;
}
