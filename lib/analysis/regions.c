/* regions: memory named by paths, and an inclusion-based, flow-insensitive points-to relation over them.
 * Regions come into being when asked for; recursive types fold back onto the first region of that type on the
 * path. */
#include "analysis/analysis.h"

#include <stdlib.h>
#include <string.h>

static struct region *region_new(struct regions *regions, struct region *parent, enum region_step step,
                                 const char *field, struct type *type, struct var *root) {
    struct arena *arena = regions->unit->arena;
    struct region *region = NEW(arena, struct region);
    region->id = (unsigned)regions->all.count;
    region->step = step;
    region->parent = parent;
    region->field = field;
    region->type = type_strip(type);
    region->root = root;
    VEC_PUSH(arena, regions->all, region);
    if (parent) {
        region->next_sibling = parent->first_child;
        parent->first_child = region;
    }
    regions->changed = true;
    return region;
}

struct region *region_of_var(struct regions *regions, struct var *var) {
    if (var->kind == VAR_GLOBAL) {
        for (size_t k = 0; k < regions->globals.count; k++)
            if (regions->globals.items[k]->root == var)
                return regions->globals.items[k];
        struct region *global = region_new(regions, NULL, STEP_ROOT, NULL, var->type, var);
        VEC_PUSH(regions->unit->arena, regions->globals, global);
        return global;
    }
    while (regions->locals.count <= var->id)
        VEC_PUSH(regions->unit->arena, regions->locals, NULL);
    struct region **local = &regions->locals.items[var->id];
    return *local ? *local : (*local = region_new(regions, NULL, STEP_ROOT, NULL, var->type, var));
}

bool region_is_outer(const struct region *region) {
    if (region->root->kind == VAR_GLOBAL || region->root->kind == VAR_STATIC_LOCAL)
        return true;
    if (region->root->kind != VAR_PARAM)
        return false;
    for (const struct region *r = region; r; r = r->parent)
        if (r->step == STEP_TARGET)
            return true;
    return false;
}

/* What lies behind a `void *`, and has got a type (region_adopt_type). */
static bool was_opaque(const struct region *region) {
    return region->step == STEP_TARGET && type_is_void(type_target(region->parent->type)) &&
           !type_is_void(region->type);
}

/* Of a list that is linked by `void *` the second node stands for all that follow, whatever they are. */
static struct region *recursive_opaque(const struct region *cell) {
    for (const struct region *r = cell; r; r = r->parent)
        for (const struct region *above = r->parent; above && was_opaque(r); above = above->parent)
            if (was_opaque(above) && type_same(above->type, r->type))
                return (struct region *)r;
    return NULL;
}

/* A list node's successor is the same region as the node. */
static struct region *recursive_target(const struct region *cell, const struct type *target) {
    if (type_is_void(target))
        return recursive_opaque(cell);
    if (!type_is_record(target))
        return NULL;
    for (const struct region *r = cell; r; r = r->parent)
        if (r->step == STEP_TARGET && type_same(r->type, target))
            return (struct region *)r;
    return NULL;
}

static struct type *child_type(const struct region *parent, enum region_step step, const char *field) {
    if (step == STEP_FIELD) {
        const struct field *f = type_field(parent->type, field);
        if (!f)
            BUG("no field %s", field);
        return f->type;
    }
    return type_target(parent->type);
}

struct region *region_child(struct regions *regions, struct region *parent, enum region_step step,
                            const char *field) {
    if (step == STEP_FIELD && parent->type->record->is_union)
        return parent;
    for (struct region *child = parent->first_child; child; child = child->next_sibling)
        if (child->step == step && (step != STEP_FIELD || strcmp(child->field, field) == 0))
            return child;
    struct type *type = child_type(parent, step, field);
    if (step == STEP_TARGET) {
        struct region *folded = recursive_target(parent, type);
        if (folded)
            return folded;
    }
    return region_new(regions, parent, step, field, type, parent->root);
}

static void cell_targets(struct regions *regions, struct region *cell, struct bitset *out) {
    if (!type_is_pointer(cell->type))
        return;
    if (!cell->has_targets) {
        cell->has_targets = true;
        cell->targets = bitset_create(regions->unit->arena);
        bool initial = cell->root->kind == VAR_PARAM || region_is_outer(cell);
        if (initial && type_strip(type_target(cell->type))->kind != TYPE_FUNCTION)
            bitset_add(&cell->targets, region_child(regions, cell, STEP_TARGET, NULL)->id);
    }
    bitset_union(out, &cell->targets);
}

