/* Times the gradient of the Gaussian mixture. */
#include "bench.h"
#include "gmm.h"
#include "gmm_grad.h"

#include <stdio.h>

struct problem {
    int d, k, n;
    const double *alphas, *means, *icf, *x;
    double value;
};

static const struct wishart prior = {1.25, 2};

static void primal(void *data) {
    struct problem *p = data;
    gmm_objective(p->d, p->k, p->n, p->alphas, p->means, p->icf, p->x, prior, &p->value);
}

static void hand(void *data, double *bar) {
    struct problem *p = data;
    gmm_objective_hand(p->d, p->k, p->n, p->alphas, bar, p->means, bar + p->k, p->icf, bar + p->k + p->k * p->d, p->x,
                       prior, &p->value);
}

static void cgrad(void *data, double *bar) {
    struct problem *p = data;
    gmm_objective_grad(p->d, p->k, p->n, p->alphas, bar, p->means, bar + p->k, p->icf, bar + p->k + p->k * p->d, p->x,
                       prior, &p->value);
}

#ifdef BENCH_ADOLC
double gmm_objective_adolc(int d, int k, int n, const double *parameters, double *parameters_bar, const double *x,
                           double gamma, int m);

static void adolc(void *data, double *bar) {
    struct problem *p = data;
    p->value = gmm_objective_adolc(p->d, p->k, p->n, p->alphas, bar, p->x, prior.gamma, prior.m);
}
#else
#define adolc NULL
#endif

int main(void) {
    const int dimensions[] = {10, 32, 64}, k = 25, n = 1000;
    for (int i = 0; i < 3; i++) {
        int d = dimensions[i], icf_size = d * (d + 1) / 2;
        struct bench_random random = bench_seed(11);
        struct problem problem = {.d = d, .k = k, .n = n};
        size_t count = (size_t)(k + k * d + k * icf_size);
        problem.alphas = bench_random_vector(&random, count, -1, 1); /* then means, then icf */
        problem.means = problem.alphas + k;
        problem.icf = problem.means + k * d;
        problem.x = bench_random_vector(&random, (size_t)(n * d), -2, 2);
        char size[40];
        snprintf(size, sizeof size, "d %d k %d n %d", d, k, n);
        bench_run("gmm", &(struct bench_case){size, &problem, count, NULL, primal, hand, cgrad, adolc});
    }
    return bench_finish();
}
