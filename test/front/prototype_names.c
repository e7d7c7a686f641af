// A request before a prototype uses the prototype's names, whatever the definition calls its parameters.
// RUN: %cgrad -I %runtime %s -o %t.c && FileCheck %s < %t.h
#include <cgrad/cgrad.h>

CGRAD_GRAD(v[n], by)
double scaled(int n, const double *v, double by);

CGRAD_VJP(x -> return)
double square(double x);

// CHECK-DAG: scaled_grad(int count, const double *by, double *by_bar, double factor, double *factor_bar);
double scaled(int count, const double *by, double factor) {
    double sum = 0;
    for (int i = 0; i < count; i++)
        sum += by[i] * factor * by[i];
    return sum;
}

// CHECK-DAG: square_vjp(double a, double *a_bar, double square_bar);
double square(double a) {
    return a * a;
}
