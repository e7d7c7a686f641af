// RUN: %cgrad -I%runtime --workspace -o %t.c %s && FileCheck %s < %t.c
// RUN: FileCheck %s --check-prefix=HEADER < %t.h
#include <cgrad/cgrad.h>
#include <stdlib.h>

/* What the record and the work array take, by a formula in the parameters. */
// HEADER: size_t steps_vjp_workspace(int n, int count);
// HEADER: int steps_vjp_ws(int n, int count, double *x, double *x_bar, void *workspace, size_t size);
// CHECK-LABEL: size_t steps_vjp_workspace(int n, int count) {
// CHECK-LABEL: int steps_vjp_ws(
// CHECK: size_t needed = steps_vjp_workspace(n, count);
// CHECK-NEXT: if (size < needed) {
// CHECK-NEXT: return 1;
// CHECK: cgrad_record record = cgrad_workspace_record(workspace, size);
// CHECK-NOT: alloc(
// CHECK: cgrad_workspace_take(&record,
// CHECK-NOT: free(
// CHECK: return 0;
CGRAD_VJP(x[n] -> x)
void steps(int n, int count, double *x) {
    double *work = malloc((size_t)n * sizeof *work);
    for (int t = 0; t < count; t++) {
        for (int i = 0; i < n; i++)
            work[i] = x[i] * x[n - 1 - i];
        for (int i = 0; i < n; i++)
            x[i] = work[i];
    }
    free(work);
}

/* A loop that ends when it ends has a bound if the source says so. */
// HEADER: #define ROOT_GRAD_WORKSPACE_BYTES
CGRAD_GRAD(a)
double root(double a) {
    double x = 1, change = 1;
    while (change > 1e-12) {
        CGRAD_MAX_TRIPS(60);
        double next = 0.5 * (x + a / x);
        change = next > x ? next - x : x - next;
        x = next;
    }
    return x;
}
