/* check_program: checks the derivative functions of one test program in every mode that they were requested
 * in.
 *
 *   values      every mode leaves what the primal leaves, and prints what it prints, bit by bit
 *   jvp         agrees with differences of the same source in long double
 *   vjp         agrees with jvp (the dot-product identity) and, with the adjoints of values on entry, with
 * differences vjp         adds to the adjoints of independents; leaves zero in those of values only written
 *   split       agrees with vjp, for two seeds with one record
 *   grad        agrees with vjp for the seed 1, whatever was in the adjoints before, and takes NULL
 */
#define _POSIX_C_SOURCE 200809L
#include "check_program.h"
#include "numbers.h"

#include <string.h>
#include <unistd.h>

struct trial {
    struct number_checks *checks;
    const struct subject *subject;
    unsigned seed;
    size_t size, observed;
    enum role *roles;
    long double *start, *seen; /* the input; what the primal leaves */
    long double *seed_bar,
        *before;            /* the seed, with what was in the adjoints before where they are accumulated */
    long double *direction; /* over independents */
    long double *whole;     /* over independents and the entry values of dependents */
};

/* ---- what is printed ------------------------------------------------------------------------------ */

struct capture {
    int saved;
    FILE *file;
};

static struct capture capture_begin(void) {
    fflush(stdout);
    struct capture capture = {dup(1), tmpfile()};
    if (capture.file == NULL || capture.saved < 0)
        abort();
    dup2(fileno(capture.file), 1);
    return capture;
}

static char *capture_end(struct capture capture) {
    fflush(stdout);
    dup2(capture.saved, 1);
    close(capture.saved);
    long size = lseek(fileno(capture.file), 0, SEEK_END);
    char *text = calloc((size_t)size + 1, 1);
    if (text == NULL || pread(fileno(capture.file), text, (size_t)size, 0) != size)
        abort();
    fclose(capture.file);
    return text;
}

/* ---- helpers -------------------------------------------------------------------------------------- */

static bool is_independent(enum role role) {
    return role == ROLE_IN || role == ROLE_INOUT;
}
static bool is_dependent(enum role role) {
    return role != ROLE_IN;
}
static bool has_entry_value(enum role role) {
    return role != ROLE_RETURNED;
}

static char *label(const struct trial *trial, const char *what) {
    static char text[256];
    snprintf(text, sizeof text, "%s, trial %u: %s", trial->subject->name, trial->seed, what);
    return text;
}

/* Copies of the elements whose role the filter accepts; zero elsewhere. */
static long double *filtered(const struct trial *trial, const long double *flat, bool (*filter)(enum role)) {
    long double *copy = number_vector(trial->size);
    for (size_t i = 0; i < trial->size; i++)
        copy[i] = filter(trial->roles[i]) ? flat[i] : 0;
    return copy;
}

static void check_seen(struct trial *trial, const char *what, const long double *seen) {
    if (!trial->subject->same_bits) {
        number_close_all(trial->checks, label(trial, what), trial->observed, seen, trial->seen, 1e-14L);
        return;
    }
    bool same = true;
    for (size_t i = 0; i < trial->observed; i++)
        if (!(seen[i] == trial->seen[i] || (isnan(seen[i]) && isnan(trial->seen[i])))) {
            fprintf(stderr, "element %zu: %.20Lg instead of %.20Lg\n", i, seen[i], trial->seen[i]);
            same = false;
        }
    number_check(trial->checks, label(trial, what), same);
}

static void evaluate_precise(void *context, const long double *x, long double *y) {
    struct trial *trial = context;
    long double *seen = number_vector(trial->observed);
    trial->subject->precise(trial->seed, x, y, seen);
    free(seen);
}

/* Derivative of what the function leaves in the flat vector, along `direction`: dependents only. */
static long double *differences(struct trial *trial, const long double *direction) {
    long double *all = number_vector(trial->size);
    number_difference(evaluate_precise, trial, trial->size, trial->start, direction, trial->size, all);
    long double *dependents = filtered(trial, all, is_dependent);
    free(all);
    return dependents;
}

/* What the adjoint sweep made of `bar`: without what had been in it where it only adds. */
static long double *gained(const struct trial *trial, const long double *bar) {
    long double *gain = filtered(trial, bar, has_entry_value);
    for (size_t i = 0; i < trial->size; i++)
        if (trial->roles[i] == ROLE_IN)
            gain[i] -= trial->before[i];
    return gain;
}

/* ---- the modes ------------------------------------------------------------------------------------ */

static void check_primal(struct trial *trial) {
    const struct subject *subject = trial->subject;
    long double *after = number_vector(trial->size), *precise = number_vector(trial->size);
    long double *again = number_vector(trial->size), *seen = number_vector(trial->observed);
    subject->primal(trial->seed, trial->start, after, trial->seen);
    subject->precise(trial->seed, trial->start, precise, seen);
    number_close_all(trial->checks, label(trial, "primal in its own precision and in long double"),
                     trial->size, after, precise, subject->difference_tolerance);
    if (subject->reread) {
        subject->reread(trial->seed, trial->start, again, seen);
        check_seen(trial, "values of the program emitted again", seen);
    }
    free(after);
    free(precise);
    free(again);
    free(seen);
}

