// Object-like macros and enumerators keep their names if they are one operand.
// RUN: %cgrad --dump=front --stop-after=front %s -o %t.c | FileCheck %s
#include <float.h>
#include <math.h>
#define N 10
#define HALF 1 / 2
#define TWICE (2 * N)
#define ALIAS HALF
#define LESS -1
#define X (x + 1)
#define SQUARE(x) ((x) * (x))

// CHECK-LABEL: double names(
// CHECK: double[N] a = {1.5, LESS};
// CHECK-NEXT: return ((((((x * 1) / 2) + (TWICE * a[1])) + ((x * 1) / 2)) + ((x + 1) * M_PI)) + (((x + 1) * (x + 1)) * FLT_EPSILON));

double names(double x) {
    double a[N] = {1.5, LESS};
    return x * HALF + TWICE * a[1] + x * ALIAS + X * M_PI + SQUARE(x + 1) * FLT_EPSILON;
}

// CHECK-LABEL: unsigned long sizes(
// CHECK: return ((((((sizeof(double) + sizeof(double[n][3])) + sizeof(double[3])) + sizeof(float[2][n])) + sizeof(double)) + sizeof(double *)) + sizeof(double[3]));

unsigned long sizes(int n, double *p) {
    double v[n][3];
    return sizeof(double) + sizeof v + sizeof v[0] + sizeof(float[2][n]) + sizeof *p + sizeof(double *) + sizeof(double[3]);
}
