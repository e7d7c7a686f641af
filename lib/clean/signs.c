/* signs: two minus signs that meet cancel: `-(a * -b)` is a * b, `a - -b` is a + b. Exact in floating point, and only
 * done there. */
#include "clean/clean.h"

static bool is_minus(const struct expr *e) {
    return e->kind == EXPR_UNARY && e->u.unary == UNARY_NEG && type_is_real(e->type);
}

static bool is_product(const struct expr *e) {
    return e->kind == EXPR_BINARY && type_is_real(e->type) &&
           (e->u.binary == BINARY_MUL || e->u.binary == BINARY_DIV);
}

/* Takes the minus from the expression or from one of its factors; false if there is none. */
static bool take_minus(struct expr **e) {
    if (is_minus(*e)) {
        *e = (*e)->args[0];
        return true;
    }
    return is_product(*e) && (take_minus(&(*e)->args[0]) || take_minus(&(*e)->args[1]));
}

static void settle(struct expr **e) {
    struct expr *expr = *e;
    for (size_t k = 0; k < expr->arg_count; k++)
        settle(&expr->args[k]);
    if (is_minus(expr) && take_minus(&expr->args[0])) {
        *e = expr->args[0];
        return;
    }
    bool sum = expr->kind == EXPR_BINARY && type_is_real(expr->type) &&
               (expr->u.binary == BINARY_ADD || expr->u.binary == BINARY_SUB);
    if (sum && take_minus(&expr->args[1]))
        expr->u.binary = expr->u.binary == BINARY_ADD ? BINARY_SUB : BINARY_ADD;
}

static void settle_expr(struct expr **e, void *data) {
    (void)data;
    settle(e);
}

static void settle_stmt(struct stmt *stmt, void *data) {
    stmt_each_expr(stmt, settle_expr, data);
}

void clean_signs(struct block *block) {
    block_walk(block, settle_stmt, NULL);
}
