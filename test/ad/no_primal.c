// RUN: %cgrad -I%runtime --no-primal -o %t.c %s && FileCheck %s < %t.c
// RUN: FileCheck %s --check-prefix=HEADER < %t.h
#include <cgrad/cgrad.h>
#include <stdio.h>

/* The product is not computed; what is read by its partials is there already. */
// CHECK-LABEL: void scaled_vjp(
// CHECK-NOT: y[i] =
// CHECK: x_bar[i] += c * y_bar[i];
// HEADER: void scaled_vjp(
CGRAD_VJP(x[n], c -> y[n])
void scaled(int n, const double *x, double c, double *y) {
    for (int i = 0; i < n; i++)
        y[i] = c * x[i];
}

/* What is no dependent's stays, and so does what is said to the outside. */
// CHECK-LABEL: void counted_vjp(
// CHECK: (*calls)++;
// CHECK: printf("counted\n");
// CHECK-NOT: sum +=
CGRAD_VJP(x[n])
double counted(int n, const double *x, int *calls) {
    double sum = 0;
    *calls += 1;
    printf("counted\n");
    for (int i = 0; i < n; i++)
        sum += 3 * x[i];
    return sum;
}

/* f_grad returns nothing. */
// CHECK-LABEL: void squares_grad(
// CHECK: squares_vjp(n, x, x_bar, 1.0);
// HEADER: void squares_grad(int n, const double *x, double *x_bar);
CGRAD_GRAD(x[n])
double squares(int n, const double *x) {
    double sum = 0;
    for (int i = 0; i < n; i++)
        sum += x[i] * x[i];
    return sum;
}
