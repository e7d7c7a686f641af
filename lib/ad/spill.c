/* spill: the reverse sweep evaluates primal expressions, and memory may have changed by then. A load that
 * does not survive, and the value of a library function that is worth keeping, move into a temporary variable
 * of the innermost block; record.c then decides how that temporary comes back. Conditions are kept as flags
 * where their operands change. Nothing is moved out of a conditional expression: such an expression becomes
 * an `if` first. */
#include "ad/private.h"

struct spill {
    struct work *work;
    struct stmt *stmt;
    struct block *out;
    bool memory; /* also loads that do not survive; tangents need only library values */
    VEC(struct expr *) found;
    struct expr *lower; /* a conditional expression that must become an `if` */
    bool changed;
};

/* ---- what must move -------------------------------------------------------------------------- */

struct occurrence {
    const struct expr *what;
    bool found, unconditional;
};

static bool is_logical(const struct expr *e) {
    return e->kind == EXPR_BINARY && e->u.binary >= BINARY_LAND;
}

static void find_occurrence(struct expr *e, bool conditional, struct occurrence *o) {
    if (e == o->what || expr_equal(e, o->what)) {
        o->found = true;
        o->unconditional |= !conditional;
    }
    bool guards = e->kind == EXPR_COND || is_logical(e);
    for (size_t k = 0; k < e->arg_count; k++)
        find_occurrence(e->args[k], conditional || (guards && k > 0), o);
}

struct search {
    struct occurrence occurrence;
};

static void find_in_expr(struct expr **e, void *data) {
    find_occurrence(*e, false, data);
}

/* What the load finds before the statement (`own`), or behind it. */
static bool memory_survives(struct spill *spill, const struct expr *load, bool own) {
    struct work *work = spill->work;
    struct regions *regions = work->facts->regions;
    struct bitset named = bitset_create(work->ad->arena), leaves = bitset_create(work->ad->arena);
    if (!bases_find(work, load))
        return false;
    region_of_lvalue(regions, load, &named);
    for (size_t m = bitset_next(&named, 0); m != SIZE_MAX; m = bitset_next(&named, m + 1))
        region_add_leaves(regions, regions->all.items[m], false, &leaves);
    for (size_t m = bitset_next(&leaves, 0); m != SIZE_MAX; m = bitset_next(&leaves, m + 1))
        if (!work_survives(work, spill->stmt, load, regions->all.items[m], own))
            return false;
    return true;
}

static bool load_survives(struct spill *spill, const struct expr *load) {
    return setup_keeps(spill->work, load) || memory_survives(spill, load, true);
}

static bool is_memory_load(struct work *work, const struct expr *e) {
    if (!linear_is_leaf(e) || type_is_array(e->type))
        return false;
    return e->kind != EXPR_VAR || !work_is_scalar(work, e->u.var);
}

static bool must_move(struct spill *spill, const struct expr *e) {
    if (e->kind == EXPR_MATH)
        return !math_is_cheap(rules_math(spill->work->ad->rules, e->u.name));
    return spill->memory && is_memory_load(spill->work, e) && !load_survives(spill, e);
}

static bool holds(struct expr *e, const struct expr *what) {
    struct occurrence o = {what, false, false};
    find_occurrence(e, true, &o);
    return o.found;
}

/* In the statement's own expression: what decides whether an occurrence is evaluated. The outermost
 * conditional expression with it in an arm, or the outermost && or || around it. */
static struct expr *decision_around(struct expr *e, const struct expr *what) {
    if (e->kind == EXPR_COND && (holds(e->args[1], what) || holds(e->args[2], what)))
        return e;
    if (is_logical(e) && holds(e, what))
        return e;
    for (size_t k = 0; k < e->arg_count; k++) {
        struct expr *found = decision_around(e->args[k], what);
        if (found)
            return found;
    }
    return NULL;
}

struct around {
    const struct expr *what;
    struct expr *found;
};

static void around_expr(struct expr **e, void *data) {
    struct around *around = data;
    if (!around->found)
        around->found = decision_around(*e, around->what);
}

