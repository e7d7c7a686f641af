/* rounding: `x + 0x1.8p52 - 0x1.8p52` is x rounded to a whole number, as programs without a C library write
 * it. To first order it does not depend on x, though the operators do. */
#include "ad/private.h"

#include <stdlib.h>

/* Of a variable that is set once: what it is set to. */
static const struct expr *resolved(struct work *work, const struct expr *e) {
    e = linear_strip(e);
    if (e->kind != EXPR_VAR || !work_is_scalar(work, e->u.var) || !work->vars[e->u.var->id].definition)
        return e;
    const struct expr *value = linear_value(work->vars[e->u.var->id].definition);
    return value ? linear_strip(value) : e;
}

static const struct expr *without_casts(const struct expr *e) {
    while (e->kind == EXPR_CAST || e->kind == EXPR_NAMED)
        e = e->args[0];
    return e;
}

/* What is added to it has at most one binary digit behind the point in the sum. */
static bool swallows_fractions(struct work *work, const struct expr *e, const struct type *type) {
    const struct expr *number = without_casts(resolved(work, e));
    long long value;
    long double least = type_strip(type)->scalar == SCALAR_FLOAT    ? 0x1p22L
                        : type_strip(type)->scalar == SCALAR_DOUBLE ? 0x1p51L
                                                                    : 0x1p62L;
    if (number->kind == EXPR_REAL)
        return strtold(number->u.text, NULL) >= least;
    return expr_is_const_int(number, &value) && (long double)value >= least;
}

static bool is_sum_with(struct work *work, const struct expr *sum, enum binary_op op, const struct expr *e) {
    if (sum->kind != EXPR_BINARY || sum->u.binary != op || !swallows_fractions(work, e, sum->type))
        return false;
    return expr_equal(without_casts(resolved(work, sum->args[1])), without_casts(resolved(work, e))) ||
           (op == BINARY_ADD &&
            expr_equal(without_casts(resolved(work, sum->args[0])), without_casts(resolved(work, e))));
}

/* (x + c) - c or (x - c) + c. */
bool rounding_by_constant(struct work *work, const struct expr *node) {
    if (node->u.binary != BINARY_ADD && node->u.binary != BINARY_SUB)
        return false;
    enum binary_op before = node->u.binary == BINARY_SUB ? BINARY_ADD : BINARY_SUB;
    return is_sum_with(work, resolved(work, node->args[0]), before, node->args[1]);
}
