#include "pendulum.h"

#include <cgrad/cgrad.h>
#include <math.h>

#define FRAMES_PER_SECOND 25.0

static double acceleration(const struct pendulum *p, double time, double angle, double speed) {
    return -p->stiffness * sin(angle) - p->damping * speed + p->drive * cos(2 * time);
}

/* One step of the classical Runge-Kutta method: four looks at the slope. */
static void advance(const struct pendulum *p, double time, double h, double *angle, double *speed) {
    double v1 = *speed;
    double a1 = acceleration(p, time, *angle, v1);
    double v2 = *speed + 0.5 * h * a1;
    double a2 = acceleration(p, time + 0.5 * h, *angle + 0.5 * h * v1, v2);
    double v3 = *speed + 0.5 * h * a2;
    double a3 = acceleration(p, time + 0.5 * h, *angle + 0.5 * h * v2, v3);
    double v4 = *speed + h * a3;
    double a4 = acceleration(p, time + h, *angle + h * v3, v4);
    *angle += h / 6 * (v1 + 2 * v2 + 2 * v3 + v4);
    *speed += h / 6 * (a1 + 2 * a2 + 2 * a3 + a4);
}

void pendulum_film(struct pendulum p, int frames, int steps, double *angles) {
    double h = 1 / (FRAMES_PER_SECOND * steps);
    for (int frame = 0; frame < frames; frame++) {
        angles[frame] = p.angle;
        for (int step = 0; step < steps; step++)
            advance(&p, h * (frame * steps + step), h, &p.angle, &p.speed);
    }
}

CGRAD_GRAD(p)
double pendulum_loss(struct pendulum p, int frames, int steps, const double *filmed) {
    double h = 1 / (FRAMES_PER_SECOND * steps);
    double angle = p.angle;
    double speed = p.speed;
    double sum = 0;
    for (int frame = 0; frame < frames; frame++) {
        double miss = angle - filmed[frame];
        sum += miss * miss;
        for (int step = 0; step < steps; step++)
            advance(&p, h * (frame * steps + step), h, &angle, &speed);
    }
    return sum / frames;
}
