/* llsq: linear least squares. */
#ifndef LLSQ_H
#define LLSQ_H

/* Half the squared norm of a x - b, where a[m * n] is m by n, row by row. */
double least_squares(int m, int n, const double *a, const double *b, const double *x);

/* The gradient by x alone, by hand; overwrites x_bar. */
double least_squares_hand(int m, int n, const double *a, const double *b, const double *x, double *x_bar);

#endif