void region_add_targets(struct regions *regions, struct region *cell, const struct bitset *targets) {
    struct bitset present = bitset_create(regions->unit->arena);
    cell_targets(regions, cell, &present);
    if (type_is_pointer(cell->type) && bitset_union(&cell->targets, targets))
        regions->changed = true;
}

void region_step_set(struct regions *regions, const struct bitset *parents, enum region_step step,
                     const char *field, struct bitset *out) {
    for (size_t m = bitset_next(parents, 0); m != SIZE_MAX; m = bitset_next(parents, m + 1)) {
        struct region *parent = regions->all.items[m];
        if (step == STEP_TARGET) {
            cell_targets(regions, parent, out);
            continue;
        }
        bool fits = step == STEP_FIELD ? type_is_record(parent->type) && (parent->type->record->is_union ||
                                                                          type_field(parent->type, field))
                                       : type_is_array(parent->type);
        bitset_add(out, (fits ? region_child(regions, parent, step, field) : parent)->id);
    }
}

/* The parts of an object that have this type. */
static void add_alike(struct regions *regions, struct region *part, const struct type *type,
                      struct bitset *out) {
    const struct type *t = part->type;
    if (type_same(t, type)) {
        bitset_add(out, part->id);
    } else if (type_is_array(t)) {
        add_alike(regions, region_child(regions, part, STEP_ELEMENT, NULL), type, out);
    } else if (type_is_record(t) && !t->record->is_union) {
        for (size_t k = 0; k < t->record->field_count; k++)
            if (t->record->fields[k].name)
                add_alike(regions, region_child(regions, part, STEP_FIELD, t->record->fields[k].name), type,
                          out);
    }
}

void region_walk(struct regions *regions, struct bitset *set) {
    struct bitset reached = bitset_create(regions->unit->arena);
    for (size_t m = bitset_next(set, 0); m != SIZE_MAX; m = bitset_next(set, m + 1)) {
        struct region *region = regions->all.items[m], *object = region;
        if (region->step == STEP_TARGET && !region->walked)
            region->walked = regions->changed = true;
        if (region->step != STEP_FIELD)
            continue;
        while (object->step == STEP_FIELD || object->step == STEP_ELEMENT)
            object = object->parent;
        add_alike(regions, object, region->type, &reached);
    }
    bitset_union(set, &reached);
}

static bool is_zero(const struct expr *e) {
    long long value;
    return expr_is_const_int(e, &value) && value == 0;
}

void region_of_lvalue(struct regions *regions, const struct expr *e, struct bitset *out) {
    struct bitset base = bitset_create(regions->unit->arena);
    switch (e->kind) {
    case EXPR_VAR: bitset_add(out, region_of_var(regions, e->u.var)->id); break;
    case EXPR_FIELD:
        if (type_is_pointer(e->args[0]->type))
            region_of_pointer(regions, e->args[0], &base);
        else
            region_of_lvalue(regions, e->args[0], &base);
        region_step_set(regions, &base, STEP_FIELD, e->u.name, out);
        break;
    case EXPR_INDEX:
        if (type_is_array(e->args[0]->type)) {
            region_of_lvalue(regions, e->args[0], &base);
            region_step_set(regions, &base, STEP_ELEMENT, NULL, out);
            break;
        }
        region_of_pointer(regions, e->args[0], &base);
        if (!is_zero(e->args[1]))
            region_walk(regions, &base);
        bitset_union(out, &base);
        break;
    case EXPR_DEREF: region_of_pointer(regions, e->args[0], out); break;
    case EXPR_CAST:
    case EXPR_NAMED: region_of_lvalue(regions, e->args[0], out); break;
    case EXPR_COND:
        region_of_lvalue(regions, e->args[1], out);
        region_of_lvalue(regions, e->args[2], out);
        break;
    case EXPR_INT:
    case EXPR_REAL:
    case EXPR_STRING:
    case EXPR_FUNC:
    case EXPR_UNARY:
    case EXPR_BINARY:
    case EXPR_ADDR:
    case EXPR_MATH:
    case EXPR_SIZEOF:
    case EXPR_INIT: break;
    }
}

/* What is behind a `void *` has the type that it is first converted to: `struct params *p = context;` */
void region_adopt_type(struct regions *regions, const struct bitset *behind, const struct type *target) {
    if (type_is_void(target) || type_strip(target)->kind == TYPE_FUNCTION)
        return;
    for (size_t m = bitset_next(behind, 0); m != SIZE_MAX; m = bitset_next(behind, m + 1)) {
        struct region *region = regions->all.items[m];
        if (!type_is_void(region->type))
            continue;
        region->type = type_strip(target);
        regions->changed = true;
    }
}

