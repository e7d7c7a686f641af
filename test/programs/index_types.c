#include <stddef.h>
#include <stdint.h>

/* CHECK sizes: x[n] -> return
 *   size_t n = 5
 *   in double x[5] = random(0.5, 1.5)
 *   returns double
 */
/* CHECK narrow: x[n] -> y[n]
 *   unsigned char n = 5
 *   in double x[5] = random(0.5, 1.5)
 *   out double y[5]
 */

/* Indices of every integer type; loops with <=, !=, >=, several indices, an index used after the loop. */
double sizes(size_t n, const double *x) {
    double sum = 0;
    size_t i;
    for (i = 0; i != n; ++i)
        sum += x[i] * x[n - 1 - i];
    for (i = n - 1; i < n; i--)
        sum *= x[i];
    for (ptrdiff_t j = -(ptrdiff_t)n; j < 0; j += 2)
        sum += x[(ptrdiff_t)n + j] * sum;
    for (long long k = 1; k <= (long long)n; k *= 2)
        sum -= x[k - 1] * x[k - 1];
    int last;
    for (last = 0; last < 3 && sum > 2; last++)
        sum *= 0.5;
    return sum * x[last];
}

void narrow(unsigned char n, const double *x, double *y) {
    for (unsigned char i = 0; i < n; i++)
        y[i] = x[i];
    for (short i = (short)(n - 1), j = 0; i >= 0; i--, j++)
        y[i] *= x[j];
    for (uint8_t i = n; i; i--)
        y[i - 1] += y[n - i] * x[i - 1];
    for (unsigned i = 0, m = n; i < m; i += 2, m--)
        y[i] = y[i] * y[m - 1];
}
