/* adjoint: the reverse of an assignment. `to = f(a, b)` becomes `a_bar += f_a * to_bar; b_bar += f_b *
 * to_bar; to_bar = 0`; where `to` may itself be an operand, its adjoint moves into a variable of its own
 * first. */
#include "ad/private.h"

struct term {
    struct expr *ref; /* companion of the operand */
    struct expr *amount;
    bool self; /* the operand is exactly what is assigned */
};

struct terms {
    VEC(struct term) items;
    const struct expr *to; /* the assigned lvalue, in the working copy's terms */
};

/* ---- leaves of aggregates -------------------------------------------------------------------- */

/* Which scalars are visited. */
struct leaves {
    struct work *work;
    struct func *func;
    bool (*holds)(const struct type *type);
    bool (*is_leaf)(const struct type *type);
    leaf_visitor *visit;
};

static void each_leaf(const struct leaves *leaves, struct type *type, struct expr *a, struct expr *b,
                      struct block *out);

static void each_element(const struct leaves *leaves, struct type *type, struct expr *a, struct expr *b,
                         struct block *out) {
    struct work *work = leaves->work;
    struct unit *unit = work->ad->unit;
    struct copy_map same = {unit, NULL, 0};
    struct stmt *loop = stmt_new(unit, STMT_FOR, (struct loc){0});
    struct var *index = func_add_var(unit, leaves->func, VAR_LOCAL, work_name(work, leaves->func, "k"),
                                     type_scalar(unit->types, SCALAR_INT));
    loop->u.loop.index = index;
    loop->u.loop.declares = true;
    loop->u.loop.lo = expr_int(unit, 0);
    loop->u.loop.hi = expr_copy(&same, type_strip(type)->count);
    loop->u.loop.step = expr_int(unit, 1);
    loop->u.loop.rel = BINARY_LT;
    each_leaf(leaves, type_target(type), expr_index(unit, a, expr_var(unit, index)),
              b ? expr_index(unit, b, expr_var(unit, index)) : NULL, &loop->u.loop.body);
    if (loop->u.loop.body.count)
        block_add(unit, out, loop);
}

static void each_leaf(const struct leaves *leaves, struct type *type, struct expr *a, struct expr *b,
                      struct block *out) {
    struct unit *unit = leaves->work->ad->unit;
    struct copy_map same = {unit, NULL, 0};
    const struct type *t = type_strip(type);
    if (type_is_array(t)) {
        each_element(leaves, type, a, b, out);
    } else if (type_is_record(t) && !t->record->puns) {
        for (size_t k = 0; k < t->record->field_count; k++) {
            const struct field *field = &t->record->fields[k];
            if (field->name && !field->overlaid && leaves->holds(field->type))
                each_leaf(leaves, field->type, expr_field(unit, expr_copy(&same, a), field->name),
                          b ? expr_field(unit, expr_copy(&same, b), field->name) : NULL, out);
        }
    } else if (leaves->is_leaf(t)) {
        leaves->visit(leaves->work, a, b, out);
    }
}

void each_real_leaf(struct work *work, struct func *func, struct type *type, struct expr *a, struct expr *b,
                    leaf_visitor *leaf, struct block *out) {
    const struct leaves leaves = {work, func, type_holds_real, type_is_real, leaf};
    each_leaf(&leaves, type, a, b, out);
}

static void point_leaf(struct work *work, struct expr *a, struct expr *b, struct block *out) {
    block_add(work->ad->unit, out, stmt_set(work->ad->unit, a, b, false));
}

void copy_pointers(struct work *work, struct func *func, struct expr *to, struct expr *from,
                   struct block *out) {
    const struct leaves leaves = {work, func, type_holds_pointer, type_is_pointer, point_leaf};
    each_leaf(&leaves, to->type, to, from, out);
}

static void clear_leaf(struct work *work, struct expr *a, struct expr *b, struct block *out) {
    struct unit *unit = work->ad->unit;
    (void)b;
    block_add(unit, out, stmt_set(unit, a, expr_zero(unit, a->type), false));
}

void adjoint_clear(struct work *work, struct expr *companion, struct block *out) {
    each_real_leaf(work, work->reverse, companion->type, companion, NULL, clear_leaf, out);
}

/* ---- values ---------------------------------------------------------------------------------- */

static struct expr *copy(struct work *work, const struct expr *e) {
    struct copy_map same = {work->ad->unit, NULL, 0};
    return expr_copy(&same, e);
}

static bool is_simple(const struct expr *seed) {
    if (seed->kind == EXPR_UNARY)
        return is_simple(seed->args[0]);
    if (seed->kind == EXPR_DEREF)
        return true;
    return linear_is_leaf(seed) || seed->kind == EXPR_REAL || seed->kind == EXPR_INT;
}

