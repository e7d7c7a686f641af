/* reuse: a load that must move into a temporary (spill.c) takes one that is there already, if an earlier
 * declaration in the same block holds the same load and nothing between them writes what it reads. One value
 * is recorded then, and one adjoint gathers the terms. */
#include "ad/private.h"

/* It holds what it was declared with: a temporary made since the last survey, or a scalar that is never
 * assigned. */
static bool is_settled(const struct work *work, const struct var *var) {
    if (var->kind != VAR_LOCAL)
        return false;
    return var->id >= work->surveyed || (work_is_scalar(work, var) && work->vars[var->id].definitions == 1);
}

static bool is_new(const struct work *work, const struct stmt *stmt) {
    return stmt->kind == STMT_DECL && stmt->u.decl.var->id >= work->surveyed;
}

struct var *reuse_value(struct work *work, const struct block *before, struct expr *value) {
    struct regions *regions = work->facts->regions;
    struct bitset reads = bitset_create(work->ad->arena);
    if (work->ad->options->store_all || work->ad->options->no_reuse)
        return NULL;
    expr_reads(regions, value, &reads);
    for (size_t k = before->count; k-- > 0;) {
        const struct stmt *stmt = before->items[k];
        const struct expr *init = stmt->kind == STMT_DECL ? stmt->u.decl.init : NULL;
        if (init && type_same(stmt->u.decl.var->type->plain, value->type->plain) && expr_equal(init, value) &&
            is_settled(work, stmt->u.decl.var))
            return stmt->u.decl.var;
        if (!is_new(work, stmt) &&
            region_sets_overlap(regions, &work->facts->of_stmt[stmt->id].writes, &reads))
            return NULL;
    }
    return NULL;
}
