/* activity: which reals carry derivatives. Varied spreads from the independents along assignments, useful
 * spreads back from the dependents; both sets only grow, round after round, until nothing is new. Calls are
 * answered by a summary of the callee in its context (what is varied on entry, what is useful on exit).
 * Griewank & Walther (2008), section 6.2. */
#include "analysis/analysis.h"

#include <stdlib.h>
#include <string.h>

/* ---- operands -------------------------------------------------------------------------------- */

static bool value_is_differentiable(const struct type *type) {
    return type_is_real(type) || type_is_record(type);
}

void expr_each_operand(const struct rules *rules, const struct expr *e,
                       void (*visit)(const struct expr *lvalue, void *data), void *data) {
    if (e->kind != EXPR_INIT && !value_is_differentiable(e->type))
        return;
    switch (e->kind) {
    case EXPR_VAR:
    case EXPR_FIELD:
    case EXPR_INDEX:
    case EXPR_DEREF: visit(e, data); break;
    case EXPR_NAMED:
    case EXPR_CAST: expr_each_operand(rules, e->args[0], visit, data); break;
    case EXPR_UNARY:
    case EXPR_BINARY:
    case EXPR_INIT:
        for (size_t k = 0; k < e->arg_count; k++)
            expr_each_operand(rules, e->args[k], visit, data);
        break;
    case EXPR_COND:
        expr_each_operand(rules, e->args[1], visit, data);
        expr_each_operand(rules, e->args[2], visit, data);
        break;
    case EXPR_MATH: {
        const struct math_rule *rule = rules_math(rules, e->u.name);
        for (size_t k = 0; k < e->arg_count; k++)
            if (!math_partial_is_zero(rule, k))
                expr_each_operand(rules, e->args[k], visit, data);
        break;
    }
    case EXPR_INT:
    case EXPR_REAL:
    case EXPR_STRING:
    case EXPR_FUNC:
    case EXPR_ADDR:
    case EXPR_SIZEOF: break;
    }
}

/* ---- sets of leaves -------------------------------------------------------------------------- */

struct walk {
    struct program *program;
    struct activity *activity;
    const struct context *context;
    bool forward; /* spreading varied, else useful */
    bool changed;
    bool found;
};

static void lvalue_reals(struct regions *regions, const struct expr *lvalue, struct bitset *out) {
    struct bitset named = bitset_create(regions->unit->arena);
    region_of_lvalue(regions, lvalue, &named);
    region_set_leaves(regions, &named, true, out);
}

static struct bitset *spreading(struct walk *walk) {
    return walk->forward ? &walk->activity->varied : &walk->activity->useful;
}

static bool any_spread(struct walk *walk, const struct bitset *leaves) {
    return region_sets_overlap(walk->activity->facts->regions, spreading(walk), leaves);
}

/* CGRAD_INACTIVE on a variable or a field. */
static bool is_marked_inactive(const struct region *region) {
    if (region->root->inactive)
        return true;
    for (const struct region *r = region; r->parent; r = r->parent)
        if (r->step == STEP_FIELD && type_field(r->parent->type, r->field)->inactive)
            return true;
    return false;
}

static void spread(struct walk *walk, const struct bitset *leaves) {
    for (size_t m = bitset_next(leaves, 0); m != SIZE_MAX; m = bitset_next(leaves, m + 1))
        if (!is_marked_inactive(walk->activity->facts->regions->all.items[m]))
            walk->changed |= bitset_add(spreading(walk), m);
}

static void operand_found(const struct expr *lvalue, void *data) {
    struct walk *walk = data;
    struct bitset leaves = bitset_create(walk->program->unit->arena);
    lvalue_reals(walk->activity->facts->regions, lvalue, &leaves);
    if (any_spread(walk, &leaves))
        walk->found = true;
}

static bool operands_spread(struct walk *walk, const struct expr *e) {
    walk->found = false;
    expr_each_operand(walk->program->rules, e, operand_found, walk);
    return walk->found;
}

static void operand_add(const struct expr *lvalue, void *data) {
    struct walk *walk = data;
    struct bitset leaves = bitset_create(walk->program->unit->arena);
    lvalue_reals(walk->activity->facts->regions, lvalue, &leaves);
    spread(walk, &leaves);
}

/* ---- assignments ----------------------------------------------------------------------------- */

