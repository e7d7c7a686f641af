/* paths: the ways through a statement and out of it; see exits.c.
 *
 * Paths that fall through are counted only where some leave: where none does, all of them meet again behind
 * the statement and count as one.
 */
#include "front/paths.h"

/* ---- which ways lead out of a statement ------------------------------------------------------- */

static unsigned switch_exits(const struct stmt *stmt) {
    unsigned exits = 0;
    for (size_t i = 0; i < stmt->u.switch_.arm_count; i++)
        exits |= paths_leaving_block(&stmt->u.switch_.arms[i].body);
    return exits & ~(unsigned)EXIT_BREAK;
}

unsigned paths_leaving(const struct stmt *stmt) {
    switch (stmt->kind) {
    case STMT_BREAK: return stmt->leaves ? stmt->leaves : EXIT_BREAK;
    case STMT_CONTINUE: return EXIT_CONTINUE;
    case STMT_RETURN: return EXIT_RETURN;
    case STMT_IF:
        return paths_leaving_block(&stmt->u.branch.then) | paths_leaving_block(&stmt->u.branch.other);
    case STMT_BLOCK: return paths_leaving_block(&stmt->u.block) & ~stmt->leaves;
    case STMT_SWITCH: return switch_exits(stmt);
    case STMT_FOR: return paths_leaving_block(&stmt->u.loop.body) & ~(unsigned)EXITS_OF_LOOP;
    case STMT_WHILE: return paths_leaving_block(&stmt->u.while_.body) & ~(unsigned)EXITS_OF_LOOP;
    case STMT_DECL:
    case STMT_SET:
    case STMT_CALL:
    case STMT_PUSH:
    case STMT_POP:
    case STMT_RAW: return 0;
    }
    return 0;
}

unsigned paths_leaving_block(const struct block *block) {
    unsigned exits = 0;
    for (size_t i = 0; i < block->count; i++)
        exits |= paths_leaving(block->items[i]);
    return exits;
}

static bool is_always_true(const struct expr *cond) {
    long long value;
    return expr_is_const_int(cond, &value) && value != 0;
}

/* A loop that control leaves by return or goto only, or never. */
bool paths_endless(const struct stmt *stmt) {
    return stmt->kind == STMT_WHILE && is_always_true(stmt->u.while_.cond) &&
           !(paths_leaving_block(&stmt->u.while_.body) & EXIT_BREAK);
}

/* ---- how many paths fall through; of statements whose insides are in normal form -------------- */

static unsigned block_falls(const struct block *block);

static const struct switch_arm *default_arm(const struct stmt *stmt) {
    for (size_t i = 0; i < stmt->u.switch_.arm_count; i++)
        if (stmt->u.switch_.arms[i].is_default)
            return &stmt->u.switch_.arms[i];
    return NULL;
}

static unsigned switch_falls(const struct stmt *stmt) {
    unsigned falls = default_arm(stmt) ? 0 : 1;
    for (size_t i = 0; i < stmt->u.switch_.arm_count; i++)
        falls += block_falls(&stmt->u.switch_.arms[i].body);
    return falls;
}

unsigned paths_falling(const struct stmt *stmt) {
    if (paths_leaving(stmt) == 0)
        return paths_endless(stmt) ? 0 : 1;
    switch (stmt->kind) {
    case STMT_IF: return block_falls(&stmt->u.branch.then) + block_falls(&stmt->u.branch.other);
    case STMT_BLOCK: return block_falls(&stmt->u.block);
    case STMT_SWITCH: return switch_falls(stmt);
    case STMT_BREAK:
    case STMT_CONTINUE:
    case STMT_RETURN: return 0;
    case STMT_FOR:
    case STMT_WHILE:
    case STMT_DECL:
    case STMT_SET:
    case STMT_CALL:
    case STMT_PUSH:
    case STMT_POP:
    case STMT_RAW: return 1;
    }
    return 1;
}

static unsigned block_falls(const struct block *block) {
    return block->count == 0 ? 1 : paths_falling(block->items[block->count - 1]);
}

/* ---- names: what moves into a block must not be captured by what the block declares ----------- */

static bool note_name(struct expr *expr, void *data);

static void note_type(struct type *type, struct map *names) {
    for (; type; type = type->under) {
        if (type->count)
            expr_walk(type->count, note_name, names);
        if (type->name)
            map_put(names, type->name, names);
    }
}

