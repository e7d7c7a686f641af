/* scratch: static variables of a function that every call writes before it reads them. What calls before have
 * left there is never seen: they are local variables (translators from Fortran make all of them static).
 *
 * The body is walked in its order with the set of places that have been written for certain: `v`, `v.x`,
 * `v[2]`, `v[i]` with the index of a loop. When the loop ends, `v[i]` stands for all of its range; the same
 * range, or a part of it that constants show, may be read behind it. What is written in a loop or a branch
 * that may not run does not count, nor does what a callee writes. */
#include "analysis/analysis.h"

#include <string.h>

enum { LARGEST = 8192 /* elements that may move to the stack */ };

struct bound { /* base + offset; base NULL: offset alone */
    const struct expr *base;
    long long offset;
};

struct range { /* the loop's index runs from lo to hi, both included */
    const struct range *outer;
    const struct var *index;
    struct bound lo, hi;
    bool known;
};

struct written { /* written; the indices of loops that have ended stand for their ranges */
    const struct written *earlier;
    const struct expr *lvalue;
    const struct range *ended;
};

struct state {
    const struct written *written;
    bool unreachable;
};

struct scratch {
    struct program *program;
    struct facts *facts;
    struct bitset failed;        /* by var->id: not scratch */
    struct bitset steady;        /* by var->id: one value in the whole call */
    const struct range *running; /* the loops around */
    struct state now;
};

static const struct expr any_index = {.kind = EXPR_INT};

/* ---- places ------------------------------------------------------------------------------------ */

static bool is_candidate(const struct var *var) {
    return var->kind == VAR_STATIC_LOCAL && !var->is_const;
}

/* The candidate that the lvalue lies in, without any pointer on the way; NULL: none. */
static const struct var *place_root(const struct expr *e) {
    while ((e->kind == EXPR_FIELD && !type_is_pointer(e->args[0]->type)) ||
           (e->kind == EXPR_INDEX && type_is_array(e->args[0]->type)))
        e = e->args[0];
    return e->kind == EXPR_VAR && is_candidate(e->u.var) ? e->u.var : NULL;
}

static size_t depth_of(const struct expr *place) {
    size_t depth = 0;
    for (; place->kind != EXPR_VAR; place = place->args[0])
        depth++;
    return depth;
}

static const struct range *find_range(const struct range *list, const struct var *index) {
    while (list && list->index != index)
        list = list->outer;
    return list;
}

static const struct range *range_of(const struct range *list, const struct expr *index) {
    return index->kind == EXPR_VAR ? find_range(list, index->u.var) : NULL;
}

static bool is_most(const struct bound *a, const struct bound *b) {
    return (a->base == b->base || (a->base && b->base && expr_equal(a->base, b->base))) &&
           a->offset <= b->offset;
}

/* The range is all of the array. */
static bool is_full(const struct range *range, const struct type *array) {
    const struct type *t = type_strip(array);
    long long count;
    return range->known && !range->lo.base && range->lo.offset <= 0 && !range->hi.base && t->count &&
           expr_is_const_int(t->count, &count) && range->hi.offset >= count - 1;
}

static bool index_covers(const struct scratch *s, const struct written *place, const struct expr *written,
                         const struct expr *read) {
    const struct expr *a = expr_bare_int(written->args[1]), *b = expr_bare_int(read->args[1]);
    const struct range *range = range_of(place->ended, a), *other = range_of(s->running, b);
    long long value;
    if (!range)
        return b != &any_index && expr_equal(a, b);
    if (is_full(range, written->args[0]->type))
        return true;
    if (!range->known || b == &any_index)
        return false;
    if (expr_is_const_int(b, &value)) {
        struct bound bound = {NULL, value};
        return is_most(&range->lo, &bound) && is_most(&bound, &range->hi);
    }
    return other && other->known && is_most(&range->lo, &other->lo) && is_most(&other->hi, &range->hi);
}

static bool place_covers(const struct scratch *s, const struct written *place, const struct expr *read) {
    const struct expr *written = place->lvalue;
    size_t depth = depth_of(written);
    if (depth > depth_of(read))
        return false;
    for (size_t more = depth_of(read) - depth; more > 0; more--)
        read = read->args[0];
    for (; depth > 0; depth--, written = written->args[0], read = read->args[0]) {
        if (written->kind != read->kind)
            return false;
        if (written->kind == EXPR_FIELD ? strcmp(written->u.name, read->u.name) != 0
                                        : !index_covers(s, place, written, read))
            return false;
    }
    return written->u.var == read->u.var;
}

