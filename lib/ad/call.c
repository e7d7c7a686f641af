/* call: the derivative of a call. A callee with a body is replaced by a pair of functions, one for each
 * sweep; a library function by the statements of its row; copies and fills by what they do to the companions.
 */
#include "ad/call.h"

#include <string.h>

static const struct call_rule *rule_of(struct ad *ad, const struct stmt *call) {
    return rules_call(ad->rules, call->u.call.callee->name);
}

enum call_kind call_kind(struct ad *ad, const struct stmt *call, bool tangent) {
    const struct func *callee = call->u.call.callee;
    if (callee->inactive)
        return CALL_KIND_PLAIN;
    if (tangent ? callee->custom_jvp : callee->custom_vjp)
        return CALL_KIND_CUSTOM;
    if (rule_of(ad, call))
        return rule_of(ad, call)->class == CALL_INACTIVE ? CALL_KIND_PLAIN : CALL_KIND_RULE;
    return callee->defined ? CALL_KIND_PAIR : CALL_KIND_MISSING;
}

/* ---- needs ----------------------------------------------------------------------------------- */

/* Whether the adjoint of this call reads the primal argument; SIZE_MAX: the result. */
static bool adjoint_reads(struct work *work, const struct call_rule *rule, const struct stmt *call,
                          size_t param) {
    size_t count = call->u.call.arg_count;
    bool *active =
        NEW_ARRAY(work->ad->arena, bool, (count > rule->param_count ? count : rule->param_count) + 1);
    if (param >= rule->param_count && param != SIZE_MAX)
        return false;
    for (size_t k = 0; k < count; k++)
        active[k] = argument_active(work, call->u.call.args[k]);
    return call_adjoint_reads(rule, active, call->to && activity_lvalue(work->activity, call->to), param);
}

struct expr *call_result(struct work *work, const struct stmt *call) {
    const struct call_rule *rule = rule_of(work->ad, call);
    bool reads = call_kind(work->ad, call, false) == CALL_KIND_RULE && rule->class == CALL_ACTIVE &&
                 call->to && adjoint_reads(work, rule, call, SIZE_MAX);
    return reads ? call->to : NULL;
}

static void rule_needs(struct work *work, const struct call_rule *rule, struct stmt *call,
                       need_visitor *visit, void *data) {
    for (size_t k = 0; k < call->u.call.arg_count; k++) {
        struct expr *arg = call->u.call.args[k];
        bool reads = rule->class != CALL_ACTIVE || adjoint_reads(work, rule, call, k);
        if (argument_active(work, arg))
            argument_companion_needs(work, arg, visit, data);
        if (!argument_is_pointer(arg) || (reads && rule->class == CALL_ACTIVE))
            visit(arg, false, data);
    }
    if (call_result(work, call))
        visit(call->to, false, data);
}

static void pair_needs(struct work *work, struct stmt *call, need_visitor *visit, void *data) {
    struct pair *pair = pair_of_call(work, call);
    for (size_t k = 0; k < call->u.call.arg_count && !pair->failed; k++) {
        struct expr *arg = call->u.call.args[k];
        if (pair->param_needed[k])
            visit(arg, false, data);
        if (pair->param_companion[k])
            argument_companion_needs(work, arg, visit, data);
    }
}

void call_needs(struct work *work, struct stmt *call, need_visitor *visit, void *data) {
    switch (call_kind(work->ad, call, false)) {
    case CALL_KIND_PLAIN:
    case CALL_KIND_MISSING: break;
    case CALL_KIND_RULE: rule_needs(work, rule_of(work->ad, call), call, visit, data); break;
    case CALL_KIND_PAIR: pair_needs(work, call, visit, data); break;
    case CALL_KIND_CUSTOM: custom_needs(work, call, visit, data); break;
    }
}

static void pair_reads(struct work *work, const struct stmt *call, struct bitset *out) {
    struct pair *pair = pair_of_call(work, (struct stmt *)call);
    struct facts *callee = program_facts(work->ad->program, call->u.call.callee);
    for (size_t k = 0; k < map_count(pair->reads); k++) {
        struct region *region = region_find(callee->regions, map_key_at(pair->reads, k));
        struct bitset mapped = bitset_create(work->ad->arena);
        call_map_region(work->ad->program, work->facts, call, callee, region, &mapped);
        for (size_t m = bitset_next(&mapped, 0); m != SIZE_MAX; m = bitset_next(&mapped, m + 1))
            region_add_leaves(work->facts->regions, work->facts->regions->all.items[m], false, out);
    }
}

