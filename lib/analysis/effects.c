/* effects: points-to relations are solved first, then what every statement may read and write. Callees are
 * summarised by the regions behind their parameters and by globals, and mapped into the caller at each call.
 */
#include "analysis/analysis.h"

/* ---- reads ----------------------------------------------------------------------------------- */

static void address_reads(struct regions *regions, const struct expr *lvalue, struct bitset *out) {
    switch (lvalue->kind) {
    case EXPR_VAR: break;
    case EXPR_FIELD:
        if (type_is_pointer(lvalue->args[0]->type))
            expr_reads(regions, lvalue->args[0], out);
        else
            address_reads(regions, lvalue->args[0], out);
        break;
    case EXPR_INDEX:
        if (type_is_array(lvalue->args[0]->type))
            address_reads(regions, lvalue->args[0], out);
        else
            expr_reads(regions, lvalue->args[0], out);
        expr_reads(regions, lvalue->args[1], out);
        break;
    case EXPR_DEREF: expr_reads(regions, lvalue->args[0], out); break;
    case EXPR_CAST:
    case EXPR_NAMED: address_reads(regions, lvalue->args[0], out); break;
    case EXPR_INT:
    case EXPR_REAL:
    case EXPR_STRING:
    case EXPR_FUNC:
    case EXPR_UNARY:
    case EXPR_BINARY:
    case EXPR_COND:
    case EXPR_ADDR:
    case EXPR_MATH:
    case EXPR_SIZEOF:
    case EXPR_INIT:
        for (size_t k = 0; k < lvalue->arg_count; k++)
            expr_reads(regions, lvalue->args[k], out);
        break;
    }
}

static void lvalue_leaves(struct regions *regions, const struct expr *lvalue, struct bitset *out) {
    struct bitset named = bitset_create(regions->unit->arena);
    region_of_lvalue(regions, lvalue, &named);
    region_set_leaves(regions, &named, false, out);
}

void expr_reads(struct regions *regions, const struct expr *e, struct bitset *out) {
    switch (e->kind) {
    case EXPR_VAR:
    case EXPR_FIELD:
    case EXPR_INDEX:
    case EXPR_DEREF:
        if (!type_is_array(e->type))
            lvalue_leaves(regions, e, out);
        address_reads(regions, e, out);
        break;
    case EXPR_ADDR: address_reads(regions, e->args[0], out); break;
    case EXPR_INT:
    case EXPR_REAL:
    case EXPR_STRING:
    case EXPR_NAMED:
    case EXPR_FUNC:
    case EXPR_UNARY:
    case EXPR_BINARY:
    case EXPR_COND:
    case EXPR_CAST:
    case EXPR_MATH:
    case EXPR_SIZEOF:
    case EXPR_INIT:
        for (size_t k = 0; k < e->arg_count; k++)
            expr_reads(regions, e->args[k], out);
        break;
    }
}

/* ---- calls ----------------------------------------------------------------------------------- */

static void map_outer(struct program *program, struct facts *caller, const struct stmt *call,
                      struct facts *callee, const struct bitset *set, struct bitset *out) {
    struct bitset mapped = bitset_create(program->unit->arena);
    for (size_t m = bitset_next(set, 0); m != SIZE_MAX; m = bitset_next(set, m + 1)) {
        const struct region *region = callee->regions->all.items[m];
        if (region_is_outer(region))
            call_map_region(program, caller, call, callee, region, &mapped);
    }
    region_set_leaves(caller->regions, &mapped, false, out);
}

void call_untyped_reals(struct program *program, struct facts *caller, const struct stmt *call, bool writes,
                        struct bitset *out) {
    struct facts *callee = program_facts(program, call->u.call.callee);
    const struct bitset *touched = writes ? &callee->total.writes : &callee->total.reads;
    for (size_t m = bitset_next(touched, 0); m != SIZE_MAX; m = bitset_next(touched, m + 1)) {
        const struct region *region = callee->regions->all.items[m];
        if (region_is_outer(region) && (type_is_void(region->type) || type_is_int(region->type)))
            bitset_union(out, call_leaves(program, caller, call, callee, region));
    }
}

