/* counted: which loops are counted (STMT_FOR): the trip count is known on entry.
 *
 * An integer index that only the step changes, last thing in the body; a bound and a step that the body
 * leaves alone. Recognized in all spellings:
 *
 *   i < n   n > i   i != n   i   i + 1 < n      the bound, on either side, the index by itself or moved
 *   i++   i += s   i = s + i   i = i - 2        the step, among other increments
 *   i < n && i < m                              the smaller bound
 *   i < n && x[i] > 0                           one bound; for the rest the body begins with a way out
 *   i-- > 0   i--                               counts an index of its own down, i = index - 1 in the body
 *   while (i < n) { ...; i++; }                 as well as for
 *
 * Moving a bound (i + 1 < n to i < n - 1) relies on signed arithmetic that does not overflow, as the compiler
 * does, or is made so that it does not wrap.
 */
#include "front/front_private.h"
#include "front/exits.h"

static bool is_index(const struct expr *expr, const struct var *var) {
    return expr->kind == EXPR_VAR && expr->u.var == var;
}

static bool is_unsigned(const struct type *type) {
    const struct type *meaning = type_strip(type);
    return meaning->kind == TYPE_INT && (meaning->scalar == SCALAR_BOOL || meaning->scalar == SCALAR_UCHAR ||
                                         meaning->scalar == SCALAR_USHORT || meaning->scalar == SCALAR_UINT ||
                                         meaning->scalar == SCALAR_ULONG || meaning->scalar == SCALAR_ULLONG);
}

/* Below the conversions that a comparison makes. */
static struct expr *unconverted(struct expr *expr) {
    while (expr->kind == EXPR_CAST && expr->u.implicit && type_is_int(expr->type) &&
           type_is_int(expr->args[0]->type))
        expr = expr->args[0];
    return expr;
}

/* ---- the step ----------------------------------------------------------------------------------- */

/* i += step, or i = i + step, i = step + i, i = i - step */
static struct expr *step_of(struct lower *lower, const struct stmt *stmt) {
    if (stmt->kind != STMT_SET || stmt->to->kind != EXPR_VAR || !type_is_int(stmt->to->type))
        return NULL;
    const struct var *var = stmt->to->u.var;
    struct expr *from = stmt->u.set.from;
    if (stmt->u.set.add)
        return from;
    from = unconverted(from);
    if (from->kind != EXPR_BINARY)
        return NULL;
    if (from->u.binary == BINARY_ADD && is_index(unconverted(from->args[0]), var))
        return from->args[1];
    if (from->u.binary == BINARY_ADD && is_index(unconverted(from->args[1]), var))
        return from->args[0];
    if (from->u.binary == BINARY_SUB && is_index(unconverted(from->args[0]), var))
        return expr_unary(lower->unit, UNARY_NEG, from->args[1]);
    return NULL;
}

/* Whether the statement at `at` steps a variable that nothing behind it in the increment reads: it may come
 * last. */
static bool read_step(struct lower *lower, struct loop_pieces *pieces, size_t at) {
    struct block *increment = &pieces->increment;
    pieces->step = step_of(lower, increment->items[at]);
    if (!pieces->step)
        return false;
    pieces->index = increment->items[at]->to->u.var;
    pieces->step_at = at;
    return !front_mentions(increment, at + 1, pieces->index);
}

static bool is_own_index(const struct var *index) {
    return (index->kind == VAR_LOCAL || index->kind == VAR_PARAM) && !index->address_taken;
}

/* ---- bounds ------------------------------------------------------------------------------------- */

struct bound {
    enum binary_op rel;
    struct expr *hi;
};

/* The relation with its sides exchanged. */
static bool mirrored(enum binary_op op, enum binary_op *other) {
    switch (op) {
    case BINARY_LT: *other = BINARY_GT; return true;
    case BINARY_GT: *other = BINARY_LT; return true;
    case BINARY_LE: *other = BINARY_GE; return true;
    case BINARY_GE: *other = BINARY_LE; return true;
    case BINARY_NE: *other = BINARY_NE; return true;
    case BINARY_ADD:
    case BINARY_SUB:
    case BINARY_MUL:
    case BINARY_DIV:
    case BINARY_REM:
    case BINARY_SHL:
    case BINARY_SHR:
    case BINARY_AND:
    case BINARY_OR:
    case BINARY_XOR:
    case BINARY_EQ:
    case BINARY_LAND:
    case BINARY_LOR: return false;
    }
    return false;
}

