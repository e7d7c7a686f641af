/* targets: the functions that a pointer may lead to, from where its value comes from: names, choices between
 * them, tables, members of the function's own structs, arguments of the calls in this file. */
#include "ad/call.h"

static bool has_type_of(const struct func *func, const struct func *pointed) {
    bool same = func->param_count == pointed->param_count && type_same(func->result, pointed->result);
    for (size_t k = 0; same && k < func->param_count; k++)
        same = type_same(func->params[k]->type, pointed->params[k]->type);
    return same && !func->variadic && !func->through;
}

static void add_target(struct targets *t, struct func *func) {
    if (!has_type_of(func, t->pointed)) {
        t->unknown = true;
        return;
    }
    for (size_t k = 0; k < t->list.count; k++)
        if (t->list.items[k] == func)
            return;
    VEC_PUSH(t->unit->arena, t->list, func);
}

static void trace_value(struct targets *t, const struct expr *e);

/* Pointers of other types in the same struct are nobody's business here. */
static bool is_such_pointer(const struct targets *t, const struct type *type) {
    const struct type *target = type_is_pointer(type) ? type_strip(type_target(type)) : NULL;
    return target && target->kind == TYPE_FUNCTION && type_same(target->under, t->pointed->result);
}

static void trace_initializer(struct targets *t, const struct expr *e) {
    if (e->kind == EXPR_INIT)
        for (size_t k = 0; k < e->arg_count; k++)
            trace_initializer(t, e->args[k]);
    else if (is_such_pointer(t, e->type) || type_strip(e->type)->kind == TYPE_FUNCTION)
        trace_value(t, e);
}

struct definitions_of {
    struct targets *targets;
    const struct var *var;
};

static void trace_definition(struct stmt *stmt, void *data) {
    struct definitions_of *d = data;
    struct targets *t = d->targets;
    if (stmt->kind == STMT_DECL && stmt->u.decl.var == d->var && stmt->u.decl.init) {
        trace_initializer(t, stmt->u.decl.init);
        t->unknown |= type_is_record(stmt->u.decl.init->type) && stmt->u.decl.init->kind != EXPR_INIT;
    }
    if (!stmt->to || expr_root(stmt->to) != d->var)
        return;
    if (type_is_record(stmt->to->type) || (stmt->kind == STMT_CALL && is_such_pointer(t, stmt->to->type)))
        t->unknown = true;
    else if (stmt->kind == STMT_SET && is_such_pointer(t, stmt->to->type))
        trace_value(t, stmt->u.set.from);
}

struct arguments_of {
    struct targets *targets;
    const struct func *callee;
    size_t param;
    struct func *caller;
};

static void trace_argument(struct stmt *stmt, void *data) {
    struct arguments_of *a = data;
    struct func *func = a->targets->func;
    if (stmt->kind != STMT_CALL || stmt->u.call.callee != a->callee || a->param >= stmt->u.call.arg_count)
        return;
    a->targets->func = a->caller;
    trace_value(a->targets, stmt->u.call.args[a->param]);
    a->targets->func = func;
}

static bool mentions_function(struct expr *e, void *data) {
    struct arguments_of *a = data;
    a->targets->unknown |= e->kind == EXPR_FUNC && e->u.func == a->callee;
    return true;
}

static void find_mentions(struct expr **e, void *data) {
    expr_walk(*e, mentions_function, data);
}

static void note_mention(struct stmt *stmt, void *data) {
    stmt_each_expr(stmt, find_mentions, data);
}

/* Of a function that only this file calls, and by its name. */
static void trace_param(struct targets *t, const struct var *param) {
    size_t at = 0;
    while (at < t->func->param_count && t->func->params[at] != param)
        at++;
    struct arguments_of arguments = {t, t->func, at, NULL};
    if (!t->func->is_static || t->func->in_header) {
        t->unknown = true;
        return;
    }
    for (size_t k = 0; k < t->unit->funcs.count; k++) {
        arguments.caller = t->unit->funcs.items[k];
        t->unknown |= arguments.caller->defined && arguments.caller->unsupported != NULL;
        block_walk(&arguments.caller->body, trace_argument, &arguments);
        block_walk(&arguments.caller->body, note_mention, &arguments);
    }
}

/* ---- tables that are not const, but might be ------------------------------------------------- */

struct table {
    const struct var *var;
    bool changes;
};