void region_of_pointer(struct regions *regions, const struct expr *e, struct bitset *out) {
    if (type_is_array(e->type)) {
        struct bitset array = bitset_create(regions->unit->arena);
        region_of_lvalue(regions, e, &array);
        region_step_set(regions, &array, STEP_ELEMENT, NULL, out);
        return;
    }
    switch (e->kind) {
    case EXPR_ADDR: region_of_lvalue(regions, e->args[0], out); break;
    case EXPR_CAST:
        if (type_is_pointer(e->args[0]->type) || type_is_array(e->args[0]->type)) {
            struct bitset behind = bitset_create(regions->unit->arena);
            region_of_pointer(regions, e->args[0], &behind);
            if (type_is_pointer(e->type))
                region_adopt_type(regions, &behind, type_target(e->type));
            bitset_union(out, &behind);
        }
        break;
    case EXPR_NAMED: region_of_pointer(regions, e->args[0], out); break;
    case EXPR_BINARY:
        for (size_t k = 0; k < 2; k++)
            if (type_is_pointer(e->args[k]->type) || type_is_array(e->args[k]->type)) {
                struct bitset start = bitset_create(regions->unit->arena);
                region_of_pointer(regions, e->args[k], &start);
                if (!is_zero(e->args[1 - k]))
                    region_walk(regions, &start);
                bitset_union(out, &start);
            }
        break;
    case EXPR_COND:
        region_of_pointer(regions, e->args[1], out);
        region_of_pointer(regions, e->args[2], out);
        break;
    case EXPR_VAR:
    case EXPR_FIELD:
    case EXPR_INDEX:
    case EXPR_DEREF: {
        struct bitset cells = bitset_create(regions->unit->arena);
        region_of_lvalue(regions, e, &cells);
        region_step_set(regions, &cells, STEP_TARGET, NULL, out);
        break;
    }
    case EXPR_INT:
    case EXPR_REAL:
    case EXPR_STRING:
    case EXPR_FUNC:
    case EXPR_UNARY:
    case EXPR_MATH:
    case EXPR_SIZEOF:
    case EXPR_INIT: break;
    }
}

bool region_holds_reals(const struct region *region) {
    const struct type *type = region->type;
    return type_is_real(type) || (type_is_record(type) && type->record->is_union && type_holds_real(type));
}

void region_add_leaves(struct regions *regions, struct region *region, bool reals, struct bitset *out) {
    const struct type *type = region->type;
    if (type_is_array(type)) {
        region_add_leaves(regions, region_child(regions, region, STEP_ELEMENT, NULL), reals, out);
    } else if (type_is_record(type) && !type->record->is_union) {
        for (size_t k = 0; k < type->record->field_count; k++)
            if (type->record->fields[k].name)
                region_add_leaves(regions,
                                  region_child(regions, region, STEP_FIELD, type->record->fields[k].name),
                                  reals, out);
    } else if (!reals || region_holds_reals(region)) {
        bitset_add(out, region->id);
    }
}

void region_set_leaves(struct regions *regions, const struct bitset *set, bool reals, struct bitset *out) {
    for (size_t m = bitset_next(set, 0); m != SIZE_MAX; m = bitset_next(set, m + 1))
        region_add_leaves(regions, regions->all.items[m], reals, out);
}

void region_add_reachable(struct regions *regions, struct region *region, struct bitset *out) {
    struct bitset leaves = bitset_create(regions->unit->arena);
    region_add_leaves(regions, region, false, &leaves);
    for (size_t m = bitset_next(&leaves, 0); m != SIZE_MAX; m = bitset_next(&leaves, m + 1)) {
        struct region *leaf = regions->all.items[m];
        if (!bitset_add(out, m) || !type_is_pointer(leaf->type))
            continue;
        struct bitset targets = bitset_create(regions->unit->arena);
        cell_targets(regions, leaf, &targets);
        for (size_t t = bitset_next(&targets, 0); t != SIZE_MAX; t = bitset_next(&targets, t + 1))
            region_add_reachable(regions, regions->all.items[t], out);
    }
}

void region_add_pointed(struct regions *regions, const struct bitset *objects, struct bitset *out) {
    struct bitset leaves = bitset_create(regions->unit->arena);
    region_set_leaves(regions, objects, false, &leaves);
    for (size_t m = bitset_next(&leaves, 0); m != SIZE_MAX; m = bitset_next(&leaves, m + 1))
        if (type_is_pointer(regions->all.items[m]->type))
            cell_targets(regions, regions->all.items[m], out);
}

