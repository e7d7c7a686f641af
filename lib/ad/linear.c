/* linear: what an assignment is to first order. Both sweeps and the tangents take their partials from here;
 * the partials of library functions come from the rules, those of the operators + - * / are the sum, product
 * and quotient rules. */
#include "ad/call.h"

bool linear_is_leaf(const struct expr *e) {
    return e->kind == EXPR_VAR || e->kind == EXPR_FIELD || e->kind == EXPR_INDEX || e->kind == EXPR_DEREF;
}

const struct expr *linear_strip(const struct expr *e) {
    while ((e->kind == EXPR_CAST && type_is_real(e->type) && type_is_real(e->args[0]->type)) ||
           (e->kind == EXPR_NAMED && e->arg_count == 1) ||
           (e->kind == EXPR_UNARY && e->u.unary == UNARY_PLUS))
        e = e->args[0];
    return e;
}

static bool passes(struct work *work, const struct expr *node, size_t k) {
    switch (node->kind) {
    case EXPR_UNARY: return node->u.unary == UNARY_NEG || node->u.unary == UNARY_PLUS;
    case EXPR_BINARY: return node->u.binary <= BINARY_DIV && !rounding_by_constant(work, node);
    case EXPR_COND: return k > 0;
    case EXPR_CAST:
    case EXPR_NAMED: return true;
    case EXPR_MATH: return !math_partial_is_zero(rules_math(work->ad->rules, node->u.name), k);
    case EXPR_INT:
    case EXPR_REAL:
    case EXPR_STRING:
    case EXPR_VAR:
    case EXPR_FUNC:
    case EXPR_INDEX:
    case EXPR_DEREF:
    case EXPR_ADDR:
    case EXPR_FIELD:
    case EXPR_SIZEOF:
    case EXPR_INIT: return false;
    }
    return false;
}

bool linear_operand_active(struct work *work, const struct expr *node, size_t k) {
    return type_is_real(node->type) && passes(work, node, k) &&
           activity_expr(work->ad->program, work->activity, node->args[k]);
}

size_t linear_count(struct work *work, const struct expr *e) {
    if (linear_is_leaf(e))
        return activity_lvalue(work->activity, e) ? 1 : 0;
    size_t count = 0;
    for (size_t k = 0; k < e->arg_count; k++)
        if (linear_operand_active(work, e, k))
            count += linear_count(work, e->args[k]);
    return count;
}

static bool is_negative(const struct expr *e) {
    return e->kind == EXPR_UNARY && e->u.unary == UNARY_NEG;
}

/* -e, where two signs are none. */
static struct expr *negative(struct unit *unit, struct expr *e) {
    return is_negative(e) ? e->args[0] : expr_unary(unit, UNARY_NEG, e);
}

static struct expr *one_over(struct unit *unit, struct expr *e) {
    return expr_binary(unit, BINARY_DIV, expr_real(unit, "1.0", e->type), e);
}

/* Of a quotient y = a / b by b: -y / b. A square of b would be zero where b is small, as in recurrences that
 * begin near the smallest number there is. */
static struct expr *binary_partial(struct unit *unit, const struct expr *node, struct expr *result,
                                   size_t k) {
    struct expr *a = node->args[0], *b = node->args[1];
    if (node->u.binary == BINARY_SUB)
        return k == 0 ? NULL : expr_unary(unit, UNARY_NEG, expr_real(unit, "1.0", node->type));
    if (node->u.binary == BINARY_MUL)
        return k == 0 ? b : a;
    if (node->u.binary == BINARY_DIV) {
        if (k == 0)
            return one_over(unit, b);
        struct expr *quotient = result ? result : expr_binary(unit, BINARY_DIV, a, b);
        return expr_binary(unit, BINARY_DIV, expr_unary(unit, UNARY_NEG, quotient), b);
    }
    return NULL;
}

/* A formula makes a real literal of it. */
static bool is_small_literal(const struct expr *e) {
    if (is_negative(e))
        e = e->args[0];
    return e->kind == EXPR_INT && e->value < 1 << 16;
}

/* The conversions that the prototype makes, written out where a formula may put the argument elsewhere. */
static struct expr **real_arguments(struct unit *unit, const struct expr *node) {
    struct expr **args = NEW_ARRAY(unit->arena, struct expr *, node->arg_count + 1);
    for (size_t k = 0; k < node->arg_count; k++) {
        args[k] = node->args[k];
        if (args[k]->kind == EXPR_CAST && args[k]->u.implicit && type_is_real(args[k]->type) &&
            type_is_int(args[k]->args[0]->type) && !is_small_literal(args[k]->args[0]))
            args[k] = expr_cast(unit, args[k]->type, args[k]->args[0], false);
    }
    return args;
}

