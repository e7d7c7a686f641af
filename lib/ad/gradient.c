/* gradient: f_grad is a wrapper of f_vjp: it sets adjoints to zero, seeds one dependent with 1, and lends
 * memory to adjoints that nobody wants. */
#include "ad/request.h"
#include "ad/workspace.h"

struct gradient {
    struct ad *ad;
    struct request *request;
    struct work work; /* only maps and companions */
    struct func *func, *vjp;
    struct block *body; /* where statements go: behind the early return */
};

/* A type T that holds pointers is set to zero by `void T_zero(T *)`, if there is such a function; NULL if
 * not. */
static const char *zero_function(struct ad *ad, const struct type *pointer) {
    const struct type *t = type_target(pointer)->plain;
    const char *type = t->kind == TYPE_NAMED ? t->name : t->kind == TYPE_RECORD ? t->record->tag : NULL;
    const char *name = arena_printf(ad->arena, "%s_zero", type ? type : "");
    const struct func *func = unit_find_func(ad->unit, name);
    return rules_call(ad->rules, name) || (func && func->param_count == 1) ? name : NULL;
}

static bool check_gradient(struct ad *ad, struct request *request) {
    struct diag *diag = ad->unit->diag;
    struct loc loc = request->text->loc;
    size_t dependents = request->outputs.count + request->result;
    long long extent;
    if (dependents != 1 || (request->result && !type_is_real(request->func->result))) {
        diag_report(diag, loc, ERR_GRAD_DEPENDENT, request->func->name, dependents);
        return false;
    }
    for (size_t k = 0; k < request->outputs.count; k++) {
        const struct item *item = &request->outputs.items[k];
        bool one = !item->extent || (expr_is_const_int(item->extent, &extent) && extent == 1);
        const struct type *type = item->var->type;
        if (!one || !type_is_real(type_is_pointer(type) ? type_target(type) : type)) {
            diag_report(diag, loc, ERR_GRAD_DEPENDENT, request->func->name, (size_t)2);
            return false;
        }
    }
    bool ok = true;
    for (size_t k = 0; k < request->inputs.count; k++) {
        const struct item *item = &request->inputs.items[k];
        const struct var *var = item->var;
        bool pointer = type_is_pointer(var->type), global = var->kind == VAR_GLOBAL;
        if (!pointer && !global)
            continue;
        if (pointer && type_is_void(type_target(var->type))) {
            diag_report(diag, loc, ERR_GRAD_VOID, var->name);
            ok = false;
        } else if (type_leads_to_reals(pointer ? type_target(var->type) : var->type)) {
            if (pointer && !global && request->inputs.count == 1 && zero_function(ad, var->type))
                continue;
            diag_report(diag, loc, ERR_GRAD_POINTERS, var->name);
            ok = false;
        } else if (pointer && !item->extent) {
            diag_report(diag, loc, ERR_GRAD_EXTENT, var->name, var->name, var->name);
            ok = false;
        }
    }
    return ok;
}

static struct expr *is_null(struct unit *unit, struct var *pointer) {
    return expr_unary(unit, UNARY_LNOT, expr_var(unit, pointer));
}

static struct expr **primal_arguments(struct gradient *g) {
    struct unit *unit = g->ad->unit;
    size_t count = g->request->func->param_count;
    struct expr **args = NEW_ARRAY(unit->arena, struct expr *, count + 1);
    for (size_t k = 0; k < count; k++)
        args[k] = expr_copy(&g->work.reverse_map, expr_var(unit, g->request->func->params[k]));
    return args;
}

static bool lists_global(const struct request *request) {
    for (size_t k = 0; k < request->inputs.count; k++)
        if (request->inputs.items[k].var->kind == VAR_GLOBAL)
            return true;
    return false;
}

/* If no derivative is wanted, the function is only evaluated. That of a global always is. */
static void evaluate_only(struct gradient *g) {
    struct unit *unit = g->ad->unit;
    struct expr *none = NULL;
    if (lists_global(g->request))
        return;
    for (size_t k = 0; k < g->request->inputs.count; k++) {
        struct var *companion = g->work.companions[g->request->inputs.items[k].var->id];
        none =
            none ? expr_binary(unit, BINARY_LAND, none, is_null(unit, companion)) : is_null(unit, companion);
    }
    struct stmt *branch = stmt_if(unit, none);
    struct func *primal = g->request->func;
    struct block *then = &branch->u.branch.then;
    if (g->ad->options->no_primal) {
        block_add(unit, then, stmt_return(unit, NULL));
    } else if (type_is_void(primal->result)) {
        block_add(unit, then, stmt_call(unit, NULL, primal, primal_arguments(g), primal->param_count));
        block_add(unit, then, stmt_return(unit, NULL));
    } else {
        struct var *value = func_add_var(unit, g->func, VAR_LOCAL, work_name(&g->work, g->func, "value"),
                                         primal->result->plain);
        block_add(unit, then, stmt_decl(unit, value, NULL));
        block_add(unit, then,
                  stmt_call(unit, expr_var(unit, value), primal, primal_arguments(g), primal->param_count));
        block_add(unit, then, stmt_return(unit, expr_var(unit, value)));
    }
    block_add(unit, g->body, branch);
    g->body = &branch->u.branch.other;
}

