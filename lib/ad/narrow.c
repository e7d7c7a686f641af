/* narrow: declares variables where they live. A scalar that every nested block assigns before it reads gets a
 * variable of its own in each of them, so that its value ends with the iteration and need not be kept across
 * iterations. Variables that would hide another of the same name are renamed: both sweeps may then stand in
 * one scope. */
#include "ad/private.h"

#include <string.h>

struct blocks {
    struct block *items[64];
    size_t count;
    bool overflow;
    const struct var *var;
};

static void note_block(struct block *block, void *data) {
    struct blocks *blocks = data;
    if (!block_mentions(block, blocks->var))
        return;
    if (blocks->count == sizeof blocks->items / sizeof *blocks->items)
        blocks->overflow = true;
    else
        blocks->items[blocks->count++] = block;
}

/* `var = ...` without reading var, whatever happens before in the block. */
static bool defines_first(struct block *block, const struct var *var) {
    for (size_t k = 0; k < block->count; k++) {
        struct stmt *stmt = block->items[k];
        struct blocks nested = {.var = var};
        if (stmt->kind == STMT_SET && stmt->to->kind == EXPR_VAR && stmt->to->u.var == var)
            return !stmt->u.set.add && !expr_mentions(stmt->u.set.from, var);
        if (stmt->kind == STMT_FOR && stmt->u.loop.index == var)
            return !expr_mentions(stmt->u.loop.lo, var) && !expr_mentions(stmt->u.loop.hi, var);
        if (stmt->kind == STMT_CALL && stmt->to && stmt->to->kind == EXPR_VAR && stmt->to->u.var == var) {
            for (size_t a = 0; a < stmt->u.call.arg_count; a++)
                if (expr_mentions(stmt->u.call.args[a], var))
                    return false;
            return true;
        }
        if (stmt_mentions(stmt, var))
            return false;
        stmt_each_block(stmt, note_block, &nested);
        if (nested.count > 0)
            return false;
    }
    return false;
}

static void narrow_into(struct unit *unit, struct func *func, struct block *block, struct var *var);

/* A FOR that owns its index. */
static bool owns_index(struct block *outer, struct stmt *stmt, const struct var *var) {
    (void)outer;
    return stmt->kind == STMT_FOR && stmt->u.loop.index == var && !stmt->u.loop.declares &&
           !expr_mentions(stmt->u.loop.lo, var) && !expr_mentions(stmt->u.loop.hi, var);
}

static struct var *clone_into(struct unit *unit, struct func *func, const struct var *var) {
    struct var *clone = func_add_var(unit, func, var->kind, var->name, var->type);
    clone->loc = var->loc;
    clone->inactive = var->inactive;
    return clone;
}

struct substitute {
    const struct var *from;
    struct var *to;
};

static bool substitute_in(struct expr *e, void *data) {
    struct substitute *s = data;
    if (e->kind == EXPR_VAR && e->u.var == s->from)
        e->u.var = s->to;
    return true;
}

static void substitute_expr(struct expr **e, void *data) {
    expr_walk(*e, substitute_in, data);
}

static void substitute_stmt(struct stmt *stmt, void *data) {
    struct substitute *s = data;
    stmt_each_expr(stmt, substitute_expr, s);
    if (stmt->kind == STMT_FOR && stmt->u.loop.index == s->from)
        stmt->u.loop.index = s->to;
}

/* Whether every mention of var in the block lies in a place that defines it first; counts the places. */
static bool can_narrow(struct block *block, const struct var *var) {
    for (size_t k = 0; k < block->count; k++) {
        struct stmt *stmt = block->items[k];
        struct blocks nested = {.var = var};
        if (stmt->kind == STMT_DECL && stmt->u.decl.var == var)
            continue;
        if (owns_index(block, stmt, var))
            continue;
        if (stmt_mentions(stmt, var))
            return false;
        stmt_each_block(stmt, note_block, &nested);
        if (nested.overflow)
            return false;
        for (size_t n = 0; n < nested.count; n++)
            if (!defines_first(nested.items[n], var) && !can_narrow(nested.items[n], var))
                return false;
    }
    return true;
}

/* Called where can_narrow holds. */
static void narrow_into(struct unit *unit, struct func *func, struct block *block, struct var *var) {
    for (size_t k = 0; k < block->count; k++) {
        struct stmt *stmt = block->items[k];
        struct blocks nested = {.var = var};
        if (owns_index(block, stmt, var)) {
            struct block single = {&stmt, 1, 1};
            struct substitute s = {var, clone_into(unit, func, var)};
            block_walk(&single, substitute_stmt, &s);
            stmt->u.loop.declares = true;
            continue;
        }
        stmt_each_block(stmt, note_block, &nested);
        for (size_t n = 0; n < nested.count; n++) {
            struct block *inner = nested.items[n];
            if (can_narrow(inner, var)) {
                narrow_into(unit, func, inner, var);
                continue;
            }
            struct substitute s = {var, clone_into(unit, func, var)};
            struct block with_decl = {0};
            block_walk(inner, substitute_stmt, &s);
            block_add(unit, &with_decl, stmt_decl(unit, s.to, NULL));
            block_append(unit, &with_decl, inner);
            *inner = with_decl;
        }
    }
}

