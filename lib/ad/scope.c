/* scope: what a block's variables are in the two sweeps: which are shared, what the forward sweep records at
 * the end of the block, and what the reverse sweep finds again at its beginning. */
#include "ad/reverse.h"

/* ---- variables of both functions ------------------------------------------------------------- */

struct expr *forward_of(struct work *work, const struct expr *e) {
    return expr_copy(&work->forward_map, e);
}

struct expr *reverse_of(struct work *work, const struct expr *e) {
    return expr_copy(&work->reverse_map, e);
}

static bool is_shared(const struct work *work, const struct var *var, bool function_level) {
    const struct var_plan *plan = &work->vars[var->id];
    return plan->hoisted || (function_level && !work->split);
}

struct type *assigned_type(struct work *work, struct type *type) {
    struct type *t = type->plain;
    if (type_is_array(t)) {
        struct type *array = type_strip(t), *element = assigned_type(work, array->under);
        return element == array->under ? t : type_array(work->ad->unit->types, element, array->count);
    }
    return type_quals(t) ? type_strip(t) : t;
}

/* Two variables of one name may live in blocks beside each other, but not both at the top of the function. */
static const char *primal_name(struct work *work, const struct var *var) {
    bool taken = work->vars[var->id].hoisted && func_has_name(work->forward, var->name);
    return taken ? work_name(work, work->forward, var->name) : var->name;
}

static void enter_primal(struct work *work, struct var *var, bool function_level) {
    struct unit *unit = work->ad->unit;
    const struct var_plan *plan = &work->vars[var->id];
    bool shared = is_shared(work, var, function_level);
    struct type *type = type_copy(&work->forward_map, var->type);
    if (plan->hoisted || (shared && plan->required))
        type = assigned_type(work, type);
    struct var *copy = func_add_var(unit, work->forward, var->kind, primal_name(work, var), type);
    copy->is_const = var->is_const;
    copy->is_static = var->is_static;
    work->forward_map.vars[var->id] = expr_var(unit, copy);
    if (var->kind == VAR_STATIC_LOCAL && !shared) {
        struct var *again = func_add_var(unit, work->reverse, var->kind, var->name, type);
        again->is_const = var->is_const;
        again->is_static = var->is_static;
        work->reverse_map.vars[var->id] = expr_var(unit, again);
    } else if (shared)
        work->reverse_map.vars[var->id] = work->forward_map.vars[var->id];
    else if (plan->required)
        work->reverse_map.vars[var->id] =
            expr_var(unit, func_add_var(unit, work->reverse, VAR_LOCAL, var->name,
                                        assigned_type(work, type_copy(&work->reverse_map, var->type))));
}

static void enter_companion(struct work *work, struct var *var) {
    struct unit *unit = work->ad->unit;
    const struct var_plan *plan = &work->vars[var->id];
    if (!plan->active && !plan->shadow)
        return;
    struct type *type = companion_type(work->ad, type_copy(&work->reverse_map, var->type));
    work->companions[var->id] =
        func_add_var(unit, work->reverse, VAR_LOCAL, companion_name(work, work->reverse, var->name), type);
}

void scope_enter(struct work *work, const struct block *block, bool function_level) {
    for (size_t k = 0; k < block->count; k++) {
        if (block->items[k]->kind != STMT_DECL)
            continue;
        enter_primal(work, block->items[k]->u.decl.var, function_level);
        enter_companion(work, block->items[k]->u.decl.var);
    }
}

/* ---- the record at the end of a block, and the start of its reverse -------------------------- */

void scope_leave(struct work *work, const struct block *block, struct block *forward) {
    for (size_t k = block->count; k-- > 0;) {
        const struct stmt *stmt = block->items[k];
        if (stmt->kind == STMT_DECL && work->vars[stmt->u.decl.var->id].keep == KEEP_RECORD)
            save_push(work, stmt->u.decl.var, forward);
    }
}

static bool breaks_at_end(const struct block *block) {
    const struct stmt *last = block->count ? block->items[block->count - 1] : NULL;
    if (!last)
        return false;
    if (last->kind == STMT_IF)
        return breaks_at_end(&last->u.branch.then) || breaks_at_end(&last->u.branch.other);
    return last->kind == STMT_BREAK || (last->kind == STMT_BLOCK && breaks_at_end(&last->u.block));
}

void scope_append_at_ends(struct unit *unit, struct block *block, const struct block *statements) {
    if (!breaks_at_end(block)) { /* once: slots.c knows the statements themselves */
        block_append(unit, block, statements);
        return;
    }
    struct stmt *last = block->items[block->count - 1];
    if (last->kind == STMT_IF) {
        scope_append_at_ends(unit, &last->u.branch.then, statements);
        scope_append_at_ends(unit, &last->u.branch.other, statements);
    } else if (last->kind == STMT_BLOCK) {
        scope_append_at_ends(unit, &last->u.block, statements);
    }
}

