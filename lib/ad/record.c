/* record: what the reverse sweep needs, and how it comes back (the to-be-recorded analysis; Hascoet, Naumann
 * & Pascual, "To be recorded" analysis in reverse-mode automatic differentiation, FGCS 21 (2005)).
 *
 * The statements are followed in order with the set of variables whose present value some reverse statement
 * behind us reads. Overwriting such a variable saves it (or can be undone); leaving its scope records it,
 * unless its definition can be evaluated again from what is still known at the end of the block. Memory needs
 * no saving: spill.c has seen to that. */
#include "ad/call.h"

struct flow {
    struct work *work;
    struct bitset needed;
    bool changed;
};

/* ---- what an expression needs ---------------------------------------------------------------- */

static void need_companion(struct flow *flow, struct expr *pointer);
static void need_visit(struct expr *e, bool companion, void *data);

static void need_var(struct flow *flow, struct var *var) {
    if (var->kind == VAR_GLOBAL || var->kind == VAR_STATIC_LOCAL)
        return;
    struct var_plan *plan = &flow->work->vars[var->id];
    if (!plan->required) {
        plan->required = true;
        flow->changed = true;
    }
    if (var->kind == VAR_LOCAL)
        bitset_add(&flow->needed, var->id);
}

static bool need_node(struct expr *e, bool address, void *data) {
    struct flow *flow = data;
    struct var *var = linear_is_leaf(e) ? work_storage(e) : NULL;
    if (var)
        need_var(flow, var);
    if (linear_is_leaf(e) && !address)
        region_of_lvalue(flow->work->facts->regions, e, &flow->work->needed_regions);
    return true;
}

static void need_value(struct flow *flow, struct expr *e) {
    value_walk(e, need_node, flow);
}

static void need_pointer_var(struct flow *flow, struct var *var) {
    struct var_plan *plan = &flow->work->vars[var->id];
    if (var->kind != VAR_LOCAL)
        return;
    if (record_can_shadow(flow->work, var)) {
        if (!plan->shadow) {
            plan->shadow = true;
            flow->changed = true;
        }
        return;
    }
    need_var(flow, var);
    struct var *selector = bases_selector(flow->work, var);
    if (selector)
        need_var(flow, selector);
    else if (!bases_only(flow->work, var))
        return;
    const struct bases *bases = bases_of(flow->work, var);
    for (size_t k = 0; k < bases->list.count; k++) {
        need_companion(flow, bases->list.items[k]);
        need_value(flow, bases->list.items[k]);
        /* the distance from freed memory could not be taken */
        region_of_pointer(flow->work->facts->regions, bases->list.items[k], &flow->work->needed_regions);
    }
}

/* What the companion of a pointer or array takes. */
static void need_companion(struct flow *flow, struct expr *e) {
    if (type_is_array(e->type) || (linear_is_leaf(e) && e->kind != EXPR_VAR)) {
        needs_address(e, need_visit, flow);
        return;
    }
    switch (e->kind) {
    case EXPR_VAR: need_pointer_var(flow, e->u.var); break;
    case EXPR_ADDR: needs_address(e->args[0], need_visit, flow); break;
    case EXPR_CAST:
    case EXPR_NAMED: need_companion(flow, e->args[0]); break;
    case EXPR_BINARY:
        for (size_t k = 0; k < 2; k++) {
            if (type_is_pointer(e->args[k]->type) || type_is_array(e->args[k]->type))
                need_companion(flow, e->args[k]);
            else
                need_value(flow, e->args[k]);
        }
        break;
    case EXPR_COND:
        need_value(flow, e->args[0]);
        need_companion(flow, e->args[1]);
        need_companion(flow, e->args[2]);
        break;
    case EXPR_INT:
    case EXPR_REAL:
    case EXPR_STRING:
    case EXPR_FUNC:
    case EXPR_UNARY:
    case EXPR_INDEX:
    case EXPR_DEREF:
    case EXPR_FIELD:
    case EXPR_MATH:
    case EXPR_SIZEOF:
    case EXPR_INIT: break;
    }
}

static void need_visit(struct expr *e, bool companion, void *data) {
    if (companion)
        need_companion(data, e);
    else
        need_value(data, e);
}

/* ---- leaving a scope ------------------------------------------------------------------------- */

static bool has_constant_size(const struct type *type) {
    for (; type_is_array(type); type = type_target(type)) {
        long long count;
        if (!type_strip(type)->count || !expr_is_const_int(type_strip(type)->count, &count))
            return false;
    }
    return true;
}

