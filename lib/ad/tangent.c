/* tangent: forward mode. Every statement that moves an active value is preceded by the statement that moves
 * its tangent; pointers to active memory are followed by their companions in lockstep. Griewank & Walther
 * (2008), section 3.1. */
#include "ad/call.h"

static void tangent_block(struct work *work, struct block *block, struct block *out);

static struct expr *primal(struct work *work, const struct expr *e) {
    return expr_copy(&work->forward_map, e);
}

static struct expr *companion(struct work *work, const struct expr *lvalue) {
    return companion_lvalue(work, &work->forward_map, lvalue);
}

/* ---- values ---------------------------------------------------------------------------------- */

static struct expr *add(struct unit *unit, struct expr *sum, struct expr *term) {
    if (!sum)
        return term;
    if (term->kind == EXPR_UNARY && term->u.unary == UNARY_NEG)
        return expr_binary(unit, BINARY_SUB, sum, term->args[0]);
    return expr_binary(unit, BINARY_ADD, sum, term);
}

static struct expr *tangent_cond(struct work *work, const struct expr *e) {
    struct unit *unit = work->ad->unit;
    struct expr *arms[2];
    for (size_t k = 0; k < 2; k++) {
        arms[k] = linear_operand_active(work, e, k + 1) ? tangent_value(work, e->args[k + 1], NULL) : NULL;
        if (!arms[k])
            arms[k] = expr_zero(unit, e->type);
    }
    return expr_cond(unit, primal(work, e->args[0]), arms[0], arms[1]);
}

struct expr *tangent_value(struct work *work, const struct expr *e, struct expr *result) {
    struct unit *unit = work->ad->unit;
    if (linear_is_leaf(e))
        return activity_lvalue(work->activity, e) ? companion(work, e) : NULL;
    if (e->kind == EXPR_COND)
        return tangent_cond(work, e);
    struct expr *sum = NULL;
    bool here = linear_strip(e) == e;
    for (size_t k = 0; k < e->arg_count; k++) {
        if (!linear_operand_active(work, e, k))
            continue;
        struct expr *inner = tangent_value(work, e->args[k], here ? NULL : result);
        struct expr *partial = linear_partial(work, e, k, here ? result : NULL);
        if (!inner)
            continue;
        sum = add(unit, sum, linear_times(unit, partial ? primal(work, partial) : NULL, inner));
    }
    return sum;
}

/* ---- variables ------------------------------------------------------------------------------- */

static bool has_companion(struct work *work, struct var *var) {
    struct expr *e = expr_var(work->ad->unit, var);
    if (var->kind == VAR_STATIC_LOCAL)
        return false;
    return type_is_pointer(var->type) || type_is_array(var->type) || type_is_record(var->type)
               ? activity_reaches(work->activity, e) || activity_lvalue(work->activity, e)
               : activity_lvalue(work->activity, e);
}

static struct var *enter_var(struct work *work, struct var *var) {
    struct unit *unit = work->ad->unit;
    struct var *copy =
        func_add_var(unit, work->forward, var->kind, var->name, type_copy(&work->forward_map, var->type));
    copy->is_const = var->is_const;
    work->forward_map.vars[var->id] = expr_var(unit, copy);
    if (has_companion(work, var))
        work->companions[var->id] =
            func_add_var(unit, work->forward, VAR_LOCAL, companion_name(work, work->forward, var->name),
                         companion_type(work->ad, copy->type));
    return copy;
}

/* ---- statements ------------------------------------------------------------------------------ */

static void carry(struct stmt *to, const struct stmt *from) {
    to->comment = from->comment;
    to->trailing = from->trailing;
    to->loc = from->loc;
}

static struct expr *zero_of(struct work *work, struct type *type) {
    struct unit *unit = work->ad->unit;
    if (type_is_real(type))
        return expr_zero(unit, type);
    struct expr **zero = NEW_ARRAY(unit->arena, struct expr *, 1);
    zero[0] = expr_int(unit, 0);
    return expr_init(unit, type, zero, 1);
}

/* The tangent's side of `value`, zero where nothing active goes in. */
static struct expr *assigned_tangent(struct work *work, struct type *type, const struct expr *value,
                                     struct expr *result) {
    if (type_is_pointer(type))
        return companion_pointer(work, &work->forward_map, value);
    if (type_is_record(type)) {
        const struct expr *source = linear_strip(value);
        return linear_is_leaf(source) && activity_reaches(work->activity, source) ? companion(work, source)
                                                                                  : NULL;
    }
    struct expr *tangent = tangent_value(work, value, result);
    return tangent ? tangent : expr_zero(work->ad->unit, type);
}

