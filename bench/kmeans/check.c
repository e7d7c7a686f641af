/* Checks the derivatives of the k-means cost. */
#include "kmeans.h"
#include "kmeans_grad.h"
#include "model.h"
#include "precise.h"

#define CENTROIDS(x) ((x) + p->n * p->d)

static void primal(void *context, const double *x, double *y) {
    const struct kmeans_problem *p = context;
    *y = kmeans_cost(p->n, p->k, p->d, x, CENTROIDS(x));
}

static void jvp(void *context, const double *x, const double *x_dot, double *y, double *y_dot) {
    const struct kmeans_problem *p = context;
    *y = kmeans_cost_jvp(p->n, p->k, p->d, x, x_dot, CENTROIDS(x), CENTROIDS(x_dot), y_dot);
}

static void vjp(void *context, const double *x, double *x_bar, double *y, double *y_bar) {
    const struct kmeans_problem *p = context;
    *y = kmeans_cost_vjp(p->n, p->k, p->d, x, x_bar, CENTROIDS(x), CENTROIDS(x_bar), *y_bar);
}

static void grad(void *context, const double *x, double *x_bar, double *y) {
    const struct kmeans_problem *p = context;
    *y = kmeans_cost_grad(p->n, p->k, p->d, x, x_bar, CENTROIDS(x), CENTROIDS(x_bar));
}

int main(void) {
    struct number_checks checks = {0, 0};
    struct number_random random = number_seed(8);
    struct kmeans_problem problems[] = {{5, 1, 1}, {40, 4, 3}, {300, 10, 8}};
    for (size_t i = 0; i < sizeof problems / sizeof problems[0]; i++) {
        size_t count = (size_t)((problems[i].n + problems[i].k) * problems[i].d);
        double *x = model_random(&random, count, -2, 2);
        struct model model = {.name = "kmeans", .input_count = count, .output_count = 1, .x = x, .context = &problems[i],
                              .primal = primal, .precise = kmeans_precise, .jvp = jvp, .vjp = vjp, .grad = grad};
        model_check(&checks, &model);
        free(x);
    }
    return number_finish(&checks);
}
