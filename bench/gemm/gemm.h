/* gemm: the product of two matrices, by three loops. */
#ifndef GEMM_H
#define GEMM_H

/* c = a b; each is n by n, row by row. */
void gemm(int n, const double *a, const double *b, double *c);

/* The adjoint, by hand; adds to a_bar and b_bar. It does not compute c. */
void gemm_hand(int n, const double *a, double *a_bar, const double *b, double *b_bar, const double *c_bar);

#endif
