#include "fft.h"

#include <cgrad/cgrad.h>

/* Of the n numbers that stand `stride` apart in x. */
static void transform(int n, int stride, const double *roots, const double *x, double *y) {
    if (n == 1) {
        y[0] = x[0];
        y[1] = x[1];
        return;
    }
    transform(n / 2, 2 * stride, roots, x, y);
    transform(n / 2, 2 * stride, roots, x + 2 * stride, y + n);
    for (int k = 0; k < n; k += 2) {
        double re = roots[k * stride], im = roots[k * stride + 1];
        double odd_re = re * y[n + k] - im * y[n + k + 1];
        double odd_im = re * y[n + k + 1] + im * y[n + k];
        y[n + k] = y[k] - odd_re;
        y[n + k + 1] = y[k + 1] - odd_im;
        y[k] += odd_re;
        y[k + 1] += odd_im;
    }
}

CGRAD_VJP(x[2 * n] -> y[2 * n])
CGRAD_JVP(x[2 * n] -> y[2 * n])
void fft(int n, const double *roots, const double *x, double *y) {
    transform(n, 1, roots, x, y);
}
