/* request: what the user asked for becomes functions with the names and parameters that the README promises.
 */
#include "ad/private.h"

#include <ctype.h>
#include <string.h>

struct item {
    size_t param;        /* SIZE_MAX: the returned value */
    struct expr *extent; /* of the pointer, in the function's own variables; NULL: not given */
    const char *extent_text;
};

struct request {
    const struct request_text *text;
    struct func *func;
    VEC(struct item) inputs, outputs;
    bool result; /* the returned value is a dependent */
    bool failed;
};

static const char *const mode_names[MODE_COUNT] = {
    [MODE_GRAD] = "grad", [MODE_VJP] = "vjp",           [MODE_SPLIT] = "split",    [MODE_JVP] = "jvp",
    [MODE_HVP] = "hvp",   [MODE_JACOBIAN] = "jacobian", [MODE_HESSIAN] = "hessian"};

/* ---- reading --------------------------------------------------------------------------------- */

static const struct item *find_item(const struct request *request, size_t param, bool output) {
    size_t count = output ? request->outputs.count : request->inputs.count;
    const struct item *items = output ? request->outputs.items : request->inputs.items;
    for (size_t k = 0; k < count; k++)
        if (items[k].param == param)
            return &items[k];
    return NULL;
}

static const char *skip_space(const char *p) {
    while (isspace((unsigned char)*p))
        p++;
    return p;
}

static void syntax_error(struct ad *ad, struct request *request) {
    diag_report(ad->unit->diag, request->text->loc, ERR_REQUEST_SYNTAX, request->text->text);
    request->failed = true;
}

static size_t find_param(const struct func *func, const char *name) {
    for (size_t k = 0; k < func->param_count; k++)
        if (func->params[k]->name && strcmp(func->params[k]->name, name) == 0)
            return k;
    return SIZE_MAX;
}

static const char *read_extent(struct ad *ad, struct request *request, const char *p, const char **extent) {
    int depth = 0;
    const char *start = p;
    for (; *p && (depth > 0 || *p != ']'); p++)
        depth += (*p == '[') - (*p == ']');
    if (*p != ']') {
        syntax_error(ad, request);
        return NULL;
    }
    *extent = arena_strndup(ad->arena, start, (size_t)(p - start));
    return p + 1;
}

static const char *read_item(struct ad *ad, struct request *request, const char *p, bool output) {
    const char *start = p = skip_space(p), *extent = NULL;
    struct item item = {SIZE_MAX, NULL, NULL};
    while (isalnum((unsigned char)*p) || *p == '_')
        p++;
    if (p == start) {
        syntax_error(ad, request);
        return NULL;
    }
    const char *name = arena_strndup(ad->arena, start, (size_t)(p - start));
    p = skip_space(p);
    if (*p == '[' && !(p = read_extent(ad, request, p + 1, &extent)))
        return NULL;
    if (output && strcmp(name, "return") == 0) {
        request->result = true;
        return p;
    }
    item.param = find_param(request->func, name);
    if (item.param != SIZE_MAX && find_item(request, item.param, output)) {
        diag_report(ad->unit->diag, request->text->loc, ERR_REQUEST_REPEATS, name, request->text->text);
        request->failed = true;
    }
    if (item.param == SIZE_MAX) {
        diag_report(ad->unit->diag, request->text->loc, ERR_REQUEST_PARAM, name, request->func->name);
        request->failed = true;
        return p;
    }
    if (extent) {
        item.extent = front_parse_extent(ad->unit, request->func, extent, request->text->loc);
        request->failed |= !item.extent;
    }
    if (output)
        VEC_PUSH(ad->arena, request->outputs, item);
    else
        VEC_PUSH(ad->arena, request->inputs, item);
    return p;
}

static const char *read_list(struct ad *ad, struct request *request, const char *p, bool output) {
    for (;;) {
        p = read_item(ad, request, p, output);
        if (!p)
            return NULL;
        p = skip_space(p);
        if (*p != ',')
            return p;
        p++;
    }
}

static bool points_to_reals(const struct type *type) {
    return type_is_pointer(type) && type_holds_real(type_target(type));
}

static bool is_const_pointer(const struct type *type) {
    return type_quals(type_target(type)) & QUAL_CONST;
}

