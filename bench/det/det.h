/* det: a determinant by expansion along the first row, again and again. */
#ifndef DET_H
#define DET_H

/* Determinant of a[n * n]; takes n! steps. */
double determinant(int n, const double *a);

#endif
