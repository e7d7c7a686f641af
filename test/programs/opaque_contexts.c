#include <math.h>
#include <stdlib.h>
#include <string.h>

/* CHECK force: x[3], context -> return
 *   in double x[3] = random(0.5, 1.5)
 *   in struct params context[1] = random(0.5, 1.5)
 *   returns double
 *   modes vjp jvp split
 */
/* CHECK constant: x[2] -> return
 *   in double x[2] = random(0.5, 1.5)
 *   struct params context[1] = random(0.5, 1.5)
 *   returns double
 */
/* CHECK passed_on: a, b -> return
 *   in double a = random(0.5, 1.5)
 *   in double b = random(0.5, 1.5)
 *   returns double
 */
/* CHECK workspace: x[n], memory -> memory, return
 *   int n = 3
 *   in double x[3] = random(0.5, 1.5)
 *   acc double memory[6] = random(0.5, 1.5)
 *   returns double
 *   modes vjp jvp split
 */
/* CHECK two_kinds: a, b -> return
 *   in double a = random(0.5, 1.5)
 *   in double b = random(0.5, 1.5)
 *   returns double
 */
/* CHECK copies: x[n], a -> return
 *   int n = 4
 *   in double x[4] = random(0.5, 1.5)
 *   in double a = random(0.5, 1.5)
 *   returns double
 */
/* CHECK direct: p[1] -> return
 *   in struct params p[1] = random(0.5, 1.5)
 *   returns double
 */

/* What a function needs beside its arguments comes as a `void *` that it converts to what it is. */
struct params {
    double stiffness, damping, rest[3];
    int kind;
};

double direct(const struct params *p) {
    return p->stiffness * p->damping;
}

double force(const double *x, void *context) {
    struct params *p = (struct params *)context;
    double f = 0;
    for (int i = 0; i < 3; i++)
        f += p->stiffness * (x[i] - p->rest[i]) * (x[i] - p->rest[i]);
    return f - p->damping * x[0];
}

double constant(const double *x, const void *context) {
    const struct params *p = context;
    return ((const struct params *)context)->damping * x[0] * x[1] + p->stiffness * sin(x[1]);
}

static double damped(double t, void *context) {
    const struct params *p = context;
    return p->stiffness * exp(-p->damping * t) + p->rest[0];
}

static double midpoint(double from, double to, int n, void *context) {
    double sum = 0, h = (to - from) / n;
    for (int i = 0; i < n; i++)
        sum += h * damped(from + (i + 0.5) * h, context);
    return sum;
}

double passed_on(double a, double b) {
    struct params p = {.stiffness = a, .damping = a * b, .rest = {b, 0, 0}, .kind = 1};
    void *opaque = &p;
    return midpoint(0, a, 4, opaque) * midpoint(b, 2, 3, &p);
}

double workspace(int n, const double *x, void *memory) {
    double *w = memory, sum = 0;
    for (int i = 0; i < n; i++) {
        w[i] = x[i] * x[0];
        w[n + i] *= w[i];
    }
    for (int i = 0; i < n; i++)
        sum += w[i] * w[n + i];
    return sum;
}

struct pair {
    double u, v;
};

static double weigh(void *context, double x) {
    struct pair *pair = context;
    pair->u += pair->v * x;
    return pair->u * pair->v;
}

static double scale(void *context, double x) {
    float *factor = context;
    return *factor * x;
}

double two_kinds(double a, double b) {
    struct pair pair = {a, b};
    float factor = 2;
    double first = weigh(&pair, a), second = weigh(&pair, scale(&factor, b));
    return first + second * pair.u;
}

/* A wrapper of memcpy and memset, as many programs have one. */
static void copy(void *to, const void *from, size_t bytes) {
    memcpy(to, from, bytes);
}

static void *clear(void *memory, size_t bytes) {
    return memset(memory, 0, bytes);
}

double copies(int n, const double *x, double a) {
    double w[8], last = a;
    clear(w, sizeof w);
    copy(w, x, (size_t)n * sizeof *x);
    copy(w + n, &last, sizeof last);
    copy(&last, w + 1, sizeof last);
    double sum = last * last;
    for (int i = 0; i < n; i++)
        sum += w[i] * w[i + 1];
    clear(w + 1, 2 * sizeof *w);
    for (int i = 0; i < n; i++)
        sum += w[i] * w[i] * sum;
    return sum;
}
