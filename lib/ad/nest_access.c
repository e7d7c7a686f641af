/* nest_access: what the body of a reverse loop touches, and whether two iterations may touch the same.
 *
 * The function that is built has no facts of its own: its variables are taken back to those of the working
 * copy, whose regions say what may overlap. Places within one array are compared as in affine.c. */
#include "ad/nest.h"
#include "ad/reverse.h"

struct collector {
    struct nest *nest;
    struct nest_accesses *out;
    struct copy_map locals; /* integers that the body declares, by their values */
    const struct block *body;
    size_t item;
    bool failed;
};

/* ---- back to the working copy ----------------------------------------------------------------- */

struct origin {
    struct var *var;
    bool companion;
};

static struct origin origin_of(const struct work *work, const struct var *var) {
    for (size_t k = 0; k < work->globals.count; k++)
        if (work->globals.items[k].companion == var)
            return (struct origin){work->globals.items[k].global, true};
    for (size_t k = 0; k < work->func->vars.count; k++) {
        struct expr *primal = work->reverse_map.vars[k], *ahead = work->forward_map.vars[k];
        if (work->companions[k] == var)
            return (struct origin){work->func->vars.items[k], true};
        if ((primal && primal->kind == EXPR_VAR && primal->u.var == var) ||
            (ahead && ahead->kind == EXPR_VAR && ahead->u.var == var))
            return (struct origin){work->func->vars.items[k], false};
    }
    return (struct origin){var->kind == VAR_GLOBAL ? (struct var *)var : NULL, false};
}

/* A value's companion that the function gets a pointer to. */
static bool is_behind(const struct expr *lvalue, const struct var *origin) {
    return lvalue->kind == EXPR_DEREF && lvalue->args[0]->kind == EXPR_VAR &&
           !type_is_pointer(origin->type) && !type_is_array(origin->type);
}

static bool find_regions(struct collector *c, const struct expr *lvalue, struct nest_access *access) {
    struct work *work = c->nest->work;
    struct copy_map same = {work->ad->unit, NULL, 0};
    struct var *root = expr_root(lvalue);
    struct origin origin = root ? origin_of(work, root) : (struct origin){NULL, false};
    access->regions = bitset_create(work->ad->arena);
    if (!origin.var)
        return false;
    access->companion = origin.companion;
    if (origin.companion && is_behind(lvalue, origin.var))
        lvalue = expr_var(work->ad->unit, origin.var);
    else
        lvalue = expr_put(expr_copy(&same, lvalue), root, expr_var(work->ad->unit, origin.var));
    region_of_lvalue(work->facts->regions, lvalue, &access->regions);
    return !bitset_empty(&access->regions);
}

/* ---- places ----------------------------------------------------------------------------------- */

static void locate(struct unit *unit, const struct expr *e, struct nest_access *a);

static void add_offset(struct unit *unit, struct nest_access *a, const struct expr *index,
                       enum binary_op op) {
    if (a->row_count || !a->base)
        a->base = NULL;
    else if (!a->offset)
        a->offset = op == BINARY_SUB ? expr_unary(unit, UNARY_NEG, (struct expr *)index) : index;
    else
        a->offset = expr_binary(unit, op, (struct expr *)a->offset, (struct expr *)index);
}

static void locate_pointer(struct unit *unit, const struct expr *e, struct nest_access *a) {
    while ((e->kind == EXPR_CAST || e->kind == EXPR_NAMED) && e->arg_count == 1 && type_is_pointer(e->type))
        e = e->args[0];
    if (e->kind == EXPR_BINARY) {
        bool left = type_is_pointer(e->args[0]->type) || type_is_array(e->args[0]->type);
        locate_pointer(unit, e->args[!left], a);
        add_offset(unit, a, e->args[left], e->u.binary);
    } else if (!type_is_array(e->type) && (e->kind == EXPR_VAR || e->kind == EXPR_FIELD ||
                                           e->kind == EXPR_INDEX || e->kind == EXPR_DEREF)) {
        a->base = e;
    } else {
        a->base = NULL;
    }
}

static void add_row(struct nest_access *a, const struct expr *index, const struct expr *extent) {
    if (a->row_count == AFFINE_ROWS) {
        a->base = NULL;
        return;
    }
    a->rows[a->row_count] = index;
    a->extents[a->row_count++] = extent;
}