static bool is_written(const struct scratch *s, const struct expr *place) {
    struct unit *unit = s->program->unit;
    const struct type *type = type_strip(place->type);
    for (const struct written *w = s->now.written; w; w = w->earlier)
        if (place_covers(s, w, place))
            return true;
    if (type_is_array(type)) {
        struct expr *element = expr_index(unit, (struct expr *)place, expr_int(unit, 0));
        element->args[1] = (struct expr *)&any_index;
        return is_written(s, element);
    }
    bool all = type_is_record(type) && !type->record->is_union && type->record->field_count > 0;
    for (size_t k = 0; all && k < type->record->field_count; k++) {
        const char *name = type->record->fields[k].name;
        all = name && is_written(s, expr_field(unit, (struct expr *)place, name));
    }
    return all;
}

/* ---- reading ----------------------------------------------------------------------------------- */

static void fail(struct scratch *s, const struct var *var) {
    bitset_add(&s->failed, var->id);
}

static void read_expr(struct scratch *s, const struct expr *e);

static void read_indices(struct scratch *s, const struct expr *place) {
    for (; place->kind != EXPR_VAR; place = place->args[0])
        if (place->kind == EXPR_INDEX)
            read_expr(s, place->args[1]);
}

static void read_place(struct scratch *s, const struct expr *place) {
    read_indices(s, place);
    if (!s->now.unreachable && !is_written(s, place))
        fail(s, place_root(place));
}

static void read_expr(struct scratch *s, const struct expr *e) {
    if (e->kind == EXPR_SIZEOF)
        return;
    const struct expr *place = e->kind == EXPR_ADDR ? e->args[0] : e;
    const struct var *root = place_root(place);
    if (root && (e->kind == EXPR_ADDR || type_is_array(e->type))) {
        read_indices(s, place);
        fail(s, root); /* a pointer to it: what happens there is not followed */
    } else if (root) {
        read_place(s, e);
    } else {
        for (size_t k = 0; k < e->arg_count; k++)
            read_expr(s, e->args[k]);
    }
}

/* ---- writing ----------------------------------------------------------------------------------- */

static bool is_steady(const struct scratch *s, const struct expr *e) {
    long long value;
    e = expr_bare_int(e);
    return expr_is_const_int(e, &value) || range_of(s->running, e) ||
           (e->kind == EXPR_VAR && bitset_has(&s->steady, e->u.var->id) && e->u.var->kind != VAR_GLOBAL);
}

static void add_place(struct scratch *s, const struct expr *lvalue, const struct range *ended) {
    struct written *place = NEW(s->program->unit->arena, struct written);
    *place = (struct written){s->now.written, lvalue, ended};
    s->now.written = place;
}

static void write_place(struct scratch *s, const struct expr *place) {
    bool steady = true;
    for (const struct expr *e = place; e->kind != EXPR_VAR; e = e->args[0])
        steady &= e->kind != EXPR_INDEX || is_steady(s, e->args[1]);
    read_indices(s, place);
    if (steady)
        add_place(s, place, NULL);
}

static void write_to(struct scratch *s, const struct expr *to) {
    if (place_root(to))
        write_place(s, to);
    else
        for (size_t k = 0; k < to->arg_count; k++)
            read_expr(s, to->args[k]);
}

/* ---- calls ------------------------------------------------------------------------------------- */

/* The place whose address the argument is; NULL: none of a candidate. */
static const struct expr *argument_place(const struct expr *arg) {
    while (arg->kind == EXPR_CAST && type_is_pointer(arg->type))
        arg = arg->args[0];
    if (arg->kind == EXPR_ADDR && place_root(arg->args[0]))
        return arg->args[0];
    return type_is_array(arg->type) && place_root(arg) ? arg : NULL;
}

static bool is_size_of(const struct expr *bytes, const struct expr *place) {
    bytes = expr_strip(bytes);
    return bytes->kind == EXPR_SIZEOF && type_same(bytes->u.of, place->type);
}

static bool callee_reads(struct scratch *s, const struct func *callee, size_t param) {
    if (!callee->defined || callee->unsupported || param >= callee->param_count)
        return true;
    const struct facts *facts = program_facts(s->program, (struct func *)callee);
    const struct bitset *reads = &facts->total.reads;
    for (size_t m = bitset_next(reads, 0); m != SIZE_MAX; m = bitset_next(reads, m + 1)) {
        const struct region *region = facts->regions->all.items[m];
        if (region->root == callee->params[param] && region->step != STEP_ROOT)
            return true;
    }
    return facts->calls_unknown;
}