static bool is_candidate(const struct stmt *stmt) {
    if (stmt->kind != STMT_DECL || !type_is_scalar(stmt->u.decl.var->type) ||
        stmt->u.decl.var->kind != VAR_LOCAL)
        return false;
    return !stmt->u.decl.init || stmt->u.decl.init->kind == EXPR_INT || stmt->u.decl.init->kind == EXPR_REAL;
}

struct address {
    const struct var *var;
    bool taken;
};

static bool address_in(struct expr *e, void *data) {
    struct address *a = data;
    if (e->kind == EXPR_ADDR && work_storage(e->args[0]) == a->var)
        a->taken = true;
    return true;
}

static void address_expr(struct expr **e, void *data) {
    expr_walk(*e, address_in, data);
}

static void address_stmt(struct stmt *stmt, void *data) {
    stmt_each_expr(stmt, address_expr, data);
}

static void narrow_block(struct unit *unit, struct func *func, struct block *block);

struct narrow {
    struct unit *unit;
    struct func *func;
};

static void narrow_nested(struct block *block, void *data) {
    struct narrow *n = data;
    narrow_block(n->unit, n->func, block);
}

static void narrow_block(struct unit *unit, struct func *func, struct block *block) {
    struct block kept = {0};
    for (size_t k = 0; k < block->count; k++) {
        struct stmt *stmt = block->items[k];
        bool dropped = false;
        if (is_candidate(stmt)) {
            struct address a = {stmt->u.decl.var, false};
            block_walk(block, address_stmt, &a);
            dropped = !a.taken && can_narrow(block, stmt->u.decl.var);
            if (dropped)
                narrow_into(unit, func, block, stmt->u.decl.var);
        }
        if (!dropped || stmt->comment) {
            if (dropped)
                stmt = stmt_raw(unit, stmt->comment);
            block_add(unit, &kept, stmt);
        }
    }
    *block = kept;
    struct narrow n = {unit, func};
    for (size_t k = 0; k < block->count; k++)
        stmt_each_block(block->items[k], narrow_nested, &n);
}

/* ---- names ----------------------------------------------------------------------------------- */

struct scope {
    struct unit *unit;
    struct func *func;
    const struct scope *outer;
    struct bitset *declared; /* by var->id */
    VEC(const struct var *) vars;
};

static bool is_visible(const struct scope *scope, const char *name) {
    for (; scope; scope = scope->outer)
        for (size_t k = 0; k < scope->vars.count; k++)
            if (strcmp(scope->vars.items[k]->name, name) == 0)
                return true;
    return false;
}

static void declare(struct scope *scope, struct var *var) {
    if (is_visible(scope, var->name))
        var->name = func_fresh_name(scope->unit, scope->func, var->name);
    VEC_PUSH(scope->unit->arena, scope->vars, var);
}

/* Statements that were copied (a case that falls through) declare a variable a second time: it becomes
 * another one. */
static void redeclare(const struct scope *scope, struct block *block, struct stmt *decl) {
    struct substitute s = {decl->u.decl.var, clone_into(scope->unit, scope->func, decl->u.decl.var)};
    block_walk(block, substitute_stmt, &s);
    decl->u.decl.var = s.to;
    bitset_add(scope->declared, s.to->id);
}

static void rename_block(struct block *block, void *data) {
    const struct scope *outer = data;
    struct scope scope = {
        .unit = outer->unit, .func = outer->func, .outer = outer, .declared = outer->declared};
    for (size_t k = 0; k < block->count; k++) {
        struct stmt *stmt = block->items[k];
        if (stmt->kind == STMT_DECL) {
            if (!bitset_add(outer->declared, stmt->u.decl.var->id))
                redeclare(outer, block, stmt);
            declare(&scope, stmt->u.decl.var);
        }
        struct scope inner = {
            .unit = outer->unit, .func = outer->func, .outer = &scope, .declared = outer->declared};
        if (stmt->kind == STMT_FOR && stmt->u.loop.declares)
            declare(&inner, stmt->u.loop.index);
        stmt_each_block(stmt, rename_block, &inner);
    }
}

void narrow_scopes(struct unit *unit, struct func *func) {
    struct bitset declared = bitset_create(unit->arena);
    struct scope scope = {.unit = unit, .func = func, .declared = &declared};
    narrow_block(unit, func, &func->body);
    for (size_t k = 0; k < func->param_count; k++)
        VEC_PUSH(unit->arena, scope.vars, func->params[k]);
    rename_block(&func->body, &scope);
}
