/* access: where the accesses of some memory lie within an iteration of a loop, functions that it calls
 * included.
 *
 * Everything is said in terms of the function that holds the loop: what a callee computes from its
 * parameters, and what a local computes once, is put in their place. What remains are the loop's index, the
 * indices of inner loops, and values that the loop does not change. An access whose place cannot be said so
 * has no offset. */
#include "analysis/place.h"

/* ---- accesses --------------------------------------------------------------------------------- */

static bool is_watched(struct walk *walk, const struct frame *frame, const struct bitset *regions) {
    struct bitset leaves = bitset_create(walk->arena);
    struct regions *all = frame->facts->regions;
    for (size_t m = bitset_next(regions, 0); m != SIZE_MAX; m = bitset_next(regions, m + 1))
        region_add_leaves(all, all->all.items[m], false, &leaves);
    return region_sets_overlap(all, &leaves, &frame->watched);
}

/* index < hi (or > hi) and its like, as lo <= index < hi. */
static void set_limit(struct walk *walk, const struct frame *frame, const struct stmt *loop,
                      struct access_limit *limit) {
    struct unit *unit = walk->program->unit;
    enum binary_op rel = loop->u.loop.rel;
    long long step = 0;
    bool constant = expr_is_const_int(loop->u.loop.step, &step), up = !constant || step > 0;
    struct expr *first = place_resolve(walk, frame, loop->u.loop.lo, 0),
                *bound = place_resolve(walk, frame, loop->u.loop.hi, 0);
    if (!first || !bound)
        return;
    if (up) {
        limit->lo = first;
        limit->hi = rel == BINARY_LE ? expr_binary(unit, BINARY_ADD, bound, expr_int(unit, 1)) : bound;
    } else {
        limit->lo = rel == BINARY_GE ? bound : expr_binary(unit, BINARY_ADD, bound, expr_int(unit, 1));
        limit->hi = expr_binary(unit, BINARY_ADD, first, expr_int(unit, 1));
    }
}

static void keep_limits(struct walk *walk, const struct frame *frame, struct access *access) {
    access->limits = NULL;
    for (const struct frame *f = frame; f; f = f->caller)
        for (const struct inner *in = f->inner; in; in = in->outer) {
            struct access_limit *limit = NEW(walk->arena, struct access_limit);
            *limit = (struct access_limit){access->limits, in->loop->u.loop.index, NULL, NULL};
            set_limit(walk, f, in->loop, limit);
            access->limits = limit;
        }
}

static struct access access_at(struct walk *walk, const struct frame *frame, enum access_kind kind,
                               const struct place_of *place, bool steady) {
    struct access access = {
        .kind = kind, .base = place->base, .whole = !place->below, .steady = steady && place->steady};
    access.stmt = walk->current;
    access.rows.items = place->rows.items;
    access.rows.count = place->rows.count;
    if (place->base)
        access.offset = place->offset ? place->offset : expr_int(walk->program->unit, 0);
    keep_limits(walk, frame, &access);
    return access;
}

static void note(struct walk *walk, const struct frame *frame, enum access_kind kind, struct place_of place,
                 bool steady) {
    VEC_PUSH(walk->arena, walk->out->list, access_at(walk, frame, kind, &place, steady));
}

static void note_lvalue(struct walk *walk, const struct frame *frame, enum access_kind kind,
                        const struct expr *lvalue, bool steady) {
    struct bitset named = bitset_create(walk->arena);
    region_of_lvalue(frame->facts->regions, lvalue, &named);
    if (!is_watched(walk, frame, &named))
        return;
    struct place_of place = {.steady = true};
    place_lvalue(walk, frame, lvalue, &place, 0);
    note(walk, frame, kind, place, steady);
}

struct reader {
    struct walk *walk;
    const struct frame *frame;
    bool steady;
};

static void read_value(struct reader *r, const struct expr *e);

