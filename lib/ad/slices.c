/* slices: a loop that needs x[i - 1], x[i], x[i + 1] of an array that will be overwritten records each
 * element three times, if every value gets an array of its own. Instead a piece of the array itself goes to
 * the record, before the loop:
 *
 *     double *x_record = cgrad_record_slots(&record, n - 2 + 2, sizeof(double));
 *     for (int k = 0; k < n; k++) x_record[k] = x[k];
 *
 * The loop must leave the array alone. An index that is a choice, `i == n - 1 ? 0 : i + 1`, will do if all
 * that can be chosen lies within the piece. */
#include "ad/slots.h"

#include <stdio.h>

struct piece_entry {
    struct save_entry *entry;
    struct affine offset; /* bad: a choice */
    const struct expr *resolved;
    const struct expr *spelled; /* the index as it stands in the source, if it is the array's; or NULL */
};

struct piece {
    struct slices *slices;
    const struct expr *base;
    struct type *value;
    struct affine reference;  /* of the first entry's offset */
    const struct expr *start; /* that offset */
    long long first, last;    /* how far others lie from it */
    VEC(struct piece_entry) entries;
};

struct slices {
    const struct stmt *loop;
    VEC(struct piece *) pieces;
};

/* ---- what lies within ------------------------------------------------------------------------- */

static bool is_loop_index(const struct var *var, bool *later, void *data) {
    const struct slices *slices = data;
    *later = false;
    return var == slices->loop->u.loop.index;
}

static struct affine form_of(const struct slices *slices, const struct expr *e) {
    return affine_of(e, is_loop_index, (void *)slices);
}

static struct affine plus(struct affine form, long long value) {
    struct affine constant = affine_constant(value);
    return affine_sum(&form, &constant, 1);
}

static struct affine_limit own_limit(struct work *work, const struct slices *slices) {
    const struct stmt *loop = slices->loop;
    struct affine_limit limit = {.index = {expr_var(work->ad->unit, loop->u.loop.index), false}};
    limit.lo = form_of(slices, loop->u.loop.lo);
    limit.hi = plus(form_of(slices, loop->u.loop.hi), loop->u.loop.rel == BINARY_LE);
    return limit;
}

/* In every iteration with the index within the limit; the loop has one. */
static bool at_least(const struct affine *form, const struct affine_limit *limit,
                     const struct affine_limit *whole, long long least) {
    struct affine_limits limits = {{0}};
    struct affine_limit items[1] = {*limit};
    struct affine trips = affine_sum(&whole->hi, &whole->lo, -1), rest = affine_sum(form, &trips, -1);
    limits.list.items = items;
    limits.list.count = 1;
    return affine_at_least(form, &limits, least) || affine_at_least(&rest, &limits, least - 1);
}

static bool lies_within(const struct affine *form, const struct affine_limit *limit,
                        const struct affine_limit *whole, const struct affine *from,
                        const struct affine *to) {
    struct affine above = affine_sum(form, from, -1), below = affine_sum(to, form, -1);
    return at_least(&above, limit, whole, 0) && at_least(&below, limit, whole, 1);
}

/* The limit where the condition holds, or does not. */
static struct affine_limit narrowed(const struct slices *slices, const struct expr *cond, bool truth,
                                    struct affine_limit limit) {
    const struct expr *index = limit.index.value, *other;
    cond = expr_bare_int(cond);
    if (cond->kind != EXPR_BINARY || !expr_equal(expr_bare_int(cond->args[0]), index))
        return limit;
    other = cond->args[1];
    struct affine bound = form_of(slices, other), last = plus(limit.hi, -1);
    struct affine to_first = affine_sum(&bound, &limit.lo, -1), to_last = affine_sum(&bound, &last, -1);
    enum binary_op op = cond->u.binary;
    bool unequal = op == (truth ? BINARY_NE : BINARY_EQ);
    if (bound.bad)
        return limit;
    if (op == (truth ? BINARY_GT : BINARY_LE))
        limit.lo = plus(bound, 1);
    else if (op == (truth ? BINARY_GE : BINARY_LT))
        limit.lo = bound;
    else if (op == (truth ? BINARY_LT : BINARY_GE))
        limit.hi = bound;
    else if (op == (truth ? BINARY_LE : BINARY_GT))
        limit.hi = plus(bound, 1);
    else if (unequal && !to_first.bad && !to_first.count && !to_first.constant)
        limit.lo = plus(limit.lo, 1);
    else if (unequal && !to_last.bad && !to_last.count && !to_last.constant)
        limit.hi = plus(limit.hi, -1);
    return limit;
}

