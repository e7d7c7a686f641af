/* lift: a load that must move into a temporary (spill.c) and is the same in every iteration of the counted
 * loop around it moves before the loop: it is recorded once, and its adjoint is a local sum. Where the loop
 * does not run at all the load may be one that must not happen: it stands behind the loop's condition.
 *
 *     double x_value = i + 1 < d ? x[i] : 0.0;
 *     for (int j = i + 1; j < d; j++)
 *         out[j] += lower[j] * x_value; */
#include "ad/reverse.h"

/* The loop whose body holds the statement itself, if it is known to run to its end. */
static const struct stmt *loop_around(const struct work *work, const struct stmt *stmt) {
    const struct place *place = &work->layout->of_stmt[stmt->id];
    const struct stmt *loop = place->owner;
    if (!loop || loop->kind != STMT_FOR || loop->u.loop.has_break || !loop->u.loop.declares ||
        work_counter(work, loop))
        return NULL;
    return loop;
}

static bool is_declared_in(const struct work *work, const struct stmt *loop, const struct var *var) {
    if (var->kind != VAR_LOCAL)
        return false;
    return var->id >= work->surveyed || var == loop->u.loop.index ||
           work->layout->decl_of_var[var->id].owner == loop;
}

struct mentions {
    const struct work *work;
    const struct stmt *loop;
    bool inner;
};

static bool note_mention(struct expr *e, void *data) {
    struct mentions *m = data;
    m->inner |= e->kind == EXPR_VAR && is_declared_in(m->work, m->loop, e->u.var);
    return !m->inner;
}

struct var *lift_value(struct work *work, const struct stmt *stmt, struct expr *value, const char *name) {
    struct unit *unit = work->ad->unit;
    struct copy_map same = {unit, NULL, 0};
    struct bitset reads = bitset_create(work->ad->arena);
    const struct stmt *loop = loop_around(work, stmt);
    if (!loop || work->ad->options->store_all || work->ad->options->no_lift || !type_is_real(value->type) ||
        value->kind == EXPR_MATH)
        return NULL;
    struct mentions m = {work, loop, false};
    expr_walk(value, note_mention, &m);
    expr_reads(work->facts->regions, value, &reads);
    if (m.inner || region_sets_overlap(work->facts->regions, &work->facts->of_stmt[loop->id].writes, &reads))
        return NULL;
    for (size_t k = 0; k < work->lifted.count; k++)
        if (work->lifted.items[k].loop == loop && expr_equal(work->lifted.items[k].value, value))
            return work->lifted.items[k].var;
    struct lifted lifted = {loop, work_temp(work, name, value->type), expr_copy(&same, value)};
    VEC_PUSH(work->ad->arena, work->lifted, lifted);
    return lifted.var;
}

void lift_place(struct work *work, const struct stmt *loop, struct block *out) {
    struct unit *unit = work->ad->unit;
    struct copy_map same = {unit, NULL, 0};
    if (loop->kind != STMT_FOR)
        return;
    for (size_t k = 0; k < work->lifted.count; k++) {
        const struct lifted *lifted = &work->lifted.items[k];
        if (lifted->loop != loop)
            continue;
        struct expr *value = expr_copy(&same, lifted->value);
        if (!loop_always_runs(loop))
            value = expr_cond(unit,
                              expr_binary(unit, loop->u.loop.rel, expr_copy(&same, loop->u.loop.lo),
                                          expr_copy(&same, loop->u.loop.hi)),
                              value, expr_zero(unit, lifted->value->type));
        struct stmt *decl = stmt_decl(unit, lifted->var, value);
        decl->loc = loop->loc;
        block_add(unit, out, decl);
    }
}
