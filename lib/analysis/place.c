/* place: where lvalues lie, said in terms of the function that holds a loop: what a callee computes from its
 * parameters, and what a local computes once, is put in their place. What remains are the indices of loops,
 * and values that the loop does not change. */
#include "analysis/place.h"

enum { WIDTH = 64 /* nodes of an expression */ };

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
    if (stmt->kind == STMT_FOR)
        define(d, block, stmt->u.loop.index, NULL);
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

const struct definitions *place_definitions(struct arena *arena, struct facts *facts) {
    if (facts->definitions)
        return facts->definitions;
    size_t count = facts->func->vars.count;
    struct definitions *d = NEW(arena, struct definitions);
    *d = (struct definitions){NEW_ARRAY(arena, struct expr *, count + 1),
                              NEW_ARRAY(arena, unsigned, count + 1),
                              NEW_ARRAY(arena, struct block *, count + 1), count};
    struct survey s = {d, NULL};
    survey_block(&facts->func->body, &s);
    return facts->definitions = d;
}

/* The value of the one assignment to the variable, or NULL. */
static struct expr *defined_value(const struct definitions *d, const struct var *var) {
    return var->id < d->known && d->count[var->id] == 1 ? d->value[var->id] : NULL;
}

static bool is_assigned(const struct definitions *d, const struct var *var) {
    return var->id >= d->known || d->count[var->id] > 0;
}

/* ---- values in terms of the first frame ------------------------------------------------------- */

static bool is_index(const struct walk *walk, const struct frame *frame, const struct var *var) {
    for (const struct inner *in = frame->inner; in; in = in->outer)
        if (in->loop->u.loop.index == var)
            return true;
    for (size_t k = 0; !frame->caller && k < walk->query->around_count; k++)
        if (walk->query->around[k]->u.loop.index == var)
            return true;
    return !frame->caller && walk->query->loop && var == walk->query->loop->u.loop.index;
}

static bool place_changes(struct walk *walk, const struct frame *frame, const struct expr *lvalue) {
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
    if (!frame->caller && !place_changes(walk, frame, e))
        return expr_copy(&same, e);
    if (!local || var->address_taken)
        return NULL;
    if (frame->caller && var->kind == VAR_PARAM)
        return is_assigned(frame->definitions, var) || var->id >= frame->call->u.call.arg_count
                   ? NULL
                   : place_resolve(walk, frame->caller, frame->call->u.call.args[var->id], depth + 1);
    struct expr *value = defined_value(frame->definitions, var);
    return value ? place_resolve(walk, frame, value, depth + 1) : NULL;
}

/* Memory that the loop leaves alone has one value; in callees that is not looked into. */
static struct expr *resolve_load(struct walk *walk, const struct frame *frame, const struct expr *e,
                                 unsigned depth) {
    struct copy_map same = {walk->program->unit, NULL, 0};
    if (e->kind == EXPR_FIELD && e->args[0]->kind == EXPR_VAR && type_is_record(e->args[0]->type) &&
        frame->caller) {
        struct expr *record = place_resolve(walk, frame, e->args[0], depth + 1);
        return record ? expr_field(walk->program->unit, record, e->u.name) : NULL;
    }
    return frame->caller || place_changes(walk, frame, e) ? NULL : expr_copy(&same, e);
}

static struct expr *resolve_operands(struct walk *walk, const struct frame *frame, const struct expr *e,
                                     unsigned depth) {
    struct expr *copy = NEW(walk->arena, struct expr);
    *copy = *e;
    copy->args = NEW_ARRAY(walk->arena, struct expr *, e->arg_count + 1);
    for (size_t k = 0; k < e->arg_count; k++)
        if (!(copy->args[k] = place_resolve(walk, frame, e->args[k], depth + 1)))
            return NULL;
    return copy;
}

