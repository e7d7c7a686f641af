/* fft: the discrete Fourier transform, by the recursion of Cooley and Tukey. */
#ifndef FFT_H
#define FFT_H

/* y[2 n] is the transform of x[2 n]: complex numbers, real and imaginary part in turn; n is a power of two.
 * roots[n]: the first n / 2 powers of exp(-2 pi i / n). */
void fft(int n, const double *roots, const double *x, double *y);

/* The adjoint, by hand; adds to x_bar, clears y_bar. It does not compute y. */
void fft_hand(int n, const double *roots, double *x_bar, double *y_bar);

#endif
