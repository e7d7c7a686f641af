/* nest_sums: what is the same element in every iteration of a loop stays in a variable meanwhile: adjoints
 * that are read, and adjoints that are added to. */
#include "ad/nest.h"

struct change {
    const struct expr *lvalue;
    bool found;
};

/* Another element may be meant behind the statement. */
static void find_change(struct stmt *stmt, void *data) {
    struct change *change = data;
    const struct expr *to = stmt->to;
    change->found |= to && to->kind == EXPR_VAR && expr_mentions((struct expr *)change->lvalue, to->u.var);
}

bool nest_is_touched(const struct block *before, const struct expr *lvalue) {
    for (size_t k = before->count; k-- > 0;) {
        struct change change = {lvalue, false};
        struct block one = {&before->items[k], 1, 1};
        if (before->items[k]->kind == STMT_SET && expr_equal(before->items[k]->to, lvalue))
            return true;
        block_walk(&one, find_change, &change);
        if (change.found)
            return false;
    }
    return false;
}

static bool is_fixed(const struct nest_ordering *o, const struct block *body, const struct expr *e) {
    for (size_t k = 0; k < body->count; k++)
        if (body->items[k]->kind == STMT_DECL && expr_mentions((struct expr *)e, body->items[k]->u.decl.var))
            return false;
    return !expr_mentions((struct expr *)e, o->nest.loops[o->nest.count - 1]->u.loop.index);
}

/* Assigned by the body, not only declared. */
static bool is_changed(const struct block *body, const struct var *var) {
    for (size_t k = 0; k < body->count; k++)
        if (body->items[k]->kind == STMT_SET && body->items[k]->to->kind == EXPR_VAR &&
            body->items[k]->to->u.var == var)
            return true;
    return false;
}

/* The condition that the innermost loop has an iteration. */
struct expr *nest_condition(struct nest_ordering *o) {
    const struct stmt *head = o->nest.loops[o->nest.count - 1];
    struct copy_map same = {o->work->ad->unit, NULL, 0};
    return expr_binary(o->work->ad->unit, head->u.loop.rel, expr_copy(&same, head->u.loop.lo),
                       expr_copy(&same, head->u.loop.hi));
}

struct exchange {
    const struct expr *from;
    struct expr *to;
};

static void exchange_value(struct expr **e, void *data) {
    struct exchange *x = data;
    if (expr_equal(*e, x->from)) {
        *e = x->to;
        return;
    }
    for (size_t k = 0; k < (*e)->arg_count; k++)
        exchange_value(&(*e)->args[k], data);
}

/* The body's own variable that is nothing else than the load, moved before the loop; or a new one. */
static struct var *take_before(struct nest_ordering *o, struct block *body, const struct expr *load,
                               bool runs, struct block *before) {
    bool sure = runs || nest_is_touched(o->before, load);
    struct unit *unit = o->work->ad->unit;
    struct copy_map same = {unit, NULL, 0};
    for (size_t k = 0; k < body->count; k++) {
        struct stmt *stmt = body->items[k];
        if (!sure || stmt->kind != STMT_DECL || !expr_equal(stmt->u.decl.init, load) ||
            is_changed(body, stmt->u.decl.var))
            continue;
        block_add(unit, before, stmt);
        body->count--;
        for (; k < body->count; k++)
            body->items[k] = body->items[k + 1];
        return stmt->u.decl.var;
    }
    const char *name = arena_printf(unit->arena, "%s_seed", expr_root(load)->name);
    struct var *var =
        func_add_var(unit, o->func, VAR_LOCAL, work_name(o->work, o->func, name), load->type->plain);
    struct expr *value = expr_copy(&same, load);
    if (!sure)
        value = expr_cond(unit, nest_condition(o), value, expr_zero(unit, load->type));
    block_add(unit, before, stmt_decl(unit, var, value));
    return var;
}

/* An adjoint that the body reads in every iteration is read before the loop, since compilers cannot know that
 * what is added to others leaves it alone. */
void nest_read_before(struct nest_ordering *o, struct block *body, const struct nest_accesses *accesses,
                      bool runs, struct block *before) {
    struct copy_map same = {o->work->ad->unit, NULL, 0};
    VEC(const struct expr *) loads = {0};
    for (size_t k = 0; k < accesses->count; k++) {
        const struct nest_access *access = &accesses->list[k];
        bool known = access->effect != NEST_READ || access->scalar || !access->companion;
        for (size_t m = 0; m < loads.count && !known; m++)
            known = expr_equal(loads.items[m], access->spelled);
        if (!known && type_is_real(access->spelled->type) && is_fixed(o, body, access->spelled))
            VEC_PUSH(o->work->ad->arena, loads, expr_copy(&same, access->spelled));
    }
    for (size_t k = 0; k < loads.count; k++) {
        struct var *var = take_before(o, body, loads.items[k], runs, before);
        struct exchange exchange = {loads.items[k], expr_var(o->work->ad->unit, var)};
        for (size_t m = 0; m < body->count; m++)
            if (body->items[m]->kind == STMT_SET)
                exchange_value(&body->items[m]->u.set.from, &exchange);
            else
                exchange_value(&body->items[m]->u.decl.init, &exchange);
    }
}

static struct var *sum_for(struct nest_ordering *o, struct nest_sums *sums, const struct expr *target) {
    struct unit *unit = o->work->ad->unit;
    for (size_t k = 0; k < sums->targets.count; k++)
        if (expr_equal(sums->targets.items[k], target))
            return sums->vars.items[k];
    const char *name = arena_printf(unit->arena, "%s_sum", expr_root(target)->name);
    struct var *var =
        func_add_var(unit, o->func, VAR_LOCAL, work_name(o->work, o->func, name), target->type->plain);
    VEC_PUSH(unit->arena, sums->targets, target);
    VEC_PUSH(unit->arena, sums->vars, var);
    return var;
}

static bool meets_adds_only(struct nest *nest, const struct nest_accesses *accesses,
                            const struct nest_access *add) {
    for (size_t k = 0; k < accesses->count; k++)
        if (!nest_commute(&accesses->list[k], add) && nest_meet_within(nest, &accesses->list[k], add))
            return false;
    return add->base != NULL;
}

/* `target += ...` in every iteration, the target in memory. */
static bool is_fixed_sum(struct nest_ordering *o, const struct block *body,
                         const struct nest_accesses *accesses, const struct stmt *stmt, size_t item) {
    if (stmt->kind != STMT_SET || !stmt->u.set.add || stmt->to->kind == EXPR_VAR)
        return false;
    if (!is_fixed(o, body, stmt->to))
        return false;
    for (size_t k = 0; k < accesses->count; k++)
        if (accesses->list[k].item == item && accesses->list[k].effect == NEST_ADD)
            return meets_adds_only(&o->nest, accesses, &accesses->list[k]);
    return false;
}

void nest_sum_locally(struct nest_ordering *o, struct block *body, const struct nest_accesses *accesses,
                      struct nest_sums *sums) {
    for (size_t k = 0; k < body->count; k++)
        if (is_fixed_sum(o, body, accesses, body->items[k], k)) {
            struct var *sum = sum_for(o, sums, body->items[k]->to);
            body->items[k]->to = expr_var(o->work->ad->unit, sum);
        }
}
