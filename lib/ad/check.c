/* check: what cannot be differentiated is refused, with its place and the way out. */
#include "ad/call.h"

#include <string.h>

static bool has_const_member(const struct type *type) {
    const struct type *record = type_strip(type);
    for (size_t k = 0; type_is_record(record) && k < record->record->field_count; k++) {
        const struct type *member = record->record->fields[k].type;
        if ((type_quals(member) & QUAL_CONST) || has_const_member(member))
            return true;
    }
    return false;
}

static bool check_variable(struct ad *ad, const struct func *origin, const struct var *var) {
    bool kept = var->kind == VAR_STATIC_LOCAL && !var->is_const;
    bool fixed = var->kind == VAR_LOCAL && type_reaches_real(var->type) && has_const_member(var->type);
    if (kept)
        diag_report(ad->unit->diag, var->loc, ERR_STATIC_LOCAL, var->name, origin->name);
    if (fixed)
        diag_report(ad->unit->diag, var->loc.file ? var->loc : origin->loc, ERR_CONST_MEMBER, var->name);
    return !kept && !fixed;
}

bool work_check(struct ad *ad, struct func *origin, struct loc loc) {
    const char *key = arena_printf(ad->arena, "check %s", origin->name);
    struct map *missing = ad->missing;
    if (map_get(missing, key))
        return map_get(missing, key) == ad;
    map_put(missing, key, ad);
    bool ok = true;
    if (origin->unsupported) {
        diag_report(ad->unit->diag, origin->unsupported_loc, ERR_UNSUPPORTED_BODY, origin->name,
                    origin->unsupported);
        if (loc.file)
            diag_report(ad->unit->diag, loc, NOTE_CALLED_HERE);
        ok = false;
    } else if (origin->variadic) {
        diag_report(ad->unit->diag, origin->loc, ERR_REQUEST_VARIADIC, origin->name);
        ok = false;
    }
    bool supported = ok;
    if (ok && origin->openmp.file)
        diag_report(ad->unit->diag, origin->openmp, WARN_OPENMP, origin->name);
    for (size_t k = 0; supported && k < origin->vars.count; k++)
        ok &= check_variable(ad, origin, origin->vars.items[k]);
    if (!ok)
        map_put(missing, key, missing);
    return ok;
}

/* ---- what only the activity tells ------------------------------------------------------------ */

struct cast_check {
    struct work *work;
    struct stmt *stmt;
    bool by_rule; /* an argument of a function with a row: void pointers are its business */
};

static bool any_puns(struct work *work, const struct bitset *set) {
    struct regions *regions = work->facts->regions;
    struct bitset leaves = bitset_create(work->ad->arena);
    region_set_leaves(regions, set, true, &leaves);
    for (size_t m = bitset_next(&leaves, 0); m != SIZE_MAX; m = bitset_next(&leaves, m + 1)) {
        const struct region *region = regions->all.items[m];
        if (type_is_record(region->type) && region->type->record->puns &&
            activity_region(work->activity, region))
            return true;
    }
    return false;
}

/* By its member, or through a pointer into it. */
static bool is_union_access(struct work *work, const struct expr *e) {
    struct bitset named = bitset_create(work->ad->arena);
    if (!linear_is_leaf(e) || !type_is_real(e->type))
        return false;
    region_of_lvalue(work->facts->regions, e, &named);
    return any_puns(work, &named);
}

/* A record that is copied as a whole, by assignment or by memcpy. */
static bool copies_union(struct work *work, const struct stmt *stmt, const struct expr *e) {
    struct bitset copied = bitset_create(work->ad->arena);
    const struct call_rule *rule =
        stmt->kind == STMT_CALL ? rules_call(work->ad->rules, stmt->u.call.callee->name) : NULL;
    if (type_is_record(e->type) && expr_is_lvalue(expr_strip(e)))
        region_of_lvalue(work->facts->regions, expr_strip(e), &copied);
    else if (rule && rule->class == CALL_COPY && type_is_pointer(e->type))
        region_of_pointer(work->facts->regions, e, &copied);
    return any_puns(work, &copied);
}

static void refuse(struct work *work, const struct expr *e, const struct stmt *stmt, enum diag_id id) {
    diag_report(work->ad->unit->diag, e->loc.file ? e->loc : stmt->loc, id);
    why_active_expr(work, e);
    work->failed = true;
}

