/* request: what the user asked for becomes functions with the names and parameters that the README promises.
 */
#include "ad/call.h"
#include "ad/request.h"
#include "ad/workspace.h"

#include <string.h>

/* ---- contexts -------------------------------------------------------------------------------- */

static bool is_listed(const struct request *request, size_t param) {
    const struct var *var = request->func->params[param];
    return request_item(request, var, false) || request_item(request, var, true);
}

static void add_keys(struct ad *ad, struct request *request, struct var *var, bool outer, struct map *keys) {
    struct regions *regions = program_facts(ad->program, request->func)->regions;
    struct bitset all = bitset_create(ad->arena);
    region_add_reachable(regions, region_of_var(regions, var), &all);
    for (size_t m = bitset_next(&all, 0); m != SIZE_MAX; m = bitset_next(&all, m + 1)) {
        struct region *region = regions->all.items[m];
        if (region_holds_reals(region) && (!outer || region_is_outer(region)) && region->root == var)
            map_put(keys, region_key(regions, region), request);
    }
}

/* The adjoint of a dependent's value on entry is part of the result, so that value counts as independent. */
static struct context *request_context(struct ad *ad, struct request *request) {
    struct context *context = context_create(ad->arena);
    bool reverse = request->text->mode != MODE_JVP;
    for (size_t k = 0; k < request->inputs.count; k++)
        add_keys(ad, request, request->inputs.items[k].var, false, context->varied);
    for (size_t k = 0; k < request->outputs.count; k++) {
        add_keys(ad, request, request->outputs.items[k].var, true, context->useful);
        if (reverse)
            add_keys(ad, request, request->outputs.items[k].var, true, context->varied);
    }
    context->result_useful = request->result;
    return context;
}

static bool is_const_real(const struct type *type) {
    unsigned quals = type_quals(type);
    for (; type_is_array(type); quals |= type_quals(type))
        type = type_target(type);
    return type_is_real(type) && (quals & QUAL_CONST);
}

/* Of a struct that a parameter is or points to. */
static bool has_const_real(const struct type *type) {
    while (type_is_pointer(type) || type_is_array(type))
        type = type_target(type);
    const struct type *meaning = type_strip(type);
    for (size_t k = 0; type_is_record(meaning) && k < meaning->record->field_count; k++) {
        const struct type *field = meaning->record->fields[k].type;
        if (is_const_real(field) || (!type_is_pointer(field) && has_const_real(field)))
            return true;
    }
    return false;
}

/* The companion's are written, but for tangents that come in. */
static void check_const(struct work *work, const struct request *request, const struct var *param) {
    bool written = request->text->mode != MODE_JVP || request_item(request, param, true);
    if (!written || !has_const_real(param->type))
        return;
    diag_report(work->ad->unit->diag, param->loc, ERR_CONST_MEMBER, param->name);
    work->failed = true;
}

static bool check_unlisted(struct work *work, const struct request *request) {
    for (size_t k = 0; k < work->func->param_count; k++) {
        struct var *param = work->func->params[k];
        if (is_listed(request, k))
            check_const(work, request, param);
        if (is_listed(request, k) || !type_is_pointer(param->type) ||
            !activity_reaches(work->activity, expr_var(work->ad->unit, param)))
            continue;
        diag_report(work->ad->unit->diag, param->loc, ERR_UNLISTED, param->name);
        why_active_expr(work, expr_var(work->ad->unit, param));
        work->failed = true;
    }
    return globals_check(work, request) && !work->failed;
}

/* ---- building -------------------------------------------------------------------------------- */

