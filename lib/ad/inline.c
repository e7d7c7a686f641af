/* inline: some callees are better differentiated in place: those that return pointers or records of pointers,
 * allocate or free what outlives them, or store pointers for the caller. After this their memory belongs to
 * the function itself. Small ones are as well (inline_small.c). */
#include "ad/call.h"

#include <string.h>

enum { INLINE_ROUNDS = 8 };

/* ---- which ----------------------------------------------------------------------------------- */

struct memory_search {
    struct ad *ad;
    bool found;
};

static void search_memory(struct stmt *stmt, void *data) {
    struct memory_search *search = data;
    if (stmt->kind != STMT_CALL)
        return;
    const struct call_rule *rule = rules_call(search->ad->rules, stmt->u.call.callee->name);
    search->found |= rule && (rule->class == CALL_FREE || rule->class == CALL_ALLOC);
}

static bool frees_or_stores(struct ad *ad, struct func *callee) {
    struct facts *facts = program_facts(ad->program, callee);
    const struct bitset *writes = &facts->total.writes;
    for (size_t m = bitset_next(writes, 0); m != SIZE_MAX; m = bitset_next(writes, m + 1)) {
        const struct region *region = facts->regions->all.items[m];
        if (region_is_outer(region) && type_is_pointer(region->type))
            return true;
    }
    struct memory_search search = {ad, false};
    bool takes_pointers = false;
    block_walk(&callee->body, search_memory, &search);
    for (size_t k = 0; k < callee->param_count; k++)
        takes_pointers |= type_is_pointer(callee->params[k]->type) && type_is_void(callee->result);
    if (!search.found || !takes_pointers)
        return false;
    /* frees what a parameter points to */
    for (size_t m = bitset_next(writes, 0); m != SIZE_MAX; m = bitset_next(writes, m + 1))
        if (region_is_outer(facts->regions->all.items[m]))
            return callee->body.count <= 4;
    return false;
}

/* A wrapper of memcpy, say: what lies behind its `void *` is known where it is called. */
static bool moves_untyped(struct ad *ad, struct func *callee) {
    struct facts *facts = program_facts(ad->program, callee);
    for (size_t k = 0; k < callee->param_count; k++) {
        struct type *type = callee->params[k]->type;
        if (!type_is_pointer(type) || !type_is_void(type_target(type)))
            continue;
        struct region *behind =
            region_child(facts->regions, region_of_var(facts->regions, callee->params[k]), STEP_TARGET, NULL);
        if (type_is_void(behind->type) &&
            (bitset_has(&facts->total.reads, behind->id) || bitset_has(&facts->total.writes, behind->id)))
            return true;
    }
    return false;
}

bool inline_is_possible(struct ad *ad, struct func *callee) {
    return callee->defined && !callee->unsupported && !callee->inactive && !callee->custom_vjp &&
           !callee->custom_jvp && !callee->variadic && !rules_call(ad->rules, callee->name) &&
           !func_is_recursive(callee);
}

static bool must_inline(struct ad *ad, struct func *callee) {
    if (!inline_is_possible(ad, callee))
        return false;
    return type_holds_pointer(callee->result) || frees_or_stores(ad, callee) || moves_untyped(ad, callee);
}

/* ---- how ------------------------------------------------------------------------------------- */

struct inlining {
    struct work *work;
    struct stmt *call;
    struct copy_map map;
};

struct assigned {
    const struct var *param;
    bool found;
};

static bool address_of(struct expr *e, void *data) {
    struct assigned *a = data;
    a->found |= e->kind == EXPR_ADDR && work_storage(e->args[0]) == a->param;
    return true;
}

static void address_in(struct expr **e, void *data) {
    expr_walk(*e, address_of, data);
}

static void assigned_in(struct stmt *stmt, void *data) {
    struct assigned *a = data;
    stmt_each_expr(stmt, address_in, a);
    a->found |= (stmt->to && work_storage(stmt->to) == a->param) ||
                (stmt->kind == STMT_FOR && stmt->u.loop.index == a->param);
}

