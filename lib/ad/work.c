/* work: a working copy of a function, prepared so that later steps meet fewer cases: parameters are never
 * assigned, every result of a call has a variable of its own, initialisers with computed parts are
 * assignments, variables are declared where they live, loops that may end early count their iterations. */
#include "ad/private.h"

/* ---- storage --------------------------------------------------------------------------------- */

struct var *work_storage(const struct expr *lvalue) {
    switch (lvalue->kind) {
    case EXPR_VAR: return lvalue->u.var;
    case EXPR_FIELD: return type_is_pointer(lvalue->args[0]->type) ? NULL : work_storage(lvalue->args[0]);
    case EXPR_INDEX: return type_is_array(lvalue->args[0]->type) ? work_storage(lvalue->args[0]) : NULL;
    case EXPR_CAST:
    case EXPR_NAMED: return work_storage(lvalue->args[0]);
    case EXPR_INT:
    case EXPR_REAL:
    case EXPR_STRING:
    case EXPR_FUNC:
    case EXPR_UNARY:
    case EXPR_BINARY:
    case EXPR_COND:
    case EXPR_DEREF:
    case EXPR_ADDR:
    case EXPR_MATH:
    case EXPR_SIZEOF:
    case EXPR_INIT: return NULL;
    }
    return NULL;
}

static void note_taken(struct work *work, const struct expr *lvalue) {
    struct var *var = work_storage(lvalue);
    if (var && var->kind != VAR_GLOBAL)
        work->vars[var->id].taken = true;
}

/* `&v.x`, and `v.a` where an array is not just indexed. */
static bool note_address(struct expr *e, void *data) {
    struct work *work = data;
    if (e->kind == EXPR_ADDR)
        note_taken(work, e->args[0]);
    for (size_t k = 0; k < e->arg_count; k++)
        if (type_is_array(e->args[k]->type) && e->kind != EXPR_INDEX)
            note_taken(work, e->args[k]);
    return true;
}

static void note_addresses(struct expr **e, void *data) {
    if (type_is_array((*e)->type))
        note_taken(data, *e);
    expr_walk(*e, note_address, data);
}

bool work_is_null(const struct expr *value) {
    long long number;
    while (value && (value->kind == EXPR_CAST || value->kind == EXPR_NAMED))
        value = value->args[0];
    return value && type_is_int(value->type) && expr_is_const_int(value, &number) && number == 0;
}

bool work_is_alloc(const struct work *work, const struct stmt *stmt) {
    const struct call_rule *rule =
        stmt->kind == STMT_CALL ? rules_call(work->ad->rules, stmt->u.call.callee->name) : NULL;
    return rule && rule->class == CALL_ALLOC;
}

static void note_use(struct stmt *stmt, void *data) {
    struct work *work = data;
    struct var *var = NULL;
    stmt_each_expr(stmt, note_addresses, work);
    if (stmt->to)
        var = work_storage(stmt->to);
    else if (stmt->kind == STMT_FOR)
        var = stmt->u.loop.index;
    else if (stmt->kind == STMT_DECL && stmt->u.decl.init)
        var = stmt->u.decl.var;
    if (!var || var->kind == VAR_GLOBAL)
        return;
    work->vars[var->id].definitions++;
    if (!work_is_null(linear_value(stmt)))
        work->vars[var->id].targets++;
}

static void survey(struct work *work, struct func *func) {
    work->vars = NEW_ARRAY(work->ad->arena, struct var_plan, func->vars.count + 1);
    block_walk(&func->body, note_use, work);
    for (size_t k = 0; k < func->vars.count; k++) {
        const struct var *var = func->vars.items[k];
        work->vars[k].scalar = (var->kind == VAR_LOCAL || var->kind == VAR_PARAM) &&
                               type_is_scalar(var->type) && !work->vars[k].taken;
    }
}

void work_survey(struct work *work) {
    survey(work, work->func);
    work->surveyed = (unsigned)work->func->vars.count;
    for (size_t k = 0; k < work->func->vars.count; k++)
        work->func->vars.items[k]->address_taken = work->vars[k].taken;
}

bool work_is_scalar(const struct work *work, const struct var *var) {
    return var->kind != VAR_GLOBAL && work->vars[var->id].scalar;
}

/* ---- copying --------------------------------------------------------------------------------- */