/* A real read or written where no real is known to lie: its activity would be lost. */
static bool is_untyped_access(struct work *work, const struct expr *e) {
    struct regions *regions = work->facts->regions;
    struct bitset named = bitset_create(work->ad->arena);
    if (!linear_is_leaf(e) || !type_is_real(e->type))
        return false;
    region_of_lvalue(regions, e, &named);
    for (size_t m = bitset_next(&named, 0); m != SIZE_MAX; m = bitset_next(&named, m + 1)) {
        if (!region_holds_reals(regions->all.items[m]))
            return true;
    }
    return bitset_empty(&named);
}

/* Reals that depend on an independent lie behind the pointer. Whether a dependent depends on them is not
 * asked where they are read as something else: that is just what cannot be seen any more. */
static bool varied_behind(struct work *work, const struct expr *pointer) {
    struct regions *regions = work->facts->regions;
    struct bitset behind = bitset_create(work->ad->arena), leaves = bitset_create(work->ad->arena);
    region_of_pointer(regions, pointer, &behind);
    for (size_t m = bitset_next(&behind, 0); m != SIZE_MAX; m = bitset_next(&behind, m + 1))
        region_add_leaves(regions, regions->all.items[m], true, &leaves);
    return region_sets_overlap(regions, &work->activity->varied, &leaves);
}

/* From `void *` to what lies there; to `void *`: the way back is a conversion of its own. */
static bool keeps_type(struct work *work, const struct expr *cast) {
    const struct type *to = type_target(cast->type), *from = type_target(cast->args[0]->type);
    struct bitset behind = bitset_create(work->ad->arena);
    if (type_same(to, from) || type_is_void(to))
        return true;
    if (!type_is_void(from))
        return false;
    region_of_pointer(work->facts->regions, cast->args[0], &behind);
    for (size_t m = bitset_next(&behind, 0); m != SIZE_MAX; m = bitset_next(&behind, m + 1))
        if (!type_same(work->facts->regions->all.items[m]->type, to))
            return false;
    return !bitset_empty(&behind);
}

static bool check_node(struct expr *e, void *data) {
    struct cast_check *check = data;
    struct work *work = check->work;
    if (is_untyped_access(work, e)) {
        refuse(work, e, check->stmt, ERR_UNTYPED_ACCESS);
        return false;
    }
    if (is_union_access(work, e)) {
        refuse(work, e, check->stmt, ERR_UNION_ACTIVE);
        return false;
    }
    if (e->kind != EXPR_CAST || !type_is_pointer(e->type) || !type_is_pointer(e->args[0]->type))
        return true;
    if (keeps_type(work, e) || (check->by_rule && type_is_void(type_target(e->args[0]->type))))
        return true;
    if (varied_behind(work, e->args[0]) || activity_reaches(work->activity, e))
        refuse(work, e, check->stmt, ERR_POINTER_CAST);
    return true;
}

static void check_expr(struct expr **e, void *data) {
    struct cast_check *check = data;
    if (copies_union(check->work, check->stmt, *e))
        refuse(check->work, *e, check->stmt, ERR_UNION_ACTIVE);
    expr_walk(*e, check_node, data);
}

/* Active values that a function of the input reads or writes as bytes. */
static bool moves_bytes(struct work *work, const struct stmt *call) {
    const struct func *callee = call->u.call.callee;
    if (!callee->defined || callee->unsupported || callee->inactive || callee->custom_vjp ||
        rules_call(work->ad->rules, callee->name))
        return false;
    struct bitset touched = bitset_create(work->ad->arena);
    call_untyped_reals(work->ad->program, work->facts, call, false, &touched);
    call_untyped_reals(work->ad->program, work->facts, call, true, &touched);
    return activity_any(work->activity, &touched);
}

/* memcpy from reals to bytes or integers. */
static bool copies_to_bytes(struct work *work, const struct stmt *call) {
    const struct call_rule *rule = rules_call(work->ad->rules, call->u.call.callee->name);
    if (!rule || rule->class != CALL_COPY)
        return false;
    const struct expr *to = memory_pointer(call->u.call.args[rule->to_param]),
                      *from = memory_pointer(call->u.call.args[rule->from_param]);
    struct bitset behind = bitset_create(work->ad->arena);
    if (!varied_behind(work, from))
        return false;
    region_of_pointer(work->facts->regions, to, &behind);
    for (size_t m = bitset_next(&behind, 0); m != SIZE_MAX; m = bitset_next(&behind, m + 1))
        if (!type_holds_real(work->facts->regions->all.items[m]->type))
            return true;
    return false;
}

