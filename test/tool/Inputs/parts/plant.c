#include "plant.h"

double speed(const struct motor *m, double current, int n) {
    double v = 0;
    for (int i = 0; i < n; i++)
        v += 0.1 * (torque(m, current) - v);
    return v;
}