static bool has_several_operands(struct work *work, const struct expr *e) {
    size_t count = 0;
    for (size_t k = 0; k < e->arg_count; k++)
        count += linear_operand_active(work, e, k);
    return count > 1;
}

/* A product that several terms share is computed once. */
static struct expr *share_seed(struct work *work, struct expr *seed, struct block *out) {
    struct unit *unit = work->ad->unit;
    struct var *var = func_add_var(unit, work->reverse, VAR_LOCAL, work_name(work, work->reverse, "seed"),
                                   seed->type->plain);
    block_add(unit, out, stmt_decl(unit, var, seed));
    return expr_var(unit, var);
}

static void add_terms(struct work *work, const struct expr *e, struct expr *seed, struct expr *result,
                      struct terms *terms, struct block *out);

/* Both arms under their condition: nothing is evaluated that the primal did not evaluate. */
static void add_conditional(struct work *work, const struct expr *e, struct expr *seed, struct block *out) {
    struct unit *unit = work->ad->unit;
    struct stmt *branch = stmt_if(unit, expr_copy(&work->reverse_map, e->args[0]));
    if (linear_operand_active(work, e, 1))
        adjoint_value(work, e->args[1], seed, NULL, &branch->u.branch.then);
    if (linear_operand_active(work, e, 2))
        adjoint_value(work, e->args[2], seed, NULL, &branch->u.branch.other);
    if (!branch->u.branch.then.count && branch->u.branch.other.count) {
        branch->u.branch.cond = expr_unary(unit, UNARY_LNOT, branch->u.branch.cond);
        branch->u.branch.then = branch->u.branch.other;
        branch->u.branch.other = (struct block){0};
    }
    if (branch->u.branch.then.count)
        block_add(unit, out, branch);
}

static void add_leaf(struct work *work, const struct expr *e, struct expr *seed, struct terms *terms) {
    if (!activity_lvalue(work->activity, e))
        return;
    struct term term = {companion_lvalue(work, &work->reverse_map, e), copy(work, seed),
                        terms->to && expr_equal(terms->to, e)};
    VEC_PUSH(work->ad->arena, terms->items, term);
}

static void add_terms(struct work *work, const struct expr *e, struct expr *seed, struct expr *result,
                      struct terms *terms, struct block *out) {
    struct unit *unit = work->ad->unit;
    if (linear_is_leaf(e)) {
        add_leaf(work, e, seed, terms);
        return;
    }
    if (e->kind == EXPR_COND) {
        add_conditional(work, e, seed, out);
        return;
    }
    bool here = linear_strip(e) == e;
    if (has_several_operands(work, e) && !is_simple(seed))
        seed = share_seed(work, seed, out);
    for (size_t k = 0; k < e->arg_count; k++) {
        if (!linear_operand_active(work, e, k))
            continue;
        struct expr *partial = linear_partial(work, e, k, here ? result : NULL);
        if (partial)
            partial = expr_copy(&work->reverse_map, partial);
        add_terms(work, e->args[k], linear_times(unit, partial, copy(work, seed)), here ? NULL : result,
                  terms, out);
    }
}

/* a + b; twice the same is 2 * a. */
static struct expr *sum_of(struct unit *unit, struct expr *a, struct expr *b) {
    if (!expr_equal(a, b) && b->kind == EXPR_UNARY && b->u.unary == UNARY_NEG)
        return expr_binary(unit, BINARY_SUB, a, b->args[0]);
    if (!expr_equal(a, b))
        return expr_binary(unit, BINARY_ADD, a, b);
    if (a->kind == EXPR_BINARY && a->u.binary == BINARY_MUL)
        return expr_binary(unit, BINARY_MUL, sum_of(unit, a->args[0], b->args[0]), a->args[1]);
    return expr_binary(unit, BINARY_MUL, expr_int(unit, 2), a);
}

/* An operand that occurs several times gets one term. */
static void merge_terms(struct work *work, struct terms *terms) {
    size_t kept = 0;
    for (size_t k = 0; k < terms->items.count; k++) {
        struct term *term = &terms->items.items[k];
        size_t same = 0;
        while (same < kept && !expr_equal(terms->items.items[same].ref, term->ref))
            same++;
        if (same == kept)
            terms->items.items[kept++] = *term;
        else
            terms->items.items[same].amount =
                sum_of(work->ad->unit, terms->items.items[same].amount, term->amount);
    }
    terms->items.count = kept;
}

