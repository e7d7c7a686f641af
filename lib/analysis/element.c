/* element: whether one element of an array keeps its value although others are still written, as in
 *
 *     for (i...)                          x[j] was written before iteration i, and every later iteration
 *         for (j < i...)                  writes x[i'] with i' > i > j
 *             x[i] -= l[i * n + j] * x[j];
 *
 * Every write that may follow the statement must lie elsewhere: in the same iteration of the loops around
 * both, or in the same iteration of some and a later one of the next. Places are compared as sums of products
 * (affine.c), row by row where they are said as row * stride + column. */
#include "analysis/access.h"

enum { LOOPS = 8 };

/* The loops around the statement up to where the memory's variable is declared, outermost first. */
struct nest {
    struct stmt *loops[LOOPS];
    size_t count;
    bool at_once; /* the outermost is reversed iteration by iteration: its other iterations do not matter */
    bool ends;    /* before the end of the function */
};

struct element {
    struct program *program;
    struct facts *facts;
    const struct layout *layout;
    const struct stmt *stmt;
    const struct region *region;
    bool own;
    struct nest nest;
};

/* ---- where things stand ----------------------------------------------------------------------- */

static bool push_outer(struct nest *nest, struct stmt *loop) {
    if (nest->count == LOOPS)
        return false;
    for (size_t k = nest->count++; k > 0; k--)
        nest->loops[k] = nest->loops[k - 1];
    nest->loops[0] = loop;
    return true;
}

static bool find_nest(struct element *q) {
    const struct layout *layout = q->layout;
    struct nest *nest = &q->nest;
    const struct block *home = layout_home(layout, q->region);
    for (struct stmt *s = layout->of_stmt[q->stmt->id].owner, *inner = (struct stmt *)q->stmt; s;
         inner = s, s = layout->of_stmt[s->id].owner) {
        if (layout->of_stmt[inner->id].block == home)
            break;
        nest->at_once = layout->reversed_at_once && layout->reversed_at_once[s->id] && s->kind == STMT_FOR;
        if (s->kind == STMT_FOR && !push_outer(nest, s))
            return false;
        if (nest->at_once)
            break;
        if (s->kind == STMT_WHILE && stmt_writes(q->facts, s, q->region))
            return false;
    }
    nest->ends = nest->at_once || home;
    return true;
}

static bool stands_in(const struct element *q, const struct stmt *stmt, const struct stmt *loop) {
    for (; stmt; stmt = q->layout->of_stmt[stmt->id].owner)
        if (stmt == loop)
            return true;
    return false;
}

/* Follows the statement in the same iteration of the loops around both. What stands in it, as in the branches
 * behind a condition, is its own. */
static bool stands_behind(const struct element *q, const struct stmt *other) {
    if (stands_in(q, other, q->stmt))
        return q->own;
    for (const struct stmt *s = q->stmt; s; s = q->layout->of_stmt[s->id].owner)
        for (const struct stmt *o = other; o; o = q->layout->of_stmt[o->id].owner)
            if (q->layout->of_stmt[o->id].block == q->layout->of_stmt[s->id].block)
                return q->layout->of_stmt[o->id].index > q->layout->of_stmt[s->id].index;
    return true;
}

/* ---- two places in two iterations ------------------------------------------------------------- */

/* The place of the load, and that of a write: in the same iteration of the first `common` loops; if `later`,
 * in a later one of the loop after those. */
struct comparison {
    const struct element *q;
    const struct access *load, *write;
    size_t common;
    bool later;
    struct affine_limits limits;
};

static bool is_load_index(const struct var *var, bool *later, void *data) {
    const struct comparison *c = data;
    *later = false;
    for (size_t k = 0; k < c->q->nest.count; k++)
        if (c->q->nest.loops[k]->u.loop.index == var)
            return true;
    return false;
}

static bool is_write_index(const struct var *var, bool *later, void *data) {
    const struct comparison *c = data;
    size_t position = 0;
    *later = false;
    for (const struct access_limit *limit = c->write->limits; limit; limit = limit->next, position++)
        if (limit->index == var) {
            *later = position >= c->common;
            return true;
        }
    return is_load_index(var, later,
                         data); /* of a loop that the write does not stand in: it has no value there */
}

static void add_limit(struct comparison *c, const struct access_limit *limit, bool later,
                      affine_is_index *is_index) {
    struct unit *unit = c->q->program->unit;
    struct affine_limit added = {.index = {expr_var(unit, (struct var *)limit->index), later}};
    added.lo = affine_of(limit->lo, is_index, c);
    added.hi = affine_of(limit->hi, is_index, c);
    VEC_PUSH(unit->arena, c->limits.list, added);
}

