#include <math.h>

/* CHECK chosen: x[n], a -> return
 *   int n = 6
 *   in double x[6] = random(0.5, 1.5)
 *   in double a = random(0.5, 1.5)
 *   returns double
 */
/* CHECK walked: x[n], a -> return
 *   int n = 6
 *   in double x[6] = random(0.5, 1.5)
 *   in double a = random(0.5, 1.5)
 *   returns double
 */
/* CHECK callee_local: x[n], a -> return
 *   int n = 6
 *   in double x[6] = random(0.5, 1.5)
 *   in double a = random(0.5, 1.5)
 *   returns double
 */
/* CHECK int_walk: x[n], a -> return
 *   int n = 6
 *   in double x[6] = random(0.5, 1.5)
 *   in double a = random(0.5, 1.5)
 *   returns double
 */
/* CHECK picked: x[n], a -> return
 *   int n = 6
 *   in double x[6] = random(0.5, 1.5)
 *   in double a = random(0.5, 1.5)
 *   returns double
 */
/* CHECK several: x[n], a -> return
 *   int n = 6
 *   in double x[6] = random(0.5, 1.5)
 *   in double a = random(0.5, 1.5)
 *   returns double
 */
/* CHECK in_struct: x[n], a -> return
 *   int n = 6
 *   in double x[6] = random(0.5, 1.5)
 *   in double a = random(0.5, 1.5)
 *   returns double
 */

/* Pointers to local variables, which lie elsewhere in a reverse function of its own: constants among them, by way of
 * other pointers and members. */
struct view {
    const double *p;
    double *q;
    int n;
    float f;
};

double chosen(int n, const double *x, double a) {
    double w[12] = {1, 2, 3, 4, 5, 6}, v[6] = {1, 2, 3};
    double *b = w + 2, *c = v, *q;
    if (n > 2) q = b; else q = c;
    for (int i = 0; i < 3; i++) { *q = *q * x[i] * a; q++; }
    return w[3] * w[4] * w[0];
}

double walked(int n, const double *x, double a) {
    double w[12] = {1, 2, 3, 4, 5, 6};
    double *b = w + 2, *p = b;
    for (int i = 0; i < 3; i++) { a = a * *p * x[i]; p += i; }
    p = w;
    a *= a * *p;
    return a;
}

static double inner(const double *x, double a, int n) {
    double c[4] = {0.1, 0.2, 0.3, 0.4}, w[4], *p = c, *q = w;
    int order[4] = {3, 1, 0, 2}, *o = order;
    for (int i = 0; i < 4; i++) { *q++ = *p++ * x[*o++] + a; a = a * q[-1] * c[i] + p[-1] * a; }
    p = c; o = order + 1;
    while (p < c + 3) { a = a * *p + sin(a * w[*o]); p++; o += p - c < 3; }
    return a + w[n % 4];
}

double callee_local(int n, const double *x, double a) {
    double s = 0;
    for (int i = 0; i < 3; i++) { s += inner(x + i, a * (i + 1), n) * s + inner(x, s, 2); double t[2] = {s, a}, *r = t; *r *= a; r++; *r *= s; s = t[0] * 0.2 + t[1]; }
    return s;
}

double int_walk(int n, const double *x, double a) {
    for (int k = 0; k < 3; k++) {
        int order[6] = {5, 4, 3, 2, 1, 0}, *o = order, *e = order + n;
        while (o < e) { a = sin(a * x[*o]) + x[*o] * x[*o]; *o = 0; o += 1 + (a > 1); }
        int pick[2] = {1, 2}; int *p = a > 1 ? order : pick;
        a *= x[*p]; p++; a *= x[*p];
    }
    return a;
}

static double *pick(double *a, double *b, int c) { if (c) return a; return b; }
static double *ahead(double *a, int k) { a += k; k++; return a + k; }
static struct view make(const double *p, double *q, int n) { struct view v = {p, q, n, 0.1}; for (int i = 0; i < n; i++) { q[i] = p[i] * q[i]; } return v; }

double picked(int n, const double *x, double a) {
    double w[12] = {1, 2, 3, 4, 5, 6};
    double *q = pick(w, w + 6, n > 2);
    q[0] *= x[1]; q[1] = q[0] * a;
    return w[3] * w[0];
}

double several(int n, const double *x, double a) {
    double w[12] = {1, 2, 3, 4, 5, 6}, z = 1;
    struct view u;
    double *q = pick(w, w + 6, n > 2);
    u.q = &z;
    *u.q *= a; u.q[0] += x[0] * u.q[0];
    q[0] = z * x[1];
    double *r = ahead(w, 1);
    *r = *r * x[2] + a;
    struct view m = make(x, w, n - 1);
    m.q[1] = m.q[0] * m.p[1];
    return z * w[0] + w[2] * w[1];
}

double in_struct(int n, const double *x, double a) {
    double w[12] = {1, 2, 3, 4, 5, 6};
    struct view v;
    v.q = w + 1;
    v.n = n;
    a = x[0] * a * v.q[2];
    a = a * a * v.q[1] * v.n;
    return a;
}