static void need_sizes(struct flow *flow, const struct type *type) {
    for (; type_is_array(type); type = type_target(type))
        if (type_strip(type)->count)
            need_value(flow, type_strip(type)->count);
}

static enum keep choose_keep(struct flow *flow, const struct stmt *decl) {
    struct work *work = flow->work;
    const struct var *var = decl->u.decl.var;
    if (record_can_recompute(work, var))
        return KEEP_RECOMPUTE;
    bool movable =
        has_constant_size(var->type) && !(decl->u.decl.init && decl->u.decl.init->kind == EXPR_INIT);
    if (!work->split && work->loop_depth == 0 && movable) {
        work->vars[var->id].hoisted = true;
        return KEEP_IN_SCOPE;
    }
    return KEEP_RECORD;
}

/* Statements of the declaring block that give a record variable its pointers. */
void record_each_setup(struct work *work, const struct var *var,
                       void (*visit)(struct stmt *setup, void *data), void *data) {
    const struct block *block = work->layout->decl_of_var[var->id].block;
    for (size_t k = 0; block && k < block->count; k++) {
        struct stmt *stmt = block->items[k];
        if (work_is_null(linear_value(stmt)))
            continue; /* points nowhere */
        if (stmt->to && type_is_pointer(stmt->to->type) && !activity_reaches(work->activity, stmt->to))
            continue; /* to what carries no derivative */
        if (stmt->kind == STMT_DECL && stmt->u.decl.var == var && stmt->u.decl.init &&
            linear_is_leaf(stmt->u.decl.init))
            visit(stmt, data);
        else if (stmt->to && work_storage(stmt->to) == var &&
                 (type_is_pointer(stmt->to->type) ||
                  (type_is_record(stmt->to->type) && type_holds_pointer(stmt->to->type))))
            visit(stmt, data);
    }
}

struct setup_flow {
    struct flow *flow;
    const struct var *var;
};

static void need_setup(struct stmt *setup, void *data) {
    struct setup_flow *s = data;
    struct work *work = s->flow->work;
    struct expr *value = linear_value(setup);
    if (setup->to)
        needs_address(setup->to, need_visit, s->flow);
    if (work_is_alloc(work, setup)) {
        for (size_t k = 0; k < setup->u.call.arg_count; k++)
            need_value(s->flow, setup->u.call.args[k]);
        return;
    }
    if (value && type_is_pointer(value->type))
        need_companion(s->flow, value);
    else if (value)
        needs_address(value, need_visit, s->flow);
    if (value && setup_points_home(work, setup))
        need_value(s->flow, value);
}

static void need_loop(struct stmt *loop, void *data) {
    struct setup_flow *s = data;
    need_value(s->flow, loop->u.loop.lo);
    need_value(s->flow, loop->u.loop.hi);
    need_value(s->flow, loop->u.loop.step);
}

static void forget_index(struct stmt *loop, void *data) {
    struct setup_flow *s = data;
    bitset_remove(&s->flow->needed, loop->u.loop.index->id);
}

static void need_looped_setup(struct stmt *setup, void *data) {
    struct setup_flow *s = data;
    need_setup(setup, s);
    setup_each_loop(s->flow->work, setup, need_loop, s);
    setup_each_loop(s->flow->work, setup, forget_index, s);
}

/* Pointers in members or elements. */
static bool holds_members(const struct type *type) {
    return !type_is_pointer(type) && type_holds_pointer(type);
}

bool record_has_setups(const struct work *work, const struct var *var) {
    return work->vars[var->id].active && holds_members(var->type);
}

/* What it takes to put a recorded distance back to a pointer. */
static void need_place(struct flow *flow, const struct var *var) {
    struct work *work = flow->work;
    if (!bases_move(work, var))
        return;
    const struct bases *bases = bases_of(work, var);
    for (size_t k = 0; k < bases->list.count; k++)
        need_value(flow, bases->list.items[k]);
    if (bases_selector(work, var))
        need_var(flow, bases_selector(work, var));
}

