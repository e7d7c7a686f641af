/* allocate: memory that the function allocates is given a form in which its companion can be found: each
 * allocation has a variable of its own, of the right type, in the block where the memory is used. */
#include "ad/private.h"

#include <string.h>

/* ---- p = (T *)malloc(n) ---------------------------------------------------------------------- */

static struct expr *under_casts(struct expr *e) {
    while (e && e->kind == EXPR_CAST)
        e = e->args[0];
    return e;
}

/* The statement that takes the untyped pointer on, if that is all that ever happens to it. */
static struct stmt *typed_use(struct work *work, struct stmt *call, struct stmt *next) {
    if (call->kind != STMT_CALL || !call->to || call->to->kind != EXPR_VAR || !next ||
        !type_is_pointer(call->to->type) || !type_is_void(type_target(call->to->type)))
        return NULL;
    struct expr *value = under_casts(linear_value(next));
    struct var *pointer = call->to->u.var;
    if (!value || value->kind != EXPR_VAR || value->u.var != pointer || next->kind == STMT_RETURN)
        return NULL;
    return block_mentions(&work->func->body, pointer) == 2 ? next : NULL;
}

static void type_block(struct block *block, void *data) {
    struct work *work = data;
    struct unit *unit = work->ad->unit;
    struct block out = {0};
    for (size_t k = 0; k < block->count; k++) {
        struct stmt *stmt = block->items[k];
        struct stmt *use = typed_use(work, stmt, k + 1 < block->count ? block->items[k + 1] : NULL);
        stmt_each_block(stmt, type_block, work);
        if (use && use->kind == STMT_DECL) {
            block_add(unit, &out, stmt_decl(unit, use->u.decl.var, NULL));
            stmt->to = expr_var(unit, use->u.decl.var);
        } else if (use) {
            stmt->to = use->to;
        }
        block_add(unit, &out, stmt);
        k += use != NULL;
    }
    *block = out;
}

/* ---- void *p = malloc(n); if (!p) ...; T *q = p ----------------------------------------------- */

struct typing {
    struct work *work;
    struct type **types; /* by var->id: what the pointer turns into */
    bool *mixed;         /* more than one type, or its address is taken */
    bool changed;
};

static bool is_untyped(const struct var *var) {
    return var->kind == VAR_LOCAL && type_is_pointer(var->type) && type_is_void(type_target(var->type));
}

static void want(struct typing *typing, const struct var *var, struct type *type) {
    if (!typing->types[var->id]) {
        typing->types[var->id] = type;
        typing->changed = true;
    } else if (!type_same(typing->types[var->id], type)) {
        typing->mixed[var->id] = true;
    }
}

static void follow_value(struct stmt *stmt, void *data) {
    struct typing *typing = data;
    struct expr *value = under_casts(linear_value(stmt));
    struct type *to = stmt->kind == STMT_DECL ? stmt->u.decl.var->type : stmt->to ? stmt->to->type : NULL;
    const struct var *target = stmt->kind == STMT_DECL                  ? stmt->u.decl.var
                               : stmt->to && stmt->to->kind == EXPR_VAR ? stmt->to->u.var
                                                                        : NULL;
    if (stmt->kind == STMT_CALL || !value || value->kind != EXPR_VAR || !is_untyped(value->u.var) || !to ||
        !type_is_pointer(to))
        return;
    if (target && is_untyped(target))
        to = typing->types[target->id];
    if (to)
        want(typing, value->u.var, to);
}

static bool note_addressed(struct expr *e, void *data) {
    struct typing *typing = data;
    if (e->kind == EXPR_ADDR && e->args[0]->kind == EXPR_VAR && e->args[0]->u.var->kind == VAR_LOCAL)
        typing->mixed[e->args[0]->u.var->id] = true;
    if (e->kind == EXPR_CAST && e->args[0]->kind == EXPR_VAR && is_untyped(e->args[0]->u.var) &&
        !type_is_pointer(e->type))
        typing->mixed[e->args[0]->u.var->id] = true;
    return true;
}

static void note_stmt_uses(struct stmt *stmt, void *typing) {
    stmt_walk_exprs(stmt, note_addressed, typing);
}

