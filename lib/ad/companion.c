/* companion: the derivative's twin of a piece of memory. A path through fields, indices and pointers keeps
 * its form with the companion of its root in place of the root. A local pointer that moves needs no twin: the
 * twin of `*q` is found at the same distance from the companion of the array that q walks in. */
#include "ad/private.h"

#include <string.h>

/* ---- types and names --------------------------------------------------------------------------------------
 */

struct type *companion_type(struct ad *ad, struct type *type) {
    struct type *plain = type->plain;
    struct type *stripped = type_strip(type);
    if (stripped->kind == TYPE_POINTER)
        return type_pointer(ad->unit->types, companion_type(ad, stripped->under));
    if (stripped->kind == TYPE_ARRAY)
        return type_array(ad->unit->types, companion_type(ad, stripped->under), stripped->count);
    if (type_quals(plain))
        return stripped; /* the const is in the typedef */
    return plain;
}

const char *companion_name(struct work *work, struct func *func, const char *primal) {
    return work_name(work, func, arena_printf(work->ad->arena, "%s%s", primal, work->suffix));
}

/* ---- the array that a moving pointer walks in
 * ------------------------------------------------------------------- */

enum { BASE_DEPTH = 16 };

struct base_search {
    struct work *work;
    const struct var *pointer;
    struct expr *base;
    bool several;
    unsigned depth;
};

static void add_base(struct base_search *search, struct expr *base) {
    if (search->base && !expr_equal(search->base, base))
        search->several = true;
    search->base = base;
}

static void find_bases(struct base_search *search, struct expr *e);

static bool is_steady(struct expr *e, void *data) {
    bool *steady = data;
    if (e->kind == EXPR_VAR && e->u.var->kind == VAR_LOCAL)
        *steady = false;
    return *steady;
}

/* A pointer found in memory is a base if neither the memory nor the way to it ever changes. */
static void loaded_base(struct base_search *search, struct expr *e) {
    struct work *work = search->work;
    struct bitset cells = bitset_create(work->ad->arena);
    bool steady = true;
    region_of_lvalue(work->facts->regions, e, &cells);
    expr_walk(e, is_steady, &steady);
    if (!steady || region_sets_overlap(work->facts->regions, &work->facts->total.writes, &cells))
        search->several = true;
    else
        add_base(search, e);
}

static bool block_within(const struct layout *layout, const struct block *inner, const struct block *outer) {
    /* place.owner leads outwards; the owner's own place gives the next block */
    for (const struct block *block = inner; block;) {
        if (block == outer)
            return true;
        const struct stmt *owner = block->count ? layout->of_stmt[block->items[0]->id].owner : NULL;
        block = owner ? layout->of_stmt[owner->id].block : NULL;
    }
    return false;
}

static void stored_base(struct stmt *stmt, void *data) {
    struct base_search *search = data;
    struct expr *value = NULL;
    if (stmt->kind == STMT_DECL && stmt->u.decl.var == search->pointer)
        value = stmt->u.decl.init;
    else if (stmt->to && stmt->to->kind == EXPR_VAR && stmt->to->u.var == search->pointer)
        value = stmt->kind == STMT_SET && !stmt->u.set.add ? stmt->u.set.from : NULL;
    if (stmt->kind == STMT_CALL && stmt->to && stmt->to->kind == EXPR_VAR &&
        stmt->to->u.var == search->pointer)
        search->several = true;
    if (value)
        find_bases(search, value);
}

static void variable_base(struct base_search *search, struct expr *e) {
    struct work *work = search->work;
    struct var *var = e->u.var;
    if (var->kind != VAR_LOCAL) {
        add_base(search, e);
        return;
    }
    if (var == search->pointer || search->depth >= BASE_DEPTH)
        return;
    const struct block *home = work->layout->decl_of_var[var->id].block;
    if (record_can_shadow(work, var) &&
        block_within(work->layout, work->layout->decl_of_var[search->pointer->id].block, home)) {
        add_base(search, e);
        return;
    }
    struct base_search inner = {work, var, search->base, search->several, search->depth + 1};
    block_walk(&work->func->body, stored_base, &inner);
    search->base = inner.base;
    search->several = inner.several;
}

static void address_base(struct base_search *search, struct expr *lvalue) {
    struct var *var = work_storage(lvalue);
    if (var)
        add_base(search, type_is_array(var->type)
                             ? expr_var(search->work->ad->unit, var)
                             : expr_addr(search->work->ad->unit, expr_var(search->work->ad->unit, var)));
    else
        find_bases(search, lvalue->args[0]);
}

