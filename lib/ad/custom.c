/* custom: the user's own derivative of a call, which has the signature of f_vjp or f_jvp.
 *
 * f_vjp computes what f computes once more, in the reverse sweep, from what the arguments hold there: memory
 * that has changed since the call is handed over as a copy of what it was, and so is memory that f changes.
 * Its parameters are known by their names, and it may leave out those that it does not need. */
#include "ad/call.h"

#include <string.h>

/* ---- parameters ------------------------------------------------------------------------------ */

static bool names_companion(const char *name, const char *primal, const char *suffix) {
    size_t length = strlen(primal);
    return strncmp(name, primal, length) == 0 && strcmp(name + length, suffix) == 0;
}

static size_t param_named(const struct func *func, const char *name, const char *suffix) {
    for (size_t k = 0; k < func->param_count; k++)
        if (func->params[k]->name && names_companion(name, func->params[k]->name, suffix))
            return k;
    return SIZE_MAX;
}

static bool takes(const struct func *custom, const char *primal, const char *suffix) {
    for (size_t k = 0; k < custom->param_count; k++)
        if (names_companion(custom->params[k]->name, primal, suffix))
            return true;
    return false;
}

/* The last parameter, if it is nobody's companion: the seed or tangent of the result, whatever its name. */
static bool is_for_result(const struct func *custom, size_t k, const struct func *callee,
                          const char *suffix) {
    const char *name = custom->params[k]->name;
    return k + 1 == custom->param_count && !type_is_void(callee->result) &&
           param_named(callee, name, "") == SIZE_MAX && param_named(callee, name, suffix) == SIZE_MAX;
}

static struct func *custom_of(const struct work *work, const struct stmt *call, bool tangent) {
    const struct func *callee = call->u.call.callee;
    return unit_find_func(work->ad->unit, tangent ? callee->custom_jvp : callee->custom_vjp);
}

/* ---- what it must take ----------------------------------------------------------------------- */

static void refuse(struct work *work, const struct stmt *call, const struct func *custom, enum diag_id id,
                   const char *name) {
    diag_report(work->ad->unit->diag, call->loc, id, custom->name, name, call->u.call.callee->name, name);
    work->failed = true;
}

/* A companion that it does not take would be a zero that nobody asked for. */
static void check_companions(struct work *work, const struct stmt *call, const struct func *custom,
                             const char *suffix) {
    const struct func *callee = call->u.call.callee;
    for (size_t k = 0; k < callee->param_count; k++)
        if (!callee->params[k]->inactive && argument_active(work, call->u.call.args[k]) &&
            !takes(custom, callee->params[k]->name, suffix))
            refuse(work, call, custom, ERR_CUSTOM_INCOMPLETE, callee->params[k]->name);
    if (call->to && activity_lvalue(work->activity, call->to) &&
        (custom->param_count == 0 || !is_for_result(custom, custom->param_count - 1, callee, suffix)))
        refuse(work, call, custom, ERR_CUSTOM_RESULT, callee->name);
}

static bool is_known(struct work *work, const struct stmt *call, const struct func *custom, size_t k,
                     const char *suffix) {
    const struct func *callee = call->u.call.callee;
    const char *name = custom->params[k]->name;
    if (param_named(callee, name, "") != SIZE_MAX || param_named(callee, name, suffix) != SIZE_MAX ||
        is_for_result(custom, k, callee, suffix))
        return true;
    diag_report(work->ad->unit->diag, custom->loc, ERR_CUSTOM_PARAM, name, custom->name, callee->name);
    work->failed = true;
    return false;
}

static bool check(struct work *work, const struct stmt *call, const struct func *custom, const char *suffix) {
    for (size_t k = 0; k < custom->param_count; k++)
        if (!is_known(work, call, custom, k, suffix))
            return false;
    check_companions(work, call, custom, suffix);
    return !work->failed;
}

/* ---- needs ----------------------------------------------------------------------------------- */

void custom_needs(struct work *work, struct stmt *call, need_visitor *visit, void *data) {
    const struct func *callee = call->u.call.callee, *custom = custom_of(work, call, false);
    for (size_t k = 0; custom && k < callee->param_count; k++) {
        struct expr *arg = call->u.call.args[k];
        if (takes(custom, callee->params[k]->name, ""))
            visit(arg, false, data);
        if (argument_active(work, arg))
            argument_companion_needs(work, arg, visit, data);
    }
}

bool custom_reads(const struct work *work, const struct stmt *call, size_t k) {
    const struct func *callee = call->u.call.callee, *custom = custom_of(work, call, false);
    return custom && k < callee->param_count && takes(custom, callee->params[k]->name, "");
}

/* ---- memory as it was ------------------------------------------------------------------------ */

/* What lies in the region when f_vjp runs is what it reads, and nobody minds what it writes there. */
static bool holds_in_place(struct work *work, const struct stmt *call, const struct region *region) {
    const struct facts *facts = work->facts;
    const struct effects *effects = &facts->of_stmt[call->id];
    bool written = region_set_hits(facts->regions, &effects->writes, region);
    bool read = region_set_hits(facts->regions, &effects->reads, region);
    if (written && read)
        return false;
    /* Results that were overwritten later are read by nobody any more, once the sweep comes back to here. */
    return (written && !region_is_outer(region)) ||
           region_survives(facts, work->layout, call, region, false, &work->clobbered);
}

static bool passes_in_place(struct work *work, const struct stmt *call, const struct expr *arg) {
    struct bitset reach = bitset_create(work->ad->arena);
    argument_reads(work, arg, &reach);
    for (size_t m = bitset_next(&reach, 0); m != SIZE_MAX; m = bitset_next(&reach, m + 1))
        if (!holds_in_place(work, call, work->facts->regions->all.items[m]))
            return false;
    return true;
}