static bool retype(struct expr *e, void *data) {
    (void)data;
    if (e->kind == EXPR_VAR && e->u.var->kind == VAR_LOCAL && type_is_pointer(e->type))
        e->type = e->u.var->type;
    return true;
}

static void retype_stmt(struct stmt *stmt, void *data) {
    stmt_walk_exprs(stmt, retype, data);
}

/* Checked against null, handed on, and at last converted: an untyped pointer that ends up as one type is of
 * that type. */
static void type_variables(struct work *work) {
    struct func *func = work->func;
    struct typing typing = {work, NEW_ARRAY(work->ad->arena, struct type *, func->vars.count + 1),
                            NEW_ARRAY(work->ad->arena, bool, func->vars.count + 1), true};
    while (typing.changed) {
        typing.changed = false;
        block_walk(&func->body, follow_value, &typing);
    }
    block_walk(&func->body, note_stmt_uses, &typing);
    for (size_t k = 0; k < func->vars.count; k++)
        if (typing.types[k] && !typing.mixed[k] && !type_is_void(type_target(typing.types[k])))
            func->vars.items[k]->type = type_strip(typing.types[k]);
    block_walk(&func->body, retype_stmt, NULL);
}

void type_allocations(struct work *work) {
    type_block(&work->func->body, work);
    type_variables(work);
}

/* ---- if (c) p = malloc(n) -------------------------------------------------------------------- */

/* A branch of an `if`, and under which condition control comes there. */
struct branch {
    struct work *work;
    struct block *before; /* of the outermost `if` */
    struct expr *wanted;  /* NULL: always */
};

/* The pointer goes on to a variable that the branch does not declare. */
static bool leaves_branch(const struct block *block, size_t at, const struct var *memory) {
    const struct stmt *next = at + 1 < block->count ? block->items[at + 1] : NULL;
    const struct expr *value = next ? under_casts(linear_value(next)) : NULL;
    if (!next || next->kind != STMT_SET || next->to->kind != EXPR_VAR || next->to->u.var->kind != VAR_LOCAL)
        return false;
    for (size_t k = 0; k < at; k++)
        if (block->items[k]->kind == STMT_DECL && block->items[k]->u.decl.var == next->to->u.var)
            return false;
    return value && value->kind == EXPR_VAR && value->u.var == memory;
}

static bool is_declared_before(const struct block *block, size_t at, const struct var *var) {
    for (size_t k = 0; k < at; k++)
        if (block->items[k]->kind == STMT_DECL && block->items[k]->u.decl.var == var)
            return !block->items[k]->u.decl.init;
    return false;
}

static bool is_plain_allocation(const struct work *work, const struct stmt *call) {
    const char *name = call->u.call.callee->name;
    return work_is_alloc(work, call) && (strcmp(name, "malloc") == 0 || strcmp(name, "calloc") == 0);
}

/* Before the pointer that walks in the memory: the reverse sweep gives variables back in the order of their
 * declarations. */
static void declare_before(struct unit *unit, struct block *block, struct stmt *decl,
                           const struct var *user) {
    size_t at = 0;
    while (at < block->count && (block->items[at]->kind != STMT_DECL || block->items[at]->u.decl.var != user))
        at++;
    block_insert(unit, block, at, decl);
}

/* `wanted ? malloc(n) : NULL`, that the reverse sweep can do alike. */
static void allocate_early(const struct branch *branch, struct stmt *decl, struct stmt *call,
                           const struct var *user) {
    struct unit *unit = branch->work->ad->unit;
    struct types *types = unit->types;
    const struct call_rule *rule = rules_call(branch->work->ad->rules, call->u.call.callee->name);
    struct type *size = type_named(types, "size_t", type_scalar(types, SCALAR_ULONG));
    struct type *params[] = {type_scalar(types, SCALAR_INT), size, size};
    struct copy_map same = {unit, NULL, 0};
    struct expr **args = NEW_ARRAY(unit->arena, struct expr *, 3);
    size_t count = call->u.call.arg_count;
    args[0] = expr_copy(&same, branch->wanted);
    for (size_t k = 0; k < count; k++)
        args[k + 1] = call->u.call.args[k];
    call->u.call.callee = runtime_func(branch->work->ad, rule->zeroed ? "cgrad_calloc_if" : "cgrad_malloc_if",
                                       call->u.call.callee->result, params, count + 1);
    call->u.call.args = args;
    call->u.call.arg_count = count + 1;
    declare_before(unit, branch->before, decl, user);
    block_add(unit, branch->before, call);
}