static void walk_argument(struct scratch *s, const struct stmt *call, size_t k) {
    const struct call_rule *rule = rules_call(s->program->rules, call->u.call.callee->name);
    const struct expr *place = argument_place(call->u.call.args[k]);
    if (!place) {
        read_expr(s, call->u.call.args[k]);
        return;
    }
    read_indices(s, place);
    if (rule && (rule->class == CALL_COPY || rule->class == CALL_FILL) && k == rule->to_param) {
        if (is_size_of(call->u.call.args[rule->bytes_param], place))
            write_place(s, place);
    } else if (rule ? k >= rule->param_count || rule->roles[k] != ROLE_OUT
                    : callee_reads(s, call->u.call.callee, k)) {
        read_place(s, place);
    }
}

static void walk_call(struct scratch *s, const struct stmt *call) {
    for (size_t pass = 0; pass < 2; pass++) /* what a library function writes, after all that it reads */
        for (size_t k = 0; k < call->u.call.arg_count; k++) {
            const struct call_rule *rule = rules_call(s->program->rules, call->u.call.callee->name);
            bool last = rule && k == rule->to_param;
            if (last == (pass == 1))
                walk_argument(s, call, k);
        }
    if (call->to)
        write_to(s, call->to);
}

/* ---- loops and branches ------------------------------------------------------------------------ */

static void walk_block(struct scratch *s, const struct block *block);

static struct bound split_bound(const struct expr *e) {
    struct bound bound = {NULL, 0};
    long long value;
    e = expr_bare_int(e);
    if (expr_is_const_int(e, &bound.offset))
        return bound;
    bound.base = e;
    bool sum = e->kind == EXPR_BINARY && (e->u.binary == BINARY_ADD || e->u.binary == BINARY_SUB);
    if (sum && expr_is_const_int(expr_bare_int(e->args[1]), &value)) {
        bound.base = expr_bare_int(e->args[0]);
        bound.offset = e->u.binary == BINARY_ADD ? value : -value;
    }
    return bound;
}

static bool bound_is_steady(const struct scratch *s, const struct bound *bound) {
    return !bound->base || (is_steady(s, bound->base) && !range_of(s->running, expr_bare_int(bound->base)));
}

static struct range loop_range(const struct scratch *s, const struct stmt *loop) {
    struct range range = {.outer = s->running, .index = loop->u.loop.index};
    long long step;
    if (!expr_is_const_int(loop->u.loop.step, &step) || (step != 1 && step != -1) ||
        loop->u.loop.rel == BINARY_NE)
        return range;
    bool strict = loop->u.loop.rel == BINARY_LT || loop->u.loop.rel == BINARY_GT;
    range.lo = split_bound(step > 0 ? loop->u.loop.lo : loop->u.loop.hi);
    range.hi = split_bound(step > 0 ? loop->u.loop.hi : loop->u.loop.lo);
    if (strict && step > 0)
        range.hi.offset--;
    else if (strict)
        range.lo.offset++;
    range.known = bound_is_steady(s, &range.lo) && bound_is_steady(s, &range.hi);
    return range;
}

static bool uses_index(const struct expr *place, const struct var *index) {
    for (; place->kind != EXPR_VAR; place = place->args[0])
        if (place->kind == EXPR_INDEX && expr_bare_int(place->args[1])->kind == EXPR_VAR &&
            expr_bare_int(place->args[1])->u.var == index)
            return true;
    return false;
}

static bool runs_for_certain(const struct range *range) {
    return range->known && !range->lo.base && !range->hi.base && range->lo.offset <= range->hi.offset;
}

/* What the body has written since `before`, said for the whole loop. */
static void keep_places(struct scratch *s, const struct written *body, const struct written *before,
                        const struct range *range) {
    if (body == before)
        return;
    keep_places(s, body->earlier, before, range);
    if (!uses_index(body->lvalue, range->index)) {
        if (runs_for_certain(range))
            add_place(s, body->lvalue, body->ended);
    } else if (range->known && !find_range(body->ended, range->index)) {
        struct range *ended = NEW(s->program->unit->arena, struct range);
        *ended = *range;
        ended->outer = body->ended;
        add_place(s, body->lvalue, ended);
    }
}