static struct var *copy_var(struct unit *unit, struct func *func, const struct copy_map *map,
                            const struct var *var) {
    struct var *copy = func_add_var(unit, func, var->kind, var->name, type_copy(map, var->type));
    copy->loc = var->loc;
    copy->written = var->written;
    copy->inactive = var->inactive;
    copy->is_static = var->is_static;
    copy->is_const = var->is_const;
    copy->address_taken = var->address_taken;
    return copy;
}

/* An assigned parameter becomes a local variable that starts with the parameter's value. */
static void unassign_param(struct work *work, struct copy_map *map, size_t k) {
    struct unit *unit = work->ad->unit;
    struct var *param = work->func->params[k];
    const char *suffix = type_is_pointer(param->type) ? "at" : "now";
    const char *name =
        func_fresh_name(unit, work->func, arena_printf(unit->arena, "%s_%s", param->name, suffix));
    struct type *type = param->type->plain;
    struct var *local = func_add_var(unit, work->func, VAR_LOCAL, name, type);
    local->loc = param->loc;
    local->inactive = param->inactive;
    local->address_taken = param->address_taken;
    map->vars[k] = expr_var(unit, local);
    block_add(unit, &work->func->body, stmt_decl(unit, local, expr_var(unit, param)));
}

static void copy_function(struct work *work) {
    struct unit *unit = work->ad->unit;
    struct func *origin = work->origin;
    survey(work, origin);
    struct func *func = work->func = func_new(unit, origin->name, origin->result);
    struct copy_map map = {unit, NEW_ARRAY(unit->arena, struct expr *, origin->vars.count + 1),
                           origin->vars.count};
    func->params = NEW_ARRAY(unit->arena, struct var *, origin->param_count + 1);
    func->param_count = origin->param_count;
    func->loc = origin->loc;
    func->comment = origin->comment;
    func->defined = true;
    for (size_t k = 0; k < origin->vars.count; k++) {
        struct var *copy = copy_var(unit, func, &map, origin->vars.items[k]);
        map.vars[k] = expr_var(unit, copy);
        if (k < origin->param_count)
            func->params[k] = copy;
    }
    for (size_t k = 0; k < origin->param_count; k++)
        if (work->vars[k].definitions || work->vars[k].taken)
            unassign_param(work, &map, k);
    block_copy(&map, &func->body, &origin->body);
}

/* ---- calls ----------------------------------------------------------------------------------- */

const char *work_name(struct work *work, const struct func *func, const char *base) {
    struct unit *unit = work->ad->unit;
    const char *name = func_fresh_name(unit, func, base);
    for (unsigned k = 2; func_has_name(work->func, name) || func_has_name(func, name); k++)
        name = func_fresh_name(unit, func, arena_printf(unit->arena, "%s_%u", base, k));
    return name;
}

struct var *work_temp(struct work *work, const char *base, struct type *type) {
    const char *name = func_fresh_name(work->ad->unit, work->func, base);
    return func_add_var(work->ad->unit, work->func, VAR_LOCAL, name, type->plain);
}

struct rebuild {
    struct work *work;
    void (*rebuild)(struct work *work, struct stmt *stmt, struct block *out);
};

static void rebuild_nested(struct block *block, void *data) {
    struct rebuild *r = data;
    work_rebuild(r->work, block, r->rebuild);
}

void work_rebuild(struct work *work, struct block *block,
                  void (*rebuild)(struct work *work, struct stmt *stmt, struct block *out)) {
    struct block out = {0};
    struct rebuild r = {work, rebuild};
    for (size_t k = 0; k < block->count; k++) {
        stmt_each_block(block->items[k], rebuild_nested, &r);
        rebuild(work, block->items[k], &out);
    }
    *block = out;
}

static bool declares(const struct block *block, const struct var *var) {
    for (size_t k = 0; k < block->count; k++)
        if (block->items[k]->kind == STMT_DECL && block->items[k]->u.decl.var == var)
            return true;
    return false;
}

/* A variable that has this value from here to the end of its block, which is `block`. */
static bool is_plain_local(struct work *work, const struct expr *to, const struct block *block) {
    if (to->kind != EXPR_VAR || to->u.var->kind != VAR_LOCAL || !declares(block, to->u.var))
        return false;
    return work->vars[to->u.var->id].definitions == 1 && !work->vars[to->u.var->id].taken;
}

