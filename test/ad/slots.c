// RUN: %cgrad -I%runtime -o - %s | FileCheck %s
// RUN: %cgrad -I%runtime --plan=no-slots -o - %s | FileCheck %s --check-prefix=STACK
// RUN: %cgrad -I%runtime --plan=no-lift -o - %s | FileCheck %s --check-prefix=INNER
// RUN: %cgrad -I%runtime --plan=no-reuse -o - %s | FileCheck %s --check-prefix=TWICE
#include <cgrad/cgrad.h>

/* What x[i] was is recorded once, in an element for each iteration. */
// CHECK-LABEL: void square_vjp(
// CHECK: double *x_value_record = cgrad_record_slots(&record, n, sizeof(double));
// CHECK: x_value_record[i] = x_value;
// CHECK: double *[[AGAIN:.*]] = cgrad_cursor_slots(&cursor, n, sizeof(double));
// CHECK-NOT: x_value_2
// CHECK: }
// STACK-LABEL: void square_vjp(
// STACK: cgrad_push_double(&record, x_value);
// TWICE-LABEL: void square_vjp(
// TWICE: x_value_2
CGRAD_VJP(x[n] -> x)
void square(int n, double *x) {
    for (int t = 0; t < 3; t++)
        for (int i = 0; i < n; i++) {
            double y = x[i] * x[i];
            x[i] = y * x[i];
        }
}

/* The inner loop does not change x[i]: it is recorded outside of it. */
// CHECK-LABEL: void product_vjp(
// CHECK: double x_value = i + 1 < n ? x[i] : 0.0;
// CHECK: for (int j = i + 1; j < n; j++) {
// CHECK: y[j] = y_value * x_value;
// CHECK: cgrad_push_double(&record, x_value);
// INNER-LABEL: void product_vjp(
// INNER-NOT: ?
CGRAD_VJP(x[n], y[n] -> x, y)
void product(int n, double *x, double *y) {
    for (int i = 0; i < n; i++)
        for (int j = i + 1; j < n; j++)
            y[j] *= x[i];
    for (int i = 0; i < n; i++)
        x[i] = 0;
}
