/* sample: an empty translation unit, and short names for what tests build in it. */
#ifndef SAMPLE_H
#define SAMPLE_H

#include "ir/ir.h"

static inline struct unit *sample_unit(struct arena *arena) {
    struct unit *unit = NEW(arena, struct unit);
    unit->arena = arena;
    unit->types = types_create(arena);
    unit->names = interner_create(arena);
    unit->identifiers = map_create(arena);
    unit->declared = map_create(arena);
    return unit;
}

static inline struct type *sample_int(struct unit *unit) {
    return type_scalar(unit->types, SCALAR_INT);
}

static inline struct type *sample_double(struct unit *unit) {
    return type_scalar(unit->types, SCALAR_DOUBLE);
}

static inline struct func *sample_func(struct unit *unit, const char *name, struct type *result) {
    struct func *func = func_new(unit, name, result);
    func->defined = true;
    VEC_PUSH(unit->arena, unit->funcs, func);
    return func;
}

static inline struct var *sample_local(struct unit *unit, struct func *func, const char *name,
                                       struct type *type) {
    return func_add_var(unit, func, VAR_LOCAL, name, type);
}

static inline struct var *sample_param(struct unit *unit, struct func *func, const char *name,
                                       struct type *type) {
    return func_add_var(unit, func, VAR_PARAM, name, type);
}

/* for (int index = 0; index < hi; index += 1) */
static inline struct stmt *sample_for(struct unit *unit, struct var *index, struct expr *hi) {
    struct stmt *loop = stmt_new(unit, STMT_FOR, (struct loc){0});
    loop->u.loop.index = index;
    loop->u.loop.declares = true;
    loop->u.loop.lo = expr_int(unit, 0);
    loop->u.loop.hi = hi;
    loop->u.loop.step = expr_int(unit, 1);
    loop->u.loop.rel = BINARY_LT;
    return loop;
}

#endif