static long double *check_jvp(struct trial *trial) {
    long double *dot = number_vector(trial->size), *seen = number_vector(trial->observed);
    for (size_t i = 0; i < trial->size; i++)
        dot[i] = trial->roles[i] == ROLE_OUT || trial->roles[i] == ROLE_RETURNED ? (long double)NAN
                 : trial->roles[i] == ROLE_ACCUMULATE                            ? 0
                                                                                 : trial->direction[i];
    trial->subject->jvp(trial->seed, trial->start, dot, seen);
    check_seen(trial, "values after jvp", seen);
    bool unchanged = true;
    for (size_t i = 0; i < trial->size; i++)
        if (trial->roles[i] == ROLE_IN && dot[i] != trial->direction[i])
            unchanged = false;
    number_check(trial->checks, label(trial, "jvp leaves the tangents of pure inputs"), unchanged);
    long double *result = filtered(trial, dot, is_dependent), *want = differences(trial, trial->direction);
    number_close_all(trial->checks, label(trial, "jvp against differences"), trial->size, result, want,
                     trial->subject->difference_tolerance);
    free(dot);
    free(seen);
    free(want);
    return result;
}

static void check_identity(struct trial *trial, const char *what, const long double *gain,
                           const long double *direction, const long double *tangent, long double tolerance) {
    long double *seed = filtered(trial, trial->seed_bar, is_dependent);
    long double scale =
        fmaxl(number_dot_scale(trial->size, gain, direction), number_dot_scale(trial->size, seed, tangent));
    number_close(trial->checks, label(trial, what), number_dot(trial->size, gain, direction),
                 number_dot(trial->size, seed, tangent), scale, tolerance);
    free(seed);
}

static long double *check_vjp(struct trial *trial, const long double *tangent) {
    long double *bar = number_vector(trial->size), *seen = number_vector(trial->observed);
    memcpy(bar, trial->seed_bar, trial->size * sizeof *bar);
    trial->subject->vjp(trial->seed, trial->start, bar, seen);
    if (with_values)
        check_seen(trial, "values after vjp", seen);
    long double *gain = gained(trial, bar), *want = differences(trial, trial->whole);
    if (tangent)
        check_identity(trial, "vjp against jvp", gain, trial->direction, tangent,
                       trial->subject->identity_tolerance);
    check_identity(trial, "vjp against differences", gain, trial->whole, want,
                   trial->subject->difference_tolerance);
    bool zero = true;
    for (size_t i = 0; i < trial->size; i++)
        if (trial->roles[i] == ROLE_OUT && bar[i] != 0)
            zero = false;
    number_check(trial->checks, label(trial, "vjp leaves zero in adjoints of values only written"), zero);
    free(gain);
    free(seen);
    free(want);
    return bar;
}

static void check_split(struct trial *trial, struct number_random *random) {
    const struct subject *subject = trial->subject;
    long double *bar = number_vector(trial->size), *other = number_vector(trial->size);
    long double *want = number_vector(trial->size), *other_want = number_vector(trial->size);
    long double *seen = number_vector(trial->observed), *ignored = number_vector(trial->observed);
    number_fill(random, trial->size, other, -1, 1);
    memcpy(bar, trial->seed_bar, trial->size * sizeof *bar);
    memcpy(want, trial->seed_bar, trial->size * sizeof *bar);
    memcpy(other_want, other, trial->size * sizeof *bar);
    subject->split(trial->seed, trial->start, bar, other, seen);
    check_seen(trial, "values after fwd and rev", seen);
    if (subject->vjp) {
        subject->vjp(trial->seed, trial->start, want, ignored);
        subject->vjp(trial->seed, trial->start, other_want, ignored);
        number_close_all(trial->checks, label(trial, "rev against vjp"), trial->size, bar, want,
                         subject->identity_tolerance);
        number_close_all(trial->checks, label(trial, "rev again, with another seed, against vjp"),
                         trial->size, other, other_want, subject->identity_tolerance);
    } else {
        long double *gain = gained(trial, bar), *differ = differences(trial, trial->whole);
        check_identity(trial, "rev against differences", gain, trial->whole, differ,
                       subject->difference_tolerance);
        free(gain);
        free(differ);
    }
    free(bar);
    free(other);
    free(want);
    free(other_want);
    free(seen);
    free(ignored);
}

