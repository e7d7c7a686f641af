// OPTIONS --vjp=f:x->return --vjp=g:x->return
#include "Inputs/counting.h"

// EXPECT-SOMEWHERE error: static variable 'calls' of 'counted'
// A copy of the helper in the generated file would count for itself.
static int next(void) {
    static int calls; // EXPECT error: static variable 'calls'
    return calls++;
}
double f(double x) {
    return x * next();
}

double g(double x) {
    return x * counted();
}
