/* Formulas -> IR, in the precision of the function that they belong to.
 *
 * What is printed must mean what the formula says. Where the two operands of an operator would be computed in
 * a lower precision than the function's (an argument that is a float, or an int), a cast is written;
 * constants get the suffix of the precision. Integer constants beside a real operand stay as they are: `2 *
 * x` is exact in every precision.
 *
 * A companion that is not active is zero: NULL here, and NULL comes back where that makes the whole value
 * zero.
 */
#include "rules/table.h"

#include <stdlib.h>
#include <string.h>

/* ---- literals ---------------------------------------------------------------------------------------- */

/* The constant that the expression is; through casts and macros if `deep`. */
static bool literal_value(const struct expr *expr, bool deep, double *value) {
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
    if (expr->kind != EXPR_UNARY || expr->u.unary != UNARY_NEG || !literal_value(expr->args[0], deep, value))
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
    char text[64];
    double value = strtod(digits, NULL);
    bool single = builder->precision == SCALAR_FLOAT;
    int places = 1;
    do
        snprintf(text, sizeof text, "%.*g", places++, value);
    while (single ? strtof(text, NULL) < (float)value || strtof(text, NULL) > (float)value
                  : strtod(text, NULL) < value || strtod(text, NULL) > value);
    return arena_printf(arena, strpbrk(text, ".e") ? "%s%s" : "%s.0%s", text, suffix_of(builder->precision));
}

static struct expr *real_literal(const struct builder *builder, double value) {
    char digits[64];
    snprintf(digits, sizeof digits, "%.17g", value < 0 ? -value : value);
    struct expr *literal = expr_real(builder->unit, real_text(builder, digits), real_type(builder));
    return value < 0 ? expr_unary(builder->unit, UNARY_NEG, literal) : literal;
}

/* ---- types --------------------------------------------------------------------------------------------- */

struct type *row_type_in(const struct rules *rules, const struct row_type *type, enum type_scalar precision) {
    if (!type->given && !type->is_real)
        return NULL;
    struct type *made = type->is_real ? type_scalar(rules->types, precision) : type->fixed;
    if (type->is_const)
        made = type_qualified(rules->types, made, QUAL_CONST);
    for (unsigned i = 0; i < type->stars; i++)
        made = type_pointer(rules->types, made);
    return made;
}

const char *row_name_in(const struct row *row, enum type_scalar precision) {
    if (row->has_variants && precision == SCALAR_FLOAT)
        return row->float_name;
    if (row->has_variants && precision == SCALAR_LDOUBLE)
        return row->long_name;
    return row->name;
}

static struct expr *convert(const struct builder *builder, struct expr *expr, struct type *type,
                            bool implicit) {
    double value;
    if (!expr || !type || type_same(expr->type, type) || !type_is_arith(type))
        return expr;
    if (type_is_real(type) && type_strip(type)->scalar == builder->precision &&
        literal_value(expr, false, &value) && exact(value))
        return real_literal(builder, value);
    return expr_cast(builder->unit, type, expr, implicit);
}

/* ---- operators ------------------------------------------------------------------------------------------
 */

static bool is_comparison(enum binary_op op) {
    return op == BINARY_LT || op == BINARY_GT || op == BINARY_LE || op == BINARY_GE || op == BINARY_EQ ||
           op == BINARY_NE;
}

static bool is_logical(enum binary_op op) {
    return op == BINARY_LAND || op == BINARY_LOR;
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
    if (!literal_value(a, true, &left) || !literal_value(b, true, &right))
        return NULL;
    return expr_int(builder->unit, compare(op, left, right));
}

/* `0 || b` is b, `1 && b` is b, and so on. */
static struct expr *fold_logical(enum binary_op op, struct expr *a, struct expr *b) {
    double value;
    bool decides = op == BINARY_LOR;
    if (literal_value(a, false, &value))
        return (value < 0 || value > 0) == decides ? a : b;
    if (literal_value(b, false, &value))
        return (value < 0 || value > 0) == decides ? b : a;
    return NULL;
}

static bool is_one(const struct expr *expr) {
    double value;
    return literal_value(expr, false, &value) && compare(BINARY_EQ, value, 1);
}

