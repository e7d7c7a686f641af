/* jacobi: averages over the neighbours on a grid, again and again. */
#ifndef JACOBI_H
#define JACOBI_H

/* The inner cells of a[n * n] and b[n * n] are computed from each other in turn, `steps` times; their borders stay. */
void jacobi(int steps, int n, double *a, double *b);

/* The adjoint, by hand: a_bar and b_bar are seeds on entry, adjoints of what a and b were before on exit. It does not compute
 * a and b. */
void jacobi_hand(int steps, int n, double *a_bar, double *b_bar);

#endif
