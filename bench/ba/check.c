/* Checks the derivatives of bundle adjustment: one residual (also at the rotation zero), and all of them. */
#include "ba.h"
#include "ba_grad.h"
#include "model.h"
#include "precise.h"

enum { ONE_SIZE = BA_CAMERA_SIZE + 3 + 1 };

static void one_primal(void *context, const double *x, double *err) {
    const struct ba_problem *b = context;
    ba_reprojection(x, x + BA_CAMERA_SIZE, x[BA_CAMERA_SIZE + 3], b->feats, err);
}

static void one_jvp(void *context, const double *x, const double *x_dot, double *err, double *err_dot) {
    const struct ba_problem *b = context;
    ba_reprojection_jvp(x, x_dot, x + BA_CAMERA_SIZE, x_dot + BA_CAMERA_SIZE, x[BA_CAMERA_SIZE + 3],
                        x_dot[BA_CAMERA_SIZE + 3], b->feats, err, err_dot);
}

static void one_vjp(void *context, const double *x, double *x_bar, double *err, double *err_bar) {
    const struct ba_problem *b = context;
    ba_reprojection_vjp(x, x_bar, x + BA_CAMERA_SIZE, x_bar + BA_CAMERA_SIZE, x[BA_CAMERA_SIZE + 3],
                        x_bar + BA_CAMERA_SIZE + 3, b->feats, err, err_bar);
}

/* The parts of the flat vectors. */
#define POINTS(x) ((x) + BA_CAMERA_SIZE * b->n)
#define WEIGHTS(x) (POINTS(x) + 3 * b->m)

static void all_primal(void *context, const double *x, double *err) {
    const struct ba_problem *b = context;
    ba_objective(b->n, b->m, b->p, x, POINTS(x), WEIGHTS(x), b->obs, b->feats, err, err + 2 * b->p);
}

static void all_jvp(void *context, const double *x, const double *x_dot, double *err, double *err_dot) {
    const struct ba_problem *b = context;
    ba_objective_jvp(b->n, b->m, b->p, x, x_dot, POINTS(x), POINTS(x_dot), WEIGHTS(x), WEIGHTS(x_dot), b->obs, b->feats,
                     err, err_dot, err + 2 * b->p, err_dot + 2 * b->p);
}

static void all_vjp(void *context, const double *x, double *x_bar, double *err, double *err_bar) {
    const struct ba_problem *b = context;
    ba_objective_vjp(b->n, b->m, b->p, x, x_bar, POINTS(x), POINTS(x_bar), WEIGHTS(x), WEIGHTS(x_bar), b->obs, b->feats,
                     err, err_bar, err + 2 * b->p, err_bar + 2 * b->p);
}

/* Cameras that look at the points from a distance. */
static double *scene(struct number_random *random, int cameras, int points, int weights) {
    int camera_reals = BA_CAMERA_SIZE * cameras;
    double *x = model_random(random, (size_t)(camera_reals + 3 * points + weights), 0.1, 0.9);
    for (int i = 0; i < cameras; i++)
        x[BA_CAMERA_SIZE * i + BA_CENTRE + 2] -= 4;
    return x;
}

static void check_one(struct number_checks *checks, bool turned) {
    struct number_random random = number_seed(5);
    const double feats[2] = {0.25, -0.5};
    struct ba_problem problem = {.p = 1, .feats = feats};
    double *x = scene(&random, 1, 1, 1);
    for (int i = 0; i < 3 && !turned; i++)
        x[BA_ROTATION + i] = 0;
    struct model model = {.name = turned ? "ba, one residual" : "ba, rotation zero", .input_count = ONE_SIZE,
                          .output_count = 2, .x = x, .context = &problem, .primal = one_primal,
                          .precise = ba_precise_reprojection, .jvp = one_jvp, .vjp = one_vjp};
    model_check(checks, &model);
    free(x);
}

static void check_all(struct number_checks *checks, int n, int m, int p) {
    struct number_random random = number_seed(6);
    double *x = scene(&random, n, m, p), *feats = model_random(&random, (size_t)(2 * p), -1, 1);
    int *obs = calloc((size_t)(2 * p), sizeof *obs);
    if (obs == NULL)
        abort();
    for (int i = 0; i < p; i++) {
        obs[2 * i] = i % n;
        obs[2 * i + 1] = (i * 7 + i / n) % m;
    }
    struct ba_problem problem = {n, m, p, obs, feats};
    struct model model = {.name = "ba, all residuals", .input_count = (size_t)(BA_CAMERA_SIZE * n + 3 * m + p),
                          .output_count = (size_t)(3 * p), .x = x, .context = &problem, .primal = all_primal,
                          .precise = ba_precise, .jvp = all_jvp, .vjp = all_vjp};
    model_check(checks, &model);
    free(x);
    free(feats);
    free(obs);
}

static void check_weight(struct number_checks *checks) {
    double w_bar = 0, err, err_bar = 2, err_dot;
    ba_weight_jvp(0.75, 2, &err, &err_dot);
    number_check(checks, "jvp of the weight's residual", err_dot == -2 * 0.75 * 2);
    ba_weight_vjp(0.75, &w_bar, &err, &err_bar);
    number_check(checks, "vjp of the weight's residual", w_bar == -2 * 0.75 * 2);
    ba_weight_grad(0.75, &w_bar, &err);
    number_check(checks, "grad of the weight's residual", w_bar == -2 * 0.75);
}

int main(void) {
    struct number_checks checks = {0, 0};
    check_one(&checks, true);
    check_one(&checks, false);
    check_all(&checks, 3, 10, 25);
    check_weight(&checks);
    return number_finish(&checks);
}