/* The variable in which the argument points, whose size is known and which holds all that can be reached. */
static struct var *storage_of(const struct expr *arg) {
    const struct expr *e = memory_pointer(arg);
    struct var *var = work_storage(e->kind == EXPR_ADDR ? e->args[0] : e);
    long long count;
    if (!var || (e->kind != EXPR_ADDR && !type_is_array(e->type)) || type_holds_pointer(var->type))
        return NULL;
    for (struct type *t = type_strip(var->type); type_is_array(t); t = type_strip(t->under))
        if (!t->count || !expr_is_const_int(t->count, &count))
            return NULL;
    return var;
}

/* The copies that one call takes, by variable. */
struct copies {
    struct work *work;
    struct copy_map map; /* of the reverse sweep, with the copies in place of the variables */
    struct block *forward, *reverse;
};

static struct copies copies_create(struct work *work, struct block *forward, struct block *reverse) {
    const struct copy_map *map = &work->reverse_map;
    struct copies copies = {work, *map, forward, reverse};
    copies.map.vars = NEW_ARRAY(work->ad->arena, struct expr *, map->var_count + 1);
    for (size_t k = 0; k < map->var_count; k++)
        copies.map.vars[k] = map->vars ? map->vars[k] : NULL;
    return copies;
}

static struct expr *copied_argument(struct copies *copies, const struct expr *arg, struct var *var) {
    struct work *work = copies->work;
    struct unit *unit = work->ad->unit;
    struct expr *as_is = work->reverse_map.vars ? work->reverse_map.vars[var->id] : NULL;
    if (copies->map.vars[var->id] != as_is)
        return expr_copy(&copies->map, arg);
    struct var *before =
        func_add_var(unit, work->reverse, VAR_LOCAL,
                     work_name(work, work->reverse, arena_printf(unit->arena, "%s_before", var->name)),
                     companion_type(work->ad, var->type));
    block_add(unit, copies->reverse, stmt_decl(unit, before, NULL));
    save_value(work, expr_copy(&work->forward_map, expr_var(unit, var)), copies->forward);
    save_restore(work, expr_var(unit, before), copies->reverse);
    copies->map.vars[var->id] = expr_var(unit, before);
    return expr_copy(&copies->map, arg);
}

static struct expr *primal_argument(struct copies *copies, const struct stmt *call, struct expr *arg,
                                    const struct func *custom, const char *name) {
    struct work *work = copies->work;
    struct var *var = argument_is_pointer(arg) ? storage_of(arg) : NULL;
    if (!argument_is_pointer(arg) || passes_in_place(work, call, arg))
        return expr_copy(&work->reverse_map, arg);
    if (var)
        return copied_argument(copies, arg, var);
    refuse(work, call, custom, ERR_CUSTOM_MEMORY, name);
    return expr_copy(&work->reverse_map, arg);
}

/* ---- reverse mode ---------------------------------------------------------------------------- */

static struct expr *result_adjoint(struct work *work, const struct stmt *call) {
    return call->to && activity_lvalue(work->activity, call->to)
               ? call_result_seed(work, call)
               : expr_zero(work->ad->unit, call->u.call.callee->result);
}

static struct expr *companion_argument(struct work *work, const struct stmt *call, struct expr *arg,
                                       struct block *before, struct block *after) {
    if (argument_is_pointer(arg))
        return argument_companion(work, &work->reverse_map, arg);
    return expr_addr(work->ad->unit, argument_adjoint(work, call, arg, before, after));
}

void custom_reverse(struct work *work, struct stmt *call, struct block *forward, struct block *reverse) {
    struct unit *unit = work->ad->unit;
    struct func *callee = call->u.call.callee, *custom = custom_of(work, call, false);
    struct block after = {0};
    if (!custom || !check(work, call, custom, "_bar"))
        return;
    struct copies copies = copies_create(work, forward, reverse);
    struct expr **args = NEW_ARRAY(unit->arena, struct expr *, custom->param_count + 1);
    for (size_t k = 0; k < custom->param_count; k++) {
        const char *name = custom->params[k]->name;
        size_t primal = param_named(callee, name, ""), companion = param_named(callee, name, "_bar");
        if (primal != SIZE_MAX)
            args[k] = primal_argument(&copies, call, call->u.call.args[primal], custom, name);
        else if (companion != SIZE_MAX)
            args[k] = companion_argument(work, call, call->u.call.args[companion], reverse, &after);
        else
            args[k] = result_adjoint(work, call);
    }
    call_copy(work, call, forward);
    block_add(unit, reverse, stmt_call(unit, NULL, custom, args, custom->param_count));
    block_append(unit, reverse, &after);
}

/* ---- forward mode ---------------------------------------------------------------------------- */

void custom_tangent(struct work *work, struct stmt *call, struct block *out) {
    struct unit *unit = work->ad->unit;
    struct func *callee = call->u.call.callee, *custom = custom_of(work, call, true);
    if (!custom || !check(work, call, custom, "_dot"))
        return;
    struct expr **args = NEW_ARRAY(unit->arena, struct expr *, custom->param_count + 1);
    for (size_t k = 0; k < custom->param_count; k++) {
        const char *name = custom->params[k]->name;
        size_t primal = param_named(callee, name, ""), companion = param_named(callee, name, "_dot");
        if (primal != SIZE_MAX)
            args[k] = expr_copy(&work->forward_map, call->u.call.args[primal]);
        else if (companion != SIZE_MAX)
            args[k] = argument_tangent(work, call->u.call.args[companion], out);
        else
            args[k] = call_result_target(work, call, out);
    }
    block_add(unit, out,
              stmt_call(unit, call->to ? expr_copy(&work->forward_map, call->to) : NULL, custom, args,
                        custom->param_count));
}
