#include "motor.h"

double speed(const struct motor *m, double current, int n);
