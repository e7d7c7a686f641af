// RUN: %cgrad %s --vjp 'f: x[n]' --report -o %t.c | FileCheck %s
double sin(double);

// CHECK: f_vjp: active: x, s, t
// CHECK-NEXT: line [[# @LINE + 6]]: t is recorded: its block ends
// CHECK-NEXT: line [[# @LINE + 4]]: the loop records 8 bytes an iteration
// CHECK-NEXT: nothing is recorded outside of loops
double f(int n, const double *x) {
    double s = 0;
    for (int i = 0; i < n; i++) {
        double t = sin(x[i]);
        s += t * t;
    }
    return s;
}
