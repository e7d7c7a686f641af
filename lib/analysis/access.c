/* access: where the accesses of some memory lie within an iteration of a loop, functions that it calls
 * included.
 *
 * Everything is said in terms of the function that holds the loop: what a callee computes from its
 * parameters, and what a local computes once, is put in their place. What remains are the loop's index, the
 * indices of inner loops, and values that the loop does not change. An access whose place cannot be said so
 * has no offset. */
#include "analysis/access.h"

enum {
    DEPTH = 12 /* of calls and of definitions that are followed */,
    WIDTH = 64 /* nodes of an expression */
};

/* Variables that have one value wherever they are in scope: assigned once, in the block that declares them.
 */
struct definitions {
    struct expr **value; /* by var->id */
    unsigned *count;
    struct block **home;
};

struct inner { /* a loop around the access, inside the loop in question or a callee */
    const struct inner *outer;
    const struct stmt *loop;
};

/* A function on the way to the access; the first is that of the loop. */
struct frame {
    const struct frame *caller;
    const struct stmt *call;
    struct facts *facts;
    struct definitions definitions;
    struct bitset watched;
    const struct inner *inner;
    unsigned depth;
};

struct walk {
    struct program *program;
    struct arena *arena;
    const struct loop_query *query;
    const struct bitset *changed; /* what an iteration writes, in the first frame */
    struct accesses *out;
};

/* ---- definitions ------------------------------------------------------------------------------ */

struct survey {
    struct definitions *definitions;
    struct block *block;
};

static void survey_block(struct block *block, void *data);

static void define(struct definitions *d, struct block *block, struct var *var, struct expr *value) {
    if (var->kind == VAR_GLOBAL)
        return;
    d->count[var->id]++;
    d->value[var->id] = d->home[var->id] == block ? value : NULL;
}

static void survey_stmt(struct definitions *d, struct block *block, struct stmt *stmt) {
    struct survey nested = {d, NULL};
    if (stmt->kind == STMT_DECL) {
        d->home[stmt->u.decl.var->id] = block;
        if (stmt->u.decl.init)
            define(d, block, stmt->u.decl.var, stmt->u.decl.init);
    } else if (stmt->to && stmt->to->kind == EXPR_VAR) {
        define(d, block, stmt->to->u.var,
               stmt->kind == STMT_SET && !stmt->u.set.add ? stmt->u.set.from : NULL);
    }
    stmt_each_block(stmt, survey_block, &nested);
}

static void survey_block(struct block *block, void *data) {
    struct survey *s = data;
    for (size_t k = 0; k < block->count; k++)
        survey_stmt(s->definitions, block, block->items[k]);
}

static struct definitions definitions_of(struct arena *arena, struct func *func) {
    size_t count = func->vars.count + 1;
    struct definitions d = {NEW_ARRAY(arena, struct expr *, count), NEW_ARRAY(arena, unsigned, count),
                            NEW_ARRAY(arena, struct block *, count)};
    struct survey s = {&d, NULL};
    survey_block(&func->body, &s);
    return d;
}

/* ---- values in terms of the first frame ------------------------------------------------------- */

static struct expr *resolve(struct walk *walk, const struct frame *frame, const struct expr *e,
                            unsigned depth);

static bool is_index(const struct walk *walk, const struct frame *frame, const struct var *var) {
    for (const struct inner *in = frame->inner; in; in = in->outer)
        if (in->loop->u.loop.index == var)
            return true;
    for (size_t k = 0; !frame->caller && k < walk->query->around_count; k++)
        if (walk->query->around[k]->u.loop.index == var)
            return true;
    return !frame->caller && var == walk->query->loop->u.loop.index;
}

static bool is_changed(struct walk *walk, const struct frame *frame, const struct expr *lvalue) {
    struct bitset named = bitset_create(walk->arena);
    region_of_lvalue(frame->facts->regions, lvalue, &named);
    for (size_t m = bitset_next(&named, 0); m != SIZE_MAX; m = bitset_next(&named, m + 1))
        if (region_set_hits(frame->facts->regions, walk->changed, frame->facts->regions->all.items[m]))
            return true;
    return bitset_empty(&named);
}

static struct expr *resolve_var(struct walk *walk, const struct frame *frame, const struct expr *e,
                                unsigned depth) {
    struct var *var = e->u.var;
    bool local = var->kind == VAR_LOCAL || var->kind == VAR_PARAM;
    struct copy_map same = {walk->program->unit, NULL, 0};
    if (is_index(walk, frame, var))
        return expr_copy(&same, e);
    if (!frame->caller && !is_changed(walk, frame, e))
        return expr_copy(&same, e);
    if (!local || var->address_taken)
        return NULL;
    if (frame->caller && var->kind == VAR_PARAM)
        return frame->definitions.count[var->id] || var->id >= frame->call->u.call.arg_count
                   ? NULL
                   : resolve(walk, frame->caller, frame->call->u.call.args[var->id], depth + 1);
    if (frame->definitions.count[var->id] != 1 || !frame->definitions.value[var->id])
        return NULL;
    return resolve(walk, frame, frame->definitions.value[var->id], depth + 1);
}

