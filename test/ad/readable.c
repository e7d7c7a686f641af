// Partials as one would write them: constants that were integers, signs, indices of loops with exits.
// RUN: %cgrad --vjp 'f: x' --jvp 'g: x' --vjp 'positive: x' --vjp 'first_large: x[n]' --vjp 'larger: p' --vjp 'repeated: x' %s -o - | FileCheck %s
#include <math.h>

// CHECK: *x_bar += 3.0 * pow(x, 2.0) * f_bar - 2.0 * x * f_bar - 2.0 * pow(x, -3.0) * f_bar
// CHECK: log(10.0)
double f(double x) {
    return pow(x, 3) - pow(x, 2) + pow(x, -2) + pow(10, x);
}

// CHECK: *x_bar += (x >= 0.0 ? 1.0 : 0.0) * positive_bar;
double positive(double x) {
    return fmax(x, 0);
}

// CHECK-LABEL: double first_large_vjp
// CHECK: int j = (int)(n - 1 - trip
// CHECK: int i = (int)trip;
double first_large(int n, const double *x) {
    double product = 1;
    for (int i = 0; i < n; i++) {
        product *= x[i];
        if (product > 10)
            break;
    }
    for (int j = n - 1; j >= 0; j--) {
        product *= x[j];
        if (product > 20)
            break;
    }
    return product;
}

struct pair {
    double a, b;
};

// What is cleared is used again, but for the last of it.
// CHECK-LABEL: double larger_vjp(
// CHECK: /* reverse sweep */
// CHECK-NOT: = 0.0;
// CHECK: return result;
double larger(struct pair p) {
    struct pair q = {p.a * p.a, p.b};
    double r;
    if (q.a > q.b)
        r = q.a * p.b;
    else
        r = q.b * q.a;
    return r * r;
}

// CHECK-LABEL: double repeated_vjp(
// CHECK: r_bar = 0.0;
double repeated(double x, int n) {
    double r = x, sum = 0;
    for (int i = 0; i < n; i++) {
        sum += r * r;
        r = sin(x * sum);
    }
    return sum;
}

// CHECK: *g_dot = x_dot + 3.0 / x * x_dot / x;
double g(double x) {
    return x - 3.0 / x;
}