/* i - c < n is i < n + c, i + c < n is i < n - c, if the arithmetic is signed. */
static bool move_signed(struct lower *lower, struct bound *bound, enum binary_op op, struct expr *offset) {
    enum binary_op inverse = op == BINARY_ADD ? BINARY_SUB : BINARY_ADD;
    bound->hi = expr_binary(lower->unit, inverse, bound->hi, offset);
    return true;
}

/* i + c < n is i < (n > c ? n - c : 0), and i + c <= n is i < (n >= c ? n - c + 1 : 0), which is n for c = 1.
 */
static bool move_unsigned(struct lower *lower, struct bound *bound, enum binary_op op, struct expr *offset) {
    struct unit *unit = lower->unit;
    long long c;
    struct type *type = bound->hi->type;
    bool upward = bound->rel == BINARY_LT || bound->rel == BINARY_LE;
    if (op != BINARY_ADD || !upward || !expr_is_const_int(offset, &c) || c < 1)
        return false;
    bool strict = bound->rel == BINARY_LT;
    bound->rel = BINARY_LT;
    if (!strict && c == 1)
        return true;
    struct expr *room = expr_binary(unit, BINARY_GT, front_copy(lower, bound->hi),
                                    expr_int_typed(unit, strict ? c : c - 1, type));
    struct expr *moved =
        expr_binary(unit, BINARY_SUB, bound->hi, expr_int_typed(unit, strict ? c : c - 1, type));
    bound->hi = expr_cond(unit, room, moved, expr_int_typed(unit, 0, type));
    return true;
}

/* The side of the comparison that holds the index: itself, or with something added. */
static bool read_side(struct lower *lower, struct bound *bound, struct expr *side, const struct var *index) {
    struct type *compared = side->type;
    side = unconverted(side);
    if (is_index(side, index))
        return true;
    if (side->kind != EXPR_BINARY || (side->u.binary != BINARY_ADD && side->u.binary != BINARY_SUB))
        return false;
    bool left = is_index(unconverted(side->args[0]), index);
    bool right = side->u.binary == BINARY_ADD && is_index(unconverted(side->args[1]), index);
    if (!left && !right)
        return false;
    struct expr *offset = side->args[left ? 1 : 0];
    if (is_unsigned(side->type) && is_unsigned(compared) && type_same(side->type, index->type))
        return move_unsigned(lower, bound, side->u.binary, offset);
    bool all_signed = !is_unsigned(side->type) && !is_unsigned(compared) && !is_unsigned(index->type);
    return all_signed && move_signed(lower, bound, side->u.binary, offset);
}

/* A comparison of the index with an integer, or the index as a truth value. */
static bool read_bound(struct lower *lower, struct expr *condition, const struct var *index,
                       struct bound *bound) {
    enum binary_op other;
    if (is_index(unconverted(condition), index)) {
        *bound = (struct bound){BINARY_NE, expr_int(lower->unit, 0)};
        return true;
    }
    if (condition->kind != EXPR_BINARY || !mirrored(condition->u.binary, &other))
        return false;
    struct expr *left = condition->args[0], *right = condition->args[1];
    if (!type_is_int(left->type) || !type_is_int(right->type))
        return false;
    *bound = (struct bound){condition->u.binary, right};
    if (!front_expr_mentions(right, index) && read_side(lower, bound, left, index))
        return true;
    *bound = (struct bound){other, left};
    return !front_expr_mentions(left, index) && read_side(lower, bound, right, index);
}

/* ---- whether step and bound make it counted ----------------------------------------------------- */

static bool leaves_early(const struct block *block);

static bool stmt_leaves_early(const struct stmt *stmt) {
    switch (stmt->kind) {
    case STMT_BREAK:
    case STMT_RETURN: return true;
    case STMT_IF: return leaves_early(&stmt->u.branch.then) || leaves_early(&stmt->u.branch.other);
    case STMT_BLOCK: return leaves_early(&stmt->u.block);
    case STMT_FOR: return leaves_early(&stmt->u.loop.body);
    case STMT_WHILE: return leaves_early(&stmt->u.while_.body);
    case STMT_SWITCH:
        for (size_t i = 0; i < stmt->u.switch_.arm_count; i++)
            if (leaves_early(&stmt->u.switch_.arms[i].body))
                return true;
        return false;
    case STMT_CONTINUE:
    case STMT_DECL:
    case STMT_SET:
    case STMT_CALL:
    case STMT_PUSH:
    case STMT_POP:
    case STMT_RAW: return false;
    }
    return false;
}

