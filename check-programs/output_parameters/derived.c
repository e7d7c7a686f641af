#include "output_parameters_grad.h"
#include "numbers.h"
#include "check_program.h"
#include <pthread.h>
#include <string.h>
#include "arguments.h"

void primal_polar(unsigned seed, const number_t *flat, number_t *after, number_t *seen);
void reread_polar(unsigned seed, const number_t *flat, number_t *after, number_t *seen);
void precise_polar(unsigned seed, const number_t *flat, number_t *after, number_t *seen);

static void polar_jvp_flat(unsigned seed, const number_t *flat, number_t *dot_flat, number_t *seen) {
    struct polar_arguments args;
    polar_open(&args);
    polar_initialize(&args, seed);
    polar_write(&args, flat);
    struct polar_arguments dot;
    polar_open(&dot);
    polar_write(&dot, dot_flat);
    polar_jvp(args.x, dot.x, args.y, dot.y, *args.r, *dot.r, *args.phi, *dot.phi);
    polar_observe(&args, seen);
    polar_read(&dot, dot_flat);
    polar_close(&dot);
    polar_close(&args);
}

static void polar_vjp_flat(unsigned seed, const number_t *flat, number_t *bar_flat, number_t *seen) {
    struct polar_arguments args;
    polar_open(&args);
    polar_initialize(&args, seed);
    polar_write(&args, flat);
    struct polar_arguments bar;
    polar_open(&bar);
    polar_write(&bar, bar_flat);
    polar_vjp(args.x, &bar.x, args.y, &bar.y, *args.r, *bar.r, *args.phi, *bar.phi);
    polar_observe(&args, seen);
    polar_read(&bar, bar_flat);
    polar_close(&bar);
    polar_close(&args);
}

struct polar_task {
    struct polar_arguments *args, *bar;
    const cgrad_record *record;
};
static void *polar_reverse(void *context) {
    struct polar_task *task = context;
    struct polar_arguments args = *task->args, bar = *task->bar;
    polar_rev(args.x, &bar.x, args.y, &bar.y, *args.r, *bar.r, *args.phi, *bar.phi, task->record);
    *task->bar = bar;
    return NULL;
}

static void polar_split_flat(unsigned seed, const number_t *flat, number_t *bar_flat, number_t *other_flat, number_t *seen) {
    struct polar_arguments args;
    polar_open(&args);
    polar_initialize(&args, seed);
    polar_write(&args, flat);
    struct polar_arguments bar;
    polar_open(&bar);
    polar_write(&bar, bar_flat);
    struct polar_arguments other;
    polar_open(&other);
    polar_write(&other, other_flat);
    cgrad_record record = {0};
    polar_fwd(args.x, args.y, *args.r, *args.phi, &record);
    struct polar_task task = {&args, &bar, &record}, other_task = {&args, &other, &record};
    pthread_t thread;
    if (pthread_create(&thread, NULL, polar_reverse, &other_task))
        abort();
    polar_reverse(&task);
    pthread_join(thread, NULL);
    cgrad_record_free(&record);
    polar_observe(&args, seen);
    polar_read(&bar, bar_flat);
    polar_close(&bar);
    polar_read(&other, other_flat);
    polar_close(&other);
    polar_close(&args);
}

static size_t polar_size(void) {
    struct polar_arguments args_storage, *args = &args_storage;
    polar_open(args);
    number_t *flat = number_vector(1 << 16);
    size_t n = polar_read(args, flat);
    free(flat);
    polar_close(args);
    return n;
}

static size_t polar_observed(void) {
    struct polar_arguments args_storage, *args = &args_storage;
    polar_open(args);
    number_t *flat = number_vector(1 << 16);
    size_t n = polar_observe(args, flat);
    free(flat);
    polar_close(args);
    return n;
}

static void polar_roles(enum role *roles) {
    struct polar_arguments args_storage, *args = &args_storage;
    polar_open(args);
    size_t n = 0;
    roles[n++] = ROLE_IN;
    roles[n++] = ROLE_IN;
    for (size_t i0 = 0; i0 < (size_t)(1); i0++) {
        roles[n++] = ROLE_OUT;
    }
    for (size_t i0 = 0; i0 < (size_t)(1); i0++) {
        roles[n++] = ROLE_OUT;
    }
    polar_close(args);
}

static void polar_start(unsigned seed, number_t *flat) {
    struct polar_arguments args_storage, *args = &args_storage;
    polar_open(args);
    polar_initialize(args, seed);
    polar_read(args, flat);
    polar_close(args);
}

void primal_statistics(unsigned seed, const number_t *flat, number_t *after, number_t *seen);
void reread_statistics(unsigned seed, const number_t *flat, number_t *after, number_t *seen);
void precise_statistics(unsigned seed, const number_t *flat, number_t *after, number_t *seen);