/* A function of the input follows the pointer to reals, and no memory is known to lie there: what the callee
 * does to it would be lost. */
static void check_unknown_arguments(struct work *work, const struct stmt *call) {
    const struct func *callee = call->u.call.callee;
    if (!callee->defined || callee->unsupported || callee->inactive || callee->custom_vjp ||
        callee->custom_jvp || rules_call(work->ad->rules, callee->name))
        return;
    for (size_t k = 0; k < call->u.call.arg_count; k++) {
        const struct expr *arg = call->u.call.args[k];
        struct bitset behind = bitset_create(work->ad->arena);
        if (!type_is_pointer(arg->type) || !type_holds_real(type_target(arg->type)) || work_is_null(arg))
            continue;
        region_of_pointer(work->facts->regions, arg, &behind);
        if (bitset_empty(&behind))
            refuse(work, arg, call, ERR_UNTYPED_ACCESS);
    }
    if (!work->failed && call_loses_reals(work->ad->program, work->facts, call)) {
        diag_report(work->ad->unit->diag, call->loc, ERR_UNTYPED_ACCESS);
        work->failed = true;
    }
}

static void check_stmt(struct stmt *stmt, void *data) {
    struct work *work = data;
    if (stmt->kind == STMT_CALL)
        check_unknown_arguments(work, stmt);
    if (stmt->kind == STMT_CALL && copies_to_bytes(work, stmt)) {
        diag_report(work->ad->unit->diag, stmt->loc, ERR_COPY_TYPES, stmt->u.call.callee->name);
        work->failed = true;
    }
    if (stmt->kind == STMT_CALL && moves_bytes(work, stmt)) {
        diag_report(work->ad->unit->diag, stmt->loc, ERR_BYTES_MOVED, stmt->u.call.callee->name);
        work->failed = true;
    }
    struct cast_check check = {work, stmt, false};
    if (stmt->kind == STMT_CALL)
        check.by_rule = rules_call(work->ad->rules, stmt->u.call.callee->name) ||
                        !stmt->u.call.callee->defined || stmt->u.call.callee->inactive;
    stmt_each_expr(stmt, check_expr, &check);
}

void check_activity(struct work *work) {
    block_walk(&work->func->body, check_stmt, work);
}

/* ---- pointers in memory, for the reverse sweep ----------------------------------------------- */

/* The companion of a record of the same block is given its pointers at the start of the reverse sweep, once.
 */
static bool is_setup(struct work *work, const struct stmt *stmt) {
    struct var *var = stmt->kind == STMT_DECL ? stmt->u.decl.var : work_storage(stmt->to);
    return var && var->kind == VAR_LOCAL && type_is_record(var->type) &&
           !(stmt->kind == STMT_SET && stmt->u.set.add) &&
           work->layout->of_stmt[stmt->id].block == work->layout->decl_of_var[var->id].block;
}

static bool is_local(const struct expr *to) {
    return to->kind == EXPR_VAR && to->u.var->kind != VAR_GLOBAL;
}

static void check_store(struct stmt *stmt, void *data) {
    struct work *work = data;
    struct expr *to = stmt->to;
    if (stmt->kind == STMT_DECL && stmt->u.decl.init && linear_is_leaf(stmt->u.decl.init))
        to = expr_var(work->ad->unit, stmt->u.decl.var);
    bool stores = to && (type_is_pointer(to->type) ? !is_local(to) : type_holds_pointer(to->type));
    if (!stores || work_is_null(linear_value(stmt)) || !activity_reaches(work->activity, to))
        return;
    if ((is_setup(work, stmt) && !setup_stored_elsewhere(work, stmt)) || setup_root(work, stmt))
        return;
    if (to->kind == EXPR_VAR && to->u.var->kind == VAR_GLOBAL) {
        diag_report(work->ad->unit->diag, stmt->loc, ERR_GLOBAL_POINTER, stmt->to->u.var->name);
        work->failed = true;
        return;
    }
    diag_report(work->ad->unit->diag, stmt->loc, ERR_POINTER_STORED);
    why_active_expr(work, to);
    work->failed = true;
}

void check_stores(struct work *work) {
    block_walk(&work->func->body, check_store, work);
}
