/* argument: what the arguments and the result of a call become in calls of derivative functions. */
#include "ad/call.h"

bool argument_is_pointer(const struct expr *arg) {
    return type_is_pointer(arg->type) || type_is_array(arg->type);
}

bool argument_active(struct work *work, const struct expr *arg) {
    if (argument_is_pointer(arg) || type_is_record(arg->type))
        return activity_reaches(work->activity, arg);
    return type_is_real(arg->type) && activity_expr(work->ad->program, work->activity, arg);
}

void argument_companion_needs(struct work *work, struct expr *arg, need_visitor *visit, void *data) {
    if (argument_is_pointer(arg))
        visit(arg, true, data);
    else if (type_is_record(arg->type))
        needs_address(arg, visit, data);
    else
        needs_value(work, arg, visit, data);
}

void argument_reads(struct work *work, const struct expr *pointer, struct bitset *out) {
    struct regions *regions = work->facts->regions;
    struct bitset targets = bitset_create(work->ad->arena);
    region_of_pointer(regions, pointer, &targets);
    for (size_t m = bitset_next(&targets, 0); m != SIZE_MAX; m = bitset_next(&targets, m + 1))
        region_add_reachable(regions, regions->all.items[m], out);
}

struct stmt *call_copy(struct work *work, const struct stmt *call, struct block *out) {
    struct stmt *copy = stmt_copy(&work->forward_map, call);
    block_add(work->ad->unit, out, copy);
    return copy;
}

static struct var *declare_temp(struct work *work, struct func *func, const char *name, struct type *type,
                                struct block *out) {
    struct unit *unit = work->ad->unit;
    struct var *var = func_add_var(unit, func, VAR_LOCAL, work_name(work, func, name), type->plain);
    struct expr *init = NULL;
    if (type_is_real(type)) {
        init = expr_zero(unit, type);
    } else if (type_is_record(type)) {
        struct expr **zero = NEW_ARRAY(unit->arena, struct expr *, 1);
        zero[0] = expr_int(unit, 0);
        init = expr_init(unit, var->type, zero, 1);
    }
    block_add(unit, out, stmt_decl(unit, var, init));
    return var;
}

/* The call may write where the argument's value was read: turn(x, y, &x, &y). What becomes of the memory and
 * the value that was handed over have adjoints of their own. */
static bool is_overwritten(struct work *work, const struct stmt *call, const struct expr *value) {
    struct regions *regions = work->facts->regions;
    struct bitset parts = bitset_create(work->ad->arena), leaves = bitset_create(work->ad->arena);
    region_of_lvalue(regions, value, &parts);
    region_set_leaves(regions, &parts, false, &leaves);
    return region_sets_overlap(regions, &work->facts->of_stmt[call->id].writes, &leaves);
}

static void add_leaf(struct work *work, struct expr *a, struct expr *b, struct block *out) {
    block_add(work->ad->unit, out, stmt_set(work->ad->unit, a, b, true));
}

/* An adjoint that the callee adds to: the argument's own, or a temporary that is then passed on through the
 * expression. */
struct expr *argument_adjoint(struct work *work, const struct stmt *call, struct expr *arg,
                              struct block *before, struct block *after) {
    struct unit *unit = work->ad->unit;
    const struct expr *value = linear_strip(arg);
    bool lvalue = linear_is_leaf(value) && type_same(value->type, arg->type);
    bool active = lvalue && (type_is_record(value->type) ? activity_reaches(work->activity, value)
                                                         : activity_lvalue(work->activity, value));
    if (active && !is_overwritten(work, call, value))
        return companion_lvalue(work, &work->reverse_map, value);
    struct var *temp = declare_temp(work, work->reverse, "argument_bar", arg->type, before);
    if (active && type_is_record(value->type))
        each_real_leaf(work, work->reverse, value->type, companion_lvalue(work, &work->reverse_map, value),
                       expr_var(unit, temp), add_leaf, after);
    else if (type_is_real(arg->type) && activity_expr(work->ad->program, work->activity, arg))
        adjoint_value(work, arg, expr_var(unit, temp), NULL, after);
    return expr_var(unit, temp);
}

struct expr *argument_companion(struct work *work, const struct copy_map *map, struct expr *arg) {
    long long value;
    if (expr_is_const_int(arg, &value))
        return expr_copy(map, arg);
    return companion_pointer(work, map, arg);
}

/* The adjoint of the call's result, taken out of its variable if others may still add to it. */
struct expr *call_result_seed(struct work *work, const struct stmt *call) {
    return companion_lvalue(work, &work->reverse_map, call->to);
}

/* ---- forward mode ---------------------------------------------------------------------------- */

static struct expr *zero_value(struct work *work, struct type *type, struct block *out) {
    struct unit *unit = work->ad->unit;
    if (type_is_real(type))
        return expr_zero(unit, type);
    struct var *var = func_add_var(unit, work->forward, VAR_LOCAL,
                                   work_name(work, work->forward, "no_tangent"), type->plain);
    struct expr **zero = NEW_ARRAY(unit->arena, struct expr *, 1);
    zero[0] = expr_int(unit, 0);
    block_add(unit, out, stmt_decl(unit, var, expr_init(unit, var->type, zero, 1)));
    return expr_var(unit, var);
}

struct expr *argument_tangent(struct work *work, struct expr *arg, struct block *out) {
    long long value;
    if (argument_is_pointer(arg))
        return expr_is_const_int(arg, &value) ? expr_copy(&work->forward_map, arg)
                                              : companion_pointer(work, &work->forward_map, arg);
    if (!argument_active(work, arg))
        return zero_value(work, arg->type, out);
    if (type_is_record(arg->type))
        return companion_lvalue(work, &work->forward_map, linear_strip(arg));
    struct expr *tangent = tangent_value(work, arg, NULL);
    return tangent ? tangent : expr_zero(work->ad->unit, arg->type);
}

struct expr *call_result_target(struct work *work, struct stmt *call, struct block *out) {
    struct unit *unit = work->ad->unit;
    if (call->to && activity_lvalue(work->activity, call->to))
        return expr_addr(unit, companion_lvalue(work, &work->forward_map, call->to));
    struct var *ignored =
        func_add_var(unit, work->forward, VAR_LOCAL, work_name(work, work->forward, "unused_dot"),
                     companion_type(work->ad, call->u.call.callee->result));
    block_add(unit, out, stmt_decl(unit, ignored, NULL));
    return expr_addr(unit, expr_var(unit, ignored));
}
