/* reverse_loop: the reverse of a loop runs through the same iterations from the last to the first. Where the
 * number of iterations is not known on entry, the forward loop counts them. */
#include "ad/reverse.h"

/* Compilers choose the type of an enum, most of them one without signs. */
bool counts_unsigned(const struct type *type) {
    const struct type *t = type_strip(type);
    return t->kind == TYPE_ENUM ||
           (t->kind == TYPE_INT &&
            (t->scalar == SCALAR_BOOL || t->scalar == SCALAR_UCHAR || t->scalar == SCALAR_USHORT ||
             t->scalar == SCALAR_UINT || t->scalar == SCALAR_ULONG || t->scalar == SCALAR_ULLONG));
}

bool loop_always_runs(const struct stmt *loop) {
    long long lo;
    const struct expr *hi = loop->u.loop.hi;
    while (hi->kind == EXPR_CAST && hi->u.implicit)
        hi = hi->args[0];
    return loop->u.loop.rel == BINARY_LE && expr_is_const_int(loop->u.loop.lo, &lo) && lo == 0 &&
           counts_unsigned(loop->u.loop.index->type) && counts_unsigned(hi->type);
}

static long long wrapped(long long value, const struct type *type) {
    return type_strip(type)->scalar == SCALAR_UINT ? value & 0xffffffff : value;
}

struct expr *plus_constant(struct unit *unit, struct expr *e, long long k) {
    long long value;
    if (expr_is_const_int(e, &value))
        return expr_int_typed(unit, wrapped(value + k, e->type), e->type);
    if (k == 0)
        return e;
    if (e->kind == EXPR_BINARY && (e->u.binary == BINARY_ADD || e->u.binary == BINARY_SUB) &&
        expr_is_const_int(e->args[1], &value)) {
        long long total = (e->u.binary == BINARY_ADD ? value : -value) + k;
        return plus_constant(unit, e->args[0], total);
    }
    return expr_binary(unit, k > 0 ? BINARY_ADD : BINARY_SUB, e, expr_int(unit, k > 0 ? k : -k));
}

static bool is_narrow(const struct type *type) {
    return type_strip(type)->kind == TYPE_INT && type_strip(type)->scalar < SCALAR_INT;
}

/* The initial value in the index's type, as the assignment converts it. */
static struct expr *first_of(struct work *work, const struct stmt *stmt) {
    struct expr *e = reverse_of(work, stmt->u.loop.lo);
    struct type *type = assigned_type(work, stmt->u.loop.index->type);
    long long value;
    while (e->kind == EXPR_CAST && e->u.implicit)
        e = e->args[0];
    bool keeps = type_is_int(e->type) && counts_unsigned(type) == counts_unsigned(e->type) &&
                 type_strip(e->type)->scalar <= type_strip(type)->scalar;
    if (keeps || (expr_is_const_int(e, &value) && !is_narrow(type)))
        return e;
    return expr_cast(work->ad->unit, type, e, false);
}

/* The bound in the index's type: an unsigned bound must not make the comparison unsigned. */
static struct expr *bound_of(struct work *work, const struct stmt *stmt) {
    struct expr *e = reverse_of(work, stmt->u.loop.hi);
    struct type *type = assigned_type(work, stmt->u.loop.index->type);
    long long value;
    while (e->kind == EXPR_CAST && e->u.implicit)
        e = e->args[0];
    if (expr_is_const_int(e, &value) || counts_unsigned(type) == counts_unsigned(e->type))
        return e;
    return expr_cast(work->ad->unit, type, e, false);
}

/* The bound where it is compared with the index as in the source: a cast says what C does by itself. */
static struct expr *compared_bound(struct work *work, const struct stmt *stmt) {
    struct type *type = assigned_type(work, stmt->u.loop.index->type);
    struct expr *e = reverse_of(work, stmt->u.loop.hi);
    while (e->kind == EXPR_CAST && e->u.implicit)
        e = e->args[0];
    bool converted =
        counts_unsigned(type) && type_same(type_common(work->ad->unit->types, type, e->type), type);
    return converted ? bound_of(work, stmt) : reverse_of(work, stmt->u.loop.hi);
}

