// What generated code would need and cannot have.
// RUN: %status 1 %cgrad %s --jvp 'f: x' --jvp 'g: x' --jvp 'h: x' -o %t.c 2>&1 | FileCheck %s

// CHECK-DAG: unreachable.c:[[@LINE+1]]:1: error: generated code needs the static variable 'calls', which changes and which another file cannot reach: make it a parameter, or non-static
static int calls;
static double twice(double x) {
    calls++;
    return 2 * x;
}
double f(double x) {
    return x * twice(1);
}

// CHECK-DAG: unreachable.c:[[@LINE+1]]:1: error: generated code needs the variable 'scale', whose type has no name to declare it by: give the struct a tag or a typedef
struct {
    double factor;
} scale = {3};
double g(double x) {
    return x * scale.factor;
}

#define WEIGHT 2
static double weighted(double x) {
    return _Generic(x, double: x) * WEIGHT; /* is copied as it stands */
}
#undef WEIGHT
// CHECK-DAG: unreachable.c:[[@LINE+1]]:9: error: generated code needs the macro 'WEIGHT', which is defined otherwise in line [[@LINE-5]]: give the two definitions two names
#define WEIGHT 3
double h(double x) {
    return weighted(2) + x * WEIGHT;
}