static void check_grad(struct trial *trial) {
    const struct subject *subject = trial->subject;
    long double *bar = number_vector(trial->size), *part = number_vector(trial->size);
    long double *seen = number_vector(trial->observed);
    for (size_t i = 0; i < trial->size; i++)
        bar[i] = (long double)NAN;
    subject->grad(trial->seed, trial->start, -1, bar, seen);
    if (with_values)
        check_seen(trial, "values after grad", seen);
    long double *gradient = filtered(trial, bar, is_independent),
                *tangent = differences(trial, trial->direction);
    long double slope = 0;
    for (size_t i = 0; i < trial->size; i++)
        slope += tangent[i];
    number_close(trial->checks, label(trial, "grad against differences"),
                 number_dot(trial->size, gradient, trial->direction), slope,
                 number_dot_scale(trial->size, gradient, trial->direction), subject->difference_tolerance);
    if (subject->vjp) {
        for (size_t i = 0; i < trial->size; i++)
            part[i] = is_dependent(trial->roles[i]) ? 1 : 0;
        subject->vjp(trial->seed, trial->start, part, seen);
        long double *want = filtered(trial, part, is_independent);
        number_close_all(trial->checks, label(trial, "grad against vjp"), trial->size, gradient, want,
                         subject->identity_tolerance);
        free(want);
    }
    for (int unwanted = -2; unwanted < subject->independent_count; unwanted++) {
        if (unwanted == -1)
            continue;
        for (size_t i = 0; i < trial->size; i++)
            part[i] = gradient[i]; /* the unwanted ones are not written: they stay */
        subject->grad(trial->seed, trial->start, unwanted, part, seen);
        if (with_values)
            check_seen(trial, "values after grad with NULL", seen);
        number_close_all(trial->checks, label(trial, "grad with NULL"), trial->size, part, gradient,
                         subject->identity_tolerance);
    }
    free(bar);
    free(part);
    free(seen);
    free(gradient);
    free(tangent);
}

static void check_printed(struct trial *trial) {
    const struct subject *subject = trial->subject;
    long double *flat = number_vector(trial->size), *other = number_vector(trial->size);
    long double *seen = number_vector(trial->observed);
    char *texts[6] = {NULL};
    const char *names[6] = {"primal",         "prints of jvp",
                            "prints of vjp",  "prints of fwd and rev",
                            "prints of grad", "prints of the program emitted again"};
    for (int mode = 0; mode < 6; mode++) {
        struct capture capture = capture_begin();
        bool ran = true;
        if (mode == 0)
            subject->primal(trial->seed, trial->start, flat, seen);
        else if (mode == 1 && subject->jvp)
            subject->jvp(trial->seed, trial->start, flat, seen);
        else if (mode == 2 && subject->vjp)
            subject->vjp(trial->seed, trial->start, flat, seen);
        else if (mode == 3 && subject->split)
            subject->split(trial->seed, trial->start, flat, other, seen);
        else if (mode == 4 && subject->grad)
            subject->grad(trial->seed, trial->start, -1, flat, seen);
        else if (mode == 5 && subject->reread)
            subject->reread(trial->seed, trial->start, flat, seen);
        else
            ran = false;
        texts[mode] = capture_end(capture);
        if (ran && mode > 0)
            number_check(trial->checks, label(trial, names[mode]), strcmp(texts[mode], texts[0]) == 0);
    }
    for (int mode = 0; mode < 6; mode++)
        free(texts[mode]);
    free(flat);
    free(other);
    free(seen);
}

/* ---- a trial -------------------------------------------------------------------------------------- */

static void run_modes(struct trial *trial, struct number_random *random) {
    const struct subject *subject = trial->subject;
    check_primal(trial);
    struct capture capture = capture_begin();
    long double *tangent = subject->jvp ? check_jvp(trial) : NULL;
    if (subject->vjp)
        free(check_vjp(trial, tangent));
    if (subject->split)
        check_split(trial, random);
    if (subject->grad)
        check_grad(trial);
    free(tangent);
    free(capture_end(capture));
    check_printed(trial);
}

static void run_trial(struct number_checks *checks, const struct subject *subject, unsigned seed) {
    struct number_random random = number_seed(seed + 77);
    struct trial trial = {checks, subject, seed, subject->size(), subject->observed(), NULL, NULL, NULL, NULL,
                          NULL,   NULL,    NULL};
    trial.roles = calloc(trial.size + 1, sizeof *trial.roles);
    if (trial.roles == NULL)
        abort();
    subject->roles(trial.roles);
    trial.start = number_vector(trial.size);
    subject->start(seed, trial.start);
    trial.seen = number_vector(trial.observed);
    trial.seed_bar = number_vector(trial.size);
    number_fill(&random, trial.size, trial.seed_bar, -1, 1);
    long double *any = number_vector(trial.size);
    number_fill(&random, trial.size, any, -1, 1);
    trial.before = filtered(&trial, trial.seed_bar, is_independent);
    trial.direction = filtered(&trial, any, is_independent);
    trial.whole = filtered(&trial, any, has_entry_value);
    run_modes(&trial, &random);
    free(any);
    free(trial.roles);
    free(trial.start);
    free(trial.seen);
    free(trial.seed_bar);
    free(trial.before);
    free(trial.direction);
    free(trial.whole);
}

int main(void) {
    struct number_checks checks = {0, 0};
    for (size_t s = 0; s < subject_count; s++)
        for (unsigned trial = 1; trial <= subjects[s].trials; trial++)
            run_trial(&checks, &subjects[s], trial);
    return number_finish(&checks);
}