/* Memory that the loop leaves alone has one value; in callees that is not looked into. */
static struct expr *resolve_load(struct walk *walk, const struct frame *frame, const struct expr *e,
                                 unsigned depth) {
    struct copy_map same = {walk->program->unit, NULL, 0};
    if (e->kind == EXPR_FIELD && e->args[0]->kind == EXPR_VAR && type_is_record(e->args[0]->type) &&
        frame->caller) {
        struct expr *record = resolve(walk, frame, e->args[0], depth + 1);
        return record ? expr_field(walk->program->unit, record, e->u.name) : NULL;
    }
    return frame->caller || is_changed(walk, frame, e) ? NULL : expr_copy(&same, e);
}

static struct expr *resolve_operands(struct walk *walk, const struct frame *frame, const struct expr *e,
                                     unsigned depth) {
    struct expr *copy = NEW(walk->arena, struct expr);
    *copy = *e;
    copy->args = NEW_ARRAY(walk->arena, struct expr *, e->arg_count + 1);
    for (size_t k = 0; k < e->arg_count; k++)
        if (!(copy->args[k] = resolve(walk, frame, e->args[k], depth + 1)))
            return NULL;
    return copy;
}

/* The value, or NULL if it is not made of indices and unchanged values alone. */
static struct expr *resolve(struct walk *walk, const struct frame *frame, const struct expr *e,
                            unsigned depth) {
    if (depth > DEPTH + WIDTH)
        return NULL;
    switch (e->kind) {
    case EXPR_VAR: return resolve_var(walk, frame, e, depth);
    case EXPR_FIELD:
    case EXPR_INDEX:
    case EXPR_DEREF: return resolve_load(walk, frame, e, depth);
    case EXPR_INT:
    case EXPR_REAL:
    case EXPR_SIZEOF:
    case EXPR_NAMED:
    case EXPR_UNARY:
    case EXPR_BINARY:
    case EXPR_COND:
    case EXPR_CAST:
    case EXPR_MATH: return resolve_operands(walk, frame, e, depth);
    case EXPR_STRING:
    case EXPR_FUNC:
    case EXPR_ADDR:
    case EXPR_INIT: return NULL;
    }
    return NULL;
}

static bool mentions_moving(const struct walk *walk, struct expr *resolved) {
    if (expr_mentions(resolved, walk->query->loop->u.loop.index))
        return true;
    for (size_t k = 0; k < walk->query->around_count; k++)
        if (expr_mentions(resolved, walk->query->around[k]->u.loop.index))
            return true;
    return false;
}

/* The same in every iteration. */
static bool is_steady(struct walk *walk, const struct frame *frame, const struct expr *e) {
    struct expr *resolved = resolve(walk, frame, e, 0);
    return resolved && !mentions_moving(walk, resolved);
}

/* ---- places ----------------------------------------------------------------------------------- */

struct place_of { /* base[offset], and what comes below that element */
    struct expr *base, *offset;
    bool below; /* further steps stay within the element */
    bool steady;
};

static void locate_lvalue(struct walk *walk, const struct frame *frame, const struct expr *e,
                          struct place_of *place, unsigned depth);

static void locate_pointer(struct walk *walk, const struct frame *frame, const struct expr *e,
                           struct place_of *place, unsigned depth);

static void step(struct walk *walk, const struct frame *frame, const struct expr *index, enum binary_op op,
                 struct place_of *place) {
    struct expr *resolved = resolve(walk, frame, index, 0);
    place->steady &= resolved && !mentions_moving(walk, resolved);
    if (place->below)
        return;
    if (!resolved)
        place->base = NULL;
    else if (!place->offset)
        place->offset = op == BINARY_SUB ? expr_unary(walk->program->unit, UNARY_NEG, resolved) : resolved;
    else
        place->offset = expr_binary(walk->program->unit, op, place->offset, resolved);
}

static void nowhere(struct place_of *place) {
    place->base = NULL;
    place->steady = false;
}