static bool choice_within(const struct slices *slices, const struct expr *e, const struct affine_limit *limit,
                          const struct affine_limit *whole, const struct affine *from,
                          const struct affine *to) {
    e = expr_bare_int(e);
    if (e->kind == EXPR_COND) {
        struct affine_limit yes = narrowed(slices, e->args[0], true, *limit),
                            no = narrowed(slices, e->args[0], false, *limit);
        return choice_within(slices, e->args[1], &yes, whole, from, to) &&
               choice_within(slices, e->args[2], &no, whole, from, to);
    }
    if (e->kind == EXPR_BINARY && e->u.binary == BINARY_REM) {
        struct affine operand = form_of(slices, e->args[0]), divisor = form_of(slices, e->args[1]);
        struct affine before = affine_sum(&(struct affine){0}, from, -1),
                      behind = affine_sum(to, &divisor, -1);
        return at_least(&operand, limit, whole, 0) && at_least(&before, limit, whole, 0) &&
               at_least(&behind, limit, whole, 0);
    }
    struct affine form = form_of(slices, e);
    return lies_within(&form, limit, whole, from, to);
}

/* ---- which entries ---------------------------------------------------------------------------- */

static bool loop_writes(struct work *work, const struct stmt *loop, const struct expr *load) {
    struct bitset regions = bitset_create(work->ad->arena);
    region_of_lvalue(work->facts->regions, load, &regions);
    return region_sets_overlap(work->facts->regions, &work->facts->of_stmt[loop->id].writes, &regions);
}

/* What the variable of the entry is in every iteration: an element that the loop leaves alone. */
static struct expr *load_of(struct work *work, const struct stmt *loop, const struct save_entry *entry) {
    const struct stmt *definition = work->vars[entry->var->id].definition;
    struct expr *value = definition && definition->kind == STMT_DECL ? definition->u.decl.init : NULL;
    if (!value || !type_is_real(entry->var->type) || value->kind != EXPR_INDEX ||
        !type_is_pointer(value->args[0]->type) || !type_same(value->type, entry->var->type->plain) ||
        work->layout->of_stmt[definition->id].block != &loop->u.loop.body || loop_writes(work, loop, value))
        return NULL;
    return value;
}

static bool is_steady(const struct stmt *loop, const struct expr *e) {
    return !expr_mentions((struct expr *)e, loop->u.loop.index);
}

static bool place_of(struct work *work, const struct slices *slices, const struct save_entry *entry,
                     struct piece_entry *out, const struct expr **base) {
    struct stmt *loop = (struct stmt *)slices->loop;
    struct expr *load = load_of(work, loop, entry);
    if (!load)
        return false;
    struct element_place access = element_place(work->ad->program, work->facts, loop, load);
    if (!access.base || !is_steady(loop, access.base))
        return false;
    *base = access.base;
    *out =
        (struct piece_entry){(struct save_entry *)entry, form_of(slices, access.offset), access.offset, NULL};
    if (expr_equal(load->args[0], access.base))
        out->spelled = load->args[1];
    return true;
}

static struct piece *piece_at(struct slices *slices, const struct expr *base) {
    for (size_t k = 0; k < slices->pieces.count; k++)
        if (expr_equal(slices->pieces.items[k]->base, base))
            return slices->pieces.items[k];
    return NULL;
}

/* index + the same in every iteration */
static bool follows_index(const struct slices *slices, const struct affine *offset) {
    unsigned mentions = 0;
    for (unsigned k = 0; k < offset->count; k++)
        for (unsigned m = 0; m < offset->terms[k].count; m++)
            if (offset->terms[k].factors[m].value->kind == EXPR_VAR &&
                offset->terms[k].factors[m].value->u.var == slices->loop->u.loop.index)
                mentions += offset->terms[k].count == 1 && offset->terms[k].coefficient == 1 ? 1 : 2;
    return !offset->bad && mentions == 1;
}

static void add_plain(struct work *work, struct slices *slices, const struct expr *base,
                      const struct piece_entry *entry) {
    struct piece *piece = piece_at(slices, base);
    if (!piece) {
        piece = NEW(work->ad->arena, struct piece);
        *piece = (struct piece){
            slices, base, type_strip(entry->entry->var->type), entry->offset, entry->resolved, 0, 0, {0}};
        VEC_PUSH(work->ad->arena, slices->pieces, piece);
    }
    struct affine distance = affine_sum(&entry->offset, &piece->reference, -1);
    if (distance.bad || distance.count || distance.constant > 8 || distance.constant < -8)
        return;
    piece->first = distance.constant < piece->first ? distance.constant : piece->first;
    piece->last = distance.constant > piece->last ? distance.constant : piece->last;
    VEC_PUSH(work->ad->arena, piece->entries, *entry);
}