static void locate(struct unit *unit, const struct expr *e, struct nest_access *a) {
    if (e->kind == EXPR_VAR) {
        a->base = e;
    } else if (e->kind == EXPR_FIELD && !type_is_pointer(e->args[0]->type)) {
        locate(unit, e->args[0], a);
    } else if (e->kind == EXPR_FIELD || e->kind == EXPR_DEREF) {
        locate_pointer(unit, e->args[0], a);
    } else if (e->kind == EXPR_INDEX && type_is_array(e->args[0]->type)) {
        locate(unit, e->args[0], a);
        add_row(a, e->args[1], type_strip(e->args[0]->type)->count);
    } else if (e->kind == EXPR_INDEX) {
        locate_pointer(unit, e->args[0], a);
        add_offset(unit, a, e->args[1], BINARY_ADD);
    } else {
        a->base = NULL;
    }
}

/* ---- accesses --------------------------------------------------------------------------------- */

static bool is_local_of(const struct collector *c, const struct var *var) {
    for (size_t k = 0; k < c->body->count; k++)
        if (c->body->items[k]->kind == STMT_DECL && c->body->items[k]->u.decl.var == var)
            return true;
    return false;
}

static bool is_index(const struct nest *nest, const struct var *var) {
    for (size_t k = 0; k < nest->count; k++)
        if (nest->loops[k]->u.loop.index == var)
            return true;
    return false;
}

/* No pointer leads to it. */
static bool is_scalar(const struct work *work, const struct var *var) {
    struct origin origin = origin_of(work, var);
    bool own = var->kind == VAR_LOCAL || var->kind == VAR_PARAM;
    if (origin.var && (origin.var->kind == VAR_LOCAL || origin.var->kind == VAR_PARAM))
        return own && !work->vars[origin.var->id].taken && !origin.var->address_taken;
    return own && !origin.var && !var->address_taken;
}

static struct nest_access *new_access(struct collector *c, enum nest_effect effect) {
    if (c->out->count == NEST_ACCESSES) {
        c->failed = true;
        c->out->count--;
    }
    struct nest_access *access = &c->out->list[c->out->count++];
    *access = (struct nest_access){.effect = effect, .item = c->item};
    return access;
}

static void note_memory(struct collector *c, const struct expr *lvalue, enum nest_effect effect) {
    struct unit *unit = c->nest->work->ad->unit;
    const struct expr *root = lvalue;
    struct nest_access *access = new_access(c, effect);
    access->spelled = lvalue;
    access->lvalue = expr_copy(&c->locals, lvalue);
    for (struct var *var = expr_root(root); var && is_local_of(c, var); var = NULL)
        c->failed = true; /* a pointer or an aggregate of the body's own */
    if (!find_regions(c, lvalue, access) &&
        (effect != NEST_READ || !slots_owns(c->nest->work, expr_root(lvalue))))
        c->failed = true;
    locate(unit, access->lvalue, access);
    if (access->base && !access->offset)
        access->offset = expr_int(unit, 0);
}

static void note_scalar(struct collector *c, struct var *var, enum nest_effect effect) {
    if (!type_is_real(var->type) || is_local_of(c, var) || is_index(c->nest, var))
        return; /* indices and pointers do not change in the body */
    new_access(c, effect)->scalar = var;
}

static bool note_read(struct expr *e, bool address, void *data) {
    struct collector *c = data;
    bool lvalue =
        e->kind == EXPR_VAR || e->kind == EXPR_INDEX || e->kind == EXPR_FIELD || e->kind == EXPR_DEREF;
    if (!lvalue || address || type_is_array(e->type))
        return !c->failed;
    if (e->kind == EXPR_VAR && is_scalar(c->nest->work, e->u.var))
        note_scalar(c, e->u.var, NEST_READ);
    else
        note_memory(c, e, NEST_READ);
    return !c->failed;
}

static void collect_set(struct collector *c, const struct stmt *stmt) {
    enum nest_effect effect = stmt->u.set.add ? NEST_ADD : NEST_WRITE;
    struct expr *to = stmt->to, way = {.kind = EXPR_ADDR, .type = to->type, .args = &to, .arg_count = 1};
    value_walk(stmt->u.set.from, note_read, c);
    value_walk(&way, note_read, c);
    if (stmt->to->kind != EXPR_VAR || !is_scalar(c->nest->work, stmt->to->u.var))
        note_memory(c, stmt->to, effect);
    else
        note_scalar(c, stmt->to->u.var, effect);
    c->failed |= !type_is_real(stmt->to->type);
}

