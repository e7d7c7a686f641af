#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Structs of which some members are constants, copied as a whole to where those members carry derivatives. */

/* CHECK returned: x[2] -> return
 *   in double x[2] = random(0.5, 1.5)
 *   returns double
 */
/* CHECK copied: x[2] -> return
 *   in double x[2] = random(0.5, 1.5)
 *   returns double
 */
/* CHECK in_loops: x[3] -> return
 *   in double x[3] = random(0.5, 1.5)
 *   int n = 3
 *   returns double
 */
/* CHECK as_bytes: x[2] -> return
 *   in double x[2] = random(0.5, 1.5)
 *   returns double
 */
/* CHECK handed_over: x[2] -> return
 *   in double x[2] = random(0.5, 1.5)
 *   returns double
 */
/* CHECK on_heap: x[2] -> return
 *   in double x[2] = random(0.5, 1.5)
 *   int n = 2
 *   returns double
 */

struct inner {
    double a[2];
    int n;
};

struct part {
    double r, q;
    struct inner in;
};

/* Whatever lay on the stack before is no zero. */
static double dirty(int depth) {
    volatile double junk[64];
    for (int i = 0; i < 64; i++)
        junk[i] = 1e30 + depth;
    return depth > 0 ? dirty(depth - 1) : junk[3] > 0 ? 1 : 2;
}

static struct part make(double y) {
    struct part z;
    z.r = 0.5;
    z.q = sin(y);
    z.in.a[0] = 2;
    z.in.a[1] = 0.25;
    z.in.n = 1;
    return z;
}

double returned(const double *x) {
    double one = dirty(3);
    struct part s = make(x[0]);
    s = make(s.q * one);
    s.in.a[1] += x[1];
    return s.r * s.r + s.q + s.in.a[0] * s.in.a[1];
}

double copied(const double *x) {
    double one = dirty(3), t;
    struct part z, s;
    z.r = 0.5;
    z.q = sin(x[0]);
    z.in.a[0] = z.in.a[1] = 3;
    z.in.n = 0;
    s.r = x[1] * one;
    s.q = x[0];
    s.in.a[0] = x[0];
    s.in.a[1] = x[1];
    t = s.r * s.q * s.in.a[1];
    s = z;
    return t + s.r * s.r + s.q * s.in.a[0];
}

double in_loops(const double *x, int n) {
    double sum = dirty(2);
    struct part z[4], s[n];
    for (int i = 0; i < n; i++) {
        z[i].r = i;
        z[i].q = x[i] * sum;
        z[i].in.a[0] = 1;
        z[i].in.a[1] = 2;
        s[i].r = x[i];
        s[i].q = 1;
        s[i].in.a[0] = s[i].in.a[1] = 3;
        sum += s[i].r * s[i].q;
        s[i] = z[i];
        sum += s[i].r * s[i].q * s[i].in.a[1];
        z[3].in = s[i].in;
        sum *= z[3].in.a[0];
    }
    return sum;
}

double as_bytes(const double *x) {
    double one = dirty(3), t;
    struct part z, s;
    memset(&z, 0, sizeof z);
    z.q = sin(x[0] * one);
    s.r = x[1];
    s.q = x[0];
    s.in.a[1] = x[1];
    t = s.r * s.q * s.in.a[1];
    memcpy(&s, &z, sizeof s);
    return t + s.r + s.q + s.in.a[1];
}

static double use(struct part s, struct part *p) {
    double sum = s.q * (1 + s.r);
    s = *p;
    *p = s;
    p->r = 0.25;
    return sum + s.q * s.r;
}

double handed_over(const double *x) {
    double one = dirty(3), sum;
    struct part z, s = {x[0], x[1], {{x[0]}, 1}};
    z.r = 0.5;
    z.q = sin(x[0] * one);
    z.in.a[0] = z.in.a[1] = 3;
    z.in.n = 0;
    sum = use(z, &s);
    sum += use(s, &z) * s.r + z.r * z.q;
    s = z;
    return sum * s.r + s.q;
}

double on_heap(const double *x, int n) {
    double sum = dirty(3);
    struct part *z = malloc((size_t)n * sizeof *z), s = {x[0], x[1], {{x[0]}, 1}};
    for (int i = 0; i < n; i++) {
        z[i].r = 0.5;
        z[i].q = x[i];
        z[i].in.a[0] = z[i].in.a[1] = 3;
        z[i].in.n = 0;
    }
    sum += s.r * s.in.a[0];
    s = z[1];
    sum *= s.r * s.q + s.in.a[0];
    free(z);
    return sum;
}
