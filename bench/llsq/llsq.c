#include "llsq.h"

#include <cgrad/cgrad.h>

CGRAD_GRAD(x[n])
CGRAD_VJP(a[m * n], b[m], x[n])
CGRAD_JVP(a[m * n], b[m], x[n])
double least_squares(int m, int n, const double *a, const double *b, const double *x) {
    double sum = 0;
    for (int i = 0; i < m; i++) {
        double residual = -b[i];
        for (int j = 0; j < n; j++)
            residual += a[i * n + j] * x[j];
        sum += residual * residual;
    }
    return 0.5 * sum;
}
