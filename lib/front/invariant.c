/* invariant: what running a block leaves unchanged: the bounds of counted loops.
 *
 * Variables that nobody points to change only by assignments to them. For memory there is C's own rule
 * (C11 6.5p7): a store as double changes no int. Two fields of one struct type with different names are
 * apart, too. What a called function may store to is summed up over its body and its callees (summary.c).
 */
#include "front/front_private.h"

#include <string.h>

/* ---- mentions and assignments ------------------------------------------------------------------- */

struct search {
    const struct var *var;
    bool found;
};

static bool search_expr(struct expr *expr, void *data) {
    struct search *search = data;
    search->found |= expr->kind == EXPR_VAR && expr->u.var == search->var;
    return !search->found;
}

bool front_expr_mentions(struct expr *expr, const struct var *var) {
    struct search search = {var, false};
    expr_walk(expr, search_expr, &search);
    return search.found;
}

static void search_slot(struct expr **expr, void *data) {
    if (*expr)
        expr_walk(*expr, search_expr, data);
}

static void search_stmt(struct stmt *stmt, void *data) {
    struct search *search = data;
    stmt_each_expr(stmt, search_slot, search);
    search->found |= stmt->kind == STMT_DECL && stmt->u.decl.var == search->var;
    search->found |= stmt->kind == STMT_FOR && stmt->u.loop.index == search->var;
}

bool front_mentions(struct block *block, size_t from, const struct var *var) {
    if (from >= block->count)
        return false;
    struct search search = {var, false};
    struct block rest = {.items = block->items + from, .count = block->count - from};
    block_walk(&rest, search_stmt, &search);
    return search.found;
}

static bool is_part_of(const struct expr *lvalue, const struct var *var) {
    for (;;) {
        if (lvalue->kind == EXPR_VAR)
            return lvalue->u.var == var;
        bool part = (lvalue->kind == EXPR_INDEX || lvalue->kind == EXPR_FIELD) &&
                    !type_is_pointer(lvalue->args[0]->type);
        if (!part)
            return false;
        lvalue = lvalue->args[0];
    }
}

static void search_assignment(struct stmt *stmt, void *data) {
    struct search *search = data;
    search->found |= stmt->to && is_part_of(stmt->to, search->var);
    search->found |= stmt->kind == STMT_FOR && stmt->u.loop.index == search->var;
    search->found |= stmt->kind == STMT_DECL && stmt->u.decl.var == search->var;
}

bool front_assigns(struct block *block, const struct var *var) {
    struct search search = {var, false};
    block_walk(block, search_assignment, &search);
    return search.found;
}

/* ---- memory ------------------------------------------------------------------------------------- */

/* One access: the type it is made as, and the field if it is one. */
struct access {
    struct lower *lower;
    unsigned classes;
    const struct record *record;
    const char *field;
    bool clash;
};

static bool is_shared(const struct var *var) {
    return var->address_taken || var->kind == VAR_GLOBAL || var->kind == VAR_STATIC_LOCAL ||
           type_is_array(var->type) || type_is_record(var->type);
}

static const struct record *field_record(const struct expr *lvalue) {
    const struct type *base = lvalue->args[0]->type;
    const struct type *record = type_strip(type_is_pointer(base) ? type_target(base) : base);
    return record->kind == TYPE_RECORD && !record->record->is_union ? record->record : NULL;
}

static void describe(struct access *access, const struct expr *lvalue) {
    access->classes = front_access_class(lvalue->type);
    access->record = lvalue->kind == EXPR_FIELD ? field_record(lvalue) : NULL;
    access->field = access->record ? lvalue->u.name : NULL;
}

/* Whether a store to `lvalue` may change what is accessed. */
static bool may_overlap(const struct access *access, const struct expr *lvalue) {
    struct access store = {0};
    describe(&store, lvalue);
    bool both_fields = store.record && store.record == access->record;
    if (both_fields && strcmp(store.field, access->field) != 0)
        return false;
    return (store.classes & access->classes) || ((store.classes | access->classes) & STORES_ANYTHING);
}

static enum role role_of(const struct call_rule *rule, size_t index) {
    return index < rule->param_count ? rule->roles[index] : rule->rest_role;
}

/* memcpy(v, x, size) stores doubles if v points to doubles. */
static unsigned library_call_stores(const struct call_rule *rule, const struct stmt *call) {
    unsigned stores = 0;
    for (size_t i = 0; i < call->u.call.arg_count; i++) {
        const struct expr *arg = call->u.call.args[i];
        enum role role = role_of(rule, i);
        while (arg->kind == EXPR_CAST &&
               (type_is_pointer(arg->args[0]->type) || type_is_array(arg->args[0]->type)))
            arg = arg->args[0];
        if ((role == ROLE_OUT || role == ROLE_INOUT) &&
            (type_is_pointer(arg->type) || type_is_array(arg->type)))
            stores |= front_access_class(type_target(arg->type));
    }
    return stores;
}

static unsigned call_stores(struct lower *lower, const struct stmt *call) {
    const struct func *callee = call->u.call.callee;
    const struct call_rule *rule = rules_call(lower->front->rules, callee->name);
    return rule ? library_call_stores(rule, call) : front_call_stores(lower->front, callee);
}

static void search_store(struct stmt *stmt, void *data) {
    struct access *access = data;
    if (stmt->to)
        access->clash |= may_overlap(access, stmt->to);
    if (stmt->kind == STMT_CALL) {
        unsigned stores = call_stores(access->lower, stmt);
        access->clash |= (stores & (access->classes | STORES_ANYTHING)) != 0;
        access->clash |= stores && (access->classes & STORES_ANYTHING);
    }
}

struct invariance {
    struct lower *lower;
    struct block *block;
    bool changed;
};

static bool memory_changes(struct invariance *question, const struct expr *lvalue) {
    struct access access = {.lower = question->lower};
    describe(&access, lvalue);
    block_walk(question->block, search_store, &access);
    return access.clash;
}

static bool variable_changes(struct invariance *question, const struct expr *expr) {
    const struct var *var = expr->u.var;
    if (front_assigns(question->block, var))
        return true;
    return is_shared(var) && !var->is_const && type_is_scalar(var->type) && memory_changes(question, expr);
}

static bool inspect(struct expr *expr, void *data) {
    struct invariance *question = data;
    if (expr->kind == EXPR_VAR && type_is_scalar(expr->type))
        question->changed |= variable_changes(question, expr);
    else if ((expr->kind == EXPR_INDEX || expr->kind == EXPR_DEREF || expr->kind == EXPR_FIELD) &&
             type_is_scalar(expr->type))
        question->changed |= memory_changes(question, expr);
    return !question->changed && expr->kind != EXPR_SIZEOF;
}

bool front_unchanged_by(struct lower *lower, const struct expr *expr, struct block *block) {
    struct invariance question = {lower, block, false};
    expr_walk(front_copy(lower, expr), inspect, &question);
    return !question.changed;
}
