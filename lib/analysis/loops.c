/* loops: which loops have iterations that are independent of each other, as far as derivatives go.
 *
 * Active memory that the loop writes and that outlives an iteration must be of one of three kinds:
 *
 * sums - all that happens to it is `+=`;
 *
 * windows - every access lies in [i * stride, (i + 1) * stride) of one array: y[i], err[2 * i + 1], a[i * d +
 * j] with j < d;
 *
 * scratch - fresh memory that nothing outside of the loop touches, accessed in the same way in every
 * iteration. If an iteration read what it had not written itself, the first one would read what nobody has
 * written, which no valid program does (C11 6.3.2.1p2, 7.22.3.4). An access that depends on data is all right
 * where an earlier one, of the same element, does not: then that one's element was written already. */
#include "analysis/access.h"

/* ---- sums ------------------------------------------------------------------------------------- */

static bool are_sums(const struct accesses *accesses) {
    for (size_t k = 0; k < accesses->list.count; k++)
        if (accesses->list.items[k].kind != ACCESS_ADD)
            return false;
    return true;
}

/* ---- windows ---------------------------------------------------------------------------------- */

/* index * stride + low + constant + inner */
struct linear {
    const struct expr *stride; /* NULL: 1 */
    const struct expr *low;    /* the same in every iteration; NULL: 0 */
    long long constant;
    const struct var *inner; /* index of an inner loop */
    bool moves, bad;
};

/* The same value, whatever the integer type it is computed in. */
static bool same_value(const struct expr *a, const struct expr *b) {
    if (!a || !b)
        return a == b;
    a = expr_bare_int(a);
    b = expr_bare_int(b);
    if (a->kind != EXPR_BINARY || b->kind != EXPR_BINARY)
        return expr_equal(a, b);
    return a->u.binary == b->u.binary && same_value(a->args[0], b->args[0]) &&
           same_value(a->args[1], b->args[1]);
}

static bool mentions(const struct expr *e, const struct var *var) {
    return expr_mentions((struct expr *)e, var) > 0;
}

static bool mentions_inner(const struct expr *e, const struct access *access) {
    for (const struct access_limit *limit = access->limits; limit; limit = limit->next)
        if (mentions(e, limit->index))
            return true;
    return false;
}

/* index, index * stride, stride * index */
static void add_moving(struct linear *form, const struct expr *e, const struct var *index) {
    const struct expr *stride = NULL;
    if (form->moves)
        form->bad = true;
    form->moves = true;
    if (e->kind == EXPR_BINARY && e->u.binary == BINARY_MUL) {
        bool left = mentions(e->args[0], index);
        stride = expr_bare_int(e->args[left]);
        e = expr_bare_int(e->args[!left]);
        if (mentions(stride, index))
            form->bad = true;
    }
    if (e->kind != EXPR_VAR || e->u.var != index)
        form->bad = true;
    form->stride = stride;
}

static void add_term(struct linear *form, const struct expr *e, bool minus, const struct access *access,
                     const struct var *index) {
    long long value;
    e = expr_bare_int(e);
    if (e->kind == EXPR_BINARY && (e->u.binary == BINARY_ADD || e->u.binary == BINARY_SUB)) {
        add_term(form, e->args[0], minus, access, index);
        add_term(form, e->args[1], minus != (e->u.binary == BINARY_SUB), access, index);
    } else if (expr_is_const_int(e, &value)) {
        form->constant += minus ? -value : value;
    } else if (minus) {
        form->bad = true;
    } else if (mentions(e, index)) {
        add_moving(form, e, index);
    } else if (mentions_inner(e, access)) {
        form->bad |= form->inner || e->kind != EXPR_VAR;
        form->inner = e->kind == EXPR_VAR ? e->u.var : NULL;
    } else {
        form->bad |= form->low != NULL;
        form->low = e;
    }
}

static struct linear linear_form(const struct access *access, const struct var *index) {
    struct linear form = {.bad = !access->offset};
    if (access->offset)
        add_term(&form, access->offset, false, access, index);
    form.bad |= !form.moves || (form.stride && mentions_inner(form.stride, access));
    return form;
}

