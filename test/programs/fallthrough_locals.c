#include <math.h>

/* CHECK entered: x, a -> return
 *   in double x = random(0.5, 1.5)
 *   in double a = random(0.5, 1.5)
 *   int kind = 0
 *   returns double
 */
/* CHECK twice: x[n] -> y[n]
 *   int n = 5
 *   in double x[5] = random(0.5, 1.5)
 *   acc double y[5] = random(0.5, 1.5)
 */

/* Cases with variables of their own that are reached from above as well as directly. */
double entered(double x, double a, int kind) {
    double r = 0.5;
    switch (kind) {
    case 0:
        r = x * x;
        /* fall through */
    case 1: {
        double s = 0.9 * sin(x * a + r);
        r += 0.25 * s * s;
    }
    }
    return r;
}

void twice(int n, const double *x, double *y) {
    for (int i = 0; i < n; i++) {
        switch (i % 4) {
        case 3:
            y[i] *= x[0];
            /* fall through */
        case 2: {
            double s = y[i] * x[i];
            int k = 0;
            while (s < 3 && k < 4) {
                double t = s * x[k];
                s += t * t;
                k++;
            }
            y[i] += sin(s) * k;
        }
            /* fall through */
        case 1:
            for (int k = i; k >= 0; k--) {
                double t = x[k];
                y[k] *= t;
            }
            break;
        default:
            y[i] = x[i];
        }
    }
}
