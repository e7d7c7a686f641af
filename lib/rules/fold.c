/* Operators and constants. What is printed must mean what the formula says: where C would compute an operator
 * in a lower precision than the function's (an argument that is a float, or an int), a cast is written;
 * constants get the suffix of the precision. Integer constants beside a real operand stay as they are: a
 * small integer is exact in every precision. Operators of constants are folded if the result is exact.
 */
#include "rules/table.h"

#include <stdlib.h>
#include <string.h>

/* ---- literals -------------------------------------------------------------------------------- */

bool fold_value(const struct expr *expr, bool deep, double *value) {
    if (deep)
        expr = expr_strip(expr);
    if (expr->kind == EXPR_INT) {
        *value = (double)expr->value;
        return true;
    }
    if (expr->kind == EXPR_REAL) {
        *value = strtod(expr->u.text, NULL);
        return true;
    }
    if (expr->kind != EXPR_UNARY || expr->u.unary != UNARY_NEG || !fold_value(expr->args[0], deep, value))
        return false;
    *value = -*value;
    return true;
}

/* Small enough, and with few enough binary digits, to be the same in every precision, as are sums and
 * products. */
static bool exact(double value) {
    const double limit = 1 << 16;
    return -limit < value && value < limit && value * 256 == (double)(long long)(value * 256);
}

static const char *suffix_of(enum type_scalar precision) {
    return precision == SCALAR_FLOAT ? "f" : precision == SCALAR_LDOUBLE ? "L" : "";
}

static struct type *real_type(const struct builder *builder) {
    return type_scalar(builder->rules->types, builder->precision);
}

/* The shortest spelling that gives the nearest value of the precision. */
static const char *real_text(const struct builder *builder, const char *digits) {
    struct arena *arena = builder->unit->arena;
    if (builder->precision == SCALAR_LDOUBLE)
        return arena_printf(arena, strpbrk(digits, ".e") ? "%sL" : "%s.0L", digits);
    char text[400];
    double value = strtod(digits, NULL);
    if (value >= 10 && exact(value) && value == (double)(int)value) /* not 1e+01 */
        return arena_printf(arena, "%d.0%s", (int)value, suffix_of(builder->precision));
    bool single = builder->precision == SCALAR_FLOAT;
    int places = 1;
    do
        snprintf(text, sizeof text, "%.*g", places++, value);
    while (single ? strtof(text, NULL) < (float)value || strtof(text, NULL) > (float)value
                  : strtod(text, NULL) < value || strtod(text, NULL) > value);
    return arena_printf(arena, strpbrk(text, ".e") ? "%s%s" : "%s.0%s", text, suffix_of(builder->precision));
}

struct expr *fold_real(const struct builder *builder, const char *digits) {
    return expr_real(builder->unit, real_text(builder, digits), real_type(builder));
}

static struct expr *real_literal(const struct builder *builder, double value) {
    char digits[64];
    snprintf(digits, sizeof digits, "%.17g", value < 0 ? -value : value);
    struct expr *literal = fold_real(builder, digits);
    return value < 0 ? expr_unary(builder->unit, UNARY_NEG, literal) : literal;
}

struct expr *fold_convert(const struct builder *builder, struct expr *expr, struct type *type,
                          bool implicit) {
    double value;
    if (!expr || !type || type_same(expr->type, type) || !type_is_arith(type))
        return expr;
    if (type_is_real(type) && type_strip(type)->scalar == builder->precision &&
        fold_value(expr, false, &value) && exact(value))
        return real_literal(builder, value);
    return expr_cast(builder->unit, type, expr, implicit);
}

/* ---- operators ------------------------------------------------------------------------------- */

static bool is_comparison(enum binary_op op) {
    return op == BINARY_LT || op == BINARY_GT || op == BINARY_LE || op == BINARY_GE || op == BINARY_EQ ||
           op == BINARY_NE;
}

static bool is_logical(enum binary_op op) {
    return op == BINARY_LAND || op == BINARY_LOR;
}

bool fold_is_condition(enum binary_op op) {
    return is_comparison(op) || is_logical(op);
}

/* The value of a comparison of two constants. */
static bool compare(enum binary_op op, double a, double b) {
    return op == BINARY_LT   ? a < b
           : op == BINARY_GT ? a > b
           : op == BINARY_LE ? a <= b
           : op == BINARY_GE ? a >= b
           : op == BINARY_EQ ? a <= b && a >= b
                             : a < b || a > b;
}