static void reachable_from(struct regions *regions, const struct expr *pointer, bool reals_only,
                           struct bitset *out) {
    struct bitset all = bitset_create(regions->unit->arena);
    unknown_reads(regions, pointer, &all);
    for (size_t m = bitset_next(&all, 0); m != SIZE_MAX; m = bitset_next(&all, m + 1))
        if (!reals_only || region_holds_reals(regions->all.items[m]))
            bitset_add(out, m);
}

static bool has_pointer_value(const struct expr *arg) {
    return type_is_pointer(arg->type) || type_is_array(arg->type);
}

/* Freed memory of the caller counts as written. Freed memory of the function itself does not: a derivative
 * keeps what it still needs. */
static void free_effects(struct regions *regions, const struct call_rule *rule, const struct stmt *call,
                         struct effects *effects) {
    struct bitset all = bitset_create(regions->unit->arena);
    reachable_from(regions, call->u.call.args[rule->freed_param], false, &all);
    for (size_t m = bitset_next(&all, 0); m != SIZE_MAX; m = bitset_next(&all, m + 1))
        if (region_is_outer(regions->all.items[m]))
            bitset_add(&effects->writes, m);
}

/* A library operation on a struct (a tensor) writes its reals and leaves its shape alone. */
static bool writes_reals_only(const struct call_rule *rule, const struct expr *pointer) {
    return rule->class == CALL_ACTIVE && type_is_record(type_strip(type_target(pointer->type)));
}

static void rule_effects(struct regions *regions, const struct call_rule *rule, const struct stmt *call,
                         struct effects *effects) {
    if (rule->class == CALL_FREE) {
        free_effects(regions, rule, call, effects);
        return;
    }
    for (size_t k = 0; k < call->u.call.arg_count; k++) {
        const struct expr *arg = call->u.call.args[k];
        enum role role = k < rule->param_count ? rule->roles[k] : rule->rest_role;
        if (!has_pointer_value(arg) || role == ROLE_VALUE)
            continue;
        if (role == ROLE_IN || role == ROLE_INOUT)
            reachable_from(regions, arg, false, &effects->reads);
        if (role == ROLE_OUT || role == ROLE_INOUT)
            reachable_from(regions, arg, writes_reals_only(rule, arg), &effects->writes);
    }
}

static void unknown_effects(struct regions *regions, const struct stmt *call, struct effects *effects) {
    region_add_common(regions, call->u.call.callee, &effects->reads);
    region_add_common(regions, call->u.call.callee, &effects->writes);
    for (size_t k = 0; k < call->u.call.arg_count; k++) {
        unknown_reads(regions, call->u.call.args[k], &effects->reads);
        unknown_writes(regions, call->u.call.args[k], &effects->writes);
    }
}

static bool has_body(const struct func *func) {
    return func->defined && !func->unsupported;
}

static void call_effects(struct program *program, struct facts *facts, const struct stmt *call,
                         struct effects *effects) {
    struct regions *regions = facts->regions;
    for (size_t k = 0; k < call->u.call.arg_count; k++)
        expr_reads(regions, call->u.call.args[k], &effects->reads);
    const struct call_rule *rule = rules_call(program->rules, call->u.call.callee->name);
    if (has_body(call->u.call.callee) && !rule) {
        struct facts *callee = program_facts(program, call->u.call.callee);
        map_outer(program, facts, call, callee, &callee->total.reads, &effects->reads);
        map_outer(program, facts, call, callee, &callee->total.writes, &effects->writes);
        facts->calls_unknown |= callee->calls_unknown;
    } else if (rule) {
        rule_effects(regions, rule, call, effects);
    } else {
        unknown_effects(regions, call, effects);
        facts->calls_unknown = true;
    }
    if (call->to) {
        lvalue_leaves(regions, call->to, &effects->writes);
        address_reads(regions, call->to, &effects->reads);
    }
}

