/* Times the adjoint of the product of matrices. */
#include "bench.h"
#include "gemm.h"
#include "gemm_grad.h"

#include <stdio.h>
#include <string.h>

struct problem {
    int n;
    const double *a, *b, *seeds;
    double *c, *c_bar;
};

static void prepare(void *data) {
    struct problem *p = data;
    memcpy(p->c_bar, p->seeds, (size_t)(p->n * p->n) * sizeof *p->c_bar);
}

static void primal(void *data) {
    struct problem *p = data;
    gemm(p->n, p->a, p->b, p->c);
}

static void hand(void *data, double *bar) {
    struct problem *p = data;
    gemm_hand(p->n, p->a, bar, p->b, bar + p->n * p->n, p->c_bar);
}

static void cgrad(void *data, double *bar) {
    struct problem *p = data;
    gemm_vjp(p->n, p->a, bar, p->b, bar + p->n * p->n, p->c, p->c_bar);
}

int main(void) {
    const int sizes[] = {64, 128, 256};
    for (int i = 0; i < 3; i++) {
        size_t count = (size_t)(sizes[i] * sizes[i]);
        struct bench_random random = bench_seed(8);
        struct problem problem = {.n = sizes[i], .c = bench_vector(count), .c_bar = bench_vector(count)};
        problem.a = bench_random_vector(&random, count, -1, 1);
        problem.b = bench_random_vector(&random, count, -1, 1);
        problem.seeds = bench_random_vector(&random, count, -1, 1);
        char size[40];
        snprintf(size, sizeof size, "n %d", sizes[i]);
        bench_run("gemm", &(struct bench_case){size, &problem, 2 * count, prepare, primal, hand, cgrad, NULL});
    }
    return bench_finish();
}