static void leave_var(struct flow *flow, const struct stmt *decl, bool function_level) {
    struct work *work = flow->work;
    struct var *var = decl->u.decl.var;
    struct var_plan *plan = &work->vars[var->id];
    if (plan->shadow && plan->pointed) {
        if (work_is_alloc(work, plan->pointed))
            for (size_t k = 0; k < plan->pointed->u.call.arg_count; k++)
                need_value(flow, plan->pointed->u.call.args[k]);
        else
            need_companion(flow, linear_value(plan->pointed));
    }
    struct setup_flow setups = {flow, var};
    if (record_has_setups(work, var))
        record_each_setup(work, var, need_setup, &setups);
    setup_each(work, var, need_looped_setup, &setups);
    if (plan->active || plan->required)
        need_sizes(flow, var->type);
    if (!bitset_has(&flow->needed, var->id))
        return;
    bitset_remove(&flow->needed, var->id);
    plan->keep = function_level && !work->split ? KEEP_IN_SCOPE : choose_keep(flow, decl);
    if (plan->keep == KEEP_RECORD)
        need_place(flow, var);
    if (plan->keep == KEEP_RECORD && bases_is_lost(work, var))
        bases_only(work, var);
    if (plan->keep == KEEP_RECOMPUTE)
        need_value(flow, record_again(work, var));
}

/* Evaluating one variable again may need another of the block: round after round until no other comes in. */
static void leave_block(struct flow *flow, const struct block *block, bool function_level) {
    struct bitset left = bitset_create(flow->work->ad->arena);
    bool again = true;
    while (again) {
        again = false;
        for (size_t k = block->count; k-- > 0;) {
            const struct stmt *stmt = block->items[k];
            if (stmt->kind != STMT_DECL)
                continue;
            if (bitset_has(&flow->needed, stmt->u.decl.var->id))
                again |= bitset_add(&left, stmt->u.decl.var->id);
            leave_var(flow, stmt, function_level);
        }
        for (size_t k = 0; k < block->count; k++)
            again |= block->items[k]->kind == STMT_DECL &&
                     bitset_has(&flow->needed, block->items[k]->u.decl.var->id) &&
                     !bitset_has(&left, block->items[k]->u.decl.var->id);
    }
    for (size_t k = 0; k < block->count; k++)
        if (block->items[k]->kind == STMT_DECL)
            bitset_remove(&flow->needed, block->items[k]->u.decl.var->id);
}

/* ---- statements ------------------------------------------------------------------------------ */

static void flow_block(struct flow *flow, struct block *block, bool function_level);

/* Everything needed that the statement overwrites is saved before it. */
static void overwrite(struct flow *flow, struct stmt *stmt) {
    struct work *work = flow->work;
    struct stmt_plan *plan = &work->stmts[stmt->id];
    const struct bitset *writes = &work->facts->of_stmt[stmt->id].writes;
    for (size_t m = bitset_next(writes, 0); m != SIZE_MAX; m = bitset_next(writes, m + 1)) {
        const struct region *region = work->facts->regions->all.items[m];
        struct var *var = region->root;
        if (region->step != STEP_ROOT || !work_is_scalar(work, var) || !bitset_has(&flow->needed, var->id))
            continue;
        bitset_remove(&flow->needed, var->id);
        flow->changed |= bitset_add(&plan->saves, var->id);
        need_place(flow, var);
        if (bases_is_lost(work, var))
            bases_only(work, var);
    }
}

/* The c of `v += c`, if taking it off again is exact. */
static struct expr *undo_amount(struct work *work, const struct stmt *stmt) {
    if (stmt->kind != STMT_SET || !stmt->u.set.add || stmt->to->kind != EXPR_VAR ||
        work->ad->options->store_all)
        return NULL;
    const struct type *type = type_strip(stmt->to->type);
    bool exact = type_is_pointer(type) || (type->kind == TYPE_INT && type->scalar >= SCALAR_INT);
    struct var *var = stmt->to->u.var;
    if (!exact || !work_is_scalar(work, var) || !type_is_int(stmt->u.set.from->type))
        return NULL;
    struct expr *amount = stmt->u.set.from;
    if (expr_mentions(amount, var))
        return NULL;
    long long value;
    return expr_is_const_int(amount, &value) || record_stays(work, stmt, amount) ? amount : NULL;
}

/* `v = -v`, `v = c - v`: done twice it is undone. */
static bool flips(const struct work *work, const struct stmt *stmt) {
    if (stmt->kind != STMT_SET || stmt->u.set.add || stmt->to->kind != EXPR_VAR ||
        work->ad->options->store_all)
        return false;
    const struct type *type = type_strip(stmt->to->type);
    const struct expr *from = stmt->u.set.from, *same = NULL;
    long long value;
    if (from->kind == EXPR_UNARY && from->u.unary == UNARY_NEG)
        same = from->args[0];
    else if (from->kind == EXPR_BINARY && from->u.binary == BINARY_SUB &&
             expr_is_const_int(from->args[0], &value))
        same = from->args[1];
    return same && expr_equal(same, stmt->to) && work_is_scalar(work, stmt->to->u.var) &&
           type->kind == TYPE_INT && type->scalar >= SCALAR_INT && type_same(type_strip(from->type), type);
}