static void walk_for(struct scratch *s, const struct stmt *loop) {
    read_expr(s, loop->u.loop.lo);
    read_expr(s, loop->u.loop.hi);
    read_expr(s, loop->u.loop.step);
    struct state before = s->now;
    struct range *range = NEW(s->program->unit->arena, struct range);
    *range = loop_range(s, loop);
    s->running = range;
    walk_block(s, &loop->u.loop.body);
    const struct written *body = s->now.unreachable ? before.written : s->now.written;
    s->running = range->outer;
    s->now = before;
    if (!loop->u.loop.has_break)
        keep_places(s, body, before.written, range);
}

static void walk_while(struct scratch *s, const struct stmt *loop) {
    struct state before = s->now;
    if (!loop->u.while_.do_while)
        read_expr(s, loop->u.while_.cond);
    walk_block(s, &loop->u.while_.body);
    if (loop->u.while_.do_while)
        read_expr(s, loop->u.while_.cond);
    if (!loop->u.while_.do_while || loop->u.while_.has_break || s->now.unreachable)
        s->now = before;
}

/* What both ways have written, `before` and since. */
static struct state meet(struct scratch *s, struct state a, struct state b, const struct written *before) {
    if (a.unreachable || b.unreachable)
        return a.unreachable ? b : a;
    s->now = (struct state){before, false};
    for (const struct written *p = a.written; p != before; p = p->earlier) {
        bool both = false;
        for (const struct written *q = b.written; q != before && !both; q = q->earlier)
            both = p->ended == q->ended && expr_equal(p->lvalue, q->lvalue);
        if (both)
            add_place(s, p->lvalue, p->ended);
    }
    return s->now;
}

static void walk_if(struct scratch *s, const struct stmt *stmt) {
    read_expr(s, stmt->u.branch.cond);
    struct state before = s->now;
    walk_block(s, &stmt->u.branch.then);
    struct state then = s->now;
    s->now = before;
    walk_block(s, &stmt->u.branch.other);
    s->now = meet(s, then, s->now, before.written);
}

static void walk_switch(struct scratch *s, const struct stmt *stmt) {
    read_expr(s, stmt->u.switch_.value);
    struct state before = s->now, all = before;
    bool first = true, has_default = false;
    for (size_t k = 0; k < stmt->u.switch_.arm_count; k++) {
        s->now = before;
        walk_block(s, &stmt->u.switch_.arms[k].body);
        all = first ? s->now : meet(s, all, s->now, before.written);
        first = false;
        has_default |= stmt->u.switch_.arms[k].is_default;
    }
    s->now = has_default ? all : before;
}

static void walk_stmt(struct scratch *s, const struct stmt *stmt) {
    switch (stmt->kind) {
    case STMT_DECL:
        if (stmt->u.decl.init && !is_candidate(stmt->u.decl.var))
            read_expr(s, stmt->u.decl.init);
        break;
    case STMT_SET:
        read_expr(s, stmt->u.set.from);
        if (stmt->u.set.add)
            read_expr(s, stmt->to);
        write_to(s, stmt->to);
        break;
    case STMT_CALL: walk_call(s, stmt); break;
    case STMT_IF: walk_if(s, stmt); break;
    case STMT_FOR: walk_for(s, stmt); break;
    case STMT_WHILE: walk_while(s, stmt); break;
    case STMT_SWITCH: walk_switch(s, stmt); break;
    case STMT_BLOCK: walk_block(s, &stmt->u.block); break;
    case STMT_RETURN:
        if (stmt->u.value)
            read_expr(s, stmt->u.value);
        s->now.unreachable = true;
        break;
    case STMT_BREAK:
    case STMT_CONTINUE: s->now.unreachable = true; break;
    case STMT_PUSH:
    case STMT_POP:
    case STMT_RAW: break;
    }
}

static void walk_block(struct scratch *s, const struct block *block) {
    for (size_t k = 0; k < block->count; k++)
        walk_stmt(s, block->items[k]);
}

/* ---- the function ------------------------------------------------------------------------------ */

struct count_sets {
    unsigned *sets; /* by var->id */
};

/* The variable that the statement gives a value; NULL: none. */
static const struct var *assigned_var(const struct stmt *stmt) {
    if (stmt->kind == STMT_FOR)
        return stmt->u.loop.index;
    if (stmt->kind == STMT_DECL)
        return stmt->u.decl.init ? stmt->u.decl.var : NULL;
    bool sets = (stmt->kind == STMT_SET || stmt->kind == STMT_CALL) && stmt->to;
    return sets && stmt->to->kind == EXPR_VAR ? stmt->to->u.var : NULL;
}

