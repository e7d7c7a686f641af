/* pair: callees, differentiated once for each context in which they are called: what is active, which
 * arguments may overlap, what the caller overwrites before the reverse sweep. A recursive callee meets its
 * own pair half built; its parameters are therefore fixed before its body is looked at. */
#include "ad/call.h"

#include <stdlib.h>
#include <string.h>

/* ---- recursion ------------------------------------------------------------------------------- */

struct reach {
    const struct func *target;
    struct map *seen;
    bool found;
};

static void reach_calls(struct stmt *stmt, void *data) {
    struct reach *reach = data;
    if (stmt->kind != STMT_CALL || reach->found)
        return;
    struct func *callee = stmt->u.call.callee;
    reach->found = callee == reach->target;
    if (reach->found || !callee->defined || map_get(reach->seen, callee->name))
        return;
    map_put(reach->seen, callee->name, callee);
    block_walk(&callee->body, reach_calls, reach);
}

bool func_is_recursive(struct func *func) {
    struct arena *arena = arena_create();
    struct reach reach = {func, map_create(arena), false};
    block_walk(&func->body, reach_calls, &reach);
    arena_destroy(arena);
    return reach.found;
}

/* ---- names and parameters -------------------------------------------------------------------- */

const char *fresh_func_name(struct ad *ad, const char *base) {
    const char *name = base;
    for (unsigned k = 2;
         map_get(ad->emitted, name) || map_get(ad->unit->identifiers, name) || unit_find_func(ad->unit, name);
         k++)
        name = arena_printf(ad->arena, "%s_%u", base, k);
    map_put(ad->emitted, name, ad->emitted); /* a helper's: output.c may give it to another */
    return name;
}

void prepare_maps(struct work *work) {
    struct ad *ad = work->ad;
    size_t count = work->func->vars.count;
    work->forward_map = (struct copy_map){ad->unit, NEW_ARRAY(ad->arena, struct expr *, count + 1), count};
    work->reverse_map = (struct copy_map){ad->unit, NEW_ARRAY(ad->arena, struct expr *, count + 1), count};
    work->companions = NEW_ARRAY(ad->arena, struct var *, count + 1);
    work->companion_is_pointer = NEW_ARRAY(ad->arena, bool, count + 1);
}

struct var *add_primal_param(struct work *work, struct func *func, struct copy_map *map, size_t k) {
    struct unit *unit = work->ad->unit;
    const struct var *param = work->func->params[k];
    struct var *copy = func_add_var(unit, func, VAR_PARAM, param->name, type_copy(map, param->type));
    copy->written = param->written ? type_copy(map, param->written) : NULL;
    copy->loc = param->loc;
    map->vars[param->id] = expr_var(unit, copy);
    return copy;
}

struct var *add_companion_param(struct work *work, struct func *func, const struct var *param, bool tangent) {
    struct ad *ad = work->ad;
    struct copy_map *map = tangent ? &work->forward_map : &work->reverse_map;
    struct type *type = companion_type(ad, type_copy(map, param->type));
    bool by_value = !type_is_pointer(param->type);
    if (by_value && !tangent)
        type = type_pointer(ad->unit->types, type);
    struct var *companion =
        func_add_var(ad->unit, func, VAR_PARAM, companion_name(work, func, param->name), type);
    work->companions[param->id] = companion;
    work->companion_is_pointer[param->id] = by_value && !tangent;
    return companion;
}

static void drop_unneeded_params(struct pair *pair, const struct work *work) {
    struct func *func = pair->reverse;
    size_t kept = 0;
    for (size_t k = 0; k < func->param_count; k++) {
        struct var *param = func->params[k];
        bool primal = false;
        for (size_t p = 0; p < work->func->param_count; p++) {
            if (!work->reverse_map.vars[p] || work->reverse_map.vars[p]->u.var != param)
                continue;
            primal = true;
            pair->param_needed[p] = func_mentions(func, param);
            if (pair->param_needed[p])
                func->params[kept++] = param;
        }
        bool idle = param == work->cursor_var && !pair->records; /* what was to be read has turned out dead */
        if (idle && func_mentions(func, param))
            BUG("'%s' reads a record that nothing writes", func->name);
        if (!primal && !idle)
            func->params[kept++] = param;
    }
    func->param_count = kept;
}