void call_reverse_reads(struct work *work, const struct stmt *call, struct bitset *out) {
    enum call_kind kind = call_kind(work->ad, call, false);
    const struct call_rule *rule = rule_of(work->ad, call);
    if (kind == CALL_KIND_PAIR)
        pair_reads(work, call, out);
    for (size_t k = 0; k < call->u.call.arg_count; k++) {
        const struct expr *arg = call->u.call.args[k];
        bool reads = (kind == CALL_KIND_CUSTOM && custom_reads(work, call, k)) ||
                     (kind == CALL_KIND_RULE && rule->class == CALL_ACTIVE && k < rule->param_count &&
                      rule->adjoint_reads[k]);
        if (reads && argument_is_pointer(arg))
            argument_reads(work, arg, out);
    }
}

/* ---- memory that the reverse sweep still needs ----------------------------------------------- */

/* What the call gives back: the memory behind a pointer, of a struct that which it holds. */
static void freed_memory(struct work *work, const struct expr *arg, struct bitset *out) {
    struct regions *regions = work->facts->regions;
    struct bitset targets = bitset_create(work->ad->arena);
    if (!type_is_void(type_target(arg->type))) {
        argument_reads(work, arg, out);
        return;
    }
    region_of_pointer(regions, memory_pointer(arg), &targets);
    region_set_leaves(regions, &targets, false, out);
}

/* The same of a statement; empty if it frees nothing. */
static struct bitset freed_by(struct work *work, const struct stmt *stmt) {
    const struct call_rule *rule = stmt->kind == STMT_CALL ? rule_of(work->ad, stmt) : NULL;
    struct bitset freed = bitset_create(work->ad->arena);
    if (rule && rule->class == CALL_FREE)
        freed_memory(work, stmt->u.call.args[rule->freed_param], &freed);
    return freed;
}

struct kept {
    struct work *work;
    bool changed;
};

static void keep_freed(struct stmt *stmt, void *data) {
    struct kept *kept = data;
    struct work *work = kept->work;
    struct bitset freed = freed_by(work, stmt);
    if (region_sets_overlap(work->facts->regions, &freed, &work->kept))
        kept->changed |= bitset_union(&work->kept, &freed);
}

/* What the reverse sweep reads, and what is given back by the same calls. */
static const struct bitset *kept_memory(struct work *work) {
    struct regions *regions = work->facts->regions;
    struct kept kept = {work, true};
    if (work->kept_known)
        return &work->kept;
    work->kept = bitset_create(work->ad->arena);
    for (size_t m = bitset_next(&work->needed_regions, 0); m != SIZE_MAX;
         m = bitset_next(&work->needed_regions, m + 1))
        if (!region_is_outer(regions->all.items[m]))
            bitset_add(&work->kept, m);
    while (kept.changed) {
        kept.changed = false;
        block_walk(&work->func->body, keep_freed, &kept);
    }
    work->kept_known = true;
    return &work->kept;
}

static bool frees_kept(struct work *work, const struct stmt *call) {
    struct bitset freed = freed_by(work, call);
    return region_sets_overlap(work->facts->regions, &freed, kept_memory(work));
}

struct given_back {
    struct work *work;
    const struct bitset *memory;
    bool found;
};

static void find_free(struct stmt *stmt, void *data) {
    struct given_back *g = data;
    struct bitset freed = freed_by(g->work, stmt);
    g->found |= region_sets_overlap(g->work->facts->regions, &freed, g->memory);
}

static bool is_given_back(struct work *work, const struct bitset *memory) {
    struct given_back g = {work, memory, false};
    block_walk(&work->func->body, find_free, &g);
    return g.found;
}

/* Memory whose `free` was left out of the forward sweep goes with the record. */
static bool is_kept(struct work *work, const struct stmt *alloc) {
    struct regions *regions = work->facts->regions;
    struct bitset cells = bitset_create(work->ad->arena), targets = bitset_create(work->ad->arena),
                  fresh = bitset_create(work->ad->arena);
    region_of_lvalue(regions, alloc->to, &cells);
    region_add_pointed(regions, &cells, &targets);
    region_set_leaves(regions, &targets, false, &fresh);
    return region_sets_overlap(regions, &fresh, kept_memory(work)) && is_given_back(work, &fresh);
}

