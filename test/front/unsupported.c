// Every shape that has no place in the IR is refused, with a place and with what to write instead.
// RUN: split-file --leading-lines %s %t
// RUN: not %cgrad --grad 'f: x' %t/cleanup.c -o %t/out.c 2>&1 | FileCheck --check-prefix=CLEANUP %s
// RUN: not %cgrad --grad 'f: x' %t/elvis.c -o %t/out.c 2>&1 | FileCheck --check-prefix=ELVIS %s
// RUN: not %cgrad --grad 'f: x' %t/own.c -o %t/out.c 2>&1 | FileCheck --check-prefix=OWN %s
// RUN: not %cgrad --grad 'f: x' %t/count.c -o %t/out.c 2>&1 | FileCheck --check-prefix=COUNT %s
// RUN: not %cgrad --grad 'f: x' %t/generic.c -o %t/out.c 2>&1 | FileCheck --check-prefix=GENERIC %s
// RUN: not %cgrad --grad 'f: x' %t/nameless.c -o %t/out.c 2>&1 | FileCheck --check-prefix=NAMELESS %s
// RUN: not %cgrad --grad 'f: x' %t/nameless_value.c -o %t/out.c 2>&1 | FileCheck --check-prefix=NAMELESS-VALUE %s
// RUN: not %cgrad --grad 'f: x' %t/nameless_element.c -o %t/out.c 2>&1 | FileCheck --check-prefix=NAMELESS-ELEMENT %s
// RUN: not %cgrad --grad 'f: x' %t/nameless_result.c -o %t/out.c 2>&1 | FileCheck --check-prefix=NAMELESS-RESULT %s
// RUN: not %cgrad --grad 'f: x' %t/nameless_size.c -o %t/out.c 2>&1 | FileCheck --check-prefix=NAMELESS-SIZE %s
// RUN: not %cgrad --grad 'f: x' %t/argument.c -o %t/out.c 2>&1 | FileCheck --check-prefix=ARGUMENT %s
// RUN: not %cgrad --grad 'f: x' %t/label.c -o %t/out.c 2>&1 | FileCheck --check-prefix=LABEL %s
// RUN: not %cgrad --grad 'f: x' %t/arm.c -o %t/out.c 2>&1 | FileCheck --check-prefix=ARM %s
// RUN: not %cgrad --grad 'f: x' %t/vector.c -o %t/out.c 2>&1 | FileCheck --check-prefix=VECTOR %s
// RUN: not %cgrad --grad 'f: x' %t/wide.c -o %t/out.c 2>&1 | FileCheck --check-prefix=WIDE %s
// RUN: not %cgrad --grad 'f: a[n*n]' %t/extent.c -o %t/out.c 2>&1 | FileCheck --check-prefix=EXTENT %s

//--- cleanup.c
static void done(double **p) {
    *p = 0;
}
double f(double x) {
    // CLEANUP: cleanup.c:[[#@LINE+1]]:{{[0-9]+}}: error: {{.*}}the attribute cleanup is not supported: call the function at the end
    __attribute__((cleanup(done))) double *p = &x;
    return *p * x;
}

//--- elvis.c
double f(double x) {
    // ELVIS: elvis.c:[[#@LINE+1]]:{{[0-9]+}}: error: {{.*}}(such as `a ?: b`) is not supported: use plain C11 operators
    return x ?: 1.0;
}

//--- own.c
double f(double x) {
    int n = sizeof n;
    struct ring {
        struct ring *next;
        double v;
    } r = {&r, x}; // OWN: own.c:[[#@LINE]]:{{[0-9]+}}: error: {{.*}}a variable in its own initializer is not supported: assign it
    return n * r.next->v;
}

//--- count.c
double g(a) double a;
{
    return a;
}
double f(double x) {
    return x * g(2.0, 3.0); // COUNT: count.c:[[#@LINE]]:{{[0-9]+}}: error: {{.*}}a call with 2 arguments of a function that takes 1 is not supported
}

//--- generic.c
double f(double x) {
    // GENERIC: generic.c:[[#@LINE+1]]:{{[0-9]+}}: error: {{.*}}_Generic is not supported: call the function by its name
    return _Generic(x, double: x, default: 0.0);
}

//--- nameless.c
#define PAIR struct { double first, second; }
double f(double x) {
    PAIR s = {x, 1}; // NAMELESS: nameless.c:[[#@LINE]]:{{[0-9]+}}: error: {{.*}}where a macro made the struct: give it a tag
    return s.first * s.second;
}

//--- nameless_value.c
double f(double x) {
    return (struct { double v; }){x}.v; // NAMELESS-VALUE: nameless_value.c:[[#@LINE]]:{{[0-9]+}}: error: {{.*}}a value of a struct without a name is not supported: give the struct a tag
}

//--- nameless_element.c
struct list {
    struct {
        double v;
    } items[3];
};
double f(double x) {
    struct list l = {{{x}, {2}, {x}}};
    l.items[1] = l.items[2]; // NAMELESS-ELEMENT: nameless_element.c:[[#@LINE]]:{{[0-9]+}}: error: {{.*}}an assignment of a struct without a name is not supported: give the struct a tag
    return l.items[1].v;
}

//--- nameless_result.c
struct {
    double v;
} f(double x) { // NAMELESS-RESULT: nameless_result.c:[[#@LINE]]:{{[0-9]+}}: error: {{.*}}a result of a struct without a name is not supported: give the struct a tag
}

//--- nameless_size.c
struct list {
    struct {
        double v;
    } *items;
};
double f(double x) {
    struct list l = {0};
    return x * sizeof *l.items; // NAMELESS-SIZE: nameless_size.c:[[#@LINE]]:{{[0-9]+}}: error: {{.*}}the size of a struct without a name is not supported: give the struct a tag
}

//--- argument.c
static double first(double rows[2][2]) {
    return rows[0][0];
}
double f(double x) {
    return first(&x); // ARGUMENT: argument.c:[[#@LINE]]:{{[0-9]+}}: error: {{.*}}an argument of another type than the parameter is not supported: cast it
}

//--- label.c
double f(double x, int n) {
    switch (n) {
        x = 2; // LABEL: label.c:[[#@LINE]]:{{[0-9]+}}: error: {{.*}}move it before the switch
    default:
        x = 3 * x;
    }
    return x;
}

//--- arm.c
double f(double x, int n) {
    switch (n) { // ARM: arm.c:[[#@LINE]]:{{[0-9]+}}: error: {{.*}}the variable 'y' is declared in one arm of the switch and used in another: declare it before the switch
    case 0:;
        double y = x;
        break;
    default:
        y = 2 * x;
        x = y;
    }
    return x;
}

//--- vector.c
typedef double pair __attribute__((vector_size(16)));
double f(double x) {
    pair p = {x, x}; // VECTOR: vector.c:[[#@LINE]]:{{[0-9]+}}: error: {{.*}}vector types are not supported: use arrays
    return p[0];
}

//--- wide.c
double f(double x) {
    __float128 y = x; // WIDE: wide.c:[[#@LINE]]:{{[0-9]+}}: error: {{.*}}of the real types only float, double and long double are supported
    return (double)(y * y);
}

//--- extent.c
double f(int n, double a[n][n]) {
    double s = 0;
    // EXTENT: extent.c:[[#@LINE-2]]:{{[0-9]+}}: error: {{.*}}the extent of an array parameter changes in the function: copy it to a variable of its own
    for (; n > 0; n--)
        s += a[0][n - 1];
    return s;
}
