/* Times the gradient of the determinant by minors. */
#include "bench.h"
#include "det.h"
#include "det_grad.h"

#include <stdio.h>

struct problem {
    int n;
    const double *a;
    double value;
};

static void primal(void *data) {
    struct problem *p = data;
    p->value = determinant(p->n, p->a);
}

static void hand(void *data, double *a_bar) {
    struct problem *p = data;
    p->value = determinant_hand(p->n, p->a, a_bar);
}

static void cgrad(void *data, double *a_bar) {
    struct problem *p = data;
    p->value = determinant_grad(p->n, p->a, a_bar);
}

int main(void) {
    const int sizes[] = {7, 9, 10};
    for (int i = 0; i < 3; i++) {
        size_t count = (size_t)(sizes[i] * sizes[i]);
        struct bench_random random = bench_seed(10);
        struct problem problem = {sizes[i], bench_random_vector(&random, count, -1, 1), 0};
        char size[40];
        snprintf(size, sizeof size, "n %d", sizes[i]);
        bench_run("det", &(struct bench_case){size, &problem, count, NULL, primal, hand, cgrad, NULL});
    }
    return bench_finish();
}
