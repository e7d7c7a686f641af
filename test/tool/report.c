// RUN: %cgrad %s --vjp 'f: x[n]' --report -o %t.c | FileCheck %s
// RUN: %cgrad %s --vjp 'f: x[n]' --report --plan=no-fuse -o %t.c | FileCheck %s --check-prefix=PARTED
double sin(double);

// CHECK: f_vjp: active: x, s, t
// CHECK-NEXT: line [[# @LINE + 10]]: the iterations of the loop are independent: each is reversed at once
// CHECK-NEXT: nothing is recorded outside of loops
// PARTED: f_vjp: active: x, s, t
// PARTED-NEXT: line [[# @LINE + 8]]: t is recorded: its block ends
// PARTED-NEXT: line [[# @LINE + 6]]: the loop records 8 bytes an iteration
// PARTED-NEXT: nothing is recorded outside of loops
double f(int n, const double *x) {
    /* The square of a sine needs that sine in the reverse sweep. */
    double s = 0;

    for (int i = 0; i < n; i++) {
        double t = sin(x[i]);
        s += t * t;
    }
    return s;
}
