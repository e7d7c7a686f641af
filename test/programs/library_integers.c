// Integers that library functions hand back through a pointer are overwritten in a loop like any others.
#include <math.h>

/* CHECK exponents: x[n], y[n] -> return
 *   int n = 4
 *   in double x[4] = random(0.5, 9.5)
 *   in double y[4] = random(0.5, 9.5)
 *   returns double
 */
/* CHECK quotients: x[n] -> return
 *   int n = 4
 *   in double x[4] = random(0.5, 9.5)
 *   returns double
 */
/* CHECK in_a_struct: x -> return
 *   in double x = random(0.5, 9.5)
 *   returns double
 */
/* CHECK two: x, y -> return
 *   in double x = random(2.5, 9.5)
 *   in double y = random(1.1, 1.5)
 *   returns double
 */

double exponents(int n, const double *x, const double *y) {
    double s = 0;
    int e;
    for (int i = 0; i < n; i++)
        s += frexp(x[i] * y[i], &e) * e;
    return s;
}

double quotients(int n, const double *x) {
    double s = 0;
    int q[2];
    for (int i = 0; i < n; i++) {
        double r = remquo(x[i] * x[i], 1.3, &q[i % 2]);
        s += sin(r) * (q[i % 2] & 3) + r;
    }
    return s;
}

struct parts {
    double fraction;
    int exponent;
};

double in_a_struct(double x) {
    struct parts p = {0, 0};
    double s = x;
    for (int k = 0; k < 3; k++) {
        p.fraction = frexp(s * 2.7, &p.exponent);
        s += sin(x) * p.exponent * p.fraction;
    }
    return s;
}

double two(double x, double y) {
    int q, e;
    double r = remquo(x, y, &q) * ((q & 3) + 1);
    double f = remquo(x * x, y, &q) * ((q & 3) + 1);
    return r * frexp(f * f + 1, &e) * e;
}
