/* loop: which loops are counted, and the others.
 *
 * A `for` is counted (STMT_FOR) if its trip count is known on entry: an integer index that only the increment
 * changes, a bound and a step that the body leaves alone. Anything else is a STMT_WHILE, whose increment
 * stands behind the body, below a mark that tells front_normalize_exits where `continue` goes.
 */
#include "front/front_private.h"
#include "front/exits.h"

/* ---- while, do ---------------------------------------------------------------------------------- */

/* A condition apart from the current block: pure iff the block stays empty. */
static struct expr *lower_condition(struct lower *lower, CXCursor cursor, struct block *block) {
    struct detour detour;
    front_detour_begin(lower, &detour, block);
    struct expr *condition = front_lower_full(lower, cursor);
    front_detour_end(lower, &detour);
    return condition;
}

static struct stmt *new_while(struct lower *lower, CXCursor cursor) {
    struct stmt *stmt = stmt_new(lower->unit, STMT_WHILE, front_cursor_loc(lower->front, cursor));
    stmt->u.while_.cond = expr_int(lower->unit, 1);
    return stmt;
}

static void add_mark(struct lower *lower, struct block *body) {
    struct stmt *mark = stmt_new(lower->unit, STMT_RAW, (struct loc){0});
    mark->u.text = FRONT_INCREMENT_MARK;
    block_add(lower->unit, body, mark);
}

/* while (1) { effects; if (!condition) break; ... } */
static void guard(struct lower *lower, struct stmt *loop, struct expr *condition,
                  const struct block *effects) {
    if (effects->count == 0) {
        loop->u.while_.cond = condition;
        return;
    }
    struct stmt *leave = stmt_if(lower->unit, front_negate(lower, condition));
    leave->loc = loop->loc;
    block_add(lower->unit, &leave->u.branch.then, stmt_new(lower->unit, STMT_BREAK, loop->loc));
    block_append(lower->unit, &loop->u.while_.body, effects);
    block_add(lower->unit, &loop->u.while_.body, leave);
}

static struct children expect(struct lower *lower, CXCursor cursor, size_t count) {
    struct children parts = front_parts(lower->front, cursor);
    if (parts.count != count)
        front_refuse(lower, cursor, "this loop is not understood");
    return parts;
}

void front_lower_while(struct lower *lower, CXCursor cursor) {
    struct children parts = expect(lower, cursor, 2);
    struct stmt *loop = new_while(lower, cursor);
    struct block effects = {0}, body = {0};
    struct expr *condition = lower_condition(lower, parts.items[0], &effects);
    guard(lower, loop, condition, &effects);
    front_lower_body(lower, parts.items[1], &body);
    block_append(lower->unit, &loop->u.while_.body, &body);
    front_emit(lower, loop);
}

/* The condition of `do` is outside of its body: a value that takes statements is handed out in a variable. */
static void test_at_end(struct lower *lower, struct stmt *loop, CXCursor cursor) {
    struct block effects = {0};
    struct expr *condition = lower_condition(lower, cursor, &effects);
    loop->u.while_.cond = condition;
    if (effects.count == 0)
        return;
    struct var *again = front_temporary(lower, "again", type_decay(lower->front->types, condition->type));
    front_emit(lower, stmt_decl(lower->unit, again, NULL));
    add_mark(lower, &loop->u.while_.body);
    block_append(lower->unit, &loop->u.while_.body, &effects);
    block_add(lower->unit, &loop->u.while_.body,
              stmt_set(lower->unit, expr_var(lower->unit, again), condition, false));
    loop->u.while_.cond = expr_var(lower->unit, again);
}

void front_lower_do(struct lower *lower, CXCursor cursor) {
    struct children parts = expect(lower, cursor, 2);
    struct stmt *loop = new_while(lower, cursor);
    loop->u.while_.do_while = true;
    front_lower_body(lower, parts.items[0], &loop->u.while_.body);
    test_at_end(lower, loop, parts.items[1]);
    front_emit(lower, loop);
}

/* ---- the three slots of `for` ------------------------------------------------------------------- */

struct slots {
    CXCursor init, condition, increment, body; /* null: empty */
};