static void each_pointer(struct work *work, struct expr *value, const char *function, bool with_record,
                         struct block *out) {
    struct unit *unit = work->ad->unit;
    const struct type *t = type_strip(value->type);
    if (type_is_record(t)) {
        struct copy_map same = {unit, NULL, 0};
        for (size_t k = 0; k < t->record->field_count; k++)
            if (t->record->fields[k].name)
                each_pointer(work, expr_field(unit, expr_copy(&same, value), t->record->fields[k].name),
                             function, with_record, out);
    } else if (type_is_pointer(t)) {
        struct type *address = type_pointer(unit->types, type_void(unit->types));
        struct type *types[] = {with_record ? save_record(work)->type : address, address};
        struct expr **args = NEW_ARRAY(unit->arena, struct expr *, 2);
        args[0] = with_record ? save_record(work) : value;
        args[1] = value;
        struct func *func =
            runtime_func(work->ad, function, type_void(unit->types), types, with_record ? 2 : 1);
        block_add(unit, out, stmt_call(unit, NULL, func, args, with_record ? 2 : 1));
    }
}

/* ---- pairs ----------------------------------------------------------------------------------- */

static void forward_pair(struct work *work, const struct stmt *call, const struct pair *pair,
                         struct block *forward) {
    struct unit *unit = work->ad->unit;
    struct stmt *copy = call_copy(work, call, forward);
    if (!pair->records)
        return;
    size_t count = call->u.call.arg_count;
    struct expr **args = NEW_ARRAY(unit->arena, struct expr *, count + 1);
    memcpy(args, copy->u.call.args, count * sizeof *args);
    args[count] = save_record(work);
    copy->u.call.callee = pair->forward;
    copy->u.call.args = args;
    copy->u.call.arg_count = count + 1;
}

static void note_loop(struct stmt *stmt, void *data) {
    bool *loops = data;
    *loops |= stmt->kind == STMT_FOR || stmt->kind == STMT_WHILE;
}

/* The result is all that the callee computes, and it takes a loop to: with a seed of zero nothing happens, at
 * length. The value of an unchosen branch of a minimum, say, has such a seed. */
static bool is_idle_unseeded(struct work *work, const struct stmt *call, const struct pair *pair) {
    struct func *callee = call->u.call.callee;
    struct facts *facts = program_facts(work->ad->program, callee);
    const struct bitset *writes = &facts->total.writes;
    bool loops = false;
    if (!pair->result_companion || pair->records || !type_is_real(callee->result) ||
        work->ad->options->store_all || work->ad->options->no_guard)
        return false;
    for (size_t m = bitset_next(writes, 0); m != SIZE_MAX; m = bitset_next(writes, m + 1))
        if (region_is_outer(facts->regions->all.items[m]))
            return false;
    block_walk(&callee->body, note_loop, &loops);
    return loops;
}

static void reverse_pair(struct work *work, struct stmt *call, const struct pair *pair,
                         struct block *reverse) {
    struct unit *unit = work->ad->unit;
    struct block after = {0};
    VEC(struct expr *) args = {0};
    for (size_t k = 0; k < call->u.call.arg_count; k++) {
        struct expr *arg = call->u.call.args[k];
        if (pair->param_needed[k])
            VEC_PUSH(unit->arena, args, expr_copy(&work->reverse_map, arg));
        if (!pair->param_companion[k])
            continue;
        if (argument_is_pointer(arg))
            VEC_PUSH(unit->arena, args, argument_companion(work, &work->reverse_map, arg));
        else
            VEC_PUSH(unit->arena, args, expr_addr(unit, argument_adjoint(work, call, arg, reverse, &after)));
    }
    for (size_t k = 0; k < pair->globals.count; k++)
        VEC_PUSH(unit->arena, args, global_argument(work, pair->globals.items[k], false));
    if (pair->result_companion)
        VEC_PUSH(unit->arena, args, call_result_seed(work, call));
    if (pair->records)
        VEC_PUSH(unit->arena, args, save_cursor(work));
    struct stmt *back = stmt_call(unit, NULL, pair->reverse, args.items, args.count);
    if (is_idle_unseeded(work, call, pair)) {
        struct expr *seed = call_result_seed(work, call);
        struct stmt *guard = stmt_if(unit, expr_binary(unit, BINARY_NE, seed, expr_zero(unit, seed->type)));
        block_add(unit, &guard->u.branch.then, back);
        back = guard;
    }
    block_add(unit, reverse, back);
    block_append(unit, reverse, &after);
}

/* ---- rows of the rules ----------------------------------------------------------------------- */