struct mirrored {
    struct expr *first, *last; /* of the forward loop: index values of its first and last iteration */
    bool guard;                /* first and last are right only if the loop runs at all */
};

static struct mirrored mirror(struct work *work, const struct stmt *stmt) {
    struct unit *unit = work->ad->unit;
    struct expr *lo = first_of(work, stmt), *hi = bound_of(work, stmt);
    long long step;
    bool constant = expr_is_const_int(stmt->u.loop.step, &step), down = constant && step < 0;
    enum binary_op rel = stmt->u.loop.rel;
    bool inclusive = rel == BINARY_LE || rel == BINARY_GE;
    struct mirrored m = {lo, inclusive ? hi : plus_constant(unit, hi, down ? 1 : -1), false};
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
    struct stmt *guard =
        stmt_if(unit, expr_binary(unit, stmt->u.loop.rel, first_of(work, stmt), compared_bound(work, stmt)));
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

/* Whether the index may run from its last value to its first, and one step further. An unsigned index cannot
 * count below zero, and one that is narrower than int may begin or end at its limits, where it never ends.
 * One that runs until it is equal may wrap around on its way. */
static bool can_turn(const struct stmt *stmt, const struct type *type, bool constant, bool down) {
    if (is_narrow(type))
        return false;
    return counts_unsigned(type) ? down && stmt->u.loop.rel != BINARY_NE : constant;
}

/* From the last iteration to the first. An index that cannot turn is mirrored instead. */
static void reverse_counted(struct work *work, struct stmt *stmt, struct var *index, struct block *body,
                            struct block *out) {
    struct unit *unit = work->ad->unit;
    struct mirrored m = mirror(work, stmt);
    long long step;
    bool constant = expr_is_const_int(stmt->u.loop.step, &step), down = constant && step < 0;
    struct expr *stride =
        constant ? expr_int(unit, -step) : expr_unary(unit, UNARY_NEG, reverse_of(work, stmt->u.loop.step));
    struct stmt *upward = new_loop(work, index, first_of(work, stmt), compared_bound(work, stmt),
                                   reverse_of(work, stmt->u.loop.step), stmt->u.loop.rel);
    upward->loc = stmt->loc;
    if (can_turn(stmt, index->type, constant, down)) {
        struct stmt *loop = new_loop(work, index, m.last, m.first, stride, down ? BINARY_LE : BINARY_GE);
        loop->u.loop.upward = upward;
        block_append(unit, &loop->u.loop.body, body);
        add_loop(work, loop, &m, stmt, out);
        return;
    }
    struct var *again = func_add_var(unit, work->reverse, VAR_LOCAL,
                                     work_name(work, work->reverse, down ? "down" : "up"), index->type);
    long long first;
    struct expr *passed = expr_var(unit, again);
    if (!expr_is_const_int(m.first, &first) || first != 0)
        passed = expr_binary(unit, BINARY_SUB, passed, m.first);
    struct stmt *loop = new_loop(work, again, first_of(work, stmt), compared_bound(work, stmt),
                                 reverse_of(work, stmt->u.loop.step), stmt->u.loop.rel);
    loop->u.loop.upward = upward;
    block_add(unit, &loop->u.loop.body,
              stmt_decl(unit, index, expr_binary(unit, BINARY_SUB, m.last, passed)));
    block_append(unit, &loop->u.loop.body, body);
    add_loop(work, loop, &m, stmt, out);
}

static bool declares(const struct block *block, const struct var *var) {
    for (size_t k = 0; k < block->count; k++)
        if (block->items[k]->kind == STMT_DECL && block->items[k]->u.decl.var == var)
            return true;
    return false;
}

/* The block says where companions of its own variables lie, and does nothing with them. */
static bool is_idle(const struct block *block) {
    for (size_t k = 0; k < block->count; k++) {
        const struct expr *to = block->items[k]->to;
        if (block->items[k]->kind == STMT_DECL)
            continue;
        while (to && to->kind == EXPR_FIELD && !type_is_pointer(to->args[0]->type))
            to = to->args[0];
        if (block->items[k]->kind != STMT_SET || to->kind != EXPR_VAR || !declares(block, to->u.var))
            return false;
    }
    return true;
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

/* lo + trip * step, without what changes nothing. */
static struct expr *index_at(struct work *work, const struct stmt *stmt, struct expr *trip) {
    struct unit *unit = work->ad->unit;
    long long step = 0, lo = 1;
    bool known = expr_is_const_int(stmt->u.loop.step, &step);
    expr_is_const_int(stmt->u.loop.lo, &lo);
    enum binary_op op = known && step == -1 ? BINARY_SUB : BINARY_ADD;
    if (!known || (step != 1 && step != -1))
        trip = expr_binary(unit, BINARY_MUL, trip, reverse_of(work, stmt->u.loop.step));
    if (lo == 0 && op == BINARY_ADD)
        return trip;
    return expr_binary(unit, op, reverse_of(work, stmt->u.loop.lo), trip);
}

static void reverse_for_trips(struct work *work, struct stmt *stmt, struct var *index, struct block *body,
                              struct block *out) {
    struct unit *unit = work->ad->unit;
    struct stmt *loop = trip_loop(work, work_counter(work, stmt));
    if (block_mentions(body, index)) {
        struct expr *value = index_at(work, stmt, expr_var(unit, loop->u.loop.index));
        block_add(unit, &loop->u.loop.body,
                  stmt_decl(unit, index, expr_cast(unit, index->type, value, false)));
    }
    block_append(unit, &loop->u.loop.body, body);
    block_add(unit, out, loop);
}

void reverse_for(struct work *work, struct stmt *stmt, struct block *forward, struct block *reverse) {
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
        work->forward_map.vars[index->id] =
            expr_var(unit, func_add_var(unit, work->forward, VAR_LOCAL, index->name,
                                        assigned_type(work, index->type)));
    copy->u.loop.index = work->forward_map.vars[index->id]->u.var;
    struct var *back =
        func_add_var(unit, work->reverse, VAR_LOCAL, index->name, assigned_type(work, index->type));
    work->reverse_map.vars[index->id] = expr_var(unit, back);
    work->reverse_depth++;
    reverse_block(work, &stmt->u.loop.body, &copy->u.loop.body, &body, true, false);
    work->reverse_depth--;
    slots_record(work, stmt, &copy->u.loop.body, &body, forward, reverse);
    work->reverse_map.vars[index->id] = outer;
    block_add(unit, forward, copy);
    if (is_idle(&body))
        return;
    if (work_counter(work, stmt))
        reverse_for_trips(work, stmt, back, &body, reverse);
    else
        reverse_counted(work, stmt, back, &body, reverse);
}

void reverse_while(struct work *work, struct stmt *stmt, struct block *forward, struct block *reverse) {
    struct unit *unit = work->ad->unit;
    struct stmt *copy = stmt_new(unit, STMT_WHILE, stmt->loc);
    struct block body = {0};
    carry_comment(copy, stmt);
    copy->u.while_ = stmt->u.while_;
    copy->u.while_.body = (struct block){0};
    copy->u.while_.cond = forward_of(work, stmt->u.while_.cond);
    work->reverse_depth++;
    reverse_block(work, &stmt->u.while_.body, &copy->u.while_.body, &body, true, false);
    work->reverse_depth--;
    block_add(unit, forward, copy);
    if (is_idle(&body))
        return;
    struct stmt *loop = trip_loop(work, work_counter(work, stmt));
    block_append(unit, &loop->u.loop.body, &body);
    block_add(unit, reverse, loop);
}
