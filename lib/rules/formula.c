/* Formulas -> IR, in the precision of the function that they belong to.
 *
 * A companion that is not active is zero: NULL here, and NULL comes back where that makes the whole value
 * zero.
 */
#include "rules/table.h"

#include <stdlib.h>
#include <string.h>

/* ---- types ----------------------------------------------------------------------------------- */

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

/* ---- operators ------------------------------------------------------------------------------- */

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
static struct type *common_type(const struct builder *builder, const struct formula *a,
                                const struct formula *b);

static struct expr *build_binary(const struct builder *builder, const struct formula *formula) {
    struct formula *const *args = formula->args;
    struct expr *a = formula_build(builder, args[0], NULL), *b = formula_build(builder, args[1], NULL);
    if (!a || !b)
        return build_linear(builder, formula->binary, a, b);
    return fold_binary(builder, formula->binary, a, b, common_type(builder, args[0], args[1]));
}

/* The branches are of the type that is wanted, so that no cast stands around the whole. */
static struct expr *build_cond(const struct builder *builder, const struct formula *formula,
                               struct type *wanted) {
    double value;
    struct type *type = wanted && type_is_arith(wanted) ? wanted : natural_type(builder, formula);
    struct expr *cond = formula_build(builder, formula->args[0], NULL);
    if (fold_value(cond, false, &value))
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
        value = fold_convert(builder, value, type, false);
    return expr_unary(builder->unit, formula->unary, value);
}

/* ---- names and calls ------------------------------------------------------------------------- */

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
    return fold_value(copy, false, &value) ? fold_convert(builder, copy, type, true) : copy;
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
        const struct formula *pattern = identity->args[i];
        if (pattern->kind != FORMULA_NAME && !fold_is(args[i], strtod(pattern->text, NULL)))
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
        args[i] = fold_convert(builder, args[i], type, true);
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
    if (!base || !index)
        return NULL;
    /* &x handed to the function: *&x is x */
    if (fold_is(index, 0))
        return base->kind == EXPR_ADDR ? base->args[0] : expr_deref(builder->unit, base);
    return expr_index(builder->unit, base, index);
}

/* ---- the whole ------------------------------------------------------------------------------- */

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
    case FORMULA_REAL: return type_scalar(builder->rules->types, builder->precision);
    case FORMULA_NAME: return natural_of_name(builder, formula);
    case FORMULA_CALL: return natural_of_call(builder, formula);
    case FORMULA_UNARY:
        return formula->unary == UNARY_LNOT ? integer : natural_type(builder, formula->args[0]);
    case FORMULA_BINARY:
        if (fold_is_condition(formula->binary))
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
    case FORMULA_REAL: value = fold_real(builder, formula->text); break;
    case FORMULA_NAME: value = build_name(builder, formula); break;
    case FORMULA_CALL: value = build_call(builder, formula); break;
    case FORMULA_UNARY: value = build_unary(builder, formula); break;
    case FORMULA_BINARY: value = build_binary(builder, formula); break;
    case FORMULA_COND: value = build_cond(builder, formula, type); break;
    case FORMULA_INDEX: value = build_index(builder, formula); break;
    }
    return fold_convert(builder, value, type, false);
}

/* ---- questions about formulas ---------------------------------------------------------------- */

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
