/* nest_turn: of two loops, one in the other, the one that moves along rows of memory becomes the inner one:
 * the adjoint of a matrix product updates whole rows. */
#include "ad/nest.h"

/* Declarations, one loop, and assignments before and behind it. */
struct pattern {
    size_t loop; /* its index in the body */
    struct stmt *inner;
    struct block declared, rest; /* the declarations, the assignments */
};

static bool match(struct unit *unit, const struct block *body, struct pattern *p) {
    *p = (struct pattern){0, NULL, {0}, {0}};
    for (size_t k = 0; k < body->count; k++) {
        struct stmt *stmt = body->items[k];
        if (stmt->kind == STMT_FOR && !p->inner) {
            p->inner = stmt;
            p->loop = k;
        } else if (stmt->kind == STMT_SET && !nest_local_of(body, stmt)) {
            block_add(unit, &p->rest, stmt);
        } else if (stmt->kind == STMT_DECL && !p->inner) {
            block_add(unit, &p->declared, stmt);
        } else {
            return false;
        }
    }
    return p->inner && nest_is_simple(&p->inner->u.loop.body) && p->inner->u.loop.upward == p->inner;
}

/* The bounds of the inner loop are the same in every iteration of the outer one. */
static bool is_square(const struct pattern *p, const struct stmt *outer) {
    struct stmt *inner = p->inner;
    struct expr *heads[] = {inner->u.loop.lo, inner->u.loop.hi, inner->u.loop.step};
    for (size_t k = 0; k < 3; k++) {
        if (expr_mentions(heads[k], outer->u.loop.index))
            return false;
        for (size_t m = 0; m < p->declared.count; m++)
            if (expr_mentions(heads[k], p->declared.items[m]->u.decl.var))
                return false;
    }
    return true;
}

/* The assignments around the inner loop, in a loop of their own behind it: what they change, nothing else
 * sees in another iteration, nor behind them in the same. `both`: the nest with the inner loop; `inner`: the
 * accesses of the declarations and of the loop. */
static bool can_follow(struct nest *outer, struct nest *both, const struct block *body,
                       const struct pattern *p, const struct nest_accesses *inner) {
    struct nest_accesses moved;
    size_t before = 0;
    if (!p->rest.count)
        return true;
    if (!nest_collect(outer, &p->rest, &moved))
        return false;
    for (size_t k = 0; k < p->loop; k++)
        before += body->items[k]->kind == STMT_SET;
    for (size_t k = 0; k < moved.count; k++)
        for (size_t m = 0; m < inner->count; m++) {
            const struct nest_access *x = &moved.list[k], *y = &inner->list[m];
            bool passes = x->item < before && y->item >= p->declared.count;
            if (nest_commute(x, y))
                continue;
            if (nest_meet_across(both, x, y, outer->count - 1) ||
                (passes && (nest_meet_within(both, x, y) || nest_meet_across(both, x, y, outer->count))))
                return false;
        }
    for (size_t k = 0; k < p->declared.count; k++) /* they stay with the inner loop */
        if (block_mentions((struct block *)&p->rest, p->declared.items[k]->u.decl.var))
            return false;
    return true;
}

/* No declaration stands behind an assignment. */
static bool declares_first(const struct block *body) {
    for (size_t k = 1; k < body->count; k++)
        if (body->items[k]->kind == STMT_DECL && body->items[k - 1]->kind != STMT_DECL)
            return false;
    return true;
}

/* A declaration must find the same in every iteration of the inner loop, where it moves. */
static bool can_sink(struct nest *nest, const struct pattern *p, const struct nest_accesses *accesses) {
    for (size_t k = 0; k < accesses->count; k++)
        for (size_t m = 0; m < accesses->count; m++)
            if (accesses->list[k].item < p->declared.count && accesses->list[m].effect != NEST_READ &&
                (nest_meet_within(nest, &accesses->list[k], &accesses->list[m]) ||
                 nest_meet_across(nest, &accesses->list[k], &accesses->list[m], nest->count - 1)))
                return false;
    return true;
}

static unsigned cost(struct nest *nest, const struct nest_accesses *accesses) {
    unsigned sum = 0;
    for (size_t k = 0; k < accesses->count; k++)
        sum += nest_stride(nest, &accesses->list[k]) > 1;
    return sum;
}

/* for (i) { d; for (k) b; r; }  becomes  for (k) for (i) { d; b; }  for (i) r; */
bool nest_interchange(struct nest_ordering *o, struct block *body, struct block *out) {
    struct unit *unit = o->work->ad->unit;
    struct pattern p;
    size_t outer = o->nest.count - 1;
    const struct stmt *head = o->nest.loops[outer];
    if (!match(unit, body, &p) || !is_square(&p, head) || !declares_first(body) ||
        o->nest.count == NEST_LOOPS)
        return false;
    struct block all = {0}, behind = {0};
    block_append(unit, &all, &p.declared);
    block_append(unit, &all, &p.inner->u.loop.body);
    struct nest_accesses accesses;
    struct nest both = o->nest, turned = o->nest;
    both.loops[both.count++] = p.inner;
    turned.loops[outer] = p.inner;
    turned.loops[turned.count++] = head;
    if (all.count > NEST_ACCESSES || !nest_collect(&both, &all, &accesses) ||
        cost(&turned, &accesses) >= cost(&both, &accesses) || !nest_is_free(&both, &accesses, outer) ||
        !can_sink(&both, &p, &accesses))
        return false;
    if (!can_follow(&o->nest, &both, body, &p, &accesses) ||
        (p.rest.count && !nest_order_inner(o, &p.rest, &behind)))
        return false;
    struct copy_map map = nest_new_map(o->work, o->func);
    struct stmt *loop = nest_new_loop(o->work, o->func, p.inner, &map);
    struct block copy = {0};
    nest_copy(o->func, &map, &all, NULL, &copy);
    struct nest_ordering inner = *o;
    inner.before = &loop->u.loop.body;
    inner.nest = turned;
    inner.nest.loops[outer] = loop;
    if (!nest_order_inner(&inner, &copy, &loop->u.loop.body))
        return false;
    loop->u.loop.pragma = NULL;
    block_add(unit, out, loop);
    block_append(unit, out, &behind);
    return true;
}
