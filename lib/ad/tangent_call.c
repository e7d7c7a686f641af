/* tangent_call: a call in forward mode: the callee's tangent function in place of the callee, or the row's
 * tangent. */
#include "ad/call.h"

#include <string.h>

/* ---- the tangent function of a callee -------------------------------------------------------- */

static bool param_active(struct work *work, const struct var *param) {
    struct expr *e = expr_var(work->ad->unit, (struct var *)param);
    if (type_is_pointer(param->type) || type_is_record(param->type))
        return activity_reaches(work->activity, e);
    return type_is_real(param->type) && activity_lvalue(work->activity, e);
}

static void build_tangent(struct work *work, struct tangent *tangent) {
    struct ad *ad = work->ad;
    size_t count = work->func->param_count;
    work->suffix = "_dot";
    work_analyse(work);
    check_activity(work);
    tangent->param_companion = NEW_ARRAY(ad->arena, bool, count + 1);
    for (size_t k = 0; k < count; k++)
        tangent->param_companion[k] = param_active(work, work->func->params[k]);
    tangent->globals = globals_active(work);
    tangent->result_companion = work->context->result_useful && work->activity->result_varied &&
                                type_holds_real(work->origin->result);
    tangent->func =
        func_new(ad->unit, fresh_func_name(ad, arena_printf(ad->arena, "%s_jvp", work->origin->name)),
                 work->origin->result);
    tangent->func->is_static = tangent->func->defined = true;
    spill_values(work, false);
    work->forward = work->reverse = tangent->func;
    prepare_maps(work);
    for (size_t k = 0; k < count; k++) {
        add_primal_param(work, work->forward, &work->forward_map, k);
        if (tangent->param_companion[k])
            add_companion_param(work, work->forward, work->func->params[k], true);
    }
    globals_add_params(work, work->forward, &tangent->globals, true);
    if (tangent->result_companion)
        work->result_companion = func_add_var(
            ad->unit, work->forward, VAR_PARAM, companion_name(work, work->forward, work->origin->name),
            type_pointer(ad->unit->types, companion_type(ad, work->origin->result)));
    tangent_build(work);
    finish_func(work, tangent->func);
    add_output(ad, tangent->func, false);
}

struct tangent *tangent_of_call(struct work *work, struct stmt *call) {
    struct ad *ad = work->ad;
    struct context *context = activity_call_context(ad->program, work->activity, call);
    struct func *callee = call->u.call.callee;
    const char *key = arena_printf(ad->arena, "%s:%s", callee->name, context_text(ad->arena, context));
    struct tangent *tangent = map_get(ad->tangents, key);
    if (tangent)
        return tangent;
    tangent = NEW(ad->arena, struct tangent);
    map_put(ad->tangents, key, tangent);
    tangent->failed = !work_check(ad, callee, call->loc);
    if (tangent->failed)
        return tangent;
    struct work *inner = work_create(ad, callee, context, NULL, false, true);
    build_tangent(inner, tangent);
    tangent->failed = inner->failed;
    return tangent;
}

/* ---- calls ----------------------------------------------------------------------------------- */

static void clear_result(struct work *work, struct stmt *call, struct block *out) {
    if (call->to && activity_lvalue(work->activity, call->to))
        adjoint_clear(work, companion_lvalue(work, &work->forward_map, call->to), out);
}

static void call_callee_tangent(struct work *work, struct stmt *call, struct block *out) {
    struct unit *unit = work->ad->unit;
    struct tangent *tangent = tangent_of_call(work, call);
    VEC(struct expr *) args = {0};
    if (tangent->failed) {
        work->failed = true;
        return;
    }
    if (!tangent->result_companion)
        clear_result(work, call, out);
    for (size_t k = 0; k < call->u.call.arg_count; k++) {
        struct expr *arg = call->u.call.args[k];
        VEC_PUSH(unit->arena, args, expr_copy(&work->forward_map, arg));
        if (tangent->param_companion[k])
            VEC_PUSH(unit->arena, args, argument_tangent(work, arg, out));
    }
    for (size_t k = 0; k < tangent->globals.count; k++)
        VEC_PUSH(unit->arena, args, global_argument(work, tangent->globals.items[k], true));
    if (tangent->result_companion)
        VEC_PUSH(unit->arena, args, call_result_target(work, call, out));
    struct expr *to = call->to ? expr_copy(&work->forward_map, call->to) : NULL;
    struct stmt *made = stmt_call(unit, to, tangent->func, args.items, args.count);
    made->comment = call->comment;
    made->trailing = call->trailing;
    block_add(unit, out, made);
}

