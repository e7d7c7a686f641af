/* CHECK initialized: x, y -> return
 *   in double x = random(0.5, 1.5)
 *   in double y = random(0.5, 1.5)
 *   returns double
 */
/* CHECK compound: x, y -> return
 *   in double x = random(0.5, 1.5)
 *   in double y = random(0.5, 1.5)
 *   returns double
 */

/* Initializers with designators, nested braces, values that depend on earlier ones; compound literals. */
struct quad {
    double corner[4];
    struct {
        double u, v;
    } shift;
    int k;
};

static double total(const double *x, int n) {
    double sum = 0;
    for (int i = 0; i < n; i++)
        sum = sum * 0.5 + x[i];
    return sum;
}

static double shifted(struct quad q) {
    return total(q.corner, 4) * q.shift.u - q.shift.v * q.k;
}

double initialized(double x, double y) {
    double a[] = {x, y, x * y, [5] = x + y}, b = a[2] * a[5];
    double m[2][3] = {[1] = {b, [2] = x}};
    struct quad q = {.k = 3, .corner = {x, [2] = y}, .shift = {.v = b}}, r = q;
    const struct quad list[2] = {{{1, 2, x, y}, {y, x}, 2}, {.corner[1] = x}};
    r.shift.u = m[1][2];
    return shifted(q) + shifted(r) * total(a, 6) + m[1][0] + m[0][1] + shifted(list[0]) * list[1].corner[1];
}

double compound(double x, double y) {
    struct quad q = (struct quad){{x, y}, {x * y, 2}, 1};
    double *p = (double[]){y, x, 3};
    p[2] *= p[0] * p[1];
    q = (struct quad){.shift = {q.shift.u + x, p[2]}, .corner = {q.corner[1]}, .k = 2};
    return shifted(q) + shifted((struct quad){{p[2]}, {1, x}, 4});
}

static double products(const double *a, const double *b, int n) {
    double s = 0;
    for (int i = 0; i < n; i++)
        s += a[i] * b[i];
    return s;
}

/* CHECK sized: x[4] -> return
 *   in double x[4] = random(0.3, 1)
 *   returns double
 */
double sized(const double *x) {
    double s = products((const double[3]){1, x[2] * x[3]}, x, 3);
    for (int i = 0; i < 3; i++)
        s += products((double[2]){s, x[i]}, (double[]){x[i] * s, x[0]}, 2) +
             products((double[2][2]){{x[i], 1}, {s, x[1]}}[1], x, 2);
    return s;
}