static void read_address(struct reader *r, const struct expr *lvalue) {
    bool indexed = lvalue->kind == EXPR_INDEX;
    if (lvalue->kind == EXPR_DEREF ||
        ((indexed || lvalue->kind == EXPR_FIELD) && type_is_pointer(lvalue->args[0]->type)))
        read_value(r, lvalue->args[0]);
    else if (lvalue->arg_count > 0)
        read_address(r, lvalue->args[0]);
    if (indexed)
        read_value(r, lvalue->args[1]);
}

static void read_value(struct reader *r, const struct expr *e) {
    if (e->kind == EXPR_VAR || e->kind == EXPR_FIELD || e->kind == EXPR_INDEX || e->kind == EXPR_DEREF) {
        if (!type_is_array(e->type))
            note_lvalue(r->walk, r->frame, ACCESS_READ, e, r->steady);
        read_address(r, e);
    } else if (e->kind == EXPR_ADDR) {
        read_address(r, e->args[0]);
    } else {
        for (size_t k = 0; k < e->arg_count; k++)
            read_value(r, e->args[k]);
    }
}

static void walk_block(struct walk *walk, struct frame *frame, struct block *block, bool steady);

/* A library function touches an unknown part of what its arguments point to. */
static void walk_rule(struct walk *walk, struct frame *frame, const struct stmt *call, bool steady) {
    const struct call_rule *rule = rules_call(walk->program->rules, call->u.call.callee->name);
    if (rule->class == CALL_ALLOC || rule->class == CALL_FREE)
        return;
    bool fixed = steady;
    for (size_t k = 0; k < call->u.call.arg_count; k++)
        if (type_is_arith(call->u.call.args[k]->type))
            fixed &= place_is_steady(walk, frame, call->u.call.args[k]);
    for (size_t k = 0; k < call->u.call.arg_count; k++) {
        const struct expr *arg = call->u.call.args[k];
        struct bitset named = bitset_create(walk->arena);
        if (!type_is_pointer(arg->type) && !type_is_array(arg->type))
            continue;
        region_of_pointer(frame->facts->regions, arg, &named);
        if (!is_watched(walk, frame, &named))
            continue;
        struct place_of place = {.steady = true};
        place_pointer(walk, frame, arg, &place, 0);
        place.base = NULL;
        note(walk, frame, ACCESS_WRITE, place, fixed);
    }
}

static bool is_callable(const struct frame *frame, const struct func *callee) {
    if (!callee->defined || callee->unsupported || frame->depth >= PLACE_DEPTH)
        return false;
    for (const struct frame *f = frame; f; f = f->caller)
        if (f->facts->func == callee)
            return false;
    return true;
}

static void walk_callee(struct walk *walk, struct frame *frame, const struct stmt *call, bool steady) {
    struct frame inner = {.caller = frame, .call = call, .depth = frame->depth + 1};
    inner.facts = program_facts(walk->program, call->u.call.callee);
    inner.definitions = place_definitions(walk->arena, inner.facts);
    inner.watched = bitset_create(walk->arena);
    for (size_t k = 0; k < inner.facts->regions->all.count; k++) {
        const struct region *region = inner.facts->regions->all.items[k];
        struct bitset mapped = bitset_create(walk->arena);
        if (!region_is_outer(region))
            continue;
        call_map_region(walk->program, frame->facts, call, inner.facts, region, &mapped);
        if (is_watched(walk, frame, &mapped))
            region_add_leaves(inner.facts->regions, inner.facts->regions->all.items[k], false,
                              &inner.watched);
    }
    if (!bitset_empty(&inner.watched))
        walk_block(walk, &inner, &call->u.call.callee->body, steady);
}

