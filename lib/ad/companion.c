/* companion: the derivative's twin of a piece of memory. A path through fields, indices and pointers keeps
 * its form with the companion of its root in place of the root. A local pointer that moves needs no twin: the
 * twin of `*q` is found at the same distance from the companion of the array that q walks in. */
#include "ad/private.h"

#include <string.h>

/* ---- types and names ------------------------------------------------------------------------- */

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

/* ---- companions ------------------------------------------------------------------------------ */

static struct expr *root_companion(struct work *work, const struct var *var) {
    struct unit *unit = work->ad->unit;
    struct expr *global = var->kind == VAR_GLOBAL ? global_companion(work, var) : NULL;
    struct var *companion = var->kind == VAR_GLOBAL ? NULL : work->companions[var->id];
    if (global)
        return global;
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

struct expr *companion_bytes(struct unit *unit, struct expr *pointer, bool is_const) {
    struct type *byte = type_scalar(unit->types, SCALAR_CHAR);
    if (is_const)
        byte = type_qualified(unit->types, byte, QUAL_CONST);
    return expr_cast(unit, type_pointer(unit->types, byte), pointer, false);
}

/* At the same distance in bytes: the pointer walks in a part of what the base points to. */
static struct expr *shadow_by_bytes(struct work *work, const struct copy_map *map, const struct expr *pointer,
                                    struct expr *base) {
    struct unit *unit = work->ad->unit;
    struct expr *start = companion_bytes(unit, companion_pointer(work, map, base), false);
    struct expr *distance =
        expr_binary(unit, BINARY_SUB, companion_bytes(unit, expr_copy(map, pointer), true),
                    companion_bytes(unit, expr_copy(map, base), true));
    return expr_cast(unit, companion_type(work->ad, pointer->type),
                     expr_binary(unit, BINARY_ADD, start, distance), false);
}

/* The companion of a pointer that walks in the base's array. */
static struct expr *walker_from(struct work *work, const struct copy_map *map, const struct expr *pointer,
                                struct expr *base) {
    if (!same_element(base->type, pointer->type))
        return shadow_by_bytes(work, map, pointer, base);
    return expr_binary(work->ad->unit, BINARY_ADD, companion_pointer(work, map, base),
                       distance(work, map, pointer, base));
}

/* One of several, as the variable that follows the pointer says. */
static struct expr *selected_walker(struct work *work, const struct copy_map *map,
                                    const struct expr *pointer) {
    struct unit *unit = work->ad->unit;
    const struct bases *bases = bases_of(work, pointer->u.var);
    struct var *selector = bases_selector(work, pointer->u.var);
    struct expr *chosen = NULL;
    for (size_t k = bases->list.count; k-- > 0;) {
        struct expr *walker = walker_from(work, map, pointer, bases->list.items[k]);
        struct expr *here = expr_binary(unit, BINARY_EQ, expr_copy(map, expr_var(unit, selector)),
                                        expr_int(unit, (long long)bases_number(work, bases->list.items[k])));
        chosen = chosen ? expr_cond(unit, here, walker, chosen) : walker;
    }
    return chosen;
}

/* companion of pointer[index], index may be NULL */
static struct expr *walker_element(struct work *work, const struct copy_map *map, const struct expr *pointer,
                                   struct expr *index) {
    struct unit *unit = work->ad->unit;
    if (bases_selector(work, pointer->u.var)) {
        struct expr *walker = selected_walker(work, map, pointer);
        return index ? expr_index(unit, walker, index) : expr_deref(unit, walker);
    }
    struct expr *base = bases_only(work, pointer->u.var);
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

/* The companion of a struct has the struct's type, and its members may point to const. */
static struct expr *writable(struct work *work, struct expr *pointer) {
    if (!(type_quals(type_target(pointer->type)) & QUAL_CONST))
        return pointer;
    return expr_cast(work->ad->unit, companion_type(work->ad, pointer->type), pointer, false);
}

/* The companion of a global array may be a parameter, and so a pointer already. */
static struct expr *companion_address(struct work *work, const struct copy_map *map, const struct expr *e) {
    struct unit *unit = work->ad->unit;
    struct expr *lvalue = companion_lvalue(work, map, e->args[0]);
    if (type_is_array(e->args[0]->type) && type_is_pointer(lvalue->type))
        return expr_cast(unit, companion_type(work->ad, e->type), lvalue, false);
    struct expr *address = expr_addr(unit, lvalue);
    address->u.inside = e->u.inside;
    return address;
}

struct expr *companion_pointer(struct work *work, const struct copy_map *map, const struct expr *e) {
    struct unit *unit = work->ad->unit;
    if (type_is_array(e->type))
        return companion_lvalue(work, map, e);
    if (linear_is_leaf(e) && e->kind != EXPR_VAR)
        return writable(work, companion_lvalue(work, map, e));
    switch (e->kind) {
    case EXPR_VAR: {
        if (!is_walker(work, e))
            return root_companion(work, e->u.var);
        if (bases_selector(work, e->u.var))
            return selected_walker(work, map, e);
        struct expr *base = bases_only(work, e->u.var);
        return base ? walker_from(work, map, e, base) : expr_copy(map, e);
    }
    case EXPR_ADDR: return companion_address(work, map, e);
    case EXPR_CAST:
        if (!type_is_pointer(e->args[0]->type) && !type_is_array(e->args[0]->type))
            return expr_copy(map, e); /* a null pointer */
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
