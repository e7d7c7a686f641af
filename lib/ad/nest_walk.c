/* nest_walk: an integer that moves on by the same amount in every iteration, as over a packed triangle,
 *
 *     for (j = hi - 1; j >= lo; j--) { at--; lower_bar[at] += ...; }
 *
 * is where it began plus so many steps: it goes back before the loop, and the body says at + (j - lo). */
#include "ad/nest.h"
#include "ad/reverse.h"

/* `v += c`, of an integer. */
static struct var *walker(const struct stmt *stmt, long long *step) {
    bool moves = stmt->kind == STMT_SET && stmt->u.set.add && stmt->to->kind == EXPR_VAR &&
                 type_is_int(stmt->to->type) && type_strip(stmt->to->type)->scalar >= SCALAR_INT &&
                 expr_is_const_int(stmt->u.set.from, step);
    return moves ? stmt->to->u.var : NULL;
}

static bool is_set_again(const struct block *body, size_t item, const struct var *var) {
    for (size_t k = 0; k < body->count; k++) {
        const struct stmt *stmt = body->items[k];
        if (k != item && ((stmt->to && stmt->to->kind == EXPR_VAR && stmt->to->u.var == var) ||
                          (stmt->kind == STMT_DECL && stmt->u.decl.var == var)))
            return true;
    }
    return false;
}

/* steps * (number of iterations) */
static struct expr *way(struct nest *nest, long long step) {
    struct unit *unit = nest->work->ad->unit;
    const struct stmt *head = nest->loops[nest->count - 1];
    struct copy_map same = {unit, NULL, 0};
    struct expr *lo = expr_copy(&same, head->u.loop.lo), *hi = expr_copy(&same, head->u.loop.hi);
    struct expr *trips =
        plus_constant(unit, expr_binary(unit, BINARY_SUB, hi, lo), head->u.loop.rel == BINARY_LE);
    if (!nest_runs(nest, nest->count - 1))
        trips =
            expr_cond(unit, expr_binary(unit, head->u.loop.rel, expr_copy(&same, lo), expr_copy(&same, hi)),
                      trips, expr_int(unit, 0));
    return step == 1 ? trips : expr_binary(unit, BINARY_MUL, expr_int(unit, step), trips);
}

/* Where the walker stands in an iteration, from where it stood before the first. */
static struct expr *stand(struct nest *nest, struct var *var, long long step, bool moved) {
    struct unit *unit = nest->work->ad->unit;
    const struct stmt *head = nest->loops[nest->count - 1];
    struct copy_map same = {unit, NULL, 0};
    struct expr *passed =
        expr_binary(unit, BINARY_SUB, expr_var(unit, head->u.loop.index), expr_copy(&same, head->u.loop.lo));
    passed = plus_constant(unit, passed, moved ? 0 : 1);
    if (step != 1)
        passed = expr_binary(unit, BINARY_MUL, expr_int(unit, step), passed);
    return expr_binary(unit, BINARY_ADD, expr_var(unit, var), passed);
}

static bool counts_by_one(const struct stmt *head) {
    long long step;
    return expr_is_const_int(head->u.loop.step, &step) && step == 1 &&
           type_is_int(head->u.loop.index->type) &&
           (head->u.loop.rel == BINARY_LT || head->u.loop.rel == BINARY_LE) &&
           !counts_unsigned(head->u.loop.index->type) && !counts_unsigned(head->u.loop.hi->type) &&
           !counts_unsigned(expr_strip(head->u.loop.lo)->type);
}

/* The walker is set at the beginning or at the end of the body, and nothing reads it on the other side. */
static bool take_walker(struct nest *nest, struct block *body, size_t item, struct block *before) {
    struct unit *unit = nest->work->ad->unit;
    long long step;
    struct var *var = walker(body->items[item], &step);
    bool first = true, last = true;
    if (!var || var->kind == VAR_GLOBAL || is_set_again(body, item, var) || step == 0)
        return false;
    for (size_t k = 0; k < body->count; k++)
        if (k != item && stmt_mentions(body->items[k], var)) {
            first &= k > item;
            last &= k < item;
        }
    if (!first && !last)
        return false;
    struct expr *place = stand(nest, var, -step, first);
    block_add(unit, before,
              stmt_set(unit, expr_var(unit, var), expr_unary(unit, UNARY_NEG, way(nest, -step)), true));
    for (size_t k = item + 1; k < body->count; k++)
        body->items[k - 1] = body->items[k];
    body->count--;
    for (size_t k = 0; k < body->count; k++)
        stmt_put(body->items[k], var, place);
    return true;
}

void nest_stop_walking(struct nest *nest, struct block *body, struct block *before) {
    if (!counts_by_one(nest->loops[nest->count - 1]))
        return;
    for (size_t k = 0; k < body->count;)
        if (!take_walker(nest, body, k, before))
            k++;
}