/* ---- points-to ------------------------------------------------------------------------------- */

static void assign_targets(struct regions *regions, const struct bitset *cells,
                           const struct bitset *targets) {
    for (size_t m = bitset_next(cells, 0); m != SIZE_MAX; m = bitset_next(cells, m + 1))
        region_add_targets(regions, regions->all.items[m], targets);
}

/* Copies the pointers inside a record. */
static void assign_record(struct regions *regions, const struct type *type, const struct bitset *to,
                          const struct bitset *from) {
    const struct type *t = type_strip(type);
    struct arena *arena = regions->unit->arena;
    if (type_is_pointer(t)) {
        struct bitset targets = bitset_create(arena);
        region_step_set(regions, from, STEP_TARGET, NULL, &targets);
        assign_targets(regions, to, &targets);
        return;
    }
    bool array = type_is_array(t);
    size_t parts = array ? 1 : type_is_record(t) ? t->record->field_count : 0;
    for (size_t k = 0; k < parts; k++) {
        const char *field = array ? NULL : t->record->fields[k].name;
        if (!array && (!field || t->record->is_union))
            continue;
        struct bitset to_part = bitset_create(arena), from_part = bitset_create(arena);
        region_step_set(regions, to, array ? STEP_ELEMENT : STEP_FIELD, field, &to_part);
        region_step_set(regions, from, array ? STEP_ELEMENT : STEP_FIELD, field, &from_part);
        assign_record(regions, array ? type_target(t) : t->record->fields[k].type, &to_part, &from_part);
    }
}

static void assign_init(struct regions *regions, const struct type *type, const struct bitset *to,
                        const struct expr *init);

static void assign_value(struct regions *regions, const struct bitset *to, const struct type *type,
                         const struct expr *from) {
    if (from->kind == EXPR_INIT) {
        assign_init(regions, type, to, from);
    } else if (type_is_pointer(type)) {
        struct bitset targets = bitset_create(regions->unit->arena);
        region_of_pointer(regions, from, &targets);
        assign_targets(regions, to, &targets);
    } else if (type_is_record(type)) {
        struct bitset source = bitset_create(regions->unit->arena);
        region_of_lvalue(regions, from, &source);
        assign_record(regions, type, to, &source);
    }
}

static void assign_init(struct regions *regions, const struct type *type, const struct bitset *to,
                        const struct expr *init) {
    const struct type *t = type_strip(type);
    for (size_t k = 0; k < init->arg_count; k++) {
        struct bitset part = bitset_create(regions->unit->arena);
        bool array = type_is_array(t);
        if (!array && (!type_is_record(t) || k >= t->record->field_count || !t->record->fields[k].name))
            continue;
        region_step_set(regions, to, array ? STEP_ELEMENT : STEP_FIELD,
                        array ? NULL : t->record->fields[k].name, &part);
        assign_value(regions, &part, array ? type_target(t) : t->record->fields[k].type, init->args[k]);
    }
}

/* Fresh memory is the region behind the cell that first holds it. */
static void assign_fresh(struct regions *regions, struct region *cell) {
    struct bitset targets = bitset_create(regions->unit->arena);
    if (type_is_pointer(cell->type)) {
        bitset_add(&targets, region_child(regions, cell, STEP_TARGET, NULL)->id);
        region_add_targets(regions, cell, &targets);
    } else if (type_is_record(cell->type) && !cell->type->record->is_union) {
        for (size_t k = 0; k < cell->type->record->field_count; k++)
            if (cell->type->record->fields[k].name && type_is_pointer(cell->type->record->fields[k].type))
                assign_fresh(regions,
                             region_child(regions, cell, STEP_FIELD, cell->type->record->fields[k].name));
    }
}

static void assign_all_fresh(struct regions *regions, const struct bitset *cells) {
    for (size_t m = bitset_next(cells, 0); m != SIZE_MAX; m = bitset_next(cells, m + 1))
        assign_fresh(regions, regions->all.items[m]);
}

