/* numbers: what a numeric test needs: counted checks, reproducible random numbers, directional differences.
 *
 * All values are long double, which holds every float and double exactly. A check prints only when it fails;
 * a program ends with `return number_finish(&checks);`, which prints the line "N passed, N failed".
 */
#ifndef NUMBERS_H
#define NUMBERS_H

#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

typedef long double number_t; /* long double by a name that survives longdouble.h */

struct number_checks {
    long passed, failed;
};

static inline bool number_count(struct number_checks *checks, bool passed) {
    if (passed)
        checks->passed++;
    else
        checks->failed++;
    return passed;
}

static inline void number_check(struct number_checks *checks, const char *what, bool passed) {
    if (!number_count(checks, passed))
        fprintf(stderr, "FAILED %s\n", what);
}

static inline int number_finish(const struct number_checks *checks) {
    printf("%ld passed, %ld failed\n", checks->passed, checks->failed);
    return checks->failed == 0 && checks->passed > 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

/* |got - want| relative to the larger of the two and `scale`. NaN compares as infinitely wrong. */
static inline long double number_error(long double got, long double want, long double scale) {
    long double size = fmaxl(fmaxl(fabsl(got), fabsl(want)), scale), error = fabsl(got - want);
    if (isnan(error))
        return HUGE_VALL;
    return size == 0 ? 0 : error / size;
}

static inline void number_close(struct number_checks *checks, const char *what, long double got,
                                long double want, long double scale, long double tolerance) {
    long double error = number_error(got, want, scale);
    if (!number_count(checks, error <= tolerance))
        fprintf(stderr, "FAILED %s: got %.17Lg, want %.17Lg, relative error %.2Lg > %.2Lg\n", what, got, want,
                error, tolerance);
}

static inline long double number_norm(size_t count, const long double *x) {
    long double norm = 0;
    for (size_t i = 0; i < count; i++)
        norm = fmaxl(norm, fabsl(x[i]));
    return norm;
}

static inline long double number_dot(size_t count, const long double *x, const long double *y) {
    long double sum = 0;
    for (size_t i = 0; i < count; i++)
        sum += x[i] * y[i];
    return sum;
}

/* The sum of the absolute terms of the dot product: what its rounding error is relative to. */
static inline long double number_dot_scale(size_t count, const long double *x, const long double *y) {
    long double sum = 0;
    for (size_t i = 0; i < count; i++)
        sum += fabsl(x[i] * y[i]);
    return sum;
}

/* Element by element; elements far smaller than the largest are compared relative to a thousandth of that
 * one. One check. */
static inline void number_close_all(struct number_checks *checks, const char *what, size_t count,
                                    const long double *got, const long double *want, long double tolerance) {
    long double scale = number_norm(count, want) * 1e-3L, worst = 0;
    size_t at = 0;
    for (size_t i = 0; i < count; i++) {
        long double error = number_error(got[i], want[i], scale);
        if (error > worst) {
            worst = error;
            at = i;
        }
    }
    if (!number_count(checks, worst <= tolerance))
        fprintf(stderr, "FAILED %s: element %zu: got %.17Lg, want %.17Lg, relative error %.2Lg > %.2Lg\n",
                what, at, got[at], want[at], worst, tolerance);
}

/* ---- random numbers ----------------------------------------------------------------------------- */

struct number_random {
    uint64_t state;
};

static inline struct number_random number_seed(unsigned seed) {
    struct number_random random = {seed * UINT64_C(0x9E3779B97F4A7C15) + UINT64_C(0xD1B54A32D192ED03)};
    return random;
}

/* xorshift64*. Multiples of 2^-16 in [low, high]: exact in every precision, so that all of them see the same
 * input. */
static inline long double number_uniform(struct number_random *random, long double low, long double high) {
    random->state ^= random->state >> 12;
    random->state ^= random->state << 25;
    random->state ^= random->state >> 27;
    uint64_t bits = (random->state * UINT64_C(0x2545F4914F6CDD1D)) >> 32;
    return roundl((low + (high - low) * (long double)bits / 4294967296.0L) * 65536) / 65536;
}

static inline void number_fill(struct number_random *random, size_t count, long double *x, long double low,
                               long double high) {
    for (size_t i = 0; i < count; i++)
        x[i] = number_uniform(random, low, high);
}

/* ---- vectors -------------------------------------------------------------------------------------- */

static inline long double *number_vector(size_t count) {
    long double *x = calloc(count + 1, sizeof *x);
    if (x == NULL)
        abort();
    return x;
}

/* A new vector of the same values. It is declared before longdouble.h, so that `double` means double here. */
static inline long double *number_widen(size_t count, const double *x) {
    long double *wide = number_vector(count);
    for (size_t i = 0; i < count; i++)
        wide[i] = x[i];
    return wide;
}

/* ---- differences ---------------------------------------------------------------------------------- */

/* y = f(x), in long double. */
typedef void number_function(void *context, const long double *x, long double *y);

/* dy = (8 (f(x + h dx) - f(x - h dx)) - (f(x + 2h dx) - f(x - 2h dx))) / 12h */
static inline void number_difference_step(number_function *f, void *context, size_t n, const long double *x,
                                          const long double *dx, size_t m, long double *dy, long double h) {
    static const struct { long double step, weight; } points[] = {{1, 8}, {-1, -8}, {2, -1}, {-2, 1}};
    long double *moved = number_vector(n), *y = number_vector(m);
    for (size_t i = 0; i < m; i++)
        dy[i] = 0;
    for (size_t p = 0; p < 4; p++) {
        for (size_t i = 0; i < n; i++)
            moved[i] = x[i] + points[p].step * h * dx[i];
        f(context, moved, y);
        for (size_t i = 0; i < m; i++)
            dy[i] += points[p].weight * y[i] / (12 * h);
    }
    free(moved);
    free(y);
}

/* dy = f'(x) dx by differences of fourth order: of a range of steps, the one that agrees best with its
 * neighbour. */
static inline void number_difference(number_function *f, void *context, size_t n, const long double *x,
                                     const long double *dx, size_t m, long double *dy) {
    long double *previous = number_vector(m), *current = number_vector(m), best = HUGE_VALL;
    for (int exponent = -6; exponent >= -18; exponent -= 2) {
        number_difference_step(f, context, n, x, dx, m, current, ldexpl(1, exponent));
        long double change = 0, scale = number_norm(m, current) * 1e-3L;
        for (size_t i = 0; i < m; i++)
            change = fmaxl(change, number_error(current[i], previous[i], scale));
        if (exponent < -6 && (change < best || best == HUGE_VALL)) {
            best = change;
            for (size_t i = 0; i < m; i++)
                dy[i] = current[i];
        }
        for (size_t i = 0; i < m; i++)
            previous[i] = current[i];
    }
    free(previous);
    free(current);
}

#endif