/* The offsets of the two semicolons. */
static bool find_semicolons(const struct lower *lower, struct extent loop, unsigned offsets[2]) {
    const struct token_table *table = lower->tokens;
    size_t index = token_find(table, loop.begin);
    int depth = 0, found = 0;
    if (!token_is(table, index, "for"))
        return false;
    for (index++; index < table->count && found < 2; index++) {
        if (token_is(table, index, "(") || token_is(table, index, "{"))
            depth++;
        else if (token_is(table, index, ")") || token_is(table, index, "}"))
            depth--;
        else if (depth == 1 && token_is(table, index, ";"))
            offsets[found++] = table->items[index].begin;
    }
    return found == 2;
}

static void assign_slot(struct slots *slots, CXCursor cursor, const unsigned semicolons[2]) {
    unsigned at = front_extent(cursor).begin;
    if (at < semicolons[0])
        slots->init = cursor;
    else if (at < semicolons[1])
        slots->condition = cursor;
    else
        slots->increment = cursor;
}

/* libclang leaves empty slots out; where some are, only the text tells which. */
static struct slots read_slots(struct lower *lower, CXCursor cursor) {
    struct children parts = front_parts(lower->front, cursor);
    CXCursor none = clang_getNullCursor();
    struct slots slots = {none, none, none, none};
    unsigned semicolons[2];
    struct extent extent = front_extent(cursor);
    if (parts.count == 0 || parts.count > 4)
        front_refuse(lower, cursor, "this loop is not understood");
    slots.body = parts.items[parts.count - 1];
    if (parts.count == 4)
        return (struct slots){parts.items[0], parts.items[1], parts.items[2], parts.items[3]};
    bool here = front_same_file(extent.file, lower->tokens->file);
    if (parts.count > 1 && (!here || !find_semicolons(lower, extent, semicolons)))
        front_refuse(lower, cursor,
                     "a for with empty slots inside a macro is not supported: write all three");
    for (size_t i = 0; i + 1 < parts.count; i++)
        assign_slot(&slots, parts.items[i], semicolons);
    return slots;
}

/* ---- what a loop is made of --------------------------------------------------------------------- */

struct counted {
    struct var *index;
    struct expr *lo, *hi, *step;
    enum binary_op rel;
};

/* A `for` whose parts are lowered, before it is decided what it becomes. */
struct pieces {
    struct block init, effects, increment, body;
    struct expr *condition; /* NULL: none */
    struct counted counted;
    size_t step_at; /* in the increment */
};

static bool is_index(const struct expr *expr, const struct var *var) {
    return expr->kind == EXPR_VAR && expr->u.var == var;
}

/* The index below a conversion in a comparison that keeps its order: to a wider signed type, or to an
 * unsigned one of a value that is not negative. */
static const struct expr *compared_index(const struct expr *expr) {
    while (expr->kind == EXPR_CAST && expr->u.implicit && type_is_int(expr->type) &&
           type_is_int(expr->args[0]->type))
        expr = expr->args[0];
    return expr;
}

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

/* ---- increment ---------------------------------------------------------------------------------- */

/* i += step, or i = i + step, i = step + i, i = i - step */
static struct expr *step_of(struct lower *lower, const struct stmt *stmt) {
    if (stmt->kind != STMT_SET || stmt->to->kind != EXPR_VAR || !type_is_int(stmt->to->type))
        return NULL;
    const struct var *var = stmt->to->u.var;
    struct expr *from = stmt->u.set.from;
    if (stmt->u.set.add)
        return from;
    if (from->kind != EXPR_BINARY)
        return NULL;
    if (from->u.binary == BINARY_ADD && is_index(compared_index(from->args[0]), var))
        return from->args[1];
    if (from->u.binary == BINARY_ADD && is_index(compared_index(from->args[1]), var))
        return from->args[0];
    if (from->u.binary == BINARY_SUB && is_index(compared_index(from->args[0]), var))
        return expr_unary(lower->unit, UNARY_NEG, from->args[1]);
    return NULL;
}

/* Whether the statement at `at` steps a variable that nothing behind it in the increment reads: it may come
 * last. */
static bool read_step(struct lower *lower, struct pieces *pieces, size_t at) {
    struct block *increment = &pieces->increment;
    pieces->counted.step = step_of(lower, increment->items[at]);
    if (!pieces->counted.step)
        return false;
    pieces->counted.index = increment->items[at]->to->u.var;
    pieces->step_at = at;
    return !front_mentions(increment, at + 1, pieces->counted.index);
}

/* ---- condition ---------------------------------------------------------------------------------- */