/* The rule of a library function reads the result. */
static bool reads_result(const struct work *work, const struct stmt *call) {
    const struct call_rule *rule = rules_call(work->ad->program->rules, call->u.call.callee->name);
    return rule && rule->result && (rule->adjoint_reads_result || rule->tangent_after) &&
           type_is_arith(call->u.call.callee->result);
}

static struct var *take_result(struct work *work, struct stmt *call, struct type *type, struct block *out) {
    struct unit *unit = work->ad->unit;
    struct var *temp =
        work_temp(work, arena_printf(unit->arena, "%s_value", call->u.call.callee->name), type);
    block_add(unit, out, stmt_decl(unit, temp, NULL));
    call->to = expr_var(unit, temp);
    return temp;
}

/* A call writes a variable that nothing else writes: its result can be kept, and never overwrites what is
 * needed. A result that its own adjoint reads has a variable of the same block. */
static void separate_result(struct work *work, struct stmt *stmt, struct block *out) {
    struct unit *unit = work->ad->unit;
    bool cell =
        stmt->to && stmt->to->kind != EXPR_VAR && work_is_alloc(work, stmt); /* of a structure: setup.c */
    bool reads = stmt->kind == STMT_CALL && reads_result(work, stmt);
    if (reads && !stmt->to)
        take_result(work, stmt, stmt->u.call.callee->result, out);
    else if (stmt->kind == STMT_CALL && stmt->to && !cell &&
             (reads || !is_plain_local(work, stmt->to, out))) {
        struct expr *to = stmt->to;
        struct var *temp = take_result(work, stmt, to->type, out);
        block_add(unit, out, stmt);
        struct stmt *set = stmt_set(unit, to, expr_var(unit, temp), false);
        set->loc = stmt->loc;
        block_add(unit, out, set);
        return;
    }
    block_add(unit, out, stmt);
}

/* ---- initialisers ---------------------------------------------------------------------------- */

static bool is_constant(const struct expr *e) {
    if (e->kind == EXPR_VAR || e->kind == EXPR_MATH || e->kind == EXPR_INDEX || e->kind == EXPR_DEREF ||
        e->kind == EXPR_FIELD || e->kind == EXPR_ADDR)
        return false;
    for (size_t k = 0; k < e->arg_count; k++)
        if (!is_constant(e->args[k]))
            return false;
    return true;
}

static void assign_elements(struct work *work, struct expr *to, struct expr *init, struct loc loc,
                            struct block *out) {
    struct unit *unit = work->ad->unit;
    if (init->kind != EXPR_INIT) {
        struct stmt *set = stmt_set(unit, to, init, false);
        set->loc = loc;
        block_add(unit, out, set);
        return;
    }
    const struct type *type = type_strip(to->type);
    for (size_t k = 0; k < init->arg_count; k++) {
        struct expr *part;
        if (type_is_array(type))
            part = expr_index(unit, to, expr_int(unit, (long long)k));
        else if (type_is_record(type) && k < type->record->field_count && type->record->fields[k].name)
            part = expr_field(unit, to, type->record->fields[k].name);
        else
            part = to; /* a scalar in braces */
        assign_elements(work, part, init->args[k], loc, out);
    }
}

static struct type *unqualified_element(struct unit *unit, struct type *type) {
    struct type *plain = type->plain;
    if (plain->kind == TYPE_ARRAY)
        return type_array(unit->types, unqualified_element(unit, plain->under), plain->count);
    return plain;
}

static void separate_init(struct work *work, struct stmt *stmt, struct block *out) {
    struct unit *unit = work->ad->unit;
    block_add(unit, out, stmt);
    if (stmt->kind != STMT_DECL || !stmt->u.decl.init || stmt->u.decl.init->kind != EXPR_INIT ||
        is_constant(stmt->u.decl.init))
        return;
    struct var *var = stmt->u.decl.var;
    struct expr *init = stmt->u.decl.init;
    struct expr **zero = NEW_ARRAY(unit->arena, struct expr *, 1);
    zero[0] = expr_int(unit, 0);
    var->type = unqualified_element(unit, var->type);
    stmt->u.decl.init = expr_init(unit, var->type, zero, 1);
    assign_elements(work, expr_var(unit, var), init, stmt->loc, out);
}