/* From one set of cells to another of the same type, leaf by leaf. */
static void flow_cells(struct walk *walk, const struct type *type, const struct bitset *to,
                       const struct bitset *from) {
    struct regions *regions = walk->activity->facts->regions;
    struct arena *arena = walk->program->unit->arena;
    const struct type *t = type_strip(type);
    if (type_is_array(t) || (type_is_record(t) && !t->record->is_union)) {
        bool array = type_is_array(t);
        for (size_t k = 0; k < (array ? 1 : t->record->field_count); k++) {
            const char *field = array ? NULL : t->record->fields[k].name;
            if (!array && !field)
                continue;
            struct bitset a = bitset_create(arena), b = bitset_create(arena);
            region_step_set(regions, to, array ? STEP_ELEMENT : STEP_FIELD, field, &a);
            region_step_set(regions, from, array ? STEP_ELEMENT : STEP_FIELD, field, &b);
            flow_cells(walk, array ? type_target(t) : t->record->fields[k].type, &a, &b);
        }
    } else if (type_is_real(t) || (type_is_record(t) && type_holds_real(t))) {
        struct bitset a = bitset_create(arena), b = bitset_create(arena);
        region_set_leaves(regions, to, true, &a);
        region_set_leaves(regions, from, true, &b);
        if (any_spread(walk, walk->forward ? &b : &a))
            spread(walk, walk->forward ? &a : &b);
    }
}

static void flow_value(struct walk *walk, const struct type *type, const struct bitset *to,
                       const struct expr *from) {
    struct regions *regions = walk->activity->facts->regions;
    struct arena *arena = walk->program->unit->arena;
    if (from->kind == EXPR_INIT) {
        const struct type *t = type_strip(type);
        bool array = type_is_array(t);
        for (size_t k = 0; k < from->arg_count; k++) {
            if (!array && (!type_is_record(t) || k >= t->record->field_count || !t->record->fields[k].name))
                continue;
            struct bitset part = bitset_create(arena);
            region_step_set(regions, to, array ? STEP_ELEMENT : STEP_FIELD,
                            array ? NULL : t->record->fields[k].name, &part);
            flow_value(walk, array ? type_target(t) : t->record->fields[k].type, &part, from->args[k]);
        }
    } else if (type_is_record(type)) {
        struct bitset source = bitset_create(arena);
        region_of_lvalue(regions, expr_strip(from), &source);
        flow_cells(walk, type, to, &source);
    } else if (type_is_real(type)) {
        struct bitset leaves = bitset_create(arena);
        region_set_leaves(regions, to, true, &leaves);
        if (walk->forward && operands_spread(walk, from))
            spread(walk, &leaves);
        else if (!walk->forward && any_spread(walk, &leaves))
            expr_each_operand(walk->program->rules, from, operand_add, walk);
    }
}

/* ---- calls ----------------------------------------------------------------------------------- */

struct context *context_create(struct arena *arena) {
    struct context *context = NEW(arena, struct context);
    context->varied = map_create(arena);
    context->useful = map_create(arena);
    return context;
}

