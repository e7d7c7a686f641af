// RUN: %cgrad -I%runtime -o - %s | FileCheck %s
// RUN: %cgrad -I%runtime --plan=no-inline -o - %s | FileCheck %s --check-prefix=CALLED
#include <cgrad/cgrad.h>
#include <math.h>

static void turn(const double v[2], double out[2]) {
    double length = sqrt(v[0] * v[0] + v[1] * v[1]);
    out[0] = -v[1] / length;
    out[1] = v[0] / length;
}

/* In place, an array stands for the parameter, and an address with a constant index is added to the callee's. Both sweeps see
 * the length: nothing is recorded. */
// CHECK-LABEL: double angle_vjp(
// CHECK: sqrt(x[1] * x[1] + x[2] * x[2])
// CHECK-NOT: cgrad_push
// CHECK: }
// CALLED: static void turn_fwd(const double v[2], double out[2], cgrad_record *record) {
// CALLED: turn_fwd(&x[1], normal, &record);
CGRAD_VJP(x[3])
double angle(const double x[3]) {
    double normal[2];
    turn(&x[1], normal);
    return normal[0] * x[0] + normal[1];
}

struct pair {
    double a, b;
};

static struct pair scaled(double s, struct pair p) {
    struct pair q = {s * p.a, s * p.b};
    return q;
}

static double weighted(double s, double x) {
    double sum = s + x;
    return s * x + sin(sum);
}

/* What a callee builds in a struct of its own is built in the caller's; a value is declared where it is computed. */
// CHECK-LABEL: double built_vjp(
// CHECK: struct pair p = {0};
// CHECK-NEXT: p.a = x * start.a;
// CHECK-NEXT: p.b = x * start.b;
// CHECK-NEXT: double x_2 = p.a;
// CHECK-NEXT: double sum = x + x_2;
// CHECK-NEXT: double w = x * x_2 + sin(sum); /* a remark */
// CHECK-NOT: struct pair q
// CHECK: /* reverse sweep */
CGRAD_VJP(x, start)
double built(double x, struct pair start) {
    struct pair p = scaled(x, start);
    double w = weighted(x, p.a); /* a remark */
    return w * p.b;
}
