// Structs that hold arrays, other structs, and pointers to memory of the function's own.
#include <stdlib.h>
#include <string.h>

/* CHECK reassigned: v[2] -> v[2]
 *   inout double v[2] = random(0.3, 1)
 */
/* CHECK world: s[1], light -> return
 *   in double s[1] = random(0.2, 1)
 *   in struct vec light = random(0.2, 1)
 *   returns double
 */
/* CHECK worlds: s[1], y -> return
 *   in double s[1] = random(0.2, 1)
 *   in double y = random(0.2, 1)
 *   returns double
 */
/* CHECK staged: x[4] -> return
 *   inout double x[4] = random(0.3, 1)
 *   returns double
 */
/* CHECK buffers: x[3] -> return
 *   in double x[3] = random(0.3, 1)
 *   returns double
 */

struct wrap {
    double a[2];
};

/* The array is written through a pointer before the struct is assigned as a whole. */
void reassigned(double *v) {
    struct wrap w, r;
    memcpy(w.a, v, sizeof w.a);
    r.a[0] = w.a[1] * w.a[1];
    r.a[1] = w.a[0];
    w = r;
    v[0] *= w.a[0];
    v[1] *= w.a[1];
}

struct vec {
    double x, y;
};

struct world {
    double *s;
    struct vec light;
};

static double shade(const struct world *w) {
    return w->s[0] * w->light.x * w->light.y;
}

/* The companion of a struct takes over pointers, and no adjoints. */
double world(double *s, struct vec light) {
    struct world w;
    w.s = s;
    w.light = light;
    return shade(&w);
}

double worlds(double *s, double y) {
    double r = 1;
    struct vec a = {y, s[0]};
    for (int i = 0; i < 3; i++) {
        struct world w;
        w.s = s;
        w.light = a;
        r += shade(&w) * a.x;
        a.y += r * 0.1;
    }
    return r * a.y;
}

struct span {
    double *d;
    int n;
};

struct stage {
    struct span in, out;
    double gain;
};

static void run(struct stage *st) {
    for (int i = 0; i < st->out.n; i++)
        st->out.d[i] = st->gain * st->in.d[i] * st->in.d[i];
    st->gain *= st->out.d[0];
}

/* Pointers to locals within structs within structs: the reverse function has its own. */
double staged(double *x) {
    double tmp[4];
    struct span a = {x, 4}, t = {tmp, 4};
    struct stage s = {a, t, 0.5};
    run(&s);
    s.out.n = 2;
    run(&s);
    return s.gain * tmp[3] * tmp[1];
}

struct net {
    double *a, *b;
};

/* One buffer is read in the reverse sweep and goes with the record, the other is not. */
double buffers(const double *x) {
    struct net *n = malloc(sizeof *n);
    n->a = calloc(3, sizeof(double));
    n->b = calloc(3, sizeof(double));
    double l = 0;
    for (int k = 0; k < 3; k++) {
        n->a[k] = x[k] * x[0];
        n->b[k] += n->a[k] * 0.1;
        l += n->b[k] * n->a[2 - k];
    }
    free(n->a);
    free(n->b);
    free(n);
    return l;
}

/* CHECK zeroed: x[4] -> return
 *   inout double x[4] = random(0.3, 1)
 *   returns double
 */
/* Set to zero as a whole, and then filled. */
double zeroed(double *x) {
    double y[4] = {0, 0, 0, 0};
    struct stage a;
    memset(&a, 0, sizeof a);
    a.in.d = x;
    a.in.n = 4;
    a.out = (struct span){y, 4};
    a.gain = x[0];
    run(&a);
    run(&a);
    return y[1] * y[3];
}

struct view {
    const double *table;
    int n;
};

static double weigh(const struct view *v, double x) {
    double sum = 1;
    for (int i = 0; i < v->n; i++)
        sum += sum * v->table[i] * x;
    return sum;
}

/* CHECK viewed: x -> return
 *   in double x = random(0.3, 1)
 *   returns double
 */
double viewed(double x) {
    double table[3] = {1, 2, 0.5};
    struct view v;
    v.table = table;
    v.n = 3;
    return weigh(&v, x);
}