/* Whether some real in it is never active: nothing sets its tangent, but a copy of the whole takes it along.
 */
static bool has_constants(struct work *work, struct expr *lvalue) {
    struct unit *unit = work->ad->unit;
    if (type_is_array(lvalue->type))
        return has_constants(work, expr_index(unit, lvalue, expr_int(unit, 0)));
    if (!type_is_record(lvalue->type))
        return type_is_real(lvalue->type) && !activity_lvalue(work->activity, lvalue);
    const struct record *record = type_strip(lvalue->type)->record;
    for (size_t k = 0; k < record->field_count; k++)
        if (record->fields[k].name && has_constants(work, expr_field(unit, lvalue, record->fields[k].name)))
            return true;
    return false;
}

/* Zero for a variable that is a record or holds some, and of which only a part gets tangents. */
static void clear_constants(struct work *work, struct var *var, struct stmt *dot, struct block *out) {
    struct var *companion = work->companions[var->id];
    const struct type *type = companion->type;
    bool variable = false;
    for (long long count; type_is_array(type); type = type_target(type))
        variable |= !type_strip(type)->count || !expr_is_const_int(type_strip(type)->count, &count);
    if (!type_is_record(type) || !has_constants(work, expr_var(work->ad->unit, var)))
        return;
    if (variable)
        adjoint_clear(work, expr_var(work->ad->unit, companion), out);
    else
        dot->u.decl.init = zero_of(work, companion->type);
}

static void tangent_decl(struct work *work, struct stmt *stmt, struct block *out) {
    struct unit *unit = work->ad->unit;
    struct var *var = stmt->u.decl.var;
    struct expr *value = stmt->u.decl.init, *result = linear_result(work, stmt);
    struct var *copy = enter_var(work, var);
    struct stmt *decl = stmt_decl(unit, copy, value ? primal(work, value) : NULL);
    struct stmt *dot = NULL;
    if (work->companions[var->id]) {
        struct expr *init = NULL;
        if (value && value->kind == EXPR_INIT)
            init = zero_of(work, work->companions[var->id]->type);
        else if (value)
            init = assigned_tangent(work, var->type, value, result);
        if (value && !init) /* a copy of constants */
            init = zero_of(work, work->companions[var->id]->type);
        dot = stmt_decl(unit, work->companions[var->id], init);
    }
    struct block cleared = {0};
    if (dot && !value)
        clear_constants(work, var, dot, &cleared);
    carry(decl, stmt);
    if (dot && !result)
        block_add(unit, out, dot);
    block_add(unit, out, decl);
    if (dot && result)
        block_add(unit, out, dot);
    block_append(unit, out, &cleared);
}

static bool moves_companion(struct work *work, const struct stmt *stmt) {
    if (type_is_pointer(stmt->to->type))
        return activity_reaches(work->activity, stmt->to) &&
               (stmt->to->kind != EXPR_VAR || stmt->to->u.var->kind == VAR_GLOBAL ||
                work->companions[stmt->to->u.var->id]);
    if (type_is_record(stmt->to->type))
        return activity_reaches(work->activity, stmt->to) || activity_lvalue(work->activity, stmt->to);
    return type_is_real(stmt->to->type) && activity_lvalue(work->activity, stmt->to);
}

static void clear_tangent(struct work *work, struct expr *a, struct expr *b, struct block *out) {
    (void)b;
    block_add(work->ad->unit, out, stmt_set(work->ad->unit, a, expr_zero(work->ad->unit, a->type), false));
}

static void tangent_set(struct work *work, struct stmt *stmt, struct block *out) {
    struct unit *unit = work->ad->unit;
    struct expr *result = linear_result(work, stmt);
    struct stmt *copy = stmt_copy(&work->forward_map, stmt), *dot = NULL;
    struct block cleared = {0};
    if (moves_companion(work, stmt)) {
        struct expr *to = companion(work, stmt->to), *value;
        if (stmt->u.set.add && type_is_pointer(stmt->to->type))
            value = primal(work, stmt->u.set.from);
        else if (stmt->u.set.add)
            value = tangent_value(work, stmt->u.set.from, NULL);
        else
            value = assigned_tangent(work, stmt->to->type, stmt->u.set.from, result);
        bool stays = value && !stmt->u.set.add && expr_equal(to, value); /* x = x - 1 */
        if (value && !stays)
            dot = stmt_set(unit, to, value, stmt->u.set.add);
        else if (!value && !stmt->u.set.add)
            each_real_leaf(work, work->forward, to->type, to, NULL, clear_tangent, &cleared);
    }
    block_append(unit, out, &cleared);
    if (dot && !result)
        block_add(unit, out, dot);
    block_add(unit, out, copy);
    if (dot && result)
        block_add(unit, out, dot);
}