bool inline_is_assigned(const struct func *func, const struct var *param) {
    struct assigned a = {param, false};
    block_walk((struct block *)&func->body, assigned_in, &a);
    return a.found;
}

struct following {
    const struct var *param;
    bool other; /* mentioned otherwise than to follow it or to pass it on */
};

static const struct expr *under_implicit(const struct expr *e) {
    while (e->kind == EXPR_CAST && e->u.implicit)
        e = e->args[0];
    return e;
}

static bool is_param(const struct expr *e, const struct var *param) {
    e = under_implicit(e);
    return e->kind == EXPR_VAR && e->u.var == param;
}

static bool find_other(struct expr *e, void *data) {
    struct following *f = data;
    bool follows = e->kind == EXPR_INDEX || e->kind == EXPR_DEREF || e->kind == EXPR_FIELD;
    f->other |= e->kind == EXPR_VAR && e->u.var == f->param;
    if (!follows || !is_param(e->args[0], f->param))
        return true;
    for (size_t k = 1; k < e->arg_count; k++)
        expr_walk(e->args[k], find_other, f);
    return false;
}

static void other_in_expr(struct expr **e, void *data) {
    expr_walk(*e, find_other, data);
}

static void other_in_stmt(struct stmt *stmt, void *data) {
    struct following *f = data;
    if (stmt->kind != STMT_CALL) {
        stmt_each_expr(stmt, other_in_expr, f);
        return;
    }
    for (size_t k = 0; k < stmt->u.call.arg_count; k++)
        if (!is_param(stmt->u.call.args[k], f->param))
            expr_walk(stmt->u.call.args[k], find_other, f);
    if (stmt->to)
        expr_walk(stmt->to, find_other, f);
}

/* All that the callee does with the pointer is to follow it or to pass it on: an address may stand for it. A
 * condition on an address that cannot be null would be one that compilers warn of. */
bool inline_is_followed(const struct func *callee, const struct var *param) {
    struct following f = {param, false};
    block_walk((struct block *)&callee->body, other_in_stmt, &f);
    return !f.other;
}

/* It may change variables of its caller that are handed to it by value as well: rotate(x, y, &x, &y). */
static bool writes_outside(struct ad *ad, struct func *callee) {
    struct facts *facts = program_facts(ad->program, callee);
    const struct bitset *writes = &facts->total.writes;
    for (size_t m = bitset_next(writes, 0); m != SIZE_MAX; m = bitset_next(writes, m + 1))
        if (region_is_outer(facts->regions->all.items[m]))
            return true;
    return false;
}

/* An argument that means the same wherever the callee's body mentions it, and is as short as a name.
 * `writes`: so does the callee to memory of others. */
static bool is_transparent(const struct expr *arg, bool writes) {
    const struct expr *e = expr_strip(arg);
    long long value;
    if (expr_is_const_int(e, &value))
        return true;
    if (e->kind == EXPR_ADDR && e->args[0]->kind == EXPR_INDEX)
        return expr_is_const_int(e->args[0]->args[1], &value) && is_transparent(e->args[0]->args[0], writes);
    if (e->kind == EXPR_ADDR)
        return e->args[0]->kind == EXPR_VAR && e->args[0]->u.var->kind == VAR_LOCAL;
    if (e->kind != EXPR_VAR || e->u.var->kind == VAR_GLOBAL)
        return false;
    return type_is_array(e->u.var->type) || !(e->u.var->address_taken && writes);
}

