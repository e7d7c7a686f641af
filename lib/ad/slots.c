/* slots: a counted loop that alone uses the record while it runs, one value a push, records in arrays: an
 * element for each iteration, indexed by it, in place of a stack. The stack pointer and the check for room
 * go, and what is left can be vectorized.
 *
 *     cgrad_push_double(&record, v);        double *v_record = cgrad_record_slots(&record, n,
 * sizeof(double)); for (...) { ... v_record[i] = v; }
 *
 * Both sweeps of the loop are built when it comes here; each push that stands in the loop itself, not in a
 * loop inside it, becomes an assignment, and so does its pop. If anything else in the loop uses the record
 * (calls, inner loops), all stays as it is: what lies on a stack must be taken off in order.
 * `--plan=no-slots` switches it off. */
#include "ad/slots.h"

enum { LOCAL_SLOTS = 16 };

struct slots {
    struct work *work;
    struct slot_entries entries;
    size_t popped;
};

/* ---- which loops ------------------------------------------------------------------------------- */

/* Unsigned: below zero it wraps. */
static bool cannot_fall(const struct type *type) {
    return type->kind != TYPE_INT || type->scalar == SCALAR_UINT || type->scalar == SCALAR_ULONG ||
           type->scalar == SCALAR_ULLONG;
}

/* From lo up to hi, one by one, each a value that subtracts without surprise. */
static bool counts_up(const struct stmt *loop) {
    long long step, lo;
    const struct type *index = type_strip(loop->u.loop.index->type),
                      *bound = type_strip(loop->u.loop.hi->type);
    bool from_zero = expr_is_const_int(loop->u.loop.lo, &lo) && lo == 0;
    if (!expr_is_const_int(loop->u.loop.step, &step) || step != 1 || loop->u.loop.has_break)
        return false;
    if (loop->u.loop.rel != BINARY_LT && (loop->u.loop.rel != BINARY_LE || cannot_fall(bound)))
        return false;
    return from_zero || !(cannot_fall(index) || cannot_fall(bound));
}

static bool is_loop(const struct stmt *stmt) {
    return stmt->kind == STMT_FOR || stmt->kind == STMT_WHILE;
}

static void find_pushes(struct block *block, void *data) {
    struct slots *slots = data;
    for (size_t k = 0; k < block->count; k++) {
        struct save_entry *entry = save_entry_of(slots->work, block->items[k]);
        if (entry && entry->push == block->items[k])
            VEC_PUSH(slots->work->ad->arena, slots->entries, entry);
        if (!is_loop(block->items[k]))
            stmt_each_block(block->items[k], find_pushes, slots);
    }
}

static void find_pops(struct block *block, void *data) {
    struct slots *slots = data;
    for (size_t k = 0; k < block->count; k++) {
        const struct save_entry *entry = save_entry_of(slots->work, block->items[k]);
        slots->popped += entry && entry->pop == block->items[k];
        if (!is_loop(block->items[k]))
            stmt_each_block(block->items[k], find_pops, slots);
    }
}

/* Every use of the record in the two bodies is the push or the pop of an entry. */
static bool collect(struct slots *slots, struct block *forward, struct block *reverse) {
    struct work *work = slots->work;
    if (!work->record_var || !work->cursor_var)
        return false;
    find_pushes(forward, slots);
    find_pops(reverse, slots);
    size_t count = slots->entries.count;
    for (size_t k = 0; k < count; k++)
        if (!slots->entries.items[k]->pop)
            return false;
    return count > 0 && slots->popped == count && block_mentions(forward, work->record_var) == count &&
           block_mentions(reverse, work->cursor_var) == count;
}

/* ---- arrays ------------------------------------------------------------------------------------ */

struct expr *slots_trip_count(struct work *work, const struct stmt *loop, const struct sweep *sweep) {
    struct unit *unit = work->ad->unit;
    struct expr *count = sweep->translate(work, loop->u.loop.hi);
    long long lo;
    if (expr_is_const_int(loop->u.loop.lo, &lo))
        count = plus_constant(unit, count, -lo);
    else
        count = expr_binary(unit, BINARY_SUB, count, sweep->translate(work, loop->u.loop.lo));
    return plus_constant(unit, count, loop->u.loop.rel == BINARY_LE);
}

struct var *slots_take(struct work *work, const char *name, struct type *value, struct expr *count,
                       const struct sweep *sweep) {
    struct unit *unit = work->ad->unit;
    struct type *pointer = type_pointer(unit->types, value);
    struct var *array =
        func_add_var(unit, sweep->func, VAR_LOCAL, work_name(work, sweep->func, name), pointer);
    struct expr **args = NEW_ARRAY(unit->arena, struct expr *, 3);
    args[0] = sweep->record(work);
    args[1] = count;
    args[2] = expr_sizeof(unit, value);
    struct type *types[] = {args[0]->type, type_scalar(unit->types, SCALAR_LLONG), args[2]->type};
    struct func *take =
        runtime_func(work->ad, sweep->take, type_pointer(unit->types, type_void(unit->types)), types, 3);
    block_add(unit, sweep->out, stmt_decl(unit, array, NULL));
    block_add(unit, sweep->out, stmt_call(unit, expr_var(unit, array), take, args, 3));
    VEC_PUSH(unit->arena, work->slots, array);
    return array;
}

