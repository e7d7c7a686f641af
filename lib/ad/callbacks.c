/* callbacks: `integrate(f, a, b)`. A call that hands over functions by their names is turned into the call of
 * a copy of the callee in which those are called directly. The copies keep the parameters, so the original
 * can be called in their place where only the value is wanted. What calls a pointer then still is refused. */
#include "ad/call.h"

#include <string.h>

struct callbacks {
    struct unit *unit;
    const struct rules *rules;
    struct map *copies; /* by callee and what is handed over */
};

/* A copy on its way: passed[k] is the argument that stands for parameter k, NULL where none is known. */
struct specialization {
    struct callbacks *callbacks;
    struct func *origin, *copy;
    struct expr **passed;
};

/* ---- what is handed over ----------------------------------------------------------------------- */

static const struct expr *without_casts(const struct expr *e) {
    while (e->kind == EXPR_CAST)
        e = e->args[0];
    return e;
}

static struct func *passed_function(const struct expr *arg) {
    const struct expr *e = without_casts(arg);
    return e->kind == EXPR_FUNC ? e->u.func : NULL;
}

struct assigned {
    const struct var *var;
    bool found;
};

static void find_assigned(struct stmt *stmt, void *data) {
    struct assigned *assigned = data;
    const struct expr *to = stmt->kind == STMT_SET || stmt->kind == STMT_CALL ? stmt->to : NULL;
    assigned->found |= to && to->kind == EXPR_VAR && to->u.var == assigned->var;
}

static bool is_kept(struct func *func, const struct var *param) {
    struct assigned assigned = {param, param->address_taken};
    block_walk(&func->body, find_assigned, &assigned);
    return !assigned.found;
}

static bool has_static_state(const struct func *func) {
    for (size_t k = 0; k < func->vars.count; k++)
        if (func->vars.items[k]->kind == VAR_STATIC_LOCAL && !func->vars.items[k]->is_const)
            return true;
    return false;
}

static bool can_specialize(const struct callbacks *c, const struct func *callee) {
    return callee->defined && !callee->unsupported && !callee->inactive && !callee->custom_vjp &&
           !callee->custom_jvp && !callee->variadic && !has_static_state(callee) &&
           !rules_call(c->rules, callee->name);
}

/* ---- the copy ---------------------------------------------------------------------------------- */

static void copy_vars(struct specialization *s, struct copy_map *map) {
    struct unit *unit = s->callbacks->unit;
    for (size_t k = 0; k < s->origin->vars.count; k++) {
        const struct var *old = s->origin->vars.items[k];
        struct var *var = func_add_var(unit, s->copy, old->kind, old->name, type_copy(map, old->type));
        unsigned id = var->id;
        struct type *type = var->type;
        *var = *old;
        var->id = id;
        var->type = type;
        var->written = old->written ? type_copy(map, old->written) : NULL;
        if (k < s->origin->param_count && s->passed[k])
            var->function = passed_function(s->passed[k]);
        map->vars[k] = expr_var(unit, var);
    }
}

static void specialize_call(struct stmt *stmt, void *data) {
    struct specialization *s = data;
    if (stmt->kind != STMT_CALL)
        return;
    for (size_t k = 0; k < stmt->u.call.arg_count; k++) {
        const struct expr *arg = without_casts(stmt->u.call.args[k]);
        bool known = arg->kind == EXPR_VAR && arg->u.var->kind == VAR_PARAM && s->passed[arg->u.var->id];
        struct copy_map same = {s->callbacks->unit, NULL, 0};
        if (known)
            stmt->u.call.args[k] = expr_copy(&same, s->passed[arg->u.var->id]);
    }
    const struct var *through = stmt->u.call.callee->through;
    if (through && through->kind == VAR_PARAM && s->passed[through->id])
        call_directly(s->callbacks->unit, s->callbacks->rules, stmt, passed_function(s->passed[through->id]));
}

static const char *copy_name(const struct callbacks *c, const char *key) {
    const struct unit *unit = c->unit;
    const char *name = key;
    while (unit_find_func(unit, name) || unit_find_global(unit, name) || map_get(unit->identifiers, name))
        name = arena_printf(unit->arena, "%s_", name);
    return name;
}

static struct func *specialize(struct callbacks *c, struct func *origin, struct expr **passed,
                               const char *key) {
    struct unit *unit = c->unit;
    struct func *copy = func_new(unit, copy_name(c, key), origin->result);
    struct specialization s = {c, origin, copy, passed};
    struct copy_map map = {unit, NEW_ARRAY(unit->arena, struct expr *, origin->vars.count + 1),
                           origin->vars.count};
    copy->original = origin->original ? origin->original : origin;
    copy->is_static = true;
    copy->defined = true;
    copy->in_input = origin->in_input;
    copy->in_header = origin->in_header;
    copy->no_return = origin->no_return;
    copy->loc = origin->loc;
    copy->openmp = origin->openmp;
    map_put(c->copies, key, copy);
    copy_vars(&s, &map);
    block_copy(&map, &copy->body, &origin->body);
    block_walk(&copy->body, specialize_call, &s);
    VEC_PUSH(unit->arena, unit->funcs, copy);
    return copy;
}

/* ---- calls ------------------------------------------------------------------------------------- */

static void resolve_call(struct stmt *stmt, void *data) {
    struct callbacks *c = data;
    if (stmt->kind != STMT_CALL || !can_specialize(c, stmt->u.call.callee))
        return;
    struct func *callee = stmt->u.call.callee;
    struct expr **passed = NEW_ARRAY(c->unit->arena, struct expr *, callee->param_count + 1);
    const char *key = callee->name;
    bool any = false;
    for (size_t k = 0; k < callee->param_count && k < stmt->u.call.arg_count; k++) {
        struct func *function = passed_function(stmt->u.call.args[k]);
        if (!function || !is_kept(callee, callee->params[k]))
            continue;
        passed[k] = stmt->u.call.args[k];
        key = arena_printf(c->unit->arena, "%s_%s", key, function->name);
        any = true;
    }
    if (!any)
        return;
    struct func *copy = map_get(c->copies, key);
    stmt->u.call.callee = copy ? copy : specialize(c, callee, passed, key);
}

/* ---- what is left ------------------------------------------------------------------------------ */

static void find_pointer_call(struct stmt *stmt, void *data) {
    struct func *func = data;
    if (stmt->kind != STMT_CALL || !stmt->u.call.callee->through || func->unsupported)
        return;
    func->unsupported =
        "the functions that this pointer may lead to are not known here, or are static and only "
        "known in the input's own file: call the function by its name";
    func->unsupported_loc = stmt->loc;
}

void callbacks_resolve(struct unit *unit, const struct rules *rules) {
    struct callbacks c = {unit, rules, map_create(unit->arena)};
    for (size_t k = 0; k < unit->funcs.count; k++) /* copies come in behind */
        if (unit->funcs.items[k]->defined && !unit->funcs.items[k]->unsupported)
            block_walk(&unit->funcs.items[k]->body, resolve_call, &c);
    dispatch_resolve(unit, rules);
    for (size_t k = 0; k < unit->funcs.count; k++)
        if (unit->funcs.items[k]->defined && !unit->funcs.items[k]->unsupported)
            block_walk(&unit->funcs.items[k]->body, find_pointer_call, unit->funcs.items[k]);
}
