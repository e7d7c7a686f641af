/* globals: companions of global variables.
 *
 * A global that a request lists has a companion of external linkage beside it, `g_bar` or `g_dot`, which the
 * user reads and sets; OUTPUT.c defines it once for all requests. Any other global that carries derivatives
 * does so within one call only: what it holds on entry is constant, its adjoint or tangent at that point is
 * zero. Its companion is a local variable of the requested function. Callees get companions of either kind
 * as parameters, so that a callee in one context is one function whoever calls it. */
#include "ad/request.h"

#include <string.h>

enum { LOCAL_BYTES = 4096 /* larger companions do not lie on the stack */ };

static const struct global_companion *find(const struct work *work, const struct var *global) {
    for (size_t k = 0; k < work->globals.count; k++)
        if (work->globals.items[k].global == global)
            return &work->globals.items[k];
    return NULL;
}

struct expr *global_companion(struct work *work, const struct var *global) {
    struct unit *unit = work->ad->unit;
    const struct global_companion *found = find(work, global);
    if (!found)
        return NULL;
    struct expr *e = expr_var(unit, found->companion);
    return found->is_pointer ? expr_deref(unit, e) : e;
}

static void bind(struct work *work, struct var *global, struct var *companion, bool is_pointer) {
    struct global_companion bound = {global, companion, is_pointer, false};
    VEC_PUSH(work->ad->arena, work->globals, bound);
}

/* ---- which ----------------------------------------------------------------------------------- */

/* What a pointer, global or in a global, leads to: its companion lies where the user says. */
static bool is_behind_pointer(const struct region *region) {
    for (const struct region *r = region; r; r = r->parent)
        if (r->step == STEP_TARGET)
            return true;
    return false;
}

static bool has_active(struct work *work, const struct var *global, bool behind_pointer) {
    const struct regions *regions = work->facts->regions;
    for (size_t m = 0; m < regions->all.count; m++) {
        const struct region *region = regions->all.items[m];
        if (region->root == global && region_holds_reals(region) &&
            is_behind_pointer(region) == behind_pointer && activity_region(work->activity, region))
            return true;
    }
    return false;
}

struct var_list globals_active(struct work *work) {
    struct unit *unit = work->ad->unit;
    struct var_list list = {0};
    for (size_t k = 0; k < unit->globals.count; k++) {
        struct var *global = unit->globals.items[k];
        if (has_active(work, global, false) || has_active(work, global, true))
            VEC_PUSH(work->ad->arena, list, global);
    }
    return list;
}

static bool is_listed(const struct request *request, const struct var *global) {
    return request_item(request, global, false) || request_item(request, global, true);
}

/* A companion has to be declared. */
static void check_name(struct work *work, const struct var *global) {
    if (!type_is_nameless(global->type))
        return;
    diag_report(work->ad->unit->diag, global->loc, ERR_UNNAMED_TYPE, global->name);
    work->failed = true;
}

bool globals_check(struct work *work, const struct request *request) {
    struct unit *unit = work->ad->unit;
    struct var_list active = globals_active(work);
    for (size_t k = 0; k < unit->globals.count; k++)
        if (is_listed(request, unit->globals.items[k]))
            check_name(work, unit->globals.items[k]);
    for (size_t k = 0; k < active.count; k++) {
        struct var *global = active.items[k];
        check_name(work, global);
        if (is_listed(request, global) || !has_active(work, global, true))
            continue;
        diag_report(unit->diag, global->loc, ERR_UNLISTED_GLOBAL, global->name);
        work->failed = true;
    }
    return !work->failed;
}

/* ---- those of the user ------------------------------------------------------------------------ */

static bool is_taken(const struct unit *unit, const char *name) {
    for (size_t k = 0; k < unit->globals.count; k++)
        if (strcmp(unit->globals.items[k]->name, name) == 0)
            return true;
    return unit_find_func(unit, name) || (unit->identifiers && map_get(unit->identifiers, name));
}

