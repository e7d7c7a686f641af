/* sink: declarations move to where their variable gets its first value, and values that are used once, in the
 * very next statement, move there: what a person would have written. */
#include "clean/clean.h"

enum { SINK_SIZE = 12 /* nodes of a value that may move into an expression */ };

static unsigned mentions(struct stmt *stmt, const struct var *var) {
    struct block single = {&stmt, 1, 1};
    return block_mentions(&single, var);
}

static unsigned mentions_from(struct block *block, size_t from, const struct var *var) {
    unsigned count = 0;
    for (size_t k = from; k < block->count; k++)
        count += mentions(block->items[k], var);
    return count;
}

static void remove_at(struct block *block, size_t index) {
    for (size_t k = index + 1; k < block->count; k++)
        block->items[k - 1] = block->items[k];
    block->count--;
}

/* `T v = 0;` ... `v += e;` */
static bool sink_zero(struct unit *unit, struct block *block, size_t index) {
    struct stmt *decl = block->items[index];
    struct var *var = decl->u.decl.var;
    if (!type_is_real(var->type) || !decl->u.decl.init || !expr_is_number(decl->u.decl.init, 0))
        return false;
    size_t k = index + 1;
    while (k < block->count && !mentions(block->items[k], var))
        k++;
    struct stmt *first = k < block->count ? block->items[k] : NULL;
    if (!first || first->kind != STMT_SET || first->to->kind != EXPR_VAR || first->to->u.var != var ||
        mentions(first, var) != 1)
        return false;
    struct stmt *moved = stmt_decl(unit, var, first->u.set.from);
    moved->comment = first->comment;
    moved->trailing = first->trailing;
    block->items[k] = moved;
    remove_at(block, index);
    return true;
}

static bool is_straight(const struct stmt *stmt) {
    return stmt->kind == STMT_SET || (stmt->kind == STMT_DECL && stmt->u.decl.init);
}

struct address {
    const struct var *var;
    bool taken;
};

static bool address_node(struct expr *e, void *data) {
    struct address *a = data;
    a->taken |= e->kind == EXPR_ADDR && e->args[0]->kind == EXPR_VAR && e->args[0]->u.var == a->var;
    return !a->taken;
}

static bool takes_address(struct stmt *stmt, const struct var *var) {
    struct address a = {var, false};
    stmt_walk_exprs(stmt, address_node, &a);
    return a.taken;
}

/* `T v = e;` with v used once, in the next statement */
static bool sink_value(struct block *block, size_t index) {
    struct stmt *decl = block->items[index],
                *next = index + 1 < block->count ? block->items[index + 1] : NULL;
    struct var *var = decl->u.decl.var;
    if (!next || !is_straight(next) || !decl->u.decl.init || !type_is_real(var->type) || decl->comment ||
        !type_same(var->type, decl->u.decl.init->type) || decl->u.decl.init->kind == EXPR_INIT)
        return false;
    if (expr_size(decl->u.decl.init) > SINK_SIZE || mentions(next, var) != 1 ||
        mentions_from(block, index + 2, var) != 0 || takes_address(next, var))
        return false;
    if (next->kind == STMT_SET && next->to->kind == EXPR_VAR && next->to->u.var == var)
        return false;
    stmt_put(next, var, decl->u.decl.init);
    remove_at(block, index);
    return true;
}

static void sink_nested(struct block *block, void *data) {
    clean_sink(data, block);
}

void clean_sink(struct unit *unit, struct block *block) {
    bool changed = true;
    for (size_t k = 0; k < block->count; k++)
        stmt_each_block(block->items[k], sink_nested, unit);
    while (changed) {
        changed = false;
        for (size_t k = block->count; k-- > 0;)
            if (block->items[k]->kind == STMT_DECL && block->items[k]->u.decl.var->kind == VAR_LOCAL)
                changed |= sink_zero(unit, block, k) || sink_value(block, k);
    }
}