/* ---- contexts -------------------------------------------------------------------------------- */

/* The pointer behind which an outer region lies; NULL: a global itself. */
static const struct region *holder(const struct region *region) {
    while (region && region->step != STEP_TARGET)
        region = region->parent;
    return region ? region->parent : NULL;
}

/* Two pointers that the callee finds behind one argument or global may lead to the same memory: struct view v
 * = {x, x}.
 */
static bool aliases_itself(struct work *work, const struct stmt *call, const struct var *var) {
    struct facts *callee = program_facts(work->ad->program, call->u.call.callee);
    VEC(struct region *) leaves = {0};
    VEC(struct bitset) mapped = {0};
    for (size_t k = 0; k < callee->regions->all.count; k++) {
        struct region *region = callee->regions->all.items[k];
        struct bitset here = bitset_create(work->ad->arena);
        if (region->root->kind != var->kind || region->root->id != var->id || !region_is_outer(region) ||
            !type_is_scalar(region->type))
            continue;
        call_map_region(work->ad->program, work->facts, call, callee, region, &here);
        VEC_PUSH(work->ad->arena, leaves, region);
        VEC_PUSH(work->ad->arena, mapped, here);
    }
    for (size_t a = 0; a < leaves.count; a++)
        for (size_t b = a + 1; b < leaves.count; b++)
            if (holder(leaves.items[a]) != holder(leaves.items[b]) &&
                region_sets_overlap(work->facts->regions, &mapped.items[a], &mapped.items[b]))
                return true;
    return false;
}

/* What a parameter or a global of the callee leads to in the caller. */
struct reached {
    const struct var *var;
    struct bitset regions;
};

struct reaches {
    VEC(struct reached) items;
};

static struct bitset argument_reach(struct work *work, const struct expr *arg) {
    struct bitset targets = bitset_create(work->ad->arena), reach = bitset_create(work->ad->arena);
    struct regions *regions = work->facts->regions;
    if (!type_is_pointer(arg->type) && !type_is_array(arg->type))
        return reach;
    region_of_pointer(regions, arg, &targets);
    for (size_t m = bitset_next(&targets, 0); m != SIZE_MAX; m = bitset_next(&targets, m + 1))
        region_add_reachable(regions, regions->all.items[m], &reach);
    return reach;
}

static struct reaches reaches_of_call(struct work *work, const struct stmt *call) {
    struct ad *ad = work->ad;
    const struct func *callee = call->u.call.callee;
    const struct facts *facts = program_facts(ad->program, call->u.call.callee);
    struct reaches reaches = {{0}};
    for (size_t k = 0; k < callee->param_count && k < call->u.call.arg_count; k++) {
        struct reached reached = {callee->params[k], argument_reach(work, call->u.call.args[k])};
        VEC_PUSH(ad->arena, reaches.items, reached);
    }
    for (size_t k = 0; k < facts->regions->globals.count; k++) {
        struct var *global = facts->regions->globals.items[k]->root;
        if (global->is_const)
            continue;
        struct reached reached = {global, bitset_create(ad->arena)};
        region_add_reachable(work->facts->regions, region_of_var(work->facts->regions, global),
                             &reached.regions);
        VEC_PUSH(ad->arena, reaches.items, reached);
    }
    return reaches;
}

static const struct aliases *find_aliases(struct work *work, const struct stmt *call) {
    struct ad *ad = work->ad;
    struct reaches reaches = reaches_of_call(work, call);
    struct aliases *aliases = NEW(ad->arena, struct aliases);
    for (size_t a = 0; a < reaches.items.count; a++)
        for (size_t b = a; b < reaches.items.count; b++) {
            const struct reached *first = &reaches.items.items[a], *second = &reaches.items.items[b];
            struct alias alias = {first->var, second->var};
            if (a == b ? aliases_itself(work, call, first->var)
                       : region_sets_overlap(work->facts->regions, &first->regions, &second->regions))
                VEC_PUSH(ad->arena, *aliases, alias);
        }
    return aliases;
}

