/* CHECK squares: x[n] -> return
 *   int n = 4
 *   in double x[4] = random(0.5, 1.5)
 *   returns double
 */
/* CHECK doubled: x[n] -> x[n]
 *   int n = 4
 *   inout double x[4] = random(0.5, 1.5)
 */
/* CHECK parts: x[n] -> return
 *   int n = 6
 *   in double x[6] = random(0.5, 1.5)
 *   returns double
 */

/* One array in several arguments of one call: read twice, read and written, in overlapping parts. */
static double dot(int n, const double *a, const double *b) {
    double sum = 0;
    for (int i = 0; i < n; i++)
        sum += a[i] * b[i];
    return sum;
}

static void multiply_add(int n, const double *a, const double *b, double *c) {
    for (int i = 0; i < n; i++)
        c[i] = a[i] * b[i] + c[i];
}

double squares(int n, const double *x) {
    return dot(n, x, x) * dot(n - 1, x, x + 1);
}

void doubled(int n, double *x) {
    double y[16];
    for (int i = 0; i < n; i++)
        y[i] = x[i] * 0.5;
    multiply_add(n, x, y, y);
    multiply_add(n, x, y, x);
    multiply_add(n - 1, x + 1, x + 1, x + 1);
}

double parts(int n, const double *x) {
    double y[16];
    for (int i = 0; i < n; i++)
        y[i] = x[i];
    multiply_add(n / 2, y, y + n / 2, y);
    multiply_add(n - 1, y, x, y + 1);
    return dot(n, y, x);
}
