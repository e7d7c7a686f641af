/* Checks the derivatives of the LSTM: of loss and state, and of the loss alone. */
#include "lstm.h"
#include "lstm_grad.h"
#include "model.h"
#include "precise.h"

#include <string.h>

/* The parts of the flat vectors: main_params, extra_params, state -> loss, state. */
#define EXTRA(x) ((x) + p->l * 2 * 4 * p->b)
#define STATE(x) (EXTRA(x) + 3 * p->b)

static size_t state_size(const struct lstm_problem *p) {
    return (size_t)(2 * p->l * p->b);
}

static void state_primal(void *context, const double *x, double *y) {
    const struct lstm_problem *p = context;
    memcpy(y + 1, STATE(x), state_size(p) * sizeof *y);
    lstm_objective(p->l, p->c, p->b, x, EXTRA(x), y + 1, p->sequence, y);
}

static void state_jvp(void *context, const double *x, const double *x_dot, double *y, double *y_dot) {
    const struct lstm_problem *p = context;
    memcpy(y + 1, STATE(x), state_size(p) * sizeof *y);
    memcpy(y_dot + 1, STATE(x_dot), state_size(p) * sizeof *y);
    lstm_objective_jvp(p->l, p->c, p->b, x, x_dot, EXTRA(x), EXTRA(x_dot), y + 1, y_dot + 1, p->sequence, y, y_dot);
}

static void state_vjp(void *context, const double *x, double *x_bar, double *y, double *y_bar) {
    const struct lstm_problem *p = context;
    memcpy(y + 1, STATE(x), state_size(p) * sizeof *y);
    lstm_objective_vjp(p->l, p->c, p->b, x, x_bar, EXTRA(x), EXTRA(x_bar), y + 1, y_bar + 1, p->sequence, y, y_bar);
    for (size_t i = 0; i < state_size(p); i++)
        STATE(x_bar)[i] += y_bar[i + 1];
}

static void loss_primal(void *context, const double *x, double *y) {
    const struct lstm_problem *p = context;
    *y = lstm_loss(p->l, p->c, p->b, x, EXTRA(x), p->state, p->sequence);
}

static void loss_jvp(void *context, const double *x, const double *x_dot, double *y, double *y_dot) {
    const struct lstm_problem *p = context;
    *y = lstm_loss_jvp(p->l, p->c, p->b, x, x_dot, EXTRA(x), EXTRA(x_dot), p->state, p->sequence, y_dot);
}

static void loss_vjp(void *context, const double *x, double *x_bar, double *y, double *y_bar) {
    const struct lstm_problem *p = context;
    *y = lstm_loss_vjp(p->l, p->c, p->b, x, x_bar, EXTRA(x), EXTRA(x_bar), p->state, p->sequence, *y_bar);
}

static void loss_grad(void *context, const double *x, double *x_bar, double *y) {
    const struct lstm_problem *p = context;
    *y = lstm_loss_grad(p->l, p->c, p->b, x, x_bar, EXTRA(x), EXTRA(x_bar), p->state, p->sequence);
}

static void check_size(struct number_checks *checks, int l, int c, int b) {
    struct number_random random = number_seed((unsigned)c);
    size_t parameters = (size_t)(l * 2 * 4 * b + 3 * b), states = (size_t)(2 * l * b);
    double *x = model_random(&random, parameters + states, -1, 1), *text = model_random(&random, (size_t)(c * b), 0, 1);
    struct lstm_problem problem = {l, c, b, text, x + parameters};
    struct model state = {.name = "lstm, loss and state", .input_count = parameters + states, .output_count = states + 1,
                          .x = x, .context = &problem, .primal = state_primal, .precise = lstm_precise_objective,
                          .jvp = state_jvp, .vjp = state_vjp};
    struct model loss = {.name = "lstm, loss", .input_count = parameters, .output_count = 1, .x = x, .context = &problem,
                         .primal = loss_primal, .precise = lstm_precise_loss, .jvp = loss_jvp, .vjp = loss_vjp,
                         .grad = loss_grad};
    model_check(checks, &state);
    model_check(checks, &loss);
    free(x);
    free(text);
}

int main(void) {
    struct number_checks checks = {0, 0};
    check_size(&checks, 1, 2, 1);
    check_size(&checks, 2, 20, 5);
    check_size(&checks, 4, 50, 14);
    return number_finish(&checks);
}