/* Memory that the callee allocates, of which the caller knows the beginning only. */
static void take_fresh(struct facts *facts, const struct bitset *cells) {
    const struct regions *regions = facts->regions;
    assign_all_fresh(facts->regions, cells);
    for (size_t m = bitset_next(cells, 0); m != SIZE_MAX; m = bitset_next(cells, m + 1))
        facts->takes_fresh |= type_reaches_real(regions->all.items[m]->type);
}

static void call_result_targets(struct program *program, struct facts *facts, const struct stmt *call,
                                const struct bitset *to) {
    struct facts *callee = program_facts(program, call->u.call.callee);
    struct bitset targets = bitset_create(program->unit->arena);
    bool fresh = false;
    for (size_t m = bitset_next(&callee->result_targets, 0); m != SIZE_MAX;
         m = bitset_next(&callee->result_targets, m + 1)) {
        const struct region *region = callee->regions->all.items[m];
        if (region_is_outer(region))
            call_map_region(program, facts, call, callee, region, &targets);
        else
            fresh = true;
    }
    assign_targets(facts->regions, to, &targets);
    if (fresh)
        take_fresh(facts, to);
}

/* Pointers that the callee stores through its parameters. */
static void call_stores(struct program *program, struct facts *facts, const struct stmt *call) {
    struct facts *callee = program_facts(program, call->u.call.callee);
    for (size_t c = 0; c < callee->regions->all.count; c++) {
        const struct region *cell = callee->regions->all.items[c];
        if (!region_is_outer(cell) || !type_is_pointer(cell->type) || !cell->has_targets)
            continue;
        if (!bitset_has(&callee->total.writes, cell->id))
            continue;
        struct bitset cells = bitset_create(program->unit->arena),
                      targets = bitset_create(program->unit->arena);
        call_map_region(program, facts, call, callee, cell, &cells);
        for (size_t m = bitset_next(&cell->targets, 0); m != SIZE_MAX;
             m = bitset_next(&cell->targets, m + 1)) {
            const struct region *target = callee->regions->all.items[m];
            if (region_is_outer(target))
                call_map_region(program, facts, call, callee, target, &targets);
            else
                take_fresh(facts, &cells);
        }
        assign_targets(facts->regions, &cells, &targets);
    }
}

/* What a callee takes its `void *` for, it is for the caller as well. */
static void call_types(struct program *program, struct facts *facts, const struct stmt *call) {
    struct facts *callee = program_facts(program, call->u.call.callee);
    for (size_t k = 0; k < callee->regions->all.count; k++) {
        const struct region *region = callee->regions->all.items[k];
        struct bitset mapped = bitset_create(program->unit->arena);
        if (region->step != STEP_TARGET || !region_is_outer(region) ||
            !type_is_void(type_target(region->parent->type)) || type_is_void(region->type))
            continue;
        call_map_region(program, facts, call, callee, region, &mapped);
        region_adopt_type(facts->regions, &mapped, region->type);
    }
}

/* Memory that the caller might hold pointers to without knowing: the callee hands out a struct of pointers,
 * or stores in memory of the caller's what it got from others so. */
static void take_unknown(struct facts *facts, const struct facts *callee, const struct stmt *call) {
    const struct func *func = call->u.call.callee;
    if (call->to && type_is_record(call->to->type) && type_holds_pointer(call->to->type))
        facts->takes_fresh |= type_reaches_real(call->to->type);
    for (size_t k = 0; k < func->param_count && callee->takes_fresh; k++) {
        const struct type *type = func->params[k]->type;
        if (type_is_pointer(type) && type_holds_pointer(type_target(type)) &&
            !(type_quals(type_target(type)) & QUAL_CONST))
            facts->takes_fresh |= type_reaches_real(type);
    }
}