static bool escapes(struct expr *e, void *data) {
    struct table *table = data;
    for (size_t k = 0; k < e->arg_count; k++)
        table->changes |=
            expr_root(e->args[k]) == table->var &&
            (e->kind == EXPR_ADDR || (type_is_array(e->args[k]->type) && e->kind != EXPR_INDEX));
    return !table->changes;
}

static void find_escape(struct expr **e, void *data) {
    struct table *table = data;
    table->changes |= type_is_array((*e)->type) && expr_root(*e) == table->var;
    expr_walk(*e, escapes, data);
}

static void find_change(struct stmt *stmt, void *data) {
    struct table *table = data;
    table->changes |= stmt->to && expr_root(stmt->to) == table->var;
    stmt_each_expr(stmt, find_escape, data);
}

static bool never_changes(struct unit *unit, const struct var *var) {
    struct table table = {var, false};
    for (size_t k = 0; k < unit->funcs.count && !table.changes; k++) {
        table.changes |= unit->funcs.items[k]->defined && unit->funcs.items[k]->unsupported;
        block_walk(&unit->funcs.items[k]->body, find_change, &table);
    }
    return !table.changes;
}

static void trace_variable(struct targets *t, const struct var *var) {
    struct definitions_of definitions = {t, var};
    for (size_t k = 0; k < t->seen.count; k++)
        if (t->seen.items[k] == var)
            return;
    VEC_PUSH(t->unit->arena, t->seen, var);
    if (var->function) {
        add_target(t, var->function);
        return;
    }
    if (var->kind == VAR_GLOBAL && (var->is_const || (var->is_static && never_changes(t->unit, var)))) {
        for (size_t k = 0; k < var->functions.count; k++)
            if (has_type_of(var->functions.items[k], t->pointed))
                add_target(t, var->functions.items[k]);
        return;
    }
    if (var->kind == VAR_GLOBAL || var->address_taken) {
        t->unknown = true;
        return;
    }
    if (var->kind == VAR_PARAM)
        trace_param(t, var);
    block_walk(&t->func->body, trace_definition, &definitions);
}

static void trace_value(struct targets *t, const struct expr *e) {
    while (e->kind == EXPR_CAST || e->kind == EXPR_NAMED)
        e = e->args[0];
    const struct expr *root = e;
    while ((root->kind == EXPR_FIELD && !type_is_pointer(root->args[0]->type)) ||
           (root->kind == EXPR_INDEX && type_is_array(root->args[0]->type)))
        root = root->args[0];
    if (e->kind == EXPR_FUNC)
        add_target(t, e->u.func);
    else if (e->kind == EXPR_COND) {
        trace_value(t, e->args[1]);
        trace_value(t, e->args[2]);
    } else if (root->kind == EXPR_VAR)
        trace_variable(t, root->u.var);
    else if (!work_is_null(e))
        t->unknown = true;
}

struct handed {
    const struct targets *targets;
    bool has_static;
};

static void note_handed(struct handed *handed, const struct func *func) {
    handed->has_static |= func->is_static && has_type_of(func, handed->targets->pointed);
}

static bool find_function(struct expr *e, void *data) {
    if (e->kind == EXPR_FUNC)
        note_handed(data, e->u.func);
    return true;
}

static void find_functions(struct expr **e, void *data) {
    expr_walk(*e, find_function, data);
}

static void find_handed(struct stmt *stmt, void *data) {
    stmt_each_expr(stmt, find_functions, data);
}

/* Functions that other files can name. The address of a static one is another in generated code, which has a
 * copy of it: if one is handed around, nothing can be said. */
static void add_public(struct targets *t) {
    struct handed handed = {t, false};
    for (size_t k = 0; k < t->unit->funcs.count; k++) {
        struct func *func = t->unit->funcs.items[k];
        block_walk(&func->body, find_handed, &handed);
        if (!func->is_static && func->defined && func != t->func && has_type_of(func, t->pointed))
            add_target(t, func);
    }
    for (size_t k = 0; k < t->unit->globals.count; k++)
        for (size_t m = 0; m < t->unit->globals.items[k]->functions.count; m++)
            note_handed(&handed, t->unit->globals.items[k]->functions.items[m]);
    if (handed.has_static)
        t->list.count = 0;
}

/* ---- the question ---------------------------------------------------------------------------- */

void targets_find(struct targets *targets, const struct var *pointer) {
    trace_variable(targets, pointer);
    if (targets->unknown)
        add_public(targets);
}
