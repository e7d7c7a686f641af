// RUN: %cgrad -I%runtime -o - %s | FileCheck %s
#include <cgrad/cgrad.h>

double sin(double), cos(double);

/* Partials are said by what is at hand: the cosine beside a sine, the quotient; an adjoint that is cleared and then added to
 * is set. */
// CHECK: double angle_bar = cosine * sine_bar;
// CHECK-NEXT: angle_bar -= sine * cosine_bar;
// CHECK-NOT: (b * b)
// CHECK: *b_bar -= ratio * {{.*}} / b;
CGRAD_VJP(a, b)
double polar(double a, double b) {
    double ratio = a / b;
    double angle = ratio * a;
    double cosine = cos(angle), sine = sin(angle);
    return cosine * sine * ratio;
}

// CHECK-LABEL: void shift_vjp(
// CHECK: x_bar[i] = a * seed + a * t * x_bar[i];
// CHECK-NOT: x_bar[i] = 0.0;
CGRAD_VJP(x[n], a -> x[n])
void shift(int n, double *x, double a) {
    for (int i = 0; i < n; i++) {
        double t = x[i];
        x[i] = a * t * t;
    }
}
