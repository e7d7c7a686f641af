// What the preprocessor leaves out takes no names: a main in the same file uses those of generated code.
// RUN: %cgrad -I%runtime %s -o %t.c
// RUN: FileCheck %s --input-file=%t.c
#include <cgrad/cgrad.h>

double gain = 2;

// CHECK: double gain_bar;
// CHECK: double f_grad(double x, double *x_bar)
CGRAD_GRAD(x, gain)
double f(double x) {
    return gain * x;
}

#ifdef WITH_MAIN
#include "skipped_grad.h"

int main(void) {
    double x_bar;
    f_grad(1, &x_bar);
    return x_bar != 2 || gain_bar != 1;
}
#endif
