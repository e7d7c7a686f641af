/* reverse: writes both sweeps of a function together, one function per kind of statement, so that whatever
 * the forward sweep saves is fetched by code that stands beside it. `forward` receives the statements in
 * order; `reverse` receives the reverse of this one statement, and the block puts those together last to
 * first. Griewank & Walther (2008), chapters 3 and 6. */
#include "ad/call.h"
#include "ad/reverse.h"

/* ---- simple statements ----------------------------------------------------------------------- */

void carry_comment(struct stmt *to, const struct stmt *from) {
    to->comment = from->comment;
    to->trailing = from->trailing;
    to->loc = from->loc;
}

struct block save_overwritten(struct work *work, const struct stmt *stmt, struct block *forward) {
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

/* What a scalar holds that may be recorded before the program gives it a value. */
static struct expr *no_value(struct work *work, const struct var *var) {
    struct unit *unit = work->ad->unit;
    if (type_is_arith(var->type))
        return expr_zero(unit, work->forward_map.vars[var->id]->type);
    struct expr *base = bases_move(work, var) ? bases_initial(work, var) : NULL;
    if (!base)
        return expr_int(unit, 0);
    base = forward_of(work, base);
    bool same = type_same(type_target(base->type), type_target(var->type));
    return same ? base : expr_cast(unit, var->type->plain, base, false);
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
        if (init && !unwanted_stmt(work, stmt))
            made = stmt_set(unit, expr_var(unit, copy), init, false);
    } else {
        bool uncertain = !init && plan->required && plan->keep != KEEP_RECOMPUTE && !plan->definition;
        if (uncertain && type_is_scalar(copy->type))
            init = no_value(work, var);
        made = stmt_decl(unit, copy, unwanted_stmt(work, stmt) ? NULL : init);
    }
    if (made) {
        carry_comment(made, stmt);
        block_add(unit, forward, made);
    }
    if (stmt->u.decl.init && work->stmts[stmt->id].active)
        adjoint_assign(work, expr_var(unit, var), stmt->u.decl.init, false, true, linear_result(work, stmt),
                       reverse);
}

/* Below zero there is no unsigned amount to move on by: `p += -n` leads far away. */
static struct expr *taken_back(struct work *work, const struct stmt *stmt) {
    struct unit *unit = work->ad->unit;
    struct expr *amount = reverse_of(work, stmt->u.set.from);
    if (counts_unsigned(amount->type) &&
        !type_same(type_unqualified(amount->type), type_unqualified(stmt->to->type)))
        amount = expr_cast(unit, type_scalar(unit->types, SCALAR_LONG), amount, false);
    return expr_unary(unit, UNARY_NEG, amount);
}

