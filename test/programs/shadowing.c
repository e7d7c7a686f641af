/* CHECK scopes: x -> return
 *   in double x = random(0.5, 1.5)
 *   int n = 3
 *   returns double
 */
/* CHECK siblings: x[n] -> y[n]
 *   int n = 4
 *   in double x[4] = random(0.5, 1.5)
 *   out double y[4]
 */

/* One name for several variables: in inner blocks, in loops, in siblings of different type; unused things; empty statements. */
double scopes(double x, int n) {
    double y = x * x, unused = 3, result = 0;
    int never;
    {
        double y = x + 1;
        {
            double x = y * y;
            y += x;
        }
        result += y * x;
    }
    for (int y = 0; y < n; y++) {
        double x = result * y;
        ;
        result += x * 0.5;
        if (y > 1) {
            int x = 2;
            result *= x;
        }
    }
    (void)never;
    (void)unused;
    return result * y;
}

void siblings(int n, const double *x, double *y) {
    for (int i = 0; i < n; i++) {
        double t = x[i];
        y[i] = t * t;
    }
    for (int i = 0; i < n; i++) {
        float t = 2;
        y[i] *= t;
    }
    for (int i = n; i-- > 0;) {
        int t = i;
        double s = x[t];
        y[t] += s * y[t];
    }
    {
        double t[2] = {x[0], x[1]};
        y[0] += t[0] * t[1];
    }
}
