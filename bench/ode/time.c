/* Times the gradient of the ode's misfit. */
#include "bench.h"
#include "ode.h"
#include "ode_grad.h"

#include <stdio.h>

struct problem {
    int n;
    const double *rate, *y0, *observed;
    double value;
};

enum { STEPS = 100 };
static const double span = 1.5, exchange = 0.25;

static void primal(void *data) {
    struct problem *p = data;
    p->value = ode_misfit(p->n, STEPS, span, p->rate, exchange, p->y0, p->observed);
}

static void hand(void *data, double *bar) {
    struct problem *p = data;
    p->value = ode_misfit_hand(p->n, STEPS, span, p->rate, bar, exchange, bar + 2 * p->n, p->y0, bar + p->n, p->observed);
}

static void cgrad(void *data, double *bar) {
    struct problem *p = data;
    p->value = ode_misfit_grad(p->n, STEPS, span, p->rate, bar, exchange, bar + 2 * p->n, p->y0, bar + p->n, p->observed);
}

int main(void) {
    const int sizes[] = {100, 1000, 10000};
    for (int i = 0; i < 3; i++) {
        size_t n = (size_t)sizes[i];
        struct bench_random random = bench_seed(9);
        struct problem problem = {.n = sizes[i]};
        problem.rate = bench_random_vector(&random, n, 0.5, 1.5);
        problem.y0 = bench_random_vector(&random, n, 0.5, 1.5);
        problem.observed = bench_random_vector(&random, n, 0.5, 1.5);
        char size[40];
        snprintf(size, sizeof size, "n %d, %d steps", sizes[i], STEPS);
        bench_run("ode", &(struct bench_case){size, &problem, 2 * n + 1, NULL, primal, hand, cgrad, NULL});
    }
    return bench_finish();
}