static void emit_term(struct work *work, const struct term *term, struct block *out) {
    struct unit *unit = work->ad->unit;
    block_add(unit, out, stmt_set(unit, term->ref, term->amount, true));
}

void adjoint_value(struct work *work, const struct expr *value, struct expr *seed, struct expr *result,
                   struct block *out) {
    struct terms terms = {{0}, NULL};
    add_terms(work, value, seed, result, &terms, out);
    merge_terms(work, &terms);
    for (size_t k = 0; k < terms.items.count; k++)
        emit_term(work, &terms.items.items[k], out);
}

/* ---- assignments ----------------------------------------------------------------------------- */

struct overlap {
    struct work *work;
    const struct expr *to;
    size_t equal, other;
    bool conditional;
};

static void count_overlap(struct overlap *o, const struct expr *e, bool conditional) {
    struct regions *regions = o->work->facts->regions;
    if (linear_is_leaf(e)) {
        struct bitset a = bitset_create(o->work->ad->arena), b = bitset_create(o->work->ad->arena);
        if (!activity_lvalue(o->work->activity, e))
            return;
        region_of_lvalue(regions, e, &a);
        region_of_lvalue(regions, o->to, &b);
        if (expr_equal(e, o->to)) {
            o->equal++;
            o->conditional |= conditional;
        } else if (region_sets_overlap(regions, &a, &b)) {
            o->other++;
        }
        return;
    }
    for (size_t k = 0; k < e->arg_count; k++)
        if (linear_operand_active(o->work, e, k))
            count_overlap(o, e->args[k], conditional || e->kind == EXPR_COND);
}

static void assign_directly(struct work *work, const struct expr *to, const struct expr *value, bool add,
                            bool dies, struct expr *result, struct block *out) {
    struct unit *unit = work->ad->unit;
    struct terms terms = {{0}, add ? NULL : to};
    struct expr *seed = companion_lvalue(work, &work->reverse_map, to);
    const struct term *self = NULL;
    add_terms(work, value, seed, result, &terms, out);
    merge_terms(work, &terms);
    for (size_t k = 0; k < terms.items.count; k++) {
        if (terms.items.items[k].self)
            self = &terms.items.items[k];
        else
            emit_term(work, &terms.items.items[k], out);
    }
    if (self && !expr_equal(self->ref, self->amount)) /* x = x - 1 leaves it */
        block_add(unit, out, stmt_set(unit, self->ref, self->amount, false));
    else if (!self && !add && !dies)
        adjoint_clear(work, copy(work, seed), out);
}

static void assign_through_seed(struct work *work, const struct expr *to, const struct expr *value, bool add,
                                struct expr *result, struct block *out) {
    struct expr *companion = companion_lvalue(work, &work->reverse_map, to);
    struct expr *seed = share_seed(work, copy(work, companion), out);
    if (!add)
        adjoint_clear(work, companion, out);
    adjoint_value(work, value, seed, result, out);
}

static void move_leaf(struct work *work, struct expr *a, struct expr *b, struct block *out) {
    struct unit *unit = work->ad->unit;
    block_add(unit, out, stmt_set(unit, b, a, true));
}

static void assign_record(struct work *work, const struct expr *to, const struct expr *value, bool dies,
                          struct block *out) {
    struct expr *companion = companion_lvalue(work, &work->reverse_map, to);
    if (!activity_lvalue(work->activity, value)) {
        if (!dies)
            adjoint_clear(work, companion, out);
        return;
    }
    struct overlap o = {.work = work, .to = to};
    count_overlap(&o, value, false);
    if (o.equal)
        return;
    struct expr *source = companion_lvalue(work, &work->reverse_map, value), *seed = companion;
    if (o.other)
        seed = share_seed(work, copy(work, companion), out);
    if (o.other && !dies)
        adjoint_clear(work, copy(work, companion), out);
    each_real_leaf(work, work->reverse, seed->type, seed, source, move_leaf, out);
    if (!o.other && !dies)
        adjoint_clear(work, copy(work, companion), out);
}

void adjoint_assign(struct work *work, const struct expr *to, const struct expr *value, bool add, bool dies,
                    struct expr *result, struct block *out) {
    if (type_is_record(to->type)) {
        assign_record(work, to, linear_strip(value), dies, out);
        return;
    }
    struct overlap o = {.work = work, .to = to};
    count_overlap(&o, value, false);
    bool direct = o.other == 0 && (add ? o.equal == 0 : o.equal == 0 || (o.equal == 1 && !o.conditional));
    if (direct)
        assign_directly(work, to, value, add, dies, result, out);
    else
        assign_through_seed(work, to, value, add, result, out);
}