static bool survives_call(struct work *work, const struct stmt *call, const struct expr *arg,
                          enum role role) {
    struct bitset reads = bitset_create(work->ad->arena);
    argument_reads(work, arg, &reads);
    for (size_t m = bitset_next(&reads, 0); m != SIZE_MAX; m = bitset_next(&reads, m + 1))
        if (!region_survives(work->facts, work->layout, call, work->facts->regions->all.items[m],
                             role == ROLE_IN, &work->clobbered))
            return false;
    return true;
}

static void check_survival(struct work *work, const struct call_rule *rule, const struct stmt *call) {
    for (size_t k = 0; k < call->u.call.arg_count && k < rule->param_count; k++)
        if (argument_is_pointer(call->u.call.args[k]) && adjoint_reads(work, rule, call, k) &&
            !survives_call(work, call, call->u.call.args[k], rule->roles[k])) {
            diag_report(work->ad->unit->diag, call->loc, ERR_CALL_OVERWRITTEN, rule->params[k],
                        call->u.call.callee->name);
            work->failed = true;
        }
}

static void reverse_active_rule(struct work *work, const struct call_rule *rule, struct stmt *call,
                                struct block *reverse) {
    struct unit *unit = work->ad->unit;
    size_t count = call->u.call.arg_count;
    struct expr **primal = NEW_ARRAY(unit->arena, struct expr *, count + 1);
    struct expr **companion = NEW_ARRAY(unit->arena, struct expr *, count + 1);
    struct block after = {0};
    check_survival(work, rule, call);
    for (size_t k = 0; k < count; k++) {
        struct expr *arg = call->u.call.args[k];
        primal[k] = expr_copy(&work->reverse_map, arg);
        if (argument_active(work, arg))
            companion[k] = argument_is_pointer(arg) ? companion_pointer(work, &work->reverse_map, arg)
                                                    : argument_adjoint(work, call, arg, reverse, &after);
    }
    struct call_binding binding = {primal, companion, NULL, NULL, work->reverse};
    if (call->to) {
        binding.result = expr_copy(&work->reverse_map, call->to);
        if (activity_lvalue(work->activity, call->to))
            binding.result_companion = call_result_seed(work, call);
    }
    call_adjoint(unit, rule, &binding, reverse);
    block_append(unit, reverse, &after);
}

static struct expr *element_count(struct work *work, const struct copy_map *map, const struct expr *bytes,
                                  struct type *element) {
    struct unit *unit = work->ad->unit;
    const struct expr *e = expr_strip(bytes);
    if (e->kind == EXPR_BINARY && e->u.binary == BINARY_MUL)
        for (size_t k = 0; k < 2; k++) {
            const struct expr *factor = expr_strip(e->args[k]);
            if (factor->kind == EXPR_SIZEOF && type_same(factor->u.of, element))
                return expr_copy(map, e->args[1 - k]);
        }
    if (e->kind == EXPR_SIZEOF && type_same(e->u.of, element))
        return expr_int(unit, 1);
    if (e->kind == EXPR_SIZEOF && type_is_array(e->u.of) && type_same(type_target(e->u.of), element))
        return expr_copy(map, type_strip(e->u.of)->count);
    return expr_binary(unit, BINARY_DIV, expr_copy(map, bytes), expr_sizeof(unit, element));
}

const struct expr *memory_pointer(const struct expr *e) {
    while (e->kind == EXPR_CAST && !type_is_array(e->args[0]->type) && type_is_void(type_target(e->type)) &&
           type_is_pointer(e->args[0]->type))
        e = e->args[0];
    return e->kind == EXPR_CAST && type_is_array(e->args[0]->type) ? e->args[0] : e;
}

static void move_element(struct work *work, struct expr *a, struct expr *b, struct block *out) {
    struct unit *unit = work->ad->unit;
    struct copy_map same = {unit, NULL, 0};
    if (b)
        block_add(unit, out, stmt_set(unit, b, expr_copy(&same, a), true));
    block_add(unit, out, stmt_set(unit, a, expr_zero(unit, a->type), false));
}

/* Where the two may overlap, an element's adjoint is taken out before it is added. */
static void move_overlapping(struct work *work, struct expr *a, struct expr *b, struct block *out) {
    struct unit *unit = work->ad->unit;
    struct copy_map same = {unit, NULL, 0};
    struct var *seed =
        func_add_var(unit, work->reverse, VAR_LOCAL, work_name(work, work->reverse, "seed"), a->type->plain);
    block_add(unit, out, stmt_decl(unit, seed, expr_copy(&same, a)));
    block_add(unit, out, stmt_set(unit, a, expr_zero(unit, a->type), false));
    if (b)
        block_add(unit, out, stmt_set(unit, b, expr_var(unit, seed), true));
}

