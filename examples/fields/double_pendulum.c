/* Two pendulums, one hanging from the other, in steps of the classical Runge-Kutta method. Energy is conserved: its gradient
 * at the end, taken back through all steps, is its gradient at the beginning.
 * L. D. Landau and E. M. Lifshitz, Mechanics, 3rd edition (1976), section 5, problem 1. */
#include <cgrad/cgrad.h>
#include <math.h>

enum { ANGLE1, ANGLE2, SPEED1, SPEED2, STATES };

static const double gravity = 9.81;

struct rods {
    double mass1, mass2, length1, length2;
};

typedef void slope(const struct rods *, const double state[STATES], double rate[STATES]);

static void pendulum(const struct rods *p, const double state[STATES], double rate[STATES]) {
    double between = state[ANGLE1] - state[ANGLE2];
    double c = cos(between), s = sin(between), mass = p->mass1 + p->mass2;
    double push1 = -p->mass2 * p->length2 * state[SPEED2] * state[SPEED2] * s - mass * gravity * sin(state[ANGLE1]);
    double push2 = p->length1 * state[SPEED1] * state[SPEED1] * s - gravity * sin(state[ANGLE2]);
    double share = mass - p->mass2 * c * c;
    rate[ANGLE1] = state[SPEED1];
    rate[ANGLE2] = state[SPEED2];
    rate[SPEED1] = (push1 - p->mass2 * c * push2) / (p->length1 * share);
    rate[SPEED2] = (mass * push2 - c * push1) / (p->length2 * share);
}

static void runge_kutta(slope f, const struct rods *p, double h, double state[STATES]) {
    static const double node[4] = {0, 0.5, 0.5, 1}, weight[4] = {1. / 6, 1. / 3, 1. / 3, 1. / 6};
    double rate[STATES] = {0}, sum[STATES] = {0};
    for (int stage = 0; stage < 4; stage++) {
        double at[STATES];
        for (int i = 0; i < STATES; i++)
            at[i] = state[i] + h * node[stage] * rate[i];
        f(p, at, rate);
        for (int i = 0; i < STATES; i++)
            sum[i] += weight[stage] * rate[i];
    }
    for (int i = 0; i < STATES; i++)
        state[i] += h * sum[i];
}

CGRAD_VJP(p[1], state[STATES] -> state[STATES])
CGRAD_JVP(p[1], state[STATES] -> state[STATES])
void swing(const struct rods *p, double h, int steps, double state[STATES]) {
    for (int k = 0; k < steps; k++)
        runge_kutta(pendulum, p, h, state);
}

CGRAD_GRAD(state)
double energy(const struct rods *p, const double state[STATES]) {
    double v1 = p->length1 * state[SPEED1], v2 = p->length2 * state[SPEED2];
    double height1 = -p->length1 * cos(state[ANGLE1]);
    double height2 = height1 - p->length2 * cos(state[ANGLE2]);
    return 0.5 * (p->mass1 + p->mass2) * v1 * v1 + 0.5 * p->mass2 * v2 * v2
           + p->mass2 * v1 * v2 * cos(state[ANGLE1] - state[ANGLE2])
           + gravity * (p->mass1 * height1 + p->mass2 * height2);
}

#ifdef WITH_MAIN
#define DOUBLE_PENDULUM_GRAD_NO_TYPES
#include "double_pendulum_grad.h"
#include "expect.h"

int main(void) {
    struct rods p = {1, 0.7, 1, 0.6}, p_bar = {0, 0, 0, 0}, p_dot = {0, 0, 0, 0};
    double state[STATES] = {1.2, -0.4, 0.3, 1}, start[STATES], end[STATES];
    double before = energy_grad(&p, state, start);
    swing(&p, 1e-3, 1000, state);
    expect("energy after a second", energy_grad(&p, state, end), before, 1e-9);

    double again[STATES] = {1.2, -0.4, 0.3, 1};
    swing_vjp(&p, &p_bar, 1e-3, 1000, again, end);
    static const char *const names[STATES] = {"denergy/dangle 1", "denergy/dangle 2", "denergy/dspeed 1", "denergy/dspeed 2"};
    for (int i = 0; i < STATES; i++)
        expect(names[i], end[i], start[i], 1e-8);

    /* Small swings with the upper rod alone: cos(w t), with w = sqrt(gravity / length). */
    struct rods alone = {1, 1e-12, 1, 1};
    double small[STATES] = {1e-5, 0, 0, 0}, small_dot[STATES] = {1, 0, 0, 0};
    swing_jvp(&alone, &p_dot, 1e-3, 500, small, small_dot);
    expect("a small swing", small_dot[ANGLE1], cos(0.5 * sqrt(gravity)), 1e-8);
    return finish();
}
#endif
