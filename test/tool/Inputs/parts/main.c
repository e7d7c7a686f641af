#include "out.h"

#include <math.h>
#include <stdio.h>

int main(void) {
    struct motor m = {2};
    double bar = 0, dot, torque_dot, step = 1e-6;
    speed_vjp(&m, 0.7, &bar, 5, 1);
    dot = (speed(&m, 0.7 + step, 5) - speed(&m, 0.7 - step, 5)) / (2 * step);
    torque_jvp(&m, 0.7, 1, &torque_dot);
    printf("%d %d\n", fabs(bar - dot) < 1e-9, torque_dot > 0);
    return 0;
}