static void reverse_set(struct work *work, struct stmt *stmt, struct block *forward, struct block *reverse) {
    struct unit *unit = work->ad->unit;
    const struct stmt_plan *plan = &work->stmts[stmt->id];
    struct stmt *copy =
        stmt_set(unit, forward_of(work, stmt->to), forward_of(work, stmt->u.set.from), stmt->u.set.add);
    carry_comment(copy, stmt);
    if (!unwanted_stmt(work, stmt))
        block_add(unit, forward, copy);
    if (plan->undo)
        block_add(unit, reverse, stmt_set(unit, reverse_of(work, stmt->to), taken_back(work, stmt), true));
    if (plan->flips)
        block_add(unit, reverse,
                  stmt_set(unit, reverse_of(work, stmt->to), reverse_of(work, stmt->u.set.from), false));
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
    if (value && work->result) {
        struct stmt *set = stmt_set(unit, expr_var(unit, work->result), forward_of(work, value), false);
        carry_comment(set, stmt);
        block_add(unit, forward, set);
    }
    if (!value || !work->result_companion || !activity_expr(work->ad->program, work->activity, value))
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
        scope_leave(work, scope->block, forward);
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
    struct block pops = save_overwritten(work, stmt, forward), dropped = {0};
    if (stmt->kind != STMT_FOR) /* what a loop's body records lies above its own entry */
        block_append(work->ad->unit, reverse, &pops);
    switch (stmt->kind) {
    case STMT_DECL: reverse_decl(work, stmt, forward, reverse); break;
    case STMT_SET: reverse_set(work, stmt, forward, reverse); break;
    case STMT_CALL: reverse_call(work, stmt, unwanted_stmt(work, stmt) ? &dropped : forward, reverse); break;
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
        if (plan->recorded_early || !type_is_scalar(primal->type))
            continue;
        if (block_mentions(reverse, primal->u.var) > 1)
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

/* The reverse of the statements from `last` - 1 down to `first`. */
static void append_backs(struct unit *unit, struct block *out, const struct block *backs, size_t first,
                         size_t last) {
    for (size_t k = last; k-- > first;)
        block_append(unit, out, &backs[k]);
}

void reverse_block(struct work *work, struct block *block, struct block *forward, struct block *reverse,
                   bool loop_body, bool function_level) {
    struct unit *unit = work->ad->unit;
    struct scope scope = {work->scope, block, loop_body};
    struct block *backs = NEW_ARRAY(unit->arena, struct block, block->count + 1);
    struct block early = {0}, behind = {0}, leaving = {0};
    size_t fused = function_level ? fuse_find(work, block) : block->count;
    work->scope = &scope;
    scope_enter(work, block, function_level);
    size_t behind_at = fused;
    while (behind_at < block->count && fuse_is_fused(work, block->items[behind_at]))
        behind_at++;
    for (size_t k = 0; k < block->count; k++)
        if (k >= fused && k < behind_at)
            reverse_fused(work, block->items[k], &early, &backs[k]);
        else
            reverse_stmt(work, block->items[k], k < fused ? forward : &behind, &backs[k]);
    work->scope = scope.outer;
    if (fused < block->count) {
        struct block start = {0};
        scope_start(work, block, &start);
        append_backs(unit, &start, backs, behind_at, block->count);
        block_append(unit, &start, &early);
        clean_sink(unit, &start);
        block_append(unit, forward, &start);
        block_append(unit, forward, &behind);
        append_backs(unit, reverse, backs, 0, behind_at);
    } else {
        scope_start(work, block, reverse);
        append_backs(unit, reverse, backs, 0, block->count);
        drop_unread(work, block, reverse);
    }
    scope_leave(work, block, &leaving);
    if (leaving.count)
        scope_append_at_ends(unit, forward, &leaving);
}

void reverse_build(struct work *work) {
    struct unit *unit = work->ad->unit;
    struct block forward = {0}, reverse = {0};
    struct block body = {0};
    reverse_block(work, &work->func->body, &forward, &body, false, true);
    bool early = globals_mentioned(work, &forward); /* in loops that are reversed at once */
    globals_declare(work, early ? &work->hoisted : &reverse);
    block_append(unit, &reverse, &body);
    clean_join(&reverse);
    clean_sink(unit, &reverse);
    declare_result(work, &forward);
    block_append(unit, &work->forward->body, &work->hoisted);
    if (work->requested)
        init_record(work, &work->forward->body);
    bool records =
        !work->split && work->record_var &&
        block_mentions(&forward, work->record_var) + block_mentions(&reverse, work->record_var) > 0;
    if (records)
        declare_record(work, &work->forward->body);
    if (!forward.count || forward.items[0]->kind != STMT_RAW) /* a fused loop has its own comment */
        block_add(unit, &work->forward->body, stmt_raw(unit, "/* forward sweep */"));
    block_append(unit, &work->forward->body, &forward);
    if (reverse.count || work->split)
        block_add(unit, &work->reverse->body, stmt_raw(unit, "/* reverse sweep */"));
    if (work->cursor_var && work->cursor_var->kind == VAR_LOCAL && block_mentions(&reverse, work->cursor_var))
        declare_cursor(work, &work->reverse->body);
    block_append(unit, &work->reverse->body, &reverse);
    globals_release(work, &work->reverse->body);
    if (records)
        free_record(work, &work->reverse->body);
    nest_order(work, work->reverse);
}
