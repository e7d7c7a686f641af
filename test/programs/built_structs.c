/* CHECK-OPTIONS workspace */
/* CHECK chain: x[4]
 *   in double x[4] = random(0.5, 1.5)
 *   returns double
 */
/* CHECK again: x[4]
 *   in double x[4] = random(0.5, 1.5)
 *   returns double
 */
/* CHECK arms: x[4]
 *   in double x[4] = random(0.5, 1.5)
 *   returns double
 */
/* CHECK seen_twice: x[4], last[1] -> return, last[1]
 *   in double x[4] = random(0.5, 1.5)
 *   acc double last[1] = random(0.5, 1.5)
 *   returns double
 */
#include <math.h>

/* Structs that functions build in a variable of their own and return. */
struct pair {
    double a, b;
};
struct table {
    struct pair rows[2];
    int used;
};

static struct pair make(double a, double b) {
    struct pair p = {a, b};
    p.a += p.b * p.a;
    return p;
}

static struct pair times(struct pair p, struct pair q) {
    return (struct pair){p.a * q.a - p.b * q.b, p.a * q.b + p.b * q.a};
}

static struct table fill(double a, double b) {
    struct table t;
    t.used = a > b;
    for (int i = 0; i < 2; i++)
        t.rows[i] = make(a + i, b - i);
    return t;
}

double chain(const double *x) {
    /* the first */
    struct pair p = make(x[0], x[1]); /* and its remark */
    struct pair q = times(times(p, make(x[2], x[3])), make(p.b, sin(p.a)));
    struct table t = fill(q.a, x[3]), u = fill(t.rows[0].a, t.rows[1].b);
    return q.a * q.b + t.rows[1].a * u.rows[0].b + t.used;
}

/* The variable is read by the call that sets it, in loops too. */
double again(const double *x) {
    struct pair p = make(x[0], x[1]);
    for (int i = 0; i < 4; i++) {
        struct pair q = times(p, make(x[i], 0.5));
        p = times(q, p);
        q = make(q.b, q.a);
        p.a = 0.5 * p.a + 0.01 * q.a;
    }
    p = times(p, p);
    return p.a + p.b;
}

static struct pair larger(struct pair p, struct pair q) {
    struct pair r = q;
    if (p.a > q.a)
        return p;
    r.b *= 2;
    return r;
}

static struct pair halved(struct pair p) {
    p.a /= 2;
    return p;
}

double arms(const double *x) {
    struct pair p = larger(make(x[0], x[1]), make(x[2], x[3])), q;
    if (x[0] > 1) {
        q = make(p.b, x[2]);
    } else {
        struct pair r = halved(p);
        q = larger(r, p);
    }
    return p.a * q.b + q.a;
}

/* It also leaves a part of what it builds elsewhere. */
static struct pair noted(double a, double *last) {
    struct pair p = {a * a, a * *last};
    *last += p.b;
    return p;
}

double seen_twice(const double *x, double *last) {
    struct pair p = noted(x[0], last);
    struct pair q = noted(p.a + x[1], last), r;
    r = noted(q.b, &q.a);
    return p.b * q.a + r.a * r.b;
}