static void locate_pointer_var(struct walk *walk, const struct frame *frame, const struct expr *e,
                               struct place_of *place, unsigned depth) {
    struct var *var = e->u.var;
    struct copy_map same = {walk->program->unit, NULL, 0};
    bool once = var->kind == VAR_LOCAL && !var->address_taken && frame->definitions.count[var->id] == 1;
    if (frame->caller && var->kind == VAR_PARAM && !var->address_taken &&
        !frame->definitions.count[var->id] && var->id < frame->call->u.call.arg_count)
        locate_pointer(walk, frame->caller, frame->call->u.call.args[var->id], place, depth + 1);
    else if (once && frame->definitions.value[var->id])
        locate_pointer(walk, frame, frame->definitions.value[var->id], place, depth + 1);
    else if (!frame->caller && !is_changed(walk, frame, e))
        place->base = expr_copy(&same, e);
    else
        nowhere(place);
}

static void locate_pointer(struct walk *walk, const struct frame *frame, const struct expr *e,
                           struct place_of *place, unsigned depth) {
    if (depth > DEPTH) {
        nowhere(place);
        return;
    }
    if (type_is_array(e->type)) {
        locate_lvalue(walk, frame, e, place, depth + 1);
        return;
    }
    struct copy_map same = {walk->program->unit, NULL, 0};
    switch (e->kind) {
    case EXPR_VAR: locate_pointer_var(walk, frame, e, place, depth); break;
    case EXPR_CAST:
    case EXPR_NAMED: locate_pointer(walk, frame, e->args[0], place, depth + 1); break;
    case EXPR_ADDR: locate_lvalue(walk, frame, e->args[0], place, depth + 1); break;
    case EXPR_BINARY: {
        bool left = type_is_pointer(e->args[0]->type) || type_is_array(e->args[0]->type);
        locate_pointer(walk, frame, e->args[!left], place, depth + 1);
        if (place->below)
            nowhere(place); /* it may leave the element */
        step(walk, frame, e->args[left], e->u.binary, place);
        break;
    }
    case EXPR_FIELD:
    case EXPR_INDEX:
    case EXPR_DEREF:
        if (!frame->caller && !is_changed(walk, frame, e) && is_steady(walk, frame, e))
            place->base = expr_copy(&same, e);
        else
            nowhere(place);
        break;
    case EXPR_INT:
    case EXPR_REAL:
    case EXPR_STRING:
    case EXPR_FUNC:
    case EXPR_UNARY:
    case EXPR_COND:
    case EXPR_MATH:
    case EXPR_SIZEOF:
    case EXPR_INIT: nowhere(place); break;
    }
}

static void locate_lvalue(struct walk *walk, const struct frame *frame, const struct expr *e,
                          struct place_of *place, unsigned depth) {
    struct copy_map same = {walk->program->unit, NULL, 0};
    if (depth > DEPTH) {
        nowhere(place);
    } else if (e->kind == EXPR_VAR) {
        place->base = frame->caller ? NULL : expr_copy(&same, e);
    } else if (e->kind == EXPR_FIELD && !type_is_pointer(e->args[0]->type)) {
        locate_lvalue(walk, frame, e->args[0], place, depth + 1);
        place->below = true;
    } else if (e->kind == EXPR_FIELD) {
        locate_pointer(walk, frame, e->args[0], place, depth + 1);
        place->below = true;
    } else if (e->kind == EXPR_DEREF) {
        locate_pointer(walk, frame, e->args[0], place, depth + 1);
    } else if (e->kind == EXPR_INDEX) {
        bool row = type_is_array(e->args[0]->type);
        long long index;
        if (row)
            locate_lvalue(walk, frame, e->args[0], place, depth + 1);
        else
            locate_pointer(walk, frame, e->args[0], place, depth + 1);
        if (!row && place->below && !(expr_is_const_int(e->args[1], &index) && index == 0))
            nowhere(place);
        step(walk, frame, e->args[1], BINARY_ADD, place);
        place->below |= row;
    } else if (e->kind == EXPR_CAST || e->kind == EXPR_NAMED) {
        locate_lvalue(walk, frame, e->args[0], place, depth + 1);
    } else {
        nowhere(place);
    }
}

/* ---- accesses --------------------------------------------------------------------------------- */

static bool is_watched(struct walk *walk, const struct frame *frame, const struct bitset *regions) {
    struct bitset leaves = bitset_create(walk->arena);
    struct regions *all = frame->facts->regions;
    for (size_t m = bitset_next(regions, 0); m != SIZE_MAX; m = bitset_next(regions, m + 1))
        region_add_leaves(all, all->all.items[m], false, &leaves);
    return region_sets_overlap(all, &leaves, &frame->watched);
}

