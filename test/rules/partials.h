/* What the program that partials.c writes has in common for all rows: partials against differences.
 *
 * The reference is the derivative of the long double function, by central differences with steps h, h/2, h/4,
 * h/8, h/16 extrapolated to h = 0 (Richardson). A partial passes if it is that up to the accuracy to expect
 * of its precision.
 */
#ifndef PARTIALS_H
#define PARTIALS_H

#include <float.h>
#include <math.h>
#include <stdbool.h>
#include <stdio.h>

#include <cgrad/cgrad.h>
#include <cgrad/special.h>

struct check {
    const char *function, *param_name;
    long double (*value)(const long double *at);
    long double (*partial)(const long double *at);
    int param, param_count;
    long double epsilon; /* of the function's precision */
    long double at[5];
    bool is_exact; /* a convention: compare with `exact`, to the bit or nearly */
    long double exact;
};

static long double difference(const struct check *check, const long double *at, long double step) {
    long double moved[5];
    for (int i = 0; i < check->param_count; i++)
        moved[i] = at[i];
    moved[check->param] = at[check->param] + step;
    const long double above = moved[check->param], upper = check->value(moved);
    moved[check->param] = at[check->param] - step;
    return (upper - check->value(moved)) / (above - moved[check->param]);
}

static long double derivative(const struct check *check, const long double *at) {
    enum { LEVELS = 5 };
    long double table[LEVELS][LEVELS];
    long double size = fabsl(at[check->param]), step = (size > 0 ? size : 1) / 256;
    for (int i = 0; i < LEVELS; i++, step /= 2) {
        long double power = 1;
        table[i][0] = difference(check, at, step);
        for (int k = 1; k <= i; k++) {
            power *= 4;
            table[i][k] = table[i][k - 1] + (table[i][k - 1] - table[i - 1][k - 1]) / (power - 1);
        }
    }
    return table[LEVELS - 1][LEVELS - 1];
}

/* The point as the function of this precision sees it. */
static long double round_to(long double value, long double epsilon) {
    return epsilon >= FLT_EPSILON ? (float)value : epsilon >= DBL_EPSILON ? (double)value : value;
}

static bool is_near(long double found, long double wanted, long double epsilon) {
    if (isnan(wanted) || isinf(wanted))
        return isnan(wanted) ? isnan(found) : found == wanted;
    const long double tolerance = epsilon * 64 > 2e-15L ? epsilon * 64 : 2e-15L;
    return fabsl(found - wanted) <= tolerance * (1 + fabsl(wanted));
}

static bool run_check(const struct check *check) {
    long double at[5];
    for (int i = 0; i < check->param_count; i++)
        at[i] = round_to(check->at[i], check->epsilon);
    const long double found = check->partial(at);
    const long double wanted = check->is_exact ? check->exact : derivative(check, at);
    if (is_near(found, wanted, check->epsilon))
        return true;
    printf("%s: partial by %s at (", check->function, check->param_name);
    for (int i = 0; i < check->param_count; i++)
        printf(i > 0 ? ", %Lg" : "%Lg", at[i]);
    printf(") is %.20Lg, wanted %.20Lg\n", found, wanted);
    return false;
}

static int run_checks(const struct check *checks, size_t count) {
    size_t failed = 0;
    for (size_t i = 0; i < count; i++)
        failed += !run_check(&checks[i]);
    printf("%zu passed, %zu failed\n", count - failed, failed);
    return failed > 0;
}

#endif
