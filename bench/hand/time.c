/* Times the adjoints of hand tracking, simple and complicated. */
#define HAND_VERTICES 544
#define HAND_POINTS 100
#define HAND_TRIANGLES 200

#include "bench.h"
#include "hand.h"
#include "hand_grad.h"
#include "problem.h"

struct problem {
    struct hand_problem hand;
    const double *theta, *us, *seeds_kept;
    double err[3 * HAND_POINTS], seeds[3 * HAND_POINTS];
};

static void prepare(void *data) {
    struct problem *p = data;
    for (int i = 0; i < 3 * HAND_POINTS; i++)
        p->seeds[i] = p->seeds_kept[i];
}

#define POINTS(p) (const double(*)[3])(p)->hand.points, (p)->hand.correspondences

static void simple(void *data) {
    struct problem *p = data;
    hand_objective(&p->hand.model, p->theta, HAND_POINTS, POINTS(p), p->err);
}

static void simple_hand(void *data, double *bar) {
    struct problem *p = data;
    hand_objective_hand(&p->hand.model, p->theta, bar, HAND_POINTS, POINTS(p), p->err, p->seeds);
}

static void simple_cgrad(void *data, double *bar) {
    struct problem *p = data;
    hand_objective_vjp(&p->hand.model, p->theta, bar, HAND_POINTS, POINTS(p), p->err, p->seeds);
}

static void complicated(void *data) {
    struct problem *p = data;
    hand_objective_complicated(&p->hand.model, p->theta, HAND_POINTS, p->us, POINTS(p), p->err);
}

static void complicated_hand(void *data, double *bar) {
    struct problem *p = data;
    hand_objective_complicated_hand(&p->hand.model, p->theta, bar, HAND_POINTS, p->us, bar + HAND_THETA, POINTS(p), p->err,
                                    p->seeds);
}

static void complicated_cgrad(void *data, double *bar) {
    struct problem *p = data;
    hand_objective_complicated_vjp(&p->hand.model, p->theta, bar, HAND_POINTS, p->us, bar + HAND_THETA, POINTS(p), p->err,
                                   p->seeds);
}

int main(void) {
    static struct problem problem;
    struct bench_random random = bench_seed(2);
    hand_make(&problem.hand, 0);
    problem.theta = bench_random_vector(&random, HAND_THETA, -0.5, 0.5);
    problem.us = bench_random_vector(&random, 2 * HAND_POINTS, 0, 0.5);
    problem.seeds_kept = bench_random_vector(&random, 3 * HAND_POINTS, -1, 1);
    const char *size = "544 vertices";
    bench_run("hand simple",
              &(struct bench_case){size, &problem, HAND_THETA, prepare, simple, simple_hand, simple_cgrad, NULL});
    bench_run("hand complicated", &(struct bench_case){size, &problem, HAND_THETA + 2 * HAND_POINTS, prepare, complicated,
                                                       complicated_hand, complicated_cgrad, NULL});
    return bench_finish();
}
