/* Times the adjoint of Cholesky's factorization. */
#include "bench.h"
#include "cholesky.h"
#include "cholesky_grad.h"

#include <stdio.h>
#include <string.h>

struct problem {
    int n;
    const double *matrix, *seeds;
    double *a;
};

static size_t bytes(const struct problem *p) {
    return (size_t)(p->n * p->n) * sizeof(double);
}

static void prepare(void *data) {
    struct problem *p = data;
    memcpy(p->a, p->matrix, bytes(p));
}

static void primal(void *data) {
    struct problem *p = data;
    cholesky(p->n, p->a);
}

/* What is seed on entry is adjoint on exit. */
static void hand(void *data, double *bar) {
    struct problem *p = data;
    memcpy(bar, p->seeds, bytes(p));
    cholesky_hand(p->n, p->a, bar);
}

static void cgrad(void *data, double *bar) {
    struct problem *p = data;
    memcpy(bar, p->seeds, bytes(p));
    cholesky_vjp(p->n, p->a, bar);
}

int main(void) {
    const int sizes[] = {60, 120, 240};
    for (int i = 0; i < 3; i++) {
        size_t n = (size_t)sizes[i];
        struct bench_random random = bench_seed(8);
        double *matrix = bench_random_vector(&random, n * n, -1, 1);
        for (size_t k = 0; k < n; k++)
            matrix[k * n + k] += (double)n;
        struct problem problem = {sizes[i], matrix, bench_random_vector(&random, n * n, -1, 1), bench_vector(n * n)};
        char size[40];
        snprintf(size, sizeof size, "n %d", sizes[i]);
        bench_run("cholesky", &(struct bench_case){size, &problem, n * n, prepare, primal, hand, cgrad, NULL});
    }
    return bench_finish();
}
