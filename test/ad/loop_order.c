// RUN: %cgrad -I%runtime -o - %s | FileCheck %s
// RUN: %cgrad -I%runtime --plan=no-order -o - %s | FileCheck %s --check-prefix=BACK
#include <cgrad/cgrad.h>

/* The inner loop of the adjoint moves along rows; what it adds to one element is summed first. */
// CHECK-LABEL: void product_vjp(
// CHECK: /* reverse sweep */
// CHECK-NEXT: for (int i = n - 1; i >= 0; i--) {
// CHECK-NEXT: for (int k = 0; k < n; k++) {
// CHECK-NEXT: double a_bar_sum = 0.0;
// CHECK-NEXT: #pragma omp simd reduction(+ : a_bar_sum)
// CHECK-NEXT: for (int j = 0; j < n; j++) {
// CHECK: a_bar[i * n + k] += a_bar_sum;
// BACK-LABEL: void product_vjp(
// BACK: for (int k = n - 1; k >= 0; k--) {
// BACK-NOT: #pragma
CGRAD_VJP(a[n * n], b[n * n] -> c[n * n])
void product(int n, const double *a, const double *b, double *c) {
    for (int i = 0; i < n; i++)
        for (int j = 0; j < n; j++) {
            double sum = 0;
            for (int k = 0; k < n; k++)
                sum += a[i * n + k] * b[k * n + j];
            c[i * n + j] = sum;
        }
}

/* Neighbours are added to in loops of their own. */
// CHECK-LABEL: void smooth_vjp(
// CHECK: #pragma omp simd
// CHECK-NEXT: for (int i = 1; i < n - 1; i++) {
// CHECK-NEXT: x_bar[i - 1] += y_bar[i];
// CHECK: #pragma omp simd
// CHECK-NEXT: for (int i = 1; i < n - 1; i++) {
// CHECK-NEXT: x_bar[i + 1] += y_bar[i];
// CHECK-NEXT: y_bar[i] = 0.0;
CGRAD_VJP(x[n] -> y[n])
void smooth(int n, const double *x, double *y) {
    for (int i = 1; i < n - 1; i++)
        y[i] = x[i - 1] + x[i + 1];
}

/* Each iteration hands something to the next: from the last to the first. */
// CHECK-LABEL: void filter_vjp(
// CHECK: for (int i = n - 1; i >= 1; i--) {
// CHECK: }
CGRAD_VJP(x[n] -> x)
void filter(int n, double *x) {
    for (int i = 1; i < n; i++)
        x[i] += 0.5 * x[i - 1];
}

/* Periodic neighbours: all but the first and the last iteration lie in a row. */
// CHECK-LABEL: void ring_vjp(
// CHECK: for (int i = 1; i < n - 1; i++) {
// CHECK: /* the first and the last */
// CHECK-NEXT: for (int i = 0; i < n; i += n - 1 > 0 ? n - 1 : 1) {
CGRAD_VJP(x[n] -> y[n])
void ring(int n, const double *x, double *y) {
    for (int i = 0; i < n; i++) {
        int next = (i + 1) % n;
        y[i] = 2 * x[next] - x[i];
    }
}
