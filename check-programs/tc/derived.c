#include "tc_grad.h"
#include "numbers.h"
#include "check_program.h"
#include <pthread.h>
#include <string.h>
#include "arguments.h"

void primal_choose(unsigned seed, const number_t *flat, number_t *after, number_t *seen);
void reread_choose(unsigned seed, const number_t *flat, number_t *after, number_t *seen);
void precise_choose(unsigned seed, const number_t *flat, number_t *after, number_t *seen);

static void choose_vjp_flat(unsigned seed, const number_t *flat, number_t *bar_flat, number_t *seen) {
    struct choose_arguments args;
    choose_open(&args);
    choose_initialize(&args, seed);
    choose_write(&args, flat);
    struct choose_arguments bar;
    choose_open(&bar);
    choose_write(&bar, bar_flat);
    args.returned = choose_vjp(args.x, &bar.x, bar.returned);
    choose_observe(&args, seen);
    choose_read(&bar, bar_flat);
    choose_close(&bar);
    choose_close(&args);
}

struct choose_task {
    struct choose_arguments *args, *bar;
    const cgrad_record *record;
};
static void *choose_reverse(void *context) {
    struct choose_task *task = context;
    struct choose_arguments args = *task->args, bar = *task->bar;
    choose_rev(args.x, &bar.x, bar.returned, task->record);
    *task->bar = bar;
    return NULL;
}

static void choose_split_flat(unsigned seed, const number_t *flat, number_t *bar_flat, number_t *other_flat, number_t *seen) {
    struct choose_arguments args;
    choose_open(&args);
    choose_initialize(&args, seed);
    choose_write(&args, flat);
    struct choose_arguments bar;
    choose_open(&bar);
    choose_write(&bar, bar_flat);
    struct choose_arguments other;
    choose_open(&other);
    choose_write(&other, other_flat);
    cgrad_record record = {0};
    args.returned = choose_fwd(args.x, &record);
    struct choose_task task = {&args, &bar, &record}, other_task = {&args, &other, &record};
    pthread_t thread;
    if (pthread_create(&thread, NULL, choose_reverse, &other_task))
        abort();
    choose_reverse(&task);
    pthread_join(thread, NULL);
    cgrad_record_free(&record);
    choose_observe(&args, seen);
    choose_read(&bar, bar_flat);
    choose_close(&bar);
    choose_read(&other, other_flat);
    choose_close(&other);
    choose_close(&args);
}

static size_t choose_size(void) {
    struct choose_arguments args_storage, *args = &args_storage;
    choose_open(args);
    number_t *flat = number_vector(1 << 16);
    size_t n = choose_read(args, flat);
    free(flat);
    choose_close(args);
    return n;
}

static size_t choose_observed(void) {
    struct choose_arguments args_storage, *args = &args_storage;
    choose_open(args);
    number_t *flat = number_vector(1 << 16);
    size_t n = choose_observe(args, flat);
    free(flat);
    choose_close(args);
    return n;
}

static void choose_roles(enum role *roles) {
    struct choose_arguments args_storage, *args = &args_storage;
    choose_open(args);
    size_t n = 0;
    roles[n++] = ROLE_IN;
    roles[n++] = ROLE_RETURNED;
    choose_close(args);
}

static void choose_start(unsigned seed, number_t *flat) {
    struct choose_arguments args_storage, *args = &args_storage;
    choose_open(args);
    choose_initialize(args, seed);
    choose_read(args, flat);
    choose_close(args);
}

const struct subject subjects[] = {
    {"choose", choose_size, choose_observed, choose_roles, choose_start, primal_choose, NULL, precise_choose, NULL, choose_vjp_flat, choose_split_flat, NULL, 1, 1e-12L, 1e-7L, 3, 1},
};
const size_t subject_count = 1;
