// RUN: %cgrad -I%runtime -o - %s | FileCheck %s
// RUN: %cgrad -I%runtime --plan=no-guard -o - %s | FileCheck %s --check-prefix=ALWAYS
#include <cgrad/cgrad.h>

static double length(int n, const double *x) {
    double sum = 0;
    for (int i = 0; i < n; i++)
        sum += x[i] * x[i];
    return sum;
}

/* Most of the rows are not the smallest: their lengths have no adjoint. */
// CHECK: if (row_bar != 0.0) {
// CHECK-NEXT: length_rev(n, x + k * n, x_bar + k * n, row_bar);
// ALWAYS-NOT: != 0.0
CGRAD_VJP(x[m * n])
double smallest(int m, int n, const double *x) {
    double least = 1e300;
    for (int k = 0; k < m; k++) {
        double row = length(n, x + k * n);
        if (row < least)
            least = row;
    }
    return least;
}
