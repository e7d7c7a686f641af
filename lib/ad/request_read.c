/* request_read: `f: x[n], w -> y, return` becomes a list of independents and a list of dependents. */
#include "ad/request.h"

#include <ctype.h>
#include <string.h>

static const char *const mode_names[MODE_COUNT] = {
    [MODE_GRAD] = "grad", [MODE_VJP] = "vjp",           [MODE_SPLIT] = "split",    [MODE_JVP] = "jvp",
    [MODE_HVP] = "hvp",   [MODE_JACOBIAN] = "jacobian", [MODE_HESSIAN] = "hessian"};

const char *request_mode_name(enum mode mode) {
    return mode_names[mode];
}

/* ---- reading --------------------------------------------------------------------------------- */

const struct item *request_item(const struct request *request, const struct var *var, bool output) {
    size_t count = output ? request->outputs.count : request->inputs.count;
    const struct item *items = output ? request->outputs.items : request->inputs.items;
    for (size_t k = 0; k < count; k++)
        if (items[k].var == var)
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
    struct item item = {0};
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
    item.var = unit_find_variable(ad->unit, request->func, name);
    if (!item.var) {
        diag_report(ad->unit->diag, request->text->loc, ERR_REQUEST_PARAM, name, request->func->name);
        request->failed = true;
        return p;
    }
    if (request_item(request, item.var, output)) {
        diag_report(ad->unit->diag, request->text->loc, ERR_REQUEST_REPEATS, name, request->text->text);
        request->failed = true;
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

static bool holds_const(const struct type *type) {
    while (type_is_array(type) && !(type_quals(type) & QUAL_CONST))
        type = type_target(type);
    return type_quals(type) & QUAL_CONST;
}

/* Nothing can be written behind it: `const double *const *x`, but not `double *const *x`. */
static bool is_const_pointer(const struct type *type) {
    const struct type *behind = type_target(type);
    while (type_is_pointer(behind))
        behind = type_target(behind);
    return holds_const(behind);
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
            struct item item = {func->params[k], NULL};
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
    for (size_t k = 0; !item->extent && k < request->inputs.count; k++)
        if (request->inputs.items[k].var == item->var)
            item->extent = request->inputs.items[k].extent;
    for (size_t k = 0; !item->extent && k < request->outputs.count; k++)
        if (request->outputs.items[k].var == item->var)
            item->extent = request->outputs.items[k].extent;
    if (!item->extent && item->var->written && type_is_array(item->var->written))
        item->extent = type_strip(item->var->written)->count;
}

static void refuse_item(struct ad *ad, struct request *request, const struct item *item, enum diag_id id) {
    diag_report(ad->unit->diag, request->text->loc, id, item->var->name, request->func->name);
    request->failed = true;
}

static bool has_size(const struct type *type) {
    for (; type_is_array(type); type = type_target(type))
        if (!type_strip(type)->count)
            return false;
    return true;
}

/* A global is listed under its own name and has its companion beside it; nothing leads to one of another file
 * that only its declaration here knows. */
static void check_global(struct ad *ad, struct request *request, const struct item *item, bool output) {
    if (item->var->is_static && !item->var->is_const)
        refuse_item(ad, request, item, ERR_REQUEST_STATIC);
    else if (!has_size(item->var->type))
        refuse_item(ad, request, item, ERR_REQUEST_SIZE);
    else if (output && holds_const(item->var->type))
        refuse_item(ad, request, item, ERR_REQUEST_CONST);
}

/* What a `void *` points to is known by what the function converts it to. */
static bool reaches_real(struct ad *ad, const struct func *func, struct var *param) {
    struct regions *regions = program_facts(ad->program, (struct func *)func)->regions;
    struct bitset all = bitset_create(ad->arena);
    region_add_reachable(regions, region_of_var(regions, param), &all);
    for (size_t m = bitset_next(&all, 0); m != SIZE_MAX; m = bitset_next(&all, m + 1))
        if (type_holds_real(regions->all.items[m]->type))
            return true;
    return type_reaches_real(param->type);
}

static void check_input(struct ad *ad, struct request *request, struct item *item) {
    if (!reaches_real(ad, request->func, item->var)) {
        diag_report(ad->unit->diag, request->text->loc, ERR_REQUEST_REAL, item->var->name,
                    request->func->name, "independent");
        request->failed = true;
    }
    complete_extent(request, item);
}

static void check_output(struct ad *ad, struct request *request, struct item *item) {
    const struct type *type = item->var->type;
    bool memory = type_is_pointer(type) || item->var->kind == VAR_GLOBAL;
    if (!memory || !reaches_real(ad, request->func, item->var)) {
        diag_report(ad->unit->diag, request->text->loc, ERR_REQUEST_REAL, item->var->name,
                    request->func->name, "dependent");
        request->failed = true;
    } else if (type_is_pointer(type) && is_const_pointer(type) && !type_is_record(type_target(type))) {
        refuse_item(ad, request, item, ERR_REQUEST_CONST);
    }
    complete_extent(request, item);
}

static void check_items(struct ad *ad, struct request *request) {
    struct func *func = request->func;
    for (size_t k = 0; k < request->inputs.count; k++) {
        check_input(ad, request, &request->inputs.items[k]);
        if (request->inputs.items[k].var->kind == VAR_GLOBAL)
            check_global(ad, request, &request->inputs.items[k], false);
    }
    for (size_t k = 0; k < request->outputs.count; k++) {
        check_output(ad, request, &request->outputs.items[k]);
        if (request->outputs.items[k].var->kind == VAR_GLOBAL)
            check_global(ad, request, &request->outputs.items[k], true);
    }
    if (request->result && !type_holds_real(func->result)) {
        diag_report(ad->unit->diag, request->text->loc, ERR_REQUEST_RESULT, func->name);
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

bool request_read(struct ad *ad, struct request *request) {
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
    if (p && !request->failed)
        request->failed = hidden_reals(ad, request);
    return p && !request->failed;
}
