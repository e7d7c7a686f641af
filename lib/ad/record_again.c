/* record_again: whether a definition can be evaluated again at the end of its block, in place of recording
 * its value, and a pointer's companion be said again. */
#include "ad/private.h"

enum { RECOMPUTE_SIZE = 24 /* nodes of an expression that is cheaper to evaluate again than to record */ };

struct stable {
    struct work *work;
    const struct stmt *definition;
    bool pointer_only; /* of a shadow: the value itself is not computed */
    unsigned size;
    bool ok;
};

/* What the load finds before the statement (`own`), or behind it. */
static bool memory_keeps(struct work *work, const struct stmt *stmt, const struct expr *load, bool own) {
    struct regions *regions = work->facts->regions;
    struct bitset reads = bitset_create(work->ad->arena);
    region_of_lvalue(regions, load, &reads);
    if (!bases_find(work, load))
        return false;
    for (size_t m = bitset_next(&reads, 0); m != SIZE_MAX; m = bitset_next(&reads, m + 1))
        if (!work_survives(work, stmt, load, regions->all.items[m], own))
            return false;
    return true;
}

static bool stable_node(struct expr *e, bool address, void *data) {
    struct stable *s = data;
    struct work *work = s->work;
    s->size++;
    if (e->kind == EXPR_MATH && !math_is_cheap(rules_math(work->ad->rules, e->u.name)))
        s->ok = false;
    if (!linear_is_leaf(e) || address)
        return s->ok;
    if (e->kind == EXPR_VAR && work_is_scalar(work, e->u.var)) {
        struct region *region = region_of_var(work->facts->regions, e->u.var);
        s->ok = s->ok && region_unchanged_in_block(work->facts, work->layout, s->definition, region);
    } else {
        s->ok = s->ok && memory_keeps(work, s->definition, e, true);
    }
    return s->ok;
}

static bool value_stable(struct work *work, const struct stmt *definition, struct expr *value) {
    struct stable s = {work, definition, false, 0, true};
    value_walk(value, stable_node, &s);
    return s.ok && s.size <= RECOMPUTE_SIZE;
}

bool record_stays(struct work *work, const struct stmt *stmt, struct expr *value) {
    struct stable s = {work, stmt, false, 0, true};
    value_walk(value, stable_node, &s);
    return s.ok;
}

static bool address_stable(struct work *work, const struct stmt *definition, struct expr *lvalue) {
    return value_stable(work, definition, expr_addr(work->ad->unit, lvalue));
}

/* A pointer in memory has its companion in the companion memory, whatever becomes of the pointer: if it is
 * set once. */
static bool cell_stable(struct work *work, struct expr *load) {
    struct regions *regions = work->facts->regions;
    struct bitset cells = bitset_create(work->ad->arena);
    region_of_lvalue(regions, load, &cells);
    for (size_t m = bitset_next(&cells, 0); m != SIZE_MAX; m = bitset_next(&cells, m + 1)) {
        const struct region *cell = regions->all.items[m];
        if (cell->root->kind == VAR_LOCAL ? bitset_size(&cell->targets) > 1
                                          : region_set_hits(regions, &work->facts->total.writes, cell))
            return false;
    }
    return true;
}

/* The same for a pointer of which only the companion is wanted. */
static bool pointer_stable(struct work *work, const struct stmt *definition, struct expr *e) {
    if (type_is_array(e->type))
        return address_stable(work, definition, e);
    if (e->kind == EXPR_CAST || e->kind == EXPR_NAMED)
        return pointer_stable(work, definition, e->args[0]);
    if (linear_is_leaf(e) && !(e->kind == EXPR_VAR && work_is_scalar(work, e->u.var)))
        return cell_stable(work, e) && address_stable(work, definition, e);
    if (e->kind == EXPR_BINARY) {
        bool left = type_is_pointer(e->args[0]->type) || type_is_array(e->args[0]->type);
        return pointer_stable(work, definition, e->args[!left]) &&
               value_stable(work, definition, e->args[left]);
    }
    return value_stable(work, definition, e);
}

bool record_can_shadow(struct work *work, const struct var *pointer) {
    const struct stmt *definition = work->vars[pointer->id].pointed;
    if (!definition)
        return false;
    if (work_is_alloc(work, definition))
        return true;
    struct expr *value = linear_value(definition);
    return value && pointer_stable(work, definition, value);
}

/* A table that is filled where it is declared and never changed. */
static bool is_table(struct work *work, const struct var *var, const struct stmt *definition,
                     struct expr *value) {
    struct regions *regions = work->facts->regions;
    struct bitset leaves = bitset_create(work->ad->arena);
    struct stable s = {work, definition, false, 0, true};
    if (value->kind != EXPR_INIT)
        return false;
    region_add_leaves(regions, region_of_var(regions, (struct var *)var), false, &leaves);
    for (size_t m = bitset_next(&leaves, 0); m != SIZE_MAX; m = bitset_next(&leaves, m + 1))
        if (!region_survives(work->facts, work->layout, definition, regions->all.items[m], false,
                             &work->clobbered))
            return false;
    value_walk(value, stable_node, &s);
    return s.ok;
}

/* Variables come back in the order in which the block defines them. */
struct order {
    struct work *work;
    const struct var *var;
    bool ok;
};

static bool comes_back_before(struct expr *e, void *data) {
    struct order *order = data;
    const struct work *work = order->work;
    if (e->kind != EXPR_VAR || e->u.var->kind != VAR_LOCAL)
        return true;
    const struct place *home = &work->layout->decl_of_var[e->u.var->id];
    const struct stmt *definition = work->vars[order->var->id].definition;
    const struct stmt *other = work->vars[e->u.var->id].definition;
    if (home->block == work->layout->decl_of_var[order->var->id].block)
        order->ok &= home->block->items[home->index]->id < definition->id;
    order->ok &= !other || other->id < definition->id;
    return true;
}

/* The value was assigned to memory, which keeps it. */
static bool is_still_stored(struct work *work, const struct var *var) {
    const struct stmt *store = work->vars[var->id].stored;
    struct order order = {work, var, true};
    if (!store || !memory_keeps(work, store, store->to, false) || !address_stable(work, store, store->to))
        return false;
    expr_walk(store->to, comes_back_before, &order);
    return order.ok;
}

bool record_can_recompute(struct work *work, const struct var *var) {
    const struct stmt *definition = work->vars[var->id].definition;
    struct expr *value = definition ? linear_value(definition) : NULL;
    if (value && is_table(work, var, definition, value))
        return true;
    if (!value || !work->vars[var->id].scalar || (work->ad->options->store_all && type_is_real(var->type)))
        return false;
    return value_stable(work, definition, value) || is_still_stored(work, var);
}

struct expr *record_again(struct work *work, const struct var *var) {
    const struct stmt *definition = work->vars[var->id].definition;
    struct expr *value = linear_value(definition);
    bool table = is_table(work, var, definition, value);
    return table || value_stable(work, definition, value) ? value : work->vars[var->id].stored->to;
}
