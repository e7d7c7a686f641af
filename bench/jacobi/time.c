/* Times the adjoint of 100 steps of averaging. */
#include "bench.h"
#include "jacobi.h"
#include "jacobi_grad.h"

#include <stdio.h>
#include <string.h>

enum { STEPS = 100 };

struct problem {
    int n;
    const double *start; /* a, then b */
    double *grids;
    const double *seeds;
};

static size_t cells(const struct problem *p) {
    return (size_t)(p->n * p->n);
}

static void prepare(void *data) {
    struct problem *p = data;
    memcpy(p->grids, p->start, 2 * cells(p) * sizeof *p->grids);
}

static void primal(void *data) {
    struct problem *p = data;
    jacobi(STEPS, p->n, p->grids, p->grids + cells(p));
}

/* What is seed on entry is adjoint on exit. */
static void hand(void *data, double *bar) {
    struct problem *p = data;
    memcpy(bar, p->seeds, 2 * cells(p) * sizeof *bar);
    jacobi_hand(STEPS, p->n, bar, bar + cells(p));
}

static void cgrad(void *data, double *bar) {
    struct problem *p = data;
    memcpy(bar, p->seeds, 2 * cells(p) * sizeof *bar);
    jacobi_vjp(STEPS, p->n, p->grids, bar, p->grids + cells(p), bar + cells(p));
}

int main(void) {
    const int sizes[] = {90, 250};
    for (int i = 0; i < 2; i++) {
        size_t count = (size_t)(sizes[i] * sizes[i]);
        struct bench_random random = bench_seed(8);
        struct problem problem = {sizes[i], bench_random_vector(&random, 2 * count, -1, 1), bench_vector(2 * count),
                                  bench_random_vector(&random, 2 * count, -1, 1)};
        char size[40];
        snprintf(size, sizeof size, "n %d, %d steps", sizes[i], STEPS);
        bench_run("jacobi", &(struct bench_case){size, &problem, 2 * count, prepare, primal, hand, cgrad, NULL});
    }
    return bench_finish();
}