static void default_outputs(struct ad *ad, struct request *request) {
    struct func *func = request->func;
    if (!type_is_void(func->result)) {
        request->result = true;
        return;
    }
    for (size_t k = 0; k < func->param_count; k++) {
        struct type *type = func->params[k]->type;
        if (points_to_reals(type) && !is_const_pointer(type) && !func->params[k]->inactive) {
            struct item item = {k, NULL, NULL};
            VEC_PUSH(ad->arena, request->outputs, item);
        }
    }
    if (!request->outputs.count) {
        diag_report(ad->unit->diag, request->text->loc, ERR_REQUEST_NONE, func->name);
        request->failed = true;
    }
}

/* An extent in the prototype, or on the other side of the arrow, counts as well. */
static void complete_extent(struct request *request, struct item *item) {
    const struct var *param = request->func->params[item->param];
    for (size_t k = 0; !item->extent && k < request->inputs.count; k++)
        if (request->inputs.items[k].param == item->param)
            item->extent = request->inputs.items[k].extent;
    for (size_t k = 0; !item->extent && k < request->outputs.count; k++)
        if (request->outputs.items[k].param == item->param)
            item->extent = request->outputs.items[k].extent;
    if (!item->extent && param->written && type_is_array(param->written))
        item->extent = type_strip(param->written)->count;
}

static void check_items(struct ad *ad, struct request *request) {
    struct func *func = request->func;
    struct diag *diag = ad->unit->diag;
    struct loc loc = request->text->loc;
    for (size_t k = 0; k < request->inputs.count; k++) {
        const struct var *param = func->params[request->inputs.items[k].param];
        if (!type_reaches_real(param->type)) {
            diag_report(diag, loc, ERR_REQUEST_REAL, param->name, func->name, "independent");
            request->failed = true;
        }
        complete_extent(request, &request->inputs.items[k]);
    }
    for (size_t k = 0; k < request->outputs.count; k++) {
        const struct var *param = func->params[request->outputs.items[k].param];
        if (!type_is_pointer(param->type) || !type_reaches_real(param->type)) {
            diag_report(diag, loc, ERR_REQUEST_REAL, param->name, func->name, "dependent");
            request->failed = true;
        } else if (is_const_pointer(param->type) && !type_is_record(type_target(param->type))) {
            diag_report(diag, loc, ERR_REQUEST_CONST, param->name, func->name);
            request->failed = true;
        }
        complete_extent(request, &request->outputs.items[k]);
    }
    if (request->result && !type_holds_real(func->result)) {
        diag_report(diag, loc, ERR_REQUEST_RESULT, func->name);
        request->failed = true;
    }
}

static bool find_function(struct ad *ad, struct request *request) {
    struct diag *diag = ad->unit->diag;
    const struct request_text *text = request->text;
    request->func = unit_find_func(ad->unit, text->function);
    if (text->mode > MODE_JVP)
        diag_report(diag, text->loc, ERR_REQUEST_LATER, mode_names[text->mode]);
    else if (!request->func)
        diag_report(diag, text->loc, ERR_REQUEST_FUNCTION, text->function, text->text);
    else if (!request->func->defined)
        diag_report(diag, text->loc, ERR_REQUEST_UNDEFINED, text->function);
    else
        return work_check(ad, request->func, (struct loc){0});
    return false;
}

static bool read_request(struct ad *ad, struct request *request) {
    const char *p = request->text->text;
    if (!find_function(ad, request))
        return false;
    p = read_list(ad, request, p, false);
    if (p && p[0] == '-' && skip_space(p + 1)[0] == '>') {
        p = read_list(ad, request, skip_space(p + 1) + 1, true);
        if (p && *p)
            syntax_error(ad, request);
    } else if (p && *p) {
        syntax_error(ad, request);
    } else if (p && !request->failed) {
        default_outputs(ad, request);
    }
    if (p && !request->failed)
        check_items(ad, request);
    return p && !request->failed;
}

/* ---- contexts -------------------------------------------------------------------------------- */

static bool is_listed(const struct request *request, size_t param) {
    return find_item(request, param, false) || find_item(request, param, true);
}

