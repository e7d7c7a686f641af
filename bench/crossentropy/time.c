/* Times the gradient of a cross entropy. */
#include "bench.h"
#include "crossentropy.h"
#include "crossentropy_grad.h"

enum { ROWS = 128, V = 1000 };

struct problem {
    const double *logits;
    double value;
    int targets[ROWS];
};

static void primal(void *data) {
    struct problem *p = data;
    p->value = cross_entropy(ROWS, V, p->logits, p->targets);
}

static void hand(void *data, double *bar) {
    struct problem *p = data;
    p->value = cross_entropy_hand(ROWS, V, p->logits, bar, p->targets);
}

static void cgrad(void *data, double *bar) {
    struct problem *p = data;
    p->value = cross_entropy_grad(ROWS, V, p->logits, bar, p->targets);
}

int main(void) {
    struct bench_random random = bench_seed(8);
    struct problem problem = {bench_random_vector(&random, ROWS * V, -2, 2), 0, {0}};
    for (int i = 0; i < ROWS; i++)
        problem.targets[i] = i * 7 % V;
    bench_run("cross entropy", &(struct bench_case){"rows 128 v 1000", &problem, ROWS * V, NULL, primal, hand, cgrad, NULL});
    return bench_finish();
}