static bool note_move(struct expr *e, bool address, void *data) {
    struct spill *spill = data;
    struct occurrence o = {e, false, false};
    if (address || !must_move(spill, e))
        return true;
    stmt_each_expr(spill->stmt, find_in_expr, &o);
    if (!o.found)
        return true; /* new in the partial */
    if (linear_value(spill->stmt) && linear_result(spill->work, spill->stmt) &&
        linear_strip(linear_value(spill->stmt)) == e)
        return true; /* the statement itself keeps it */
    if (!o.unconditional) {
        struct around around = {e, NULL};
        stmt_each_expr(spill->stmt, around_expr, &around);
        if (!is_logical(around.found)) {
            spill->lower = around.found;
            return false;
        }
        e = around.found; /* kept as a whole */
    }
    for (size_t k = 0; k < spill->found.count; k++)
        if (expr_equal(spill->found.items[k], e))
            return false;
    VEC_PUSH(spill->work->ad->arena, spill->found, e);
    return false;
}

static void note_moves(struct expr *e, bool companion, void *data) {
    (void)companion;
    value_walk(e, note_move, data);
}

/* ---- moving ---------------------------------------------------------------------------------- */

struct replacement {
    struct expr *from, *to;
};

static void replace_value(struct expr **e, struct replacement *r);

/* An lvalue keeps its form; its indices and pointers are values. */
static void replace_way(struct expr *lvalue, struct replacement *r) {
    if (lvalue->kind == EXPR_DEREF) {
        replace_value(&lvalue->args[0], r);
    } else if (lvalue->kind == EXPR_FIELD || lvalue->kind == EXPR_INDEX) {
        if (type_is_pointer(lvalue->args[0]->type))
            replace_value(&lvalue->args[0], r);
        else
            replace_way(lvalue->args[0], r);
        if (lvalue->kind == EXPR_INDEX)
            replace_value(&lvalue->args[1], r);
    } else if (lvalue->kind == EXPR_CAST || lvalue->kind == EXPR_NAMED) {
        replace_way(lvalue->args[0], r);
    }
}

static void replace_value(struct expr **e, struct replacement *r) {
    bool leaf = linear_is_leaf(*e);
    if (*e == r->from || expr_equal(*e, r->from)) {
        *e = r->to;
        return;
    }
    if (leaf || (*e)->kind == EXPR_ADDR) {
        replace_way(leaf ? *e : (*e)->args[0], r);
        return;
    }
    for (size_t k = 0; k < (*e)->arg_count; k++)
        replace_value(&(*e)->args[k], r);
}

static void replace_in(struct expr **e, void *data) {
    replace_value(e, data);
}

static void replace_in_stmt(struct stmt *stmt, struct replacement *r) {
    struct expr *to = stmt->to;
    stmt->to = NULL;
    stmt_each_expr(stmt, replace_in, r);
    stmt->to = to;
    if (to)
        replace_way(to, r);
}

static const char *temp_name(const struct spill *spill, const struct expr *e) {
    struct var *root = expr_root(e);
    if (!root && spill->stmt->to)
        root = expr_root(spill->stmt->to);
    return arena_printf(spill->work->ad->arena, "%s_value",
                        e->kind == EXPR_MATH ? e->u.name
                        : is_logical(e)      ? "truth"
                        : root               ? root->name
                                             : "value");
}

/* Before the statement, and before the declaration of the variable that receives its call: those two print as
 * one. */
static void put_before(struct spill *spill, struct stmt *decl) {
    struct block *out = spill->out;
    const struct stmt *stmt = spill->stmt;
    struct stmt *last = out->count ? out->items[out->count - 1] : NULL;
    block_add(spill->work->ad->unit, out, decl);
    if (last && last->kind == STMT_DECL && !last->u.decl.init && stmt->kind == STMT_CALL && stmt->to &&
        stmt->to->kind == EXPR_VAR && stmt->to->u.var == last->u.decl.var) {
        out->items[out->count - 2] = decl;
        out->items[out->count - 1] = last;
    }
}

static struct var *new_temp(struct spill *spill, const char *name, struct type *type, struct expr *value) {
    struct unit *unit = spill->work->ad->unit;
    struct var *temp = work_temp(spill->work, name, type);
    struct stmt *decl = stmt_decl(unit, temp, value);
    decl->loc = spill->stmt->loc;
    decl->comment = spill->stmt->comment;
    spill->stmt->comment = NULL;
    put_before(spill, decl);
    spill->changed = true;
    return temp;
}

