/* Times the gradient of linear least squares, by the unknowns alone. */
#include "bench.h"
#include "llsq.h"
#include "llsq_grad.h"

#include <stdio.h>

struct problem {
    int m, n;
    const double *a, *b, *x;
    double value;
};

static void primal(void *data) {
    struct problem *p = data;
    p->value = least_squares(p->m, p->n, p->a, p->b, p->x);
}

static void hand(void *data, double *x_bar) {
    struct problem *p = data;
    p->value = least_squares_hand(p->m, p->n, p->a, p->b, p->x, x_bar);
}

static void cgrad(void *data, double *x_bar) {
    struct problem *p = data;
    p->value = least_squares_grad(p->m, p->n, p->a, p->b, p->x, x_bar);
}

#ifdef BENCH_ADOLC
double least_squares_adolc(int m, int n, const double *a, const double *b, const double *x, double *x_bar);

static void adolc(void *data, double *x_bar) {
    struct problem *p = data;
    p->value = least_squares_adolc(p->m, p->n, p->a, p->b, p->x, x_bar);
}
#else
#define adolc NULL
#endif

int main(void) {
    const int sizes[][2] = {{1000, 50}, {1000, 500}};
    for (int i = 0; i < 2; i++) {
        int m = sizes[i][0], n = sizes[i][1];
        struct bench_random random = bench_seed(9);
        struct problem problem = {.m = m, .n = n};
        problem.a = bench_random_vector(&random, (size_t)(m * n), -1, 1);
        problem.b = bench_random_vector(&random, (size_t)m, -1, 1);
        problem.x = bench_random_vector(&random, (size_t)n, -1, 1);
        char size[40];
        snprintf(size, sizeof size, "m %d n %d", m, n);
        bench_run("llsq", &(struct bench_case){size, &problem, (size_t)n, NULL, primal, hand, cgrad, adolc});
    }
    return bench_finish();
}
