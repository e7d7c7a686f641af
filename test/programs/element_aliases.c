/* CHECK pairs: x[n] -> x[n]
 *   int n = 4
 *   int i[6] = {0, 1, 1, 3, 2, 2}
 *   int j[6] = {0, 1, 2, 0, 2, 3}
 *   inout double x[4] = random(0.5, 1.5)
 */
/* CHECK self: x[n] -> x[n]
 *   int n = 4
 *   inout double x[4] = random(0.5, 1.5)
 */
/* CHECK windows: x[n] -> return
 *   int n = 6
 *   in double x[6] = random(0.5, 1.5)
 *   returns double
 */

/* Elements that may or may not be the same; an element assigned to itself; windows on one array. */
void pairs(int n, const int *i, const int *j, double *x) {
    for (int k = 0; k < 6; k++) {
        x[i[k]] = x[i[k]] * x[j[k]] + 0.5 * x[(i[k] + j[k]) % n];
        double *p = &x[i[k]], *q = &x[j[k]];
        *p += *q * *q;
        double t = *q;
        *q = *p;
        *p = t;
    }
}

void self(int n, double *x) {
    for (int i = 0; i < n; i++) {
        x[i] = x[i];
        x[i] = x[n - 1 - i] = x[i] * x[0];
        x[i] *= x[i];
        x[i] -= x[i] * 0.5;
        x[i] /= x[i] + x[0];
    }
}

double windows(int n, const double *x) {
    double b[12] = {0};
    double *low = b, *high = b + n, *mid = b + n / 2;
    for (int i = 0; i < n; i++)
        low[i] = x[i];
    for (int i = 0; i < n; i++)
        high[i] = low[i] * mid[i];
    for (int i = n - 1; i > 0; i--)
        mid[i] += high[i - 1] * low[i];
    return b[n] * b[n - 1] + mid[2] * high[0];
}