/* ---- trip counters --------------------------------------------------------------------------- */

struct active_search {
    struct work *work;
    bool found;
};

static void search_active(struct stmt *stmt, void *data) {
    struct active_search *search = data;
    search->found |= work_stmt_active(search->work, stmt);
}

static bool loop_needs_counter(struct work *work, struct stmt *stmt) {
    struct active_search search = {work, false};
    if (stmt->kind == STMT_FOR && stmt->u.loop.has_break)
        block_walk(&stmt->u.loop.body, search_active, &search);
    else if (stmt->kind == STMT_WHILE)
        block_walk(&stmt->u.while_.body, search_active, &search);
    return search.found;
}

static void count_trips(struct work *work, struct stmt *stmt, struct block *out) {
    struct unit *unit = work->ad->unit;
    if (loop_needs_counter(work, stmt)) {
        struct var *trips = work_temp(work, "trips", type_scalar(unit->types, SCALAR_LONG));
        struct stmt *increment = stmt_set(unit, expr_var(unit, trips), expr_int(unit, 1), true);
        struct block *body = stmt->kind == STMT_FOR ? &stmt->u.loop.body : &stmt->u.while_.body;
        struct block counted = {0};
        block_add(unit, &counted, increment);
        block_append(unit, &counted, body);
        *body = counted;
        block_add(unit, out, stmt_decl(unit, trips, expr_int(unit, 0)));
        VEC_PUSH(unit->arena, work->increments, increment);
        VEC_PUSH(unit->arena, work->counters, trips);
        VEC_PUSH(unit->arena, work->counted, stmt);
    }
    block_add(unit, out, stmt);
}

struct var *work_counter(const struct work *work, const struct stmt *loop) {
    for (size_t k = 0; k < work->counted.count; k++)
        if (work->counted.items[k] == loop)
            return work->counters.items[k];
    return NULL;
}

bool work_is_increment(const struct work *work, const struct stmt *stmt) {
    for (size_t k = 0; k < work->increments.count; k++)
        if (work->increments.items[k] == stmt)
            return true;
    return false;
}

/* ---- analysis -------------------------------------------------------------------------------- */

bool work_stmt_active(struct work *work, const struct stmt *stmt) {
    switch (stmt->kind) {
    case STMT_DECL:
        return stmt->u.decl.init &&
               activity_lvalue(work->activity, expr_var(work->ad->unit, stmt->u.decl.var));
    case STMT_SET: return activity_lvalue(work->activity, stmt->to);
    case STMT_CALL: return activity_call(work->ad->program, work->activity, stmt);
    case STMT_RETURN:
        return stmt->u.value && work->context->result_useful &&
               activity_expr(work->ad->program, work->activity, stmt->u.value);
    case STMT_IF:
    case STMT_FOR:
    case STMT_WHILE:
    case STMT_SWITCH:
    case STMT_BLOCK:
    case STMT_BREAK:
    case STMT_CONTINUE:
    case STMT_PUSH:
    case STMT_POP:
    case STMT_RAW: return false;
    }
    return false;
}

static struct var *defined_var(const struct stmt *stmt) {
    if (stmt->kind == STMT_DECL && stmt->u.decl.init)
        return stmt->u.decl.var;
    bool assigns = stmt->kind == STMT_CALL || (stmt->kind == STMT_SET && !stmt->u.set.add);
    return assigns && stmt->to && stmt->to->kind == EXPR_VAR ? stmt->to->u.var : NULL;
}

/* Finds the variables that are defined once, in the block that declares them. */
static void note_definition(struct stmt *stmt, void *data) {
    struct work *work = data;
    struct var *var = defined_var(stmt);
    if (!var || var->kind != VAR_LOCAL ||
        work->layout->of_stmt[stmt->id].block != work->layout->decl_of_var[var->id].block)
        return;
    bool only =
        stmt->kind == STMT_DECL || !work->vars[var->id].taken; /* else a pointer may change it as well */
    if (work->vars[var->id].definitions == 1 && only)
        work->vars[var->id].definition = stmt;
    if (type_is_pointer(var->type) && work->vars[var->id].targets == 1 && !work_is_null(linear_value(stmt)))
        work->vars[var->id].pointed = stmt;
}

struct declared {
    const struct work *work;
    const struct place *place;
    bool before;
};