static bool note_name(struct expr *expr, void *data) {
    struct map *names = data;
    switch (expr->kind) {
    case EXPR_VAR: map_put(names, expr->u.var->name, names); break;
    case EXPR_FUNC: map_put(names, expr->u.func->name, names); break;
    case EXPR_MATH: map_put(names, expr->u.name, names); break;
    case EXPR_INT:
    case EXPR_NAMED: map_put(names, expr->u.text, names); break;
    case EXPR_SIZEOF: note_type(expr->u.of, names); break;
    case EXPR_CAST: note_type(expr->type, names); break;
    case EXPR_REAL:
    case EXPR_STRING:
    case EXPR_UNARY:
    case EXPR_BINARY:
    case EXPR_COND:
    case EXPR_INDEX:
    case EXPR_DEREF:
    case EXPR_ADDR:
    case EXPR_FIELD:
    case EXPR_INIT: break;
    }
    return true;
}

static void note_stmt(struct stmt *stmt, void *data) {
    stmt_walk_exprs(stmt, note_name, data);
    if (stmt->kind == STMT_CALL)
        map_put(data, stmt->u.call.callee->name, data);
    if (stmt->kind == STMT_DECL) {
        map_put(data, stmt->u.decl.var->name, data);
        note_type(stmt->u.decl.var->type, data);
    }
}

struct map *paths_names(struct unit *unit, struct block *block) {
    struct map *names = map_create(unit->arena);
    block_walk(block, note_stmt, names);
    return names;
}

/* Renames what the block declares itself if `names` has it. */
void paths_avoid_names(struct unit *unit, struct func *func, struct block *block, const struct map *names) {
    for (size_t i = 0; i < block->count; i++) {
        struct stmt *stmt = block->items[i];
        if (stmt->kind == STMT_DECL && map_get(names, stmt->u.decl.var->name))
            stmt->u.decl.var->name = func_fresh_name(unit, func, stmt->u.decl.var->name);
    }
}

/* ---- the one path that falls through ---------------------------------------------------------- */

struct path {
    struct unit *unit;
    struct func *func;
    const struct map *names; /* of what is going to move there */
};

static struct block *block_path(const struct path *path, struct block *block);

static struct block *add_default(struct unit *unit, struct stmt *stmt) {
    size_t count = stmt->u.switch_.arm_count;
    struct switch_arm *arms = NEW_ARRAY(unit->arena, struct switch_arm, count + 1);
    for (size_t i = 0; i < count; i++)
        arms[i] = stmt->u.switch_.arms[i];
    arms[count].is_default = true;
    stmt->u.switch_.arms = arms;
    stmt->u.switch_.arm_count = count + 1;
    return &arms[count].body;
}

static struct block *switch_path(const struct path *path, struct stmt *stmt) {
    for (size_t i = 0; i < stmt->u.switch_.arm_count; i++)
        if (block_falls(&stmt->u.switch_.arms[i].body))
            return block_path(path, &stmt->u.switch_.arms[i].body);
    return add_default(path->unit, stmt);
}

static struct block *block_path(const struct path *path, struct block *block) {
    paths_avoid_names(path->unit, path->func, block, path->names);
    struct stmt *last = block->count ? block->items[block->count - 1] : NULL;
    if (!last || paths_leaving(last) == 0)
        return block;
    if (last->kind == STMT_SWITCH)
        return switch_path(path, last);
    if (last->kind == STMT_BLOCK)
        return block_path(path, &last->u.block);
    if (last->kind != STMT_IF)
        BUG("no path falls through a statement of kind %d", (int)last->kind);
    return block_path(path, block_falls(&last->u.branch.then) ? &last->u.branch.then : &last->u.branch.other);
}

struct block *paths_find_end(struct unit *unit, struct func *func, struct stmt *stmt,
                             const struct map *names) {
    struct path path = {.unit = unit, .func = func, .names = names};
    struct block only = {.items = &stmt, .count = 1, .capacity = 1};
    return block_path(&path, &only);
}

/* Whether the only falling path ends in an arm of a switch. */
bool paths_end_in_switch(const struct stmt *stmt) {
    const struct block *next = NULL;
    if (paths_leaving(stmt) == 0)
        return false;
    if (stmt->kind == STMT_SWITCH)
        return true;
    if (stmt->kind == STMT_BLOCK)
        next = &stmt->u.block;
    else if (stmt->kind == STMT_IF)
        next = block_falls(&stmt->u.branch.then) ? &stmt->u.branch.then : &stmt->u.branch.other;
    return next && next->count && paths_end_in_switch(next->items[next->count - 1]);
}
