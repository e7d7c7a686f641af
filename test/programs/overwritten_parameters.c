/* CHECK reuse: a, b, c -> return
 *   in double a = random(0.5, 1.5)
 *   in double b = random(0.5, 1.5)
 *   in double c = random(0.5, 1.5)
 *   int k = 3
 *   returns double
 */
/* CHECK reuse_array: x[n], s -> y[n]
 *   int n = 4
 *   in double x[4] = random(0.5, 1.5)
 *   in double s = random(0.5, 1.5)
 *   out double y[4]
 */

/* By-value parameters and locals that mean one thing after another. */
double reuse(double a, double b, double c, int k) {
    double t = a * b;
    a = t + c;
    t = a * a;
    b = t * b;
    while (k-- > 0) {
        c = c * b / (1 + t);
        t = c;
    }
    a += t;
    t = 2;
    return a * t;
}

void reuse_array(int n, const double *x, double s, double *y) {
    int i;
    double t;
    for (i = 0; i < n; i++) {
        t = x[i] * s;
        s = t * t;
        y[i] = s + t;
        t = 1;
        y[i] *= t;
        s = 1 / (1 + s);
    }
    for (i = n - 1, t = 0; i >= 0; i--) {
        t += y[i];
        y[i] = t * s;
    }
}
