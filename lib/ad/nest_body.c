/* nest_body: the bodies of the loops that nest.c orders: statements, what belongs together, and copies. */
#include "ad/nest.h"

/* ---- bodies ----------------------------------------------------------------------------------- */

bool nest_is_simple(const struct block *body) {
    for (size_t k = 0; k < body->count; k++)
        if (body->items[k]->kind != STMT_DECL && body->items[k]->kind != STMT_SET)
            return false;
    return body->count > 0;
}

/* The variable of the body that the statement makes or changes; NULL for an assignment that outlives it. */
const struct var *nest_local_of(const struct block *body, const struct stmt *stmt) {
    const struct var *var = stmt->kind == STMT_DECL                  ? stmt->u.decl.var
                            : stmt->to && stmt->to->kind == EXPR_VAR ? stmt->to->u.var
                                                                     : NULL;
    for (size_t k = 0; var && k < body->count; k++)
        if (body->items[k]->kind == STMT_DECL && body->items[k]->u.decl.var == var)
            return var;
    return NULL;
}

/* What the assignments of the group take: themselves and the locals that they, and those, are computed from.
 */
void nest_close(const struct block *body, const struct nest_group *group, bool *taken) {
    for (size_t k = 0; k < body->count; k++)
        taken[k] = false;
    for (size_t k = 0; k < group->count; k++)
        taken[group->items[k]] = true;
    for (bool again = true; again;) {
        again = false;
        for (size_t k = 0; k < body->count; k++) {
            const struct var *local = nest_local_of(body, body->items[k]);
            for (size_t m = 0; m < body->count && local && !taken[k]; m++)
                if (taken[m] &&
                    (stmt_mentions(body->items[m], local) || nest_local_of(body, body->items[m]) == local))
                    again = taken[k] = true;
        }
    }
}

/* ---- legality --------------------------------------------------------------------------------- */

/* No iteration of the loops from `level` on sees what another does, but for sums. */
bool nest_is_free(struct nest *nest, const struct nest_accesses *accesses, size_t level) {
    for (size_t k = 0; k < accesses->count; k++)
        for (size_t m = k; m < accesses->count; m++) {
            const struct nest_access *x = &accesses->list[k], *y = &accesses->list[m];
            if (nest_commute(x, y))
                continue;
            for (size_t at = level; at < nest->count; at++)
                if (nest_meet_across(nest, x, y, at))
                    return false;
        }
    return true;
}

/* ---- loops ------------------------------------------------------------------------------------ */

struct stmt *nest_new_loop(struct work *work, struct func *func, const struct stmt *head,
                           struct copy_map *map) {
    struct unit *unit = work->ad->unit;
    struct stmt *loop = stmt_new(unit, STMT_FOR, (struct loc){0});
    struct var *index =
        func_add_var(unit, func, VAR_LOCAL, head->u.loop.index->name, head->u.loop.index->type);
    loop->u.loop = head->u.loop;
    loop->u.loop.declares = true;
    loop->u.loop.body = (struct block){0};
    loop->u.loop.lo = expr_copy(map, head->u.loop.lo);
    loop->u.loop.hi = expr_copy(map, head->u.loop.hi);
    loop->u.loop.step = expr_copy(map, head->u.loop.step);
    loop->u.loop.index = index;
    map->vars[head->u.loop.index->id] = expr_var(unit, index);
    return loop;
}

struct copy_map nest_new_map(struct work *work, struct func *func) {
    size_t room = func->vars.count;
    return (struct copy_map){work->ad->unit, NEW_ARRAY(work->ad->arena, struct expr *, room + 1), room};
}

/* Copies statements, each declared variable afresh. */
void nest_copy(struct func *func, struct copy_map *map, const struct block *body, const bool *taken,
               struct block *out) {
    for (size_t k = 0; k < body->count; k++) {
        const struct stmt *stmt = body->items[k];
        if (taken && !taken[k])
            continue;
        if (stmt->kind == STMT_DECL) {
            struct var *var = stmt->u.decl.var;
            map->vars[var->id] =
                expr_var(map->unit, func_add_var(map->unit, func, VAR_LOCAL, var->name, var->type));
        }
        block_add(map->unit, out, stmt_copy(map, stmt));
    }
}