static void add_keys(struct ad *ad, struct request *request, size_t param, bool outer, struct map *keys) {
    struct regions *regions = program_facts(ad->program, request->func)->regions;
    struct bitset all = bitset_create(ad->arena);
    region_add_reachable(regions, region_of_var(regions, request->func->params[param]), &all);
    for (size_t m = bitset_next(&all, 0); m != SIZE_MAX; m = bitset_next(&all, m + 1)) {
        struct region *region = regions->all.items[m];
        bool real =
            type_is_real(region->type) || (type_is_record(region->type) && type_holds_real(region->type));
        if (real && (!outer || region_is_outer(region)) && region->root == request->func->params[param])
            map_put(keys, region_key(regions, region), request);
    }
}

/* The adjoint of a dependent's value on entry is part of the result, so that value counts as independent. */
static struct context *request_context(struct ad *ad, struct request *request) {
    struct context *context = context_create(ad->arena);
    bool reverse = request->text->mode != MODE_JVP;
    for (size_t k = 0; k < request->inputs.count; k++)
        add_keys(ad, request, request->inputs.items[k].param, false, context->varied);
    for (size_t k = 0; k < request->outputs.count; k++) {
        add_keys(ad, request, request->outputs.items[k].param, true, context->useful);
        if (reverse)
            add_keys(ad, request, request->outputs.items[k].param, true, context->varied);
    }
    context->result_useful = request->result;
    return context;
}

static bool check_unlisted(struct work *work, const struct request *request) {
    for (size_t k = 0; k < work->func->param_count; k++) {
        struct var *param = work->func->params[k];
        if (is_listed(request, k) || !type_is_pointer(param->type) ||
            !activity_reaches(work->activity, expr_var(work->ad->unit, param)))
            continue;
        diag_report(work->ad->unit->diag, param->loc, ERR_UNLISTED, param->name);
        work->failed = true;
    }
    return !work->failed;
}

/* ---- building -------------------------------------------------------------------------------- */

void add_output(struct ad *ad, struct func *func, bool exported) {
    VEC_PUSH(ad->arena, ad->output->funcs, func);
    if (exported)
        VEC_PUSH(ad->arena, ad->output->exported, func);
    func->is_static = !exported;
}

static struct func *new_func(struct ad *ad, const struct request *request, const char *suffix,
                             struct type *result) {
    const char *name = arena_printf(ad->arena, "%s_%s", request->func->name, suffix);
    const struct func *same = unit_find_func(ad->unit, name);
    if (same && same->defined)
        diag_report(ad->unit->diag, same->loc, ERR_NAME_TAKEN, name);
    struct func *func = func_new(ad->unit, name, result);
    func->defined = true;
    func->loc = request->func->loc;
    return func;
}

static const char *list_text(struct ad *ad, const struct request *request, bool output) {
    size_t count = output ? request->outputs.count : request->inputs.count;
    const struct item *items = output ? request->outputs.items : request->inputs.items;
    const char *text = output && request->result ? "the returned value" : "";
    for (size_t k = 0; k < count; k++)
        text = arena_printf(ad->arena, "%s%s%s", text, *text ? ", " : "",
                            request->func->params[items[k].param]->name);
    return text;
}

/* The primal parameters, each listed one followed by its companion. */
static void add_request_params(struct work *work, struct func *func, struct copy_map *map,
                               const struct request *request, bool companions, bool tangent) {
    for (size_t k = 0; k < work->func->param_count; k++) {
        add_primal_param(work, func, map, k);
        if (companions && is_listed(request, k))
            add_companion_param(work, func, work->func->params[k], tangent);
    }
}

static void add_result(struct work *work, const struct request *request) {
    struct unit *unit = work->ad->unit;
    if (request->result)
        work->result_companion = func_add_var(unit, work->reverse, VAR_PARAM,
                                              companion_name(work, work->reverse, request->func->name),
                                              companion_type(work->ad, request->func->result));
    if (!type_is_void(request->func->result))
        work->result = func_add_var(unit, work->forward, VAR_LOCAL, work_name(work, work->forward, "result"),
                                    request->func->result->plain);
}

static bool plan_reverse(struct work *work, const struct request *request) {
    work_count_trips(work);
    check_activity(work);
    check_stores(work);
    if (work->failed || !check_unlisted(work, request))
        return false;
    spill_values(work, true);
    bases_follow(work);
    record_plan(work);
    return !work->failed;
}

