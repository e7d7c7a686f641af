/* What the program that calls.c writes has in common for all rows: a call and its derivatives, as functions
 * of the whole state, against each other.
 *
 * The state is the value of each parameter that is a real or memory of reals, and of the result, one slot
 * each. A call makes a new state from an old one; the tangent is the Jacobian J of that, and the adjoint its
 * transpose: (w, J d) = (JT w, d) for any w and d, with every slot in both, read, written or both.
 */
#ifndef CALLS_H
#define CALLS_H

#include <cgrad/special.h>
#include <cgrad/tensor.h>

#include <float.h>
#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

enum { SLOTS = 8, NUMBERS = 12 };

typedef double state[SLOTS][NUMBERS];

struct call_check {
    const char *name, *active;
    double epsilon;
    bool is_active[SLOTS];
    void (*primal)(state values);
    void (*tangent)(state values, state dots);
    void (*adjoint)(state before, state after, state bars);
};

/* Numbers in (0.3, 1.8), the same in every run. */
static double number(unsigned *seed) {
    *seed = *seed * 1664525u + 1013904223u;
    return 0.3 + 1.5 * (*seed >> 8) / (1 << 24);
}

static void fill(state s, const bool *wanted, unsigned seed) {
    for (int i = 0; i < SLOTS; i++)
        for (int k = 0; k < NUMBERS; k++) {
            const double value = (float)number(&seed);
            s[i][k] = !wanted || wanted[i] ? value : 0;
        }
}

static double product(state a, state b, const bool *wanted) {
    double sum = 0;
    for (int i = 0; i < SLOTS; i++)
        for (int k = 0; k < NUMBERS; k++)
            sum += wanted[i] ? a[i][k] * b[i][k] : 0;
    return sum;
}

static bool near(double a, double b, double tolerance) {
    return fabs(a - b) <= tolerance * (1 + fabs(a) + fabs(b));
}

/* values + step * direction, and what the call makes of it */
static void moved(const struct call_check *check, state values, state direction, double step, state result) {
    for (int i = 0; i < SLOTS; i++)
        for (int k = 0; k < NUMBERS; k++)
            result[i][k] = values[i][k] + step * direction[i][k];
    check->primal(result);
}

static bool tangent_is_difference(const struct call_check *check, state values, state dots,
                                  state result_dots) {
    const double step = cbrt(check->epsilon) / 4, tolerance = 200 * step * step + 4 * check->epsilon / step;
    state above, below;
    moved(check, values, dots, step, above);
    moved(check, values, dots, -step, below);
    for (int i = 0; i < SLOTS; i++)
        for (int k = 0; check->is_active[i] && k < NUMBERS; k++)
            if (!near((above[i][k] - below[i][k]) / (2 * step), result_dots[i][k], tolerance)) {
                printf("%s, active %s: tangent of slot %d[%d] is %g, differences say %g\n", check->name,
                       check->active, i, k, result_dots[i][k], (above[i][k] - below[i][k]) / (2 * step));
                return false;
            }
    return true;
}

static bool adjoint_is_transpose(const struct call_check *check, state values, state dots,
                                 state result_dots) {
    state after, seeds, bars;
    memcpy(after, values, sizeof(state));
    check->primal(after);
    fill(seeds, check->is_active, 3);
    memcpy(bars, seeds, sizeof(state));
    check->adjoint(values, after, bars);
    const double forward = product(seeds, result_dots, check->is_active);
    const double reverse = product(bars, dots, check->is_active);
    if (near(forward, reverse, 200 * check->epsilon))
        return true;
    printf("%s, active %s: forward product %.17g, reverse product %.17g\n", check->name, check->active,
           forward, reverse);
    return false;
}

static int run_call_checks(const struct call_check *checks, size_t count) {
    size_t passed = 0;
    for (size_t i = 0; i < count; i++) {
        state values, dots, result, result_dots;
        fill(values, NULL, 1);
        fill(dots, checks[i].is_active, 2);
        memcpy(result, values, sizeof(state));
        memcpy(result_dots, dots, sizeof(state));
        checks[i].tangent(result, result_dots);
        passed += tangent_is_difference(&checks[i], values, dots, result_dots);
        passed += adjoint_is_transpose(&checks[i], values, dots, result_dots);
    }
    printf("%zu passed, %zu failed\n", passed, 2 * count - passed);
    return passed < 2 * count;
}

#endif
