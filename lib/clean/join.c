/* join: `e = 0; e += v;` is `e = v;`. */
#include "clean/clean.h"

struct question {
    bool plain;
};

static bool plain_node(struct expr *e, void *data) {
    struct question *q = data;
    bool memory = e->kind == EXPR_INDEX || e->kind == EXPR_DEREF || e->kind == EXPR_FIELD;
    bool shared = e->kind == EXPR_VAR && (e->u.var->kind != VAR_LOCAL || e->u.var->address_taken);
    q->plain &= !memory && !shared;
    return q->plain;
}

/* Made of constants and of variables that no pointer leads to: not what the statement before may have
 * changed. */
static bool is_plain(struct expr *value) {
    struct question q = {true};
    expr_walk(value, plain_node, &q);
    return q.plain;
}

static bool clears(const struct stmt *stmt) {
    return stmt->kind == STMT_SET && !stmt->u.set.add && type_is_real(stmt->to->type) && !stmt->trailing &&
           expr_is_number(stmt->u.set.from, 0);
}

static bool adds_to(const struct stmt *stmt, const struct stmt *clear) {
    return stmt->kind == STMT_SET && stmt->u.set.add && !stmt->comment && expr_equal(stmt->to, clear->to) &&
           !(stmt->to->kind == EXPR_VAR && expr_mentions(stmt->u.set.from, stmt->to->u.var)) &&
           is_plain(stmt->u.set.from);
}

static void join_block(struct block *block, void *data) {
    size_t kept = 0;
    for (size_t k = 0; k < block->count; k++) {
        struct stmt *stmt = block->items[k], *last = kept ? block->items[kept - 1] : NULL;
        stmt_each_block(stmt, join_block, data);
        if (last && clears(last) && adds_to(stmt, last))
            last->u.set.from = stmt->u.set.from;
        else
            block->items[kept++] = stmt;
    }
    block->count = kept;
}

void clean_join(struct block *block) {
    join_block(block, NULL);
}