static struct func *build_vjp(struct ad *ad, struct request *request, bool exported) {
    const char *key = arena_printf(ad->arena, "vjp %s: %s -> %s", request->func->name,
                                   list_text(ad, request, false), list_text(ad, request, true));
    struct func *func = map_get(ad->emitted, key);
    if (func)
        return func;
    struct work *work = work_create(ad, request->func, request_context(ad, request), NULL, NULL, false);
    if (!plan_reverse(work, request))
        return NULL;
    func = new_func(ad, request, "vjp", request->func->result);
    if (!exported &&
        map_get(ad->emitted, arena_printf(ad->arena, "request %d %s", (int)MODE_VJP, request->func->name)))
        func->name = fresh_func_name(ad, func->name); /* requested with other lists */
    map_put(ad->emitted, key, func);
    report_work(work, func->name);
    work->forward = work->reverse = func;
    prepare_maps(work);
    add_request_params(work, func, &work->reverse_map, request, true, false);
    memcpy(work->forward_map.vars, work->reverse_map.vars,
           work->func->vars.count * sizeof *work->forward_map.vars);
    add_result(work, request);
    reverse_build(work);
    return_result(work, func);
    finish_func(work, func);
    func->comment = arena_printf(ad->arena,
                                 "/* %s: %s with its vector-Jacobian product. Adds to the adjoints of %s\n"
                                 " * the adjoint (seed) of %s times the Jacobian. */",
                                 func->name, request->func->name, list_text(ad, request, false),
                                 list_text(ad, request, true));
    if (work->failed)
        return NULL;
    add_output(ad, func, exported);
    return func;
}

/* ---- split ----------------------------------------------------------------------------------- */

/* Between the two calls the user may do what he likes with what f wrote; what f only read is passed again. */
static struct map *written_keys(struct ad *ad, struct request *request) {
    struct facts *facts = program_facts(ad->program, request->func);
    struct map *keys = map_create(ad->arena);
    const struct bitset *writes = &facts->total.writes;
    for (size_t m = bitset_next(writes, 0); m != SIZE_MAX; m = bitset_next(writes, m + 1)) {
        struct region *region = facts->regions->all.items[m];
        if (region_is_outer(region) && region->root->kind != VAR_STATIC_LOCAL)
            map_put(keys, region_key(facts->regions, region), region);
    }
    return keys;
}

static void build_split(struct ad *ad, struct request *request) {
    struct unit *unit = ad->unit;
    struct work *work =
        work_create(ad, request->func, request_context(ad, request), NULL, written_keys(ad, request), true);
    work->requested = true;
    if (!plan_reverse(work, request))
        return;
    work->forward = new_func(ad, request, "fwd", request->func->result);
    work->reverse = new_func(ad, request, "rev", type_void(unit->types));
    report_work(work, work->reverse->name);
    prepare_maps(work);
    add_request_params(work, work->forward, &work->forward_map, request, false, false);
    add_request_params(work, work->reverse, &work->reverse_map, request, true, false);
    add_result(work, request);
    save_record(work);
    struct type *record = type_qualified(unit->types, type_opaque(unit->types, "cgrad_record"), QUAL_CONST);
    work->reverse_record =
        func_add_var(unit, work->reverse, VAR_PARAM, work_name(work, work->reverse, "record"),
                     type_pointer(unit->types, record));
    reverse_build(work);
    return_result(work, work->forward);
    finish_func(work, work->forward);
    finish_func(work, work->reverse);
    work->forward->comment = arena_printf(
        ad->arena, "/* %s: %s, recording what %s needs. End the record with cgrad_record_free. */",
        work->forward->name, request->func->name, work->reverse->name);
    work->reverse->comment = arena_printf(
        ad->arena,
        "/* %s: the reverse sweep of %s, any number of times for one record. Adds to the adjoints of %s\n"
        " * the adjoint (seed) of %s times the Jacobian. */",
        work->reverse->name, request->func->name, list_text(ad, request, false),
        list_text(ad, request, true));
    if (work->failed)
        return;
    add_output(ad, work->forward, true);
    add_output(ad, work->reverse, true);
}

/* ---- jvp ------------------------------------------------------------------------------------- */