/* Sums, differences and products of exact constants; 1 * b, a * 1, a / 1. */
static struct expr *fold_arithmetic(const struct builder *builder, enum binary_op op, struct expr *a,
                                    struct expr *b) {
    double left, right;
    if (op == BINARY_MUL && is_one(a))
        return b;
    if ((op == BINARY_MUL || op == BINARY_DIV) && is_one(b))
        return a;
    if (op == BINARY_DIV || !literal_value(a, false, &left) || !literal_value(b, false, &right))
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
        *a = convert(builder, *a, type, false);
    if (ranks_above((*b)->type, type))
        *b = convert(builder, *b, type, false);
    if (type_same(type_common(types, (*a)->type, (*b)->type), type))
        return;
    struct expr **weak = literal_value(*a, false, &value) ? b : a;
    *weak = convert(builder, *weak, type, false);
}

/* Constants, perhaps under names, whose sum or product is right in int too: POWER - 1. */
static bool small_integers(const struct expr *a, const struct expr *b) {
    double left, right;
    if (!type_is_int(a->type) || !type_is_int(b->type))
        return false;
    return literal_value(a, true, &left) && literal_value(b, true, &right) && exact(left) && exact(right) &&
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

static struct type *common_type(const struct builder *builder, const struct formula *a,
                                const struct formula *b);

/* Arguments that are integers, where the function takes reals, are not compared as integers: -1 < 1U. */
static struct expr *build_comparison(const struct builder *builder, const struct formula *formula,
                                     struct expr *a, struct expr *b) {
    struct expr *folded = fold_comparison(builder, formula->binary, a, b);
    if (folded)
        return folded;
    struct type *type = common_type(builder, formula->args[0], formula->args[1]);
    double value;
    if (type_is_int(a->type) && type_is_int(b->type) && !literal_value(b, false, &value))
        settle(builder, &a, &b, type);
    return expr_binary(builder->unit, formula->binary, a, b);
}

/* Zero where companions are inactive: a sum keeps the other term, a product is gone. */
static struct expr *build_linear(const struct builder *builder, enum binary_op op, struct expr *a,
                                 struct expr *b) {
    if (op == BINARY_ADD)
        return a ? a : b;
    if (op == BINARY_SUB)
        return a || !b ? a : expr_unary(builder->unit, UNARY_NEG, b);
    return NULL;
}

/* The type in which a formula is computed; NULL for what is not arithmetic. */
static struct type *natural_type(const struct builder *builder, const struct formula *formula);

static struct expr *build_binary(const struct builder *builder, const struct formula *formula) {
    enum binary_op op = formula->binary;
    struct expr *a = formula_build(builder, formula->args[0], NULL);
    struct expr *b = formula_build(builder, formula->args[1], NULL);
    if (!a || !b)
        return build_linear(builder, op, a, b);
    if (is_comparison(op))
        return build_comparison(builder, formula, a, b);
    if (!is_logical(op))
        return build_arithmetic(builder, op, a, b, natural_type(builder, formula));
    struct expr *folded = fold_logical(op, a, b);
    return folded ? folded : expr_binary(builder->unit, op, a, b);
}

/* The branches are of the type that is wanted, so that no cast stands around the whole. */
static struct expr *build_cond(const struct builder *builder, const struct formula *formula,
                               struct type *wanted) {
    double value;
    struct type *type = wanted && type_is_arith(wanted) ? wanted : natural_type(builder, formula);
    struct expr *cond = formula_build(builder, formula->args[0], NULL);
    if (literal_value(cond, false, &value))
        return formula_build(builder, formula->args[value < 0 || value > 0 ? 1 : 2], wanted);
    struct expr *then = formula_build(builder, formula->args[1], type);
    struct expr *other = formula_build(builder, formula->args[2], type);
    if (!then && !other)
        return NULL;
    then = then ? then : expr_zero(builder->unit, other->type);
    other = other ? other : expr_zero(builder->unit, then->type);
    return expr_cond(builder->unit, cond, then, other);
}

static struct expr *build_unary(const struct builder *builder, const struct formula *formula) {
    struct expr *value = formula_build(builder, formula->args[0], NULL);
    struct type *type = natural_type(builder, formula->args[0]);
    if (!value)
        return NULL;
    if (formula->unary == UNARY_NEG && type_is_int(value->type) && type_is_real(type))
        value = convert(builder, value, type, false);
    return expr_unary(builder->unit, formula->unary, value);
}

/* ---- names and calls
 * ---------------------------------------------------------------------------------------- */

/* What a name stands for; NULL for an inactive companion. */
static struct expr *bound_to(const struct builder *builder, const struct formula *name) {
    if (name->param == RESULT_PARAM)
        return name->companion ? builder->result_companion : builder->result;
    if (name->companion)
        return builder->companion ? builder->companion[name->param] : NULL;
    return builder->primal[name->param];
}

/* A copy; a constant of another type becomes one of the parameter's type. */
static struct expr *build_name(const struct builder *builder, const struct formula *formula) {
    struct expr *bound = bound_to(builder, formula);
    if (!bound && formula->companion)
        return NULL;
    if (!bound)
        BUG("the rule of '%s' needs '%s', which is not there", builder->row->name, formula->text);
    struct copy_map keep = {builder->unit, NULL, 0};
    struct expr *copy = expr_copy(&keep, bound);
    while (copy->kind == EXPR_CAST && copy->u.implicit && type_is_arith(copy->args[0]->type))
        copy = copy->args[0];
    double value;
    struct type *type = natural_type(builder, formula);
    return literal_value(copy, false, &value) ? convert(builder, copy, type, true) : copy;
}

static const struct math_rule *math_of(const struct builder *builder, const struct formula *call) {
    const struct math_rule *rule = rules_math(builder->rules, call->text);
    if (!rule)
        return NULL;
    return rules_math(builder->rules, row_name_in(&rule->row->row, builder->precision));
}

static const struct call_rule *call_of(const struct builder *builder, const struct formula *call) {
    const struct call_rule *rule = rules_callee(builder->rules, call->text);
    if (!rule)
        return NULL;
    const struct call_templates *templates = rule->templates;
    return rules_callee(builder->rules, row_name_in(&templates->row->row, builder->precision));
}

static bool matches(const struct identity *identity, struct expr *const *args, size_t count) {
    for (size_t i = 0; i < count; i++) {
        double value;
        const struct formula *pattern = identity->args[i];
        if (pattern->kind == FORMULA_NAME)
            continue;
        if (!literal_value(args[i], false, &value) || !compare(BINARY_EQ, value, strtod(pattern->text, NULL)))
            return false;
    }
    return true;
}

/* pow(x, 1) is x: identities of the row. NULL if none applies. */
static struct expr *apply_identity(const struct builder *builder, const struct math_rule *rule,
                                   struct expr *const *args) {
    const struct math_row *row = rule->row;
    struct builder inner = {builder->unit, builder->rules, &row->row, rule->precision, args, NULL, NULL,
                            NULL,          NULL,           NULL};
    for (size_t i = 0; i < row->identities.count; i++)
        if (matches(&row->identities.items[i], args, row->row.params.count))
            return formula_build(&inner, row->identities.items[i].is,
                                 row_type_in(rule->rules, &row->row.result_type, rule->precision));
    return NULL;
}

static struct expr *null_pointer(const struct builder *builder) {
    struct types *types = builder->rules->types;
    struct expr *zero = expr_int(builder->unit, 0);
    return expr_named(builder->unit, "NULL",
                      expr_cast(builder->unit, type_pointer(types, type_void(types)), zero, false));
}

static bool becomes_null(const struct builder *builder, const struct formula *argument) {
    if (argument->guard)
        return formula_vanishes(builder, argument->guard);
    return argument->optional && formula_vanishes(builder, argument);
}

/* Arguments by the parameters' types; false if one is an inactive companion. */
static bool build_args(const struct builder *builder, const struct formula *call, const struct row *row,
                       enum type_scalar precision, struct expr **args) {
    for (size_t i = 0; i < call->arg_count; i++) {
        struct type *type = NULL;
        if (row && i < row->params.count)
            type = row_type_in(builder->rules, &row->params.items[i].type, precision);
        const struct formula *argument = call->args[i];
        if (becomes_null(builder, argument))
            args[i] = null_pointer(builder);
        else
            args[i] = formula_build(builder, argument, NULL);
        if (!args[i])
            return false;
        args[i] = convert(builder, args[i], type, true);
    }
    return true;
}

static struct expr *build_math(const struct builder *builder, const struct formula *call,
                               const struct math_rule *rule) {
    const struct row *row = &rule->row->row;
    struct expr **args = NEW_ARRAY(builder->unit->arena, struct expr *, call->arg_count);
    if (!build_args(builder, call, row, rule->precision, args))
        return NULL;
    struct expr *same = apply_identity(builder, rule, args);
    if (same)
        return same;
    struct type *type = row_type_in(builder->rules, &row->result_type, rule->precision);
    return expr_math(builder->unit, rule->name, type, args, call->arg_count);
}

/* The function as declared in the unit, or a declaration made from the row, or else from the arguments. */
static struct func *declare(const struct builder *builder, const char *name, const struct row *row,
                            enum type_scalar precision, struct expr *const *args, size_t count) {
    struct func *func = unit_find_func(builder->unit, name);
    if (func)
        return func;
    struct types *types = builder->rules->types;
    struct type *result = row->result ? row_type_in(builder->rules, &row->result_type, precision) : NULL;
    if (row->result && !result)
        BUG("the rule of '%s' gives no type for its result, and '%s' is not declared", name, name);
    func = func_new(builder->unit, name, result ? result : type_void(types));
    size_t fixed = row->params.count < count ? row->params.count : count;
    for (size_t i = 0; i < fixed; i++) {
        struct type *type = row_type_in(builder->rules, &row->params.items[i].type, precision);
        type = type ? type : type_decay(types, args[i]->type);
        func_add_var(builder->unit, func, VAR_PARAM, row->params.items[i].name, type);
    }
    func->variadic = row->variadic;
    VEC_PUSH(builder->unit->arena, builder->unit->funcs, func);
    return func;
}

/* The call's function and its arguments; NULL if an argument is an inactive companion. */
static struct func *build_callee(const struct builder *builder, const struct formula *formula,
                                 struct expr ***args) {
    const struct call_rule *rule = call_of(builder, formula);
    if (!rule)
        BUG("'%s' cannot be called in the rule of '%s'", formula->text, builder->row->name);
    const struct call_templates *templates = rule->templates;
    const struct row *row = &templates->row->row;
    *args = NEW_ARRAY(builder->unit->arena, struct expr *, formula->arg_count);
    if (!build_args(builder, formula, row, templates->precision, *args))
        return NULL;
    return declare(builder, rule->name, row, templates->precision, *args, formula->arg_count);
}

bool formula_build_call(const struct builder *builder, const struct formula *formula, struct expr *to) {
    struct expr **args;
    struct func *callee = build_callee(builder, formula, &args);
    if (callee)
        block_add(builder->unit, builder->out,
                  stmt_call(builder->unit, to, callee, args, formula->arg_count));
    return callee != NULL;
}

/* A call for its effects inside an expression: alone, into a temporary. */
static struct expr *build_effect(const struct builder *builder, const struct formula *formula) {
    struct unit *unit = builder->unit;
    struct expr **args;
    struct func *callee = build_callee(builder, formula, &args);
    if (!callee)
        return NULL;
    if (!builder->out || !builder->func)
        BUG("'%s' has effects and stands in an expression of the rule of '%s'", formula->text,
            builder->row->name);
    const char *name = func_fresh_name(unit, builder->func, "term");
    struct var *term = func_add_var(unit, builder->func, VAR_LOCAL, name, callee->result);
    block_add(unit, builder->out, stmt_decl(unit, term, NULL));
    block_add(unit, builder->out, stmt_call(unit, expr_var(unit, term), callee, args, formula->arg_count));
    return expr_var(unit, term);
}

static struct expr *build_call(const struct builder *builder, const struct formula *formula) {
    const struct math_rule *rule = math_of(builder, formula);
    return rule ? build_math(builder, formula, rule) : build_effect(builder, formula);
}

static struct expr *build_index(const struct builder *builder, const struct formula *formula) {
    struct expr *base = formula_build(builder, formula->args[0], NULL);
    struct expr *index = formula_build(builder, formula->args[1], NULL);
    double value;
    if (!base || !index)
        return NULL;
    /* &x handed to the function: *&x is x */
    if (literal_value(index, false, &value) && compare(BINARY_EQ, value, 0))
        return base->kind == EXPR_ADDR ? base->args[0] : expr_deref(builder->unit, base);
    return expr_index(builder->unit, base, index);
}

/* ---- the whole
 * ------------------------------------------------------------------------------------------------ */

static struct type *natural_of_name(const struct builder *builder, const struct formula *formula) {
    bool is_result = formula->param == RESULT_PARAM;
    const struct row_type *declared =
        is_result ? &builder->row->result_type : &builder->row->params.items[formula->param].type;
    struct type *type = row_type_in(builder->rules, declared, builder->precision);
    if (type && !(formula->companion && type_is_pointer(type)))
        return type;
    struct expr *bound = bound_to(builder, formula);
    return bound ? type_strip(bound->type) : type;
}

static struct type *natural_of_call(const struct builder *builder, const struct formula *formula) {
    const struct math_rule *math = math_of(builder, formula);
    if (math)
        return row_type_in(builder->rules, &math->row->row.result_type, math->precision);
    const struct call_rule *call = call_of(builder, formula);
    const struct call_templates *templates = call ? call->templates : NULL;
    return templates ? row_type_in(builder->rules, &templates->row->row.result_type, templates->precision)
                     : NULL;
}

static struct type *common_type(const struct builder *builder, const struct formula *a,
                                const struct formula *b) {
    struct type *left = natural_type(builder, a), *right = natural_type(builder, b);
    if (!left || !right || !type_is_arith(left) || !type_is_arith(right))
        return left ? left : right;
    return type_common(builder->rules->types, left, right);
}

static struct type *natural_type(const struct builder *builder, const struct formula *formula) {
    struct type *integer = type_scalar(builder->rules->types, SCALAR_INT);
    switch (formula->kind) {
    case FORMULA_INT: return integer;
    case FORMULA_REAL: return real_type(builder);
    case FORMULA_NAME: return natural_of_name(builder, formula);
    case FORMULA_CALL: return natural_of_call(builder, formula);
    case FORMULA_UNARY:
        return formula->unary == UNARY_LNOT ? integer : natural_type(builder, formula->args[0]);
    case FORMULA_BINARY:
        if (is_comparison(formula->binary) || is_logical(formula->binary))
            return integer;
        return common_type(builder, formula->args[0], formula->args[1]);
    case FORMULA_COND: return common_type(builder, formula->args[1], formula->args[2]);
    case FORMULA_INDEX: {
        struct type *base = natural_type(builder, formula->args[0]);
        return base && (type_is_pointer(base) || type_is_array(base)) ? type_target(base) : NULL;
    }
    }
    BUG("formula of kind %d", (int)formula->kind);
}

struct expr *formula_build(const struct builder *builder, const struct formula *formula, struct type *type) {
    struct unit *unit = builder->unit;
    struct expr *value = NULL;
    switch (formula->kind) {
    case FORMULA_INT: value = expr_int(unit, strtoll(formula->text, NULL, 10)); break;
    case FORMULA_REAL: value = expr_real(unit, real_text(builder, formula->text), real_type(builder)); break;
    case FORMULA_NAME: value = build_name(builder, formula); break;
    case FORMULA_CALL: value = build_call(builder, formula); break;
    case FORMULA_UNARY: value = build_unary(builder, formula); break;
    case FORMULA_BINARY: value = build_binary(builder, formula); break;
    case FORMULA_COND: value = build_cond(builder, formula, type); break;
    case FORMULA_INDEX: value = build_index(builder, formula); break;
    }
    return convert(builder, value, type, false);
}

/* ---- questions about formulas
 * ------------------------------------------------------------------------------------ */

bool formula_vanishes(const struct builder *builder, const struct formula *formula) {
    struct formula *const *args = formula->args;
    switch (formula->kind) {
    case FORMULA_INT:
    case FORMULA_REAL: return false;
    case FORMULA_NAME: return formula->companion && !bound_to(builder, formula);
    case FORMULA_UNARY:
    case FORMULA_INDEX: return formula_vanishes(builder, args[0]);
    case FORMULA_BINARY:
        if (formula->binary == BINARY_ADD || formula->binary == BINARY_SUB)
            return formula_vanishes(builder, args[0]) && formula_vanishes(builder, args[1]);
        return formula_vanishes(builder, args[0]) || formula_vanishes(builder, args[1]);
    case FORMULA_COND: return formula_vanishes(builder, args[1]) && formula_vanishes(builder, args[2]);
    case FORMULA_CALL:
        for (size_t i = 0; i < formula->arg_count; i++)
            if (!becomes_null(builder, args[i]) && formula_vanishes(builder, args[i]))
                return true;
        return false;
    }
    BUG("formula of kind %d", (int)formula->kind);
}

bool formula_reads(const struct builder *builder, const struct formula *formula, long param) {
    if (formula->kind == FORMULA_NAME)
        return !formula->companion && formula->param == param;
    if (formula_vanishes(builder, formula))
        return false;
    for (size_t i = 0; i < formula->arg_count; i++)
        if (!becomes_null(builder, formula->args[i]) && formula_reads(builder, formula->args[i], param))
            return true;
    return false;
}

bool formula_mentions(const struct formula *formula, long param, bool companion) {
    if (formula->kind == FORMULA_NAME)
        return formula->param == param && formula->companion == companion;
    for (size_t i = 0; i < formula->arg_count; i++)
        if (formula_mentions(formula->args[i], param, companion))
            return true;
    return false;
}

bool formula_is_zero(const struct formula *formula) {
    return formula->kind == FORMULA_INT && strcmp(formula->text, "0") == 0;
}
