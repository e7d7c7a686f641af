/* reverse: writes both sweeps of a function together, one function per kind of statement, so that whatever
 * the forward sweep saves is fetched by code that stands beside it. `forward` receives the statements in
 * order; `reverse` receives the reverse of this one statement, and the block puts those together last to
 * first. Griewank & Walther (2008), chapters 3 and 6. */
#include "ad/private.h"
#include "clean/clean.h"

/* A block that is being written: what leaving it early must record. */
struct scope {
    const struct scope *outer;
    const struct block *block;
    bool loop_body;
};

static void reverse_block(struct work *work, struct block *block, struct block *forward,
                          struct block *reverse, bool loop_body, bool function_level);

/* ---- variables of both functions ------------------------------------------------------------- */

static struct expr *forward_of(struct work *work, const struct expr *e) {
    return expr_copy(&work->forward_map, e);
}

static struct expr *reverse_of(struct work *work, const struct expr *e) {
    return expr_copy(&work->reverse_map, e);
}

static bool is_shared(const struct work *work, const struct var *var, bool function_level) {
    const struct var_plan *plan = &work->vars[var->id];
    return plan->hoisted || (function_level && !work->split);
}

/* Without const and other qualifiers: the reverse sweep assigns it. */
static struct type *plain_type(struct work *work, struct type *type) {
    struct type *t = type->plain;
    (void)work;
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
        type = plain_type(work, type);
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
                                        plain_type(work, type_copy(&work->reverse_map, var->type))));
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

static void enter_block(struct work *work, const struct block *block, bool function_level) {
    for (size_t k = 0; k < block->count; k++) {
        if (block->items[k]->kind != STMT_DECL)
            continue;
        enter_primal(work, block->items[k]->u.decl.var, function_level);
        enter_companion(work, block->items[k]->u.decl.var);
    }
}

/* ---- the record at the end of a block, and the start of its reverse -------------------------- */

