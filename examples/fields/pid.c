/* How well a PID controller brings a plant to a new setpoint: the integral of the squared error, with an actuator that saturates
 * and an integrator that then stops. The gradient by the gains tunes it.
 * K. J. Astrom and T. Hagglund, PID Controllers: Theory, Design and Tuning, 2nd edition (1995), section 3.5. */
#include <cgrad/cgrad.h>
#include <math.h>
#include <stdbool.h>

typedef struct {
    double proportional, integral, derivative;
    double filter; /* of the derivative, as a time */
} pid_gains;

typedef struct {
    double integral, slope, before;
    bool started;
} pid_state;

enum { LEAST = -2, MOST = 5 };

static double clamp(double x, double low, double high) {
    return x < low ? low : x > high ? high : x;
}

static double control(const pid_gains *gains, pid_state *state, double error, double h) {
    if (!state->started) {
        state->before = error;
        state->started = true;
    }
    state->slope += h / (gains->filter + h) * ((error - state->before) / h - state->slope);
    state->before = error;
    double wanted = gains->proportional * error + gains->integral * (state->integral + h * error)
                    + gains->derivative * state->slope;
    double given = clamp(wanted, LEAST, MOST);
    if (given == wanted)
        state->integral += h * error;
    return given;
}

/* Two delays of first order, one after the other, and a disturbance halfway. */
CGRAD_GRAD(gains[1], disturbance)
double step_cost(const pid_gains *gains, double disturbance, int steps, double h) {
    pid_state state = {0, 0, 0, false};
    double middle = 0, place = 0, cost = 0;
    for (int k = 0; k < steps; k++) {
        double push = control(gains, &state, 1 - place, h);
        if (2 * k >= steps)
            push += disturbance;
        middle += h * (push - middle);
        place += h * 2 * (middle - place);
        cost += h * (1 - place) * (1 - place);
    }
    return cost;
}

#ifdef WITH_MAIN
#define PID_GRAD_NO_TYPES
#include "expect.h"
#include "pid_grad.h"

int main(void) {
    pid_gains gains = {0, 0, 0, 0.05}, bar;
    double disturbance_bar, h = 0.01;
    /* The first error is 1: a small push by it, alone, moves the plant by h h 2 p in the first step. */
    double cost = step_cost_grad(&gains, &bar, 0, &disturbance_bar, 2, h);
    expect("at rest", cost, 2 * h, 1e-14);
    expect("  by the proportional gain", bar.proportional, -4 * h * h * h * (1 + 1 - h + 1 + 1 - 2 * h), 1e-12);

    gains.proportional = 40; /* the actuator is at its limit: nothing depends on the gains */
    step_cost_grad(&gains, &bar, 0, &disturbance_bar, 5, h);
    expect("saturated", fabs(bar.proportional) + fabs(bar.integral) + fabs(bar.derivative), 0, 0);

    gains = (pid_gains){3, 0, 0, 0.05};
    step_cost_grad(&gains, &bar, 0.4, &disturbance_bar, 1000, h);
    /* Without the integral an error of (1 - disturbance) / 4 remains, for 5 seconds. */
    expect("by the disturbance, about", disturbance_bar, 5 * 2 * 0.15 * -0.25, 0.1);

    double first = step_cost_grad(&gains, &bar, 0.4, &disturbance_bar, 1000, h), last = first;
    for (int round = 0; round < 40; round++) {
        gains.proportional -= 0.5 * bar.proportional;
        gains.integral -= 0.5 * bar.integral;
        gains.derivative -= 0.5 * bar.derivative;
        last = step_cost_grad(&gains, &bar, 0.4, &disturbance_bar, 1000, h);
    }
    expect("tuned: less than half the cost", last < first / 2, 1, 0);
    double step = 1e-5;
    gains.integral += step;
    double more = step_cost(&gains, 0.4, 1000, h);
    gains.integral -= 2 * step;
    double less = step_cost(&gains, 0.4, 1000, h);
    expect("by the integral gain (difference)", bar.integral, (more - less) / (2 * step), 1e-5);
    return finish();
}
#endif