/* The reverse of a call reads memory: what lies in local variables must be there. */
static void need_memory(struct flow *flow, const struct stmt *call) {
    struct work *work = flow->work;
    struct bitset reads = bitset_create(work->ad->arena);
    call_reverse_reads(work, call, &reads);
    bitset_union(&work->needed_regions, &reads);
    for (size_t m = bitset_next(&reads, 0); m != SIZE_MAX; m = bitset_next(&reads, m + 1)) {
        const struct region *region = work->facts->regions->all.items[m];
        need_var(flow, region->root);
        if (!work->failed && bases_is_stale(work, region)) {
            diag_report(work->ad->unit->diag, call->loc, ERR_POINTER_LOCAL, region->root->name,
                        call->u.call.callee->name);
            work->failed = true;
        }
    }
}

static void flow_simple(struct flow *flow, struct stmt *stmt) {
    struct work *work = flow->work;
    struct stmt_plan *plan = &work->stmts[stmt->id];
    if (work_is_increment(work, stmt))
        return;
    if (plan->active)
        needs_each(work, stmt, need_visit, flow);
    if (plan->active && stmt->kind == STMT_CALL)
        need_memory(flow, stmt);
    struct expr *amount = plan->active ? NULL : undo_amount(work, stmt);
    if (amount && bitset_has(&flow->needed, stmt->to->u.var->id)) {
        if (!plan->undo)
            flow->changed = plan->undo = true;
        need_value(flow, amount);
        return;
    }
    if (!plan->active && flips(work, stmt) && bitset_has(&flow->needed, stmt->to->u.var->id)) {
        if (!plan->flips)
            flow->changed = plan->flips = true;
        return;
    }
    struct expr *result = stmt->kind != STMT_CALL ? linear_result(work, stmt)
                          : plan->active          ? call_result(work, stmt)
                                                  : NULL;
    if (result)
        bitset_remove(&flow->needed, result->u.var->id); /* the partials read the new value */
    overwrite(flow, stmt);
    if (result && work->vars[result->u.var->id].required)
        need_value(flow, result);
}

static void flow_for(struct flow *flow, struct stmt *stmt) {
    struct var *index = stmt->u.loop.index;
    struct var *counter = work_counter(flow->work, stmt);
    if (bitset_has(&flow->needed, index->id)) {
        bitset_remove(&flow->needed, index->id);
        flow->changed |= bitset_add(&flow->work->stmts[stmt->id].saves, index->id);
    }
    flow_block(flow, &stmt->u.loop.body, false);
    bitset_remove(&flow->needed, index->id);
    need_value(flow, stmt->u.loop.lo);
    need_value(flow, stmt->u.loop.step);
    if (counter)
        need_var(flow, counter);
    else
        need_value(flow, stmt->u.loop.hi);
}

/* What an iteration needs, it needs at its own end; what is needed behind the loop is saved before it. */
static void flow_fused(struct flow *flow, struct stmt *stmt) {
    struct bitset behind;
    overwrite(flow, stmt);
    behind = bitset_copy(&flow->needed);
    bitset_clear(&flow->needed);
    flow_block(flow, &stmt->u.loop.body, true);
    flow->needed = behind;
}

static void flow_loop(struct flow *flow, struct stmt *stmt) {
    struct bitset entry = bitset_copy(&flow->needed);
    flow->work->loop_depth++;
    do {
        bitset_union(&flow->needed, &entry);
        entry = bitset_copy(&flow->needed);
        if (stmt->kind == STMT_FOR) {
            flow_for(flow, stmt);
        } else {
            flow_block(flow, &stmt->u.while_.body, false);
            if (work_counter(flow->work, stmt))
                need_var(flow, work_counter(flow->work, stmt));
        }
        bitset_union(&flow->needed, &entry);
    } while (!bitset_equal(&flow->needed, &entry));
    flow->work->loop_depth--;
}