static void collect_limits(struct comparison *c) {
    size_t position = 0;
    for (const struct access_limit *limit = c->load->limits; limit; limit = limit->next)
        add_limit(c, limit, false, is_load_index);
    for (const struct access_limit *limit = c->write->limits; limit; limit = limit->next, position++) {
        if (position < c->common)
            continue;
        add_limit(c, limit, true, is_write_index);
        if (c->later && position == c->common)
            affine_limit_later(&c->limits.list.items[c->limits.list.count - 1],
                               c->q->nest.loops[c->common]->u.loop.step);
    }
}

static struct affine_place place_of(struct comparison *c, const struct access *access,
                                    affine_is_index *is_index) {
    struct affine_place place = {.offset = affine_of(access->offset, is_index, c)};
    for (size_t k = 0; k < access->rows.count && k < AFFINE_ROWS; k++) {
        place.rows[k].index = affine_of(access->rows.items[k].index, is_index, c);
        place.rows[k].extent = affine_of(access->rows.items[k].extent, is_index, c);
        place.row_count++;
    }
    return place;
}

static bool is_elsewhere(struct comparison c) {
    collect_limits(&c);
    struct affine_place load = place_of(&c, c.load, is_load_index),
                        write = place_of(&c, c.write, is_write_index);
    return affine_places_differ(&load, &write, &c.limits);
}

/* ---- all writes ------------------------------------------------------------------------------- */

struct element_accesses {
    struct element_accesses *next;
    const struct stmt *loop;
    const struct region *region;
    struct accesses accesses;
};

static const struct accesses *accesses_of(const struct element *q, struct stmt *loop) {
    struct element_accesses *kept = q->facts->elements;
    while (kept && (kept->loop != loop || kept->region != q->region))
        kept = kept->next;
    if (kept)
        return &kept->accesses;
    kept = NEW(q->program->unit->arena, struct element_accesses);
    *kept = (struct element_accesses){q->facts->elements, loop, q->region, {{0}, false}};
    q->facts->elements = kept;
    accesses_in(q->program, q->facts, loop, q->region, &kept->accesses);
    return &kept->accesses;
}

static bool misses(const struct element *q, const struct access *load, const struct access *write) {
    size_t common = 0;
    while (common < q->nest.count && stands_in(q, write->stmt, q->nest.loops[common]))
        common++;
    bool behind = stands_behind(q, write->stmt);
    if (!behind && common <= q->nest.at_once)
        return true;
    if (!write->base || !expr_equal(write->base, load->base))
        return false;
    for (size_t k = q->nest.at_once; k < common; k++)
        if (!is_elsewhere((struct comparison){q, load, write, k, true, {{0}}}))
            return false;
    return !behind || is_elsewhere((struct comparison){q, load, write, common, false, {{0}}});
}

/* No write within the loop (NULL: behind the loops that stand around the statement) reaches the element. */
static bool all_miss(const struct element *q, struct stmt *loop, const struct expr *lvalue) {
    const struct accesses *all = accesses_of(q, loop);
    struct access load = access_of(q->program, q->facts, loop, q->nest.loops, q->nest.count, lvalue);
    if (all->unknown || !load.base)
        return false;
    for (size_t k = 0; k < all->list.count; k++) {
        const struct access *access = &all->list.items[k];
        if (access->kind == ACCESS_READ)
            continue;
        if (!access->stmt->id)
            return false;
        bool inside = q->nest.count && stands_in(q, access->stmt, q->nest.loops[0]);
        if (inside == (loop != NULL) && !misses(q, &load, access))
            return false;
    }
    return true;
}

static bool is_written_behind_all(const struct element *q) {
    const struct stmt *outermost = q->nest.count ? q->nest.loops[0] : q->stmt;
    const struct block *home = layout_home(q->layout, q->region);
    for (const struct stmt *s = outermost; s && !q->nest.at_once; s = q->layout->of_stmt[s->id].owner) {
        const struct place *place = &q->layout->of_stmt[s->id];
        for (size_t k = place->index + (s != q->stmt || !q->own); k < place->block->count; k++)
            if (stmt_writes(q->facts, place->block->items[k], q->region))
                return true;
        if (place->block == home)
            break;
    }
    return false;
}

bool element_survives(struct program *program, struct facts *facts, const struct layout *layout,
                      const struct stmt *stmt, const struct expr *lvalue, const struct region *region,
                      bool own, const struct bitset *clobbered) {
    struct element q = {program, facts, layout, stmt, region, own, {{0}, 0, false, false}};
    if (!find_nest(&q) || (!q.nest.ends && clobbered && region_set_hits(facts->regions, clobbered, region)))
        return false;
    return (!q.nest.count || all_miss(&q, q.nest.loops[0], lvalue)) &&
           (!is_written_behind_all(&q) || all_miss(&q, NULL, lvalue));
}
