/* Checks the derivatives of the Gaussian mixture model. */
#include "gmm.h"
#include "gmm_grad.h"
#include "model.h"
#include "precise.h"

#define LISTS(p) (p), (p) + g->k, (p) + g->k + g->k * g->d
#define PAIRS(p, q) (p), (q), (p) + g->k, (q) + g->k, (p) + g->k + g->k * g->d, (q) + g->k + g->k * g->d

static struct wishart prior(const struct gmm_problem *g) {
    struct wishart wishart = {g->gamma, g->m};
    return wishart;
}

static void primal(void *context, const double *p, double *err) {
    const struct gmm_problem *g = context;
    gmm_objective(g->d, g->k, g->n, LISTS(p), g->x, prior(g), err);
}

static void jvp(void *context, const double *p, const double *p_dot, double *err, double *err_dot) {
    const struct gmm_problem *g = context;
    gmm_objective_jvp(g->d, g->k, g->n, PAIRS(p, p_dot), g->x, prior(g), err, err_dot);
}

static void vjp(void *context, const double *p, double *p_bar, double *err, double *err_bar) {
    const struct gmm_problem *g = context;
    gmm_objective_vjp(g->d, g->k, g->n, PAIRS(p, p_bar), g->x, prior(g), err, err_bar);
}

static void grad(void *context, const double *p, double *p_bar, double *err) {
    const struct gmm_problem *g = context;
    gmm_objective_grad(g->d, g->k, g->n, PAIRS(p, p_bar), g->x, prior(g), err);
}

static void check_size(struct number_checks *checks, int d, int k, int n) {
    struct number_random random = number_seed((unsigned)(d * 100 + k));
    size_t parameters = (size_t)(k + k * d + k * (d * (d + 1) / 2));
    double *x = model_random(&random, (size_t)(n * d), -2, 2), *p = model_random(&random, parameters, -1, 1);
    struct gmm_problem problem = {.d = d, .k = k, .n = n, .m = 2, .gamma = 1.25, .x = x};
    struct model model = {.name = "gmm", .input_count = parameters, .output_count = 1, .x = p, .context = &problem,
                          .primal = primal, .precise = gmm_precise, .jvp = jvp, .vjp = vjp, .grad = grad};
    model_check(checks, &model);
    free(x);
    free(p);
}

int main(void) {
    struct number_checks checks = {0, 0};
    check_size(&checks, 1, 2, 5);
    check_size(&checks, 2, 3, 10);
    check_size(&checks, 10, 5, 40);
    return number_finish(&checks);
}