static void move_value(struct spill *spill, struct expr *e) {
    struct unit *unit = spill->work->ad->unit;
    struct copy_map same = {unit, NULL, 0};
    struct var *temp = reuse_value(spill->work, spill->out, e);
    if (!temp)
        temp = lift_value(spill->work, spill->stmt, e, temp_name(spill, e));
    if (!temp)
        temp = new_temp(spill, temp_name(spill, e), e->type, expr_copy(&same, e));
    spill->changed = true;
    struct replacement r = {e, expr_var(unit, temp)};
    replace_in_stmt(spill->stmt, &r);
}

/* `to = f(c ? a : b)`: t is assigned in both arms of an `if` on c, then `to = f(t)`. */
static void lower_conditional(struct spill *spill, struct expr *cond) {
    struct unit *unit = spill->work->ad->unit;
    struct copy_map same = {unit, NULL, 0};
    struct stmt *branch = stmt_if(unit, expr_copy(&same, cond->args[0]));
    struct var *temp = new_temp(spill, "choice", cond->type, NULL);
    branch->loc = spill->stmt->loc;
    block_add(unit, &branch->u.branch.then,
              stmt_set(unit, expr_var(unit, temp), expr_copy(&same, cond->args[1]), false));
    block_add(unit, &branch->u.branch.other,
              stmt_set(unit, expr_var(unit, temp), expr_copy(&same, cond->args[2]), false));
    block_add(unit, spill->out, branch);
    struct replacement r = {cond, expr_var(unit, temp)};
    replace_in_stmt(spill->stmt, &r);
}

static bool holds_active(struct work *work, struct stmt *stmt);

struct active_query {
    struct work *work;
    bool found;
};

static void query_stmt(struct stmt *stmt, void *data) {
    struct active_query *query = data;
    query->found = query->found || work_stmt_active(query->work, stmt);
}

static void query_block(struct block *block, void *data) {
    block_walk(block, query_stmt, data);
}

static bool holds_active(struct work *work, struct stmt *stmt) {
    struct active_query query = {work, false};
    stmt_each_block(stmt, query_block, &query);
    return query.found;
}

/* ---- conditions and bounds ------------------------------------------------------------------- */

struct stability {
    struct spill *spill;
    bool flags; /* scalars with several definitions count as unstable too */
    bool unstable;
};

static bool note_unstable(struct expr *e, bool address, void *data) {
    struct stability *s = data;
    struct work *work = s->spill->work;
    if (!address && must_move(s->spill, e))
        s->unstable = true;
    if (s->flags && e->kind == EXPR_VAR && work_is_scalar(work, e->u.var) &&
        work->vars[e->u.var->id].definitions > 1)
        s->unstable = true;
    return !s->unstable;
}

static bool is_unstable(struct spill *spill, struct expr *e, bool flags) {
    struct stability s = {spill, flags, false};
    value_walk(e, note_unstable, &s);
    return s.unstable;
}

static void keep_condition(struct spill *spill, struct expr **cond, const char *name) {
    struct unit *unit = spill->work->ad->unit;
    if (!is_unstable(spill, *cond, true))
        return;
    struct type *type = type_is_int((*cond)->type) ? (*cond)->type : type_scalar(unit->types, SCALAR_INT);
    struct expr *value = *cond;
    if (!type_is_int(value->type)) {
        struct expr *zero = type_is_pointer(value->type) ? expr_int(unit, 0) : expr_zero(unit, value->type);
        value = expr_binary(unit, BINARY_NE, value, zero);
    }
    *cond = expr_var(unit, new_temp(spill, name, type, value));
}

static void keep_bound(struct spill *spill, struct expr **bound, const char *name) {
    if (is_unstable(spill, *bound, false))
        *bound = expr_var(spill->work->ad->unit, new_temp(spill, name, (*bound)->type, *bound));
}

static bool note_changing(struct expr *e, void *data) {
    struct stability *s = data;
    const struct var *var = e->kind == EXPR_VAR ? e->u.var : NULL;
    if (var && (var->kind == VAR_LOCAL || var->kind == VAR_PARAM))
        s->unstable |= s->spill->work->vars[var->id].definitions > (var->kind == VAR_LOCAL);
    return !s->unstable;
}

/* In the scope of what holds the memory itself, in no loop. */
static bool is_steady_allocation(const struct work *work, const struct stmt *stmt) {
    const struct var *root = stmt->kind == STMT_CALL && stmt->to ? expr_root(stmt->to) : NULL;
    return root && root->kind == VAR_LOCAL && work_is_alloc(work, stmt) &&
           work->layout->of_stmt[stmt->id].block == work->layout->decl_of_var[root->id].block;
}

