// RUN: %cgrad %s --vjp 'f: x[n] -> y[n]' --vjp 'g: u[n], w[n] -> u, w' --report --no-primal -o %t.c | FileCheck %s

// CHECK: f: 1 of 2 statements serve values alone and are left out
// CHECK: f_vjp: line [[# @LINE + 2]]: the reverse loop runs upward, in 2 parts, with independent iterations
void f(int n, const double *x, double *y) {
    for (int i = 1; i < n - 1; i++)
        y[i] = x[i - 1] + x[i + 1];
}

// CHECK: g_vjp: line [[# @LINE + 3]]: 2 values an iteration are recorded as a piece of their array, before the loop
void g(int n, double *u, double *w) {
    for (int t = 0; t < 2; t++) {
        for (int i = 1; i < n; i++)
            w[i] = u[i] * u[i - 1];
        for (int i = 0; i < n; i++)
            u[i] += w[i];
    }
}
