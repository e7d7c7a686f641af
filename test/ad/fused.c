// RUN: %cgrad -I%runtime -o - %s | FileCheck %s
// RUN: %cgrad -I%runtime --plan=no-fuse -o - %s | FileCheck %s --check-prefix=PARTED
#include <cgrad/cgrad.h>

double exp(double);

/* Iterations that are independent are reversed one by one, the adjoint of what follows the loop before it. */
// CHECK-LABEL: double sum_vjp(
// CHECK: /* forward sweep */
// CHECK: double total_bar = 0.5 * sum_bar;
// CHECK: /* forward and reverse sweep of each iteration */
// CHECK: for (int i = 0; i < n; i++) {
// CHECK: exp_value = exp(x[i]);
// CHECK: /* reverse sweep */
// CHECK: x_bar[i] += exp_value *
// CHECK: return 0.5 * total;
// PARTED-NOT: each iteration
CGRAD_VJP(x[n])
double sum(int n, const double *x) {
    double total = 0;
    for (int i = 0; i < n; i++)
        total += exp(x[i]) * exp(x[i]);
    return 0.5 * total;
}

// CHECK-LABEL: double chain_vjp(
// CHECK-NOT: each iteration
CGRAD_VJP(x[n])
double chain(int n, const double *x) {
    double value = 1;
    for (int i = 0; i < n; i++)
        value = 0.5 * exp(value) + x[i];
    return value;
}
