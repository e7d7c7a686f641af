#include "bench.h"

#include <malloc.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* ---- memory: what the linker's --wrap sends here ---------------------------------------------------- */

void *__real_malloc(size_t bytes);
void *__real_calloc(size_t count, size_t bytes);
void *__real_realloc(void *old, size_t bytes);
void __real_free(void *p);
void *__wrap_malloc(size_t bytes);
void *__wrap_calloc(size_t count, size_t bytes);
void *__wrap_realloc(void *old, size_t bytes);
void __wrap_free(void *p);

static size_t in_use, peak;

static void *counted(void *p) {
    in_use += p ? malloc_usable_size(p) : 0;
    if (in_use > peak)
        peak = in_use;
    return p;
}

void *__wrap_malloc(size_t bytes) {
    return counted(__real_malloc(bytes));
}

void *__wrap_calloc(size_t count, size_t bytes) {
    return counted(__real_calloc(count, bytes));
}

void *__wrap_realloc(void *old, size_t bytes) {
    size_t before = old ? malloc_usable_size(old) : 0;
    void *p = __real_realloc(old, bytes);
    if (p)
        in_use -= before;
    return p ? counted(p) : NULL;
}

void __wrap_free(void *p) {
    in_use -= p ? malloc_usable_size(p) : 0;
    __real_free(p);
}

/* ---- data ------------------------------------------------------------------------------------------- */

struct bench_random bench_seed(unsigned seed) {
    return (struct bench_random){seed * UINT64_C(0x9E3779B97F4A7C15) + UINT64_C(0xD1B54A32D192ED03)};
}

/* xorshift64* */
double bench_uniform(struct bench_random *random, double low, double high) {
    random->state ^= random->state >> 12;
    random->state ^= random->state << 25;
    random->state ^= random->state >> 27;
    uint64_t bits = (random->state * UINT64_C(0x2545F4914F6CDD1D)) >> 32;
    return low + (high - low) * (double)bits / 4294967296.0;
}

double *bench_vector(size_t count) {
    double *x = calloc(count + 1, sizeof *x);
    if (x == NULL)
        abort();
    return x;
}

double *bench_random_vector(struct bench_random *random, size_t count, double low, double high) {
    double *x = bench_vector(count);
    for (size_t i = 0; i < count; i++)
        x[i] = bench_uniform(random, low, high);
    return x;
}

/* ---- runs ------------------------------------------------------------------------------------------- */

enum variant { PRIMAL, HAND, CGRAD, ADOLC, VARIANTS };

static const char *const variant_names[VARIANTS] = {"primal", "hand", "cgrad", "adolc"};

struct measured {
    double seconds[VARIANTS]; /* 0: there is none */
    size_t bytes[VARIANTS];
};

static int disagreed;

static void (*derivative_of(const struct bench_case *bench, enum variant variant))(void *, double *) {
    switch (variant) {
    case HAND: return bench->hand;
    case CGRAD: return bench->cgrad;
    case ADOLC: return bench->adolc;
    case PRIMAL:
    case VARIANTS: break;
    }
    return NULL;
}

static int has(const struct bench_case *bench, enum variant variant) {
    return variant == PRIMAL || derivative_of(bench, variant) != NULL;
}

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}

/* Seconds of one run. */
static double run(const struct bench_case *bench, enum variant variant, double *derivative) {
    void (*call)(void *, double *) = derivative_of(bench, variant);
    memset(derivative, 0, bench->count * sizeof *derivative);
    if (bench->prepare)
        bench->prepare(bench->problem);
    double start = now();
    if (call)
        call(bench->problem, derivative);
    else
        bench->primal(bench->problem);
    return now() - start;
}

/* Peak of what one run allocates. */
static size_t run_bytes(const struct bench_case *bench, enum variant variant, double *derivative) {
    size_t before = in_use;
    peak = in_use;
    run(bench, variant, derivative);
    return peak - before;
}

/* The largest difference, relative to the largest entry. */
static double distance(size_t count, const double *got, const double *want) {
    double largest = 0, scale = 0;
    for (size_t i = 0; i < count; i++) {
        if (!(fabs(got[i] - want[i]) <= largest))
            largest = fabs(got[i] - want[i]);
        scale = fmax(scale, fabs(want[i]));
    }
    return scale > 0 ? largest / scale : largest;
}

static void check(const char *problem, const struct bench_case *bench, double *want, double *got) {
    run(bench, HAND, want);
    for (enum variant variant = CGRAD; variant < VARIANTS; variant++) {
        if (!has(bench, variant))
            continue;
        run(bench, variant, got);
        double error = distance(bench->count, got, want);
        if (error <= 1e-9)
            continue;
        disagreed++;
        fprintf(stderr, "%s, %s: the derivative by %s differs from that by hand by %.1e\n", problem, bench->size,
                variant_names[variant], error);
    }
}

static void measure(const struct bench_case *bench, double *derivative, struct measured *measured) {
    const char *wanted = getenv("BENCH_SECONDS");
    double end = now() + (wanted ? atof(wanted) : 1.0);
    for (enum variant variant = PRIMAL; variant < VARIANTS; variant++)
        measured->bytes[variant] = has(bench, variant) ? run_bytes(bench, variant, derivative) : 0;
    for (int round = 0; round < 5 || now() < end; round++) {
        for (enum variant variant = PRIMAL; variant < VARIANTS; variant++) {
            if (!has(bench, variant))
                continue;
            double seconds = run(bench, variant, derivative);
            if (round == 0 || seconds < measured->seconds[variant])
                measured->seconds[variant] = seconds;
        }
    }
}

void bench_run(const char *problem, const struct bench_case *bench) {
    double *want = bench_vector(bench->count), *got = bench_vector(bench->count);
    struct measured measured = {{0}, {0}};
    check(problem, bench, want, got);
    measure(bench, got, &measured);
    free(want);
    free(got);
    printf("{\"problem\": \"%s\", \"size\": \"%s\"", problem, bench->size);
    for (enum variant variant = PRIMAL; variant < VARIANTS; variant++)
        if (has(bench, variant)) {
            long long added = (long long)measured.bytes[variant] - (long long)measured.bytes[PRIMAL];
            printf(", \"%s_seconds\": %.9g, \"%s_bytes\": %lld", variant_names[variant], measured.seconds[variant],
                   variant_names[variant], added > 0 ? added : 0);
        }
    printf("}\n");
    fflush(stdout);
}

int bench_finish(void) {
    return disagreed ? 1 : 0;
}
