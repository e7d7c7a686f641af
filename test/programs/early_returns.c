#include <math.h>

/* CHECK classify: x, y -> return
 *   in double x = random(-1, 1)
 *   in double y = random(-1, 1)
 *   returns double
 */
/* CHECK fill: x[n] -> y[n], return
 *   int n = 4
 *   in double x[4] = random(-1, 1)
 *   acc double y[4] = random(-1, 1)
 *   returns double
 */
/* CHECK validate: x[n] -> y[n]
 *   int n = 4
 *   in double x[4] = random(-1, 1)
 *   acc double y[4] = random(-1, 1)
 *   returns const int
 */

/* Many ways out of a function; results that are no reals. */
double classify(double x, double y) {
    if (x < 0) {
        if (y < 0)
            return x * y;
        if (x + y < 0)
            return exp(x) * y;
    } else if (y > 0.5)
        return x / y;
    double r = x * x + y * y;
    if (r > 1)
        return sqrt(r);
    switch ((int)(r * 4)) {
    case 0:
        return r * r;
    case 1:
        r += x;
        break;
    default:
        if (x > y)
            return r - 1;
    }
    return r * y;
}

double fill(int n, const double *x, double *y) {
    double sum = 0;
    for (int i = 0; i < n; i++) {
        y[i] = x[i] * x[i] + y[i];
        for (int j = 0; j <= i; j++) {
            sum += y[j];
            if (sum > 1.5)
                return sum * x[j];
            if (sum < -1.5)
                return x[i];
        }
        if (x[i] < -0.5)
            return 0;
    }
    y[0] *= sum;
    return sum;
}

int validate(int n, const double *x, double *y) {
    for (int i = 0; i < n; i++) {
        if (x[i] < -0.75)
            return i;
        y[i] *= x[i];
    }
    return -1;
}
