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

int main(void) {
    const int dimensions[] = {10, 32, 64}, k = 25, n = 1000;
    for (int i = 0; i < 3; i++) {
        int d = dimensions[i], icf_size = d * (d + 1) / 2;
        struct bench_random random = bench_seed(11);
        struct problem problem = {.d = d, .k = k, .n = n};
        problem.alphas = bench_random_vector(&random, (size_t)k, -1, 1);
        problem.means = bench_random_vector(&random, (size_t)(k * d), -1, 1);
        problem.icf = bench_random_vector(&random, (size_t)(k * icf_size), -1, 1);
        problem.x = bench_random_vector(&random, (size_t)(n * d), -2, 2);
        char size[40];
        snprintf(size, sizeof size, "d %d k %d n %d", d, k, n);
        size_t count = (size_t)(k + k * d + k * icf_size);
        bench_run("gmm", &(struct bench_case){size, &problem, count, NULL, primal, hand, cgrad, NULL});
    }
    return bench_finish();
}