static struct expr *fold_comparison(const struct builder *builder, enum binary_op op, struct expr *a,
                                    struct expr *b) {
    double left, right;
    if (!fold_value(a, true, &left) || !fold_value(b, true, &right))
        return NULL;
    return expr_int(builder->unit, compare(op, left, right));
}

/* `0 || b` is b, `1 && b` is b, and so on. */
static struct expr *fold_logical(enum binary_op op, struct expr *a, struct expr *b) {
    double value;
    bool decides = op == BINARY_LOR;
    if (fold_value(a, false, &value))
        return (value < 0 || value > 0) == decides ? a : b;
    if (fold_value(b, false, &value))
        return (value < 0 || value > 0) == decides ? b : a;
    return NULL;
}

bool fold_is(const struct expr *expr, double constant) {
    double value;
    return fold_value(expr, false, &value) && compare(BINARY_EQ, value, constant);
}

/* Sums, differences and products of exact constants; 1 * b, a * 1, a / 1. */
static struct expr *fold_arithmetic(const struct builder *builder, enum binary_op op, struct expr *a,
                                    struct expr *b) {
    double left, right;
    if (op == BINARY_MUL && fold_is(a, 1))
        return b;
    if ((op == BINARY_MUL || op == BINARY_DIV) && fold_is(b, 1))
        return a;
    if (op == BINARY_DIV || !fold_value(a, false, &left) || !fold_value(b, false, &right))
        return NULL;
    double value = op == BINARY_ADD ? left + right : op == BINARY_SUB ? left - right : left * right;
    if (!exact(left) || !exact(right) || !exact(value))
        return NULL;
    bool whole = type_is_int(a->type) && type_is_int(b->type);
    return whole ? expr_int(builder->unit, (long long)value) : real_literal(builder, value);
}

static bool ranks_above(const struct type *type, const struct type *than) {
    return type_is_real(type) && type_strip(type)->scalar > type_strip(than)->scalar;
}

/* Casts what must be cast for C to compute `a op b` in the type. */
static void settle(const struct builder *builder, struct expr **a, struct expr **b, struct type *type) {
    double value;
    struct types *types = builder->rules->types;
    if (!type || !type_is_arith(type) || !type_is_arith((*a)->type) || !type_is_arith((*b)->type))
        return;
    if (ranks_above((*a)->type, type))
        *a = fold_convert(builder, *a, type, false);
    if (ranks_above((*b)->type, type))
        *b = fold_convert(builder, *b, type, false);
    if (type_same(type_common(types, (*a)->type, (*b)->type), type))
        return;
    struct expr **weak = fold_value(*a, false, &value) ? b : a;
    *weak = fold_convert(builder, *weak, type, false);
}

/* Constants, perhaps under names, whose sum or product is right in int too: POWER - 1. */
static bool small_integers(const struct expr *a, const struct expr *b) {
    double left, right;
    if (!type_is_int(a->type) || !type_is_int(b->type))
        return false;
    return fold_value(a, true, &left) && fold_value(b, true, &right) && exact(left) && exact(right) &&
           exact(left * right);
}

static struct expr *build_arithmetic(const struct builder *builder, enum binary_op op, struct expr *a,
                                     struct expr *b, struct type *type) {
    struct expr *folded = fold_arithmetic(builder, op, a, b);
    if (folded)
        return folded;
    if (op == BINARY_DIV || !small_integers(a, b))
        settle(builder, &a, &b, type);
    return expr_binary(builder->unit, op, a, b);
}

/* Arguments that are integers, where the function takes reals, are not compared as integers: -1 < 1U. */
static struct expr *build_comparison(const struct builder *builder, enum binary_op op, struct expr *a,
                                     struct expr *b, struct type *type) {
    double value;
    struct expr *folded = fold_comparison(builder, op, a, b);
    if (folded)
        return folded;
    if (type_is_int(a->type) && type_is_int(b->type) && !fold_value(b, false, &value))
        settle(builder, &a, &b, type);
    return expr_binary(builder->unit, op, a, b);
}

struct expr *fold_binary(const struct builder *builder, enum binary_op op, struct expr *a, struct expr *b,
                         struct type *type) {
    if (is_comparison(op))
        return build_comparison(builder, op, a, b, type);
    if (!is_logical(op))
        return build_arithmetic(builder, op, a, b, type);
    struct expr *folded = fold_logical(op, a, b);
    return folded ? folded : expr_binary(builder->unit, op, a, b);
}
