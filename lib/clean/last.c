/* last: `v = 0;` or `v.x = 0;` of a local variable, after all that mentions it, goes. A reverse sweep clears
 * every adjoint that it is through with; most of them end there. */
#include "clean/clean.h"

typedef VEC(const struct expr *) path_list;

struct noted {
    unsigned var;
    struct expr *path;
};

struct last {
    struct unit *unit;
    path_list *later;         /* by var->id: how it is mentioned behind the point that is looked at */
    VEC(struct noted) notes;  /* all of them, in the order in which they came */
    const struct stmt **home; /* the innermost loop around its declaration */
    bool *open;               /* declared here, and no pointer leads to it */
    const struct stmt *loop;  /* around that point */
};

/* v of `v.x.y`, in its own storage. */
static struct var *root_of(const struct expr *path) {
    while (path->kind == EXPR_FIELD && !type_is_pointer(path->args[0]->type))
        path = path->args[0];
    return path->kind == EXPR_VAR && path->u.var->kind == VAR_LOCAL ? path->u.var : NULL;
}

static unsigned depth(const struct expr *path) {
    unsigned count = 0;
    for (; path->kind == EXPR_FIELD; path = path->args[0])
        count++;
    return count;
}

/* The same, or one a part of the other. */
static bool overlap(const struct expr *a, const struct expr *b) {
    for (; depth(a) > depth(b); a = a->args[0])
        continue;
    for (; depth(b) > depth(a); b = b->args[0])
        continue;
    return expr_equal(a, b);
}

/* ---- mentions ---------------------------------------------------------------------------------- */

static bool note_path(struct expr *e, void *data) {
    struct last *last = data;
    struct var *var = root_of(e);
    if (!var)
        return true;
    path_list *later = &last->later[var->id];
    for (size_t k = 0; k < later->count; k++)
        if (expr_equal(later->items[k], e))
            return false;
    VEC_PUSH(last->unit->arena, *later, e);
    struct noted noted = {var->id, e};
    VEC_PUSH(last->unit->arena, last->notes, noted);
    return false;
}

static void note_expr(struct expr **e, void *data) {
    expr_walk(*e, note_path, data);
}

static void note_stmt(struct stmt *stmt, void *data) {
    stmt_each_expr(stmt, note_expr, data);
}

/* ---- which variables --------------------------------------------------------------------------- */

/* Arrays are used by their addresses. */
static bool has_array(const struct type *type) {
    const struct type *t = type_strip(type);
    for (size_t k = 0; type_is_record(t) && k < t->record->field_count; k++)
        if (has_array(t->record->fields[k].type))
            return true;
    return type_is_array(t);
}

static bool expose(struct expr *e, void *data) {
    struct last *last = data;
    const struct expr *under = e->kind == EXPR_ADDR ? e->args[0] : NULL;
    while (under && (under->kind == EXPR_FIELD || under->kind == EXPR_INDEX))
        under = under->args[0];
    if (under && under->kind == EXPR_VAR && under->u.var->kind != VAR_GLOBAL)
        last->open[under->u.var->id] = false;
    return true;
}

static void expose_in(struct expr **e, void *data) {
    expr_walk(*e, expose, data);
}

static void expose_stmt(struct stmt *stmt, void *data) {
    stmt_each_expr(stmt, expose_in, data);
}

static bool is_loop(const struct stmt *stmt) {
    return stmt->kind == STMT_FOR || stmt->kind == STMT_WHILE;
}

static void settle(struct block *block, void *data) {
    struct last *last = data;
    for (size_t k = 0; k < block->count; k++) {
        struct stmt *stmt = block->items[k];
        const struct stmt *outer = last->loop;
        if (stmt->kind == STMT_DECL && stmt->u.decl.var->kind == VAR_LOCAL) {
            last->home[stmt->u.decl.var->id] = outer;
            last->open[stmt->u.decl.var->id] = !has_array(stmt->u.decl.var->type);
        }
        last->loop = is_loop(stmt) ? stmt : outer;
        stmt_each_block(stmt, settle, last);
        last->loop = outer;
    }
}

/* ---- from the end to the beginning ------------------------------------------------------------- */

static bool is_last(const struct last *last, const struct stmt *stmt) {
    if (stmt->kind != STMT_SET || stmt->u.set.add || stmt->comment || stmt->trailing ||
        !type_is_real(stmt->to->type) || (type_quals(stmt->to->type) & QUAL_VOLATILE) ||
        !expr_is_number(stmt->u.set.from, 0))
        return false;
    const struct var *var = root_of(stmt->to);
    if (!var || !last->open[var->id] || last->home[var->id] != last->loop)
        return false;
    for (size_t k = 0; k < last->later[var->id].count; k++)
        if (overlap(last->later[var->id].items[k], stmt->to))
            return false;
    return true;
}

static void go_back(struct block *block, void *data);

/* What one arm mentions is not behind the other. */
static void go_back_arms(struct last *last, struct stmt *branch) {
    size_t before = last->notes.count;
    go_back(&branch->u.branch.then, last);
    size_t count = last->notes.count - before;
    struct noted *notes = NEW_ARRAY(last->unit->arena, struct noted, count + 1);
    for (size_t k = count; k-- > 0;) {
        notes[k] = last->notes.items[before + k];
        last->later[notes[k].var].count--;
    }
    last->notes.count = before;
    go_back(&branch->u.branch.other, last);
    for (size_t k = 0; k < count; k++)
        note_path(notes[k].path, last);
}

static void go_back(struct block *block, void *data) {
    struct last *last = data;
    const struct stmt *outer = last->loop;
    for (size_t k = block->count; k-- > 0;) {
        struct stmt *stmt = block->items[k];
        if (is_last(last, stmt)) {
            block->items[k] = NULL;
            continue;
        }
        bool in_order = is_loop(stmt) || stmt->kind == STMT_IF || stmt->kind == STMT_BLOCK;
        if (!in_order) { /* an arm may fall into the next */
            struct block alone = {0};
            block_add(last->unit, &alone, stmt);
            block_walk(&alone, note_stmt, last);
        }
        last->loop = is_loop(stmt) ? stmt : outer;
        if (stmt->kind == STMT_IF)
            go_back_arms(last, stmt);
        else
            stmt_each_block(stmt, go_back, last);
        last->loop = outer;
        note_stmt(stmt, last);
    }
    size_t kept = 0;
    for (size_t k = 0; k < block->count; k++)
        if (block->items[k])
            block->items[kept++] = block->items[k];
    block->count = kept;
}

void clean_last(struct unit *unit, struct func *func) {
    struct last last = {.unit = unit};
    last.later = NEW_ARRAY(unit->arena, path_list, func->vars.count + 1);
    last.home = NEW_ARRAY(unit->arena, const struct stmt *, func->vars.count + 1);
    last.open = NEW_ARRAY(unit->arena, bool, func->vars.count + 1);
    settle(&func->body, &last);
    block_walk(&func->body, expose_stmt, &last);
    go_back(&func->body, &last);
}
