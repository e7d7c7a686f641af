// RUN: %cgrad -I%runtime -o - %s | FileCheck %s
#include <cgrad/cgrad.h>

/* What is const are the places of the rows, not the reals in them. */
// CHECK-LABEL: void squares_vjp(int size, const double *const *in, double **in_bar, double *const *out,
// CHECK: in_row_bar[i] += 2 * in_row[i] * out_row_bar[i];
CGRAD_VJP(in -> out)
void squares(int size, const double *const *in, double *const *out) {
    const double *in_row = in[0];
    double *out_row = out[0];
    for (int i = 0; i < size; i++)
        out_row[i] = in_row[i] * in_row[i];
}
