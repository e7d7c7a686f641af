/* Times bundle adjustment: the adjoint of all residuals, and the Jacobian of all of them, 2 by 15 for each observation. */
#include "ba.h"
#include "ba_grad.h"
#include "bench.h"

enum { N = 49, M = 7776, P = 31843, ROW = BA_CAMERA_SIZE + 3 + 1 };

struct problem {
    const double *cameras, *x, *w, *feats;
    const int *obs;
    double *reproj_err, *w_err, *seeds; /* [3 * P]: of reproj_err, then of w_err */
    const double *seeds_kept;
};

static void prepare(void *data) {
    struct problem *p = data;
    for (int i = 0; i < 3 * P; i++)
        p->seeds[i] = p->seeds_kept[i];
}

static void primal(void *data) {
    struct problem *p = data;
    ba_objective(N, M, P, p->cameras, p->x, p->w, p->obs, p->feats, p->reproj_err, p->w_err);
}

static void hand_vjp(void *data, double *bar) {
    struct problem *p = data;
    ba_objective_hand(N, M, P, p->cameras, bar, p->x, bar + BA_CAMERA_SIZE * N, p->w, bar + BA_CAMERA_SIZE * N + 3 * M,
                      p->obs, p->feats, p->reproj_err, p->seeds, p->w_err, p->seeds + 2 * P);
}

static void cgrad_vjp(void *data, double *bar) {
    struct problem *p = data;
    ba_objective_vjp(N, M, P, p->cameras, bar, p->x, bar + BA_CAMERA_SIZE * N, p->w, bar + BA_CAMERA_SIZE * N + 3 * M,
                     p->obs, p->feats, p->reproj_err, p->seeds, p->w_err, p->seeds + 2 * P);
}

static void hand_jacobian(void *data, double *bar) {
    struct problem *p = data;
    for (int i = 0; i < P; i++)
        ba_reprojection_jacobian_hand(p->cameras + BA_CAMERA_SIZE * p->obs[2 * i], p->x + 3 * p->obs[2 * i + 1], p->w[i],
                                      p->feats + 2 * i, p->reproj_err + 2 * i, bar + 2 * ROW * i);
    for (int i = 0; i < P; i++)
        bar[2 * ROW * P + i] = -2 * p->w[i];
}

static void cgrad_jacobian(void *data, double *bar) {
    struct problem *p = data;
    for (int i = 0; i < P; i++)
        for (int j = 0; j < 2; j++) {
            double seed[2] = {j == 0, j == 1}, *row = bar + 2 * ROW * i + ROW * j;
            ba_reprojection_vjp(p->cameras + BA_CAMERA_SIZE * p->obs[2 * i], row, p->x + 3 * p->obs[2 * i + 1],
                                row + BA_CAMERA_SIZE, p->w[i], row + BA_CAMERA_SIZE + 3, p->feats + 2 * i,
                                p->reproj_err + 2 * i, seed);
        }
    for (int i = 0; i < P; i++) {
        double seed = 1;
        ba_weight_vjp(p->w[i], bar + 2 * ROW * P + i, p->w_err + i, &seed);
    }
}

int main(void) {
    static int obs[2 * P];
    struct bench_random random = bench_seed(6);
    double *cameras = bench_random_vector(&random, BA_CAMERA_SIZE * N, 0.1, 0.9);
    for (int i = 0; i < N; i++)
        cameras[BA_CAMERA_SIZE * i + BA_CENTRE + 2] -= 4;
    for (int i = 0; i < P; i++) {
        obs[2 * i] = i % N;
        obs[2 * i + 1] = (int)((i * 7L + i / N) % M);
    }
    struct problem problem = {cameras, bench_random_vector(&random, 3 * M, 0.1, 0.9),
                              bench_random_vector(&random, P, 0.1, 0.9), bench_random_vector(&random, 2 * P, -1, 1), obs,
                              bench_vector(2 * P), bench_vector(P), bench_vector(3 * P),
                              bench_random_vector(&random, 3 * P, -1, 1)};
    const char *size = "n 49 m 7776 p 31843";
    bench_run("ba", &(struct bench_case){size, &problem, BA_CAMERA_SIZE * N + 3 * M + P, prepare, primal, hand_vjp,
                                         cgrad_vjp, NULL});
    bench_run("ba Jacobian", &(struct bench_case){size, &problem, 2 * ROW * P + P, prepare, primal, hand_jacobian,
                                                  cgrad_jacobian, NULL});
    return bench_finish();
}
