#include "det.h"

#include <cgrad/cgrad.h>
#include <stdlib.h>

/* Determinant of the minor of a[n * n] that keeps m rows and m columns. They are lists: row[n] is the first row kept, row[i]
 * the one after row i; columns likewise. While a minor of the minor is computed, its row and column are taken out. */
static double minor_determinant(int n, const double *a, int m, int *row, int *column) {
    int first_row = row[n];

    if (m == 1)
        return a[first_row * n + column[n]];

    double sum = 0;
    int sign = 1;
    int before = n;

    row[n] = row[first_row];
    for (int j = 0; j < m; j++) {
        int here = column[before];

        column[before] = column[here];
        sum += sign * a[first_row * n + here] * minor_determinant(n, a, m - 1, row, column);
        column[before] = here;

        before = here;
        sign = -sign;
    }
    row[n] = first_row;
    return sum;
}

CGRAD_GRAD(a[n * n])
CGRAD_VJP(a[n * n])
CGRAD_JVP(a[n * n])
double determinant(int n, const double *a) {
    int *row = malloc((size_t)(n + 1) * sizeof *row);
    int *column = malloc((size_t)(n + 1) * sizeof *column);

    for (int i = 0; i < n; i++) {
        row[i] = i + 1;
        column[i] = i + 1;
    }
    row[n] = 0;
    column[n] = 0;

    double result = minor_determinant(n, a, n, row, column);

    free(row);
    free(column);
    return result;
}
