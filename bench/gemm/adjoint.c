#include "gemm.h"

/* The product is bilinear: its value is not needed. Rows of b, b_bar and c_bar are walked side by side, at unit stride. */
static void row(int n, double a, double *restrict a_bar, const double *restrict b, double *restrict b_bar,
                const double *restrict c_bar) {
    double sum = 0;
#pragma omp simd reduction(+ : sum)
    for (int j = 0; j < n; j++) {
        sum += c_bar[j] * b[j];
        b_bar[j] += a * c_bar[j];
    }
    *a_bar += sum;
}

void gemm_hand(int n, const double *a, double *a_bar, const double *b, double *b_bar, const double *c_bar) {
    for (int i = 0; i < n; i++)
        for (int k = 0; k < n; k++)
            row(n, a[i * n + k], a_bar + i * n + k, b + k * n, b_bar + k * n, c_bar + i * n);
}
