/* model_time: what model_check does when compiled with -DMODEL_TIME: times instead of checks (scripts/bench.py). */
#ifndef MODEL_TIME_H
#define MODEL_TIME_H

#include "model.h"

#include <time.h>

struct model_run {
    const struct model *model;
    double *y, *y_other, *x_other;
};

static inline void model_run_primal(struct model_run *run) {
    run->model->primal(run->model->context, run->model->x, run->y);
}

static inline void model_run_jvp(struct model_run *run) {
    run->model->jvp(run->model->context, run->model->x, run->x_other, run->y, run->y_other);
}

static inline void model_run_vjp(struct model_run *run) {
    for (size_t i = 0; i < run->model->output_count; i++)
        run->y_other[i] = 1;
    run->model->vjp(run->model->context, run->model->x, run->x_other, run->y, run->y_other);
}

/* Seconds of one call: the best of several rounds, each long enough for the clock. */
static inline double model_seconds(struct model_run *run, void (*call)(struct model_run *run)) {
    double best = INFINITY;
    long count = 1;
    for (int round = 0; round < 12; round++) {
        clock_t start = clock();
        for (long i = 0; i < count; i++)
            call(run);
        double seconds = (double)(clock() - start) / CLOCKS_PER_SEC;
        if (seconds < 0.01)
            count *= 4, round--;
        else
            best = fmin(best, seconds / (double)count);
    }
    return best;
}

static inline void model_time(const struct model *model) {
    struct model_run run = {model, model_vector(model->output_count), model_vector(model->output_count),
                            model_vector(model->input_count)};
    double primal = model_seconds(&run, model_run_primal);
    double jvp = model_seconds(&run, model_run_jvp), vjp = model_seconds(&run, model_run_vjp);
    printf("%-12s %6zu inputs %6zu outputs %12.2f us %8.2f %8.2f\n", model->name, model->input_count,
           model->output_count, 1e6 * primal, jvp / primal, vjp / primal);
    free(run.y);
    free(run.y_other);
    free(run.x_other);
}

#endif