static void declare_companion(struct work *work, struct var *var, struct block *out) {
    struct unit *unit = work->ad->unit;
    struct var *companion = work->companions[var->id];
    struct expr *init = NULL;
    bool variable = false;
    for (const struct type *t = companion->type; type_is_array(t); t = type_target(t)) {
        long long count;
        variable |= !expr_is_const_int(type_strip(t)->count, &count);
    }
    if (type_is_real(companion->type)) {
        init = expr_zero(unit, companion->type);
    } else if (!variable) {
        struct expr **zero = NEW_ARRAY(unit->arena, struct expr *, 1);
        zero[0] = expr_int(unit, 0);
        init = expr_init(unit, companion->type, zero, 1);
    }
    block_add(unit, out, stmt_decl(unit, companion, init));
    if (variable)
        adjoint_clear(work, expr_var(unit, companion), out);
}

static void alloc_companion(struct work *work, const struct stmt *stmt, struct expr *to, struct block *out) {
    struct unit *unit = work->ad->unit;
    size_t count = stmt->u.call.arg_count;
    struct expr **args = NEW_ARRAY(unit->arena, struct expr *, count + 1);
    for (size_t k = 0; k < count; k++)
        args[k] = reverse_of(work, stmt->u.call.args[k]);
    call_alloc_companion(unit, rules_call(work->ad->rules, stmt->u.call.callee->name), args, to, out);
}

static void start_shadow(struct work *work, const struct stmt *definition, struct var *var,
                         struct block *out) {
    struct unit *unit = work->ad->unit;
    struct var *companion = work->companions[var->id];
    if (work_is_alloc(work, definition)) {
        block_add(unit, out, stmt_decl(unit, companion, NULL));
        alloc_companion(work, definition, expr_var(unit, companion), out);
        return;
    }
    work->companions[var->id] = NULL; /* the value must not mention it */
    struct expr *value = companion_pointer(work, &work->reverse_map, linear_value(definition));
    work->companions[var->id] = companion;
    block_add(unit, out, stmt_decl(unit, companion, value));
}

static void start_declared(struct work *work, const struct stmt *decl, struct block *out) {
    struct var *var = decl->u.decl.var;
    const struct var_plan *plan = &work->vars[var->id];
    if (var->kind == VAR_STATIC_LOCAL) {
        struct expr *table = work->reverse_map.vars[var->id];
        if (table != work->forward_map.vars[var->id] && decl->u.decl.init)
            block_add(work->ad->unit, out,
                      stmt_decl(work->ad->unit, table->u.var, reverse_of(work, decl->u.decl.init)));
        return;
    }
    if (plan->keep == KEEP_RECORD) {
        struct expr *primal = reverse_of(work, expr_var(work->ad->unit, var));
        if (primal->kind == EXPR_VAR)
            block_add(work->ad->unit, out, stmt_decl(work->ad->unit, primal->u.var, NULL));
        save_pop(work, var, out);
    } else if (plan->required && plan->keep == KEEP_UNNEEDED) {
        /* needed inside the block only, restored there */
        struct expr *primal = work->reverse_map.vars[var->id];
        if (primal && primal != work->forward_map.vars[var->id])
            block_add(work->ad->unit, out, stmt_decl(work->ad->unit, primal->u.var, NULL));
    }
    if (plan->active)
        declare_companion(work, var, out);
}

static struct var *defined_here(struct work *work, const struct stmt *stmt) {
    struct var *var = NULL;
    if (stmt->kind == STMT_DECL)
        var = stmt->u.decl.var;
    else if (stmt->to && stmt->to->kind == EXPR_VAR && stmt->to->u.var->kind == VAR_LOCAL)
        var = stmt->to->u.var;
    return var && work->vars[var->id].definition == stmt ? var : NULL;
}

static struct var *pointed_here(struct work *work, const struct stmt *stmt) {
    struct var *var = stmt->kind == STMT_DECL ? stmt->u.decl.var : stmt->to ? work_storage(stmt->to) : NULL;
    return var && var->kind == VAR_LOCAL && work->vars[var->id].pointed == stmt ? var : NULL;
}

struct setup_search {
    struct work *work;
    const struct stmt *stmt;
    struct block *out;
};