static bool read_bound(struct pieces *pieces) {
    const struct expr *condition = pieces->condition;
    struct counted *counted = &pieces->counted;
    enum binary_op other;
    if (!condition || condition->kind != EXPR_BINARY || !mirrored(condition->u.binary, &other))
        return false;
    if (is_index(compared_index(condition->args[0]), counted->index)) {
        counted->rel = condition->u.binary;
        counted->hi = condition->args[1];
        return type_is_int(counted->hi->type);
    }
    if (is_index(compared_index(condition->args[1]), counted->index)) {
        counted->rel = other;
        counted->hi = condition->args[0];
        return type_is_int(counted->hi->type);
    }
    return false;
}

/* A step whose sign is not known counts upward: with < it would not end otherwise. */
static bool directions_agree(const struct counted *counted) {
    long long step;
    bool known = expr_is_const_int(counted->step, &step);
    switch (counted->rel) {
    case BINARY_LT:
    case BINARY_LE: return !known || step > 0;
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

static bool is_unsigned(const struct type *type) {
    const struct type *meaning = type_strip(type);
    return meaning->kind == TYPE_INT && (meaning->scalar == SCALAR_BOOL || meaning->scalar == SCALAR_UCHAR ||
                                         meaning->scalar == SCALAR_USHORT || meaning->scalar == SCALAR_UINT ||
                                         meaning->scalar == SCALAR_ULONG || meaning->scalar == SCALAR_ULLONG);
}

/* ---- start -------------------------------------------------------------------------------------- */

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

static void remove_at(struct block *block, size_t at) {
    for (block->count--; at < block->count; at++)
        block->items[at] = block->items[at + 1];
}

/* Where the init sets the index, and nothing behind that reads it or changes the value, the loop does it
 * instead. Otherwise the present value of the index is the start. */
static void take_start(struct lower *lower, struct pieces *pieces, bool *declares) {
    struct counted *counted = &pieces->counted;
    struct block *init = &pieces->init;
    size_t at = find_start(init, counted->index);
    struct stmt *stmt = at < init->count ? init->items[at] : NULL;
    *declares = false;
    counted->lo = NULL;
    if (stmt && !front_mentions(init, at + 1, counted->index)) {
        struct block behind = {0};
        for (size_t i = at + 1; i < init->count; i++)
            block_add(lower->unit, &behind, init->items[i]);
        counted->lo = stmt->kind == STMT_DECL ? stmt->u.decl.init : stmt->u.set.from;
        if (counted->lo && !front_unchanged_by(lower, counted->lo, &behind))
            counted->lo = NULL;
    }
    if (!counted->lo) {
        counted->lo = expr_var(lower->unit, counted->index);
        return;
    }
    *declares = stmt->kind == STMT_DECL;
    remove_at(init, at);
}

/* ---- decision ----------------------------------------------------------------------------------- */

/* Everything that runs between two tests but the step itself. */
static struct block between_tests(struct lower *lower, const struct pieces *pieces) {
    struct block block = {0};
    block_append(lower->unit, &block, &pieces->body);
    if (pieces->increment.count > 1)
        add_mark(lower, &block);
    for (size_t i = 0; i < pieces->increment.count; i++)
        if (i != pieces->step_at)
            block_add(lower->unit, &block, pieces->increment.items[i]);
    return block;
}

static bool stays(struct lower *lower, struct expr *expr, const struct var *index, struct block *between) {
    return !front_expr_mentions(expr, index) && front_unchanged_by(lower, expr, between);
}

/* A signed index that C compares as unsigned: the same as long as it is not negative, that is, counts up from
 * zero or more. */
static bool comparison_is_exact(const struct pieces *pieces) {
    const struct counted *counted = &pieces->counted;
    size_t at = find_start(&pieces->init, counted->index);
    long long lo;
    if (!is_unsigned(counted->hi->type) || is_unsigned(counted->index->type))
        return true;
    if (at == pieces->init.count ||
        (counted->rel != BINARY_LT && counted->rel != BINARY_LE && counted->rel != BINARY_NE))
        return false;
    const struct stmt *stmt = pieces->init.items[at];
    const struct expr *start = stmt->kind == STMT_DECL ? stmt->u.decl.init : stmt->u.set.from;
    return start && expr_is_const_int(start, &lo) && lo >= 0;
}

static bool is_counted_by(struct lower *lower, struct pieces *pieces, size_t at) {
    if (!read_step(lower, pieces, at) || !read_bound(pieces))
        return false;
    const struct var *index = pieces->counted.index;
    bool own = index->kind == VAR_LOCAL || index->kind == VAR_PARAM;
    if (!own || index->address_taken || !directions_agree(&pieces->counted))
        return false;
    struct block between = between_tests(lower, pieces);
    return !front_assigns(&between, index) && stays(lower, pieces->counted.hi, index, &between) &&
           stays(lower, pieces->counted.step, index, &between) && comparison_is_exact(pieces);
}

static bool is_counted(struct lower *lower, struct pieces *pieces) {
    if (pieces->effects.count)
        return false;
    for (size_t i = 0; i < pieces->increment.count; i++)
        if (is_counted_by(lower, pieces, i))
            return true;
    return false;
}

/* ---- construction ------------------------------------------------------------------------------- */

/* The start must not depend on what the loop changes. */
static struct expr *fixed_start(struct lower *lower, struct pieces *pieces, const struct block *between) {
    struct counted *counted = &pieces->counted;
    struct block all = *between;
    if (!front_expr_mentions(counted->lo, counted->index) && front_unchanged_by(lower, counted->lo, &all))
        return counted->lo;
    struct var *start = front_temporary(lower, "start", counted->index->type);
    block_add(lower->unit, &pieces->init, stmt_decl(lower->unit, start, counted->lo));
    return expr_var(lower->unit, start);
}

static struct stmt *new_counted(struct lower *lower, CXCursor cursor, struct pieces *pieces) {
    struct block between = between_tests(lower, pieces);
    bool declares;
    take_start(lower, pieces, &declares);
    struct stmt *loop = stmt_new(lower->unit, STMT_FOR, front_cursor_loc(lower->front, cursor));
    loop->u.loop.index = pieces->counted.index;
    loop->u.loop.declares = declares;
    loop->u.loop.lo = fixed_start(lower, pieces, &between);
    loop->u.loop.hi = pieces->counted.hi;
    loop->u.loop.step = pieces->counted.step;
    loop->u.loop.rel = pieces->counted.rel;
    loop->u.loop.body = between;
    return loop;
}

static struct stmt *new_uncounted(struct lower *lower, CXCursor cursor, struct pieces *pieces) {
    struct stmt *loop = new_while(lower, cursor);
    if (pieces->condition)
        guard(lower, loop, pieces->condition, &pieces->effects);
    block_append(lower->unit, &loop->u.while_.body, &pieces->body);
    if (pieces->increment.count) {
        add_mark(lower, &loop->u.while_.body);
        block_append(lower->unit, &loop->u.while_.body, &pieces->increment);
    }
    return loop;
}

static bool declares_any(const struct block *block) {
    for (size_t i = 0; i < block->count; i++)
        if (block->items[i]->kind == STMT_DECL)
            return true;
    return false;
}

/* What the init declares is visible in the loop only. */
static void emit_loop(struct lower *lower, const struct pieces *pieces, struct stmt *loop) {
    struct block *out = lower->out;
    if (declares_any(&pieces->init)) {
        struct stmt *block = stmt_block(lower->unit);
        block->loc = loop->loc;
        front_emit(lower, block);
        out = &block->u.block;
    }
    block_append(lower->unit, out, &pieces->init);
    block_add(lower->unit, out, loop);
}

static void lower_slot(struct lower *lower, CXCursor cursor, struct block *block) {
    struct detour detour;
    if (clang_Cursor_isNull(cursor))
        return;
    front_detour_begin(lower, &detour, block);
    front_lower_statement(lower, cursor);
    front_detour_end(lower, &detour);
}

void front_lower_for(struct lower *lower, CXCursor cursor) {
    struct slots slots = read_slots(lower, cursor);
    struct pieces pieces = {0};
    size_t mark = front_open_scope(lower);
    lower_slot(lower, slots.init, &pieces.init);
    if (!clang_Cursor_isNull(slots.condition))
        pieces.condition = lower_condition(lower, slots.condition, &pieces.effects);
    front_lower_body(lower, slots.body, &pieces.body);
    lower_slot(lower, slots.increment, &pieces.increment);
    struct stmt *loop = is_counted(lower, &pieces) ? new_counted(lower, cursor, &pieces)
                                                   : new_uncounted(lower, cursor, &pieces);
    emit_loop(lower, &pieces, loop);
    front_close_scope(lower, mark);
}
