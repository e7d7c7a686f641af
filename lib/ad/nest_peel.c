/* nest_peel: the first and the last iteration of a loop go to a loop of their own if that makes the rest
 * plain: where neighbours are periodic,
 *
 *     int before = i == 0 ? n - 1 : i - 1, after = (i + 1) % n;
 *
 * all iterations between have before = i - 1, after = i + 1, and lie in a row of memory. */
#include "ad/nest.h"
#include "ad/reverse.h"

/* ---- what an expression is between the edges -------------------------------------------------- */

static bool is_at_least(struct nest *nest, const struct expr *a, const struct expr *b, long long least) {
    return nest_at_least(
        nest, expr_binary(nest->work->ad->unit, BINARY_SUB, (struct expr *)a, (struct expr *)b), least);
}

/* 1: true, 0: false, -1: neither is known. */
static int decide(struct nest *nest, const struct expr *cond) {
    cond = expr_bare_int(cond);
    if (cond->kind != EXPR_BINARY || !type_is_int(cond->args[0]->type) || !type_is_int(cond->args[1]->type))
        return -1;
    const struct expr *a = cond->args[0], *b = cond->args[1];
    bool above = is_at_least(nest, a, b, 1), below = is_at_least(nest, b, a, 1);
    switch (cond->u.binary) {
    case BINARY_EQ: return above || below ? 0 : -1;
    case BINARY_NE: return above || below ? 1 : -1;
    case BINARY_LT: return below ? 1 : is_at_least(nest, a, b, 0) ? 0 : -1;
    case BINARY_GE: return below ? 0 : is_at_least(nest, a, b, 0) ? 1 : -1;
    case BINARY_GT: return above ? 1 : is_at_least(nest, b, a, 0) ? 0 : -1;
    case BINARY_LE: return above ? 0 : is_at_least(nest, b, a, 0) ? 1 : -1;
    case BINARY_ADD:
    case BINARY_SUB:
    case BINARY_MUL:
    case BINARY_DIV:
    case BINARY_REM:
    case BINARY_SHL:
    case BINARY_SHR:
    case BINARY_AND:
    case BINARY_OR:
    case BINARY_XOR:
    case BINARY_LAND:
    case BINARY_LOR: return -1;
    }
    return -1;
}

/* a % n, where a lies in [0, n) or in [n, 2 n); NULL if neither is known. */
static struct expr *reduce(struct nest *nest, struct expr *e) {
    struct unit *unit = nest->work->ad->unit;
    struct expr *a = e->args[0], *n = e->args[1];
    if (nest_at_least(nest, a, 0) && is_at_least(nest, n, a, 1))
        return a;
    struct expr *less = expr_binary(unit, BINARY_SUB, a, n);
    return nest_at_least(nest, less, 0) && is_at_least(nest, n, less, 1) ? less : NULL;
}

static bool plain(struct nest *nest, struct expr **e) {
    bool all = true;
    for (size_t k = 0; k < (*e)->arg_count; k++)
        all &= plain(nest, &(*e)->args[k]);
    if ((*e)->kind == EXPR_COND) {
        int truth = decide(nest, (*e)->args[0]);
        if (truth >= 0)
            *e = (*e)->args[truth ? 1 : 2];
        return all && truth >= 0;
    }
    if ((*e)->kind == EXPR_BINARY && (*e)->u.binary == BINARY_REM && type_is_int((*e)->type)) {
        struct expr *reduced = reduce(nest, *e);
        if (reduced)
            *e = reduced;
        return all && reduced;
    }
    return all;
}

/* ---- the pass --------------------------------------------------------------------------------- */

static bool note_edge(struct expr *e, void *data) {
    bool *found = data;
    *found |= e->kind == EXPR_COND || (e->kind == EXPR_BINARY && e->u.binary == BINARY_REM);
    return true;
}

static bool is_index_like(const struct stmt *stmt) {
    return stmt->kind == STMT_DECL && type_is_int(stmt->u.decl.var->type) && stmt->u.decl.init;
}

bool nest_has_edges(const struct nest *nest, const struct block *body) {
    const struct stmt *head = nest->loops[nest->count - 1];
    long long step;
    bool found = false;
    for (size_t k = 0; k < body->count; k++)
        if (is_index_like(body->items[k]))
            expr_walk(body->items[k]->u.decl.init, note_edge, &found);
    if (counts_unsigned(head->u.loop.index->type) || counts_unsigned(head->u.loop.hi->type))
        return false; /* n - 1 may be large */
    return found && expr_is_const_int(head->u.loop.step, &step) && step == 1 &&
           (head->u.loop.rel == BINARY_LT || head->u.loop.rel == BINARY_LE);
}

struct stmt *nest_middle(struct nest *nest) {
    struct unit *unit = nest->work->ad->unit;
    const struct stmt *head = nest->loops[nest->count - 1];
    struct stmt *middle = stmt_new(unit, STMT_FOR, (struct loc){0});
    middle->u.loop = head->u.loop;
    middle->u.loop.body = (struct block){0};
    middle->u.loop.lo = plus_constant(unit, head->u.loop.lo, 1);
    middle->u.loop.hi = plus_constant(unit, head->u.loop.hi, -1);
    return middle;
}

struct stmt *nest_edges(struct nest *nest) {
    struct unit *unit = nest->work->ad->unit;
    const struct stmt *head = nest->loops[nest->count - 1];
    struct stmt *edges = stmt_new(unit, STMT_FOR, (struct loc){0});
    struct expr *span = head->u.loop.hi;
    long long lo;
    if (expr_is_const_int(head->u.loop.lo, &lo))
        span = plus_constant(unit, span, -lo);
    else
        span = expr_binary(unit, BINARY_SUB, span, head->u.loop.lo);
    span = plus_constant(unit, span, head->u.loop.rel == BINARY_LT ? -1 : 0);
    edges->u.loop = head->u.loop;
    edges->u.loop.body = (struct block){0};
    edges->u.loop.step =
        expr_cond(unit, expr_binary(unit, BINARY_GT, span, expr_int(unit, 0)), span, expr_int(unit, 1));
    return edges;
}

bool nest_make_plain(struct nest *nest, struct block *body) {
    for (size_t k = 0; k < body->count; k++)
        if (is_index_like(body->items[k]) && !plain(nest, &body->items[k]->u.decl.init))
            return false;
    return true;
}