/* The plan asks again in every round. */
static const struct aliases *call_aliases(struct work *work, const struct stmt *call) {
    const struct aliases **known = call->id ? &work->aliases_of_call[call->id] : NULL;
    const struct aliases *aliases = known && *known ? *known : find_aliases(work, call);
    if (known)
        *known = aliases;
    return aliases;
}

static struct bitset caller_leaves(struct work *work, const struct stmt *call, struct facts *callee,
                                   const struct region *region) {
    struct ad *ad = work->ad;
    struct bitset mapped = bitset_create(ad->arena), leaves = bitset_create(ad->arena);
    call_map_region(ad->program, work->facts, call, callee, region, &mapped);
    for (size_t m = bitset_next(&mapped, 0); m != SIZE_MAX; m = bitset_next(&mapped, m + 1))
        region_add_leaves(work->facts->regions, work->facts->regions->all.items[m], false, &leaves);
    return leaves;
}

/* Enters what the caller's reverse sweep does to the callee's memory. */
static void survey_caller(struct work *work, const struct stmt *call, struct surroundings *around) {
    struct ad *ad = work->ad;
    struct facts *callee = program_facts(ad->program, call->u.call.callee);
    around->clobbered = map_create(ad->arena);
    around->moved = map_create(ad->arena);
    for (size_t k = 0; k < callee->regions->all.count; k++) {
        struct region *region = callee->regions->all.items[k];
        if (!region_is_outer(region) || region->root->kind == VAR_STATIC_LOCAL ||
            type_is_array(region->type) || type_is_record(region->type))
            continue;
        struct bitset leaves = caller_leaves(work, call, callee, region);
        if (holder(region) && bases_hit_moved(work, &leaves))
            map_put(around->moved, region_key(callee->regions, region), region);
        for (size_t m = bitset_next(&leaves, 0); m != SIZE_MAX; m = bitset_next(&leaves, m + 1))
            if (!region_survives(work->facts, work->layout, call, work->facts->regions->all.items[m], false,
                                 &work->clobbered))
                map_put(around->clobbered, region_key(callee->regions, region), region);
    }
}

