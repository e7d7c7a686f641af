#include "motor.h"

#include <cgrad/cgrad.h>

static double saturated(double x) {
    return x / (1 + x * x);
}

CGRAD_JVP(current)
double torque(const struct motor *m, double current) {
    return m->gain * saturated(current);
}
