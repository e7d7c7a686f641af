/* Checks the derivatives of the integrated reaction chain: of the state at the end, and of its misfit. */
#include "ode.h"
#include "ode_grad.h"
#include "model.h"
#include "precise.h"

#include <string.h>

/* The parts of the flat vectors: rate[n], exchange, y0[n]. */
#define EXCHANGE(x) ((x) + p->n)
#define STATE(x) ((x) + p->n + 1)

static double *copy_of(const struct ode_problem *p, double *to, const double *from) {
    return memcpy(to, from, (size_t)p->n * sizeof *to);
}

static void state_primal(void *context, const double *x, double *y) {
    const struct ode_problem *p = context;
    ode_integrate(p->n, p->steps, p->time, x, *EXCHANGE(x), copy_of(p, y, STATE(x)));
}

static void state_jvp(void *context, const double *x, const double *x_dot, double *y, double *y_dot) {
    const struct ode_problem *p = context;
    copy_of(p, y, STATE(x));
    copy_of(p, y_dot, STATE(x_dot));
    ode_integrate_jvp(p->n, p->steps, p->time, x, x_dot, *EXCHANGE(x), *EXCHANGE(x_dot), y, y_dot);
}

/* y is in both lists: its one adjoint is the seed on entry and that of the initial state on exit. */
static void state_vjp(void *context, const double *x, double *x_bar, double *y, double *y_bar) {
    const struct ode_problem *p = context;
    copy_of(p, y, STATE(x));
    ode_integrate_vjp(p->n, p->steps, p->time, x, x_bar, *EXCHANGE(x), EXCHANGE(x_bar), y, y_bar);
    for (int i = 0; i < p->n; i++)
        STATE(x_bar)[i] += y_bar[i];
}

static void misfit_primal(void *context, const double *x, double *y) {
    const struct ode_problem *p = context;
    *y = ode_misfit(p->n, p->steps, p->time, x, *EXCHANGE(x), STATE(x), p->observed);
}

static void misfit_jvp(void *context, const double *x, const double *x_dot, double *y, double *y_dot) {
    const struct ode_problem *p = context;
    *y = ode_misfit_jvp(p->n, p->steps, p->time, x, x_dot, *EXCHANGE(x), *EXCHANGE(x_dot), STATE(x), STATE(x_dot),
                        p->observed, y_dot);
}

static void misfit_vjp(void *context, const double *x, double *x_bar, double *y, double *y_bar) {
    const struct ode_problem *p = context;
    *y = ode_misfit_vjp(p->n, p->steps, p->time, x, x_bar, *EXCHANGE(x), EXCHANGE(x_bar), STATE(x), STATE(x_bar),
                        p->observed, *y_bar);
}

static void misfit_grad(void *context, const double *x, double *x_bar, double *y) {
    const struct ode_problem *p = context;
    *y = ode_misfit_grad(p->n, p->steps, p->time, x, x_bar, *EXCHANGE(x), EXCHANGE(x_bar), STATE(x), STATE(x_bar),
                         p->observed);
}

static void check_size(struct number_checks *checks, int n, int steps) {
    struct number_random random = number_seed((unsigned)n);
    size_t count = (size_t)(2 * n + 1);
    double *x = model_random(&random, count, 0.25, 1.25), *observed = model_random(&random, (size_t)n, 0.5, 1.5);
    struct ode_problem problem = {n, steps, 1.5, observed};
    struct model state = {.name = "ode, state", .input_count = count, .output_count = (size_t)n, .x = x,
                          .context = &problem, .primal = state_primal, .precise = ode_precise_integrate, .jvp = state_jvp,
                          .vjp = state_vjp};
    struct model misfit = {.name = "ode, misfit", .input_count = count, .output_count = 1, .x = x, .context = &problem,
                           .primal = misfit_primal, .precise = ode_precise_misfit, .jvp = misfit_jvp, .vjp = misfit_vjp,
                           .grad = misfit_grad};
    model_check(checks, &state);
    model_check(checks, &misfit);
    free(x);
    free(observed);
}

int main(void) {
    struct number_checks checks = {0, 0};
    check_size(&checks, 1, 1);
    check_size(&checks, 10, 20);
    check_size(&checks, 100, 10);
    return number_finish(&checks);
}