/* lowest: the smallest constant of all accesses. */
static bool in_window(const struct linear *form, const struct access *access, long long lowest) {
    long long stride = 1, lo = 0, hi, first = form->constant - lowest;
    bool constant = !form->stride || expr_is_const_int(form->stride, &stride);
    if (!form->inner)
        return constant && first < stride;
    const struct access_limit *limit = access->limits;
    while (limit && limit->index != form->inner)
        limit = limit->next;
    if (!limit || !limit->lo || !limit->hi || !expr_is_const_int(limit->lo, &lo) || lo < 0)
        return false;
    if (constant)
        return expr_is_const_int(limit->hi, &hi) && first + hi <= stride;
    return first == 0 && same_value(limit->hi, form->stride);
}

static bool are_windows(const struct accesses *accesses, const struct var *index) {
    const struct access *list = accesses->list.items;
    if (!accesses->list.count)
        return true;
    struct linear common = linear_form(&list[0], index);
    long long lowest = common.constant;
    for (size_t k = 0; k < accesses->list.count; k++) {
        struct linear form = linear_form(&list[k], index);
        if (form.bad || !expr_equal(list[k].base, list[0].base) || !same_value(form.stride, common.stride) ||
            !same_value(form.low, common.low))
            return false;
        lowest = form.constant < lowest ? form.constant : lowest;
    }
    for (size_t k = 0; k < accesses->list.count; k++) {
        struct linear form = linear_form(&list[k], index);
        if (!in_window(&form, &list[k], lowest))
            return false;
    }
    return true;
}

/* ---- scratch ---------------------------------------------------------------------------------- */

struct outside {
    struct program *program;
    const struct facts *facts;
    const struct region *region, *cell; /* cell: the pointer that holds the memory, or NULL */
    unsigned first, last;               /* statements of the loop */
    bool touched;
};

static void last_id(struct stmt *stmt, void *data) {
    unsigned *last = data;
    if (stmt->id > *last)
        *last = stmt->id;
}

static void touch_expr(struct expr **e, void *data) {
    struct outside *o = data;
    struct bitset reads = bitset_create(o->program->unit->arena);
    expr_reads(o->facts->regions, *e, &reads);
    o->touched |= region_set_hits(o->facts->regions, &reads, o->region);
}

/* An allocation is fresh memory, and so is a variable without initializer; what is freed is not read any
 * more. */
static bool makes_or_ends(struct outside *o, const struct stmt *stmt) {
    if (stmt->kind != STMT_CALL)
        return stmt->kind == STMT_DECL && !stmt->u.decl.init;
    const struct call_rule *rule = rules_call(o->program->rules, stmt->u.call.callee->name);
    return rule && ((rule->class == CALL_ALLOC && !rule->zeroed) || rule->class == CALL_FREE);
}

static void touch_stmt(struct stmt *stmt, void *data) {
    struct outside *o = data;
    const struct effects *effects = &o->facts->of_stmt[stmt->id];
    bool simple = stmt->kind == STMT_DECL || stmt->kind == STMT_SET || stmt->kind == STMT_CALL ||
                  stmt->kind == STMT_RETURN;
    if (makes_or_ends(o, stmt))
        return;
    o->touched |= simple && o->cell && region_set_hits(o->facts->regions, &effects->writes, o->cell);
    if (stmt->id >= o->first && stmt->id <= o->last)
        return;
    if (!simple)
        stmt_each_expr(stmt, touch_expr, o);
    else
        o->touched |= region_set_hits(o->facts->regions, &effects->reads, o->region) ||
                      region_set_hits(o->facts->regions, &effects->writes, o->region);
}

/* The pointer behind which the region lies; NULL for a local's own storage. */
static const struct region *holding_cell(const struct region *region) {
    for (; region; region = region->parent)
        if (region->step == STEP_TARGET)
            return region->parent;
    return NULL;
}