struct func *request_func(struct ad *ad, const struct request *request, const char *suffix,
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

const char *request_list(struct ad *ad, const struct request *request, bool output) {
    size_t count = output ? request->outputs.count : request->inputs.count;
    const struct item *items = output ? request->outputs.items : request->inputs.items;
    const char *text = output && request->result ? "the returned value" : "";
    for (size_t k = 0; k < count; k++)
        text = arena_printf(ad->arena, "%s%s%s", text, *text ? ", " : "", items[k].var->name);
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
    if (!type_is_void(work->forward->result))
        work->result = func_add_var(unit, work->forward, VAR_LOCAL, work_name(work, work->forward, "result"),
                                    request->func->result->plain);
}

static bool plan_reverse(struct work *work, const struct request *request, bool fuse) {
    work_count_trips(work);
    check_activity(work);
    check_stores(work);
    if (work->failed || !check_unlisted(work, request))
        return false;
    if (fuse)
        fuse_loops(work);
    spill_values(work, true);
    bases_follow(work);
    record_plan(work);
    return !work->failed;
}

/* Both sweeps in one function: loops may be fused. What there is to gain, and whether it can be done, shows
 * only when all is planned. */
static struct work *plan_vjp(struct ad *ad, struct request *request) {
    struct fuse_barred barred = {0};
    for (bool fuse = false;; fuse = true) {
        struct work *work = work_create(ad, request->func, request_context(ad, request), NULL, false, false);
        work->barred = &barred;
        if (!plan_reverse(work, request, fuse))
            return NULL;
        if (fuse && !fuse_fails(work))
            return work;
        if (!fuse)
            fuse_bar_idle(work);
    }
}

struct type *adjoint_result(struct ad *ad, const struct request *request) {
    return ad->options->no_primal ? type_void(ad->unit->types) : request->func->result;
}

/* What the function leaves behind. */
static const char *left_undone(struct ad *ad, const struct request *request) {
    const char *results = request_list(ad, request, true);
    return ad->options->no_primal
               ? arena_printf(ad->arena,
                              "\n * Does without the values of %s: memory that holds them is left undefined.",
                              results)
               : "";
}

struct func *request_vjp(struct ad *ad, struct request *request, bool exported) {
    const char *key = arena_printf(ad->arena, "vjp %s: %s -> %s", request->func->name,
                                   request_list(ad, request, false), request_list(ad, request, true));
    struct func *func = map_get(ad->emitted, key);
    if (func)
        return func;
    struct work *work = plan_vjp(ad, request);
    if (!work)
        return NULL;
    if (ad->options->no_primal)
        unwanted_find(work, request);
    func = request_func(ad, request, "vjp", adjoint_result(ad, request));
    if (!exported &&
        map_get(ad->emitted, arena_printf(ad->arena, "request %d %s", (int)MODE_VJP, request->func->name)))
        func->name = fresh_func_name(ad, func->name); /* requested with other lists */
    map_put(ad->emitted, key, func);
    report_work(work, func->name);
    work->forward = work->reverse = func;
    prepare_maps(work);
    add_request_params(work, func, &work->reverse_map, request, true, false);
    globals_enter_request(work, request, func);
    memcpy(work->forward_map.vars, work->reverse_map.vars,
           work->func->vars.count * sizeof *work->forward_map.vars);
    add_result(work, request);
    if (exported)
        check_overlap(work, request, &work->reverse_map, func);
    reverse_build(work);
    return_result(work, func);
    finish_func(work, func);
    func->comment = arena_printf(ad->arena,
                                 "/* %s: %s with its vector-Jacobian product. Adds to the adjoints of %s\n"
                                 " * the adjoint (seed) of %s times the Jacobian.%s */",
                                 func->name, request->func->name, request_list(ad, request, false),
                                 request_list(ad, request, true), left_undone(ad, request));
    if (work->failed)
        return NULL;
    add_output(ad, func, exported);
    if (exported)
        workspace_add(ad, func, request->text->loc);
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
    const struct surroundings around = {.clobbered = written_keys(ad, request)};
    struct work *work = work_create(ad, request->func, request_context(ad, request), &around, true, false);
    work->requested = true;
    if (!plan_reverse(work, request, false))
        return;
    work->forward = request_func(ad, request, "fwd", request->func->result);
    work->reverse = request_func(ad, request, "rev", type_void(unit->types));
    report_work(work, work->reverse->name);
    prepare_maps(work);
    add_request_params(work, work->forward, &work->forward_map, request, false, false);
    check_overlap(work, request, &work->forward_map, work->forward);
    add_request_params(work, work->reverse, &work->reverse_map, request, true, false);
    globals_enter_request(work, request, work->reverse);
    add_result(work, request);
    check_overlap(work, request, &work->reverse_map, work->reverse);
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
        work->reverse->name, request->func->name, request_list(ad, request, false),
        request_list(ad, request, true));
    if (work->failed)
        return;
    add_output(ad, work->forward, true);
    add_output(ad, work->reverse, true);
}

