#include <stdlib.h>

/* CHECK-OPTIONS workspace */
/* CHECK row_helpers: x[n] -> return
 *   int n = 4
 *   in double x[4] = random(0.2, 1)
 *   returns double
 */
/* CHECK counted_from_one: x[n] -> return
 *   int n = 4
 *   in double x[4] = random(0.2, 1)
 *   returns double
 */
/* CHECK buffers_in_struct: x[n] -> return
 *   int n = 4
 *   in double x[4] = random(0.2, 1)
 *   returns double
 */
/* CHECK views_of_input: x[3] -> return
 *   in double x[3] = random(0.2, 1)
 *   returns double
 */
/* CHECK growing: x[n] -> return
 *   int n = 4
 *   in double x[4] = random(0.2, 1)
 *   returns double
 */

/* Memory that helpers allocate and free: rows one by one, a vector counted from 1, the buffers of a struct, memory
 * of another size in each iteration; and an array of pointers to parts of an input. */
static double **alloc_matrix(int n, int m) {
    double **a = malloc((size_t)n * sizeof *a);
    for (int i = 0; i < n; i++)
        a[i] = malloc((size_t)m * sizeof **a);
    return a;
}

static void free_matrix(double **a, int n) {
    for (int i = 0; i < n; i++)
        free(a[i]);
    free(a);
}

double row_helpers(int n, const double *x) {
    double **a = alloc_matrix(n, n);
    double sum = 0;
    for (int i = 0; i < n; i++)
        for (int j = 0; j < n; j++)
            a[i][j] = x[i] * x[j] * x[j];
    for (int i = 0; i < n; i++)
        for (int j = 0; j < n; j++)
            sum += a[i][j] * a[j][i];
    free_matrix(a, n);
    return sum;
}

static double *vector(int low, int high) {
    double *v = malloc((size_t)(high - low + 2) * sizeof *v);
    return v - low + 1;
}

static void free_vector(double *v, int low) {
    free(v + low - 1);
}

double counted_from_one(int n, const double *x) {
    double *v = vector(1, n);
    double sum = 0;
    for (int i = 1; i <= n; i++)
        v[i] = x[i - 1] * x[0];
    for (int i = 1; i <= n; i++)
        sum += v[i] * v[i];
    free_vector(v, 1);
    return sum;
}

struct net {
    int n;
    double *w;
    double *h;
};

static void net_init(struct net *net, int n) {
    net->n = n;
    net->w = malloc((size_t)n * sizeof(double));
    net->h = malloc((size_t)n * sizeof(double));
}

static void net_free(struct net *net) {
    free(net->w);
    free(net->h);
}

double buffers_in_struct(int n, const double *x) {
    struct net net;
    double sum = 0;
    net_init(&net, n);
    for (int i = 0; i < net.n; i++) {
        net.w[i] = x[i] * x[0];
        net.h[i] = net.w[i] * x[i];
    }
    for (int i = 0; i < net.n; i++)
        sum += net.w[i] * net.h[i];
    net_free(&net);
    return sum;
}

double views_of_input(const double *x) {
    const double *part[3] = {x, x + 1, x + 2};
    double sum = 0;
    for (int i = 0; i < 3; i++)
        for (int j = 0; j <= i; j++)
            sum += part[i][0] * part[j][0];
    return sum;
}

double growing(int n, const double *x) {
    double sum = 0;
    for (int t = 1; t <= n; t++) {
        double *w = malloc((size_t)t * sizeof *w);
        for (int i = 0; i < t; i++)
            w[i] = x[i] * x[t - 1];
        for (int i = 0; i < t; i++)
            sum += w[i] * w[i];
        free(w);
    }
    return sum;
}
