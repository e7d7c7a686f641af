#include <math.h>
#include <stdio.h>
#include <stdlib.h>

/* Memory that is allocated in some cases only, or by a wrapper that checks. */

/* CHECK chosen_twice: x[12] -> return
 *   in double x[12] = random(0.5, 1.5)
 *   returns double
 */
/* CHECK grown_twice: x[12] -> return
 *   in double x[12] = random(0.5, 1.5)
 *   returns double
 */
/* CHECK checked_twice: x[12] -> return
 *   in double x[12] = random(0.5, 1.5)
 *   returns double
 */
/* CHECK vector_twice: x[12] -> return
 *   in double x[12] = random(0.5, 1.5)
 *   returns double
 */
/* CHECK optional_twice: x[12] -> return
 *   in double x[12] = random(0.5, 1.5)
 *   returns double
 */
/* CHECK either_twice: x[12] -> return
 *   in double x[12] = random(0.5, 1.5)
 *   returns double
 */
/* CHECK both_or_none_twice: x[12] -> return
 *   in double x[12] = random(0.5, 1.5)
 *   returns double
 */
/* CHECK workspace_twice: x[12] -> return
 *   in double x[12] = random(0.5, 1.5)
 *   returns double
 */
/* CHECK changed_twice: x[12] -> return
 *   in double x[12] = random(0.5, 1.5)
 *   returns double
 */
/* CHECK nested_twice: x[12] -> return
 *   in double x[12] = random(0.5, 1.5)
 *   returns double
 */


/* On the stack if it is small. */
static double chosen(const double *x, int n) {
    double buf[8];
    double *w = n <= 8 ? buf : malloc((size_t)n * sizeof *w);
    double s = 0;
    for (int i = 0; i < n; i++) w[i] = x[i] * x[i];
    for (int i = 0; i < n; i++) s += sin(w[i]) * w[n - 1 - i];
    if (w != buf) free(w);
    return s;
}
static double grown(const double *x, int n) {
    double buf[8];
    double *w = buf;
    if (n > 8) {
        w = malloc((size_t)n * sizeof *w);
        if (!w) return -1;
    }
    double s = 0;
    for (int i = 0; i < n; i++) w[i] = x[i] * x[i];
    for (int i = 0; i < n; i++) s += sin(w[i]) * w[n - 1 - i];
    if (w != buf) free(w);
    return s;
}
static void *xmalloc(size_t n) {
    void *p = malloc(n);
    if (p == NULL) {
        fprintf(stderr, "out of memory\n");
        exit(1);
    }
    return p;
}
static double checked(const double *x, int n) {
    double *w = xmalloc((size_t)n * sizeof(double));
    double s = 0;
    for (int i = 0; i < n; i++) w[i] = x[i] * x[i];
    for (int i = 0; i < n; i++) s += sin(w[i]) * w[n - 1 - i];
    free(w);
    return s;
}
static double *vec(int n) {
    double *p = (double *)malloc((size_t)n * sizeof(double));
    if (!p) { fprintf(stderr, "no memory"); exit(1); }
    return p;
}
static double vector(const double *x, int n) {
    double *w = vec(n);
    double s = 0;
    for (int i = 0; i < n; i++) w[i] = x[i] * x[i];
    for (int i = 0; i < n; i++) s += sin(w[i]) * w[n - 1 - i];
    free(w);
    return s;
}
static double optional(const double *x, int n) {
    double *w = NULL;
    double s = 0;
    if (n > 2) {
        w = malloc((size_t)n * sizeof *w);
        for (int i = 0; i < n; i++) w[i] = x[i] * x[i];
    }
    for (int i = 0; i < n; i++) s += w ? sin(w[i]) * w[n - 1 - i] : x[i];
    free(w);
    return s;
}
static double either(const double *x, int n) {
    double *w;
    double s = 0;
    if (n > 4) w = calloc((size_t)n, sizeof *w); else w = calloc(4, sizeof *w);
    for (int i = 0; i < n; i++) w[i] = x[i] * x[i];
    for (int i = 0; i < n; i++) s += sin(w[i]) * w[n - 1 - i];
    free(w);
    return s;
}
static double both_or_none(const double *x, int n) {
    double *a = malloc((size_t)n * sizeof *a), *b = malloc((size_t)n * sizeof *b), s = 0;
    if (!a || !b) { free(a); free(b); return -1; }
    for (int i = 0; i < n; i++) { a[i] = x[i]; b[i] = 0; }
    for (int k = 0; k < 3; k++) {
        for (int i = 0; i < n; i++) b[i] = sin(a[i]) + 0.1 * a[(i + 1) % n];
        double *t = a; a = b; b = t;
    }
    for (int i = 0; i < n; i++) s += a[i] * a[i];
    free(a); free(b);
    return s;
}
struct ws { double *u, *v; int n; };
static struct ws *ws_new(int n) {
    struct ws *w = malloc(sizeof *w);
    w->u = malloc((size_t)n * sizeof(double)); w->v = malloc((size_t)n * sizeof(double)); w->n = n;
    return w;
}
static void ws_free(struct ws *w) { free(w->u); free(w->v); free(w); }
static double workspace(const double *x, int n) {
    struct ws *w = ws_new(n);
    double s = 0;
    for (int i = 0; i < n; i++) { w->u[i] = x[i] * x[i]; w->v[i] = cos(x[i]); }
    for (int i = 0; i < n; i++) s += w->u[i] * w->v[n - 1 - i];
    ws_free(w);
    return s;
}

