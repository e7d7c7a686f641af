/* nest_part: one loop becomes several where additions meet from one iteration to the next: `x_bar[i - 1] +=
 * ...` and `x_bar[i + 1] += ...` in loops of their own can be vectorized. */
#include "ad/nest.h"

enum { APART_SIZE = 60 /* nodes that may be computed again in the loops */ };

static bool item_meets(struct nest *nest, const struct nest_accesses *accesses, size_t a, size_t b,
                       bool within) {
    for (size_t k = 0; k < accesses->count; k++)
        for (size_t m = 0; m < accesses->count; m++) {
            const struct nest_access *x = &accesses->list[k], *y = &accesses->list[m];
            if (x->item != a || y->item != b || x->scalar || y->scalar ||
                (x->effect == NEST_READ && y->effect == NEST_READ))
                continue;
            if (within ? nest_meet_within(nest, x, y) && !nest_commute(x, y)
                       : nest_meet_across(nest, x, y, nest->count - 1))
                return true;
        }
    return false;
}

/* Whether what item `a` is computed from, as far as it stands before item `before`, meets item `b` in an
 * iteration. */
static bool closure_meets(struct nest *nest, const struct block *body, const struct nest_accesses *accesses,
                          size_t a, size_t before, size_t b) {
    bool taken[NEST_ACCESSES];
    struct nest_group one = {{a}, 1, false};
    nest_close(body, &one, taken);
    for (size_t k = 0; k < body->count && k < before; k++)
        if (taken[k] && item_meets(nest, accesses, k, b, true))
            return true;
    return false;
}

static bool fits(struct nest *nest, const struct nest_accesses *accesses, const struct nest_group *group,
                 size_t item) {
    for (size_t k = 0; k < group->count; k++)
        if (item_meets(nest, accesses, group->items[k], item, false))
            return false;
    return true;
}

/* The value is made of no variables of the body, which may change behind the statement. */
static bool reads_only_memory(const struct block *body, const struct stmt *stmt) {
    for (size_t k = 0; k < body->count; k++)
        if (body->items[k]->kind == STMT_DECL && type_is_real(body->items[k]->u.decl.var->type) &&
            expr_mentions(stmt->u.set.from, body->items[k]->u.decl.var))
            return false;
    return true;
}

/* What an assignment to memory changes, no statement behind it sees, nor does any change what it reads. */
static bool can_wait(struct nest *nest, const struct block *body, const struct nest_accesses *accesses,
                     size_t item) {
    const struct stmt *stmt = body->items[item];
    if (stmt->kind != STMT_SET || stmt->u.set.add || stmt->to->kind == EXPR_VAR ||
        !reads_only_memory(body, stmt))
        return false;
    for (size_t k = 0; k < accesses->count; k++)
        for (size_t m = 0; m < accesses->count; m++) {
            const struct nest_access *x = &accesses->list[k], *y = &accesses->list[m];
            if (x->item == item && y->item > item && !nest_commute(x, y) && nest_meet_within(nest, x, y))
                return false;
        }
    return true;
}

/* Adjoints that are set to zero when they have been used are set so at the end: nothing else keeps statements
 * together that could part. */
void nest_write_last(struct nest *nest, struct block *body, struct nest_accesses *accesses) {
    struct stmt *late[NEST_ACCESSES];
    size_t count = 0, kept = 0;
    for (size_t k = 0; k < body->count; k++)
        if (can_wait(nest, body, accesses, k))
            late[count++] = body->items[k];
        else
            body->items[kept++] = body->items[k];
    for (size_t k = 0; k < count; k++)
        body->items[kept + k] = late[k];
    nest_collect(nest, body, accesses);
}

enum { NO_GROUP = SIZE_MAX };

/* The first loop that assignment k may go to. `with`: it must go there, since it takes what is read before an
 * assignment of that loop changes it. */