static void walk_call(struct walk *walk, struct frame *frame, const struct stmt *call, bool steady) {
    struct reader r = {walk, frame, steady};
    for (size_t k = 0; k < call->u.call.arg_count; k++)
        read_value(&r, call->u.call.args[k]);
    if (rules_call(walk->program->rules, call->u.call.callee->name))
        walk_rule(walk, frame, call, steady);
    else if (is_callable(frame, call->u.call.callee))
        walk_callee(walk, frame, call, steady);
    else
        walk->out->unknown = true;
    if (call->to)
        note_lvalue(walk, frame, ACCESS_WRITE, call->to, steady);
}

static void walk_loop(struct walk *walk, struct frame *frame, struct stmt *stmt, bool steady) {
    struct inner inner = {frame->inner, stmt};
    steady = steady && !stmt->u.loop.has_break && place_is_steady(walk, frame, stmt->u.loop.lo) &&
             place_is_steady(walk, frame, stmt->u.loop.hi) && place_is_steady(walk, frame, stmt->u.loop.step);
    frame->inner = &inner;
    walk_block(walk, frame, &stmt->u.loop.body, steady);
    frame->inner = inner.outer;
}

static void walk_set(struct walk *walk, struct frame *frame, struct stmt *stmt, bool steady) {
    struct reader r = {walk, frame, steady};
    size_t before = walk->out->list.count;
    read_value(&r, stmt->u.set.from);
    bool reads_itself = walk->out->list.count > before;
    read_address(&r, stmt->to);
    note_lvalue(walk, frame, stmt->u.set.add && !reads_itself ? ACCESS_ADD : ACCESS_WRITE, stmt->to, steady);
}

static void walk_switch(struct walk *walk, struct frame *frame, struct stmt *stmt, bool steady) {
    steady = steady && place_is_steady(walk, frame, stmt->u.switch_.value);
    for (size_t k = 0; k < stmt->u.switch_.arm_count; k++)
        walk_block(walk, frame, &stmt->u.switch_.arms[k].body, steady);
}

static void walk_if(struct walk *walk, struct frame *frame, struct stmt *stmt, bool steady) {
    steady = steady && place_is_steady(walk, frame, stmt->u.branch.cond);
    walk_block(walk, frame, &stmt->u.branch.then, steady);
    walk_block(walk, frame, &stmt->u.branch.other, steady);
}

static void read_expr(struct expr **e, void *data) {
    read_value(data, *e);
}

static bool notes_write(const struct walk *walk, size_t from) {
    for (size_t k = from; k < walk->out->list.count; k++)
        if (walk->out->list.items[k].kind != ACCESS_READ)
            return true;
    return false;
}

/* What the statement does to the memory in ways that are not spelled as lvalues (a copy of bytes that reaches
 * the members behind the one that it names), it does somewhere. */
static void walk_effects(struct walk *walk, struct frame *frame, const struct stmt *stmt, size_t noted) {
    const struct effects *effects = &frame->facts->of_stmt[stmt->id];
    struct regions *regions = frame->facts->regions;
    struct place_of nowhere = {.base = NULL};
    bool simple = stmt->kind == STMT_SET || stmt->kind == STMT_CALL || stmt->kind == STMT_DECL;
    if (!simple || !stmt->id)
        return;
    if (!notes_write(walk, noted) && region_sets_overlap(regions, &effects->writes, &frame->watched))
        note(walk, frame, ACCESS_WRITE, nowhere, false);
    else if (walk->out->list.count == noted && region_sets_overlap(regions, &effects->reads, &frame->watched))
        note(walk, frame, ACCESS_READ, nowhere, false);
}