/* The value, or NULL if it is not made of indices and unchanged values alone. */
struct expr *place_resolve(struct walk *walk, const struct frame *frame, const struct expr *e,
                           unsigned depth) {
    if (depth > PLACE_DEPTH + WIDTH)
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

static bool place_moves(const struct walk *walk, struct expr *resolved) {
    if (walk->query->loop && expr_mentions(resolved, walk->query->loop->u.loop.index))
        return true;
    for (size_t k = 0; k < walk->query->around_count; k++)
        if (expr_mentions(resolved, walk->query->around[k]->u.loop.index))
            return true;
    return false;
}

/* The same in every iteration. */
bool place_is_steady(struct walk *walk, const struct frame *frame, const struct expr *e) {
    struct expr *resolved = place_resolve(walk, frame, e, 0);
    return resolved && !place_moves(walk, resolved);
}

/* ---- places ----------------------------------------------------------------------------------- */

static void step(struct walk *walk, const struct frame *frame, const struct expr *index, enum binary_op op,
                 struct place_of *place) {
    struct expr *resolved = place_resolve(walk, frame, index, 0);
    place->steady &= resolved && !place_moves(walk, resolved);
    if (place->below) {
        VEC_PUSH(walk->arena, place->rows, ((struct access_row){resolved, NULL}));
        return;
    }
    if (!resolved)
        place->base = NULL;
    else if (!place->offset)
        place->offset = op == BINARY_SUB ? expr_unary(walk->program->unit, UNARY_NEG, resolved) : resolved;
    else
        place->offset = expr_binary(walk->program->unit, op, place->offset, resolved);
}

/* The array of that type holds the element of the last subscript. */
static void limit_row(struct walk *walk, const struct frame *frame, const struct type *array,
                      struct place_of *place) {
    struct expr *count = type_strip(array)->count;
    if (count)
        place->rows.items[place->rows.count - 1].extent = place_resolve(walk, frame, count, 0);
}

static void nowhere(struct place_of *place) {
    place->base = NULL;
    place->steady = false;
}

static void locate_pointer_var(struct walk *walk, const struct frame *frame, const struct expr *e,
                               struct place_of *place, unsigned depth) {
    struct var *var = e->u.var;
    struct copy_map same = {walk->program->unit, NULL, 0};
    struct expr *value =
        var->kind == VAR_LOCAL && !var->address_taken ? defined_value(frame->definitions, var) : NULL;
    if (frame->caller && var->kind == VAR_PARAM && !var->address_taken &&
        !is_assigned(frame->definitions, var) && var->id < frame->call->u.call.arg_count)
        place_pointer(walk, frame->caller, frame->call->u.call.args[var->id], place, depth + 1);
    else if (value)
        place_pointer(walk, frame, value, place, depth + 1);
    else if (!frame->caller && !place_changes(walk, frame, e))
        place->base = expr_copy(&same, e);
    else
        nowhere(place);
}

void place_pointer(struct walk *walk, const struct frame *frame, const struct expr *e, struct place_of *place,
                   unsigned depth) {
    if (depth > PLACE_DEPTH) {
        nowhere(place);
        return;
    }
    if (type_is_array(e->type)) {
        place_lvalue(walk, frame, e, place, depth + 1);
        return;
    }
    struct copy_map same = {walk->program->unit, NULL, 0};
    switch (e->kind) {
    case EXPR_VAR: locate_pointer_var(walk, frame, e, place, depth); break;
    case EXPR_CAST:
    case EXPR_NAMED: place_pointer(walk, frame, e->args[0], place, depth + 1); break;
    case EXPR_ADDR: place_lvalue(walk, frame, e->args[0], place, depth + 1); break;
    case EXPR_BINARY: {
        bool left = type_is_pointer(e->args[0]->type) || type_is_array(e->args[0]->type);
        place_pointer(walk, frame, e->args[!left], place, depth + 1);
        if (place->below)
            nowhere(place); /* it may leave the element */
        step(walk, frame, e->args[left], e->u.binary, place);
        break;
    }
    case EXPR_FIELD:
    case EXPR_INDEX:
    case EXPR_DEREF:
        if (!frame->caller && !place_changes(walk, frame, e) && place_is_steady(walk, frame, e))
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

void place_lvalue(struct walk *walk, const struct frame *frame, const struct expr *e, struct place_of *place,
                  unsigned depth) {
    struct copy_map same = {walk->program->unit, NULL, 0};
    if (depth > PLACE_DEPTH) {
        nowhere(place);
    } else if (e->kind == EXPR_VAR) {
        place->base = frame->caller ? NULL : expr_copy(&same, e);
    } else if (e->kind == EXPR_FIELD && !type_is_pointer(e->args[0]->type)) {
        place_lvalue(walk, frame, e->args[0], place, depth + 1);
        place->below = true;
    } else if (e->kind == EXPR_FIELD) {
        place_pointer(walk, frame, e->args[0], place, depth + 1);
        place->below = true;
    } else if (e->kind == EXPR_DEREF) {
        place_pointer(walk, frame, e->args[0], place, depth + 1);
        if (type_is_array(e->type) && !place->offset)
            place->offset = expr_int(walk->program->unit, 0);
    } else if (e->kind == EXPR_INDEX) {
        bool row = type_is_array(e->args[0]->type);
        long long index;
        if (row)
            place_lvalue(walk, frame, e->args[0], place, depth + 1);
        else
            place_pointer(walk, frame, e->args[0], place, depth + 1);
        if (!row && place->below && !(expr_is_const_int(e->args[1], &index) && index == 0))
            nowhere(place);
        place->below |= row && place->offset; /* an element of a pointer's that is an array itself */
        step(walk, frame, e->args[1], BINARY_ADD, place);
        if (row && place->below)
            limit_row(walk, frame, e->args[0]->type, place);
        place->below |= row;
    } else if (e->kind == EXPR_CAST || e->kind == EXPR_NAMED) {
        place_lvalue(walk, frame, e->args[0], place, depth + 1);
    } else {
        nowhere(place);
    }
}