/* (&a[k])[i] is a[k + i]; an array that decayed is indexed itself. */
static struct expr *simplify_index(struct unit *unit, struct expr *e, struct expr *base) {
    long long k, start;
    struct copy_map same = {unit, NULL, 0};
    if (type_is_array(base->type))
        return expr_index(unit, base, e->args[1]);
    if (base->kind != EXPR_ADDR || base->args[0]->kind != EXPR_INDEX || base->u.inside)
        return e;
    struct expr *element = base->args[0], *from = expr_copy(&same, element->args[1]);
    bool constant = expr_is_const_int(e->args[1], &k);
    if (constant && from->kind == EXPR_INT && expr_is_const_int(from, &start))
        from = expr_int(unit, start + k);
    else if (!constant || k != 0)
        from = expr_binary(unit, BINARY_ADD, from, e->args[1]);
    return expr_index(unit, element->args[0], from);
}

static void simplify(struct expr **e, void *data) {
    for (size_t k = 0; k < (*e)->arg_count; k++)
        simplify(&(*e)->args[k], data);
    struct unit *unit = data;
    struct expr *base = (*e)->arg_count ? (*e)->args[0] : NULL;
    while (base && base->kind == EXPR_CAST && base->u.implicit)
        base = base->args[0];
    if (base && (*e)->kind == EXPR_FIELD && base->kind == EXPR_BINARY && base->u.binary == BINARY_ADD &&
        type_is_pointer(base->args[0]->type))
        *e = expr_field(unit, expr_index(unit, base->args[0], base->args[1]), (*e)->u.name);
    if (base && (*e)->kind == EXPR_INDEX)
        *e = simplify_index(unit, *e, base);
    else if (!base || base->kind != EXPR_ADDR)
        return;
    else if ((*e)->kind == EXPR_FIELD)
        *e = expr_field(unit, base->args[0], (*e)->u.name);
    else if ((*e)->kind == EXPR_DEREF)
        *e = base->args[0];
}

void inline_simplify(struct unit *unit, struct expr **e) {
    simplify(e, unit);
}

static void simplify_stmt(struct stmt *stmt, void *data) {
    stmt_each_expr(stmt, simplify, data);
}

/* A variable of the callee keeps its name where nothing else in the function has it. */
static struct var *clone_var(struct work *work, const char *name, struct type *type) {
    struct unit *unit = work->ad->unit;
    bool taken = func_has_name(work->func, name) || unit_find_func(unit, name);
    for (size_t k = 0; k < unit->globals.count; k++)
        taken |= strcmp(unit->globals.items[k]->name, name) == 0;
    for (size_t k = 0; k < unit->carried.count; k++)
        taken |=
            unit->carried.items[k]->kind == CARRY_MACRO && strcmp(unit->carried.items[k]->name, name) == 0;
    return taken ? work_temp(work, name, type) : func_add_var(unit, work->func, VAR_LOCAL, name, type->plain);
}

/* Behind a `void *` lies what the argument points to. */
static struct type *bound_type(struct work *work, const struct func *callee, const struct var *param,
                               const struct expr *arg) {
    bool untyped = type_is_pointer(param->type) && type_is_void(type_target(param->type));
    if (!untyped || inline_is_assigned(callee, param))
        return param->type;
    const struct expr *pointer = memory_pointer(arg);
    if (!type_is_pointer(pointer->type) && !type_is_array(pointer->type))
        return param->type;
    return type_decay(work->ad->unit->types, pointer->type);
}

static void bind_params(struct inlining *inlining, struct block *out) {
    struct unit *unit = inlining->work->ad->unit;
    struct func *callee = inlining->call->u.call.callee;
    bool writes = writes_outside(inlining->work->ad, callee);
    for (size_t k = 0; k < callee->param_count; k++) {
        struct var *param = callee->params[k];
        struct expr *arg = inlining->call->u.call.args[k];
        bool address = expr_strip(arg)->kind == EXPR_ADDR || type_is_array(expr_strip(arg)->type);
        bool null = type_is_pointer(param->type) && work_is_null(arg);
        if (is_transparent(arg, writes) && !null && !inline_is_assigned(callee, param) &&
            (!address || inline_is_followed(callee, param))) {
            inlining->map.vars[param->id] = arg;
            continue;
        }
        struct type *type = bound_type(inlining->work, callee, param, arg);
        struct var *local = clone_var(inlining->work, param->name, type);
        local->inactive = param->inactive;
        local->address_taken = param->address_taken;
        local->loc = inlining->call->loc;
        block_add(unit, out,
                  stmt_decl(unit, local, type == param->type ? arg : (struct expr *)memory_pointer(arg)));
        inlining->map.vars[param->id] = expr_var(unit, local);
    }
}

