#include <math.h>

/* Values of library functions that are partials of earlier ones. */

/* CHECK both: x[2] -> return
 *   in double x[2] = random(0.5, 1.5)
 *   returns double
 */
/* CHECK only_tested: x[2] -> return
 *   in double x[2] = random(0.5, 1.5)
 *   returns double
 */
/* CHECK in_loop: x[3], y[3] -> return
 *   in double x[3] = random(0.5, 1.5)
 *   in double y[3] = random(0.5, 1.5)
 *   returns double
 */
/* CHECK carried: x[3] -> return
 *   in double x[3] = random(0.5, 1.5)
 *   int n = 3
 *   returns double
 */
/* CHECK outside: x[3] -> return
 *   in double x[3] = random(0.5, 1.5)
 *   int n = 3
 *   returns double
 */

double both(const double *x) {
    double a = x[0] * x[1];
    double u = a * cos(a);
    double v = cos(a) * cos(sin(a));
    return u * v;
}

double only_tested(const double *x) {
    double a = x[0] * x[1];
    double u = a * cos(a), s = sin(a);
    if (s > 0.7)
        u *= x[1];
    return u * a;
}

double in_loop(const double *x, const double *y) {
    double sum = 0;
    for (int i = 0; i < 3; i++) {
        double a = x[i] * y[i] + 0.1 * sum;
        double u = cos(a) * sum + exp(a), s = sin(a);
        int up = s > 0.7;
        sum = u * a + up;
    }
    return sum;
}

double carried(const double *x, int n) {
    double s = 0.3, sum = 0;
    for (int i = 0; i < n; i++) {
        double a = x[i] * 0.5;
        sum += cos(a) * (s > 0.2 ? sum + 1 : 2);
        s = sin(a);
    }
    return sum * s;
}

double outside(const double *x, int n) {
    double s, t = 0.1, a = 0.5 * x[0];
    for (int i = 0; i < n; i++) {
        double b = t * x[i];
        t += cos(b) * cos(a) * x[i];
        s = sin(b);
        if (s > 0.4)
            t *= 0.5;
    }
    s = sin(a);
    return s > 0.2 ? t * t : t;
}
