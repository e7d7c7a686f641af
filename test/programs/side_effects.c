/* CHECK embedded: x[n] -> y[n]
 *   int n = 6
 *   in double x[6] = random(0.5, 1.5)
 *   acc double y[6] = random(0.5, 1.5)
 */
/* CHECK chained: a, b -> return
 *   in double a = random(0.5, 1.5)
 *   in double b = random(0.5, 1.5)
 *   returns double
 */
/* CHECK commas: x[n] -> return
 *   int n = 5
 *   in double x[5] = random(0.5, 1.5)
 *   returns double
 */

/* Assignments inside expressions: chains, ++ in subscripts, commas, compound assignment of elements. */
void embedded(int n, const double *x, double *y) {
    int i = 0, j = n;
    y[i++] += x[1] * x[0];
    y[i++] *= x[--j];
    y[i] -= x[j -= 1];
    y[++i] /= x[3] + y[2];
    double t;
    y[n - 1] = (t = x[2] * y[0]) * x[1];
    y[n - 1] += t;
    y[i + 1] = 0.5 * (y[1] += x[1]);
}

double chained(double a, double b) {
    double p, q, r;
    p = q = r = a * b;
    p += q *= a;
    r = (p - q) * a;
    r *= (p += b);
    return r + (q > 1 ? (p = 2 * a) : q);
}

double commas(int n, const double *x) {
    double low, high;
    int i, j;
    for (i = 0, j = n - 1, low = high = 1; i < j; i++, j--, low *= 1.5)
        low += x[i] * x[j], high -= low * x[i];
    return (low += x[i], low * high);
}
