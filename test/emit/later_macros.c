// RUN: %cgrad -I%runtime -o %t.c %s --header %t.h
// RUN: gcc -std=c11 -Wall -Wextra -Wpedantic -Werror -I%runtime -fsyntax-only %t.c
// RUN: FileCheck %s < %t.h
#include <cgrad/cgrad.h>

/* A member that has the name of a macro further down: the macro would spoil it. */
// CHECK-NOT: define LOW
// CHECK: double LOW, HIGH;
// CHECK-NOT: define HIGH
struct limits {
    double LOW, HIGH;
};

static double between(const struct limits *l, double x) {
    return (x - l->LOW) * (l->HIGH - x) * x;
}

CGRAD_VJP(l, x)
double limited(struct limits *l, double x) {
    const struct limits own = {0.25, 3};
    l->HIGH += x;
    return between(l, x) * l->LOW + between(&own, 2);
}

#define LOW
#define HIGH 7