static void call_points_to(struct program *program, struct facts *facts, const struct stmt *call) {
    struct bitset to = bitset_create(program->unit->arena);
    if (call->to)
        region_of_lvalue(facts->regions, call->to, &to);
    const struct call_rule *rule = rules_call(program->rules, call->u.call.callee->name);
    if (has_body(call->u.call.callee) && !rule) {
        call_types(program, facts, call);
        call_stores(program, facts, call);
        take_unknown(facts, program_facts(program, call->u.call.callee), call);
        if (call->to)
            call_result_targets(program, facts, call, &to);
    } else if (call->to) {
        if (!rule || rule->class != CALL_ALLOC)
            for (size_t k = 0; k < call->u.call.arg_count; k++)
                if (has_pointer_value(call->u.call.args[k]) && type_is_pointer(call->to->type)) {
                    struct bitset targets = bitset_create(program->unit->arena);
                    region_of_pointer(facts->regions, call->u.call.args[k], &targets);
                    assign_targets(facts->regions, &to, &targets);
                }
        assign_all_fresh(facts->regions, &to);
    }
}

struct solve {
    struct program *program;
    struct facts *facts;
};

static void points_to_stmt(struct stmt *stmt, void *data) {
    struct solve *solve = data;
    struct regions *regions = solve->facts->regions;
    struct bitset to = bitset_create(regions->unit->arena);
    if (stmt->kind == STMT_DECL && stmt->u.decl.init) {
        bitset_add(&to, region_of_var(regions, stmt->u.decl.var)->id);
        assign_value(regions, &to, stmt->u.decl.var->type, stmt->u.decl.init);
    } else if (stmt->kind == STMT_SET && stmt->u.set.add && type_is_pointer(stmt->to->type)) {
        struct bitset targets = bitset_create(regions->unit->arena);
        region_of_pointer(regions, stmt->to, &targets);
        region_of_lvalue(regions, stmt->to, &to);
        region_walk(regions, &targets);
        assign_targets(regions, &to, &targets);
    } else if (stmt->kind == STMT_SET && !type_is_arith(stmt->to->type)) {
        region_of_lvalue(regions, stmt->to, &to);
        assign_value(regions, &to, stmt->to->type, stmt->u.set.from);
    } else if (stmt->kind == STMT_CALL) {
        call_points_to(solve->program, solve->facts, stmt);
    } else if (stmt->kind == STMT_RETURN && stmt->u.value && type_is_pointer(stmt->u.value->type)) {
        region_of_pointer(regions, stmt->u.value, &solve->facts->result_targets);
    }
}

/* ---- effects of statements ------------------------------------------------------------------- */

static void block_effects(struct program *program, struct facts *facts, const struct block *block,
                          struct effects *out);

static void nested_effects(struct program *program, struct facts *facts, struct stmt *stmt,
                           struct effects *e) {
    switch (stmt->kind) {
    case STMT_IF:
        block_effects(program, facts, &stmt->u.branch.then, e);
        block_effects(program, facts, &stmt->u.branch.other, e);
        break;
    case STMT_FOR: block_effects(program, facts, &stmt->u.loop.body, e); break;
    case STMT_WHILE: block_effects(program, facts, &stmt->u.while_.body, e); break;
    case STMT_SWITCH:
        for (size_t k = 0; k < stmt->u.switch_.arm_count; k++)
            block_effects(program, facts, &stmt->u.switch_.arms[k].body, e);
        break;
    case STMT_BLOCK: block_effects(program, facts, &stmt->u.block, e); break;
    case STMT_DECL:
    case STMT_SET:
    case STMT_CALL:
    case STMT_RETURN:
    case STMT_BREAK:
    case STMT_CONTINUE:
    case STMT_PUSH:
    case STMT_POP:
    case STMT_RAW: break;
    }
}

