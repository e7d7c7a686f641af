#include "gemm.h"

#include <cgrad/cgrad.h>

CGRAD_VJP(a[n * n], b[n * n] -> c[n * n])
CGRAD_JVP(a[n * n], b[n * n] -> c[n * n])
void gemm(int n, const double *a, const double *b, double *c) {
    for (int i = 0; i < n; i++)
        for (int j = 0; j < n; j++) {
            double sum = 0;
            for (int k = 0; k < n; k++)
                sum += a[i * n + k] * b[k * n + j];
            c[i * n + j] = sum;
        }
}
