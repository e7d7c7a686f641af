#include "fft.h"

/* The transform is linear: its adjoint takes the butterflies apart in the opposite order, in the seeds' place. */
static void reverse(int n, int stride, const double *restrict roots, double *restrict x_bar, double *restrict y_bar) {
    if (n == 1) {
        x_bar[0] += y_bar[0];
        x_bar[1] += y_bar[1];
        y_bar[0] = y_bar[1] = 0;
        return;
    }
    double *restrict odd_bar = y_bar + n;
    for (int k = 0; k < n; k += 2) {
        double re = roots[k * stride], im = roots[k * stride + 1];
        double re_bar = y_bar[k] - odd_bar[k], im_bar = y_bar[k + 1] - odd_bar[k + 1];
        y_bar[k] += odd_bar[k];
        y_bar[k + 1] += odd_bar[k + 1];
        odd_bar[k] = re * re_bar + im * im_bar;
        odd_bar[k + 1] = re * im_bar - im * re_bar;
    }
    reverse(n / 2, 2 * stride, roots, x_bar, y_bar);
    reverse(n / 2, 2 * stride, roots, x_bar + 2 * stride, odd_bar);
}

void fft_hand(int n, const double *roots, double *x_bar, double *y_bar) {
    reverse(n, 1, roots, x_bar, y_bar);
}