static void clone_locals(struct inlining *inlining) {
    struct func *callee = inlining->call->u.call.callee;
    for (size_t k = callee->param_count; k < callee->vars.count; k++) {
        struct var *var = callee->vars.items[k];
        if (inlining->map.vars[var->id])
            continue;
        struct var *clone = clone_var(inlining->work, var->name, type_copy(&inlining->map, var->type));
        clone->type = type_copy(&inlining->map, var->type);
        clone->kind = var->kind;
        clone->is_const = var->is_const;
        clone->is_static = var->is_static;
        clone->inactive = var->inactive;
        clone->address_taken = var->address_taken;
        clone->loc = var->loc;
        inlining->map.vars[var->id] = expr_var(inlining->work->ad->unit, clone);
    }
}

static void replace_returns(struct inlining *inlining, struct block *block);

static void replace_nested(struct block *block, void *data) {
    replace_returns(data, block);
}

static void replace_returns(struct inlining *inlining, struct block *block) {
    struct unit *unit = inlining->work->ad->unit;
    struct copy_map same = {unit, NULL, 0};
    struct block out = {0};
    for (size_t k = 0; k < block->count; k++) {
        struct stmt *stmt = block->items[k];
        if (stmt->kind != STMT_RETURN) {
            stmt_each_block(stmt, replace_nested, inlining);
            block_add(unit, &out, stmt);
        } else if (stmt->u.value && inlining->call->to && !expr_equal(stmt->u.value, inlining->call->to)) {
            struct stmt *set = stmt_set(unit, expr_copy(&same, inlining->call->to), stmt->u.value, false);
            set->loc = inlining->call->loc;
            block_add(unit, &out, set);
        }
    }
    *block = out;
}

void inline_call(struct work *work, struct stmt *call, struct block *out) {
    struct unit *unit = work->ad->unit;
    struct func *callee = call->u.call.callee;
    struct stmt *decl = inline_declaration(call, out);
    struct var *built = decl ? inline_built(callee, decl->u.decl.var) : NULL;
    struct inlining inlining = {.work = work, .call = call};
    inlining.map = (struct copy_map){unit, NEW_ARRAY(unit->arena, struct expr *, callee->vars.count + 1),
                                     callee->vars.count};
    struct block body = {0};
    bind_params(&inlining, out);
    if (built)
        inlining.map.vars[built->id] = call->to;
    clone_locals(&inlining);
    block_copy(&inlining.map, &body, &callee->body);
    replace_returns(&inlining, &body);
    block_walk(&body, simplify_stmt, unit);
    inline_keep_comments(call, &body);
    if (decl)
        inline_declare(callee, decl, built, out, &body);
    block_append(unit, out, &body);
}

static void inline_stmt(struct work *work, struct stmt *stmt, struct block *out) {
    if (stmt->kind != STMT_CALL || !must_inline(work->ad, stmt->u.call.callee) ||
        !work_check(work->ad, stmt->u.call.callee, stmt->loc)) {
        block_add(work->ad->unit, out, stmt);
        return;
    }
    work->changed = true;
    inline_call(work, stmt, out);
}

void inline_memory_calls(struct work *work) {
    work->changed = true;
    for (unsigned round = 0; work->changed && round < INLINE_ROUNDS; round++) {
        work->changed = false;
        work_rebuild(work, &work->func->body, inline_stmt);
    }
}