static void collect_decl(struct collector *c, const struct stmt *stmt) {
    struct var *var = stmt->u.decl.var;
    struct expr *init = stmt->u.decl.init;
    if (!init || !type_is_arith(var->type) || var->kind != VAR_LOCAL || var->address_taken) {
        c->failed = true;
        return;
    }
    value_walk(init, note_read, c);
    if (type_is_int(var->type))
        c->locals.vars[var->id] = expr_copy(&c->locals, init);
}

bool nest_collect(struct nest *nest, const struct block *body, struct nest_accesses *out) {
    struct work *work = nest->work;
    struct collector c = {.nest = nest, .out = out, .body = body};
    size_t count = work->reverse->vars.count;
    c.locals = (struct copy_map){work->ad->unit, NEW_ARRAY(work->ad->arena, struct expr *, count + 1), count};
    out->count = 0;
    for (c.item = 0; c.item < body->count && !c.failed; c.item++) {
        const struct stmt *stmt = body->items[c.item];
        if (stmt->kind == STMT_DECL)
            collect_decl(&c, stmt);
        else if (stmt->kind == STMT_SET)
            collect_set(&c, stmt);
        else
            c.failed = true;
    }
    return !c.failed;
}

/* ---- meeting ---------------------------------------------------------------------------------- */

/* Indices of the loops from `level` on are later ones. */
struct moment {
    const struct nest *nest;
    size_t level;
};

static bool read_index(const struct var *var, bool *later, void *data) {
    const struct moment *moment = data;
    *later = false;
    for (size_t k = 0; k < moment->nest->count; k++)
        if (moment->nest->loops[k]->u.loop.index == var) {
            *later = k >= moment->level;
            return true;
        }
    return false;
}

static void add_limit(struct nest *nest, size_t k, struct moment moment, struct affine_limits *limits) {
    struct unit *unit = nest->work->ad->unit;
    const struct stmt *loop = nest->loops[k];
    struct affine first = affine_of(loop->u.loop.lo, read_index, &moment),
                  bound = affine_of(loop->u.loop.hi, read_index, &moment), one = affine_constant(1);
    struct affine_limit limit = {.index = {expr_var(unit, loop->u.loop.index), k >= moment.level}};
    long long step = 1;
    bool constant = expr_is_const_int(loop->u.loop.step, &step);
    if (!constant || step > 0) {
        limit.lo = first;
        limit.hi = affine_sum(&bound, &one, loop->u.loop.rel == BINARY_LE);
    } else {
        limit.lo = affine_sum(&bound, &one, loop->u.loop.rel != BINARY_GE);
        limit.hi = affine_sum(&first, &one, 1);
    }
    VEC_PUSH(unit->arena, limits->list, limit);
}

static struct affine_limits limits_of(struct nest *nest, size_t level) {
    struct affine_limits limits = {{0}};
    struct moment now = {nest, nest->count}, later = {nest, level};
    for (size_t k = 0; k < nest->count; k++)
        add_limit(nest, k, now, &limits);
    for (size_t k = level; k < nest->count; k++) {
        add_limit(nest, k, later, &limits);
        if (k == level)
            affine_limit_later(&limits.list.items[limits.list.count - 1], nest->loops[level]->u.loop.step);
    }
    return limits;
}

static struct affine_place place_of(const struct nest_access *a, struct moment moment) {
    struct affine_place place = {.offset = affine_of(a->offset, read_index, &moment)};
    for (unsigned k = 0; k < a->row_count; k++) {
        place.rows[k].index = affine_of(a->rows[k], read_index, &moment);
        place.rows[k].extent = affine_of(a->extents[k], read_index, &moment);
    }
    place.row_count = a->row_count;
    return place;
}

static bool is_steady(const struct nest *nest, const struct expr *base, size_t level) {
    for (size_t k = level; k < nest->count; k++)
        if (expr_mentions((struct expr *)base, nest->loops[k]->u.loop.index))
            return false;
    return true;
}