static bool find_declared(struct expr *e, void *data) {
    struct declared *declared = data;
    if (e->kind != EXPR_VAR || e->u.var->kind == VAR_GLOBAL)
        return declared->before;
    const struct place *here = &declared->work->layout->decl_of_var[e->u.var->id];
    declared->before &= here->block != declared->place->block || here->index < declared->place->index;
    return declared->before;
}

/* The reverse sweep enters a block with its variables in the order of their definitions. */
static bool is_declared_before(const struct work *work, struct expr *e, const struct place *place) {
    struct declared declared = {work, place, true};
    expr_walk(e, find_declared, &declared);
    return declared.before;
}

/* `memory = v`, behind the one definition of v in its block. */
static void note_store(struct stmt *stmt, void *data) {
    struct work *work = data;
    const struct expr *from = stmt->kind == STMT_SET && !stmt->u.set.add ? stmt->u.set.from : NULL;
    if (!from || from->kind != EXPR_VAR || from->u.var->kind != VAR_LOCAL ||
        !type_same(from->type, stmt->to->type))
        return;
    struct var_plan *plan = &work->vars[from->u.var->id];
    const struct place *store = &work->layout->of_stmt[stmt->id];
    if (!plan->definition || (stmt->to->kind == EXPR_VAR && work_is_scalar(work, stmt->to->u.var)))
        return;
    const struct place *definition = &work->layout->of_stmt[plan->definition->id];
    if (store->block == definition->block && store->index > definition->index &&
        is_declared_before(work, stmt->to, definition))
        plan->stored = stmt;
}

static struct bitset regions_of_keys(struct work *work, const struct map *keys) {
    struct regions *regions = work->facts->regions;
    struct bitset leaves = bitset_create(work->ad->arena);
    for (size_t k = 0; keys && k < map_count(keys); k++)
        region_add_leaves(regions, region_find(regions, map_key_at(keys, k)), false, &leaves);
    return leaves;
}

void work_analyse(struct work *work) {
    struct ad *ad = work->ad;
    work_survey(work);
    work->facts = facts_compute(ad->program, work->func, work->around.aliases);
    work->activity = activity_compute(ad->program, work->facts, work->context);
    work->layout = layout_compute(ad->arena, work->func);
    work->layout->reversed_at_once = NEW_ARRAY(ad->arena, bool, work->func->stmt_count + 1);
    work->aliases_of_call = NEW_ARRAY(ad->arena, const struct aliases *, work->func->stmt_count + 1);
    for (size_t k = 0; k < work->fused.count; k++)
        work->layout->reversed_at_once[work->fused.items[k]->id] = true;
    block_walk(&work->func->body, note_definition, work);
    block_walk(&work->func->body, note_store, work);
    work->clobbered = regions_of_keys(work, work->around.clobbered);
    work->moved = regions_of_keys(work, work->around.moved);
}

bool work_survives(struct work *work, const struct stmt *stmt, const struct expr *load,
                   const struct region *region, bool own) {
    const struct ad_options *options = work->ad->options;
    if (region_survives(work->facts, work->layout, stmt, region, own, &work->clobbered))
        return true;
    return !options->store_all && !options->no_elements &&
           element_survives(work->ad->program, work->facts, work->layout, stmt, load, region, own,
                            &work->clobbered);
}

struct work *work_create(struct ad *ad, struct func *origin, struct context *context,
                         const struct surroundings *around, bool split, bool tangent) {
    struct work *work = NEW(ad->arena, struct work);
    work->ad = ad;
    work->origin = origin;
    work->context = context;
    if (around)
        work->around = *around;
    work->split = split;
    work->suffix = "_bar";
    copy_function(work);
    inline_memory_calls(work);
    type_allocations(work);
    if (!tangent)
        inline_small_calls(work);
    work_rebuild(work, &work->func->body, separate_init);
    if (!tangent)
        widen_scopes(ad->unit, work->func);
    narrow_scopes(ad->unit, work->func);
    work_survey(work);
    setup_say_in_full(work);
    work_rebuild(work, &work->func->body, separate_result);
    if (!tangent)
        allocate_before_branches(work);
    return work;
}

void work_count_trips(struct work *work) {
    work_analyse(work);
    work_rebuild(work, &work->func->body, count_trips);
    work_analyse(work);
}
