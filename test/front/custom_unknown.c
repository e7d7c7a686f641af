// A replacement for a function that does not exist is a mistake in its name.
// RUN: not %cgrad --stop-after=front -I %runtime %s -o %t.c 2>&1 | FileCheck %s
#include <cgrad/cgrad.h>
#include <math.h>

double f(double x) {
    return x;
}

CGRAD_CUSTOM_VJP(f)
void good(double x, double *x_bar, double f_bar);

CGRAD_CUSTOM_JVP(log2)
double library(double x, double x_dot, double *log2_dot);

// CHECK: custom_unknown.c:[[#@LINE+2]]:6: error: 'bad' is to replace the derivative of 'g', but no function of that name is declared
CGRAD_CUSTOM_VJP(g)
void bad(double x, double *x_bar, double f_bar);
// CHECK-NOT: error
