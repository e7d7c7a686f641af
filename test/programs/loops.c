/* CHECK stepping: x[n] -> return
 *   int n = 9
 *   in double x[9] = random(0.5, 1.5)
 *   returns double
 */
/* CHECK halving: x[n], a -> y[n]
 *   int n = 8
 *   in double x[8] = random(0.5, 1.5)
 *   in double a = random(1, 2)
 *   out double y[8] = random(0, 1)
 */

/* Strides other than one, down-counting, unsigned, while and do. */
double stepping(int n, const double *x) {
    double s = 1;
    for (int i = 0; i < n; i += 3)
        s = s * x[i] + 1;
    for (int i = n - 1; i >= 0; i--)
        s = s / (1 + x[i] * x[i]);
    for (int i = n - 1; i > 1; i -= 2)
        s += x[i] * s;
    for (unsigned u = (unsigned)n; u-- > 0;)
        s -= x[u] * x[u] * s;
    for (int i = 0; i <= (n - 1) * 2 - 1; i += 2)
        s += x[i / 2] * s * 0.25;
    int i = 0;
    while (i < n) {
        s += x[i] * x[i];
        i += 2;
    }
    do {
        i--;
        s *= x[i > 0 ? i - 1 : 0];
    } while (i > 5);
    for (; i < n; ++i)
        s += x[i];
    return s;
}

void halving(int n, const double *x, double a, double *y) {
    int width;
    for (int i = 0; i < n; i++)
        y[i] = x[i];
    for (width = n / 2; width > 0; width /= 2)
        for (int i = 0; i < width; i++)
            y[i] = y[i] * a + y[i + width];
}