static void find_bases(struct base_search *search, struct expr *e) {
    switch (e->kind) {
    case EXPR_VAR:
        if (type_is_array(e->type))
            add_base(search, e);
        else
            variable_base(search, e);
        break;
    case EXPR_FIELD:
    case EXPR_INDEX:
    case EXPR_DEREF:
        if (type_is_array(e->type))
            address_base(search, e);
        else
            loaded_base(search, e);
        break;
    case EXPR_ADDR: address_base(search, e->args[0]); break;
    case EXPR_CAST:
    case EXPR_NAMED: find_bases(search, e->args[0]); break;
    case EXPR_BINARY:
        for (size_t k = 0; k < 2; k++)
            if (type_is_pointer(e->args[k]->type) || type_is_array(e->args[k]->type))
                find_bases(search, e->args[k]);
        break;
    case EXPR_COND:
        find_bases(search, e->args[1]);
        find_bases(search, e->args[2]);
        break;
    case EXPR_INT: break; /* a null pointer */
    case EXPR_REAL:
    case EXPR_STRING:
    case EXPR_FUNC:
    case EXPR_UNARY:
    case EXPR_MATH:
    case EXPR_SIZEOF:
    case EXPR_INIT: search->several = true; break;
    }
}

struct expr *companion_base(struct work *work, const struct var *pointer) {
    struct base_search search = {work, pointer, NULL, false, 0};
    block_walk(&work->func->body, stored_base, &search);
    if (search.base && !search.several)
        return search.base;
    if (!work->failed)
        diag_report(work->ad->unit->diag, pointer->loc.file ? pointer->loc : work->func->loc,
                    ERR_POINTER_BASES, pointer->name);
    work->failed = true;
    return NULL;
}

/* ---- companions
 * ----------------------------------------------------------------------------------------------------- */

static struct expr *root_companion(struct work *work, const struct var *var) {
    struct unit *unit = work->ad->unit;
    struct var *companion = var->kind == VAR_GLOBAL ? NULL : work->companions[var->id];
    if (!companion) {
        if (!work->failed)
            diag_report(unit->diag, var->loc.file ? var->loc : work->func->loc, ERR_NO_COMPANION, var->name,
                        work->func->name);
        work->failed = true;
        return expr_var(unit, (struct var *)var);
    }
    struct expr *e = expr_var(unit, companion);
    return work->companion_is_pointer[var->id] ? expr_deref(unit, e) : e;
}

/* A local pointer without a twin: where its companion lies, relative to `base`'s. */
static bool is_walker(struct work *work, const struct expr *pointer) {
    return pointer->kind == EXPR_VAR && pointer->u.var->kind == VAR_LOCAL && type_is_pointer(pointer->type) &&
           !work->companions[pointer->u.var->id];
}

static bool same_element(const struct type *a, const struct type *b) {
    return type_same(type_target(a), type_target(b));
}

static struct expr *distance(struct work *work, const struct copy_map *map, const struct expr *pointer,
                             struct expr *base) {
    return expr_binary(work->ad->unit, BINARY_SUB, expr_copy(map, pointer), expr_copy(map, base));
}

static struct expr *as_bytes(struct unit *unit, struct expr *pointer, bool is_const) {
    struct type *byte = type_scalar(unit->types, SCALAR_CHAR);
    if (is_const)
        byte = type_qualified(unit->types, byte, QUAL_CONST);
    return expr_cast(unit, type_pointer(unit->types, byte), pointer, false);
}

/* At the same distance in bytes: the pointer walks in a part of what the base points to. */
static struct expr *shadow_by_bytes(struct work *work, const struct copy_map *map, const struct expr *pointer,
                                    struct expr *base) {
    struct unit *unit = work->ad->unit;
    struct expr *start = as_bytes(unit, companion_pointer(work, map, base), false);
    struct expr *distance = expr_binary(unit, BINARY_SUB, as_bytes(unit, expr_copy(map, pointer), true),
                                        as_bytes(unit, expr_copy(map, base), true));
    return expr_cast(unit, companion_type(work->ad, pointer->type),
                     expr_binary(unit, BINARY_ADD, start, distance), false);
}

/* companion of pointer[index], index may be NULL */
static struct expr *walker_element(struct work *work, const struct copy_map *map, const struct expr *pointer,
                                   struct expr *index) {
    struct unit *unit = work->ad->unit;
    struct expr *base = companion_base(work, pointer->u.var);
    if (!base)
        return expr_copy(map, pointer);
    if (!same_element(base->type, pointer->type)) {
        struct expr *shadow = shadow_by_bytes(work, map, pointer, base);
        return index ? expr_index(unit, shadow, index) : expr_deref(unit, shadow);
    }
    struct expr *offset = distance(work, map, pointer, base);
    if (index)
        offset = expr_binary(unit, BINARY_ADD, offset, index);
    return expr_index(unit, companion_pointer(work, map, base), offset);
}

