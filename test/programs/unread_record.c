#include <math.h>

/* CHECK f: x -> return
 *   in double x = random(0.5, 1.5)
 *   returns double
 */

/* What the loop computes is needed nowhere: there is nothing to record, and nobody to read it. */
static double second(double a, double b) {
    double z[2] = {a, b};
    int count = 0;
    do {
        a -= 0.3;
    } while (++count < 3 && sin(z[1]) < z[0]);
    return z[1];
}

double f(double x) {
    return second(x, 0.5) * x;
}
