// RUN: %cgrad -I%runtime --plan=no-inline -o - %s | FileCheck %s
#include <cgrad/cgrad.h>

static double square(double x) {
    return x * x;
}

static double twice(double x) {
    return square(x) + square(x + 1);
}

/* The callee is asked for with the caller's a active and with b active: the two pairs come out alike and are one. An operand
 * that occurs twice gets one term. */
// CHECK: static void square_rev(double x, double *x_bar, double square_bar) {
// CHECK: *x_bar += 2 * x * square_bar;
// CHECK-NOT: square_rev_2
// CHECK: double f_vjp(
CGRAD_VJP(a, b)
double f(double a, double b) {
    return twice(a) + square(b) * 2;
}
