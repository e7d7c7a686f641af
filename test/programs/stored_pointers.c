#include <math.h>
#include <stdlib.h>

/* CHECK rows: x[n] -> return
 *   int n = 4
 *   in double x[4] = random(0.5, 1.5)
 *   returns double
 */
/* CHECK one_block: x[n] -> return
 *   int n = 4
 *   in double x[4] = random(0.5, 1.5)
 *   returns double
 */
/* CHECK layers: x[n] -> return
 *   int n = 3
 *   in double x[3] = random(0.5, 1.5)
 *   returns double
 */
/* CHECK views: x[3 * n] -> y[n]
 *   int n = 3
 *   in double x[9] = random(0.5, 1.5)
 *   out double y[3]
 */
/* CHECK local_rows: x[n] -> return
 *   int n = 3
 *   in double x[3] = random(0.5, 1.5)
 *   returns double
 */
/* CHECK in_loop: x[n] -> return
 *   int n = 3
 *   in double x[3] = random(0.5, 1.5)
 *   returns double
 */
/* CHECK buffers: x[n] -> return
 *   int n = 3
 *   in double x[3] = random(0.5, 1.5)
 *   returns double
 */

/* Structures that hold pointers to active memory: matrices of rows, arrays of buffers, views of an array. */
double rows(int n, const double *x) {
    double **a = malloc((size_t)n * sizeof *a), sum = 0;
    for (int i = 0; i < n; i++) {
        a[i] = malloc((size_t)n * sizeof **a);
        for (int j = 0; j < n; j++)
            a[i][j] = x[i] * x[j];
    }
    for (int i = 0; i < n; i++)
        for (int j = 0; j < n; j++)
            sum += a[i][j] * sin(a[j][i]);
    for (int i = 0; i < n; i++)
        free(a[i]);
    free(a);
    return sum;
}

static double **matrix(int rows, int columns) {
    double **m = malloc((size_t)rows * sizeof *m);
    m[0] = malloc((size_t)(rows * columns) * sizeof **m);
    for (int i = 1; i < rows; i++)
        m[i] = m[i - 1] + columns;
    return m;
}

static void free_matrix(double **m) {
    free(m[0]);
    free(m);
}

static void multiply(int n, double **a, double **b, double **c) {
    for (int i = 0; i < n; i++)
        for (int j = 0; j < n; j++) {
            c[i][j] = 0;
            for (int k = 0; k < n; k++)
                c[i][j] += a[i][k] * b[k][j];
        }
}

double one_block(int n, const double *x) {
    double **a = matrix(n, n), **b = matrix(n, n), **c = matrix(n, n);
    double trace = 0;
    for (int i = 0; i < n; i++)
        for (int j = 0; j < n; j++) {
            a[i][j] = x[i] * x[j] + (i == j);
            b[i][j] = cos(x[i] - j);
        }
    multiply(n, a, b, c);
    multiply(n, c, a, b);
    for (int i = 0; i < n; i++)
        trace += b[i][i] * c[0][i];
    free_matrix(a);
    free_matrix(b);
    free_matrix(c);
    return trace;
}

typedef struct {
    int n;
    double *w, *out;
} layer;

typedef struct {
    int count;
    layer *layers;
} network;

static void network_init(network *net, int count, int n) {
    net->count = count;
    net->layers = malloc((size_t)count * sizeof *net->layers);
    for (int k = 0; k < count; k++) {
        layer *l = &net->layers[k];
        l->n = n;
        l->w = malloc((size_t)(n * n) * sizeof(double));
        l->out = calloc((size_t)n, sizeof(double));
    }
}

static void network_free(network *net) {
    for (int k = 0; k < net->count; k++) {
        free(net->layers[k].w);
        free(net->layers[k].out);
    }
    free(net->layers);
    net->layers = NULL;
}

static void layer_run(const layer *l, const double *in) {
    for (int i = 0; i < l->n; i++) {
        double sum = 0;
        for (int j = 0; j < l->n; j++)
            sum += l->w[i * l->n + j] * in[j];
        l->out[i] = tanh(sum);
    }
}

double layers(int n, const double *x) {
    network net;
    network_init(&net, 2, n);
    for (int k = 0; k < net.count; k++)
        for (int i = 0; i < n * n; i++)
            net.layers[k].w[i] = 0.5 * x[i % n] * (k + 1);
    layer_run(&net.layers[0], x);
    layer_run(&net.layers[1], net.layers[0].out);
    double sum = 0;
    for (int i = 0; i < n; i++)
        sum += net.layers[1].out[i] * net.layers[0].out[i];
    network_free(&net);
    return sum;
}

void views(int n, const double *x, double *y) {
    const double *part[3];
    double *target[1] = {NULL};
    for (int k = 0; k < 3; k++)
        part[k] = x + k * n;
    target[0] = y;
    for (int i = 0; i < n; i++)
        target[0][i] = part[0][i] * part[1][n - 1 - i] + exp(part[2][i]);
}

double local_rows(int n, const double *x) {
    double block[12], *row[4];
    for (int i = 0; i < 4; i++)
        row[i] = &block[3 * i];
    for (int i = 0; i < 4; i++)
        for (int j = 0; j < n; j++)
            row[i][j] = i ? row[i - 1][j] * x[j] : x[j];
    return row[3][0] * row[2][n - 1] + block[4];
}

double in_loop(int n, const double *x) {
    double sum = 0;
    for (int t = 0; t < n; t++) {
        double **a = malloc((size_t)(t + 1) * sizeof *a);
        for (int i = 0; i <= t; i++)
            a[i] = malloc(2 * sizeof **a);
        for (int i = 0; i <= t; i++) {
            a[i][0] = x[t] * x[i];
            a[i][1] = a[i][0] * a[0][0];
        }
        for (int i = 0; i <= t; i++)
            sum = 0.5 * sum + a[i][1] * a[t][0];
        for (int i = 0; i <= t; i++)
            free(a[i]);
        free(a);
    }
    return sum;
}

struct buffers {
    double *a, *b;
};

double buffers(int n, const double *x) {
    struct buffers w[2];
    double *memory = malloc((size_t)(4 * n) * sizeof *memory), sum = 0;
    for (int k = 0; k < 2; k++) {
        w[k].a = memory + 2 * k * n;
        w[k].b = memory + (2 * k + 1) * n;
    }
    for (int i = 0; i < n; i++) {
        w[0].a[i] = x[i] * x[0];
        w[0].b[i] = sin(w[0].a[i]);
        w[1].a[i] = w[0].b[i] * x[n - 1];
        w[1].b[i] = w[1].a[i] * w[0].a[0];
    }
    for (int i = 0; i < n; i++)
        sum += w[1].b[i] * w[0].b[n - 1 - i];
    free(memory);
    return sum;
}