void region_add_common(struct regions *regions, const struct func *callee, struct bitset *out) {
    for (size_t k = 0; k < regions->unit->globals.count && !callee->in_system && !callee->no_return; k++) {
        struct var *global = regions->unit->globals.items[k];
        if (!global->is_static && !global->is_const)
            region_add_reachable(regions, region_of_var(regions, global), out);
    }
}

/* `inner` is `outer` or a part of it. */
static bool region_within(const struct region *inner, const struct region *outer) {
    for (const struct region *r = inner; r; r = r->parent) {
        if (r == outer)
            return true;
        if (r->step == STEP_TARGET)
            return false;
    }
    return false;
}

/* Parameters of a working copy are others than the origin's, but in the same order. */
static bool is_root(const struct region *region, const struct var *var) {
    return region->root->kind == var->kind && region->root->id == var->id;
}

static bool roots_alias(const struct regions *regions, const struct region *a, const struct region *b) {
    if (!regions->aliases || !region_is_outer(a) || !region_is_outer(b))
        return false;
    if (a->root == b->root && !type_same(a->type, b->type))
        return false; /* behind one root: pointers of it to the same memory */
    for (size_t k = 0; k < regions->aliases->count; k++) {
        const struct alias *alias = &regions->aliases->items[k];
        if ((is_root(a, alias->a) && is_root(b, alias->b)) || (is_root(a, alias->b) && is_root(b, alias->a)))
            return true;
    }
    return false;
}

bool region_overlap(const struct regions *regions, const struct region *a, const struct region *b) {
    return region_within(a, b) || region_within(b, a) || roots_alias(regions, a, b);
}

/* The set has what the region is a part of, or itself. */
static bool has_whole(const struct bitset *set, const struct region *region) {
    for (const struct region *r = region; r; r = r->step == STEP_TARGET ? NULL : r->parent)
        if (bitset_has(set, r->id))
            return true;
    return false;
}

static bool has_part(const struct bitset *set, const struct region *region) {
    for (const struct region *part = region->first_child; part; part = part->next_sibling)
        if (part->step != STEP_TARGET && (bitset_has(set, part->id) || has_part(set, part)))
            return true;
    return false;
}

bool region_set_hits(const struct regions *regions, const struct bitset *set, const struct region *region) {
    if (has_whole(set, region) || has_part(set, region))
        return true;
    if (!regions->aliases || regions->aliases->count == 0 || !region_is_outer(region))
        return false;
    for (size_t m = bitset_next(set, 0); m != SIZE_MAX; m = bitset_next(set, m + 1))
        if (roots_alias(regions, regions->all.items[m], region))
            return true;
    return false;
}

bool region_sets_overlap(const struct regions *regions, const struct bitset *a, const struct bitset *b) {
    for (size_t m = bitset_next(b, 0); m != SIZE_MAX; m = bitset_next(b, m + 1))
        if (region_set_hits(regions, a, regions->all.items[m]))
            return true;
    return false;
}

static const char *make_key(struct regions *regions, const struct region *region) {
    struct arena *arena = regions->unit->arena;
    switch (region->step) {
    case STEP_ROOT:
        if (region->root->kind == VAR_PARAM)
            return arena_printf(arena, "%u", region->root->id);
        if (region->root->kind == VAR_GLOBAL)
            return arena_printf(arena, "g%u", region->root->id);
        return NULL;
    case STEP_FIELD:
    case STEP_ELEMENT:
    case STEP_TARGET: break;
    }
    const char *parent = region_key(regions, region->parent);
    if (!parent)
        return NULL;
    if (region->step == STEP_FIELD)
        return arena_printf(arena, "%s.%s", parent, region->field);
    return arena_printf(arena, "%s%s", parent, region->step == STEP_ELEMENT ? "[]" : "*");
}

const char *region_key(struct regions *regions, const struct region *region) {
    struct region *own = regions->all.items[region->id];
    if (!own->key)
        own->key = make_key(regions, region);
    return own->key;
}

struct region *region_find(struct regions *regions, const char *key) {
    bool global = *key == 'g';
    char *rest;
    unsigned long number = strtoul(key + global, &rest, 10);
    struct region *region =
        region_of_var(regions, global ? regions->unit->globals.items[number] : regions->func->params[number]);
    while (*rest) {
        if (*rest == '*') {
            region = region_child(regions, region, STEP_TARGET, NULL);
            rest++;
        } else if (*rest == '[') {
            region = region_child(regions, region, STEP_ELEMENT, NULL);
            rest += 2;
        } else {
            size_t length = strcspn(rest + 1, "*.[");
            const char *field = intern_n(regions->unit->names, rest + 1, length);
            region = region_child(regions, region, STEP_FIELD, field);
            rest += 1 + length;
        }
    }
    return region;
}
