/* cholesky: the factor of a positive definite matrix, in its place. */
#ifndef CHOLESKY_H
#define CHOLESKY_H

/* The lower triangle of a[n * n], row by row, becomes the factor L with a = L L'; the upper one is neither read nor written. */
void cholesky(int n, double *a);

/* By hand: factors a too; a_bar is the seed on entry, the adjoint of what a was before on exit. */
void cholesky_hand(int n, double *a, double *a_bar);

#endif
