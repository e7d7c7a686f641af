/* CHECK consumed: x[n] -> x[n], return
 *   int n = 4
 *   inout double x[4] = random(0.5, 1.5)
 *   returns double
 */
/* CHECK temporaries: b[n], a[n] -> b[n]
 *   int n = 4
 *   inout double b[4] = random(0.5, 1.5)
 *   in double a[4] = random(0.5, 1.5)
 */
/* CHECK conditional: x[n] -> x[n]
 *   int n = 6
 *   inout double x[6] = random(-1, 1)
 */

/* Arrays that are read, then replaced: all of it, a part, or only where a condition holds. */
double consumed(int n, double *x) {
    double product = 1;
    for (int i = 0; i < n; i++) {
        product *= x[i];
        x[i] = product;
    }
    for (int i = 0; i < n; i++) {
        product += x[i] * x[i];
        x[i] = 0;
    }
    x[n / 2] = product;
    return product * x[n / 2];
}

void temporaries(int n, double *b, const double *a) {
    double t;
    for (int i = 0; i < n; i++) {
        t = b[i];
        b[i] = a[i];
        b[(i + 1) % n] *= t;
    }
    t = b[0];
    b[0] = b[n - 1] * t;
    b[n - 1] = t;
}

void conditional(int n, double *x) {
    for (int k = 0; k < 2; k++)
        for (int i = 0; i < n; i++) {
            if (x[i] < 0)
                x[i] = x[i] * x[i];
            else if (i > 0 && x[i] > x[i - 1])
                x[i - 1] = 0.5 * x[i];
            x[i] -= 0.25;
        }
}
