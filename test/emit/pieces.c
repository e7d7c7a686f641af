// Of the input's declarations generated code has the pieces that it needs, and compiles without a warning.
// RUN: %cgrad %s --jvp 'f: x' --vjp 'g: a, w' --vjp 'h: s, t' --vjp 'k: a' --jvp 'm: x -> y' --jvp 'determinant: a' --jvp 'limited: x' -o %t.c && FileCheck %s < %t.c
// RUN: %cc -std=c11 -Wall -Wextra -Wpedantic -Werror -I%runtime -c %t.c -o %t.o
// RUN: clang -std=c11 -Wall -Wextra -Wpedantic -Werror -I%runtime -c %t.c -o %t.o
#include <stddef.h>

// CHECK: extern const union view view;
extern const union view {
    unsigned char bytes[4];
    float value;
} view;

// CHECK: static const float second = 2;
// CHECK-NEXT: static const float both[] = {1, 2};
// CHECK-NOT: first
static const float first = 1, second = 2 /* is used */, both[] = {1, 2},
                   third = 5;

#define PROTOTYPES
#ifdef PROTOTYPES
static double twice(double x, int k)
#else
static double twice(x, k)
double x;
int k;
#endif
{
    return k * x * second * both[1] * view.value;
}

// CHECK: static double last(double x) {
double static last(double x) {
    return x - third;
}

double f(double x) {
    return x + x * twice(2, 1) + last(1);
}

// An unsigned index: the loop runs in any case.
// CHECK: double g_vjp(
// CHECK-NOT: 0 <= n
double g(const double *a, const double *w, unsigned n) {
    double s = 0;
    for (unsigned i = 0; i <= n; i++)
        s += a[i] / w[0] * a[i];
    return s;
}

// CHECK: double h_vjp(
// CHECK-NOT: s_now_bar = s_now_bar;
double h(double s, double t) {
    s = s + t;
    if (s > 0)
        s = s + 1;
    return t * s;
}

// CHECK: double k_vjp(
struct list {
    double *x;
    int *order;
};

static double *fill(double *x, int *order, const double *a, int n) {
    for (int i = 0; i < n; i++) {
        x[i] = a[i] * a[i];
        if (order)
            order[i] = i;
    }
    return x;
}

double k(const double *a) {
    double x[3];
    double *y = fill(x, NULL, a, 3);
    return y[0] * y[1] + y[2];
}

// CHECK: int m_jvp(
#define FAIL(code)                                                                                                     \
    do {                                                                                                               \
        *error = 1;                                                                                                    \
        return code;                                                                                                   \
    } while (0)

int m(double x, double *y, int *error) {
    if (x > 1) {
        *y = x * x;
        FAIL(3);
    } else {
        *y = x;
        return 0;
    }
}

// C before C23 has no implicit way from `double (*)[2]` to `const double (*)[2]`.
// CHECK: double determinant_jvp(
static double product(const double a[2][2], int k) {
    return a[0][k] * a[1][1 - k];
}

double determinant(double a[2][2]) {
    double b[2][2] = {{a[0][0], a[0][1]}, {a[1][0], a[1][1]}};
    return product(a, 0) - product(b, 1);
}

// Nor is a signed number compared with an unsigned one unnoticed.
// CHECK: double limited_jvp(
double limited(double x, int i, unsigned n) {
    while (i < n)
        x *= i++;
    return i == n ? x : 0;
}
