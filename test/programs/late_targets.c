#include <stddef.h>
#include <math.h>

/* Pointers that are declared before what they come to point to. */

/* CHECK at_top: x[3] -> return
 *   in double x[3] = random(0.5, 1.5)
 *   int k = 1
 *   returns double
 */
/* CHECK moved_on: x[2] -> return
 *   in double x[2] = random(0.5, 1.5)
 *   returns double
 */
/* CHECK default_work: x[4] -> return
 *   in double x[4] = random(0.5, 1.5)
 *   returns double
 */
/* CHECK in_loop: x[3] -> return
 *   in double x[3] = random(0.5, 1.5)
 *   returns double
 */
/* CHECK by_another: x[3] -> return
 *   in double x[3] = random(0.5, 1.5)
 *   int k = 2
 *   returns double
 */
/* CHECK to_scalars: x[3] -> return
 *   in double x[3] = random(0.5, 1.5)
 *   int k = 2
 *   returns double
 */
/* CHECK to_structs: x[3] -> return
 *   in double x[3] = random(0.5, 1.5)
 *   int k = 2
 *   returns double
 */

/* CHECK only_through: x[3] -> return
 *   in double x[3] = random(0.5, 1.5)
 *   int n = 3
 *   returns double
 */

double at_top(const double *x, int k) {
    double *p, s;
    double u[3];
    for (int i = 0; i < 3; i++)
        u[i] = x[i] * x[k];
    p = u;
    s = 0;
    for (int i = 0; i < 2; i++)
        s += *p++ * u[k];
    return s * *p;
}

double moved_on(const double *x) {
    double a[2] = {x[0], x[1]};
    double *p = a;
    *p *= a[1];
    p++;
    *p *= a[0];
    double b[2] = {a[0], x[1]};
    p = b;
    *p *= b[1];
    return a[0] * b[0] * b[1];
}

static double run(const double *x, int n, double *work) {
    double own[8];
    if (work == NULL)
        work = own;
    for (int i = 0; i < n; i++)
        work[i] = x[i] * x[n - 1 - i];
    double s = 0;
    for (int i = 1; i < n; i++)
        s += work[i] * work[i - 1];
    return s;
}

double default_work(const double *x) {
    double w[8], s = run(x, 4, NULL);
    s += run(x, 3, w) * w[0];
    return s * run(x + 1, 3, w) + w[2];
}

double in_loop(const double *x) {
    double *p = NULL, s = 1, a[2];
    a[0] = x[0];
    a[1] = x[1];
    for (int i = 0; i < 3; i++) {
        double *q = a, t[2];
        t[0] = x[i] * s;
        t[1] = s;
        *q *= t[0];
        q = i == 1 ? t + 1 : t;
        *q *= *q * a[0];
        p = t;
        *p *= x[2];
        s += 0.1 * t[0] * t[1];
    }
    return s * a[0];
}

double by_another(const double *x, int k) {
    double *p, *q, s = 0;
    double u[3] = {x[0], x[1] * x[0], x[2]}, v[3] = {1, 2, 3};
    q = u;
    p = v;
    for (int i = 0; i < k; i++) {
        s += *p * s + *p * *q;
        *p += *q * s;
        p = q;
    }
    return s + v[0] * u[0];
}

double to_scalars(const double *x, int k) {
    double *p;
    double a = x[0] * x[1], b = a * x[2];
    for (int i = 0; i < k; i++) {
        p = i ? &a : &b;
        *p = *p * *p * x[i];
    }
    return a * b * *p;
}

struct pair {
    double u, v;
    int n;
};

double to_structs(const double *x, int k) {
    struct pair *p, s = {x[0], x[1], 1};
    p = &s;
    p->u *= p->v;
    struct pair t = {s.u, x[2], 2};
    p = k > 1 ? &t : &s;
    p->v *= p->u * p->n;
    return s.u * s.v + t.u * t.v * p->u;
}

double only_through(const double *x, int n) {
    double v, *p;
    p = &v;
    for (int i = 0; i < n; i++)
        *p = i ? x[i] * *p : x[0];
    return *p * x[1];
}
