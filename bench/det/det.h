/* det: a determinant by expansion along the first row, again and again. */
#ifndef DET_H
#define DET_H

/* Determinant of a[n * n]; takes n! steps. */
double determinant(int n, const double *a);

/* The gradient, by hand; overwrites a_bar. */
double determinant_hand(int n, const double *a, double *a_bar);

#endif
