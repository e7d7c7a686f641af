#ifndef MOTOR_H
#define MOTOR_H

struct motor {
    double gain;
};

double torque(const struct motor *m, double current);

#endif