static void statistics_jvp_flat(unsigned seed, const number_t *flat, number_t *dot_flat, number_t *seen) {
    struct statistics_arguments args;
    statistics_open(&args);
    statistics_initialize(&args, seed);
    statistics_write(&args, flat);
    struct statistics_arguments dot;
    statistics_open(&dot);
    statistics_write(&dot, dot_flat);
    args.returned = statistics_jvp(args.n, *args.x, *dot.x, *args.mean, *dot.mean, *args.variance, *dot.variance, &dot.returned);
    statistics_observe(&args, seen);
    statistics_read(&dot, dot_flat);
    statistics_close(&dot);
    statistics_close(&args);
}

static void statistics_vjp_flat(unsigned seed, const number_t *flat, number_t *bar_flat, number_t *seen) {
    struct statistics_arguments args;
    statistics_open(&args);
    statistics_initialize(&args, seed);
    statistics_write(&args, flat);
    struct statistics_arguments bar;
    statistics_open(&bar);
    statistics_write(&bar, bar_flat);
    args.returned = statistics_vjp(args.n, *args.x, *bar.x, *args.mean, *bar.mean, *args.variance, *bar.variance, bar.returned);
    statistics_observe(&args, seen);
    statistics_read(&bar, bar_flat);
    statistics_close(&bar);
    statistics_close(&args);
}

struct statistics_task {
    struct statistics_arguments *args, *bar;
    const cgrad_record *record;
};
static void *statistics_reverse(void *context) {
    struct statistics_task *task = context;
    struct statistics_arguments args = *task->args, bar = *task->bar;
    statistics_rev(args.n, *args.x, *bar.x, *args.mean, *bar.mean, *args.variance, *bar.variance, bar.returned, task->record);
    *task->bar = bar;
    return NULL;
}

static void statistics_split_flat(unsigned seed, const number_t *flat, number_t *bar_flat, number_t *other_flat, number_t *seen) {
    struct statistics_arguments args;
    statistics_open(&args);
    statistics_initialize(&args, seed);
    statistics_write(&args, flat);
    struct statistics_arguments bar;
    statistics_open(&bar);
    statistics_write(&bar, bar_flat);
    struct statistics_arguments other;
    statistics_open(&other);
    statistics_write(&other, other_flat);
    cgrad_record record = {0};
    args.returned = statistics_fwd(args.n, *args.x, *args.mean, *args.variance, &record);
    struct statistics_task task = {&args, &bar, &record}, other_task = {&args, &other, &record};
    pthread_t thread;
    if (pthread_create(&thread, NULL, statistics_reverse, &other_task))
        abort();
    statistics_reverse(&task);
    pthread_join(thread, NULL);
    cgrad_record_free(&record);
    statistics_observe(&args, seen);
    statistics_read(&bar, bar_flat);
    statistics_close(&bar);
    statistics_read(&other, other_flat);
    statistics_close(&other);
    statistics_close(&args);
}

static size_t statistics_size(void) {
    struct statistics_arguments args_storage, *args = &args_storage;
    statistics_open(args);
    number_t *flat = number_vector(1 << 16);
    size_t n = statistics_read(args, flat);
    free(flat);
    statistics_close(args);
    return n;
}

static size_t statistics_observed(void) {
    struct statistics_arguments args_storage, *args = &args_storage;
    statistics_open(args);
    number_t *flat = number_vector(1 << 16);
    size_t n = statistics_observe(args, flat);
    free(flat);
    statistics_close(args);
    return n;
}

static void statistics_roles(enum role *roles) {
    struct statistics_arguments args_storage, *args = &args_storage;
    statistics_open(args);
    size_t n = 0;
    for (size_t i0 = 0; i0 < (size_t)(5); i0++) {
        roles[n++] = ROLE_IN;
    }
    for (size_t i0 = 0; i0 < (size_t)(1); i0++) {
        roles[n++] = ROLE_OUT;
    }
    for (size_t i0 = 0; i0 < (size_t)(1); i0++) {
        roles[n++] = ROLE_OUT;
    }
    roles[n++] = ROLE_RETURNED;
    statistics_close(args);
}

static void statistics_start(unsigned seed, number_t *flat) {
    struct statistics_arguments args_storage, *args = &args_storage;
    statistics_open(args);
    statistics_initialize(args, seed);
    statistics_read(args, flat);
    statistics_close(args);
}

void primal_through(unsigned seed, const number_t *flat, number_t *after, number_t *seen);
void reread_through(unsigned seed, const number_t *flat, number_t *after, number_t *seen);
void precise_through(unsigned seed, const number_t *flat, number_t *after, number_t *seen);

