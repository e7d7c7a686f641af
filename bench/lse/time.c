/* Times the gradient of log-sum-exp. */
#include "bench.h"
#include "lse.h"
#include "lse_grad.h"

#include <stdio.h>

struct problem {
    int n;
    const double *x;
    double value;
};

static void primal(void *data) {
    struct problem *p = data;
    p->value = log_sum_exp(p->n, p->x);
}

static void hand(void *data, double *x_bar) {
    struct problem *p = data;
    p->value = log_sum_exp_hand(p->n, p->x, x_bar);
}

static void cgrad(void *data, double *x_bar) {
    struct problem *p = data;
    p->value = log_sum_exp_grad(p->n, p->x, x_bar);
}

#ifdef BENCH_ADOLC
double log_sum_exp_adolc(int n, const double *x, double *x_bar);

static void adolc(void *data, double *x_bar) {
    struct problem *p = data;
    p->value = log_sum_exp_adolc(p->n, p->x, x_bar);
}
#else
#define adolc NULL
#endif

int main(void) {
    const int sizes[] = {1000, 100000};
    for (int i = 0; i < 2; i++) {
        struct bench_random random = bench_seed(3);
        struct problem problem = {sizes[i], bench_random_vector(&random, (size_t)sizes[i], -3, 3), 0};
        char size[40];
        snprintf(size, sizeof size, "n %d", sizes[i]);
        bench_run("lse", &(struct bench_case){size, &problem, (size_t)sizes[i], NULL, primal, hand, cgrad, adolc});
    }
    return bench_finish();
}
