// What is missing stands at the end, ready to be filled in.
// RUN: not %cgrad --vjp 'f: x, w[n]' --jvp 'f: x, w' %s -o %t.c 2>&1 | FileCheck %s
double first(double x, const double *w, int n);
void second(int n, double *);

double f(double x, const double *w, int n) {
    double y[2] = {x, x};
    y[0] = first(x, w, n);
    second(2, y);
    return y[0] + y[1];
}
// CHECK: cgrad: note: the derivatives that are missing
// CHECK-EMPTY:
// CHECK-NEXT: CGRAD_CUSTOM_VJP(first)
// CHECK-NEXT: double first_vjp(double x, double *x_bar, const double *w, double *w_bar, int n, double first_bar) {
// CHECK: #error "to be written: the derivative of first"
// CHECK: CGRAD_INACTIVE double first(double x, const double *w, int n);
// CHECK: CGRAD_CUSTOM_VJP(second)
// CHECK-NEXT: void second_vjp(int n, double *arg2, double *arg2_bar) {
// CHECK: CGRAD_CUSTOM_JVP(first)
// CHECK-NEXT: double first_jvp(double x, double x_dot, const double *w, double *w_dot, int n, double *first_dot) {
// CHECK: CGRAD_CUSTOM_JVP(second)
// CHECK-NEXT: void second_jvp(int n, double *arg2, double *arg2_dot) {