static void through_jvp_flat(unsigned seed, const number_t *flat, number_t *dot_flat, number_t *seen) {
    struct through_arguments args;
    through_open(&args);
    through_initialize(&args, seed);
    through_write(&args, flat);
    struct through_arguments dot;
    through_open(&dot);
    through_write(&dot, dot_flat);
    args.returned = through_jvp(args.x, dot.x, &dot.returned);
    through_observe(&args, seen);
    through_read(&dot, dot_flat);
    through_close(&dot);
    through_close(&args);
}

static void through_vjp_flat(unsigned seed, const number_t *flat, number_t *bar_flat, number_t *seen) {
    struct through_arguments args;
    through_open(&args);
    through_initialize(&args, seed);
    through_write(&args, flat);
    struct through_arguments bar;
    through_open(&bar);
    through_write(&bar, bar_flat);
    args.returned = through_vjp(args.x, &bar.x, bar.returned);
    through_observe(&args, seen);
    through_read(&bar, bar_flat);
    through_close(&bar);
    through_close(&args);
}

struct through_task {
    struct through_arguments *args, *bar;
    const cgrad_record *record;
};
static void *through_reverse(void *context) {
    struct through_task *task = context;
    struct through_arguments args = *task->args, bar = *task->bar;
    through_rev(args.x, &bar.x, bar.returned, task->record);
    *task->bar = bar;
    return NULL;
}

static void through_split_flat(unsigned seed, const number_t *flat, number_t *bar_flat, number_t *other_flat, number_t *seen) {
    struct through_arguments args;
    through_open(&args);
    through_initialize(&args, seed);
    through_write(&args, flat);
    struct through_arguments bar;
    through_open(&bar);
    through_write(&bar, bar_flat);
    struct through_arguments other;
    through_open(&other);
    through_write(&other, other_flat);
    cgrad_record record = {0};
    args.returned = through_fwd(args.x, &record);
    struct through_task task = {&args, &bar, &record}, other_task = {&args, &other, &record};
    pthread_t thread;
    if (pthread_create(&thread, NULL, through_reverse, &other_task))
        abort();
    through_reverse(&task);
    pthread_join(thread, NULL);
    cgrad_record_free(&record);
    through_observe(&args, seen);
    through_read(&bar, bar_flat);
    through_close(&bar);
    through_read(&other, other_flat);
    through_close(&other);
    through_close(&args);
}

static void through_grad_flat(unsigned seed, const number_t *flat, int unwanted, number_t *bar_flat, number_t *seen) {
    struct through_arguments args;
    through_open(&args);
    through_initialize(&args, seed);
    through_write(&args, flat);
    struct through_arguments bar;
    through_open(&bar);
    through_write(&bar, bar_flat);
    args.returned = through_grad(args.x, unwanted != 0 && unwanted != -2 ? &bar.x : NULL);
    through_observe(&args, seen);
    through_read(&bar, bar_flat);
    through_close(&bar);
    through_close(&args);
}

static size_t through_size(void) {
    struct through_arguments args_storage, *args = &args_storage;
    through_open(args);
    number_t *flat = number_vector(1 << 16);
    size_t n = through_read(args, flat);
    free(flat);
    through_close(args);
    return n;
}

static size_t through_observed(void) {
    struct through_arguments args_storage, *args = &args_storage;
    through_open(args);
    number_t *flat = number_vector(1 << 16);
    size_t n = through_observe(args, flat);
    free(flat);
    through_close(args);
    return n;
}

static void through_roles(enum role *roles) {
    struct through_arguments args_storage, *args = &args_storage;
    through_open(args);
    size_t n = 0;
    roles[n++] = ROLE_IN;
    roles[n++] = ROLE_RETURNED;
    through_close(args);
}

static void through_start(unsigned seed, number_t *flat) {
    struct through_arguments args_storage, *args = &args_storage;
    through_open(args);
    through_initialize(args, seed);
    through_read(args, flat);
    through_close(args);
}

const struct subject subjects[] = {
    {"polar", polar_size, polar_observed, polar_roles, polar_start, primal_polar, NULL, precise_polar, polar_jvp_flat, polar_vjp_flat, polar_split_flat, NULL, 2, 1e-12L, 1e-7L, 3, 1},
    {"statistics", statistics_size, statistics_observed, statistics_roles, statistics_start, primal_statistics, NULL, precise_statistics, statistics_jvp_flat, statistics_vjp_flat, statistics_split_flat, NULL, 1, 1e-12L, 1e-7L, 3, 1},
    {"through", through_size, through_observed, through_roles, through_start, primal_through, NULL, precise_through, through_jvp_flat, through_vjp_flat, through_split_flat, through_grad_flat, 1, 1e-12L, 1e-7L, 3, 1},
};
const size_t subject_count = 3;