struct memory_copy {
    const struct expr *to, *from; /* from: NULL for a fill, or where nothing active comes from */
    struct type *counted;         /* the element's type, in the source's variables */
    struct type *element;         /* and in those of the derivative function */
    const struct expr *bytes;
};

static struct type *innermost(struct type *type) {
    while (type_is_array(type))
        type = type_target(type);
    return type;
}

static void set_element(struct work *work, struct memory_copy *copy, struct type *element) {
    copy->counted = companion_type(work->ad, element);
    copy->element = type_copy(&work->reverse_map, copy->counted);
}

/* The companion, as a pointer to the elements that are copied: `(double *)a_bar` of a matrix; of a row too,
 * since a copy may go on in the next one. */
static struct expr *element_companion(struct work *work, const struct memory_copy *copy,
                                      const struct expr *pointer) {
    struct unit *unit = work->ad->unit;
    struct expr *companion = companion_pointer(work, &work->reverse_map, pointer);
    bool row = type_is_array(companion->type) && companion->kind != EXPR_VAR;
    if (!row && type_same(type_target(companion->type), copy->element))
        return companion;
    return expr_cast(unit, type_pointer(unit->types, copy->element), companion, false);
}

static struct expr *pointee(struct unit *unit, struct expr *pointer) {
    return pointer->kind == EXPR_ADDR ? pointer->args[0] : expr_deref(unit, pointer);
}

/* for k: from_bar[k] += to_bar[k]; to_bar[k] = 0. `downward`: from the last element to the first. */
static void move_elements(struct work *work, const struct memory_copy *copy, bool downward,
                          leaf_visitor *move, struct block *out) {
    struct unit *unit = work->ad->unit;
    struct expr *count = element_count(work, &work->reverse_map, copy->bytes, copy->counted);
    long long number;
    if (expr_is_const_int(count, &number) && number == 1) {
        each_real_leaf(
            work, work->reverse, copy->element, pointee(unit, element_companion(work, copy, copy->to)),
            copy->from ? pointee(unit, element_companion(work, copy, copy->from)) : NULL, move, out);
        return;
    }
    struct stmt *loop = stmt_new(unit, STMT_FOR, (struct loc){0});
    while (count->kind == EXPR_CAST && type_is_int(count->args[0]->type) && type_is_int(count->type) &&
           type_strip(count->type)->scalar >= SCALAR_LONG)
        count = count->args[0]; /* (size_t)n of an int n */
    struct var *index = func_add_var(unit, work->reverse, VAR_LOCAL, work_name(work, work->reverse, "k"),
                                     type_promoted(unit->types, count->type)->plain);
    struct copy_map same = {unit, NULL, 0};
    struct expr *at = expr_var(unit, index);
    if (downward)
        at = expr_binary(unit, BINARY_SUB,
                         expr_binary(unit, BINARY_SUB, expr_copy(&same, count), expr_int(unit, 1)), at);
    loop->u.loop.index = index;
    loop->u.loop.declares = true;
    loop->u.loop.lo = expr_int(unit, 0);
    loop->u.loop.hi = count;
    loop->u.loop.step = expr_int(unit, 1);
    loop->u.loop.rel = BINARY_LT;
    struct expr *to = element_companion(work, copy, copy->to), *from = NULL;
    if (copy->from)
        from = expr_index(unit, element_companion(work, copy, copy->from), expr_copy(&same, at));
    each_real_leaf(work, work->reverse, copy->element, expr_index(unit, to, at), from, move,
                   &loop->u.loop.body);
    block_add(unit, out, loop);
}

/* memmove copies upwards where the target lies below the source, else downwards; its reverse goes the other
 * way. */
static void reverse_overlapping(struct work *work, const struct memory_copy *copy, struct block *reverse) {
    struct unit *unit = work->ad->unit;
    struct expr *below = expr_binary(unit, BINARY_LT, element_companion(work, copy, copy->to),
                                     element_companion(work, copy, copy->from));
    struct stmt *branch = stmt_if(unit, below);
    move_elements(work, copy, true, move_overlapping, &branch->u.branch.then);
    move_elements(work, copy, false, move_overlapping, &branch->u.branch.other);
    block_add(unit, reverse, branch);
}

