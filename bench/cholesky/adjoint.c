#include "cholesky.h"

#include <math.h>

/* Every element is read only after it is finished, so the final factor is all that the reverse sweep reads. The adjoint of a
 * product of rows is two updates at unit stride. */

static void factor(int n, double *a) {
    for (int i = 0; i < n; i++) {
        double *row = a + i * n;
        for (int j = 0; j < i; j++) {
            const double *other = a + j * n;
            double sum = row[j];
            for (int k = 0; k < j; k++)
                sum -= row[k] * other[k];
            row[j] = sum / other[j];
        }
        double sum = row[i];
        for (int k = 0; k < i; k++)
            sum -= row[k] * row[k];
        row[i] = sqrt(sum);
    }
}

static void update(int count, double bar, const double *restrict row, double *restrict row_bar,
                   const double *restrict other, double *restrict other_bar) {
    for (int k = 0; k < count; k++) {
        row_bar[k] -= bar * other[k];
        other_bar[k] -= bar * row[k];
    }
}

void cholesky_hand(int n, double *a, double *a_bar) {
    factor(n, a);
    for (int i = n - 1; i >= 0; i--) {
        const double *row = a + i * n;
        double *row_bar = a_bar + i * n;
        double twice = row_bar[i] / row[i];
        row_bar[i] = 0.5 * twice;
        for (int k = 0; k < i; k++)
            row_bar[k] -= twice * row[k];
        for (int j = i - 1; j >= 0; j--) {
            const double *other = a + j * n;
            double *other_bar = a_bar + j * n;
            row_bar[j] /= other[j];
            other_bar[j] -= row_bar[j] * row[j];
            update(j, row_bar[j], row, row_bar, other, other_bar);
        }
    }
}