static void tangent_return(struct work *work, struct stmt *stmt, struct block *out) {
    struct unit *unit = work->ad->unit;
    struct expr *value = stmt->u.value;
    if (value && work->result_companion) {
        struct expr *to = expr_deref(unit, expr_var(unit, work->result_companion));
        struct expr *tangent = assigned_tangent(work, work->origin->result, value, NULL);
        struct block cleared = {0};
        if (tangent)
            block_add(unit, out, stmt_set(unit, to, tangent, false));
        else
            each_real_leaf(work, work->forward, to->type, to, NULL, clear_tangent, &cleared);
        block_append(unit, out, &cleared);
    }
    block_add(unit, out, stmt_copy(&work->forward_map, stmt));
}

struct nested {
    struct work *work;
    VEC(struct block) blocks;
    size_t next;
};

static void take_block(struct block *block, void *data) {
    struct nested *n = data;
    struct block out = {0};
    tangent_block(n->work, block, &out);
    VEC_PUSH(n->work->ad->arena, n->blocks, out);
}

static void put_block(struct block *block, void *data) {
    struct nested *n = data;
    *block = n->blocks.items[n->next++];
}

/* Control flow stays as it is, around the tangents of what it controls. */
static void tangent_control(struct work *work, struct stmt *stmt, struct block *out) {
    struct unit *unit = work->ad->unit;
    struct nested n = {.work = work};
    struct stmt *shell = NEW(unit->arena, struct stmt);
    struct block none = {0};
    if (stmt->kind == STMT_FOR && stmt->u.loop.declares)
        enter_var(work, stmt->u.loop.index);
    stmt_each_block(stmt, take_block, &n);
    *shell = *stmt;
    if (shell->kind == STMT_FOR)
        shell->u.loop.body = none;
    else if (shell->kind == STMT_WHILE)
        shell->u.while_.body = none;
    else if (shell->kind == STMT_IF)
        shell->u.branch.then = shell->u.branch.other = none;
    else if (shell->kind == STMT_BLOCK)
        shell->u.block = none;
    else if (shell->kind == STMT_SWITCH) {
        struct switch_arm *arms = NEW_ARRAY(unit->arena, struct switch_arm, shell->u.switch_.arm_count + 1);
        for (size_t k = 0; k < shell->u.switch_.arm_count; k++) {
            arms[k] = shell->u.switch_.arms[k];
            arms[k].body = none;
        }
        shell->u.switch_.arms = arms;
    }
    struct stmt *copy = stmt_copy(&work->forward_map, shell);
    stmt_each_block(copy, put_block, &n);
    block_add(unit, out, copy);
}

static void tangent_stmt(struct work *work, struct stmt *stmt, struct block *out) {
    switch (stmt->kind) {
    case STMT_DECL: tangent_decl(work, stmt, out); break;
    case STMT_SET: tangent_set(work, stmt, out); break;
    case STMT_CALL: tangent_call(work, stmt, out); break;
    case STMT_RETURN: tangent_return(work, stmt, out); break;
    case STMT_IF:
    case STMT_FOR:
    case STMT_WHILE:
    case STMT_SWITCH:
    case STMT_BLOCK: tangent_control(work, stmt, out); break;
    case STMT_BREAK:
    case STMT_RAW: block_add(work->ad->unit, out, stmt_copy(&work->forward_map, stmt)); break;
    case STMT_CONTINUE:
    case STMT_PUSH:
    case STMT_POP: BUG("not in normal form");
    }
}

static void tangent_block(struct work *work, struct block *block, struct block *out) {
    for (size_t k = 0; k < block->count; k++)
        tangent_stmt(work, block->items[k], out);
}

void tangent_build(struct work *work) {
    struct block body = {0};
    work->reverse_map = work->forward_map; /* one function, one map */
    globals_declare(work, &work->forward->body);
    tangent_block(work, &work->func->body, &body);
    block_append(work->ad->unit, &work->forward->body, &body);
}