/* The companion of allocated memory is allocated where the scope ends, and must be as large. */
static void keep_argument(struct spill *spill, struct expr **arg) {
    struct stability s = {spill, false, is_unstable(spill, *arg, false)};
    expr_walk(*arg, note_changing, &s);
    if (!s.unstable || (*arg)->kind == EXPR_SIZEOF)
        return;
    *arg = expr_var(spill->work->ad->unit, new_temp(spill, "size", (*arg)->type, *arg));
}

/* ---- the pass -------------------------------------------------------------------------------- */

/* A declaration whose initialiser must change becomes a declaration and an assignment. */
static void split_declaration(struct spill *spill) {
    struct unit *unit = spill->work->ad->unit;
    struct stmt *stmt = spill->stmt;
    if (stmt->kind != STMT_DECL || !spill->lower)
        return;
    struct var *var = stmt->u.decl.var;
    struct stmt *set = stmt_set(unit, expr_var(unit, var), stmt->u.decl.init, false);
    set->loc = stmt->loc;
    set->id = stmt->id;
    var->type = var->type->plain;
    stmt->u.decl.init = NULL;
    block_add(unit, spill->out, stmt);
    spill->stmt = set;
}

/* `memory = value`, where the partials can be said by the value, and memory keeps it: operands need not be
 * kept. */
static bool result_stays(struct spill *spill) {
    const struct stmt *stmt = spill->stmt;
    const struct expr *value = linear_value(stmt);
    return stmt->kind == STMT_SET && !stmt->u.set.add && is_memory_load(spill->work, stmt->to) &&
           linear_gives_partial(linear_strip(value)) &&
           type_same(linear_strip(value)->type, stmt->to->type) && memory_survives(spill, stmt->to, false);
}

static void spill_operands(struct spill *spill) {
    needs_each(spill->work, spill->stmt, note_moves, spill);
    if (!spill->lower && spill->found.count && spill->memory && result_stays(spill)) {
        spill->found.items[0] = (struct expr *)linear_strip(linear_value(spill->stmt));
        spill->found.count = 1;
    }
    if (spill->lower) {
        split_declaration(spill);
        lower_conditional(spill, spill->lower);
    } else {
        for (size_t k = 0; k < spill->found.count; k++)
            move_value(spill, spill->found.items[k]);
    }
}

static void spill_stmt(struct work *work, struct stmt *stmt, struct block *out, bool memory, bool *changed) {
    struct spill spill = {.work = work, .stmt = stmt, .out = out, .memory = memory};
    bool nested = holds_active(work, stmt);
    if (work_stmt_active(work, stmt))
        spill_operands(&spill);
    else if (stmt->kind == STMT_IF && nested && memory)
        keep_condition(&spill, &stmt->u.branch.cond, "branch");
    else if (stmt->kind == STMT_SWITCH && nested && memory)
        keep_condition(&spill, &stmt->u.switch_.value, "chosen");
    else if (stmt->kind == STMT_FOR && nested && memory) {
        keep_bound(&spill, &stmt->u.loop.lo, "first");
        keep_bound(&spill, &stmt->u.loop.hi, "bound");
        keep_bound(&spill, &stmt->u.loop.step, "stride");
    }
    if (memory && is_steady_allocation(work, stmt))
        for (size_t k = 0; k < stmt->u.call.arg_count; k++)
            keep_argument(&spill, &stmt->u.call.args[k]);
    lift_place(work, stmt, out);
    block_add(work->ad->unit, out, spill.stmt);
    *changed |= spill.changed;
}

static void spill_for_reverse(struct work *work, struct stmt *stmt, struct block *out) {
    spill_stmt(work, stmt, out, true, &work->changed);
}

static void spill_for_tangent(struct work *work, struct stmt *stmt, struct block *out) {
    spill_stmt(work, stmt, out, false, &work->changed);
}

void spill_values(struct work *work, bool memory) {
    do {
        work->changed = false;
        work->lifted.count = 0;
        work_analyse(work);
        work_rebuild(work, &work->func->body, memory ? spill_for_reverse : spill_for_tangent);
    } while (work->changed);
    work_analyse(work);
}
