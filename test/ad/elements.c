// RUN: %cgrad -I%runtime -o - %s | FileCheck %s
// RUN: %cgrad -I%runtime --plan=no-elements -o - %s | FileCheck %s --check-prefix=WHOLE
// RUN: %cgrad -I%runtime --plan=no-slices -o - %s | FileCheck %s --check-prefix=SINGLE
#include <cgrad/cgrad.h>
#include <math.h>

/* x[j] is finished when it is read, and x[i] / l[i] is there to be read again: nothing is recorded. */
// CHECK-LABEL: void solve_vjp(
// CHECK-NOT: record
// CHECK: /* solve_back
// WHOLE-LABEL: void solve_vjp(
// WHOLE: cgrad_record record
CGRAD_VJP(l[n * n], x[n] -> x)
void solve(int n, const double *l, double *x) {
    for (int i = 0; i < n; i++) {
        for (int j = 0; j < i; j++)
            x[i] -= l[i * n + j] * x[j];
        x[i] /= l[i * n + i];
    }
}

// CHECK-LABEL: void solve_back_vjp(
// CHECK-NOT: record
// CHECK: /* steps_vjp
CGRAD_VJP(l[n * n], x[n] -> x)
void solve_back(int n, const double *l, double *x) {
    for (int i = n - 1; i >= 0; i--)
        for (int j = i + 1; j < n; j++)
            x[i] -= l[i * n + j] * x[j];
}

/* What the next step overwrites is recorded: a piece of the array, not three values an iteration. */
// CHECK-LABEL: void steps_vjp(
// CHECK: double *u_record = cgrad_record_slots(&record, n, sizeof(double));
// CHECK: u_record[k] = u[k];
// CHECK: u_record_2[i + 1]
// SINGLE-LABEL: void steps_vjp(
// SINGLE: u_value_record[i - 1] = u_value;
CGRAD_VJP(u[n], w[n] -> u, w)
void steps(int n, int count, double *u, double *w) {
    for (int t = 0; t < count; t++) {
        for (int i = 1; i < n - 1; i++)
            w[i] = u[i] * (u[i + 1] - u[i - 1]);
        for (int i = 1; i < n - 1; i++)
            u[i] += w[i];
    }
}
