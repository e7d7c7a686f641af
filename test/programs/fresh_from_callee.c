#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Functions that use memory which their callees allocate, called from others: what passes through it counts. */

/* CHECK total: x[n] -> return
 *   in double x[5] = random(0.5, 1.5)
 *   int n = 5
 *   returns double
 */
/* CHECK shrunk: x[n] -> return
 *   in double x[5] = random(0.5, 1.5)
 *   int n = 5
 *   returns double
 */
/* CHECK copies: x[n] -> return
 *   in double x[5] = random(0.5, 1.5)
 *   int n = 5
 *   returns double
 */
/* CHECK members: x[n] -> return
 *   in double x[5] = random(0.5, 1.5)
 *   int n = 5
 *   returns double
 */

struct workspace {
    double *u, *v;
    int n;
};

static struct workspace *new_workspace(const double *x, int n) {
    struct workspace *w = malloc(sizeof *w);
    w->u = malloc((size_t)n * sizeof(double));
    w->v = malloc((size_t)n * sizeof(double));
    w->n = n;
    for (int i = 0; i < n; i++)
        w->v[i] = cos(x[i]);
    return w;
}

static void free_workspace(struct workspace *w) {
    free(w->u);
    free(w->v);
    free(w);
}

static double products(const double *x, int n) {
    struct workspace *w = new_workspace(x, n);
    double sum = 0;
    for (int i = 0; i < n; i++)
        w->u[i] = x[i] * x[i];
    for (int i = 0; i < w->n; i++)
        sum += w->u[i] * w->v[n - 1 - i];
    free_workspace(w);
    return sum;
}

double total(const double *x, int n) {
    return products(x, n - 1) * products(x + 1, n - 1);
}

/* The size of the memory changes after the allocation. */
double shrunk(const double *x, int n) {
    int m = n;
    double *w = malloc((size_t)m * sizeof *w), sum = 0;
    for (int i = 0; i < m; i++)
        w[i] = x[i] * x[i];
    for (int i = 0; i < n; i++)
        sum += sin(w[i]) * w[n - 1 - i];
    m = 1;
    sum *= x[m];
    free(w);
    return sum;
}

double members(const double *x, int n) {
    int m = n;
    struct workspace w, *p = malloc(sizeof *p);
    w.u = malloc((size_t)m * sizeof *w.u);
    p->v = malloc((size_t)n * sizeof *p->v);
    double sum = 0;
    for (int i = 0; i < m; i++) {
        w.u[i] = x[i] * x[i];
        p->v[i] = sin(x[i]);
    }
    m = 1;
    for (int i = 0; i < n; i++)
        sum += sin(w.u[i]) * p->v[n - 1 - i] * x[m];
    m = 0;
    free(p->v);
    free(p);
    free(w.u);
    return sum * x[m];
}

struct vector {
    double *data;
    int size;
};

static struct vector new_vector(int n) {
    struct vector v = {malloc((size_t)n * sizeof(double)), n};
    return v;
}

static struct vector copy_of(const double *x, int n) {
    struct vector v = new_vector(n);
    memcpy(v.data, x, (size_t)n * sizeof *x);
    return v;
}

static void clear(struct vector *v, int n) {
    v->data = calloc((size_t)n, sizeof *v->data);
    v->size = n;
}

static double *duplicate(const double *x, int n) {
    double *copy = malloc((size_t)n * sizeof *copy);
    for (int i = 0; i < n; i++)
        copy[i] = x[i];
    return copy;
}

static double squares(const double *x, int n) {
    struct vector v = copy_of(x, n);
    double sum = 0;
    for (int i = 0; i < v.size; i++)
        sum += v.data[i] * v.data[i];
    free(v.data);
    return sum;
}

static double product(const double *x, int n) {
    struct vector v;
    clear(&v, n);
    double result = 1;
    for (int i = 0; i < n; i++)
        v.data[i] += x[i];
    for (int i = 0; i < n; i++)
        result *= v.data[i];
    free(v.data);
    return result;
}

static double sines(const double *x, int n) {
    double *copy = duplicate(x, n), sum = 0;
    for (int i = 0; i < n; i++)
        sum += sin(copy[i]);
    free(copy);
    return sum;
}

static double scaled(struct vector *v) {
    double sum = 0;
    for (int i = 0; i < v->size; i++) {
        v->data[i] *= 2;
        sum += v->data[i] * v->data[0];
    }
    return sum;
}

static double passed_on(const double *x, int n) {
    struct vector v = new_vector(n);
    for (int i = 0; i < n; i++)
        v.data[i] = x[i];
    double sum = scaled(&v);
    sum += scaled(&v);
    free(v.data);
    return sum;
}

double copies(const double *x, int n) {
    return squares(x, n - 1) * squares(x + 1, n - 1) + product(x, n - 1) * product(x + 1, n - 1) +
           sines(x, n - 1) * sines(x + 1, n - 1) + passed_on(x, n - 1) * passed_on(x + 1, n - 1);
}
