#include "det.h"

#include <stdlib.h>
#include <string.h>

/* Returns the minor's determinant and adds `seed` times its gradient to a_bar. The seed of a minor is the product of the
 * elements that led to it: forward and reverse are one recursion, and nothing is recorded. A minor's own determinant is the
 * adjoint of the element before it. */
static double minor_hand(int n, const double *a, int m, int *row, int *column, double seed, double *a_bar) {
    int first_row = row[n];
    const double *element = a + first_row * n;
    double *element_bar = a_bar + first_row * n;

    if (m == 1) {
        element_bar[column[n]] += seed;
        return element[column[n]];
    }

    double sum = 0;
    int sign = 1;
    int before = n;
    row[n] = row[first_row];
    for (int j = 0; j < m; j++) {
        int here = column[before];
        column[before] = column[here];
        double factor = sign * element[here];
        double minor = minor_hand(n, a, m - 1, row, column, seed * factor, a_bar);
        sum += factor * minor;
        element_bar[here] += sign * seed * minor;
        column[before] = here;
        before = here;
        sign = -sign;
    }
    row[n] = first_row;
    return sum;
}

double determinant_hand(int n, const double *a, double *a_bar) {
    int *row = malloc((size_t)(n + 1) * sizeof *row);
    int *column = malloc((size_t)(n + 1) * sizeof *column);
    memset(a_bar, 0, (size_t)(n * n) * sizeof *a_bar);
    for (int i = 0; i < n; i++) {
        row[i] = i + 1;
        column[i] = i + 1;
    }
    row[n] = 0;
    column[n] = 0;
    double result = minor_hand(n, a, n, row, column, 1, a_bar);
    free(row);
    free(column);
    return result;
}