/* `double g_bar[3]`, one for all requests. */
static struct var *exported_companion(struct work *work, const struct var *global) {
    struct ad *ad = work->ad;
    struct unit *unit = ad->unit;
    const char *name = arena_printf(ad->arena, "%s%s", global->name, work->suffix);
    struct var *var = map_get(ad->companions, name);
    if (var)
        return var;
    if (is_taken(unit, name))
        diag_report(unit->diag, global->loc, ERR_NAME_TAKEN, name);
    var = NEW(ad->arena, struct var);
    var->kind = VAR_GLOBAL;
    var->name = name;
    var->type = companion_type(ad, global->type);
    var->id = (unsigned)unit->globals.count;
    VEC_PUSH(ad->arena, unit->globals, var);
    map_put(ad->companions, name, var);
    struct output_global exported = {
        var, arena_printf(ad->arena, "/* %s: the %s of %s. */", name,
                          strcmp(work->suffix, "_dot") == 0 ? "tangent" : "adjoint", global->name)};
    VEC_PUSH(ad->arena, ad->output->globals, exported);
    return var;
}

struct var *global_exported(struct work *work, const struct var *global) {
    return exported_companion(work, global);
}

/* ---- those of one call ------------------------------------------------------------------------ */

/* An upper bound for what it takes. */
static long long bytes_of(const struct type *type) {
    const struct type *t = type_strip(type);
    long long count, total = 0;
    if (type_is_array(t))
        return t->count && expr_is_const_int(t->count, &count) ? count * bytes_of(type_target(t))
                                                               : LOCAL_BYTES + 1;
    if (!type_is_record(t))
        return 16;
    for (size_t k = 0; k < t->record->field_count; k++)
        total += bytes_of(t->record->fields[k].type);
    return total;
}

static bool is_large(const struct var *global) {
    return type_is_array(global->type) && bytes_of(global->type) > LOCAL_BYTES;
}

/* Tangents have no end to free memory at: a function may return anywhere. */
static struct var *local_companion(struct work *work, struct func *func, const struct var *global) {
    struct unit *unit = work->ad->unit;
    bool large = is_large(global), tangent = strcmp(work->suffix, "_dot") == 0;
    struct type *type = companion_type(work->ad, global->type);
    if (large && !tangent)
        type = type_decay(unit->types, type);
    return func_add_var(unit, func, large && tangent ? VAR_STATIC_LOCAL : VAR_LOCAL,
                        companion_name(work, func, global->name), type);
}

void globals_enter_request(struct work *work, const struct request *request, struct func *func) {
    struct var_list active = globals_active(work);
    for (size_t list = 0; list < 2; list++) {
        size_t count = list ? request->outputs.count : request->inputs.count;
        const struct item *items = list ? request->outputs.items : request->inputs.items;
        for (size_t k = 0; k < count; k++)
            if (items[k].var->kind == VAR_GLOBAL && !find(work, items[k].var))
                bind(work, items[k].var, exported_companion(work, items[k].var), false);
    }
    for (size_t k = 0; k < active.count; k++) {
        if (find(work, active.items[k]))
            continue;
        bind(work, active.items[k], local_companion(work, func, active.items[k]), false);
        work->globals.items[work->globals.count - 1].is_local = true;
    }
}

static struct expr *zero_init(struct unit *unit, struct type *type) {
    if (type_is_real(type))
        return expr_zero(unit, type);
    struct expr **zero = NEW_ARRAY(unit->arena, struct expr *, 1);
    zero[0] = expr_int(unit, 0);
    return expr_init(unit, type, zero, 1);
}