static void reverse_copy(struct work *work, const struct call_rule *rule, struct stmt *call,
                         struct block *reverse) {
    struct unit *unit = work->ad->unit;
    struct regions *regions = work->facts->regions;
    struct memory_copy copy = {.to = memory_pointer(call->u.call.args[rule->to_param]),
                               .bytes = call->u.call.args[rule->bytes_param]};
    struct bitset a = bitset_create(unit->arena), b = bitset_create(unit->arena);
    if (rule->class == CALL_COPY)
        copy.from = memory_pointer(call->u.call.args[rule->from_param]);
    struct type *element = type_target(copy.to->type);
    if (copy.from && !type_same(element, type_target(copy.from->type)))
        element = innermost(element); /* a row or a matrix as its elements */
    if (copy.from && !type_same(element, type_target(copy.from->type)) &&
        !type_same(element, innermost(type_target(copy.from->type)))) {
        diag_report(unit->diag, call->loc, ERR_COPY_TYPES, call->u.call.callee->name);
        work->failed = true;
        return;
    }
    region_of_pointer(regions, copy.to, &a);
    if (copy.from)
        region_of_pointer(regions, copy.from, &b);
    if (copy.from && !activity_reaches(work->activity, copy.from))
        copy.from = NULL;
    set_element(work, &copy, element);
    if (copy.from && region_sets_overlap(regions, &a, &b))
        reverse_overlapping(work, &copy, reverse);
    else
        move_elements(work, &copy, false, move_element, reverse);
}

void memory_clear(struct work *work, const struct call_rule *rule, const struct stmt *call,
                  struct block *out) {
    struct memory_copy copy = {.to = memory_pointer(call->u.call.args[rule->to_param]),
                               .bytes = call->u.call.args[rule->bytes_param]};
    set_element(work, &copy, type_target(copy.to->type));
    move_elements(work, &copy, false, move_element, out);
}

static void reverse_alloc(struct work *work, struct stmt *call, struct block *forward,
                          struct block *reverse) {
    call_copy(work, call, forward);
    if (!call->to)
        return;
    if (is_kept(work, call))
        each_pointer(work, expr_copy(&work->forward_map, call->to), "cgrad_record_keep", true, forward);
    struct var *var = call->to->kind == EXPR_VAR ? call->to->u.var : work_storage(call->to);
    if (setup_root(work, call) ||
        (var && var->kind == VAR_LOCAL && (work->vars[var->id].shadow || record_has_setups(work, var))))
        each_pointer(work, companion_lvalue(work, &work->reverse_map, call->to), "free", false, reverse);
}

static void reverse_rule(struct work *work, struct stmt *call, struct block *forward, struct block *reverse) {
    const struct call_rule *rule = rule_of(work->ad, call);
    bool active = work->stmts[call->id].active;
    switch (rule->class) {
    case CALL_ALLOC: reverse_alloc(work, call, forward, reverse); return;
    case CALL_FREE:
        if (!frees_kept(work, call))
            call_copy(work, call, forward);
        return;
    case CALL_INACTIVE:
    case CALL_COPY:
    case CALL_FILL:
    case CALL_ACTIVE: call_copy(work, call, forward); break;
    }
    if (active && (rule->class == CALL_COPY || rule->class == CALL_FILL))
        reverse_copy(work, rule, call, reverse);
    else if (active && rule->class == CALL_ACTIVE)
        reverse_active_rule(work, rule, call, reverse);
}

/* ---- both sweeps ----------------------------------------------------------------------------- */

void reverse_call(struct work *work, struct stmt *call, struct block *forward, struct block *reverse) {
    bool active = work->stmts[call->id].active;
    enum call_kind kind = call_kind(work->ad, call, false);
    if (kind == CALL_KIND_RULE) {
        reverse_rule(work, call, forward, reverse);
        return;
    }
    if (active && kind == CALL_KIND_PAIR) {
        struct pair *pair = pair_of_call(work, call);
        if (pair->failed) {
            work->failed = true;
            return;
        }
        forward_pair(work, call, pair, forward);
        reverse_pair(work, call, pair, reverse);
        return;
    }
    if (active && kind == CALL_KIND_MISSING) {
        report_missing(work, call, false);
        return;
    }
    if (active && kind == CALL_KIND_CUSTOM)
        custom_reverse(work, call, forward, reverse);
    else
        call_copy(work, call, forward);
}
