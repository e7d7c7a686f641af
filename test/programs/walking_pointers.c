/* CHECK walk: x[n], w[n] -> return
 *   int n = 6
 *   in double x[6] = random(0.5, 1.5)
 *   in double w[6] = random(0.5, 1.5)
 *   returns double
 */
/* CHECK backwards: x[n] -> y[n]
 *   int n = 5
 *   in double x[5] = random(0.5, 1.5)
 *   out double y[5] = random(0.5, 1.5)
 */
/* CHECK one_based: x[n] -> y[n]
 *   int n = 5
 *   in double x[5] = random(0.5, 1.5)
 *   out double y[5]
 */

/* *p++, p += k, pointer comparison, *--p, pointers that start elsewhere. */
double walk(int n, const double *x, const double *w) {
    const double *end = x + n;
    double sum = 0;
    while (x < end)
        sum += *x++ * *w++;
    const double *p = end - 1;
    for (; p >= end - n; p -= 2)
        sum = sum * *p;
    return sum;
}

void backwards(int n, const double *x, double *y) {
    double *out = y + n;
    const double *in = x;
    while (out != y) {
        *--out = *in * *in;
        ++in;
    }
    for (out = y; out - y < n; out++)
        *out *= out[0] + 1;
}

void one_based(int n, const double *x, double *y) {
    const double *x1 = x + 0;
    double *y1 = y;
    x1--;
    y1--;
    y1[1] = x1[1];
    for (int i = 2; i <= n; i++)
        y1[i] = y1[i - 1] * x1[i];
}
