/* finish: what a built function still lacks: the value it returns, and peace about parameters that it does
 * not need. */
#include "ad/private.h"
#include "clean/clean.h"

bool func_signature_mentions(const struct func *func, const struct var *var) {
    for (size_t k = 0; k < func->param_count; k++)
        for (const struct type *t = func->params[k]->type; t;
             t = type_is_pointer(t) || type_is_array(t) ? type_target(t) : NULL)
            if (type_is_array(t) && type_strip(t)->count && expr_mentions(type_strip(t)->count, var))
                return true;
    return false;
}

bool func_mentions(struct func *func, const struct var *var) {
    return block_mentions(&func->body, var) || func_signature_mentions(func, var);
}

/* Parameters first, as everywhere; parameters that were dropped are gone. */
static void order_vars(struct unit *unit, struct func *func) {
    struct var **all = func->vars.items;
    size_t count = func->vars.count;
    func->vars.items = NULL;
    func->vars.count = func->vars.capacity = 0;
    for (size_t k = 0; k < func->param_count; k++)
        VEC_PUSH(unit->arena, func->vars, func->params[k]);
    for (size_t k = 0; k < count; k++)
        if (all[k]->kind != VAR_PARAM)
            VEC_PUSH(unit->arena, func->vars, all[k]);
    for (size_t k = 0; k < func->vars.count; k++)
        func->vars.items[k]->id = (unsigned)k;
}

/* ---- names ----------------------------------------------------------------------------------- */

static bool note_function(struct expr *e, void *names) {
    if (e->kind == EXPR_MATH)
        map_put(names, e->u.name, names);
    return true;
}

static void note_functions(struct expr **e, void *names) {
    expr_walk(*e, note_function, names);
}

static void note_called(struct stmt *stmt, void *names) {
    if (stmt->kind == STMT_CALL)
        map_put(names, stmt->u.call.callee->name, names);
    stmt_each_expr(stmt, note_functions, names);
}

/* `double f(double x, double log)`: the derivative of pow(x, log) calls log. */
static void unhide_functions(struct unit *unit, struct func *func) {
    struct map *names = map_create(unit->arena);
    block_walk(&func->body, note_called, names);
    for (size_t k = 0; k < func->vars.count; k++) {
        struct var *var = func->vars.items[k];
        if (map_get(names, var->name) && var->kind != VAR_GLOBAL)
            var->name = func_fresh_name(unit, func, arena_printf(unit->arena, "%s_value", var->name));
    }
}

/* ---- the function ---------------------------------------------------------------------------- */

void finish_func(struct work *work, struct func *func) {
    struct unit *unit = work->ad->unit;
    struct block body = {0};
    order_vars(unit, func);
    clean_last(unit, func);
    clean_dead(unit, func);
    clean_signs(&func->body);
    unhide_functions(unit, func);
    for (size_t k = 0; k < func->param_count; k++)
        if (!func_mentions(func, func->params[k]))
            block_add(unit, &body,
                      stmt_raw(unit, arena_printf(unit->arena, "(void)%s;", func->params[k]->name)));
    block_append(unit, &body, &func->body);
    func->body = body;
}

/* ---- the returned value ---------------------------------------------------------------------- */

struct assignments {
    const struct var *result;
    unsigned count;
};

static void count_assignment(struct stmt *stmt, void *data) {
    struct assignments *a = data;
    a->count += stmt->kind == STMT_SET && stmt->to->kind == EXPR_VAR && stmt->to->u.var == a->result;
}

void declare_result(struct work *work, struct block *forward) {
    struct unit *unit = work->ad->unit;
    struct assignments a = {work->result, 0};
    if (!work->result)
        return;
    block_walk(forward, count_assignment, &a);
    for (size_t k = 0; k < forward->count; k++) {
        struct stmt *stmt = forward->items[k];
        if (a.count != 1 || stmt->kind != STMT_SET || stmt->to->kind != EXPR_VAR ||
            stmt->to->u.var != work->result)
            continue;
        struct stmt *decl = stmt_decl(unit, work->result, stmt->u.set.from);
        decl->comment = stmt->comment;
        decl->trailing = stmt->trailing;
        forward->items[k] = decl;
        return;
    }
    struct expr *zero = type_is_arith(work->result->type) ? expr_zero(unit, work->result->type) : NULL;
    block_add(unit, &work->hoisted, stmt_decl(unit, work->result, zero));
}

void return_result(struct work *work, struct func *func) {
    struct unit *unit = work->ad->unit;
    struct block *body = &func->body;
    if (!work->result)
        return;
    struct stmt *last = body->count ? body->items[body->count - 1] : NULL;
    if (last && last->kind == STMT_DECL && last->u.decl.var == work->result && last->u.decl.init) {
        struct stmt *value = stmt_return(unit, last->u.decl.init);
        value->comment = last->comment;
        value->trailing = last->trailing;
        body->items[body->count - 1] = value;
        return;
    }
    block_add(unit, body, stmt_return(unit, expr_var(unit, work->result)));
}
