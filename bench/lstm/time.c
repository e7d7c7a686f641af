/* Times the gradient of the LSTM's loss. */
#include "bench.h"
#include "lstm.h"
#include "lstm_grad.h"

#include <stdio.h>

struct problem {
    int l, c, b;
    const double *main_params, *extra_params, *state, *sequence;
    double value;
};

static void primal(void *data) {
    struct problem *p = data;
    p->value = lstm_loss(p->l, p->c, p->b, p->main_params, p->extra_params, p->state, p->sequence);
}

static void hand(void *data, double *bar) {
    struct problem *p = data;
    p->value = lstm_loss_hand(p->l, p->c, p->b, p->main_params, bar, p->extra_params, bar + 8 * p->l * p->b, p->state,
                              p->sequence);
}

static void cgrad(void *data, double *bar) {
    struct problem *p = data;
    p->value = lstm_loss_grad(p->l, p->c, p->b, p->main_params, bar, p->extra_params, bar + 8 * p->l * p->b, p->state,
                              p->sequence);
}

int main(void) {
    const int sizes[][2] = {{2, 1024}, {4, 4096}}, b = 14;
    for (int i = 0; i < 2; i++) {
        int l = sizes[i][0], c = sizes[i][1];
        struct bench_random random = bench_seed(7);
        struct problem problem = {.l = l, .c = c, .b = b};
        problem.main_params = bench_random_vector(&random, (size_t)(8 * l * b), -1, 1);
        problem.extra_params = bench_random_vector(&random, (size_t)(3 * b), -1, 1);
        problem.state = bench_random_vector(&random, (size_t)(2 * l * b), -1, 1);
        problem.sequence = bench_random_vector(&random, (size_t)(c * b), 0, 1);
        char size[40];
        snprintf(size, sizeof size, "l %d c %d b %d", l, c, b);
        size_t count = (size_t)(8 * l * b + 3 * b);
        bench_run("lstm", &(struct bench_case){size, &problem, count, NULL, primal, hand, cgrad, NULL});
    }
    return bench_finish();
}