/* A break of an inner loop counts, too: better safe. */
static bool leaves_early(const struct block *block) {
    for (size_t i = 0; i < block->count; i++)
        if (stmt_leaves_early(block->items[i]))
            return true;
    return false;
}

/* A step whose sign is not known counts upward: with < it would not end otherwise, if there is no other way
 * out. */
static bool directions_agree(const struct loop_pieces *pieces, enum binary_op rel) {
    long long step;
    bool known = expr_is_const_int(pieces->step, &step);
    switch (rel) {
    case BINARY_LT:
    case BINARY_LE: return known ? step > 0 : !leaves_early(&pieces->body);
    case BINARY_GT:
    case BINARY_GE: return known && step < 0;
    case BINARY_NE: return known && (step == 1 || step == -1);
    case BINARY_ADD:
    case BINARY_SUB:
    case BINARY_MUL:
    case BINARY_DIV:
    case BINARY_REM:
    case BINARY_SHL:
    case BINARY_SHR:
    case BINARY_AND:
    case BINARY_OR:
    case BINARY_XOR:
    case BINARY_EQ:
    case BINARY_LAND:
    case BINARY_LOR: return false;
    }
    return false;
}

/* The last statement in the init that sets the variable; count if there is none. */
static size_t find_start(const struct block *init, const struct var *index) {
    for (size_t i = init->count; i-- > 0;) {
        const struct stmt *stmt = init->items[i];
        bool declared = stmt->kind == STMT_DECL && stmt->u.decl.var == index;
        bool set = stmt->kind == STMT_SET && !stmt->u.set.add && is_index(stmt->to, index);
        if (declared || set)
            return i;
    }
    return init->count;
}

/* A signed index that C compares as unsigned: the same as long as it is not negative, that is, counts up from
 * zero or more. */
static bool comparison_is_exact(const struct loop_pieces *pieces, const struct bound *bound) {
    long long lo;
    if (!is_unsigned(bound->hi->type) || is_unsigned(pieces->index->type))
        return true;
    size_t at = find_start(&pieces->init, pieces->index);
    bool upward = bound->rel == BINARY_LT || bound->rel == BINARY_LE || bound->rel == BINARY_NE;
    if (at == pieces->init.count || !upward)
        return false;
    const struct stmt *stmt = pieces->init.items[at];
    const struct expr *start = stmt->kind == STMT_DECL ? stmt->u.decl.init : stmt->u.set.from;
    return start && expr_is_const_int(start, &lo) && lo >= 0;
}

static bool stays(struct lower *lower, const struct loop_pieces *pieces, struct expr *expr,
                  struct block *between) {
    return !front_expr_mentions(expr, pieces->index) && front_unchanged_by(lower, expr, between);
}

static bool is_usable(struct lower *lower, const struct loop_pieces *pieces, const struct bound *bound,
                      struct block *between) {
    return directions_agree(pieces, bound->rel) && comparison_is_exact(pieces, bound) &&
           stays(lower, pieces, bound->hi, between);
}

/* ---- several conditions ------------------------------------------------------------------------- */

static struct expr *both(struct lower *lower, struct expr *a, struct expr *b) {
    return a ? expr_binary(lower->unit, BINARY_LAND, a, b) : b;
}

/* i < n is i <= n - 1 */
static void make_inclusive(struct lower *lower, struct bound *bound) {
    bool strict = bound->rel == BINARY_LT || bound->rel == BINARY_GT;
    if (!strict || is_unsigned(bound->hi->type))
        return;
    bool upward = bound->rel == BINARY_LT;
    bound->rel = upward ? BINARY_LE : BINARY_GE;
    bound->hi =
        expr_binary(lower->unit, upward ? BINARY_SUB : BINARY_ADD, bound->hi, expr_int(lower->unit, 1));
}

