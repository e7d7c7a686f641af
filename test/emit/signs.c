// RUN: %cgrad -I%runtime -o %t.c %s --header %t.h
// RUN: gcc -std=c11 -Wall -Wextra -Wpedantic -Werror -I%runtime -fsyntax-only %t.c
// RUN: clang -std=c11 -Wall -Wextra -Wpedantic -Werror -I%runtime -fsyntax-only %t.c
// RUN: FileCheck %s < %t.c
#include <cgrad/cgrad.h>
#include <stddef.h>

/* The input compares signed and unsigned numbers, and so does what is made of it: no reason to warn anew. */
// CHECK: #pragma GCC diagnostic ignored "-Wsign-compare"
// CHECK: for (int i = 0; i < n; i++)
static int below(int a, unsigned b) {
    return a < b;
}

CGRAD_VJP(x[n])
double product(size_t n, const double *x, unsigned least) {
    double result = 1;
    for (int i = 0; i < n; i++)
        if (!below(i, least))
            result *= x[i];
    return result;
}
