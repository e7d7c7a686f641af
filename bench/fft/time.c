/* Times the adjoint of the Fourier transform. */
#include "bench.h"
#include "fft.h"
#include "fft_grad.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

struct problem {
    int n;
    double *roots, *y, *y_bar;
    const double *x, *seeds;
};

static void prepare(void *data) {
    struct problem *p = data;
    memcpy(p->y_bar, p->seeds, (size_t)(2 * p->n) * sizeof *p->y_bar);
}

static void primal(void *data) {
    struct problem *p = data;
    fft(p->n, p->roots, p->x, p->y);
}

static void hand(void *data, double *x_bar) {
    struct problem *p = data;
    fft_hand(p->n, p->roots, x_bar, p->y_bar);
}

static void cgrad(void *data, double *x_bar) {
    struct problem *p = data;
    fft_vjp(p->n, p->roots, p->x, x_bar, p->y, p->y_bar);
}

int main(void) {
    const int sizes[] = {1024, 8192, 65536};
    const double turn = 6.283185307179586;
    for (int i = 0; i < 3; i++) {
        size_t n = (size_t)sizes[i];
        struct bench_random random = bench_seed(8);
        struct problem problem = {.n = sizes[i], .roots = bench_vector(n), .y = bench_vector(2 * n),
                                  .y_bar = bench_vector(2 * n)};
        for (size_t k = 0; k < n / 2; k++) {
            problem.roots[2 * k] = cos(turn * (double)k / (double)n);
            problem.roots[2 * k + 1] = -sin(turn * (double)k / (double)n);
        }
        problem.x = bench_random_vector(&random, 2 * n, -1, 1);
        problem.seeds = bench_random_vector(&random, 2 * n, -1, 1);
        char size[40];
        snprintf(size, sizeof size, "n %d", sizes[i]);
        bench_run("fft", &(struct bench_case){size, &problem, 2 * n, prepare, primal, hand, cgrad, NULL});
    }
    return bench_finish();
}