static void own_effects(struct program *program, struct facts *facts, struct stmt *stmt, struct effects *e) {
    struct regions *regions = facts->regions;
    switch (stmt->kind) {
    case STMT_DECL:
        if (stmt->u.decl.init) {
            expr_reads(regions, stmt->u.decl.init, &e->reads);
            region_add_leaves(regions, region_of_var(regions, stmt->u.decl.var), false, &e->writes);
        }
        break;
    case STMT_SET:
        expr_reads(regions, stmt->u.set.from, &e->reads);
        if (stmt->u.set.add)
            expr_reads(regions, stmt->to, &e->reads);
        address_reads(regions, stmt->to, &e->reads);
        lvalue_leaves(regions, stmt->to, &e->writes);
        break;
    case STMT_CALL: call_effects(program, facts, stmt, e); break;
    case STMT_IF: expr_reads(regions, stmt->u.branch.cond, &e->reads); break;
    case STMT_FOR:
        expr_reads(regions, stmt->u.loop.lo, &e->reads);
        expr_reads(regions, stmt->u.loop.hi, &e->reads);
        expr_reads(regions, stmt->u.loop.step, &e->reads);
        bitset_add(&e->writes, region_of_var(regions, stmt->u.loop.index)->id);
        break;
    case STMT_WHILE: expr_reads(regions, stmt->u.while_.cond, &e->reads); break;
    case STMT_SWITCH: expr_reads(regions, stmt->u.switch_.value, &e->reads); break;
    case STMT_RETURN:
        if (stmt->u.value)
            expr_reads(regions, stmt->u.value, &e->reads);
        break;
    case STMT_BLOCK:
    case STMT_BREAK:
    case STMT_CONTINUE:
    case STMT_PUSH:
    case STMT_POP:
    case STMT_RAW: break;
    }
}

static void block_effects(struct program *program, struct facts *facts, const struct block *block,
                          struct effects *out) {
    struct arena *arena = program->unit->arena;
    for (size_t k = 0; k < block->count; k++) {
        struct stmt *stmt = block->items[k];
        struct effects e = {bitset_create(arena), bitset_create(arena)};
        own_effects(program, facts, stmt, &e);
        nested_effects(program, facts, stmt, &e);
        facts->of_stmt[stmt->id] = e;
        bitset_union(&out->reads, &e.reads);
        bitset_union(&out->writes, &e.writes);
    }
}

/* One round: whether anything is new. */
static bool facts_round(struct program *program, struct facts *facts) {
    struct arena *arena = program->unit->arena;
    struct effects total = {bitset_create(arena), bitset_create(arena)};
    struct solve solve = {program, facts};
    size_t results = bitset_size(&facts->result_targets);
    facts->regions->changed = false;
    block_walk(&facts->func->body, points_to_stmt, &solve);
    block_effects(program, facts, &facts->func->body, &total);
    bool changed = facts->regions->changed || results != bitset_size(&facts->result_targets);
    changed |= bitset_union(&facts->total.reads, &total.reads);
    changed |= bitset_union(&facts->total.writes, &total.writes);
    return changed;
}

static struct facts *facts_create(struct program *program, struct func *func, const struct aliases *aliases) {
    struct arena *arena = program->unit->arena;
    struct facts *facts = NEW(arena, struct facts);
    facts->func = func;
    facts->regions = NEW(arena, struct regions);
    facts->regions->unit = program->unit;
    facts->regions->func = func;
    facts->regions->aliases = aliases;
    facts->total.reads = bitset_create(arena);
    facts->total.writes = bitset_create(arena);
    facts->result_targets = bitset_create(arena);
    facts->of_stmt = NEW_ARRAY(arena, struct effects, func_number(func) + 1);
    facts->kept = call_leaves_create(arena, func_number(func) + 1);
    return facts;
}

struct program *program_create(struct unit *unit, const struct rules *rules) {
    struct program *program = NEW(unit->arena, struct program);
    program->unit = unit;
    program->rules = rules;
    program->facts = map_create(unit->arena);
    program->activities = map_create(unit->arena);
    return program;
}

void program_forget(struct program *program) {
    program->facts = map_create(program->unit->arena);
    program->activities = map_create(program->unit->arena);
}

static void lower_to(struct facts *facts, size_t low) {
    if (facts && low < facts->low)
        facts->low = low;
}

