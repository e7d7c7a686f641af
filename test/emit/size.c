// Functions that work in memory of the caller need size_t, whether the input knows it or not.
// RUN: %cgrad --workspace --grad 'f: x' %s -o - | %cc -xc -fsyntax-only -
// RUN: %cgrad --workspace --grad 'f: x' %s -o %t_grad.c
// RUN: %cc -I%t -fsyntax-only %t_grad.c
// RUN: FileCheck %s < %t_grad.h

struct pair {
    double a, b;
};

double f(struct pair x) {
    return x.a * x.b;
}

// CHECK: #include <stddef.h>
// CHECK: size_t f_grad_workspace(void);