/* Two bounds of one direction and type: the nearer one. */
static bool merge(struct lower *lower, struct bound *first, struct bound second) {
    struct unit *unit = lower->unit;
    if (first->rel == BINARY_NE || second.rel == BINARY_NE)
        return false;
    if (first->rel != second.rel) {
        make_inclusive(lower, first);
        make_inclusive(lower, &second);
    }
    if (first->rel != second.rel || !type_same(first->hi->type, second.hi->type))
        return false;
    bool upward = first->rel == BINARY_LT || first->rel == BINARY_LE;
    struct expr *nearer = expr_binary(unit, upward ? BINARY_LT : BINARY_GT, front_copy(lower, first->hi),
                                      front_copy(lower, second.hi));
    first->hi = expr_cond(unit, nearer, first->hi, second.hi);
    return true;
}

/* Sorts the operands of && into bounds and the rest. */
static void sort_conditions(struct lower *lower, struct loop_pieces *pieces, struct expr *condition,
                            struct block *between, struct bound *found) {
    struct bound bound;
    if (condition->kind == EXPR_BINARY && condition->u.binary == BINARY_LAND) {
        sort_conditions(lower, pieces, condition->args[0], between, found);
        sort_conditions(lower, pieces, condition->args[1], between, found);
        return;
    }
    bool usable =
        read_bound(lower, condition, pieces->index, &bound) && is_usable(lower, pieces, &bound, between);
    if (usable && !found->hi)
        *found = bound;
    else if (!usable || !merge(lower, found, bound))
        pieces->rest = both(lower, pieces->rest, condition);
}

/* ---- decision ----------------------------------------------------------------------------------- */

/* Everything that runs between two tests but the step itself. */
static struct block between_tests(struct lower *lower, const struct loop_pieces *pieces) {
    struct block block = {0};
    block_append(lower->unit, &block, &pieces->body);
    if (pieces->increment.count > 1)
        front_add_increment_mark(lower, &block);
    for (size_t i = 0; i < pieces->increment.count; i++)
        if (i != pieces->step_at)
            block_add(lower->unit, &block, pieces->increment.items[i]);
    return block;
}

static bool is_counted_by(struct lower *lower, struct loop_pieces *pieces, size_t at) {
    struct bound bound = {BINARY_NE, NULL};
    pieces->rest = NULL;
    if (!pieces->condition || !read_step(lower, pieces, at) || !is_own_index(pieces->index))
        return false;
    struct block between = between_tests(lower, pieces);
    if (front_assigns(&between, pieces->index) || !stays(lower, pieces, pieces->step, &between))
        return false;
    sort_conditions(lower, pieces, pieces->condition, &between, &bound);
    pieces->rel = bound.rel;
    pieces->hi = bound.hi;
    return bound.hi != NULL;
}

/* Whether the statement computes the same in every iteration: a call, into a variable of its own, of a
 * function that depends on its arguments only. */
static bool is_repeated(struct lower *lower, struct stmt *stmt, struct block *between) {
    if (stmt->kind == STMT_DECL)
        return !stmt->u.decl.init;
    if (stmt->kind != STMT_CALL || !stmt->to || stmt->to->kind != EXPR_VAR ||
        !front_is_pure(lower->front, stmt->u.call.callee))
        return false;
    for (size_t i = 0; i < stmt->u.call.arg_count; i++)
        if (!front_unchanged_by(lower, stmt->u.call.args[i], between))
            return false;
    return true;
}

/* `i < least(m, n)`: the call may be made once, before the loop. */
static bool can_hoist(struct lower *lower, struct loop_pieces *pieces) {
    struct block between = {0};
    block_append(lower->unit, &between, &pieces->body);
    block_append(lower->unit, &between, &pieces->increment);
    for (size_t i = 0; i < pieces->effects.count; i++)
        if (!is_repeated(lower, pieces->effects.items[i], &between))
            return false;
    return true;
}

static bool is_counted(struct lower *lower, struct loop_pieces *pieces) {
    if (pieces->effects.count && !can_hoist(lower, pieces))
        return false;
    for (size_t i = 0; i < pieces->increment.count; i++)
        if (is_counted_by(lower, pieces, i))
            return true;
    return false;
}

/* ---- the start ---------------------------------------------------------------------------------- */

static void remove_at(struct block *block, size_t at) {
    for (block->count--; at < block->count; at++)
        block->items[at] = block->items[at + 1];
}

