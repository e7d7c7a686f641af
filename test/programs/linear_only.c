/* CHECK affine: x[n], y[n] -> y[n]
 *   int n = 4
 *   in double x[4] = random(-1, 1)
 *   inout double y[4] = random(-1, 1)
 *   double a[16] = random(-1, 1)
 */
/* CHECK constant: x -> y[2], return
 *   in double x = random(-1, 1)
 *   out double y[2]
 *   returns double
 */
/* CHECK unused: x[n], k -> return
 *   int n = 3
 *   in double x[3] = random(-1, 1)
 *   in double k = random(-1, 1)
 *   returns double
 */
/* CHECK identity_map: x -> return
 *   in double x = random(-1, 1)
 *   returns double
 */

/* Linear functions, constant results, parameters without influence. */
void affine(int n, const double *x, double *y, const double *a) {
    for (int i = 0; i < n; i++) {
        double sum = 1;
        for (int j = 0; j < n; j++)
            sum += a[i * n + j] * x[j];
        y[i] = sum - 2 * y[i];
    }
}

double constant(double x, double *y) {
    y[0] = 3;
    y[1] = x > 0 ? 1 : 2;
    return 7;
}

double unused(int n, const double *x, double k) {
    double other = k * k;
    other -= k * k;
    other += 2;
    return n > 1 ? x[1] * other : 0;
}

double identity_map(double x) {
    return x;
}