/* One round of the function and of all that were opened after it. */
static bool open_round(struct program *program, struct facts *facts) {
    bool changed = false;
    for (size_t k = facts->position; k < program->open.count; k++) {
        program->current = program->open.items[k];
        changed |= facts_round(program, program->current);
        lower_to(facts, program->current->low);
    }
    return changed;
}

/* Within a cycle of calls the facts found so far are returned. The functions of a cycle stay open until the
 * one by which it was entered has gone round and found nothing new; `low` is that one's position (as in
 * Tarjan, SIAM J. Comput. 1 (1972) 146). */
struct facts *program_facts(struct program *program, struct func *func) {
    struct facts *facts = map_get(program->facts, func->name), *caller = program->current;
    if (facts && facts->open)
        lower_to(caller, facts->low);
    if (facts)
        return facts;
    facts = facts_create(program, func, NULL);
    map_put(program->facts, func->name, facts);
    facts->open = true;
    facts->position = facts->low = program->open.count;
    VEC_PUSH(program->unit->arena, program->open, facts);
    while (open_round(program, facts)) {
    }
    program->current = caller;
    if (facts->low < facts->position) {
        lower_to(caller, facts->low);
        return facts;
    }
    for (size_t k = facts->position; k < program->open.count; k++)
        program->open.items[k]->open = false;
    program->open.count = facts->position;
    return facts;
}

struct facts *facts_compute(struct program *program, struct func *func, const struct aliases *aliases) {
    struct facts *facts = facts_create(program, func, aliases);
    while (facts_round(program, facts)) {
    }
    return facts;
}

/* ---- calls with reals in unknown memory ----------------------------------------------------------- */

static bool is_null_argument(const struct stmt *call, const struct region *region) {
    long long value;
    const struct expr *arg = region->root->kind == VAR_PARAM && region->root->id < call->u.call.arg_count
                                 ? call->u.call.args[region->root->id]
                                 : NULL;
    while (arg && arg->kind == EXPR_CAST)
        arg = arg->args[0];
    return arg && expr_is_const_int(arg, &value) && value == 0;
}

bool call_loses_reals(struct program *program, struct facts *facts, const struct stmt *call) {
    if (!facts->takes_fresh || !has_body(call->u.call.callee) ||
        rules_call(program->rules, call->u.call.callee->name))
        return false;
    struct facts *callee = program_facts(program, call->u.call.callee);
    for (size_t k = 0; k < callee->regions->all.count; k++) {
        const struct region *region = callee->regions->all.items[k];
        struct bitset mapped = bitset_create(program->unit->arena);
        bool used = bitset_has(&callee->total.reads, k) || bitset_has(&callee->total.writes, k);
        if (!used || !region_holds_reals(region) || !region_is_outer(region) ||
            is_null_argument(call, region))
            continue;
        call_map_region(program, facts, call, callee, region, &mapped);
        if (bitset_empty(&mapped))
            return true;
    }
    return false;
}

/* ---- reals in unknown memory ----------------------------------------------------------------- */

struct lost {
    struct regions *regions;
    bool found;
};

static bool find_lost(struct expr *e, void *data) {
    struct lost *lost = data;
    struct bitset named = bitset_create(lost->regions->unit->arena);
    if (!type_is_real(e->type) || (e->kind != EXPR_INDEX && e->kind != EXPR_DEREF && e->kind != EXPR_FIELD))
        return true;
    region_of_lvalue(lost->regions, e, &named);
    lost->found |= bitset_empty(&named);
    return true;
}

static void find_lost_stmt(struct stmt *stmt, void *lost) {
    stmt_walk_exprs(stmt, find_lost, lost);
}

bool facts_lose_reals(struct facts *facts) {
    struct lost lost = {facts->regions, facts->takes_fresh};
    if (facts->asked)
        return facts->loses;
    if (!lost.found)
        block_walk(&facts->func->body, find_lost_stmt, &lost);
    facts->asked = true;
    facts->loses = lost.found;
    return facts->loses;
}