/* The value that the init gives to the index, if nothing behind that reads the index or changes the value. */
static struct expr *start_in_init(struct lower *lower, const struct loop_pieces *pieces, size_t at) {
    struct block *init = (struct block *)&pieces->init, behind = {0};
    const struct stmt *stmt = init->items[at];
    struct expr *start = stmt->kind == STMT_DECL ? stmt->u.decl.init : stmt->u.set.from;
    if (!start || front_mentions(init, at + 1, pieces->index))
        return NULL;
    for (size_t i = at + 1; i < init->count; i++)
        block_add(lower->unit, &behind, init->items[i]);
    return front_unchanged_by(lower, start, &behind) ? start : NULL;
}

/* The constant that a declaration before the loop gives to the index, with nothing in between that matters.
 */
static struct expr *declared_start(struct lower *lower, const struct var *index) {
    long long value;
    for (size_t i = lower->out->count; i-- > 0;) {
        const struct stmt *stmt = lower->out->items[i];
        bool declares = stmt->kind == STMT_DECL && stmt->u.decl.var == index;
        if (declares && stmt->u.decl.init && expr_is_const_int(stmt->u.decl.init, &value))
            return front_copy(lower, stmt->u.decl.init);
        if (stmt->kind != STMT_DECL && stmt->kind != STMT_SET)
            return NULL;
        if (declares || front_mentions(lower->out, i, index))
            return NULL;
    }
    return NULL;
}

/* What the statement right before the loop assigns to the index: taken away; or NULL. */
static struct expr *start_before(struct lower *lower, const struct loop_pieces *pieces) {
    struct block *out = lower->out;
    struct stmt *last = out->count ? out->items[out->count - 1] : NULL;
    if (!last || pieces->init.count)
        return NULL;
    bool sets = last->kind == STMT_SET && !last->u.set.add && is_index(last->to, pieces->index);
    if (!sets)
        return declared_start(lower, pieces->index);
    if (last->comment || last->trailing || front_expr_mentions(last->u.set.from, pieces->index))
        return NULL;
    out->count--;
    return last->u.set.from;
}

/* Where the init sets the index, the loop does it instead. Otherwise the present value of the index is the
 * start. */
static struct expr *take_start(struct lower *lower, struct loop_pieces *pieces, bool *declares) {
    size_t at = find_start(&pieces->init, pieces->index);
    struct expr *start = at < pieces->init.count ? start_in_init(lower, pieces, at) : NULL;
    *declares = start && pieces->init.items[at]->kind == STMT_DECL;
    if (!start && at == pieces->init.count)
        start = start_before(lower, pieces);
    else if (start)
        remove_at(&pieces->init, at);
    if (!start)
        return expr_var(lower->unit, pieces->index);
    return start;
}

/* The start must not depend on what the loop changes. */
static struct expr *fixed_start(struct lower *lower, struct loop_pieces *pieces, struct expr *start,
                                struct block *between) {
    if (stays(lower, pieces, start, between))
        return start;
    struct var *var = front_temporary(lower, "start", pieces->index->type);
    block_add(lower->unit, &pieces->init, stmt_decl(lower->unit, var, start));
    return expr_var(lower->unit, var);
}

/* ---- construction ------------------------------------------------------------------------------- */

/* if (!condition) break; */
struct stmt *front_way_out(struct lower *lower, struct expr *condition, struct loc loc) {
    struct stmt *stmt = stmt_if(lower->unit, front_negate(lower, condition));
    stmt->loc = loc;
    block_add(lower->unit, &stmt->u.branch.then, stmt_new(lower->unit, STMT_BREAK, loc));
    return stmt;
}

static struct stmt *new_counted(struct lower *lower, struct loop_pieces *pieces) {
    struct stmt *loop = stmt_new(lower->unit, STMT_FOR, pieces->loc);
    struct block between = between_tests(lower, pieces);
    struct expr *start = take_start(lower, pieces, &loop->u.loop.declares);
    block_append(lower->unit, &pieces->init, &pieces->effects);
    loop->u.loop.index = pieces->index;
    loop->u.loop.lo = fixed_start(lower, pieces, start, &between);
    loop->u.loop.hi = pieces->hi;
    loop->u.loop.step = pieces->step;
    loop->u.loop.rel = pieces->rel;
    if (pieces->rest)
        block_add(lower->unit, &loop->u.loop.body, front_way_out(lower, pieces->rest, pieces->loc));
    block_append(lower->unit, &loop->u.loop.body, &between);
    return loop;
}

/* ---- i-- > 0 ------------------------------------------------------------------------------------ */

