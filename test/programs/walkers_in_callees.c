// A callee walks in memory of which the reverse sweep of its caller has another copy: it records how far it got, not
// where that was.

/* CHECK dot: x[5], y[5] -> return
 *   in double x[5] = random(0.4, 1.4)
 *   in double y[5] = random(0.4, 1.4)
 *   returns double
 */
/* CHECK in_loop: x[3] -> return
 *   in double x[3] = random(0.4, 1.4)
 *   returns double
 */
/* CHECK member: x[5] -> return
 *   in double x[5] = random(0.4, 1.4)
 *   returns double
 */
/* CHECK handed_on: x[3] -> return
 *   in double x[3] = random(0.4, 1.4)
 *   returns double
 */

static double products(int n, const double *a, const double *b) {
    double s = 0;
    while (n--)
        s += *a++ * *b++;
    return s;
}

double dot(const double *x, const double *y) {
    double t[3] = {x[0], 2, x[1]};
    double s = products(3, t, y) + products(2, x, y);
    return s * s;
}

static double weighted(int n, const double *a) {
    double s = 0;
    for (const double *p = a, *end = a + n; p < end; p++)
        s += *p * *p * 0.1 * s + 0.1 * *p;
    return s;
}

double in_loop(const double *x) {
    double s = 1;
    for (int i = 0; i < 3; i++) {
        double u[2] = {x[i], s};
        s += weighted(2, u);
    }
    return s;
}

struct view {
    double values[4];
    const double *rest;
};

double member(const double *x) {
    struct view v;
    for (int i = 0; i < 4; i++)
        v.values[i] = x[i] * x[i + 1];
    v.rest = v.values + 1;
    double r = 0;
    for (int i = 0; i < 3; i++)
        r += v.rest[i] * weighted(2, v.rest) * weighted(3, v.values);
    return r;
}

static double twice(const double *a) {
    double copy[2] = {a[0] * a[1], a[1]};
    return weighted(2, copy) * weighted(1, a + 1);
}

double handed_on(const double *x) {
    double s = 0;
    for (int i = 0; i < 2; i++) {
        double pair[2] = {x[i] * x[i + 1], s};
        s += twice(pair) * x[2] + twice(x + i);
    }
    return s;
}