static int compare_text(const void *a, const void *b) {
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void put_sorted(struct ad *ad, struct text *text, const struct map *set) {
    size_t count = map_count(set);
    const char **keys = NEW_ARRAY(ad->arena, const char *, count + 1);
    for (size_t k = 0; k < count; k++)
        keys[k] = map_key_at(set, k);
    qsort(keys, count, sizeof *keys, compare_text);
    for (size_t k = 0; k < count; k++)
        text_printf(text, "%s,", keys[k]);
}

static const char *pair_key(struct ad *ad, const struct func *callee, const struct context *context,
                            const struct surroundings *around) {
    struct text text = {0};
    const struct aliases *aliases = around->aliases;
    text_printf(&text, "%s:%s!", callee->name, context_text(ad->arena, context));
    put_sorted(ad, &text, around->clobbered);
    text_put(&text, "moved ");
    put_sorted(ad, &text, around->moved);
    for (size_t k = 0; k < aliases->count; k++)
        text_printf(&text, "%d.%u=%d.%u,", (int)aliases->items[k].a->kind, aliases->items[k].a->id,
                    (int)aliases->items[k].b->kind, aliases->items[k].b->id);
    const char *key = arena_strdup(ad->arena, text_string(&text));
    text_free(&text);
    return key;
}

/* ---- building -------------------------------------------------------------------------------- */

static bool param_active(struct work *work, size_t k) {
    struct expr *param = expr_var(work->ad->unit, work->func->params[k]);
    if (type_is_pointer(param->type) || type_is_record(param->type))
        return activity_reaches(work->activity, param);
    return activity_lvalue(work->activity, param) ||
           (type_is_real(param->type) &&
            bitset_has(&work->activity->varied, region_of_var(work->facts->regions, param->u.var)->id) &&
            bitset_has(&work->activity->useful, region_of_var(work->facts->regions, param->u.var)->id));
}

static void fix_signature(struct work *work, struct pair *pair) {
    struct ad *ad = work->ad;
    size_t count = work->func->param_count;
    pair->param_needed = NEW_ARRAY(ad->arena, bool, count + 1);
    pair->param_companion = NEW_ARRAY(ad->arena, bool, count + 1);
    for (size_t k = 0; k < count; k++) {
        pair->param_needed[k] = true;
        pair->param_companion[k] = param_active(work, k);
    }
    pair->globals = globals_active(work);
    pair->result_companion = work->context->result_useful && work->activity->result_varied &&
                             type_holds_real(work->origin->result);
    pair->forward =
        func_new(ad->unit, fresh_func_name(ad, arena_printf(ad->arena, "%s_fwd", work->origin->name)),
                 work->origin->result);
    pair->reverse =
        func_new(ad->unit, fresh_func_name(ad, arena_printf(ad->arena, "%s_rev", work->origin->name)),
                 type_void(ad->unit->types));
    pair->forward->is_static = pair->reverse->is_static = true;
    pair->forward->defined = pair->reverse->defined = true;
}

static void add_params(struct work *work, struct pair *pair) {
    struct unit *unit = work->ad->unit;
    work->forward = pair->forward;
    work->reverse = pair->reverse;
    prepare_maps(work);
    for (size_t k = 0; k < work->func->param_count; k++) {
        add_primal_param(work, work->forward, &work->forward_map, k);
        add_primal_param(work, work->reverse, &work->reverse_map, k);
        if (pair->param_companion[k])
            add_companion_param(work, work->reverse, work->func->params[k], false);
    }
    globals_add_params(work, work->reverse, &pair->globals, false);
    if (pair->result_companion)
        work->result_companion = func_add_var(unit, work->reverse, VAR_PARAM,
                                              companion_name(work, work->reverse, work->origin->name),
                                              companion_type(work->ad, work->origin->result));
    if (!type_is_void(work->origin->result))
        work->result = func_add_var(unit, work->forward, VAR_LOCAL, work_name(work, work->forward, "result"),
                                    work->origin->result->plain);
}

static void add_reads(struct work *work, struct pair *pair) {
    const struct bitset *needed = &work->needed_regions;
    for (size_t m = bitset_next(needed, 0); m != SIZE_MAX; m = bitset_next(needed, m + 1)) {
        struct region *region = work->facts->regions->all.items[m];
        if (region_is_outer(region) && region->root->kind != VAR_STATIC_LOCAL)
            map_put(pair->reads, region_key(work->facts->regions, region), region);
    }
}

/* Until its own reverse sweep is known, a recursive function is taken to read all that it touches. */
static void assume_reads(struct work *work, struct pair *pair) {
    for (size_t k = 0; k < work->facts->regions->all.count; k++) {
        struct region *region = work->facts->regions->all.items[k];
        if (region_is_outer(region) && region->root->kind != VAR_STATIC_LOCAL &&
            !type_is_array(region->type) && !type_is_record(region->type))
            map_put(pair->reads, region_key(work->facts->regions, region), region);
    }
}

/* ---- what a recursive function does not need after all ---------------------------------------- */

struct own_calls {
    const struct func *func;
    size_t at; /* the argument in question */
    const struct var *var;
    size_t count, mentions; /* calls, and mentions of the variable in that argument */
    bool strip;
};

static void visit_own_call(struct stmt *stmt, void *data) {
    struct own_calls *calls = data;
    if (stmt->kind != STMT_CALL || stmt->u.call.callee != calls->func)
        return;
    calls->count++;
    if (calls->var)
        calls->mentions += expr_mentions(stmt->u.call.args[calls->at], calls->var);
    if (!calls->strip)
        return;
    for (size_t k = calls->at + 1; k < stmt->u.call.arg_count; k++)
        stmt->u.call.args[k - 1] = stmt->u.call.args[k];
    stmt->u.call.arg_count--;
}

static struct own_calls visit_own_calls(struct func *in, const struct func *to, size_t at,
                                        const struct var *var, bool strip) {
    struct own_calls calls = {to, at, var, 0, 0, strip};
    block_walk(&in->body, visit_own_call, &calls);
    return calls;
}

static size_t position_of(const struct func *func, const struct var *param) {
    size_t at = 0;
    while (func->params[at] != param)
        at++;
    return at;
}

/* All that the function does with its parameter is to hand it to itself. */
static bool only_passed(struct func *func, const struct var *param) {
    size_t own = visit_own_calls(func, func, position_of(func, param), param, false).mentions;
    return block_mentions(&func->body, param) == own && !func_signature_mentions(func, param);
}

static void strip_param(struct func *func, const struct var *param) {
    size_t at = position_of(func, param);
    visit_own_calls(func, func, at, NULL, true);
    func->param_count--;
    for (size_t k = at; k < func->param_count; k++)
        func->params[k] = func->params[k + 1];
}

static void forget_reads(struct work *work, struct pair *pair, const struct var *param) {
    struct map *kept = map_create(work->ad->arena);
    for (size_t k = 0; k < map_count(pair->reads); k++) {
        const char *key = map_key_at(pair->reads, k);
        struct region *region = map_get(pair->reads, key);
        if (region->root != param)
            map_put(kept, key, region);
    }
    pair->reads = kept;
}

/* Until its sweeps are known a recursive function is taken to record, and to read all that it touches. What
 * it does not need goes, unless another function calls it in turn. */
static void strip_recursive(struct work *work, struct pair *pair) {
    const struct output *output = work->ad->output;
    struct var *record = work->record_var, *cursor = work->cursor_var;
    for (size_t k = 0; k < output->funcs.count; k++)
        if (visit_own_calls(output->funcs.items[k], pair->forward, 0, NULL, false).count ||
            visit_own_calls(output->funcs.items[k], pair->reverse, 0, NULL, false).count)
            return;
    if (only_passed(pair->forward, record) && only_passed(pair->reverse, cursor)) {
        strip_param(pair->forward, record);
        strip_param(pair->reverse, cursor);
        pair->records = false;
    }
    for (size_t k = 0; k < work->func->param_count; k++) {
        const struct expr *primal = work->reverse_map.vars[k];
        if (primal->kind == EXPR_VAR && only_passed(pair->reverse, primal->u.var)) {
            strip_param(pair->reverse, primal->u.var);
            pair->param_needed[k] = false;
            forget_reads(work, pair, work->func->params[k]);
        }
    }
}

static void build_pair(struct work *work, struct pair *pair, bool recursive) {
    struct ad *ad = work->ad;
    spill_values(work, true);
    bases_follow(work);
    record_plan(work);
    if (work->failed)
        return;
    report_work(work, pair->reverse->name);
    add_params(work, pair);
    if (recursive) {
        save_record(work);
        save_cursor(work);
    } else {
        pair->reads = map_create(ad->arena);
        add_reads(work, pair);
    }
    reverse_build(work);
    pair->records = work->records;
    if (recursive)
        strip_recursive(work, pair);
    else
        drop_unneeded_params(pair, work);
    return_result(work, pair->forward);
    finish_func(work, pair->forward);
    finish_func(work, pair->reverse);
    if (pair->records)
        add_output(ad, pair->forward, false);
    add_output(ad, pair->reverse, false);
}

struct pair *pair_of_call(struct work *work, struct stmt *call) {
    struct ad *ad = work->ad;
    struct func *callee = call->u.call.callee;
    struct context *context = activity_call_context(ad->program, work->activity, call);
    struct surroundings around = {.aliases = call_aliases(work, call)};
    survey_caller(work, call, &around);
    const char *key = pair_key(ad, callee, context, &around);
    struct pair *pair = map_get(ad->pairs, key);
    if (pair)
        return pair;
    pair = NEW(ad->arena, struct pair);
    map_put(ad->pairs, key, pair);
    pair->reads = map_create(ad->arena);
    pair->failed = !work_check(ad, callee, call->loc);
    if (pair->failed)
        return pair;
    bool recursive = func_is_recursive(callee);
    struct work *inner = work_create(ad, callee, context, &around, true, false);
    work_count_trips(inner);
    check_activity(inner);
    check_stores(inner);
    fix_signature(inner, pair);
    pair->records = recursive;
    if (recursive) {
        work_analyse(inner);
        assume_reads(inner, pair);
    }
    build_pair(inner, pair, recursive);
    pair->failed = inner->failed;
    return pair;
}