static struct affine at(const struct affine *form, const struct affine_var *index, const struct affine *value,
                        long long distance) {
    struct affine var = affine_of_var(*index), rest = affine_sum(form, &var, -1);
    return plus(affine_sum(&rest, value, 1), distance);
}

static void add_choice(struct work *work, struct slices *slices, const struct expr *base,
                       const struct piece_entry *entry) {
    struct piece *piece = piece_at(slices, base);
    struct affine_limit limit = own_limit(work, slices);
    if (!piece || !entry->spelled)
        return;
    struct affine from = at(&piece->reference, &limit.index, &limit.lo, piece->first),
                  to = at(&piece->reference, &limit.index, &limit.hi, piece->last);
    if (choice_within(slices, entry->resolved, &limit, &limit, &from, &to))
        VEC_PUSH(work->ad->arena, piece->entries, *entry);
}

/* The index can be said in the reverse sweep, where the variable comes back. */
static bool can_say(struct work *work, const struct stmt *loop, const struct expr *e) {
    if (e->kind == EXPR_VAR && e->u.var != loop->u.loop.index) {
        const struct var *var = e->u.var;
        if (var->kind == VAR_LOCAL && work->layout->decl_of_var[var->id].block == &loop->u.loop.body &&
            work->vars[var->id].keep != KEEP_RECOMPUTE && work->vars[var->id].keep != KEEP_IN_SCOPE)
            return false;
        return var->kind == VAR_GLOBAL || work->reverse_map.vars[var->id];
    }
    for (size_t k = 0; k < e->arg_count; k++)
        if (!can_say(work, loop, e->args[k]))
            return false;
    return true;
}

static void collect(struct work *work, struct slices *slices, const struct slot_entries *entries,
                    bool choices) {
    for (size_t k = 0; k < entries->count; k++) {
        struct piece_entry entry;
        const struct expr *base;
        if (!place_of(work, slices, entries->items[k], &entry, &base))
            continue;
        bool plain = follows_index(slices, &entry.offset);
        if (plain && !choices && can_say(work, slices->loop, entry.resolved))
            add_plain(work, slices, base, &entry);
        else if (!plain && choices && entry.spelled && can_say(work, slices->loop, entry.spelled))
            add_choice(work, slices, base, &entry);
    }
}

static bool holds(const struct slices *slices, const struct save_entry *entry) {
    for (size_t k = 0; k < slices->pieces.count; k++)
        for (size_t m = 0; m < slices->pieces.items[k]->entries.count; m++)
            if (slices->pieces.items[k]->entries.items[m].entry == entry)
                return true;
    return false;
}

struct slices *slices_find(struct work *work, const struct stmt *loop, struct slot_entries *entries) {
    struct slices *slices = NEW(work->ad->arena, struct slices);
    size_t kept = 0;
    slices->loop = loop;
    if (work->ad->options->no_slices)
        return slices;
    collect(work, slices, entries, false);
    collect(work, slices, entries, true);
    for (size_t k = 0; k < slices->pieces.count; k++)
        if (slices->pieces.items[k]->entries.count > 1)
            slices->pieces.items[kept++] = slices->pieces.items[k];
    slices->pieces.count = kept;
    for (size_t k = 0; k < kept && work->ad->options->report; k++)
        printf(
            "%s: line %u: %zu values an iteration are recorded as a piece of their array, before the loop\n",
            work->forward->name, loop->loc.line, slices->pieces.items[k]->entries.count);
    kept = 0;
    for (size_t k = 0; k < entries->count; k++)
        if (!holds(slices, entries->items[k]))
            entries->items[kept++] = entries->items[k];
    entries->count = kept;
    return slices;
}

/* ---- writing ---------------------------------------------------------------------------------- */

/* The offset of the piece's first element, in the working copy's terms. */
static struct expr *start_of(struct work *work, const struct piece *piece) {
    const struct stmt *loop = piece->slices->loop;
    struct unit *unit = work->ad->unit;
    struct copy_map same = {unit, NULL, 0};
    struct expr *start = expr_put(expr_copy(&same, piece->start), loop->u.loop.index, loop->u.loop.lo);
    return plus_constant(unit, start, piece->first);
}