/* In reverse order of declaration, so that the reverse sweep gets them back in order. */
static void leave_block(struct work *work, const struct block *block, struct block *forward) {
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

/* Appends the statements wherever the block's end is reached; a break has recorded for itself. */
static void append_at_ends(struct unit *unit, struct block *block, const struct block *statements) {
    struct copy_map same = {unit, NULL, 0};
    if (!breaks_at_end(block)) {
        block_copy(&same, block, statements);
        return;
    }
    struct stmt *last = block->items[block->count - 1];
    if (last->kind == STMT_IF) {
        append_at_ends(unit, &last->u.branch.then, statements);
        append_at_ends(unit, &last->u.branch.other, statements);
    } else if (last->kind == STMT_BLOCK) {
        append_at_ends(unit, &last->u.block, statements);
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

static const struct call_rule *alloc_rule(struct work *work, const struct stmt *stmt) {
    if (stmt->kind != STMT_CALL)
        return NULL;
    const struct call_rule *rule = rules_call(work->ad->rules, stmt->u.call.callee->name);
    return rule && rule->class == CALL_ALLOC ? rule : NULL;
}

static void alloc_companion(struct work *work, const struct stmt *stmt, struct expr *to, struct block *out) {
    struct unit *unit = work->ad->unit;
    size_t count = stmt->u.call.arg_count;
    struct expr **args = NEW_ARRAY(unit->arena, struct expr *, count + 1);
    for (size_t k = 0; k < count; k++)
        args[k] = reverse_of(work, stmt->u.call.args[k]);
    call_alloc_companion(unit, alloc_rule(work, stmt), args, to, out);
}

static void start_shadow(struct work *work, const struct stmt *definition, struct var *var,
                         struct block *out) {
    struct unit *unit = work->ad->unit;
    struct var *companion = work->companions[var->id];
    if (alloc_rule(work, definition)) {
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
    if (alloc_rule(work, setup))
        alloc_companion(work, setup, to, out);
    else if (value && type_is_pointer(value->type))
        block_add(unit, out, stmt_set(unit, to, companion_pointer(work, &work->reverse_map, value), false));
    else if (value && type_is_record(value->type)) /* its reals are zero still */
        block_add(unit, out,
                  stmt_set(unit, to, companion_lvalue(work, &work->reverse_map, linear_strip(value)), false));
}

static void start_setup(struct stmt *setup, void *data) {
    struct setup_search *s = data;
    if (setup == s->stmt)
        start_pointer_leaf(s->work, setup, s->out);
}

/* What the reverse of a block begins with: the values that its statements left, and companions that start at
 * zero. */
static void start_block(struct work *work, const struct block *block, struct block *out) {
    for (size_t k = 0; k < block->count; k++) {
        struct stmt *stmt = block->items[k];
        struct var *defined = defined_here(work, stmt);
        if (stmt->kind == STMT_DECL)
            start_declared(work, stmt, out);
        if (defined && work->vars[defined->id].keep == KEEP_RECOMPUTE) {
            struct expr *primal = work->reverse_map.vars[defined->id];
            if (primal != work->forward_map.vars[defined->id])
                block_add(work->ad->unit, out,
                          stmt_decl(work->ad->unit, primal->u.var, reverse_of(work, linear_value(stmt))));
        }
        struct var *pointer = pointed_here(work, stmt);
        if (pointer && work->vars[pointer->id].shadow)
            start_shadow(work, stmt, pointer, out);
        struct var *root = stmt->kind == STMT_DECL ? stmt->u.decl.var
                           : stmt->to              ? work_storage(stmt->to)
                                                   : NULL;
        if (root && root->kind == VAR_LOCAL && record_has_setups(work, root)) {
            struct setup_search search = {work, stmt, out};
            record_each_setup(work, root, start_setup, &search);
        }
    }
}

/* ---- simple statements ----------------------------------------------------------------------- */

static void carry_comment(struct stmt *to, const struct stmt *from) {
    to->comment = from->comment;
    to->trailing = from->trailing;
    to->loc = from->loc;
}

static struct block save_overwritten(struct work *work, const struct stmt *stmt, struct block *forward) {
    struct unit *unit = work->ad->unit;
    const struct bitset *saves = &work->stmts[stmt->id].saves;
    struct block pops = {0};
    for (size_t m = bitset_next(saves, 0); m != SIZE_MAX; m = bitset_next(saves, m + 1)) {
        struct var *var = work->func->vars.items[m];
        struct block pop = {0};
        save_push(work, var, forward);
        save_pop(work, var, &pop);
        block_append(unit, &pop, &pops);
        pops = pop;
    }
    return pops;
}

static bool dies_here(struct work *work, const struct stmt *stmt) {
    return stmt->kind == STMT_DECL ||
           (stmt->to && stmt->to->kind == EXPR_VAR && stmt->to->u.var->kind == VAR_LOCAL &&
            work->vars[stmt->to->u.var->id].definition == stmt);
}

static void reverse_decl(struct work *work, struct stmt *stmt, struct block *forward, struct block *reverse) {
    struct unit *unit = work->ad->unit;
    struct var *var = stmt->u.decl.var;
    struct var *copy = work->forward_map.vars[var->id]->u.var;
    const struct var_plan *plan = &work->vars[var->id];
    struct expr *init = stmt->u.decl.init ? forward_of(work, stmt->u.decl.init) : NULL;
    struct stmt *made = NULL;
    if (plan->hoisted) {
        struct expr *zero = NULL;
        if (type_is_arith(copy->type) || type_is_pointer(copy->type))
            zero = type_is_arith(copy->type) ? expr_zero(unit, copy->type) : expr_int(unit, 0);
        block_add(unit, &work->hoisted, stmt_decl(unit, copy, zero));
        if (init)
            made = stmt_set(unit, expr_var(unit, copy), init, false);
    } else {
        bool uncertain = !init && plan->required && plan->keep != KEEP_RECOMPUTE && !plan->definition;
        if (uncertain && type_is_scalar(copy->type))
            init = type_is_arith(copy->type) ? expr_zero(unit, copy->type) : expr_int(unit, 0);
        made = stmt_decl(unit, copy, init);
    }
    if (made) {
        carry_comment(made, stmt);
        block_add(unit, forward, made);
    }
    if (stmt->u.decl.init && work->stmts[stmt->id].active)
        adjoint_assign(work, expr_var(unit, var), stmt->u.decl.init, false, true, linear_result(work, stmt),
                       reverse);
}

static void reverse_set(struct work *work, struct stmt *stmt, struct block *forward, struct block *reverse) {
    struct unit *unit = work->ad->unit;
    const struct stmt_plan *plan = &work->stmts[stmt->id];
    struct stmt *copy =
        stmt_set(unit, forward_of(work, stmt->to), forward_of(work, stmt->u.set.from), stmt->u.set.add);
    carry_comment(copy, stmt);
    block_add(unit, forward, copy);
    if (plan->undo)
        block_add(unit, reverse,
                  stmt_set(unit, reverse_of(work, stmt->to),
                           expr_unary(unit, UNARY_NEG, reverse_of(work, stmt->u.set.from)), true));
    if (plan->active)
        adjoint_assign(work, stmt->to, stmt->u.set.from, stmt->u.set.add, dies_here(work, stmt),
                       linear_result(work, stmt), reverse);
}

static void result_leaf(struct work *work, struct expr *a, struct expr *b, struct block *out) {
    block_add(work->ad->unit, out, stmt_set(work->ad->unit, b, a, true));
}

static void reverse_return(struct work *work, struct stmt *stmt, struct block *forward,
                           struct block *reverse) {
    struct unit *unit = work->ad->unit;
    struct expr *value = stmt->u.value;
    if (!value || !work->result)
        return;
    struct stmt *set = stmt_set(unit, expr_var(unit, work->result), forward_of(work, value), false);
    carry_comment(set, stmt);
    block_add(unit, forward, set);
    if (!work->result_companion || !activity_expr(work->ad->program, work->activity, value))
        return;
    struct expr *seed = expr_var(unit, work->result_companion);
    if (type_is_record(value->type))
        each_real_leaf(work, work->reverse, seed->type, seed,
                       companion_lvalue(work, &work->reverse_map, linear_strip(value)), result_leaf, reverse);
    else
        adjoint_value(work, value, seed, NULL, reverse);
}

/* What every block up to the loop holds for the reverse sweep is recorded before the jump. */
static void reverse_break(struct work *work, struct stmt *stmt, struct block *forward) {
    struct unit *unit = work->ad->unit;
    for (const struct scope *scope = work->scope; scope; scope = scope->outer) {
        leave_block(work, scope->block, forward);
        for (size_t k = 0; k < scope->block->count; k++)
            if (scope->block->items[k]->kind == STMT_DECL)
                work->vars[scope->block->items[k]->u.decl.var->id].recorded_early = true;
        if (scope->loop_body)
            break;
    }
    struct stmt *copy = stmt_new(unit, STMT_BREAK, stmt->loc);
    carry_comment(copy, stmt);
    block_add(unit, forward, copy);
}

/* ---- branches -------------------------------------------------------------------------------- */

static void reverse_if(struct work *work, struct stmt *stmt, struct block *forward, struct block *reverse) {
    struct unit *unit = work->ad->unit;
    struct stmt *copy = stmt_if(unit, forward_of(work, stmt->u.branch.cond));
    struct block then = {0}, other = {0};
    carry_comment(copy, stmt);
    reverse_block(work, &stmt->u.branch.then, &copy->u.branch.then, &then, false, false);
    reverse_block(work, &stmt->u.branch.other, &copy->u.branch.other, &other, false, false);
    block_add(unit, forward, copy);
    if (!then.count && !other.count)
        return;
    struct expr *cond = reverse_of(work, stmt->u.branch.cond);
    struct stmt *back = stmt_if(unit, then.count ? cond : expr_unary(unit, UNARY_LNOT, cond));
    back->u.branch.then = then.count ? then : other;
    if (then.count)
        back->u.branch.other = other;
    block_add(unit, reverse, back);
}

static void reverse_switch(struct work *work, struct stmt *stmt, struct block *forward,
                           struct block *reverse) {
    struct unit *unit = work->ad->unit;
    size_t count = stmt->u.switch_.arm_count;
    struct stmt *copy = stmt_new(unit, STMT_SWITCH, stmt->loc),
                *back = stmt_new(unit, STMT_SWITCH, stmt->loc);
    bool any = false;
    carry_comment(copy, stmt);
    copy->u.switch_.value = forward_of(work, stmt->u.switch_.value);
    copy->u.switch_.arms = NEW_ARRAY(unit->arena, struct switch_arm, count + 1);
    back->u.switch_.arms = NEW_ARRAY(unit->arena, struct switch_arm, count + 1);
    copy->u.switch_.arm_count = back->u.switch_.arm_count = count;
    for (size_t k = 0; k < count; k++) {
        struct switch_arm *arm = &stmt->u.switch_.arms[k];
        copy->u.switch_.arms[k] = *arm;
        back->u.switch_.arms[k] = *arm;
        copy->u.switch_.arms[k].body = back->u.switch_.arms[k].body = (struct block){0};
        reverse_block(work, &arm->body, &copy->u.switch_.arms[k].body, &back->u.switch_.arms[k].body, false,
                      false);
        any |= back->u.switch_.arms[k].body.count > 0;
    }
    block_add(unit, forward, copy);
    if (!any)
        return;
    back->u.switch_.value = reverse_of(work, stmt->u.switch_.value);
    block_add(unit, reverse, back);
}

/* ---- loops ----------------------------------------------------------------------------------- */

static struct expr *plus(struct unit *unit, struct expr *e, long long k) {
    long long value;
    if (expr_is_const_int(e, &value))
        return expr_int_typed(unit, value + k, e->type);
    if (k == 0)
        return e;
    if (e->kind == EXPR_BINARY && (e->u.binary == BINARY_ADD || e->u.binary == BINARY_SUB) &&
        expr_is_const_int(e->args[1], &value)) {
        long long total = (e->u.binary == BINARY_ADD ? value : -value) + k;
        return plus(unit, e->args[0], total);
    }
    return expr_binary(unit, k > 0 ? BINARY_ADD : BINARY_SUB, e, expr_int(unit, k > 0 ? k : -k));
}

static bool is_unsigned(const struct type *type) {
    const struct type *t = type_strip(type);
    return t->kind == TYPE_INT &&
           (t->scalar == SCALAR_BOOL || t->scalar == SCALAR_UCHAR || t->scalar == SCALAR_USHORT ||
            t->scalar == SCALAR_UINT || t->scalar == SCALAR_ULONG || t->scalar == SCALAR_ULLONG);
}

/* The bound in the index's type: an unsigned bound must not make the comparison unsigned. */
static struct expr *bound_of(struct work *work, const struct stmt *stmt, const struct expr *bound) {
    struct unit *unit = work->ad->unit;
    struct expr *e = reverse_of(work, bound);
    struct type *type = plain_type(work, stmt->u.loop.index->type);
    long long value;
    while (e->kind == EXPR_CAST && e->u.implicit)
        e = e->args[0];
    if (expr_is_const_int(e, &value) || is_unsigned(type) == is_unsigned(e->type))
        return e;
    return expr_cast(unit, type, e, false);
}

struct mirrored {
    struct expr *first, *last; /* of the forward loop: index values of its first and last iteration */
    bool guard;                /* first and last are right only if the loop runs at all */
};

static struct mirrored mirror(struct work *work, const struct stmt *stmt) {
    struct unit *unit = work->ad->unit;
    struct expr *lo = bound_of(work, stmt, stmt->u.loop.lo), *hi = bound_of(work, stmt, stmt->u.loop.hi);
    long long step;
    bool constant = expr_is_const_int(stmt->u.loop.step, &step), down = constant && step < 0;
    enum binary_op rel = stmt->u.loop.rel;
    bool inclusive = rel == BINARY_LE || rel == BINARY_GE;
    struct mirrored m = {lo, inclusive ? hi : plus(unit, hi, down ? 1 : -1), false};
    if (constant && (step == 1 || step == -1))
        return m;
    struct expr *stride =
        constant ? expr_int(unit, down ? -step : step) : reverse_of(work, stmt->u.loop.step);
    struct expr *span =
        down ? expr_binary(unit, BINARY_SUB, lo, m.last) : expr_binary(unit, BINARY_SUB, m.last, lo);
    struct expr *whole = expr_binary(unit, BINARY_MUL, expr_binary(unit, BINARY_DIV, span, stride), stride);
    m.last = expr_binary(unit, down ? BINARY_SUB : BINARY_ADD, lo, whole);
    m.guard = true;
    return m;
}

static void add_loop(struct work *work, struct stmt *loop, const struct mirrored *m, const struct stmt *stmt,
                     struct block *out) {
    struct unit *unit = work->ad->unit;
    if (!m->guard) {
        block_add(unit, out, loop);
        return;
    }
    struct stmt *guard = stmt_if(unit, expr_binary(unit, stmt->u.loop.rel, reverse_of(work, stmt->u.loop.lo),
                                                   reverse_of(work, stmt->u.loop.hi)));
    block_add(unit, &guard->u.branch.then, loop);
    block_add(unit, out, guard);
}

static struct stmt *new_loop(struct work *work, struct var *index, struct expr *lo, struct expr *hi,
                             struct expr *step, enum binary_op rel) {
    struct stmt *loop = stmt_new(work->ad->unit, STMT_FOR, (struct loc){0});
    loop->u.loop.index = index;
    loop->u.loop.declares = true;
    loop->u.loop.lo = lo;
    loop->u.loop.hi = hi;
    loop->u.loop.step = step;
    loop->u.loop.rel = rel;
    return loop;
}

/* From the last iteration to the first. An unsigned index cannot count below zero: it is mirrored instead. */
static void reverse_counted(struct work *work, struct stmt *stmt, struct var *index, struct block *body,
                            struct block *out) {
    struct unit *unit = work->ad->unit;
    struct mirrored m = mirror(work, stmt);
    long long step;
    bool constant = expr_is_const_int(stmt->u.loop.step, &step), down = constant && step < 0;
    struct expr *stride =
        constant ? expr_int(unit, -step) : expr_unary(unit, UNARY_NEG, reverse_of(work, stmt->u.loop.step));
    if (down || (!is_unsigned(index->type) && constant)) {
        struct stmt *loop = new_loop(work, index, m.last, m.first, stride, down ? BINARY_LE : BINARY_GE);
        block_append(unit, &loop->u.loop.body, body);
        add_loop(work, loop, &m, stmt, out);
        return;
    }
    struct var *upward =
        func_add_var(unit, work->reverse, VAR_LOCAL, work_name(work, work->reverse, "up"), index->type);
    struct expr *passed = expr_binary(unit, BINARY_SUB, expr_var(unit, upward), m.first);
    struct stmt *loop =
        new_loop(work, upward, bound_of(work, stmt, stmt->u.loop.lo), bound_of(work, stmt, stmt->u.loop.hi),
                 reverse_of(work, stmt->u.loop.step), stmt->u.loop.rel);
    block_add(unit, &loop->u.loop.body,
              stmt_decl(unit, index, expr_binary(unit, BINARY_SUB, m.last, passed)));
    block_append(unit, &loop->u.loop.body, body);
    add_loop(work, loop, &m, stmt, out);
}

/* As often as the forward loop ran. */
static struct stmt *trip_loop(struct work *work, struct var *trips) {
    struct unit *unit = work->ad->unit;
    struct var *trip =
        func_add_var(unit, work->reverse, VAR_LOCAL, work_name(work, work->reverse, "trip"), trips->type);
    struct expr *count = reverse_of(work, expr_var(unit, trips));
    return new_loop(work, trip, expr_binary(unit, BINARY_SUB, count, expr_int(unit, 1)), expr_int(unit, 0),
                    expr_int(unit, -1), BINARY_GE);
}

struct mentions_var {
    const struct var *var;
    unsigned count;
};

static bool mentions_node(struct expr *e, void *data) {
    struct mentions_var *m = data;
    m->count += e->kind == EXPR_VAR && e->u.var == m->var;
    return true;
}

static void mentions_expr(struct expr **e, void *data) {
    expr_walk(*e, mentions_node, data);
}

static void mentions_stmt(struct stmt *stmt, void *data) {
    stmt_each_expr(stmt, mentions_expr, data);
}

static bool mentions(struct block *block, const struct var *var) {
    struct mentions_var m = {var, 0};
    block_walk(block, mentions_stmt, &m);
    return m.count > 0;
}

static void reverse_for_trips(struct work *work, struct stmt *stmt, struct var *index, struct block *body,
                              struct block *out) {
    struct unit *unit = work->ad->unit;
    struct stmt *loop = trip_loop(work, work_counter(work, stmt));
    if (mentions(body, index)) {
        struct expr *walked = expr_binary(unit, BINARY_MUL, expr_var(unit, loop->u.loop.index),
                                          reverse_of(work, stmt->u.loop.step));
        struct expr *value = expr_binary(unit, BINARY_ADD, reverse_of(work, stmt->u.loop.lo), walked);
        block_add(unit, &loop->u.loop.body,
                  stmt_decl(unit, index, expr_cast(unit, index->type, value, false)));
    }
    block_append(unit, &loop->u.loop.body, body);
    block_add(unit, out, loop);
}

static void reverse_for(struct work *work, struct stmt *stmt, struct block *forward, struct block *reverse) {
    struct unit *unit = work->ad->unit;
    struct var *index = stmt->u.loop.index;
    struct expr *outer = work->reverse_map.vars[index->id];
    struct stmt *copy = stmt_new(unit, STMT_FOR, stmt->loc);
    struct block body = {0};
    carry_comment(copy, stmt);
    copy->u.loop = stmt->u.loop;
    copy->u.loop.body = (struct block){0};
    copy->u.loop.lo = forward_of(work, stmt->u.loop.lo);
    copy->u.loop.hi = forward_of(work, stmt->u.loop.hi);
    copy->u.loop.step = forward_of(work, stmt->u.loop.step);
    if (stmt->u.loop.declares)
        work->forward_map.vars[index->id] = expr_var(
            unit, func_add_var(unit, work->forward, VAR_LOCAL, index->name, plain_type(work, index->type)));
    copy->u.loop.index = work->forward_map.vars[index->id]->u.var;
    struct var *back =
        func_add_var(unit, work->reverse, VAR_LOCAL, index->name, plain_type(work, index->type));
    work->reverse_map.vars[index->id] = expr_var(unit, back);
    reverse_block(work, &stmt->u.loop.body, &copy->u.loop.body, &body, true, false);
    work->reverse_map.vars[index->id] = outer;
    block_add(unit, forward, copy);
    if (!body.count)
        return;
    if (work_counter(work, stmt))
        reverse_for_trips(work, stmt, back, &body, reverse);
    else
        reverse_counted(work, stmt, back, &body, reverse);
}

static void reverse_while(struct work *work, struct stmt *stmt, struct block *forward,
                          struct block *reverse) {
    struct unit *unit = work->ad->unit;
    struct stmt *copy = stmt_new(unit, STMT_WHILE, stmt->loc);
    struct block body = {0};
    carry_comment(copy, stmt);
    copy->u.while_ = stmt->u.while_;
    copy->u.while_.body = (struct block){0};
    copy->u.while_.cond = forward_of(work, stmt->u.while_.cond);
    reverse_block(work, &stmt->u.while_.body, &copy->u.while_.body, &body, true, false);
    block_add(unit, forward, copy);
    if (!body.count)
        return;
    struct stmt *loop = trip_loop(work, work_counter(work, stmt));
    block_append(unit, &loop->u.loop.body, &body);
    block_add(unit, reverse, loop);
}

/* ---- statements and blocks ------------------------------------------------------------------- */

static void reverse_nested(struct work *work, struct stmt *stmt, struct block *forward,
                           struct block *reverse) {
    struct unit *unit = work->ad->unit;
    struct stmt *copy = stmt_block(unit), *back = stmt_block(unit);
    carry_comment(copy, stmt);
    reverse_block(work, &stmt->u.block, &copy->u.block, &back->u.block, false, false);
    block_add(unit, forward, copy);
    if (back->u.block.count)
        block_add(unit, reverse, back);
}

static void reverse_raw(struct work *work, struct stmt *stmt, struct block *forward) {
    struct stmt *copy = stmt_raw(work->ad->unit, stmt->u.text);
    carry_comment(copy, stmt);
    block_add(work->ad->unit, forward, copy);
}

static void reverse_stmt(struct work *work, struct stmt *stmt, struct block *forward, struct block *reverse) {
    struct block pops = save_overwritten(work, stmt, forward);
    if (stmt->kind != STMT_FOR) /* what a loop's body records lies above its own entry */
        block_append(work->ad->unit, reverse, &pops);
    switch (stmt->kind) {
    case STMT_DECL: reverse_decl(work, stmt, forward, reverse); break;
    case STMT_SET: reverse_set(work, stmt, forward, reverse); break;
    case STMT_CALL: reverse_call(work, stmt, forward, reverse); break;
    case STMT_IF: reverse_if(work, stmt, forward, reverse); break;
    case STMT_FOR: reverse_for(work, stmt, forward, reverse); break;
    case STMT_WHILE: reverse_while(work, stmt, forward, reverse); break;
    case STMT_SWITCH: reverse_switch(work, stmt, forward, reverse); break;
    case STMT_BLOCK: reverse_nested(work, stmt, forward, reverse); break;
    case STMT_RETURN: reverse_return(work, stmt, forward, reverse); break;
    case STMT_BREAK: reverse_break(work, stmt, forward); break;
    case STMT_RAW: reverse_raw(work, stmt, forward); break;
    case STMT_CONTINUE:
    case STMT_PUSH:
    case STMT_POP: BUG("not in normal form");
    }
    if (stmt->kind == STMT_FOR)
        block_append(work->ad->unit, reverse, &pops);
}

/* What was planned for the record but is read by no reverse statement after all is not recorded. */
static void drop_unread(struct work *work, const struct block *block, struct block *reverse) {
    for (size_t k = 0; k < block->count; k++) {
        const struct stmt *stmt = block->items[k];
        if (stmt->kind != STMT_DECL || work->vars[stmt->u.decl.var->id].keep != KEEP_RECORD)
            continue;
        struct var_plan *plan = &work->vars[stmt->u.decl.var->id];
        const struct expr *primal = work->reverse_map.vars[stmt->u.decl.var->id];
        struct mentions_var m = {primal->u.var, 0};
        if (plan->recorded_early || !type_is_scalar(primal->type))
            continue;
        block_walk(reverse, mentions_stmt, &m);
        if (m.count > 1)
            continue;
        size_t kept = 0;
        for (size_t r = 0; r < reverse->count; r++) {
            struct stmt *s = reverse->items[r];
            bool own =
                (s->kind == STMT_DECL && s->u.decl.var == primal->u.var) ||
                (s->kind == STMT_CALL && s->to && s->to->kind == EXPR_VAR && s->to->u.var == primal->u.var);
            if (!own)
                reverse->items[kept++] = s;
        }
        reverse->count = kept;
        plan->keep = KEEP_UNNEEDED;
    }
}

static void reverse_block(struct work *work, struct block *block, struct block *forward,
                          struct block *reverse, bool loop_body, bool function_level) {
    struct unit *unit = work->ad->unit;
    struct scope scope = {work->scope, block, loop_body};
    struct block *backs = NEW_ARRAY(unit->arena, struct block, block->count + 1);
    work->scope = &scope;
    enter_block(work, block, function_level);
    for (size_t k = 0; k < block->count; k++)
        reverse_stmt(work, block->items[k], forward, &backs[k]);
    work->scope = scope.outer;
    start_block(work, block, reverse);
    for (size_t k = block->count; k-- > 0;)
        block_append(unit, reverse, &backs[k]);
    drop_unread(work, block, reverse);
    struct block leaving = {0};
    leave_block(work, block, &leaving);
    if (leaving.count)
        append_at_ends(unit, forward, &leaving);
}

void reverse_build(struct work *work) {
    struct unit *unit = work->ad->unit;
    struct block forward = {0}, reverse = {0};
    reverse_block(work, &work->func->body, &forward, &reverse, false, true);
    clean_sink(unit, &reverse);
    declare_result(work, &forward);
    block_append(unit, &work->forward->body, &work->hoisted);
    if (work->requested)
        init_record(work, &work->forward->body);
    if (!work->split && work->record_var)
        declare_record(work, &work->forward->body);
    block_add(unit, &work->forward->body, stmt_raw(unit, "/* forward sweep */"));
    block_append(unit, &work->forward->body, &forward);
    block_add(unit, &work->reverse->body, stmt_raw(unit, "/* reverse sweep */"));
    if (work->cursor_var && work->cursor_var->kind == VAR_LOCAL && mentions(&reverse, work->cursor_var))
        declare_cursor(work, &work->reverse->body);
    block_append(unit, &work->reverse->body, &reverse);
    if (!work->split && work->record_var)
        free_record(work, &work->reverse->body);
}