/* ---- jvp ------------------------------------------------------------------------------------- */

/* Sets the first `extent` elements of a companion to zero: a loop where they are reals, else memset would not
 * say what. */
void clear_extent(struct work *work, struct func *func, const struct copy_map *map, struct expr *companion,
                  const struct expr *extent, struct block *out) {
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
        if (request_item(request, item->var, false) || !item->extent)
            continue;
        struct expr *companion = item->var->kind == VAR_GLOBAL
                                     ? global_companion(work, item->var)
                                     : expr_var(work->ad->unit, work->companions[item->var->id]);
        clear_extent(work, func, &work->forward_map, companion, item->extent, &func->body);
    }
    globals_clear_outputs(work, request, &func->body);
}

static void build_jvp(struct ad *ad, struct request *request) {
    struct unit *unit = ad->unit;
    struct work *work = work_create(ad, request->func, request_context(ad, request), NULL, false, true);
    work->suffix = "_dot";
    work_analyse(work);
    check_activity(work);
    if (work->failed || !check_unlisted(work, request))
        return;
    spill_values(work, false);
    struct func *func = request_func(ad, request, "jvp", request->func->result);
    work->forward = work->reverse = func;
    prepare_maps(work);
    add_request_params(work, func, &work->forward_map, request, true, true);
    globals_enter_request(work, request, func);
    if (request->result)
        work->result_companion =
            func_add_var(unit, func, VAR_PARAM, companion_name(work, func, request->func->name),
                         type_pointer(unit->types, companion_type(ad, request->func->result)));
    check_overlap(work, request, &work->forward_map, func);
    clear_pure_outputs(work, request, func);
    tangent_build(work);
    finish_func(work, func);
    func->comment = arena_printf(ad->arena,
                                 "/* %s: %s with its Jacobian-vector product: the tangent of %s\n"
                                 " * for the tangent of %s. */",
                                 func->name, request->func->name, request_list(ad, request, true),
                                 request_list(ad, request, false));
    if (!work->failed)
        add_output(ad, func, true);
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
                    arena_printf(ad->arena, "%s_%s", text->function, request_mode_name(text->mode)));
    return true;
}

static void build(struct ad *ad, struct request *request) {
    switch (request->text->mode) {
    case MODE_GRAD: request_gradient(ad, request); break;
    case MODE_VJP: request_vjp(ad, request, true); break;
    case MODE_SPLIT: build_split(ad, request); break;
    case MODE_JVP: build_jvp(ad, request); break;
    case MODE_HVP:
    case MODE_JACOBIAN:
    case MODE_HESSIAN:
    case MODE_COUNT: break;
    }
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
    callbacks_resolve(unit, rules);
    ad.program = program_create(unit, rules);
    scratch_find(ad.program);
    constants_find(ad.program);
    ad.pairs = map_create(unit->arena);
    ad.tangents = map_create(unit->arena);
    ad.emitted = map_create(unit->arena);
    ad.companions = map_create(unit->arena);
    ad.missing = map_create(unit->arena);
    for (size_t k = 0; k < options->request_count; k++)
        reserve_names(&ad, options->requests[k]);
    for (size_t pass = 0; pass < 2; pass++) /* gradients make use of requested products */
        for (size_t k = 0; k < options->request_count; k++) {
            struct request request = {.text = options->requests[k]};
            if ((request.text->mode == MODE_VJP) == (pass == 0) && !is_repeated(&ad, request.text) &&
                request_read(&ad, &request))
                build(&ad, &request);
        }
    report_stubs(&ad);
    output_finish(&ad);
    return diag_error_count(unit->diag) == 0;
}