static struct var *take_array(struct work *work, const struct stmt *loop, const struct var *var,
                              const struct type *type, const struct sweep *sweep) {
    const char *name = arena_printf(work->ad->arena, "%s_record", var->name);
    return slots_take(work, name, type_strip(type), slots_trip_count(work, loop, sweep), sweep);
}

static struct expr *element(struct work *work, const struct stmt *loop, struct var *array,
                            const struct sweep *sweep) {
    struct unit *unit = work->ad->unit;
    struct expr *at = sweep->translate(work, expr_var(unit, loop->u.loop.index));
    long long lo;
    if (!expr_is_const_int(loop->u.loop.lo, &lo) || lo != 0)
        at = expr_binary(unit, BINARY_SUB, at, sweep->translate(work, loop->u.loop.lo));
    return expr_index(unit, expr_var(unit, array), at);
}

void slots_assign(struct work *work, struct stmt *call, struct expr *to, struct expr *from) {
    struct stmt *set = stmt_set(work->ad->unit, to, from, false);
    set->loc = call->loc;
    set->comment = call->comment;
    set->trailing = call->trailing;
    *call = *set;
}

/* `double v; v = v_record[i];` is one declaration. */
static void join_declarations(struct block *block, void *data) {
    size_t kept = 0;
    for (size_t k = 0; k < block->count; k++) {
        struct stmt *stmt = block->items[k], *last = kept ? block->items[kept - 1] : NULL;
        bool declared = last && last->kind == STMT_DECL && !last->u.decl.init && stmt->kind == STMT_SET &&
                        !stmt->u.set.add && stmt->to->kind == EXPR_VAR && stmt->to->u.var == last->u.decl.var;
        if (declared)
            last->u.decl.init = stmt->u.set.from;
        else
            block->items[kept++] = stmt;
        if (!is_loop(stmt))
            stmt_each_block(stmt, join_declarations, data);
    }
    block->count = kept;
}

static void keep_on_record(struct slots *slots, const struct stmt *loop, const struct sweep *ahead,
                           const struct sweep *back) {
    struct work *work = slots->work;
    const struct slices *slices = slices_find(work, loop, &slots->entries);
    slices_record(work, slices, ahead);
    for (size_t k = 0; k < slots->entries.count; k++) {
        struct stmt *push = slots->entries.items[k]->push;
        struct var *array =
            take_array(work, loop, slots->entries.items[k]->var, push->u.call.args[1]->type, ahead);
        slots_assign(work, push, element(work, loop, array, ahead), push->u.call.args[1]);
    }
    for (size_t k = slots->entries.count; k-- > 0;) {
        struct stmt *pop = slots->entries.items[k]->pop;
        struct var *array = take_array(work, loop, slots->entries.items[k]->var, pop->to->type, back);
        slots_assign(work, pop, pop->to, element(work, loop, array, back));
    }
    slices_fetch(work, slices, back);
}

/* A few iterations whose both sweeps share the function's variables need no record at all. */
static bool is_local(const struct work *work, const struct stmt *loop, long long *count) {
    long long lo, hi;
    if (work->split || work->reverse_depth > 0 || !expr_is_const_int(loop->u.loop.lo, &lo) ||
        !expr_is_const_int(loop->u.loop.hi, &hi))
        return false;
    *count = hi - lo + (loop->u.loop.rel == BINARY_LE);
    return *count > 0 && *count <= LOCAL_SLOTS;
}

static void keep_locally(struct slots *slots, const struct stmt *loop, long long count,
                         const struct sweep *ahead, const struct sweep *back) {
    struct work *work = slots->work;
    struct unit *unit = work->ad->unit;
    for (size_t k = 0; k < slots->entries.count; k++) {
        struct stmt *push = slots->entries.items[k]->push, *pop = slots->entries.items[k]->pop;
        struct type *type =
            type_array(unit->types, type_strip(push->u.call.args[1]->type), expr_int(unit, count));
        const char *name = arena_printf(unit->arena, "%s_kept", slots->entries.items[k]->var->name);
        struct var *array =
            func_add_var(unit, work->forward, VAR_LOCAL, work_name(work, work->forward, name), type);
        block_add(unit, &work->hoisted, stmt_decl(unit, array, NULL));
        VEC_PUSH(unit->arena, work->slots, array);
        slots_assign(work, push, element(work, loop, array, ahead), push->u.call.args[1]);
        slots_assign(work, pop, pop->to, element(work, loop, array, back));
    }
}

bool slots_owns(const struct work *work, const struct var *var) {
    for (size_t k = 0; k < work->slots.count; k++)
        if (work->slots.items[k] == var)
            return true;
    return false;
}

void slots_record(struct work *work, const struct stmt *loop, struct block *forward_body,
                  struct block *reverse_body, struct block *forward, struct block *reverse) {
    struct slots slots = {.work = work};
    long long count;
    struct sweep ahead = {work->forward, forward_of, save_record, "cgrad_record_slots", forward};
    struct sweep back = {work->reverse, reverse_of, save_cursor, "cgrad_cursor_slots", reverse};
    if (work->ad->options->no_slots || work->ad->options->store_all || !counts_up(loop) ||
        !collect(&slots, forward_body, reverse_body))
        return;
    if (is_local(work, loop, &count))
        keep_locally(&slots, loop, count, &ahead, &back);
    else
        keep_on_record(&slots, loop, &ahead, &back);
    join_declarations(reverse_body, NULL);
}
