/* why: notes behind an error that say why a value is active: from which independent it comes, by which
 * statements, and which dependent it reaches. The shortest chain over the function's own statements; of a
 * long one the ends are shown. */
#include "ad/private.h"

enum { LINKS = 2 /* shown at each end of a chain */ };

/* A statement that takes values from some regions to others. */
struct link {
    const struct stmt *stmt;
    struct bitset from, to; /* active leaves */
};

struct chain {
    struct work *work;
    VEC(struct link) links;
};

static bool is_simple(const struct stmt *stmt) {
    return stmt->kind == STMT_SET || stmt->kind == STMT_DECL || stmt->kind == STMT_CALL ||
           stmt->kind == STMT_RETURN;
}

static void add_active(struct work *work, const struct bitset *set, struct bitset *out) {
    for (size_t m = bitset_next(set, 0); m != SIZE_MAX; m = bitset_next(set, m + 1))
        if (region_holds_reals(work->facts->regions->all.items[m]) &&
            activity_region(work->activity, work->facts->regions->all.items[m]))
            bitset_add(out, m);
}

static void add_link(struct stmt *stmt, void *data) {
    struct chain *chain = data;
    struct arena *arena = chain->work->ad->arena;
    struct link link = {stmt, bitset_create(arena), bitset_create(arena)};
    if (!is_simple(stmt))
        return;
    add_active(chain->work, &chain->work->facts->of_stmt[stmt->id].reads, &link.from);
    add_active(chain->work, &chain->work->facts->of_stmt[stmt->id].writes, &link.to);
    if (!bitset_empty(&link.from) && (!bitset_empty(&link.to) || stmt->kind == STMT_RETURN))
        VEC_PUSH(arena, chain->links, link);
}

/* ---- search ----------------------------------------------------------------------------------- */

struct path { /* link by link, in the order in which they were found */
    VEC(const struct link *) links;
};

/* Breadth first from `start`: the links on the way to one that `ends`; backward: against the flow. */
static bool find_path(struct chain *chain, const struct bitset *start, bool backward,
                      bool (*ends)(struct chain *chain, const struct link *link), struct path *path) {
    struct arena *arena = chain->work->ad->arena;
    size_t count = chain->links.count, *before = NEW_ARRAY(arena, size_t, count + 1),
           *queue = NEW_ARRAY(arena, size_t, count + 1), length = 0;
    bool *seen = NEW_ARRAY(arena, bool, count + 1);
    for (size_t at = 0; at <= length && at <= count; at++) {
        const struct link *last = at ? &chain->links.items[queue[at - 1]] : NULL;
        const struct bitset *reached = !last ? start : backward ? &last->from : &last->to;
        for (size_t k = 0; k < count; k++) {
            const struct link *next = &chain->links.items[k];
            if (seen[k] || !bitset_intersects(reached, backward ? &next->to : &next->from))
                continue;
            seen[k] = true;
            before[k] = at;
            queue[length++] = k;
            if (!ends(chain, next))
                continue;
            for (size_t back = length; back > 0; back = before[queue[back - 1]])
                VEC_PUSH(arena, path->links, &chain->links.items[queue[back - 1]]);
            return true;
        }
    }
    return false;
}

static bool any_outer(struct chain *chain, const struct bitset *set, const struct map *keys) {
    struct regions *regions = chain->work->facts->regions;
    for (size_t m = bitset_next(set, 0); m != SIZE_MAX; m = bitset_next(set, m + 1)) {
        const char *key = region_key(regions, regions->all.items[m]);
        if (key && map_get(keys, key))
            return true;
    }
    return false;
}

static bool takes_independent(struct chain *chain, const struct link *link) {
    return any_outer(chain, &link->from, chain->work->context->varied);
}

static bool gives_dependent(struct chain *chain, const struct link *link) {
    return (link->stmt->kind == STMT_RETURN && chain->work->context->result_useful) ||
           any_outer(chain, &link->to, chain->work->context->useful);
}

/* ---- notes ------------------------------------------------------------------------------------ */

/* Of the variables in the set, one that is preferred, and rather not `other`. */
static const char *name_in(struct chain *chain, const struct bitset *set, const struct map *preferred,
                           const char *other) {
    struct regions *regions = chain->work->facts->regions;
    const char *name = NULL;
    for (size_t m = bitset_next(set, 0); m != SIZE_MAX; m = bitset_next(set, m + 1)) {
        const char *key = region_key(regions, regions->all.items[m]);
        if (!name || name == other || (key && map_get(preferred, key)))
            name = regions->all.items[m]->root->name;
    }
    return name;
}

static void print_link(struct chain *chain, const struct link *link) {
    const struct context *context = chain->work->context;
    bool returns = link->stmt->kind == STMT_RETURN;
    const char *to = returns ? NULL : name_in(chain, &link->to, context->useful, NULL);
    const char *from = name_in(chain, &link->from, context->varied, to);
    if (returns)
        diag_report(chain->work->ad->unit->diag, link->stmt->loc, NOTE_RETURNS, from);
    else
        diag_report(chain->work->ad->unit->diag, link->stmt->loc, NOTE_DEPENDS, to, from);
}

/* A path is found from its end: the last link found stands first. */
static void print_path(struct chain *chain, const struct path *path, bool backward) {
    size_t count = path->links.count;
    for (size_t k = 0; k < count; k++) {
        size_t at = backward ? k : count - 1 - k;
        if (k >= LINKS && k + LINKS < count)
            continue;
        if (path->links.items[at]->stmt->loc.file)
            print_link(chain, path->links.items[at]);
    }
}

void why_active(struct work *work, const struct bitset *regions) {
    struct chain chain = {.work = work};
    struct path from = {{0}}, to = {{0}};
    struct bitset active = bitset_create(work->ad->arena);
    add_active(work, regions, &active);
    block_walk(&work->func->body, add_link, &chain);
    if (!any_outer(&chain, &active, work->context->varied) &&
        find_path(&chain, &active, true, takes_independent, &from))
        print_path(&chain, &from, true);
    if (!any_outer(&chain, &active, work->context->useful) &&
        find_path(&chain, &active, false, gives_dependent, &to))
        print_path(&chain, &to, false);
}

void why_active_expr(struct work *work, const struct expr *e) {
    struct regions *regions = work->facts->regions;
    struct bitset named = bitset_create(work->ad->arena), leaves = bitset_create(work->ad->arena);
    if (type_is_pointer(e->type) || type_is_array(e->type))
        region_of_pointer(regions, e, &named);
    else
        expr_reads(regions, e, &named);
    for (size_t m = bitset_next(&named, 0); m != SIZE_MAX; m = bitset_next(&named, m + 1))
        region_add_reachable(regions, regions->all.items[m], &leaves);
    why_active(work, &leaves);
}