static void keep_limits(struct walk *walk, const struct frame *frame, struct access *access) {
    access->limits = NULL;
    for (const struct frame *f = frame; f; f = f->caller)
        for (const struct inner *in = f->inner; in; in = in->outer) {
            struct access_limit *limit = NEW(walk->arena, struct access_limit);
            long long step = 0;
            expr_is_const_int(in->loop->u.loop.step, &step);
            *limit = (struct access_limit){access->limits, in->loop->u.loop.index, NULL, NULL};
            if (step > 0 && in->loop->u.loop.rel == BINARY_LT) {
                limit->lo = resolve(walk, f, in->loop->u.loop.lo, 0);
                limit->hi = resolve(walk, f, in->loop->u.loop.hi, 0);
            }
            access->limits = limit;
        }
}

static void note(struct walk *walk, const struct frame *frame, enum access_kind kind, struct place_of place,
                 bool steady) {
    struct access access = {
        .kind = kind, .base = place.base, .whole = !place.below, .steady = steady && place.steady};
    if (place.base)
        access.offset = place.offset ? place.offset : expr_int(walk->program->unit, 0);
    keep_limits(walk, frame, &access);
    VEC_PUSH(walk->arena, walk->out->list, access);
}

static void note_lvalue(struct walk *walk, const struct frame *frame, enum access_kind kind,
                        const struct expr *lvalue, bool steady) {
    struct bitset named = bitset_create(walk->arena);
    region_of_lvalue(frame->facts->regions, lvalue, &named);
    if (!is_watched(walk, frame, &named))
        return;
    struct place_of place = {.steady = true};
    locate_lvalue(walk, frame, lvalue, &place, 0);
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
            fixed &= is_steady(walk, frame, call->u.call.args[k]);
    for (size_t k = 0; k < call->u.call.arg_count; k++) {
        const struct expr *arg = call->u.call.args[k];
        struct bitset named = bitset_create(walk->arena);
        if (!type_is_pointer(arg->type) && !type_is_array(arg->type))
            continue;
        region_of_pointer(frame->facts->regions, arg, &named);
        if (!is_watched(walk, frame, &named))
            continue;
        struct place_of place = {.steady = true};
        locate_pointer(walk, frame, arg, &place, 0);
        place.base = NULL;
        note(walk, frame, ACCESS_WRITE, place, fixed);
    }
}

static bool is_callable(const struct frame *frame, const struct func *callee) {
    if (!callee->defined || callee->unsupported || frame->depth >= DEPTH)
        return false;
    for (const struct frame *f = frame; f; f = f->caller)
        if (f->facts->func == callee)
            return false;
    return true;
}

static void walk_callee(struct walk *walk, struct frame *frame, const struct stmt *call, bool steady) {
    struct frame inner = {.caller = frame, .call = call, .depth = frame->depth + 1};
    inner.facts = program_facts(walk->program, call->u.call.callee);
    inner.definitions = definitions_of(walk->arena, call->u.call.callee);
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
    steady = steady && !stmt->u.loop.has_break && is_steady(walk, frame, stmt->u.loop.lo) &&
             is_steady(walk, frame, stmt->u.loop.hi) && is_steady(walk, frame, stmt->u.loop.step);
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
    steady = steady && is_steady(walk, frame, stmt->u.switch_.value);
    for (size_t k = 0; k < stmt->u.switch_.arm_count; k++)
        walk_block(walk, frame, &stmt->u.switch_.arms[k].body, steady);
}

static void walk_if(struct walk *walk, struct frame *frame, struct stmt *stmt, bool steady) {
    steady = steady && is_steady(walk, frame, stmt->u.branch.cond);
    walk_block(walk, frame, &stmt->u.branch.then, steady);
    walk_block(walk, frame, &stmt->u.branch.other, steady);
}

static void read_expr(struct expr **e, void *data) {
    read_value(data, *e);
}

static void walk_stmt(struct walk *walk, struct frame *frame, struct stmt *stmt, bool steady) {
    struct reader r = {walk, frame, steady};
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
}

static void walk_block(struct walk *walk, struct frame *frame, struct block *block, bool steady) {
    for (size_t k = 0; k < block->count; k++)
        walk_stmt(walk, frame, block->items[k], steady);
}

void accesses_collect(struct program *program, struct facts *facts, const struct loop_query *query,
                      const struct region *region, struct accesses *out) {
    out->unknown |= type_is_record(region->type); /* a union: several paths lead to one place */
    struct walk walk = {.program = program, .arena = program->unit->arena, .query = query, .out = out};
    struct frame frame = {.facts = facts, .watched = bitset_create(walk.arena)};
    const struct stmt *outermost = query->around_count ? query->around[0] : query->loop;
    walk.changed = &facts->of_stmt[outermost->id].writes;
    frame.definitions = definitions_of(walk.arena, facts->func);
    bitset_add(&frame.watched, region->id);
    walk_block(&walk, &frame, &query->loop->u.loop.body, true);
}
