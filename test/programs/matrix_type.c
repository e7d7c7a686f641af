#include <math.h>
#include <stdlib.h>

/* CHECK layer: w[n * n], x[n] -> return
 *   int n = 3
 *   in double w[9] = random(-1, 1)
 *   in double x[3] = random(-1, 1)
 *   returns double
 */

/* A matrix type with constructor, destructor and operations, as C libraries have it. */
typedef struct matrix {
    int rows, columns;
    double *data;
} matrix;

static matrix matrix_create(int rows, int columns) {
    matrix m = {rows, columns, NULL};
    m.data = calloc((size_t)rows * columns, sizeof *m.data);
    return m;
}

static void matrix_destroy(matrix *m) {
    free(m->data);
    m->data = NULL;
}

static void matrix_multiply(const matrix *a, const matrix *b, matrix *c) {
    for (int i = 0; i < a->rows; i++)
        for (int k = 0; k < a->columns; k++)
            for (int j = 0; j < b->columns; j++)
                c->data[i * c->columns + j] += a->data[i * a->columns + k] * b->data[k * b->columns + j];
}

static double matrix_sum(matrix m) {
    double sum = 0;
    for (int i = 0; i < m.rows * m.columns; i++)
        sum += tanh(m.data[i]);
    return sum;
}

double layer(int n, const double *w, const double *x) {
    matrix a = matrix_create(n, n), b = matrix_create(n, 1), c = matrix_create(n, 1);
    for (int i = 0; i < n * n; i++)
        a.data[i] = w[i];
    for (int i = 0; i < n; i++)
        b.data[i] = x[i];
    matrix_multiply(&a, &b, &c);
    double sum = matrix_sum(c);
    matrix_destroy(&a);
    matrix_destroy(&b);
    matrix_destroy(&c);
    return sum;
}