static struct expr *both(struct unit *unit, struct expr *outer, struct expr *cond) {
    struct copy_map same = {unit, NULL, 0};
    cond = expr_copy(&same, cond);
    if (!type_is_int(cond->type)) /* `if (p)`: it is going to be a number */
        cond = expr_binary(unit, BINARY_NE, cond, expr_zero(unit, cond->type));
    return outer ? expr_binary(unit, BINARY_LAND, expr_copy(&same, outer), cond) : cond;
}

static void look_into(const struct branch *branch, struct stmt *stmt);

static bool mentions_pointer(struct expr *e, void *data) {
    bool *found = data;
    *found |= type_is_pointer(e->type);
    return !*found;
}

static bool has_fixed_arguments(const struct stmt *call) {
    bool pointer = false;
    for (size_t k = 0; k < call->u.call.arg_count; k++)
        expr_walk(call->u.call.args[k], mentions_pointer, &pointer);
    return !pointer;
}

static struct block without(struct unit *unit, const struct block *block, size_t decl, size_t call) {
    struct block left = {0};
    for (size_t k = 0; k < block->count; k++)
        if (k != decl && k != call)
            block_add(unit, &left, block->items[k]);
    return left;
}

/* Allocations at the beginning of the branch, before anything changes what their sizes and the conditions are
 * computed from. */
static void look_at_branch(const struct branch *branch, struct block *block) {
    bool pointers_set = false;
    for (size_t k = 0; k < block->count; k++) {
        struct stmt *stmt = block->items[k];
        struct var *memory = stmt->to && stmt->to->kind == EXPR_VAR ? stmt->to->u.var : NULL;
        bool known = stmt->kind == STMT_CALL && memory && is_plain_allocation(branch->work, stmt);
        if (stmt->kind == STMT_DECL && !stmt->u.decl.init)
            continue;
        if (stmt->kind == STMT_IF && !pointers_set)
            look_into(branch, stmt);
        if (stmt->kind == STMT_SET && type_is_pointer(stmt->to->type) && stmt->to->kind == EXPR_VAR) {
            pointers_set = true;
            continue;
        }
        if (!known || !is_declared_before(block, k, memory) || !leaves_branch(block, k, memory) ||
            (pointers_set && !has_fixed_arguments(stmt)))
            return;
        size_t decl = 0;
        while (block->items[decl]->kind != STMT_DECL || block->items[decl]->u.decl.var != memory)
            decl++;
        allocate_early(branch, block->items[decl], stmt, block->items[k + 1]->to->u.var);
        *block = without(branch->work->ad->unit, block, decl, k);
        k -= 2;
    }
}

static void look_into(const struct branch *branch, struct stmt *stmt) {
    struct unit *unit = branch->work->ad->unit;
    struct branch then = *branch, other = *branch;
    then.wanted = both(unit, branch->wanted, stmt->u.branch.cond);
    other.wanted = both(unit, branch->wanted, expr_unary(unit, UNARY_LNOT, stmt->u.branch.cond));
    look_at_branch(&then, &stmt->u.branch.then);
    look_at_branch(&other, &stmt->u.branch.other);
}

static void allocate_block(struct block *block, void *data) {
    struct work *work = data;
    struct block out = {0};
    for (size_t k = 0; k < block->count; k++) {
        struct branch branch = {work, &out, NULL};
        if (block->items[k]->kind == STMT_IF)
            look_into(&branch, block->items[k]);
        stmt_each_block(block->items[k], allocate_block, work);
        block_add(work->ad->unit, &out, block->items[k]);
    }
    *block = out;
}

void allocate_before_branches(struct work *work) {
    allocate_block(&work->func->body, work);
}