static struct expr *extent_bytes(struct gradient *g, const struct item *item, struct var *companion) {
    struct unit *unit = g->ad->unit;
    struct type *size = type_named(unit->types, "size_t", type_scalar(unit->types, SCALAR_ULONG));
    struct expr *count = expr_cast(unit, size, expr_copy(&g->work.reverse_map, item->extent), false);
    return expr_binary(unit, BINARY_MUL, count, expr_sizeof(unit, type_target(companion->type)));
}

/* A by-value independent that is not wanted is added to a local; an array to memory that the record holds. */
static void provide_scratch(struct gradient *g, struct var *record, const struct item *item) {
    struct unit *unit = g->ad->unit;
    struct var *companion = g->work.companions[item->var->id];
    struct stmt *branch = stmt_if(unit, is_null(unit, companion));
    if (!type_is_pointer(item->var->type)) {
        struct type *type = type_target(companion->type);
        struct var *local = func_add_var(
            unit, g->func, VAR_LOCAL,
            work_name(&g->work, g->func, arena_printf(unit->arena, "%s_unwanted", companion->name)),
            type->plain);
        block_add(unit, g->body, stmt_decl(unit, local, NULL));
        block_add(unit, &branch->u.branch.then,
                  stmt_set(unit, expr_var(unit, companion), expr_addr(unit, expr_var(unit, local)), false));
    } else {
        struct expr **args = NEW_ARRAY(unit->arena, struct expr *, 2);
        struct type *types[2];
        args[0] = expr_addr(unit, expr_var(unit, record));
        args[1] = extent_bytes(g, item, companion);
        types[0] = args[0]->type;
        types[1] = args[1]->type;
        struct func *alloc = runtime_func(g->ad, "cgrad_record_alloc",
                                          type_pointer(unit->types, type_void(unit->types)), types, 2);
        block_add(unit, &branch->u.branch.then, stmt_call(unit, expr_var(unit, companion), alloc, args, 2));
    }
    block_add(unit, g->body, branch);
}

static void clear_gradient(struct gradient *g, const struct item *item) {
    struct unit *unit = g->ad->unit;
    bool global = item->var->kind == VAR_GLOBAL;
    struct var *companion = global ? global_exported(&g->work, item->var) : g->work.companions[item->var->id];
    struct type *type = item->var->type;
    long long extent;
    if (type_is_pointer(type) && type_leads_to_reals(type_target(type))) {
        struct expr **args = NEW_ARRAY(unit->arena, struct expr *, 1);
        args[0] = expr_var(unit, companion);
        struct func *zero =
            runtime_func(g->ad, zero_function(g->ad, type), type_void(unit->types), &companion->type, 1);
        block_add(unit, g->body, stmt_call(unit, NULL, zero, args, 1));
    } else if (!type_is_pointer(type))
        adjoint_clear(&g->work,
                      global ? expr_var(unit, companion) : expr_deref(unit, expr_var(unit, companion)),
                      g->body);
    else if (expr_is_const_int(item->extent, &extent) && extent == 1)
        adjoint_clear(&g->work, expr_deref(unit, expr_var(unit, companion)), g->body);
    else
        clear_extent(&g->work, g->func, &g->work.reverse_map, expr_var(unit, companion), item->extent,
                     g->body);
}

static struct var *seed_outputs(struct gradient *g) {
    struct unit *unit = g->ad->unit;
    if (!g->request->outputs.count)
        return NULL;
    const struct var *var = g->request->outputs.items[0].var;
    bool pointer = type_is_pointer(var->type);
    struct type *type = companion_type(g->ad, pointer ? type_target(var->type) : var->type);
    if (var->kind == VAR_GLOBAL) {
        struct expr *companion = expr_var(unit, global_exported(&g->work, var));
        block_add(unit, g->body,
                  stmt_set(unit, pointer ? expr_deref(unit, companion) : companion,
                           expr_real(unit, "1.0", type), false));
        return NULL;
    }
    struct var *seed =
        func_add_var(unit, g->func, VAR_LOCAL, companion_name(&g->work, g->func, var->name), type);
    block_add(unit, g->body, stmt_decl(unit, seed, expr_real(unit, "1.0", type)));
    return seed;
}