static void start_pointer_leaf(struct work *work, const struct stmt *setup, struct block *out) {
    struct unit *unit = work->ad->unit;
    struct expr *to = setup->to ? companion_lvalue(work, &work->reverse_map, setup->to)
                                : expr_var(unit, work->companions[setup->u.decl.var->id]);
    struct expr *value = linear_value(setup);
    if (work_is_alloc(work, setup))
        alloc_companion(work, setup, to, out);
    else if (value && type_is_pointer(value->type))
        block_add(unit, out, stmt_set(unit, to, companion_pointer(work, &work->reverse_map, value), false));
    else if (value && type_is_record(value->type)) { /* its pointers, and the shape of a tensor */
        struct copy_map same = {unit, NULL, 0};
        block_add(unit, out,
                  stmt_set(unit, to, companion_lvalue(work, &work->reverse_map, linear_strip(value)), false));
        adjoint_clear(work, expr_copy(&same, to), out);
    }
}

/* In the reverse function's own copy of the structure and of what it points to. */
static void start_primal_leaf(struct work *work, const struct stmt *setup, struct block *out) {
    const struct var *root = expr_root(setup->to);
    if (!setup_points_home(work, setup) || !work->reverse_map.vars[root->id] ||
        work->reverse_map.vars[root->id] == work->forward_map.vars[root->id])
        return;
    struct expr *to = reverse_of(work, setup->to), *value = reverse_of(work, linear_value(setup));
    if (type_is_record(to->type))
        copy_pointers(work, work->reverse, to, value, out);
    else
        block_add(work->ad->unit, out, stmt_set(work->ad->unit, to, value, false));
}

static void start_loop(struct work *work, struct stmt *loop, const struct block *home, struct block *out);

/* The setups of structures that hang on variables of the block `home`; those in a loop, in a loop like it. */
static void start_looped(struct work *work, struct stmt *stmt, const struct block *home, struct block *out) {
    const struct var *root = stmt->kind == STMT_FOR ? NULL : setup_root(work, stmt);
    if (stmt->kind == STMT_FOR)
        start_loop(work, stmt, home, out);
    else if (root && work->layout->decl_of_var[root->id].block == home) {
        start_pointer_leaf(work, stmt, out);
        start_primal_leaf(work, stmt, out);
    }
}

static void start_loop(struct work *work, struct stmt *loop, const struct block *home, struct block *out) {
    struct unit *unit = work->ad->unit;
    struct stmt *copy = stmt_new(unit, STMT_FOR, (struct loc){0});
    struct var *index = loop->u.loop.index;
    struct expr *outer = work->reverse_map.vars[index->id];
    copy->u.loop = loop->u.loop;
    copy->u.loop.body = (struct block){0};
    copy->u.loop.declares = true;
    copy->u.loop.lo = reverse_of(work, loop->u.loop.lo);
    copy->u.loop.hi = reverse_of(work, loop->u.loop.hi);
    copy->u.loop.step = reverse_of(work, loop->u.loop.step);
    copy->u.loop.index =
        func_add_var(unit, work->reverse, VAR_LOCAL, index->name, assigned_type(work, index->type));
    work->reverse_map.vars[index->id] = expr_var(unit, copy->u.loop.index);
    for (size_t k = 0; k < loop->u.loop.body.count; k++)
        start_looped(work, loop->u.loop.body.items[k], home, &copy->u.loop.body);
    work->reverse_map.vars[index->id] = outer;
    if (copy->u.loop.body.count)
        block_add(unit, out, copy);
}

static void start_setup(struct stmt *setup, void *data) {
    struct setup_search *s = data;
    if (setup == s->stmt) {
        start_pointer_leaf(s->work, setup, s->out);
        if (setup->to)
            start_primal_leaf(s->work, setup, s->out);
    }
}

void scope_start(struct work *work, const struct block *block, struct block *out) {
    for (size_t k = 0; k < block->count; k++) {
        struct stmt *stmt = block->items[k];
        struct var *defined = defined_here(work, stmt);
        if (stmt->kind == STMT_DECL)
            start_declared(work, stmt, out);
        if (defined && work->vars[defined->id].keep == KEEP_RECOMPUTE) {
            struct expr *primal = work->reverse_map.vars[defined->id];
            if (primal != work->forward_map.vars[defined->id])
                block_add(
                    work->ad->unit, out,
                    stmt_decl(work->ad->unit, primal->u.var, reverse_of(work, record_again(work, defined))));
        }
        struct var *pointer = pointed_here(work, stmt);
        if (pointer && work->vars[pointer->id].shadow)
            start_shadow(work, stmt, pointer, out);
        start_looped(work, stmt, block, out);
        struct var *root = stmt->kind == STMT_DECL ? stmt->u.decl.var
                           : stmt->to              ? work_storage(stmt->to)
                                                   : NULL;
        if (root && root->kind == VAR_LOCAL && record_has_setups(work, root)) {
            struct setup_search search = {work, stmt, out};
            record_each_setup(work, root, start_setup, &search);
        }
    }
}