struct expr *companion_pointer(struct work *work, const struct copy_map *map, const struct expr *e) {
    struct unit *unit = work->ad->unit;
    if (type_is_array(e->type) || (linear_is_leaf(e) && e->kind != EXPR_VAR))
        return companion_lvalue(work, map, e);
    switch (e->kind) {
    case EXPR_VAR: {
        if (!is_walker(work, e))
            return root_companion(work, e->u.var);
        struct expr *base = companion_base(work, e->u.var);
        if (!base)
            return expr_copy(map, e);
        if (!same_element(base->type, e->type))
            return shadow_by_bytes(work, map, e, base);
        return expr_binary(unit, BINARY_ADD, companion_pointer(work, map, base),
                           distance(work, map, e, base));
    }
    case EXPR_ADDR: return expr_addr(unit, companion_lvalue(work, map, e->args[0]));
    case EXPR_CAST:
        if (e->u.implicit && (type_is_array(e->args[0]->type) || same_element(e->type, e->args[0]->type)))
            return companion_pointer(work, map, e->args[0]);
        return expr_cast(unit, companion_type(work->ad, e->type), companion_pointer(work, map, e->args[0]),
                         e->u.implicit);
    case EXPR_NAMED: return companion_pointer(work, map, e->args[0]);
    case EXPR_BINARY: {
        bool left = type_is_pointer(e->args[0]->type) || type_is_array(e->args[0]->type);
        struct expr *a = left ? companion_pointer(work, map, e->args[0]) : expr_copy(map, e->args[0]);
        struct expr *b = left ? expr_copy(map, e->args[1]) : companion_pointer(work, map, e->args[1]);
        return expr_binary(unit, e->u.binary, a, b);
    }
    case EXPR_COND:
        return expr_cond(unit, expr_copy(map, e->args[0]), companion_pointer(work, map, e->args[1]),
                         companion_pointer(work, map, e->args[2]));
    case EXPR_INT: return expr_copy(map, e);
    case EXPR_REAL:
    case EXPR_STRING:
    case EXPR_FUNC:
    case EXPR_UNARY:
    case EXPR_INDEX:
    case EXPR_DEREF:
    case EXPR_FIELD:
    case EXPR_MATH:
    case EXPR_SIZEOF:
    case EXPR_INIT: break;
    }
    BUG("no companion for this pointer");
}

static struct expr *indexed_companion(struct work *work, const struct copy_map *map, const struct expr *e) {
    struct unit *unit = work->ad->unit;
    struct expr *index = expr_copy(map, e->args[1]);
    const struct expr *pointer = expr_strip(e->args[0]);
    if (type_is_array(pointer->type))
        return expr_index(unit, companion_lvalue(work, map, pointer), index);
    if (is_walker(work, pointer))
        return walker_element(work, map, pointer, index);
    return expr_index(unit, companion_pointer(work, map, e->args[0]), index);
}

struct expr *companion_lvalue(struct work *work, const struct copy_map *map, const struct expr *e) {
    struct unit *unit = work->ad->unit;
    switch (e->kind) {
    case EXPR_VAR: return root_companion(work, e->u.var);
    case EXPR_FIELD: {
        bool arrow = type_is_pointer(e->args[0]->type);
        struct expr *base =
            arrow ? companion_pointer(work, map, e->args[0]) : companion_lvalue(work, map, e->args[0]);
        if (base->kind == EXPR_DEREF)
            base = base->args[0]; /* (*v_bar).x is v_bar->x */
        return expr_field(unit, base, e->u.name);
    }
    case EXPR_INDEX: return indexed_companion(work, map, e);
    case EXPR_DEREF:
        if (is_walker(work, expr_strip(e->args[0])))
            return walker_element(work, map, expr_strip(e->args[0]), NULL);
        return expr_deref(unit, companion_pointer(work, map, e->args[0]));
    case EXPR_CAST:
    case EXPR_NAMED: return companion_lvalue(work, map, e->args[0]);
    case EXPR_INT:
    case EXPR_REAL:
    case EXPR_STRING:
    case EXPR_FUNC:
    case EXPR_UNARY:
    case EXPR_BINARY:
    case EXPR_COND:
    case EXPR_ADDR:
    case EXPR_MATH:
    case EXPR_SIZEOF:
    case EXPR_INIT: break;
    }
    BUG("no companion for an expression of kind %d", (int)e->kind);
}