struct known {
    struct work *work;
    const struct block *home;
    bool fixed, at_home; /* operands never change; one of them is declared where the value is */
};

static bool known_operand(struct expr *e, void *data) {
    struct known *k = data;
    if (e->kind != EXPR_VAR) {
        k->fixed &= !linear_is_leaf(e);
        return k->fixed;
    }
    struct var *var = e->u.var;
    k->fixed &= work_is_scalar(k->work, var) && k->work->vars[var->id].definitions <= 1 &&
                var->kind == VAR_LOCAL && k->work->vars[var->id].definition;
    k->at_home |= k->work->layout->decl_of_var[var->id].block == k->home;
    return k->fixed;
}

/* cos(a), where a variable of the same block was set to just that: the variable, in the reverse sweep. */
static struct expr *known_value(struct work *work, struct expr *partial) {
    struct unit *unit = work->ad->unit;
    if (is_negative(partial))
        return expr_unary(unit, UNARY_NEG, known_value(work, partial->args[0]));
    if (partial->kind != EXPR_MATH || !work->stmts)
        return partial; /* a tangent may stand before the variable */
    for (size_t k = 0; k < work->func->vars.count; k++) {
        struct var *var = work->func->vars.items[k];
        const struct stmt *definition = work->vars[k].definition;
        struct expr *value = definition ? linear_value(definition) : NULL;
        if (!value || !work_is_scalar(work, var) || !type_same(var->type, partial->type) ||
            !expr_equal(linear_strip(value), partial))
            continue;
        struct known known = {work, work->layout->decl_of_var[k].block, true, false};
        expr_walk(partial, known_operand, &known);
        if (known.fixed && known.at_home)
            return expr_var(unit, var);
    }
    return partial;
}

struct expr *linear_partial(struct work *work, const struct expr *node, size_t k, struct expr *result) {
    struct unit *unit = work->ad->unit;
    if (is_negative(node))
        return expr_unary(unit, UNARY_NEG, expr_real(unit, "1.0", node->type));
    if (node->kind == EXPR_BINARY)
        return binary_partial(unit, node, result, k);
    if (node->kind == EXPR_MATH) {
        const struct math_rule *rule = rules_math(work->ad->rules, node->u.name);
        struct expr *partial = math_partial(unit, rule, node->u.name, real_arguments(unit, node),
                                            result ? result : (struct expr *)node, k);
        return partial ? known_value(work, partial) : NULL;
    }
    return NULL;
}

struct expr *linear_times(struct unit *unit, struct expr *partial, struct expr *weight) {
    if (!partial)
        return weight;
    if (!weight)
        return partial;
    if (is_negative(partial))
        return negative(unit, linear_times(unit, partial->args[0], weight));
    if (is_negative(weight))
        return negative(unit, linear_times(unit, partial, weight->args[0]));
    if (expr_is_number(partial, 1))
        return weight;
    if (partial->kind == EXPR_BINARY && partial->u.binary == BINARY_DIV) {
        if (expr_is_number(partial->args[0], 1))
            return expr_binary(unit, BINARY_DIV, weight, partial->args[1]);
        if (is_negative(partial->args[0]))
            return expr_unary(unit, UNARY_NEG,
                              expr_binary(unit, BINARY_DIV,
                                          expr_binary(unit, BINARY_MUL, partial->args[0]->args[0], weight),
                                          partial->args[1]));
    }
    return expr_binary(unit, BINARY_MUL, partial, weight);
}

struct expr *linear_value(const struct stmt *stmt) {
    if (stmt->kind == STMT_SET)
        return stmt->u.set.from;
    if (stmt->kind == STMT_DECL)
        return stmt->u.decl.init;
    return stmt->kind == STMT_RETURN ? stmt->u.value : NULL;
}

bool linear_gives_partial(const struct expr *value) {
    return value->kind == EXPR_MATH ||
           (value->kind == EXPR_BINARY && value->u.binary == BINARY_DIV && type_is_real(value->type));
}

/* A variable with this one definition holds the value wherever the reverse of the statement runs. */
struct expr *linear_result(struct work *work, const struct stmt *stmt) {
    struct expr *value = linear_value(stmt);
    struct var *var = NULL;
    if (stmt->kind == STMT_DECL)
        var = stmt->u.decl.var;
    else if (stmt->kind == STMT_SET && stmt->to->kind == EXPR_VAR && !stmt->u.set.add)
        var = stmt->to->u.var;
    if (!value || !var || !work_is_scalar(work, var) || !work->vars[var->id].definition ||
        !linear_gives_partial(linear_strip(value)) || !type_same(linear_strip(value)->type, var->type))
        return NULL;
    return expr_mentions(value, var) ? NULL : expr_var(work->ad->unit, var);
}