static void walk_stmt(struct walk *walk, struct frame *frame, struct stmt *stmt, bool steady) {
    size_t noted = walk->out->list.count;
    struct reader r = {walk, frame, steady};
    if (!frame->caller)
        walk->current = stmt;
    if (stmt->kind != STMT_SET && stmt->kind != STMT_CALL)
        stmt_each_expr(stmt, read_expr, &r);
    switch (stmt->kind) {
    case STMT_SET: walk_set(walk, frame, stmt, steady); break;
    case STMT_CALL: walk_call(walk, frame, stmt, steady); break;
    case STMT_DECL:
        if (stmt->u.decl.init)
            note_lvalue(walk, frame, ACCESS_WRITE, expr_var(walk->program->unit, stmt->u.decl.var), steady);
        break;
    case STMT_IF: walk_if(walk, frame, stmt, steady); break;
    case STMT_FOR: walk_loop(walk, frame, stmt, steady); break;
    case STMT_WHILE: walk_block(walk, frame, &stmt->u.while_.body, false); break;
    case STMT_SWITCH: walk_switch(walk, frame, stmt, steady); break;
    case STMT_BLOCK: walk_block(walk, frame, &stmt->u.block, steady); break;
    case STMT_RETURN:
    case STMT_BREAK:
    case STMT_CONTINUE:
    case STMT_PUSH:
    case STMT_POP:
    case STMT_RAW: break;
    }
    walk_effects(walk, frame, stmt, noted);
}

static void walk_block(struct walk *walk, struct frame *frame, struct block *block, bool steady) {
    for (size_t k = 0; k < block->count; k++)
        walk_stmt(walk, frame, block->items[k], steady);
}

/* Of `changed`, what is written around the accesses: all else has one value. */
static void start(struct walk *walk, struct frame *frame, struct program *program, struct facts *facts,
                  const struct bitset *changed) {
    walk->program = program;
    walk->arena = program->unit->arena;
    walk->changed = changed;
    frame->facts = facts;
    frame->watched = bitset_create(walk->arena);
    frame->definitions = place_definitions(walk->arena, facts);
}

void accesses_collect(struct program *program, struct facts *facts, const struct loop_query *query,
                      const struct region *region, struct accesses *out) {
    out->unknown |= type_is_record(region->type); /* a union: several paths lead to one place */
    struct walk walk = {.query = query, .out = out};
    struct frame frame = {0};
    const struct stmt *outermost = query->around_count ? query->around[0] : query->loop;
    start(&walk, &frame, program, facts, &facts->of_stmt[outermost->id].writes);
    bitset_add(&frame.watched, region->id);
    walk_block(&walk, &frame, &query->loop->u.loop.body, true);
}

static const struct loop_query no_loop;

static const struct bitset *changed_in(const struct facts *facts, const struct stmt *loop) {
    return loop ? &facts->of_stmt[loop->id].writes : &facts->total.writes;
}

void accesses_in(struct program *program, struct facts *facts, struct stmt *loop, const struct region *region,
                 struct accesses *out) {
    out->unknown |= type_is_record(region->type);
    struct walk walk = {.query = &no_loop, .out = out};
    struct frame frame = {0};
    start(&walk, &frame, program, facts, changed_in(facts, loop));
    bitset_add(&frame.watched, region->id);
    if (loop)
        walk_stmt(&walk, &frame, loop, true);
    else
        walk_block(&walk, &frame, &facts->func->body, true);
}

struct access access_of(struct program *program, struct facts *facts, const struct stmt *loop,
                        struct stmt *const *around, size_t around_count, const struct expr *lvalue) {
    struct walk walk = {.query = &no_loop};
    struct frame frame = {0};
    struct place_of place = {.steady = true};
    start(&walk, &frame, program, facts, changed_in(facts, loop));
    for (size_t k = 0; k < around_count; k++) {
        struct inner *inner = NEW(walk.arena, struct inner);
        *inner = (struct inner){frame.inner, around[k]};
        frame.inner = inner;
    }
    place_lvalue(&walk, &frame, lvalue, &place, 0);
    return access_at(&walk, &frame, ACCESS_READ, &place, true);
}

struct element_place element_place(struct program *program, struct facts *facts, struct stmt *loop,
                                   const struct expr *lvalue) {
    struct access access = access_of(program, facts, loop, &loop, 1, lvalue);
    return access.whole && !access.rows.count ? (struct element_place){access.base, access.offset}
                                              : (struct element_place){NULL, NULL};
}