/* Whether the places can be compared, and else what the answer is. */
static bool is_same_array(struct nest *nest, const struct nest_access *x, const struct nest_access *y,
                          size_t level, bool *meet) {
    struct regions *regions = nest->work->facts->regions;
    *meet = false;
    if (x->scalar || y->scalar) {
        *meet = x->scalar == y->scalar;
        return false;
    }
    if (x->companion != y->companion || !region_sets_overlap(regions, &x->regions, &y->regions))
        return false;
    *meet = true;
    return x->base && y->base && expr_equal(x->base, y->base) && is_steady(nest, x->base, level);
}

static bool meet_later(struct nest *nest, const struct nest_access *now, const struct nest_access *later,
                       size_t level) {
    struct affine_limits limits = limits_of(nest, level);
    struct affine_place a = place_of(now, (struct moment){nest, nest->count}),
                        b = place_of(later, (struct moment){nest, level});
    return !affine_places_differ(&a, &b, &limits);
}

bool nest_meet_across(struct nest *nest, const struct nest_access *x, const struct nest_access *y,
                      size_t level) {
    bool meet;
    if (!is_same_array(nest, x, y, level, &meet))
        return meet;
    return meet_later(nest, x, y, level) || meet_later(nest, y, x, level);
}

bool nest_meet_within(struct nest *nest, const struct nest_access *x, const struct nest_access *y) {
    bool meet;
    if (!is_same_array(nest, x, y, nest->count, &meet))
        return meet;
    struct affine_limits limits = limits_of(nest, nest->count);
    struct moment now = {nest, nest->count};
    struct affine_place a = place_of(x, now), b = place_of(y, now);
    return !affine_places_differ(&a, &b, &limits);
}

bool nest_commute(const struct nest_access *x, const struct nest_access *y) {
    return x->effect == y->effect && x->effect != NEST_WRITE;
}

/* ---- strides and trips ------------------------------------------------------------------------ */

static unsigned stride_of(const struct affine *form, const struct expr *index) {
    long long stride = 0;
    for (unsigned k = 0; k < form->count; k++) {
        const struct affine_term *term = &form->terms[k];
        for (unsigned m = 0; m < term->count; m++)
            if (expr_equal(term->factors[m].value, index))
                stride += term->count == 1 ? term->coefficient : 2;
    }
    return form->bad ? 2 : stride == 0 ? 0 : stride == 1 || stride == -1 ? 1 : 2;
}

unsigned nest_stride(struct nest *nest, const struct nest_access *x) {
    const struct stmt *inner = nest->loops[nest->count - 1];
    long long step = 0;
    expr_is_const_int(inner->u.loop.step, &step);
    struct expr *index = expr_var(nest->work->ad->unit, inner->u.loop.index);
    struct affine_place place;
    if (x->scalar)
        return 0;
    if (!x->base || !is_steady(nest, x->base, nest->count - 1))
        return expr_mentions((struct expr *)x->lvalue, inner->u.loop.index) ? 2 : 0;
    place = place_of(x, (struct moment){nest, nest->count});
    for (unsigned k = 0; k + 1 < place.row_count; k++)
        if (stride_of(&place.rows[k].index, index))
            return 2;
    unsigned stride =
        stride_of(place.row_count ? &place.rows[place.row_count - 1].index : &place.offset, index);
    if (place.row_count && stride_of(&place.offset, index))
        return 2;
    return stride && step != 1 && step != -1 ? 2 : stride;
}

bool nest_at_least(struct nest *nest, const struct expr *e, long long least) {
    struct moment now = {nest, nest->count};
    struct affine_limits limits = limits_of(nest, nest->count);
    struct affine form = affine_of(e, read_index, &now);
    return affine_at_least(&form, &limits, least);
}

bool nest_runs(struct nest *nest, size_t level) {
    struct affine_limits limits = {{0}};
    if (loop_always_runs(nest->loops[level]))
        return true;
    struct moment now = {nest, nest->count};
    for (size_t k = 0; k <= level; k++)
        add_limit(nest, k, now, &limits);
    struct affine_limit own = limits.list.items[--limits.list.count];
    struct affine trips = affine_sum(&own.hi, &own.lo, -1);
    if (affine_at_least(&trips, &limits, 1))
        return true;
    for (size_t k = 0; k < limits.list.count; k++) { /* a loop around it runs as often at most */
        struct affine outer = affine_sum(&limits.list.items[k].hi, &limits.list.items[k].lo, -1);
        struct affine more = affine_sum(&trips, &outer, -1);
        if (affine_at_least(&more, &limits, 0))
            return true;
    }
    return false;
}