static void declare_large(struct work *work, const struct global_companion *bound, struct block *out) {
    struct unit *unit = work->ad->unit;
    struct type *size = type_named(unit->types, "size_t", type_scalar(unit->types, SCALAR_ULONG));
    struct expr **args = NEW_ARRAY(unit->arena, struct expr *, 1);
    args[0] = expr_sizeof(unit, bound->global->type);
    struct func *zeros =
        runtime_func(work->ad, "cgrad_zeros", type_pointer(unit->types, type_void(unit->types)), &size, 1);
    block_add(unit, out, stmt_decl(unit, bound->companion, NULL));
    block_add(unit, out, stmt_call(unit, expr_var(unit, bound->companion), zeros, args, 1));
}

void globals_declare(struct work *work, struct block *out) {
    struct unit *unit = work->ad->unit;
    for (size_t k = 0; k < work->globals.count; k++) {
        const struct global_companion *bound = &work->globals.items[k];
        struct var *companion = bound->companion;
        if (!bound->is_local)
            continue;
        if (companion->kind == VAR_STATIC_LOCAL) {
            block_add(unit, out, stmt_decl(unit, companion, NULL));
            adjoint_clear(work, expr_var(unit, companion), out);
        } else if (type_is_array(bound->global->type) && type_is_pointer(companion->type)) {
            declare_large(work, bound, out);
        } else {
            block_add(unit, out, stmt_decl(unit, companion, zero_init(unit, companion->type)));
        }
    }
}

bool globals_mentioned(const struct work *work, struct block *block) {
    for (size_t k = 0; k < work->globals.count; k++) {
        const struct global_companion *bound = &work->globals.items[k];
        if (bound->is_local && block_mentions(block, bound->companion))
            return true;
    }
    return false;
}

void globals_release(struct work *work, struct block *out) {
    struct unit *unit = work->ad->unit;
    struct type *address = type_pointer(unit->types, type_void(unit->types));
    for (size_t k = 0; k < work->globals.count; k++) {
        const struct global_companion *bound = &work->globals.items[k];
        if (!bound->is_local || !type_is_array(bound->global->type) ||
            !type_is_pointer(bound->companion->type))
            continue;
        struct expr **args = NEW_ARRAY(unit->arena, struct expr *, 1);
        args[0] = expr_var(unit, bound->companion);
        struct func *release =
            runtime_func(work->ad, "cgrad_zeros_free", type_void(unit->types), &address, 1);
        block_add(unit, out, stmt_call(unit, NULL, release, args, 1));
    }
}

/* Outputs that are no inputs start with a tangent of zero. */
void globals_clear_outputs(struct work *work, const struct request *request, struct block *out) {
    for (size_t k = 0; k < request->outputs.count; k++) {
        const struct var *var = request->outputs.items[k].var;
        if (var->kind == VAR_GLOBAL && !type_is_pointer(var->type) && !request_item(request, var, false))
            adjoint_clear(work, global_companion(work, var), out);
    }
}

/* ---- parameters of callees -------------------------------------------------------------------- */

/* An array is passed as C passes it; a pointer whose companion never moves by value; the rest by address. */
static bool is_passed_as_it_is(const struct var *global, bool tangent) {
    return type_is_array(global->type) || (type_is_pointer(global->type) && !tangent);
}

void globals_add_params(struct work *work, struct func *func, const struct var_list *list, bool tangent) {
    struct unit *unit = work->ad->unit;
    for (size_t k = 0; k < list->count; k++) {
        struct var *global = list->items[k];
        bool as_it_is = is_passed_as_it_is(global, tangent);
        struct type *type = companion_type(work->ad, global->type);
        type = as_it_is ? type_decay(unit->types, type) : type_pointer(unit->types, type);
        struct var *param =
            func_add_var(unit, func, VAR_PARAM, companion_name(work, func, global->name), type);
        bind(work, global, param, !as_it_is);
    }
}

struct expr *global_argument(struct work *work, const struct var *global, bool tangent) {
    struct expr *companion = global_companion(work, global);
    if (!companion)
        BUG("the global '%s' is active in a callee alone", global->name);
    return is_passed_as_it_is(global, tangent) ? companion : expr_addr(work->ad->unit, companion);
}