/* Sets the first `extent` elements of a companion to zero: a loop where they are reals, else memset would not
 * say what. */
static void clear_extent(struct work *work, struct func *func, const struct copy_map *map,
                         struct expr *companion, const struct expr *extent, struct block *out) {
    struct unit *unit = work->ad->unit;
    struct stmt *loop = stmt_new(unit, STMT_FOR, (struct loc){0});
    struct type *type =
        type_is_int(extent->type) ? type_strip(extent->type) : type_scalar(unit->types, SCALAR_INT);
    struct var *index = func_add_var(unit, func, VAR_LOCAL, work_name(work, func, "k"), type);
    loop->u.loop.index = index;
    loop->u.loop.declares = true;
    loop->u.loop.lo = expr_int(unit, 0);
    loop->u.loop.hi = expr_copy(map, extent);
    loop->u.loop.step = expr_int(unit, 1);
    loop->u.loop.rel = BINARY_LT;
    struct expr *element = expr_index(unit, companion, expr_var(unit, index));
    adjoint_clear(work, element, &loop->u.loop.body);
    block_add(unit, out, loop);
}

static void clear_pure_outputs(struct work *work, const struct request *request, struct func *func) {
    for (size_t k = 0; k < request->outputs.count; k++) {
        const struct item *item = &request->outputs.items[k];
        if (find_item(request, item->param, false) || !item->extent)
            continue;
        clear_extent(work, func, &work->forward_map,
                     expr_var(work->ad->unit, work->companions[work->func->params[item->param]->id]),
                     item->extent, &func->body);
    }
}

static void build_jvp(struct ad *ad, struct request *request) {
    struct unit *unit = ad->unit;
    struct work *work = work_create(ad, request->func, request_context(ad, request), NULL, NULL, false);
    work->suffix = "_dot";
    work_analyse(work);
    check_activity(work);
    if (work->failed || !check_unlisted(work, request))
        return;
    spill_values(work, false);
    struct func *func = new_func(ad, request, "jvp", request->func->result);
    work->forward = work->reverse = func;
    prepare_maps(work);
    add_request_params(work, func, &work->forward_map, request, true, true);
    if (request->result)
        work->result_companion =
            func_add_var(unit, func, VAR_PARAM, companion_name(work, func, request->func->name),
                         type_pointer(unit->types, companion_type(ad, request->func->result)));
    clear_pure_outputs(work, request, func);
    tangent_build(work);
    finish_func(work, func);
    func->comment = arena_printf(ad->arena,
                                 "/* %s: %s with its Jacobian-vector product: the tangent of %s\n"
                                 " * for the tangent of %s. */",
                                 func->name, request->func->name, list_text(ad, request, true),
                                 list_text(ad, request, false));
    if (!work->failed)
        add_output(ad, func, true);
}

/* ---- grad ------------------------------------------------------------------------------------ */

struct gradient {
    struct ad *ad;
    struct request *request;
    struct work work; /* only maps and companions */
    struct func *func, *vjp;
    struct block *body; /* where statements go: behind the early return */
};

