#include <stddef.h>

/* CHECK pointers: x[24] -> x
 *   inout double x[24] = random(0.5, 1.5)
 *   unsigned n = 3
 *   unsigned step = 4
 */
/* CHECK indices: x[24] -> return
 *   in double x[24] = random(0.5, 1.5)
 *   unsigned n = 3
 *   unsigned short step = 4
 *   returns double
 */
/* CHECK sizes: x[24] -> return
 *   in double x[24] = random(0.5, 1.5)
 *   size_t n = 3
 *   returns double
 */
/* CHECK bounds: x[24] -> return
 *   in double x[24] = random(0.5, 1.5)
 *   int n = 9
 *   unsigned first = 4
 *   returns double
 */

/* What moves on by an unsigned amount goes back by it: not by what that is below zero. */
void pointers(double *x, unsigned n, unsigned step) {
    double *p = x, *q = x + step / 2;
    for (unsigned i = n; i > 0; i--) {
        double a = p[0], b = q[0];
        p[0] = a * b;
        q[1] = a + b * q[1];
        p += step;
        q += 2 * step - step;
    }
}

double indices(const double *x, unsigned n, unsigned short step) {
    long i = 0;
    size_t k = 1;
    unsigned m = 2;
    double s = 1;
    for (unsigned turn = 0; turn < n; turn++) {
        s = s * x[i] + x[k] * x[m] * s;
        i += n;
        k += n + step;
        m += step;
    }
    return s;
}

double sizes(const double *x, size_t n) {
    double s = 1;
    const double *p = x + 23;
    int i = 2;
    for (size_t turn = 0; turn < n; turn++) {
        s = s * *p + s * x[i];
        p -= n;
        i += n;
    }
    return s;
}

double bounds(const double *x, int n, unsigned first) {
    long at = n;
    double s = 1;
    for (int i = first; i < n; i++) {
        at--;
        s = s * x[at] + x[at] * x[i];
    }
    at = n;
    for (int i = first; i < n; i++) {
        at -= 1;
        s += x[at] * x[at];
    }
    return s;
}
