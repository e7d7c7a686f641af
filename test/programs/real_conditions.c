#include <math.h>

/* CHECK truth: x, y -> return
 *   in double x = random(-1, 1)
 *   in double y = random(-1, 1)
 *   returns double
 */
/* CHECK counting: x -> return
 *   in double x = random(2.2, 2.8)
 *   returns double
 */
/* CHECK special: x[n] -> y[n]
 *   int n = 4
 *   in double x[4] = random(-1, 1)
 *   out double y[4]
 */

/* Reals as truth values, ++ and -- of reals, assignments in conditions, classification, comparisons as numbers. */
double truth(double x, double y) {
    double d, sum = 0;
    if (x && y)
        sum += x * y;
    if (!sum)
        sum = 1;
    if ((d = x - y) > 0)
        sum += d * d;
    else if ((d = -d))
        sum -= d;
    sum += (x > 0) * x + (x > y) + (x != x);
    return sum * (x < y ? 1 : 2);
}

double counting(double x) {
    double product = x++;
    product *= ++x;
    x--;
    while (x-- > 0)
        product += x * x;
    while (--product > 5)
        ;
    return product + -(-x) + +x;
}

void special(int n, const double *x, double *y) {
    for (int i = 0; i < n; i++) {
        double root = sqrt(x[i] + 4);
        if (isnan(root) || !isfinite(1 / x[i]))
            y[i] = x[i] * x[i];
        else
            y[i] = signbit(x[(i + 1) % n]) ? root : 2 * root;
        y[i] = isgreater(y[i], 0.5) ? y[i] * y[i] : y[i];
        int n_power = ilogb(x[i]);
        y[i] += n_power * x[i] + lrint(3 * x[i]);
    }
}
