#include "llsq.h"

#include <string.h>

/* Each row is used at once: its residual is the weight of its adjoint. */
double least_squares_hand(int m, int n, const double *restrict a, const double *restrict b, const double *restrict x,
                          double *restrict x_bar) {
    memset(x_bar, 0, (size_t)n * sizeof *x_bar);
    double sum = 0;
    for (int i = 0; i < m; i++) {
        const double *row = a + i * n;
        double residual = -b[i];
        for (int j = 0; j < n; j++)
            residual += row[j] * x[j];
        sum += residual * residual;
        for (int j = 0; j < n; j++)
            x_bar[j] += residual * row[j];
    }
    return 0.5 * sum;
}