static void call_vjp(struct gradient *g, struct var *seed, struct var *record) {
    struct unit *unit = g->ad->unit;
    struct expr **primal = primal_arguments(g);
    VEC(struct expr *) args = {0};
    for (size_t k = 0; k < g->request->func->param_count; k++) {
        const struct var *param = g->request->func->params[k];
        VEC_PUSH(unit->arena, args, primal[k]);
        if (request_item(g->request, param, false))
            VEC_PUSH(unit->arena, args, expr_var(unit, g->work.companions[k]));
        else if (request_item(g->request, param, true))
            VEC_PUSH(unit->arena, args, expr_addr(unit, expr_var(unit, seed)));
    }
    if (g->request->result)
        VEC_PUSH(unit->arena, args, expr_real(unit, "1.0", type_strip(g->request->func->result)));
    struct type *result = adjoint_result(g->ad, g->request);
    struct var *value = NULL;
    if (!type_is_void(result)) {
        value = func_add_var(unit, g->func, VAR_LOCAL, work_name(&g->work, g->func, "value"), result->plain);
        block_add(unit, g->body, stmt_decl(unit, value, NULL));
    }
    block_add(unit, g->body,
              stmt_call(unit, value ? expr_var(unit, value) : NULL, g->vjp, args.items, args.count));
    if (record) {
        struct expr **free_args = NEW_ARRAY(unit->arena, struct expr *, 1);
        free_args[0] = expr_addr(unit, expr_var(unit, record));
        struct type *types[] = {free_args[0]->type};
        struct func *release = runtime_func(g->ad, "cgrad_record_free", type_void(unit->types), types, 1);
        block_add(unit, g->body, stmt_call(unit, NULL, release, free_args, 1));
    }
    if (value)
        block_add(unit, g->body, stmt_return(unit, expr_var(unit, value)));
}

static void add_gradient_params(struct gradient *g) {
    struct func *origin = g->request->func;
    g->work.func = origin;
    prepare_maps(&g->work);
    for (size_t k = 0; k < origin->param_count; k++) {
        add_primal_param(&g->work, g->func, &g->work.reverse_map, k);
        if (request_item(g->request, origin->params[k], false))
            add_companion_param(&g->work, g->func, origin->params[k], false);
    }
}

static struct var *gradient_record(struct gradient *g) {
    struct unit *unit = g->ad->unit;
    size_t arrays = 0;
    for (size_t k = 0; k < g->request->inputs.count; k++)
        arrays += type_is_pointer(g->request->inputs.items[k].var->type) &&
                  g->request->inputs.items[k].var->kind == VAR_PARAM;
    if (g->request->inputs.count < 2 || !arrays)
        return NULL;
    struct var *record = func_add_var(unit, g->func, VAR_LOCAL, work_name(&g->work, g->func, "record"),
                                      type_opaque(unit->types, "cgrad_record"));
    g->work.record_var = record;
    declare_record(&g->work, g->body);
    return record;
}

/* Zero, then the vector-Jacobian product with seed 1. */
void request_gradient(struct ad *ad, struct request *request) {
    struct gradient g = {.ad = ad, .request = request};
    if (!check_gradient(ad, request) || !(g.vjp = request_vjp(ad, request, false)))
        return;
    g.func = request_func(ad, request, "grad", adjoint_result(ad, request));
    g.work.ad = ad;
    g.work.suffix = "_bar";
    g.work.forward = g.work.reverse = g.func;
    g.body = &g.func->body;
    add_gradient_params(&g);
    check_overlap(&g.work, request, &g.work.reverse_map, g.func);
    evaluate_only(&g);
    struct var *record = gradient_record(&g);
    if (request->inputs.count > 1)
        for (size_t k = 0; k < request->inputs.count; k++)
            if (request->inputs.items[k].var->kind == VAR_PARAM)
                provide_scratch(&g, record, &request->inputs.items[k]);
    for (size_t k = 0; k < request->inputs.count; k++)
        clear_gradient(&g, &request->inputs.items[k]);
    call_vjp(&g, seed_outputs(&g), record);
    finish_func(&g.work, g.func);
    const char *name = request->func->name, *inputs = request_list(ad, request, false);
    g.func->comment =
        ad->options->no_primal
            ? arena_printf(ad->arena,
                           "/* %s: the gradient of %s by %s, without its value. A NULL adjoint is\n"
                           " * not wanted; if all are NULL, nothing is done. */",
                           g.func->name, name, inputs)
            : arena_printf(ad->arena,
                           "/* %s: %s and its gradient by %s. A NULL adjoint is not wanted;\n"
                           " * if all are NULL, %s is only evaluated. */",
                           g.func->name, name, inputs, name);
    add_output(ad, g.func, true);
    workspace_add(ad, g.func, request->text->loc);
}