static size_t first_group(struct nest *nest, const struct block *body, const struct nest_accesses *accesses,
                          const size_t *group_of, size_t k, size_t *with) {
    size_t first = 0;
    *with = NO_GROUP;
    for (size_t m = 0; m < k; m++) {
        if (nest_local_of(body, body->items[m]))
            continue;
        if ((closure_meets(nest, body, accesses, m, body->count, k) ||
             closure_meets(nest, body, accesses, k, body->count, m)) &&
            group_of[m] > first)
            first = group_of[m];
        if (closure_meets(nest, body, accesses, k, m, m)) /* with two of different loops: no loop will do */
            *with = *with == NO_GROUP || *with == group_of[m] ? group_of[m] : NEST_GROUPS;
    }
    return first;
}

/* Every assignment goes to the first loop in which it meets no other from one iteration to the next, and
 * before which it need not stand. False if some order cannot be kept. */
static bool part(struct nest *nest, const struct block *body, const struct nest_accesses *accesses,
                 struct nest_group *groups, size_t *count) {
    size_t group_of[NEST_ACCESSES], with;
    *count = 0;
    for (size_t k = 0; k < body->count; k++) {
        if (nest_local_of(body, body->items[k]))
            continue;
        size_t first = first_group(nest, body, accesses, group_of, k, &with);
        while (first < *count && !fits(nest, accesses, &groups[first], k))
            first++;
        if (first == NEST_GROUPS || (with != NO_GROUP && with != first))
            return false;
        if (first == *count)
            groups[(*count)++] = (struct nest_group){.count = 0};
        groups[first].items[groups[first].count++] = k;
        group_of[k] = first;
    }
    return true;
}

static bool count_node(struct expr *e, void *data) {
    unsigned *size = data;
    *size += e->kind == EXPR_MATH || (e->kind == EXPR_BINARY && e->u.binary == BINARY_DIV) ? 16 : 1;
    return true;
}

static void count_expr(struct expr **e, void *data) {
    expr_walk(*e, count_node, data);
}

static unsigned size_of(const struct block *body, const bool *taken) {
    unsigned size = 0;
    for (size_t k = 0; k < body->count; k++)
        if (taken[k] && nest_local_of(body, body->items[k]))
            stmt_each_expr(body->items[k], count_expr, &size);
    return size;
}

/* How much is computed again when the groups part. */
static unsigned size_again(const struct block *body, const struct nest_group *groups, size_t count) {
    bool taken[NEST_ACCESSES], any[NEST_ACCESSES] = {false};
    unsigned sum = 0;
    for (size_t k = 0; k < count; k++) {
        nest_close(body, &groups[k], taken);
        sum += size_of(body, taken);
        for (size_t m = 0; m < body->count; m++)
            any[m] |= taken[m];
    }
    return sum - size_of(body, any);
}

/* All that the loop touches lies in a row, or is the same throughout. */
bool nest_is_dense(struct nest *nest, const struct nest_accesses *accesses) {
    for (size_t k = 0; k < accesses->count; k++)
        if (nest_stride(nest, &accesses->list[k]) > 1)
            return false;
    return true;
}

/* No two iterations meet, sums in variables apart. */
bool nest_is_vector(struct nest *nest, const struct nest_accesses *accesses, const struct nest_group *group) {
    for (size_t k = 0; k < group->count; k++)
        for (size_t m = k; m < group->count; m++)
            if (item_meets(nest, accesses, group->items[k], group->items[m], false))
                return false;
    return true;
}

void nest_all_in_one(const struct block *body, struct nest_group *group) {
    *group = (struct nest_group){.count = 0};
    for (size_t k = 0; k < body->count; k++)
        if (!nest_local_of(body, body->items[k]))
            group->items[group->count++] = k;
}

/* Which loops the body makes: one, or several that can be vectorized. */
size_t nest_choose_loops(struct nest *nest, const struct block *body, const struct nest_accesses *accesses,
                         struct nest_group *groups) {
    size_t count;
    nest_all_in_one(body, &groups[0]);
    if (!nest_is_dense(nest, accesses))
        return 1;
    groups[0].vector = nest_is_vector(nest, accesses, &groups[0]);
    if (groups[0].vector)
        return 1;
    if (!part(nest, body, accesses, groups, &count) || size_again(body, groups, count) > APART_SIZE) {
        nest_all_in_one(body, &groups[0]);
        return 1;
    }
    for (size_t k = 0; k < count; k++)
        groups[k].vector = nest_is_vector(nest, accesses, &groups[k]);
    return count;
}
