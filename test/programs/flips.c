/* CHECK alternating: x[n] -> return
 *   int n = 6
 *   in double x[6] = random(0.5, 1.5)
 *   returns double
 */
/* CHECK mirrored: x[n] -> x
 *   int n = 6
 *   inout double x[6] = random(0.5, 1.5)
 */
/* CHECK leibniz: x[n] -> return
 *   int n = 6
 *   in double x[6] = random(0.5, 1.5)
 *   returns double
 */
#include <math.h>

/* Integers that change sign, or swap between two values: the reverse sweep does the same. */

double alternating(int n, const double *x) {
    double sum = 0, term = 1;
    int sign = 1, side = 0;
    for (int i = 0; i < n; i++) {
        term *= x[i];
        sum += sign * term * (side ? sin(x[i]) : x[i] * x[i]);
        sign = -sign;
        side = 1 - side;
    }
    for (int i = 0; i < n; i++) {
        sum *= sign * x[i];
        if (x[i] > 1)
            sign = -sign;
    }
    return sum * sign;
}

void mirrored(int n, double *x) {
    int at = 0;
    while (at >= 0 && n > 0) {
        x[at] *= x[(at + 1) % n] * (n % 2 ? 1 : 2);
        at = 5 - at;
        x[at] += sin(x[at]);
        at = 5 - at;
        if (++at == n)
            break;
        at = -at;
        at = -at;
    }
}

/* Iterations that are reversed at once must find the sign as the one before left it. */
double leibniz(int n, const double *x) {
    double sum = 0;
    int sign = 1;
    for (int i = 0; i < n; i++) {
        double wave = sin(x[i]) * x[i] * exp(-x[i]);
        sum += sign * wave * wave / (2 * i + 1);
        sign = -sign;
    }
    return sum;
}
