/* inline_result: `T v; v = g(x);`, with g in place, declares v where its value is. A struct that g builds in
 * a variable of its own and returns is built in v itself. */
#include "ad/private.h"

enum { NEAR = 24 /* statements between the declaration and the call: those of calls in its arguments */ };

static bool passes(const struct stmt *call, const struct var *v) {
    for (size_t k = 0; k < call->u.call.arg_count; k++)
        if (expr_mentions(call->u.call.args[k], v))
            return true;
    return false;
}

struct stmt *inline_declaration(const struct stmt *call, const struct block *out) {
    const struct var *v = call->to && call->to->kind == EXPR_VAR ? call->to->u.var : NULL;
    if (!v || passes(call, v))
        return NULL;
    for (size_t back = 1; back <= NEAR && back <= out->count; back++) {
        struct stmt *stmt = out->items[out->count - back];
        if (stmt->kind == STMT_DECL && stmt->u.decl.var == v)
            return stmt->u.decl.init ? NULL : stmt;
        if (stmt_mentions(stmt, v))
            return NULL;
    }
    return NULL;
}

static void count_return(struct stmt *stmt, void *data) {
    *(size_t *)data += stmt->kind == STMT_RETURN;
}

/* What the callee returns if it ends in its one return. */
static struct expr *returned_at_end(struct func *callee) {
    size_t returns = 0;
    block_walk(&callee->body, count_return, &returns);
    struct stmt *last = callee->body.count ? callee->body.items[callee->body.count - 1] : NULL;
    return returns == 1 && last->kind == STMT_RETURN ? last->u.value : NULL;
}

struct var *inline_built(struct func *callee, const struct var *v) {
    struct expr *value = returned_at_end(callee);
    struct var *var = value && value->kind == EXPR_VAR ? value->u.var : NULL;
    if (!var || var->kind != VAR_LOCAL || var->inactive || v->inactive || !type_is_record(var->type) ||
        !type_same(var->type, v->type))
        return NULL;
    for (size_t k = 0; k < callee->body.count; k++)
        if (callee->body.items[k]->kind == STMT_DECL && callee->body.items[k]->u.decl.var == var)
            return var;
    return NULL;
}

static void remove_stmt(struct block *block, const struct stmt *stmt) {
    size_t kept = 0;
    for (size_t k = 0; k < block->count; k++)
        if (block->items[k] != stmt)
            block->items[kept++] = block->items[k];
    block->count = kept;
}

static bool sets(const struct stmt *stmt, const struct var *v) {
    return stmt->kind == STMT_SET && !stmt->u.set.add && stmt->to->kind == EXPR_VAR && stmt->to->u.var == v;
}

void inline_keep_comments(const struct stmt *stmt, struct block *body) {
    if (body->count == 0)
        return;
    struct stmt *first = body->items[0], *last = body->items[body->count - 1];
    first->comment = first->comment ? first->comment : stmt->comment;
    last->trailing = last->trailing ? last->trailing : stmt->trailing;
}

void inline_declare(struct func *callee, struct stmt *decl, const struct var *built, struct block *out,
                    struct block *body) {
    struct stmt *last = body->count ? body->items[body->count - 1] : NULL;
    bool at_end = returned_at_end(callee) && last && sets(last, decl->u.decl.var);
    if (built || at_end)
        remove_stmt(out, decl);
    if (built)
        inline_keep_comments(decl, body);
    if (built || !at_end)
        return;
    decl->u.decl.init = last->u.set.from;
    decl->comment = decl->comment ? decl->comment : last->comment;
    decl->trailing = decl->trailing ? decl->trailing : last->trailing;
    body->items[body->count - 1] = decl;
}
