/* A driven, damped pendulum, filmed by a camera: what is to be found out, and how well a guess explains the
 * film. */
#ifndef PENDULUM_H
#define PENDULUM_H

struct pendulum {
    double stiffness; /* gravity by length, 1/s^2 */
    double damping;   /* 1/s */
    double drive;     /* amplitude of the motor, 1/s^2 */
    double angle;     /* where it starts, rad */
    double speed;     /* and how fast, rad/s */
};

/* Simulates the pendulum with `steps` steps a frame and writes its angle in each frame. */
void pendulum_film(struct pendulum p, int frames, int steps, double *angles);

/* The mean squared distance between the filmed angles and those of a simulation. */
double pendulum_loss(struct pendulum p, int frames, int steps, const double *filmed);

#endif
