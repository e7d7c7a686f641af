/* Times the gradient of the k-means cost. */
#include "bench.h"
#include "kmeans.h"
#include "kmeans_grad.h"

#include <stdio.h>

struct problem {
    int n, k, d;
    const double *points, *centroids;
    double value;
};

static void primal(void *data) {
    struct problem *p = data;
    p->value = kmeans_cost(p->n, p->k, p->d, p->points, p->centroids);
}

static void hand(void *data, double *bar) {
    struct problem *p = data;
    p->value = kmeans_cost_hand(p->n, p->k, p->d, p->points, bar, p->centroids, bar + p->n * p->d);
}

static void cgrad(void *data, double *bar) {
    struct problem *p = data;
    p->value = kmeans_cost_grad(p->n, p->k, p->d, p->points, bar, p->centroids, bar + p->n * p->d);
}

int main(void) {
    const int sizes[][3] = {{10000, 10, 10}, {2000, 25, 64}};
    for (int i = 0; i < 2; i++) {
        int n = sizes[i][0], k = sizes[i][1], d = sizes[i][2];
        struct bench_random random = bench_seed(9);
        struct problem problem = {.n = n, .k = k, .d = d};
        problem.points = bench_random_vector(&random, (size_t)(n * d), -1, 1);
        problem.centroids = bench_random_vector(&random, (size_t)(k * d), -1, 1);
        char size[40];
        snprintf(size, sizeof size, "n %d k %d d %d", n, k, d);
        bench_run("kmeans",
                  &(struct bench_case){size, &problem, (size_t)((n + k) * d), NULL, primal, hand, cgrad, NULL});
    }
    return bench_finish();
}
