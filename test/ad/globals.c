// RUN: %cgrad -I%runtime -o %t.c %s && cat %t.h %t.c | FileCheck %s
#include <cgrad/cgrad.h>

/* Companions of listed globals are declared in the header and defined once, whatever the number of requests. */
// CHECK: /* table_bar: the adjoint of table. */
// CHECK-NEXT: extern double table_bar[3];
// CHECK: extern double gain_bar;
// CHECK: extern double gain_dot;
// CHECK: double f_grad(double x, double *x_bar);

// CHECK: static const double table[3] = {1, 2, 3};
// CHECK: double table_bar[3];
// CHECK-NEXT: double gain_bar;
// CHECK-NEXT: double gain_dot;
static const double table[3] = {1, 2, 3};
double gain = 2;

/* A global that is not listed has a companion of its own in each call: on the stack, or elsewhere if it is large. */
double part, buffer[1000];

static void fill(double x) {
    for (int i = 0; i < 1000; i++)
        buffer[i] = x * i * part;
}

/* The tangent in a callee may be of either kind. */
// CHECK: static void fill_rev(double x, double *x_bar, double *part_bar, double *buffer_bar
// CHECK: static double f_vjp(
// CHECK: double part_bar = 0.0;
// CHECK-NEXT: double *buffer_bar = cgrad_zeros(sizeof(double [1000]));
// CHECK: fill_rev(x, x_bar, &part_bar, buffer_bar
// CHECK: cgrad_zeros_free(buffer_bar);

/* f_grad sets the adjoints of globals to zero; they cannot be unwanted. */
// CHECK: double f_grad(double x, double *x_bar) {
// CHECK: table_bar[k] = 0.0;
// CHECK: gain_bar = 0.0;
// CHECK: return f_vjp(x, x_bar, 1.0);
CGRAD_GRAD(x, table, gain)
CGRAD_JVP(x, gain)
double f(double x) {
    part = x * table[1];
    fill(x);
    return buffer[7] * gain + table[2];
}
// CHECK: double f_jvp(double x, double x_dot, double *f_dot) {
// CHECK: static double buffer_dot[1000];
// CHECK-NEXT: for (int k = 0; k < 1000; k++) {
// CHECK-NEXT: buffer_dot[k] = 0.0;