static bool same_limits(const struct access_limit *a, const struct access_limit *b) {
    for (; a && b; a = a->next, b = b->next)
        if (a->index != b->index || !a->lo || !b->lo || !a->hi || !b->hi || !same_value(a->lo, b->lo) ||
            !same_value(a->hi, b->hi))
            return false;
    return !a && !b;
}

static bool is_covered(const struct accesses *accesses, size_t index) {
    const struct access *list = accesses->list.items, *a = &list[index];
    for (size_t k = 0; k < index && a->base; k++)
        if (list[k].steady && list[k].base && expr_equal(list[k].base, a->base) &&
            same_value(list[k].offset, a->offset) && list[k].whole && a->whole &&
            same_limits(list[k].limits, a->limits))
            return true;
    return false;
}

static bool is_scratch(struct program *program, const struct facts *facts, const struct loop_query *query,
                       const struct region *region, const struct accesses *accesses) {
    const struct region *cell = holding_cell(region);
    struct outside o = {program, facts, region, cell, query->loop->id, query->loop->id, false};
    if (region->root->kind != VAR_LOCAL || (cell && holding_cell(cell)))
        return false;
    for (size_t k = 0; k < accesses->list.count; k++)
        if (!accesses->list.items[k].steady && !is_covered(accesses, k))
            return false;
    block_walk(&query->loop->u.loop.body, last_id, &o.last);
    block_walk(&facts->func->body, touch_stmt, &o);
    return !o.touched;
}

/* ---- the question ----------------------------------------------------------------------------- */

static bool is_declared_inside(const struct layout *layout, const struct stmt *loop, const struct var *var) {
    if (var->kind != VAR_LOCAL && var->kind != VAR_STATIC_LOCAL)
        return false;
    for (const struct stmt *s = layout->decl_of_var[var->id].owner; s; s = layout->of_stmt[s->id].owner)
        if (s == loop)
            return var->kind == VAR_LOCAL;
    return false;
}

bool loop_is_independent(struct program *program, const struct activity *activity,
                         const struct layout *layout, const struct loop_query *query) {
    struct facts *facts = activity->facts;
    const struct bitset *writes = &facts->of_stmt[query->loop->id].writes;
    for (size_t m = bitset_next(writes, 0); m != SIZE_MAX; m = bitset_next(writes, m + 1)) {
        const struct region *region = facts->regions->all.items[m];
        struct accesses accesses = {{0}, false};
        if (!activity_region(activity, region) || is_declared_inside(layout, query->loop, region->root))
            continue;
        accesses_collect(program, facts, query, region, &accesses);
        if (accesses.unknown || !(are_sums(&accesses) || are_windows(&accesses, query->loop->u.loop.index) ||
                                  is_scratch(program, facts, query, region, &accesses)))
            return false;
    }
    return true;
}

static bool only_adds(struct program *program, struct facts *facts, const struct loop_query *query,
                      const struct region *region) {
    struct accesses accesses = {{0}, false};
    accesses_collect(program, facts, query, region, &accesses);
    return !accesses.unknown && are_sums(&accesses);
}

static bool overwrites_for(struct program *program, const struct activity *activity,
                           const struct loop_query *a, const struct loop_query *b) {
    struct facts *facts = activity->facts;
    const struct effects *from = &facts->of_stmt[a->loop->id], *to = &facts->of_stmt[b->loop->id];
    for (size_t m = bitset_next(&from->writes, 0); m != SIZE_MAX; m = bitset_next(&from->writes, m + 1)) {
        const struct region *region = facts->regions->all.items[m];
        bool touched = region_set_hits(facts->regions, &to->reads, region) ||
                       region_set_hits(facts->regions, &to->writes, region);
        if (activity_region(activity, region) && touched &&
            !(only_adds(program, facts, a, region) && only_adds(program, facts, b, region)))
            return true;
    }
    return false;
}

bool loops_are_apart(struct program *program, const struct activity *activity, const struct loop_query *a,
                     const struct loop_query *b) {
    return !overwrites_for(program, activity, a, b) && !overwrites_for(program, activity, b, a);
}