static int compare_keys(const void *a, const void *b) {
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void keys_text(struct arena *arena, struct text *out, const struct map *keys) {
    size_t count = map_count(keys);
    const char **sorted = NEW_ARRAY(arena, const char *, count + 1);
    for (size_t k = 0; k < count; k++)
        sorted[k] = map_key_at(keys, k);
    qsort(sorted, count, sizeof *sorted, compare_keys);
    for (size_t k = 0; k < count; k++)
        text_printf(out, "%s%s", k ? "," : "", sorted[k]);
}

const char *context_text(struct arena *arena, const struct context *context) {
    struct text out = {0};
    keys_text(arena, &out, context->varied);
    text_put(&out, "->");
    keys_text(arena, &out, context->useful);
    if (context->result_useful)
        text_put(&out, "+return");
    const char *copy = arena_strdup(arena, text_string(&out));
    text_free(&out);
    return copy;
}

static bool is_interface_leaf(const struct region *region) {
    return region_holds_reals(region) &&
           (region->root->kind == VAR_PARAM || region->root->kind == VAR_GLOBAL);
}

static bool scalar_param(const struct region *region) {
    return region->step == STEP_ROOT && region->root->kind == VAR_PARAM;
}

/* Whether what the callee's region stands for is in the set. */
static bool mapped_hits(struct walk *walk, const struct stmt *call, struct facts *callee,
                        const struct region *region) {
    if (scalar_param(region))
        return region->root->id < call->u.call.arg_count &&
               operands_spread(walk, call->u.call.args[region->root->id]);
    return any_spread(walk, call_leaves(walk->program, walk->activity->facts, call, callee, region));
}

static void collect_keys(struct walk *walk, const struct stmt *call, struct facts *callee, struct map *keys) {
    for (size_t k = 0; k < callee->regions->all.count; k++) {
        const struct region *region = callee->regions->all.items[k];
        if (!is_interface_leaf(region) || (!walk->forward && !region_is_outer(region)))
            continue;
        if (mapped_hits(walk, call, callee, region))
            map_put(keys, region_key(callee->regions, region), callee);
    }
}

static struct context *call_context(struct program *program, struct activity *activity,
                                    const struct stmt *call) {
    struct walk walk = {program, activity, NULL, true, false, false};
    struct facts *callee = program_facts(program, call->u.call.callee);
    struct context *context = context_create(program->unit->arena);
    collect_keys(&walk, call, callee, context->varied);
    walk.forward = false;
    collect_keys(&walk, call, callee, context->useful);
    if (call->to) {
        struct bitset leaves = bitset_create(program->unit->arena);
        lvalue_reals(activity->facts->regions, call->to, &leaves);
        context->result_useful = any_spread(&walk, &leaves);
    }
    return context;
}

struct context *activity_call_context(struct program *program, const struct activity *activity,
                                      const struct stmt *call) {
    return call_context(program, (struct activity *)activity, call);
}

static void seed_activity(struct program *program, struct activity *activity, const struct context *context);
static bool activity_round(struct program *program, struct activity *activity, const struct context *context);

/* A callee in a context; within recursion the sets found so far, completed by going round again. */
static struct activity *summary(struct program *program, struct func *func, const struct context *context) {
    const char *key =
        arena_printf(program->unit->arena, "%s:%s", func->name, context_text(program->unit->arena, context));
    struct activity *found = map_get(program->activities, key);
    if (found)
        return found;
    struct activity *activity = NEW(program->unit->arena, struct activity);
    activity->facts = program_facts(program, func);
    map_put(program->activities, key, activity);
    seed_activity(program, activity, context);
    while (activity_round(program, activity, context))
        program->changed = true;
    return activity;
}

static void map_back(struct walk *walk, const struct stmt *call, const struct activity *callee) {
    const struct bitset *set = walk->forward ? &callee->varied : &callee->useful;
    for (size_t m = bitset_next(set, 0); m != SIZE_MAX; m = bitset_next(set, m + 1)) {
        const struct region *region = callee->facts->regions->all.items[m];
        if (scalar_param(region) && !walk->forward && region->root->id < call->u.call.arg_count)
            expr_each_operand(walk->program->rules, call->u.call.args[region->root->id], operand_add, walk);
        if (!is_interface_leaf(region) || (walk->forward && !region_is_outer(region)) || scalar_param(region))
            continue;
        spread(walk, call_leaves(walk->program, walk->activity->facts, call, callee->facts, region));
    }
}

static void add_reals(const struct regions *regions, const struct bitset *set, struct bitset *out) {
    for (size_t m = bitset_next(set, 0); m != SIZE_MAX; m = bitset_next(set, m + 1))
        if (region_holds_reals(regions->all.items[m]))
            bitset_add(out, m);
}

/* The reals that the argument hands over: to be read, or to be written. */
static void argument_reach(struct regions *regions, const struct expr *arg, bool written,
                           struct bitset *out) {
    struct bitset reached = bitset_create(regions->unit->arena);
    (written ? unknown_writes : unknown_reads)(regions, arg, &reached);
    add_reals(regions, &reached, out);
}

static enum role argument_role(const struct call_rule *rule, const struct stmt *call, size_t k) {
    const struct expr *arg = call->u.call.args[k];
    if (!type_is_pointer(arg->type) && !type_is_array(arg->type))
        return ROLE_VALUE;
    return k < rule->param_count ? rule->roles[k] : rule->rest_role;
}

/* Real leaves that the call takes from (out == false) or gives to (out == true). */
static void argument_reals(struct walk *walk, const struct call_rule *rule, const struct stmt *call, bool out,
                           struct bitset *leaves) {
    struct regions *regions = walk->activity->facts->regions;
    for (size_t k = 0; k < call->u.call.arg_count; k++) {
        const struct expr *arg = call->u.call.args[k];
        if (!rule) {
            argument_reach(regions, arg, out, leaves);
            continue;
        }
        enum role role = argument_role(rule, call, k);
        if (role == ROLE_INOUT || role == (out ? ROLE_OUT : ROLE_IN))
            argument_reach(regions, arg, false, leaves);
    }
    if (out && call->to)
        lvalue_reals(regions, call->to, leaves);
    if (!rule && !call->u.call.callee->defined) {
        struct bitset common = bitset_create(regions->unit->arena);
        region_add_common(regions, call->u.call.callee, &common);
        region_set_leaves(regions, &common, true, leaves);
    }
}

static bool values_spread(struct walk *walk, const struct stmt *call) {
    for (size_t k = 0; k < call->u.call.arg_count; k++)
        if (type_is_real(call->u.call.args[k]->type) && operands_spread(walk, call->u.call.args[k]))
            return true;
    return false;
}

/* Everything that the call takes may reach everything that it gives. */
static void flow_everywhere(struct walk *walk, const struct call_rule *rule, const struct stmt *call) {
    struct bitset in = bitset_create(walk->program->unit->arena),
                  out = bitset_create(walk->program->unit->arena);
    argument_reals(walk, rule, call, false, &in);
    argument_reals(walk, rule, call, true, &out);
    if (walk->forward) {
        if (any_spread(walk, &in) || values_spread(walk, call))
            spread(walk, &out);
    } else if (any_spread(walk, &out)) {
        spread(walk, &in);
        for (size_t k = 0; k < call->u.call.arg_count; k++)
            if (type_is_real(call->u.call.args[k]->type))
                expr_each_operand(walk->program->rules, call->u.call.args[k], operand_add, walk);
    }
}

/* What the callee moves as bytes it may move from anywhere to anywhere; whoever differentiates the call
 * refuses it. */
static void flow_untyped(struct walk *walk, const struct stmt *call) {
    struct facts *facts = walk->activity->facts;
    struct bitset in = bitset_create(walk->program->unit->arena),
                  out = bitset_create(walk->program->unit->arena);
    call_untyped_reals(walk->program, facts, call, false, &in);
    call_untyped_reals(walk->program, facts, call, true, &out);
    if (any_spread(walk, walk->forward ? &in : &out))
        spread(walk, walk->forward ? &out : &in);
}

static void flow_body_call(struct walk *walk, const struct stmt *call) {
    struct context *context = call_context(walk->program, walk->activity, call);
    struct activity *callee = summary(walk->program, call->u.call.callee, context);
    map_back(walk, call, callee);
    flow_untyped(walk, call);
    if (facts_lose_reals(callee->facts))
        flow_everywhere(walk, NULL, call);
    if (walk->forward && call->to && callee->result_varied) {
        struct bitset leaves = bitset_create(walk->program->unit->arena);
        lvalue_reals(walk->activity->facts->regions, call->to, &leaves);
        spread(walk, &leaves);
    }
}

/* A function known by a row, or not at all. */
static void flow_opaque_call(struct walk *walk, const struct call_rule *rule, const struct stmt *call) {
    if (!rule || rule->class == CALL_ACTIVE || rule->class == CALL_COPY)
        flow_everywhere(walk, rule, call);
}

static void flow_call(struct walk *walk, const struct stmt *call) {
    const struct func *callee = call->u.call.callee;
    const struct call_rule *rule = rules_call(walk->program->rules, callee->name);
    if (callee->inactive)
        return;
    if (callee->defined && !callee->unsupported && !rule)
        flow_body_call(walk, call);
    else
        flow_opaque_call(walk, rule, call);
}

/* ---- the fixpoint ---------------------------------------------------------------------------- */

static void flow_return(struct walk *walk, const struct expr *value) {
    if (walk->forward) {
        if (!walk->activity->result_varied && operands_spread(walk, value))
            walk->activity->result_varied = walk->changed = true;
    } else if (walk->context->result_useful) {
        expr_each_operand(walk->program->rules, value, operand_add, walk);
    }
}

static void flow_stmt(struct stmt *stmt, void *data) {
    struct walk *walk = data;
    struct regions *regions = walk->activity->facts->regions;
    struct bitset to = bitset_create(walk->program->unit->arena);
    if (stmt->kind == STMT_DECL && stmt->u.decl.init) {
        bitset_add(&to, region_of_var(regions, stmt->u.decl.var)->id);
        flow_value(walk, stmt->u.decl.var->type, &to, stmt->u.decl.init);
    } else if (stmt->kind == STMT_SET) {
        region_of_lvalue(regions, stmt->to, &to);
        flow_value(walk, stmt->to->type, &to, stmt->u.set.from);
    } else if (stmt->kind == STMT_CALL) {
        flow_call(walk, stmt);
    } else if (stmt->kind == STMT_RETURN && stmt->u.value) {
        flow_return(walk, stmt->u.value);
    }
}

static bool activity_round(struct program *program, struct activity *activity,
                           const struct context *context) {
    struct walk walk = {program, activity, context, true, false, false};
    block_walk(&activity->facts->func->body, flow_stmt, &walk);
    walk.forward = false;
    block_walk(&activity->facts->func->body, flow_stmt, &walk);
    return walk.changed;
}

static void seed_set(struct regions *regions, const struct map *keys, struct bitset *set) {
    for (size_t k = 0; k < map_count(keys); k++)
        region_add_leaves(regions, region_find(regions, map_key_at(keys, k)), true, set);
}

static void seed_activity(struct program *program, struct activity *activity, const struct context *context) {
    activity->varied = bitset_create(program->unit->arena);
    activity->useful = bitset_create(program->unit->arena);
    activity->result_useful = context->result_useful;
    seed_set(activity->facts->regions, context->varied, &activity->varied);
    seed_set(activity->facts->regions, context->useful, &activity->useful);
}

struct activity *activity_compute(struct program *program, struct facts *facts,
                                  const struct context *context) {
    struct activity *activity = NEW(program->unit->arena, struct activity);
    activity->facts = facts;
    seed_activity(program, activity, context);
    do {
        program->changed = false;
        while (activity_round(program, activity, context))
            program->changed = true;
    } while (program->changed);
    return activity;
}

/* ---- questions ------------------------------------------------------------------------------- */

bool activity_region(const struct activity *activity, const struct region *region) {
    const struct regions *regions = activity->facts->regions;
    return region_set_hits(regions, &activity->varied, region) &&
           region_set_hits(regions, &activity->useful, region);
}

bool activity_any(const struct activity *activity, const struct bitset *set) {
    for (size_t m = bitset_next(set, 0); m != SIZE_MAX; m = bitset_next(set, m + 1))
        if (activity_region(activity, activity->facts->regions->all.items[m]))
            return true;
    return false;
}

bool activity_lvalue(const struct activity *activity, const struct expr *lvalue) {
    struct bitset leaves = bitset_create(activity->facts->regions->unit->arena);
    lvalue_reals(activity->facts->regions, lvalue, &leaves);
    return activity_any(activity, &leaves);
}

bool activity_reaches(const struct activity *activity, const struct expr *e) {
    struct regions *regions = activity->facts->regions;
    struct bitset reals = bitset_create(regions->unit->arena);
    if (type_is_pointer(e->type) || type_is_array(e->type))
        argument_reach(regions, e, false, &reals);
    else if (expr_is_lvalue(e)) {
        struct bitset named = bitset_create(regions->unit->arena), all = bitset_create(regions->unit->arena);
        region_of_lvalue(regions, e, &named);
        for (size_t m = bitset_next(&named, 0); m != SIZE_MAX; m = bitset_next(&named, m + 1))
            region_add_reachable(regions, regions->all.items[m], &all);
        add_reals(regions, &all, &reals);
    }
    return activity_any(activity, &reals);
}

struct operand_query {
    const struct activity *activity;
    bool active;
};

static void operand_active(const struct expr *lvalue, void *data) {
    struct operand_query *query = data;
    query->active |= activity_lvalue(query->activity, lvalue);
}

bool activity_expr(struct program *program, const struct activity *activity, const struct expr *expr) {
    struct operand_query query = {activity, false};
    expr_each_operand(program->rules, expr, operand_active, &query);
    return query.active;
}

bool activity_call(struct program *program, const struct activity *activity, const struct stmt *call) {
    const struct func *callee = call->u.call.callee;
    const struct call_rule *rule = rules_call(program->rules, callee->name);
    struct walk walk = {program, (struct activity *)activity, NULL, true, false, false};
    if (call->to && activity_lvalue(activity, call->to))
        return true;
    if (callee->inactive || (rule && (rule->class == CALL_INACTIVE || rule->class == CALL_FREE)))
        return false;
    if (callee->defined && !callee->unsupported && !rule)
        return activity_any(activity, &activity->facts->of_stmt[call->id].writes);
    struct bitset out = bitset_create(program->unit->arena);
    argument_reals(&walk, rule, call, true, &out);
    return activity_any(activity, &out);
}