/* `i--` that waits for the end of the condition (effects.c): value = i [> 0]; i += -1; value */
static bool counts_down_in_test(const struct loop_pieces *pieces, struct expr **tested, struct var **index) {
    const struct block *effects = &pieces->effects;
    if (effects->count != 2 || pieces->increment.count || !pieces->condition)
        return false;
    const struct stmt *saved = effects->items[0], *step = effects->items[1];
    bool steps = step->kind == STMT_SET && step->u.set.add && step->to->kind == EXPR_VAR;
    long long by;
    if (saved->kind != STMT_DECL || !steps || !is_index(pieces->condition, saved->u.decl.var) ||
        !type_is_int(step->to->type) || !expr_is_const_int(step->u.set.from, &by) || by != -1)
        return false;
    *tested = saved->u.decl.init;
    *index = step->to->u.var;
    return true;
}

/* Whether it says: the index was greater than 0, or not 0. */
static bool tests_zero(struct lower *lower, struct expr *tested, const struct var *index,
                       enum binary_op *rel) {
    struct bound bound;
    long long zero;
    if (!read_bound(lower, tested, index, &bound) || !expr_is_const_int(bound.hi, &zero) || zero != 0)
        return false;
    *rel = bound.rel;
    return bound.rel == BINARY_GT || bound.rel == BINARY_NE;
}

static struct expr *minus_one(struct lower *lower, struct expr *value) {
    return expr_binary(lower->unit, BINARY_SUB, value, expr_int_typed(lower->unit, 1, value->type));
}

/* What `i` is in the body: the count less one. */
static void define_index(struct lower *lower, struct stmt *loop, struct var *index, bool declares) {
    struct expr *count = expr_var(lower->unit, loop->u.loop.index);
    struct expr *value = front_convert_int(lower, minus_one(lower, count), index->type);
    struct stmt *stmt = declares ? stmt_decl(lower->unit, index, value)
                                 : stmt_set(lower->unit, expr_var(lower->unit, index), value, false);
    block_add(lower->unit, &loop->u.loop.body, stmt);
}

/* for (count = i; count > 0; count--) { i = count - 1; ... } i = -1; */
static struct stmt *new_countdown(struct lower *lower, struct loop_pieces *pieces, struct var *index,
                                  enum binary_op rel) {
    struct stmt *loop = stmt_new(lower->unit, STMT_FOR, pieces->loc);
    bool declares;
    pieces->index = index;
    loop->u.loop.lo = take_start(lower, pieces, &declares);
    loop->u.loop.index = front_temporary(lower, "count", index->type);
    loop->u.loop.declares = true;
    loop->u.loop.hi = expr_int_typed(lower->unit, 0, type_promoted(lower->front->types, index->type));
    loop->u.loop.step = expr_unary(lower->unit, UNARY_NEG, expr_int(lower->unit, 1));
    loop->u.loop.rel = rel;
    loop->u.loop.lo = fixed_start(lower, pieces, loop->u.loop.lo, &pieces->body);
    define_index(lower, loop, index, declares);
    block_append(lower->unit, &loop->u.loop.body, &pieces->body);
    if (!declares) {
        struct expr *last = expr_unary(lower->unit, UNARY_NEG, expr_int_typed(lower->unit, 1, index->type));
        struct expr *to = expr_var(lower->unit, index);
        block_add(lower->unit, &pieces->after,
                  stmt_set(lower->unit, to, front_convert_int(lower, last, index->type), false));
    }
    return loop;
}

/* The index outlives the loop unless the loop declares it; after a break it has another value. */
static struct stmt *count_down(struct lower *lower, struct loop_pieces *pieces) {
    struct expr *tested;
    struct var *index;
    enum binary_op rel;
    if (!counts_down_in_test(pieces, &tested, &index) || !is_own_index(index) ||
        !tests_zero(lower, tested, index, &rel) || front_assigns(&pieces->body, index))
        return NULL;
    size_t at = find_start(&pieces->init, index);
    bool declares = at < pieces->init.count && pieces->init.items[at]->kind == STMT_DECL;
    if (!declares && leaves_early(&pieces->body))
        return NULL;
    return new_countdown(lower, pieces, index, rel);
}

struct stmt *front_count_loop(struct lower *lower, struct loop_pieces *pieces) {
    if (is_counted(lower, pieces))
        return new_counted(lower, pieces);
    return count_down(lower, pieces);
}