static void call_rule_tangent(struct work *work, const struct call_rule *rule, struct stmt *call,
                              struct block *out) {
    struct unit *unit = work->ad->unit;
    size_t count = call->u.call.arg_count;
    struct expr **primal = NEW_ARRAY(unit->arena, struct expr *, count + 1);
    struct expr **companion = NEW_ARRAY(unit->arena, struct expr *, count + 1);
    for (size_t k = 0; k < count; k++) {
        primal[k] = expr_copy(&work->forward_map, call->u.call.args[k]);
        if (argument_active(work, call->u.call.args[k]))
            companion[k] = argument_tangent(work, call->u.call.args[k], out);
    }
    struct call_binding binding = {primal, companion, NULL, NULL, work->forward};
    if (call->to) {
        binding.result = expr_copy(&work->forward_map, call->to);
        if (activity_lvalue(work->activity, call->to))
            binding.result_companion = companion_lvalue(work, &work->forward_map, call->to);
    }
    if (rule->tangent_after)
        call_copy(work, call, out);
    call_tangent(unit, rule, &binding, out);
    if (!rule->tangent_after)
        call_copy(work, call, out);
}

/* The same copy or fill of the companions; a fill, or a copy of constants, sets them to zero. */
static void call_memory_tangent(struct work *work, const struct call_rule *rule, struct stmt *call,
                                struct block *out) {
    struct unit *unit = work->ad->unit;
    size_t count = call->u.call.arg_count;
    struct expr *from = rule->class == CALL_COPY ? call->u.call.args[rule->from_param] : NULL;
    call_copy(work, call, out);
    if (!from || !activity_reaches(work->activity, memory_pointer(from))) {
        memory_clear(work, rule, call, out);
        return;
    }
    struct stmt *dot = stmt_call(unit, NULL, call->u.call.callee, NULL, 0);
    dot->u.call.arg_count = count;
    dot->u.call.args = NEW_ARRAY(unit->arena, struct expr *, count + 1);
    for (size_t k = 0; k < count; k++)
        dot->u.call.args[k] = expr_copy(&work->forward_map, call->u.call.args[k]);
    dot->u.call.args[rule->to_param] =
        companion_pointer(work, &work->forward_map, call->u.call.args[rule->to_param]);
    dot->u.call.args[rule->from_param] = companion_pointer(work, &work->forward_map, from);
    block_add(unit, out, dot);
}

static bool has_companion(struct work *work, const struct expr *lvalue) {
    const struct var *var = work_storage(lvalue);
    return !var || (var->kind == VAR_GLOBAL ? global_companion(work, var) != NULL
                                            : work->companions[var->id] != NULL);
}

static void alloc_tangent(struct work *work, const struct call_rule *rule, struct stmt *call,
                          struct block *out) {
    struct unit *unit = work->ad->unit;
    struct stmt *copy = call_copy(work, call, out);
    if (!call->to || !activity_reaches(work->activity, call->to) || !has_companion(work, call->to))
        return;
    call_alloc_companion(unit, rule, copy->u.call.args, companion_lvalue(work, &work->forward_map, call->to),
                         out);
}

static void free_tangent(struct work *work, const struct call_rule *rule, struct stmt *call,
                         struct block *out) {
    struct unit *unit = work->ad->unit;
    struct expr *freed = call->u.call.args[rule->freed_param];
    while (freed->kind == EXPR_CAST && type_is_pointer(freed->args[0]->type))
        freed = freed->args[0];
    if (activity_reaches(work->activity, freed)) {
        struct expr **args = NEW_ARRAY(unit->arena, struct expr *, 1);
        args[0] = companion_pointer(work, &work->forward_map, freed);
        block_add(unit, out, stmt_call(unit, NULL, call->u.call.callee, args, 1));
    }
    call_copy(work, call, out);
}

static void call_row(struct work *work, struct stmt *call, struct block *out) {
    const struct call_rule *rule = rules_call(work->ad->rules, call->u.call.callee->name);
    bool active = activity_call(work->ad->program, work->activity, call);
    switch (rule->class) {
    case CALL_ALLOC: alloc_tangent(work, rule, call, out); return;
    case CALL_FREE: free_tangent(work, rule, call, out); return;
    case CALL_ACTIVE:
        if (active) {
            call_rule_tangent(work, rule, call, out);
            return;
        }
        break;
    case CALL_COPY:
    case CALL_FILL:
        if (active) {
            call_memory_tangent(work, rule, call, out);
            return;
        }
        break;
    case CALL_INACTIVE: break;
    }
    call_copy(work, call, out);
}

void tangent_call(struct work *work, struct stmt *call, struct block *out) {
    enum call_kind kind = call_kind(work->ad, call, true);
    bool active = kind != CALL_KIND_PLAIN && activity_call(work->ad->program, work->activity, call);
    if (kind == CALL_KIND_RULE)
        call_row(work, call, out);
    else if (active && kind == CALL_KIND_PAIR)
        call_callee_tangent(work, call, out);
    else if (active && kind == CALL_KIND_CUSTOM)
        custom_tangent(work, call, out);
    else if (active && kind == CALL_KIND_MISSING)
        report_missing(work, call, true);
    else {
        call_copy(work, call, out);
        clear_result(work, call, out);
    }
}
