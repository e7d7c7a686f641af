/* copy: deep copies with variables replaced. Nothing of the original is shared but types, callees and
 * variables that stay. */
#include "ir/ir.h"

/* What replaces the variable, or NULL. Globals and statics have one instance, which a second one cannot stand
 * for; a static table of constants may well exist twice. */
static const struct expr *replacement(const struct copy_map *map, const struct var *var) {
    bool shared = var->kind == VAR_GLOBAL || (var->kind == VAR_STATIC_LOCAL && !var->is_const);
    if (!map->vars || shared || var->id >= map->var_count)
        return NULL;
    return map->vars[var->id];
}

/* Where C wants a variable: the index of a loop, a declaration. */
static struct var *copy_var(const struct copy_map *map, struct var *var) {
    const struct expr *fresh = replacement(map, var);
    if (!fresh)
        return var;
    if (fresh->kind != EXPR_VAR)
        BUG("'%s' is declared or counted and can only be replaced by a variable", var->name);
    return fresh->u.var;
}

/* ---- expressions and types -------------------------------------------------------------------- */

static struct expr **copy_exprs(const struct copy_map *map, struct expr *const *exprs, size_t count) {
    struct expr **copies = NEW_ARRAY(map->unit->arena, struct expr *, count);
    for (size_t i = 0; i < count; i++)
        copies[i] = expr_copy(map, exprs[i]);
    return copies;
}

struct expr *expr_copy(const struct copy_map *map, const struct expr *expr) {
    if (!expr)
        return NULL;
    const struct expr *fresh = expr->kind == EXPR_VAR ? replacement(map, expr->u.var) : NULL;
    if (fresh)
        return expr_copy(&(struct copy_map){.unit = map->unit}, fresh);
    struct expr *copy = NEW(map->unit->arena, struct expr);
    *copy = *expr;
    copy->type = type_copy(map, expr->type);
    copy->args = expr->arg_count ? copy_exprs(map, expr->args, expr->arg_count) : NULL;
    if (expr->kind == EXPR_SIZEOF)
        copy->u.of = type_copy(map, expr->u.of);
    if (expr->kind == EXPR_ADDR)
        expr_take_address(copy->args[0]);
    return copy;
}

struct mention {
    const struct copy_map *map;
    bool found;
};

static bool find_mention(struct expr *expr, void *data) {
    struct mention *mention = data;
    if (expr->kind == EXPR_VAR && replacement(mention->map, expr->u.var))
        mention->found = true;
    return !mention->found;
}

static struct expr *copy_count(const struct copy_map *map, struct expr *count) {
    struct mention mention = {map, false};
    if (count)
        expr_walk(count, find_mention, &mention);
    return mention.found ? expr_copy(map, count) : count;
}

/* Typedefs of arrays whose counts change lose their name, which stands for the old count. */
struct type *type_copy(const struct copy_map *map, struct type *type) {
    struct types *types = map->unit->types;
    if (!map->vars || (type->kind != TYPE_POINTER && type->kind != TYPE_ARRAY && type->kind != TYPE_NAMED))
        return type;
    struct type *under = type_copy(map, type->under);
    struct expr *count = type->kind == TYPE_ARRAY ? copy_count(map, type->count) : NULL;
    if (under == type->under && count == type->count)
        return type;
    if (type->kind == TYPE_ARRAY)
        return type_array(types, under, count);
    if (type->kind == TYPE_POINTER)
        under = type_pointer(types, under);
    return type_qualified(types, under, type->quals);
}

/* ---- statements ------------------------------------------------------------------------------- */

static struct block copy_of(const struct copy_map *map, const struct block *from) {
    struct block copy = {0};
    block_copy(map, &copy, from);
    return copy;
}

static void copy_arms(const struct copy_map *map, struct stmt *copy) {
    size_t count = copy->u.switch_.arm_count;
    struct switch_arm *arms = NEW_ARRAY(map->unit->arena, struct switch_arm, count);
    for (size_t i = 0; i < count; i++) {
        arms[i] = copy->u.switch_.arms[i];
        arms[i].values = copy_exprs(map, arms[i].values, arms[i].value_count);
        arms[i].body = copy_of(map, &arms[i].body);
    }
    copy->u.switch_.arms = arms;
}

static void copy_loop(const struct copy_map *map, struct stmt *copy) {
    copy->u.loop.index = copy_var(map, copy->u.loop.index);
    copy->u.loop.lo = expr_copy(map, copy->u.loop.lo);
    copy->u.loop.hi = expr_copy(map, copy->u.loop.hi);
    copy->u.loop.step = expr_copy(map, copy->u.loop.step);
    copy->u.loop.body = copy_of(map, &copy->u.loop.body);
}

/* Replaces the parts that `copy` still shares with its original. */
static void copy_parts(const struct copy_map *map, struct stmt *copy) {
    switch (copy->kind) {
    case STMT_DECL:
        copy->u.decl.var = copy_var(map, copy->u.decl.var);
        copy->u.decl.init = expr_copy(map, copy->u.decl.init);
        break;
    case STMT_SET: copy->u.set.from = expr_copy(map, copy->u.set.from); break;
    case STMT_CALL: copy->u.call.args = copy_exprs(map, copy->u.call.args, copy->u.call.arg_count); break;
    case STMT_IF:
        copy->u.branch.cond = expr_copy(map, copy->u.branch.cond);
        copy->u.branch.then = copy_of(map, &copy->u.branch.then);
        copy->u.branch.other = copy_of(map, &copy->u.branch.other);
        break;
    case STMT_FOR: copy_loop(map, copy); break;
    case STMT_WHILE:
        copy->u.while_.cond = expr_copy(map, copy->u.while_.cond);
        copy->u.while_.body = copy_of(map, &copy->u.while_.body);
        break;
    case STMT_SWITCH:
        copy->u.switch_.value = expr_copy(map, copy->u.switch_.value);
        copy_arms(map, copy);
        break;
    case STMT_BLOCK: copy->u.block = copy_of(map, &copy->u.block); break;
    case STMT_RETURN: copy->u.value = expr_copy(map, copy->u.value); break;
    case STMT_BREAK:
    case STMT_CONTINUE:
    case STMT_PUSH:
    case STMT_POP:
    case STMT_RAW: break;
    }
}

struct stmt *stmt_copy(const struct copy_map *map, const struct stmt *stmt) {
    struct stmt *copy = NEW(map->unit->arena, struct stmt);
    *copy = *stmt;
    copy->to = expr_copy(map, stmt->to);
    copy_parts(map, copy);
    return copy;
}

void block_copy(const struct copy_map *map, struct block *to, const struct block *from) {
    for (size_t i = 0; i < from->count; i++)
        block_add(map->unit, to, stmt_copy(map, from->items[i]));
}
