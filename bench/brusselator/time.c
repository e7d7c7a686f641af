/* Times the adjoint of the Brusselator's right-hand side. */
#include "bench.h"
#include "brusselator.h"
#include "brusselator_grad.h"

#include <stdio.h>
#include <string.h>

struct problem {
    int n;
    const double *u, *v, *seeds;
    double *rates, *seed; /* du, then dv */
};

static int cells(const struct problem *p) {
    return p->n * p->n;
}

static void prepare(void *data) {
    struct problem *p = data;
    memcpy(p->seed, p->seeds, (size_t)(2 * cells(p)) * sizeof *p->seed);
}

static void primal(void *data) {
    struct problem *p = data;
    brusselator(p->n, 2, p->u, p->v, p->rates, p->rates + cells(p));
}

static void hand(void *data, double *bar) {
    struct problem *p = data;
    brusselator_hand(p->n, p->u, bar, p->v, bar + cells(p), p->seed, p->seed + cells(p));
}

static void cgrad(void *data, double *bar) {
    struct problem *p = data;
    brusselator_vjp(p->n, 2, p->u, bar, p->v, bar + cells(p), p->rates, p->seed, p->rates + cells(p), p->seed + cells(p));
}

int main(void) {
    const int sizes[] = {32, 128};
    for (int i = 0; i < 2; i++) {
        size_t count = (size_t)(sizes[i] * sizes[i]);
        struct bench_random random = bench_seed(8);
        struct problem problem = {.n = sizes[i], .rates = bench_vector(2 * count), .seed = bench_vector(2 * count)};
        problem.u = bench_random_vector(&random, count, 0.5, 1.5);
        problem.v = bench_random_vector(&random, count, 0.5, 1.5);
        problem.seeds = bench_random_vector(&random, 2 * count, -1, 1);
        char size[40];
        snprintf(size, sizeof size, "n %d", sizes[i]);
        bench_run("brusselator", &(struct bench_case){size, &problem, 2 * count, prepare, primal, hand, cgrad, NULL});
    }
    return bench_finish();
}
