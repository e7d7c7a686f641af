/* dead: a local variable that is only ever assigned, as a whole or in parts, goes, and so does one that is
 * never mentioned at all, and what is assigned to itself. Calls stay. */
#include "clean/clean.h"

struct use {
    unsigned *reads; /* by var->id: mentions but for being the target of an assignment */
    size_t count;
    bool changed;
};

static bool count_read(struct expr *e, void *data) {
    struct use *use = data;
    if (e->kind == EXPR_VAR && e->u.var->kind != VAR_GLOBAL && e->u.var->id < use->count)
        use->reads[e->u.var->id]++;
    return true;
}

static void count_reads(struct expr **e, void *data) {
    expr_walk(*e, count_read, data);
}

static void count_type(const struct type *type, struct use *use) {
    for (const struct type *t = type; t && (type_is_array(t) || type_is_pointer(t)); t = type_target(t))
        if (type_is_array(t) && type_strip(t)->count)
            expr_walk(type_strip(t)->count, count_read, use);
}

/* The local variable in whose own storage the assigned lvalue lies. */
static struct var *target(const struct stmt *stmt) {
    const struct expr *to = stmt->kind == STMT_SET || stmt->kind == STMT_CALL ? stmt->to : NULL;
    while (to && (to->kind == EXPR_FIELD || to->kind == EXPR_INDEX))
        to = type_is_pointer(to->args[0]->type) ? NULL : to->args[0];
    return to && to->kind == EXPR_VAR && to->u.var->kind == VAR_LOCAL ? to->u.var : NULL;
}

static void count_stmt(struct stmt *stmt, void *data) {
    struct use *use = data;
    struct var *var = target(stmt);
    stmt_each_expr(stmt, count_reads, use);
    if (var)
        use->reads[var->id]--;
    if (stmt->kind == STMT_DECL)
        count_type(stmt->u.decl.var->type, use);
    if (stmt->kind == STMT_FOR)
        use->reads[stmt->u.loop.index->id]++;
}

static bool is_dead(const struct use *use, const struct var *var) {
    return (var->kind == VAR_LOCAL || var->kind == VAR_STATIC_LOCAL) && use->reads[var->id] == 0 &&
           (type_is_scalar(var->type) || type_is_record(var->type) || type_is_array(var->type));
}

/* A loop or branch in which nothing is left. */
static bool is_empty(const struct stmt *stmt) {
    if (stmt->kind == STMT_FOR)
        return stmt->u.loop.declares && stmt->u.loop.body.count == 0;
    if (stmt->kind == STMT_IF)
        return stmt->u.branch.then.count == 0 && stmt->u.branch.other.count == 0;
    return stmt->kind == STMT_BLOCK && stmt->u.block.count == 0;
}

/* `x = x;` */
static bool is_idle(const struct stmt *stmt) {
    const struct expr *from = stmt->kind == STMT_SET && !stmt->u.set.add ? stmt->u.set.from : NULL;
    while (from && from->kind == EXPR_CAST && from->u.implicit)
        from = from->args[0];
    return from && type_is_scalar(from->type) && !(type_quals(from->type) & QUAL_VOLATILE) &&
           expr_equal(stmt->to, from);
}

static bool drops(struct use *use, struct stmt *stmt) {
    struct var *var = target(stmt);
    if (is_empty(stmt) || is_idle(stmt))
        return true;
    if (stmt->kind == STMT_DECL)
        return is_dead(use, stmt->u.decl.var);
    if (!var || !is_dead(use, var))
        return false;
    if (stmt->kind == STMT_SET)
        return true;
    stmt->to = NULL; /* the call stays for its effects */
    use->changed = true;
    return false;
}

static void sweep(struct block *block, void *data) {
    struct use *use = data;
    size_t kept = 0;
    for (size_t k = 0; k < block->count; k++) {
        struct stmt *stmt = block->items[k];
        stmt_each_block(stmt, sweep, use);
        if (drops(use, stmt))
            use->changed = true;
        else
            block->items[kept++] = stmt;
    }
    block->count = kept;
}

/* Comments mention variables by name in generated `(void)x;` lines only, which are added later. */
void clean_dead(struct unit *unit, struct func *func) {
    struct use use = {.changed = true};
    while (use.changed) {
        use.changed = false;
        use.count = func->vars.count;
        use.reads = NEW_ARRAY(unit->arena, unsigned, use.count + 1);
        block_walk(&func->body, count_stmt, &use);
        for (size_t k = 0; k < func->param_count; k++)
            count_type(func->params[k]->type, &use);
        sweep(&func->body, &use);
    }
}
