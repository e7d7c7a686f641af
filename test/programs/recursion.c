#include <math.h>

/* CHECK pairwise: x[n] -> return
 *   int n = 7
 *   in double x[7] = random(0.5, 1.5)
 *   returns double
 */
/* CHECK power: x -> return
 *   in double x = random(0.5, 1.5)
 *   int n = 11
 *   returns double
 */
/* CHECK even: x -> return
 *   in double x = random(1, 2)
 *   int depth = 6
 *   returns double
 */

/* Recursion: on halves of an array, by value, and of two functions through each other. */
double pairwise(int n, const double *x) {
    if (n == 1)
        return sin(x[0]);
    int half = n / 2;
    return pairwise(half, x) * 1.25 + pairwise(n - half, x + half) * x[0];
}

double power(double x, int n) {
    if (n == 0)
        return 1;
    double root = power(x, n / 2);
    return n % 2 ? root * root * x : root * root;
}

static double odd_step(double x, int depth);

double even(double x, int depth) {
    if (depth == 0)
        return x;
    return x * odd_step(x * 0.9, depth - 1);
}

static double odd_step(double x, int depth) {
    if (depth == 0)
        return 1;
    return exp(-x) + even(x + 0.1, depth - 1);
}
