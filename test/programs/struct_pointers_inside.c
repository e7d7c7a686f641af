#include <math.h>

/* CHECK product: a, b -> c
 *   in struct matrix a[1] = {{2, 3, 0}} then random(-1, 1)
 *   in struct matrix b[1] = {{3, 2, 0}} then random(-1, 1)
 *   acc struct matrix c[1] = {{2, 2, 0}}
 */
/* CHECK network: net -> return
 *   in struct network net[1] = {{{2, 3, 0}, 0.5}} then random(-1, 1)
 *   double input[3] = {0.25, 0.5, -0.75}
 *   returns double
 *   modes jvp vjp split
 */
/* CHECK-OPTIONS fields matrix.data=6 */

/* Structs that point to their numbers: the companion's pointer leads to the companions. */
struct matrix {
    int rows, columns;
    double *data;
};

struct network {
    struct matrix weights;
    double bias;
};

static double at(const struct matrix *m, int i, int j) {
    return m->data[i * m->columns + j];
}

void product(const struct matrix *a, const struct matrix *b, struct matrix *c) {
    for (int i = 0; i < c->rows; i++)
        for (int j = 0; j < c->columns; j++) {
            double sum = 0;
            for (int k = 0; k < a->columns; k++)
                sum += at(a, i, k) * at(b, k, j);
            c->data[i * c->columns + j] = sum;
        }
}

double network(const struct network *net, const double *input) {
    double sum = 0;
    for (int i = 0; i < net->weights.rows; i++) {
        double z = net->bias;
        for (int j = 0; j < net->weights.columns; j++)
            z += net->weights.data[i * net->weights.columns + j] * input[j];
        sum += tanh(z);
    }
    return sum;
}