static struct var *take(struct work *work, const struct piece *piece, const struct sweep *sweep) {
    struct unit *unit = work->ad->unit;
    const struct var *root = expr_root(piece->base);
    const char *name = arena_printf(unit->arena, "%s_record", root ? root->name : "values");
    struct expr *count =
        plus_constant(unit, slots_trip_count(work, piece->slices->loop, sweep), piece->last - piece->first);
    return slots_take(work, name, piece->value, count, sweep);
}

/* for (k...) record[k] = base[start + k]; */
static void fill(struct work *work, const struct piece *piece, struct var *array, const struct sweep *sweep) {
    struct unit *unit = work->ad->unit;
    const struct stmt *loop = piece->slices->loop;
    struct stmt *copy = stmt_new(unit, STMT_FOR, (struct loc){0});
    struct stmt *runs = stmt_if(
        unit, sweep->translate(work, expr_binary(unit, loop->u.loop.rel, loop->u.loop.lo, loop->u.loop.hi)));
    struct type *type = type_strip(loop->u.loop.index->type);
    if (type->kind != TYPE_INT || type->scalar < SCALAR_INT)
        type = type_scalar(unit->types, SCALAR_INT);
    struct var *k = func_add_var(unit, sweep->func, VAR_LOCAL, work_name(work, sweep->func, "k"), type);
    struct expr *index = expr_var(unit, k), *start = sweep->translate(work, start_of(work, piece));
    long long zero;
    bool at_zero = expr_is_const_int(start, &zero) && zero == 0;
    copy->u.loop.index = k;
    copy->u.loop.declares = true;
    copy->u.loop.lo = expr_int(unit, 0);
    copy->u.loop.hi = plus_constant(unit, slots_trip_count(work, loop, sweep), piece->last - piece->first);
    copy->u.loop.step = expr_int(unit, 1);
    copy->u.loop.rel = BINARY_LT;
    block_add(unit, &copy->u.loop.body,
              stmt_set(unit, expr_index(unit, expr_var(unit, array), index),
                       expr_index(unit, sweep->translate(work, piece->base),
                                  at_zero ? index : expr_binary(unit, BINARY_ADD, start, index)),
                       false));
    if (piece->first == piece->last) { /* as many as iterations */
        block_add(unit, sweep->out, copy);
        return;
    }
    block_add(unit, &runs->u.branch.then, copy);
    block_add(unit, sweep->out, runs);
}

void slices_record(struct work *work, const struct slices *slices, const struct sweep *ahead) {
    for (size_t k = 0; k < slices->pieces.count; k++) {
        const struct piece *piece = slices->pieces.items[k];
        fill(work, piece, take(work, piece, ahead), ahead);
        for (size_t m = 0; m < piece->entries.count; m++)
            *piece->entries.items[m].entry->push = *stmt_block(work->ad->unit);
    }
}

/* Of the element in the piece. */
static struct expr *index_in(struct work *work, const struct piece *piece, const struct piece_entry *entry) {
    struct unit *unit = work->ad->unit;
    const struct stmt *loop = piece->slices->loop;
    struct affine distance = affine_sum(&entry->offset, &piece->reference, -1);
    long long lo, zero;
    if (!distance.bad && !distance.count) {
        struct expr *index = expr_var(unit, loop->u.loop.index);
        if (!expr_is_const_int(loop->u.loop.lo, &lo)) {
            index = expr_binary(unit, BINARY_SUB, index, loop->u.loop.lo);
            lo = 0;
        }
        return plus_constant(unit, index, distance.constant - piece->first - lo);
    }
    struct expr *start = start_of(work, piece);
    if (expr_is_const_int(start, &zero) && zero == 0)
        return (struct expr *)entry->spelled;
    return expr_binary(unit, BINARY_SUB, (struct expr *)entry->spelled, start);
}

void slices_fetch(struct work *work, const struct slices *slices, const struct sweep *back) {
    struct unit *unit = work->ad->unit;
    for (size_t k = slices->pieces.count; k-- > 0;) {
        const struct piece *piece = slices->pieces.items[k];
        struct var *array = take(work, piece, back);
        for (size_t m = 0; m < piece->entries.count; m++) {
            const struct piece_entry *entry = &piece->entries.items[m];
            struct stmt *pop = entry->entry->pop;
            slots_assign(
                work, pop, pop->to,
                expr_index(unit, expr_var(unit, array), back->translate(work, index_in(work, piece, entry))));
        }
    }
}
