/* Checks the derivatives of hand tracking, simple and complicated. */
#include "hand.h"
#include "hand_grad.h"
#include "model.h"
#include "precise.h"
#include "problem.h"

#define DATA HAND_POINTS, h.points, h.correspondences

static void simple_primal(void *mirrored, const double *x, double *err) {
    struct hand_problem h;
    hand_make(&h, *(int *)mirrored);
    hand_objective(&h.model, x, DATA, err);
}

static void simple_jvp(void *mirrored, const double *x, const double *x_dot, double *err, double *err_dot) {
    struct hand_problem h;
    hand_make(&h, *(int *)mirrored);
    hand_objective_jvp(&h.model, x, x_dot, DATA, err, err_dot);
}

static void simple_vjp(void *mirrored, const double *x, double *x_bar, double *err, double *err_bar) {
    struct hand_problem h;
    hand_make(&h, *(int *)mirrored);
    hand_objective_vjp(&h.model, x, x_bar, DATA, err, err_bar);
}

#undef DATA
#define DATA h.points, h.correspondences
#define US(x) ((x) + HAND_THETA)

static void complicated_primal(void *mirrored, const double *x, double *err) {
    struct hand_problem h;
    hand_make(&h, *(int *)mirrored);
    hand_objective_complicated(&h.model, x, HAND_POINTS, US(x), DATA, err);
}

static void complicated_jvp(void *mirrored, const double *x, const double *x_dot, double *err, double *err_dot) {
    struct hand_problem h;
    hand_make(&h, *(int *)mirrored);
    hand_objective_complicated_jvp(&h.model, x, x_dot, HAND_POINTS, US(x), US(x_dot), DATA, err, err_dot);
}

static void complicated_vjp(void *mirrored, const double *x, double *x_bar, double *err, double *err_bar) {
    struct hand_problem h;
    hand_make(&h, *(int *)mirrored);
    hand_objective_complicated_vjp(&h.model, x, x_bar, HAND_POINTS, US(x), US(x_bar), DATA, err, err_bar);
}

static void check_hand(struct number_checks *checks, int mirrored) {
    struct number_random random = number_seed(13);
    double *x = model_random(&random, HAND_THETA + 2 * HAND_POINTS, -0.5, 0.5);
    struct model simple = {.name = "hand, simple", .input_count = HAND_THETA, .output_count = 3 * HAND_POINTS, .x = x,
                           .context = &mirrored, .primal = simple_primal, .precise = hand_precise, .jvp = simple_jvp,
                           .vjp = simple_vjp};
    struct model complicated = {.name = "hand, complicated", .input_count = HAND_THETA + 2 * HAND_POINTS,
                                .output_count = 3 * HAND_POINTS, .x = x, .context = &mirrored,
                                .primal = complicated_primal, .precise = hand_precise_complicated,
                                .jvp = complicated_jvp, .vjp = complicated_vjp};
    model_check(checks, &simple);
    model_check(checks, &complicated);
    free(x);
}

int main(void) {
    struct number_checks checks = {0, 0};
    check_hand(&checks, 0);
    check_hand(&checks, 1);
    return number_finish(&checks);
}