/* ---- evaluation ------------------------------------------------------------------------------ */

static void way_walk(struct expr *lvalue, value_visitor *visit, void *data) {
    switch (lvalue->kind) {
    case EXPR_FIELD:
    case EXPR_INDEX: {
        bool pointer = type_is_pointer(lvalue->args[0]->type);
        if (pointer)
            value_walk(lvalue->args[0], visit, data);
        else
            way_walk(lvalue->args[0], visit, data);
        if (lvalue->kind == EXPR_INDEX)
            value_walk(lvalue->args[1], visit, data);
        break;
    }
    case EXPR_DEREF: value_walk(lvalue->args[0], visit, data); break;
    case EXPR_CAST:
    case EXPR_NAMED: way_walk(lvalue->args[0], visit, data); break;
    case EXPR_VAR:
    case EXPR_INT:
    case EXPR_REAL:
    case EXPR_STRING:
    case EXPR_FUNC:
    case EXPR_UNARY:
    case EXPR_BINARY:
    case EXPR_COND:
    case EXPR_ADDR:
    case EXPR_MATH:
    case EXPR_SIZEOF:
    case EXPR_INIT: break;
    }
}

void value_walk(struct expr *e, value_visitor *visit, void *data) {
    bool leaf = linear_is_leaf(e), address = (leaf && type_is_array(e->type)) || e->kind == EXPR_ADDR;
    struct expr *lvalue = e->kind == EXPR_ADDR ? e->args[0] : e;
    if (!visit(lvalue, address, data))
        return;
    if (leaf || e->kind == EXPR_ADDR) {
        way_walk(lvalue, visit, data);
        return;
    }
    for (size_t k = 0; k < e->arg_count; k++)
        value_walk(e->args[k], visit, data);
}

/* ---- needs ----------------------------------------------------------------------------------- */

/* What evaluating the companion of the lvalue takes: indices and pointers. */
static void address_needs(struct expr *lvalue, need_visitor *visit, void *data) {
    switch (lvalue->kind) {
    case EXPR_FIELD:
        if (type_is_pointer(lvalue->args[0]->type))
            visit(lvalue->args[0], true, data);
        else
            address_needs(lvalue->args[0], visit, data);
        break;
    case EXPR_INDEX:
        if (type_is_array(lvalue->args[0]->type))
            address_needs(lvalue->args[0], visit, data);
        else
            visit(lvalue->args[0], true, data);
        visit(lvalue->args[1], false, data);
        break;
    case EXPR_DEREF: visit(lvalue->args[0], true, data); break;
    case EXPR_CAST:
    case EXPR_NAMED: address_needs(lvalue->args[0], visit, data); break;
    case EXPR_VAR:
    case EXPR_INT:
    case EXPR_REAL:
    case EXPR_STRING:
    case EXPR_FUNC:
    case EXPR_UNARY:
    case EXPR_BINARY:
    case EXPR_COND:
    case EXPR_ADDR:
    case EXPR_MATH:
    case EXPR_SIZEOF:
    case EXPR_INIT: break;
    }
}

static void value_needs(struct work *work, struct expr *e, struct expr *result, need_visitor *visit,
                        void *data) {
    if (linear_is_leaf(e)) {
        if (activity_lvalue(work->activity, e))
            address_needs(e, visit, data);
        return;
    }
    for (size_t k = 0; k < e->arg_count; k++) {
        if (!linear_operand_active(work, e, k))
            continue;
        struct expr *partial = linear_partial(work, e, k, linear_strip(e) == e ? result : NULL);
        if (partial)
            visit(partial, false, data);
        if (e->kind == EXPR_COND)
            visit(e->args[0], false, data);
        value_needs(work, e->args[k], linear_strip(e) == e ? NULL : result, visit, data);
    }
}

void needs_each(struct work *work, struct stmt *stmt, need_visitor *visit, void *data) {
    if (stmt->kind == STMT_CALL) {
        call_needs(work, stmt, visit, data);
        return;
    }
    struct expr *value = linear_value(stmt);
    if (!value)
        return;
    if (stmt->to)
        address_needs(stmt->to, visit, data);
    if (type_is_record(value->type) && linear_is_leaf(value))
        address_needs(value, visit, data);
    else
        value_needs(work, value, linear_result(work, stmt), visit, data);
}

void needs_address(struct expr *lvalue, need_visitor *visit, void *data) {
    address_needs(lvalue, visit, data);
}

void needs_value(struct work *work, struct expr *value, need_visitor *visit, void *data) {
    value_needs(work, value, NULL, visit, data);
}
