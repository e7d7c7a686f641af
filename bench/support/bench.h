/* bench: times derivatives of a model against its primal, in one process (scripts/bench.py builds and runs the drivers).
 *
 * A driver, bench/NAME/time.c, describes each size of its problem as a struct bench_case and hands it to bench_run, which
 *
 *   checks that all derivatives agree,
 *   measures the memory that each takes beyond the primal: the peak of what malloc handed out (the drivers are linked with
 *   --wrap, so that allocations are counted),
 *   times all of them in turn, round by round, and keeps the shortest time of each.
 *
 * One line of JSON goes to standard output for each case. */
#ifndef BENCH_H
#define BENCH_H

#include <stddef.h>
#include <stdint.h>

struct bench_case {
    const char *size;            /* in words: "n 1000" */
    void *problem;               /* passed to the functions */
    size_t count;                /* length of the derivative */
    void (*prepare)(void *);     /* puts back what a run destroys (seeds, arrays in place); not timed; may be NULL */
    void (*primal)(void *);
    /* These add to `derivative`, which is zero before each run, or overwrite it. */
    void (*hand)(void *, double *derivative);
    void (*cgrad)(void *, double *derivative);
    void (*adolc)(void *, double *derivative); /* NULL: not written */
};

/* `problem` is the name of the row: a driver may have several. */
void bench_run(const char *problem, const struct bench_case *bench);
/* 0 if all derivatives agreed. */
int bench_finish(void);

/* ---- data: the same in every run ------------------------------------------------------------------- */

struct bench_random {
    uint64_t state;
};

struct bench_random bench_seed(unsigned seed);
double bench_uniform(struct bench_random *random, double low, double high);
/* Fresh arrays; they live as long as the process. */
double *bench_vector(size_t count);
double *bench_random_vector(struct bench_random *random, size_t count, double low, double high);

#endif
