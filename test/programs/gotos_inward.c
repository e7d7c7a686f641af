/* CHECK shared: x -> return
 *   in double x = random(0.5, 1.5)
 *   int k = 4
 *   returns double
 */
/* CHECK nested: x -> return
 *   in double x = random(0.5, 1.5)
 *   int k = 1
 *   returns double
 */
/* CHECK nested_again: x -> return
 *   in double x = random(0.5, 1.5)
 *   int k = 7
 *   returns double
 */
/* CHECK otherwise: x[n] -> y[n]
 *   int n = 5
 *   in double x[5] = random(-1, 1)
 *   out double y[5]
 */
/* CHECK again: x -> return
 *   in double x = random(0.5, 1.5)
 *   returns double
 */
/* goto into branches: common ends of errors, as in old code, and ways back. */
#include <math.h>

double shared(double x, int k) {
    double y = 1;
    if (x < 0 || k > 5)
        goto bad;
    if (k < 0) {
        y = 2 * x;
    bad:
        return y * sin(x);
    }
    for (int i = 0; i < k; i++) {
        if (y * x > 3)
            goto bad;
        y += x * x;
    }
    return y * y;
}

static double deep(double x, int k) {
    double y = x * x, z = x;
    if (k == 1)
        goto inner;
    if (k > 5) {
        double w = y * x;
        z += w;
        if (k > 6) {
            w *= z;
            y *= w;
        inner:
            y += 2 * z * x;
        } else {
            y -= x;
        }
        z *= y;
    } else if (k < 0) {
        goto inner;
    }
    return z * exp(y);
}

double nested(double x, int k) {
    return deep(x, k) + deep(x * 0.5, -1);
}

double nested_again(double x, int k) {
    return deep(x, k) * deep(0.3 * x, k - 1);
}

void otherwise(int n, const double *x, double *y) {
    for (int i = 0; i < n; i++) {
        double v = x[i] * x[i];
        if (x[i] > 0.4)
            goto common;
        if (x[i] > 0) {
            v *= x[i];
        } else {
            v += cos(x[i]);
        common:
            v *= 1 + x[i];
        }
        y[i] = v;
    }
}

double again(double x) {
    int rounds = 0;
    double y = x;
    if (x < 2) {
        y *= 2;
    inside:
        y = y * x + 1;
    }
    if (++rounds < 3)
        goto inside;
    return y;
}
