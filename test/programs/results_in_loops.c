// A variable declared without a value, given one in a loop by a call, and read behind it.

/* CHECK powers: x[3] -> return
 *   in double x[3] = random(0.4, 1.4)
 *   returns double
 */
/* CHECK structs: x[3] -> return
 *   in double x[3] = random(0.4, 1.4)
 *   returns double
 */

static double power(double x, int n) {
    return n == 0 ? x * x : power(x * 0.9, n - 1) * x;
}

double powers(const double *x) {
    double s, k = 1;
    for (int i = 0; i < 3; i++) {
        s = power(x[i], i);
        k += s;
    }
    return k * s;
}

struct pair {
    double a, b;
};

static struct pair step(struct pair p, int n) {
    struct pair q = {p.a * p.b, p.a - p.b};
    return n == 0 ? q : step(q, n - 1);
}

double structs(const double *x) {
    struct pair p, q = {x[0], x[1]};
    for (int i = 0; i < 3; i++) {
        if (i == 1)
            continue;
        p = step(q, i);
        q.a += p.b * x[2];
    }
    return p.a * q.a + p.b;
}