/* A branch that holds a fused loop ends with its own reverse sweep. */
static void flow_fused_branches(struct flow *flow, struct stmt *stmt) {
    struct bitset entry = bitset_copy(&flow->needed);
    flow_block(flow, &stmt->u.branch.then, true);
    flow->needed = bitset_copy(&entry);
    flow_block(flow, &stmt->u.branch.other, true);
    flow->needed = entry;
}

static void flow_branches(struct flow *flow, struct block **blocks, size_t count, bool may_skip) {
    struct bitset entry = bitset_copy(&flow->needed);
    struct bitset out = may_skip ? bitset_copy(&entry) : bitset_create(flow->work->ad->arena);
    for (size_t k = 0; k < count; k++) {
        flow->needed = bitset_copy(&entry);
        flow_block(flow, blocks[k], false);
        bitset_union(&out, &flow->needed);
    }
    flow->needed = out;
}

static void flow_switch(struct flow *flow, struct stmt *stmt) {
    size_t count = stmt->u.switch_.arm_count;
    struct block **blocks = NEW_ARRAY(flow->work->ad->arena, struct block *, count + 1);
    bool has_default = false;
    need_value(flow, stmt->u.switch_.value);
    for (size_t k = 0; k < count; k++) {
        blocks[k] = &stmt->u.switch_.arms[k].body;
        has_default |= stmt->u.switch_.arms[k].is_default;
    }
    flow_branches(flow, blocks, count, !has_default);
}

static void flow_stmt(struct flow *flow, struct stmt *stmt) {
    if (!flow->work->stmts[stmt->id].active) {
        flow_simple(flow, stmt);
        return;
    }
    switch (stmt->kind) {
    case STMT_DECL:
    case STMT_SET:
    case STMT_CALL:
    case STMT_RETURN: flow_simple(flow, stmt); break;
    case STMT_IF: {
        if (fuse_is_fused(flow->work, stmt)) {
            flow_fused_branches(flow, stmt);
            break;
        }
        struct block *blocks[] = {&stmt->u.branch.then, &stmt->u.branch.other};
        need_value(flow, stmt->u.branch.cond);
        flow_branches(flow, blocks, 2, false);
        break;
    }
    case STMT_FOR:
    case STMT_WHILE:
        if (fuse_is_fused(flow->work, stmt))
            flow_fused(flow, stmt);
        else
            flow_loop(flow, stmt);
        break;
    case STMT_SWITCH: flow_switch(flow, stmt); break;
    case STMT_BLOCK: flow_block(flow, &stmt->u.block, false); break;
    case STMT_BREAK:
    case STMT_CONTINUE:
    case STMT_PUSH:
    case STMT_POP:
    case STMT_RAW: break;
    }
}

static void flow_block(struct flow *flow, struct block *block, bool function_level) {
    for (size_t k = 0; k < block->count; k++)
        flow_stmt(flow, block->items[k]);
    leave_block(flow, block, function_level);
}

/* ---- the plan -------------------------------------------------------------------------------- */

static void mark_block(struct block *block, void *data);

struct mark {
    struct work *work;
    bool active;
};

static bool mark_stmt(struct work *work, struct stmt *stmt) {
    struct mark nested = {work, false};
    stmt_each_block(stmt, mark_block, &nested);
    struct stmt_plan *plan = &work->stmts[stmt->id];
    plan->saves = bitset_create(work->ad->arena);
    plan->active = nested.active || work_stmt_active(work, stmt) ||
                   (work_is_alloc(work, stmt) && setup_root(work, stmt));
    return plan->active;
}

static void mark_block(struct block *block, void *data) {
    struct mark *mark = data;
    for (size_t k = 0; k < block->count; k++)
        mark->active |= mark_stmt(mark->work, block->items[k]);
}

void record_plan(struct work *work) {
    struct flow flow = {work, bitset_create(work->ad->arena), true};
    struct mark mark = {work, false};
    work->needed_regions = bitset_create(work->ad->arena);
    work->stmts = NEW_ARRAY(work->ad->arena, struct stmt_plan, work->func->stmt_count + 1);
    mark_block(&work->func->body, &mark);
    for (size_t k = 0; k < work->func->vars.count; k++) {
        struct var *var = work->func->vars.items[k];
        struct expr *value = expr_var(work->ad->unit, var);
        work->vars[k].active = activity_lvalue(work->activity, value) ||
                               (holds_members(var->type) && activity_reaches(work->activity, value));
    }
    while (flow.changed && !work->failed) {
        flow.changed = false;
        bitset_clear(&flow.needed);
        flow_block(&flow, &work->func->body, true);
    }
}