static bool holds_pointers(const struct type *type) {
    const struct type *t = type_strip(type);
    if (type_is_array(t))
        return holds_pointers(type_target(t));
    for (size_t k = 0; type_is_record(t) && k < t->record->field_count; k++)
        if (holds_pointers(t->record->fields[k].type))
            return true;
    return type_is_pointer(t);
}

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
        if (!one || !type_is_real(type_target(request->func->params[item->param]->type))) {
            diag_report(diag, loc, ERR_GRAD_DEPENDENT, request->func->name, (size_t)2);
            return false;
        }
    }
    bool ok = true;
    for (size_t k = 0; k < request->inputs.count; k++) {
        const struct item *item = &request->inputs.items[k];
        const struct var *param = request->func->params[item->param];
        if (!type_is_pointer(param->type))
            continue;
        if (holds_pointers(type_target(param->type))) {
            if (request->inputs.count == 1 && zero_function(ad, param->type))
                continue;
            diag_report(diag, loc, ERR_GRAD_POINTERS, param->name);
            ok = false;
        } else if (!item->extent) {
            diag_report(diag, loc, ERR_GRAD_EXTENT, param->name, param->name, param->name);
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

/* If no derivative is wanted, the function is only evaluated. */
static void evaluate_only(struct gradient *g) {
    struct unit *unit = g->ad->unit;
    struct expr *none = NULL;
    for (size_t k = 0; k < g->request->inputs.count; k++) {
        struct var *companion = g->work.companions[g->request->inputs.items[k].param];
        none =
            none ? expr_binary(unit, BINARY_LAND, none, is_null(unit, companion)) : is_null(unit, companion);
    }
    struct stmt *branch = stmt_if(unit, none);
    struct func *primal = g->request->func;
    struct block *then = &branch->u.branch.then;
    if (type_is_void(primal->result)) {
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
    struct var *companion = g->work.companions[item->param];
    struct stmt *branch = stmt_if(unit, is_null(unit, companion));
    if (!type_is_pointer(g->request->func->params[item->param]->type)) {
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
    struct var *companion = g->work.companions[item->param];
    struct type *type = g->request->func->params[item->param]->type;
    long long extent;
    if (type_is_pointer(type) && holds_pointers(type_target(type))) {
        struct expr **args = NEW_ARRAY(unit->arena, struct expr *, 1);
        args[0] = expr_var(unit, companion);
        struct func *zero =
            runtime_func(g->ad, zero_function(g->ad, type), type_void(unit->types), &companion->type, 1);
        block_add(unit, g->body, stmt_call(unit, NULL, zero, args, 1));
    } else if (!type_is_pointer(type))
        adjoint_clear(&g->work, expr_deref(unit, expr_var(unit, companion)), g->body);
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
    const struct var *param = g->request->func->params[g->request->outputs.items[0].param];
    struct type *type = companion_type(g->ad, type_target(param->type));
    struct var *seed =
        func_add_var(unit, g->func, VAR_LOCAL, companion_name(&g->work, g->func, param->name), type);
    block_add(unit, g->body, stmt_decl(unit, seed, expr_real(unit, "1.0", type)));
    return seed;
}

static void call_vjp(struct gradient *g, struct var *seed, struct var *record) {
    struct unit *unit = g->ad->unit;
    struct expr **primal = primal_arguments(g);
    VEC(struct expr *) args = {0};
    for (size_t k = 0; k < g->request->func->param_count; k++) {
        VEC_PUSH(unit->arena, args, primal[k]);
        if (find_item(g->request, k, false))
            VEC_PUSH(unit->arena, args, expr_var(unit, g->work.companions[k]));
        else if (find_item(g->request, k, true))
            VEC_PUSH(unit->arena, args, expr_addr(unit, expr_var(unit, seed)));
    }
    if (g->request->result)
        VEC_PUSH(unit->arena, args, expr_real(unit, "1.0", type_strip(g->request->func->result)));
    struct type *result = g->request->func->result;
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
        if (find_item(g->request, k, false))
            add_companion_param(&g->work, g->func, origin->params[k], false);
    }
}

static struct var *gradient_record(struct gradient *g) {
    struct unit *unit = g->ad->unit;
    size_t arrays = 0;
    for (size_t k = 0; k < g->request->inputs.count; k++)
        arrays += type_is_pointer(g->request->func->params[g->request->inputs.items[k].param]->type);
    if (g->request->inputs.count < 2 || !arrays)
        return NULL;
    struct var *record = func_add_var(unit, g->func, VAR_LOCAL, work_name(&g->work, g->func, "record"),
                                      type_opaque(unit->types, "cgrad_record"));
    g->work.record_var = record;
    declare_record(&g->work, g->body);
    return record;
}

/* Zero, then the vector-Jacobian product with seed 1. */
static void build_grad(struct ad *ad, struct request *request) {
    struct gradient g = {.ad = ad, .request = request};
    if (!check_gradient(ad, request) || !(g.vjp = build_vjp(ad, request, false)))
        return;
    g.func = new_func(ad, request, "grad", request->func->result);
    g.work.ad = ad;
    g.work.suffix = "_bar";
    g.work.forward = g.work.reverse = g.func;
    g.body = &g.func->body;
    add_gradient_params(&g);
    evaluate_only(&g);
    struct var *record = gradient_record(&g);
    if (request->inputs.count > 1)
        for (size_t k = 0; k < request->inputs.count; k++)
            provide_scratch(&g, record, &request->inputs.items[k]);
    for (size_t k = 0; k < request->inputs.count; k++)
        clear_gradient(&g, &request->inputs.items[k]);
    call_vjp(&g, seed_outputs(&g), record);
    finish_func(&g.work, g.func);
    g.func->comment =
        arena_printf(ad->arena,
                     "/* %s: %s and its gradient by %s. A NULL adjoint is not wanted;\n"
                     " * if all are NULL, %s is only evaluated. */",
                     g.func->name, request->func->name, list_text(ad, request, false), request->func->name);
    add_output(ad, g.func, true);
}

/* ---- all requests ---------------------------------------------------------------------------- */

static bool is_repeated(struct ad *ad, const struct request_text *text) {
    const char *key = arena_printf(ad->arena, "request %d %s", (int)text->mode, text->function);
    const char *same = map_get(ad->emitted, key);
    if (!same) {
        map_put(ad->emitted, key, (void *)text->text);
        return false;
    }
    if (strcmp(same, text->text) != 0)
        diag_report(ad->unit->diag, text->loc, ERR_REQUEST_TWICE, text->function,
                    arena_printf(ad->arena, "%s_%s", text->function, mode_names[text->mode]));
    return true;
}

static void build(struct ad *ad, struct request *request) {
    switch (request->text->mode) {
    case MODE_GRAD: build_grad(ad, request); break;
    case MODE_VJP: build_vjp(ad, request, true); break;
    case MODE_SPLIT: build_split(ad, request); break;
    case MODE_JVP: build_jvp(ad, request); break;
    case MODE_HVP:
    case MODE_JACOBIAN:
    case MODE_HESSIAN:
    case MODE_COUNT: break;
    }
}

/* ---- what is emitted ------------------------------------------------------------------------- */

static void reach_func(struct stmt *stmt, void *data) {
    struct map *reached = data;
    if (stmt->kind != STMT_CALL || map_get(reached, stmt->u.call.callee->name))
        return;
    map_put(reached, stmt->u.call.callee->name, stmt->u.call.callee);
    block_walk(&stmt->u.call.callee->body, reach_func, reached);
}

/* A callee differentiated for a context that later steps changed is not called by anyone. */
static void drop_unreached(struct ad *ad) {
    struct map *reached = map_create(ad->arena);
    size_t kept = 0;
    for (size_t k = 0; k < ad->output->exported.count; k++) {
        map_put(reached, ad->output->exported.items[k]->name, ad);
        block_walk(&ad->output->exported.items[k]->body, reach_func, reached);
    }
    for (size_t k = 0; k < ad->output->funcs.count; k++)
        if (map_get(reached, ad->output->funcs.items[k]->name))
            ad->output->funcs.items[kept++] = ad->output->funcs.items[k];
    ad->output->funcs.count = kept;
}

/* Helpers take other names. */
static void reserve_names(struct ad *ad, const struct request_text *text) {
    static const char *const suffixes[] = {"vjp", "grad", "fwd", "rev", "jvp"};
    for (size_t k = 0; k < sizeof suffixes / sizeof *suffixes; k++)
        map_put(ad->emitted, arena_printf(ad->arena, "%s_%s", text->function, suffixes[k]), ad);
}

bool ad_differentiate(struct unit *unit, const struct rules *rules, const struct ad_options *options,
                      struct output *output) {
    struct ad ad = {.unit = unit, .arena = unit->arena, .rules = rules, .options = options, .output = output};
    ad.program = program_create(unit, rules);
    ad.pairs = map_create(unit->arena);
    ad.tangents = map_create(unit->arena);
    ad.emitted = map_create(unit->arena);
    ad.missing = map_create(unit->arena);
    for (size_t k = 0; k < options->request_count; k++)
        reserve_names(&ad, options->requests[k]);
    for (size_t pass = 0; pass < 2; pass++) /* gradients make use of requested products */
        for (size_t k = 0; k < options->request_count; k++) {
            struct request request = {.text = options->requests[k]};
            if ((request.text->mode == MODE_VJP) == (pass == 0) && !is_repeated(&ad, request.text) &&
                read_request(&ad, &request))
                build(&ad, &request);
        }
    drop_unreached(&ad);
    return diag_error_count(unit->diag) == 0;
}