/* What the condition and the size are made of changes afterwards. */
static double changed(const double *x, int n) {
    double small[4], *w = small, sum = 0;
    int size = n, large = n > 4;
    if (large) {
        w = calloc((size_t)size, sizeof *w);
        if (!w)
            return 0;
    }
    size = 3;
    large = !large;
    for (int i = 0; i < n; i++)
        w[i] = x[i] * x[i] * size;
    for (int i = 0; i < n; i++)
        sum += sin(w[i]) * w[n - 1 - i] + large;
    if (w != small)
        free(w);
    return sum;
}

/* Two at once, in nested branches, in a loop. */
static double nested(const double *x, int n) {
    double sum = 0;
    for (int k = 2; k < n; k += 3) {
        double *u = NULL, *v = NULL;
        if (k > 3) {
            if (n > 8) {
                u = malloc((size_t)k * sizeof *u);
                v = malloc((size_t)k * sizeof *v);
            } else {
                u = malloc((size_t)(2 * k) * sizeof *u);
            }
        }
        for (int i = 0; i < k; i++) {
            if (u)
                u[i] = x[i] * x[k];
            if (v)
                v[i] = sin(x[i]);
        }
        for (int i = 0; i < k; i++)
            sum += (u ? u[i] * u[k - 1 - i] : x[i]) + (v ? v[i] * v[i] : 0.5);
        free(v);
        free(u);
    }
    return sum;
}

double chosen_twice(const double *x) {
    return chosen(x, 4) + 2 * chosen(x, 12);
}

double grown_twice(const double *x) {
    return grown(x, 4) + 2 * grown(x, 12);
}

double checked_twice(const double *x) {
    return checked(x, 4) + 2 * checked(x, 12);
}

double vector_twice(const double *x) {
    return vector(x, 4) + 2 * vector(x, 12);
}

double optional_twice(const double *x) {
    return optional(x, 4) + 2 * optional(x, 12);
}

double either_twice(const double *x) {
    return either(x, 4) + 2 * either(x, 12);
}

double both_or_none_twice(const double *x) {
    return both_or_none(x, 4) + 2 * both_or_none(x, 12);
}

double workspace_twice(const double *x) {
    return workspace(x, 4) + 2 * workspace(x, 12);
}

double changed_twice(const double *x) {
    return changed(x, 4) + 2 * changed(x, 12);
}

double nested_twice(const double *x) {
    return nested(x, 4) + 2 * nested(x, 12);
}
