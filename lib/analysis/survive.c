/* survive: whether memory still holds a value when the reverse sweep wants it. A later write counts wherever
 * it stands behind the statement, and anywhere in a loop around it, until the variable that the memory hangs
 * on leaves its scope. */
#include "analysis/analysis.h"

struct layout_walk {
    struct layout *layout;
    struct stmt *owner;
};

static void place_block(struct block *block, void *data);

static void place_stmt(struct layout *layout, struct block *block, size_t index, struct stmt *owner) {
    struct stmt *stmt = block->items[index];
    struct layout_walk inner = {layout, stmt};
    layout->of_stmt[stmt->id] = (struct place){block, index, owner};
    if (stmt->kind == STMT_DECL)
        layout->decl_of_var[stmt->u.decl.var->id] = layout->of_stmt[stmt->id];
    if (stmt->kind == STMT_FOR && stmt->u.loop.declares)
        layout->decl_of_var[stmt->u.loop.index->id] = (struct place){&stmt->u.loop.body, 0, stmt};
    stmt_each_block(stmt, place_block, &inner);
}

static void place_block(struct block *block, void *data) {
    struct layout_walk *walk = data;
    for (size_t k = 0; k < block->count; k++)
        place_stmt(walk->layout, block, k, walk->owner);
}

struct layout *layout_compute(struct arena *arena, struct func *func) {
    struct layout *layout = NEW(arena, struct layout);
    layout->of_stmt = NEW_ARRAY(arena, struct place, func_number(func) + 1);
    layout->decl_of_var = NEW_ARRAY(arena, struct place, func->vars.count + 1);
    struct layout_walk walk = {layout, NULL};
    place_block(&func->body, &walk);
    return layout;
}

const struct block *layout_home(const struct layout *layout, const struct region *region) {
    return region->root->kind == VAR_LOCAL ? layout->decl_of_var[region->root->id].block : NULL;
}

bool stmt_writes(const struct facts *facts, const struct stmt *stmt, const struct region *region) {
    return region_set_hits(facts->regions, &facts->of_stmt[stmt->id].writes, region);
}

static bool written_behind(const struct facts *facts, const struct place *place,
                           const struct region *region) {
    for (size_t k = place->index + 1; k < place->block->count; k++)
        if (stmt_writes(facts, place->block->items[k], region))
            return true;
    return false;
}

static bool is_loop(const struct stmt *stmt) {
    return stmt->kind == STMT_FOR || stmt->kind == STMT_WHILE;
}

bool region_survives(const struct facts *facts, const struct layout *layout, const struct stmt *stmt,
                     const struct region *region, bool own, const struct bitset *clobbered) {
    if (own && stmt_writes(facts, stmt, region))
        return false;
    const struct block *home = layout_home(layout, region);
    for (const struct stmt *s = stmt; s;) {
        const struct place *place = &layout->of_stmt[s->id];
        if (written_behind(facts, place, region))
            return false;
        if (place->block == home)
            return true;
        s = place->owner;
        if (s && layout->reversed_at_once && layout->reversed_at_once[s->id] && is_loop(s))
            return true;
        if (s && is_loop(s) && stmt_writes(facts, s, region))
            return false;
    }
    return !(clobbered && region_set_hits(facts->regions, clobbered, region));
}

bool region_unchanged_in_block(const struct facts *facts, const struct layout *layout,
                               const struct stmt *stmt, const struct region *region) {
    return !written_behind(facts, &layout->of_stmt[stmt->id], region);
}