static void count_set(struct stmt *stmt, void *data) {
    struct count_sets *count = data;
    const struct var *var = assigned_var(stmt);
    if (var && var->kind != VAR_GLOBAL)
        count->sets[var->id]++;
}

/* Parameters that are never assigned, and variables that get their only value outside of all loops. */
static void find_steady(struct scratch *s, struct func *func) {
    struct count_sets count = {NEW_ARRAY(s->program->unit->arena, unsigned, func->vars.count + 1)};
    block_walk(&func->body, count_set, &count);
    for (size_t k = 0; k < func->vars.count; k++) {
        const struct var *var = func->vars.items[k];
        if (var->kind == VAR_PARAM && !var->address_taken && count.sets[k] == 0)
            bitset_add(&s->steady, k);
    }
    for (size_t k = 0; k < func->body.count; k++) {
        const struct stmt *stmt = func->body.items[k];
        const struct var *var = stmt->kind == STMT_FOR ? NULL : assigned_var(stmt);
        if (var && var->kind == VAR_LOCAL && !var->address_taken && count.sets[var->id] == 1)
            bitset_add(&s->steady, var->id);
    }
}

static void fail_roots(struct scratch *s, const struct bitset *regions) {
    for (size_t m = bitset_next(regions, 0); m != SIZE_MAX; m = bitset_next(regions, m + 1)) {
        const struct var *root = s->facts->regions->all.items[m]->root;
        if (is_candidate(root))
            fail(s, root);
    }
}

/* What is done through pointers is not followed, and one that outlives the call shows what was left behind.
 */
static void fail_escaped(struct scratch *s) {
    const struct regions *regions = s->facts->regions;
    fail_roots(s, &s->facts->result_targets);
    for (size_t k = 0; k < regions->all.count; k++)
        if (regions->all.items[k]->has_targets)
            fail_roots(s, &regions->all.items[k]->targets);
}

static long long element_count(const struct type *type) {
    long long all = 1, count;
    for (type = type_strip(type); type_is_array(type); type = type_strip(type_target(type)))
        all *= type->count && expr_is_const_int(type->count, &count) && count < LARGEST ? count : LARGEST + 1;
    return all;
}

struct reach {
    const struct func *wanted;
    struct map *seen;
    bool found;
};

static void reach_call(struct stmt *stmt, void *data) {
    struct reach *reach = data;
    if (stmt->kind != STMT_CALL)
        return;
    struct func *callee = stmt->u.call.callee;
    reach->found |= callee == reach->wanted;
    if (!callee->defined || map_get(reach->seen, callee->name))
        return;
    map_put(reach->seen, callee->name, callee);
    block_walk(&callee->body, reach_call, reach);
}

static bool is_recursive(struct program *program, struct func *func) {
    struct reach reach = {func, map_create(program->unit->arena), false};
    block_walk(&func->body, reach_call, &reach);
    return reach.found;
}

static void drop_initial_value(struct stmt *stmt, void *data) {
    const struct scratch *s = data;
    if (stmt->kind != STMT_DECL || !is_candidate(stmt->u.decl.var) ||
        bitset_has(&s->failed, stmt->u.decl.var->id))
        return;
    stmt->u.decl.init = NULL;
    stmt->u.decl.var->kind = VAR_LOCAL;
}

static bool make_local(struct program *program, struct func *func) {
    struct arena *arena = program->unit->arena;
    struct scratch s = {.program = program,
                        .facts = program_facts(program, func),
                        .failed = bitset_create(arena),
                        .steady = bitset_create(arena)};
    size_t candidates = 0;
    find_steady(&s, func);
    fail_escaped(&s);
    walk_block(&s, &func->body);
    for (size_t k = 0; k < func->vars.count; k++) {
        if (!is_candidate(func->vars.items[k]))
            continue;
        if (element_count(func->vars.items[k]->type) > LARGEST)
            fail(&s, func->vars.items[k]);
        candidates++;
    }
    block_walk(&func->body, drop_initial_value, &s);
    return bitset_size(&s.failed) < candidates;
}

static bool has_candidate(const struct func *func) {
    for (size_t k = 0; k < func->vars.count; k++)
        if (is_candidate(func->vars.items[k]))
            return true;
    return false;
}

void scratch_find(struct program *program) {
    bool any = false;
    for (size_t k = 0; k < program->unit->funcs.count; k++) {
        struct func *func = program->unit->funcs.items[k];
        if (func->defined && !func->unsupported && has_candidate(func) && !is_recursive(program, func))
            any |= make_local(program, func);
    }
    if (any)
        program_forget(program);
}
