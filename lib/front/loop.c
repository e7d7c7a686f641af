/* loop: while, do and for. Every loop is taken to pieces; counted.c decides whether they make a counted loop.
 * Any other is a STMT_WHILE, whose increment stands behind the body, below a mark that tells
 * front_normalize_exits where `continue` goes.
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

void front_add_increment_mark(struct lower *lower, struct block *body) {
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
    block_append(lower->unit, &loop->u.while_.body, effects);
    block_add(lower->unit, &loop->u.while_.body, front_way_out(lower, condition, loop->loc));
}

static struct stmt *new_uncounted(struct lower *lower, CXCursor cursor, const struct loop_pieces *pieces) {
    struct stmt *loop = new_while(lower, cursor);
    if (pieces->condition)
        guard(lower, loop, pieces->condition, &pieces->effects);
    block_append(lower->unit, &loop->u.while_.body, &pieces->body);
    if (pieces->increment.count) {
        front_add_increment_mark(lower, &loop->u.while_.body);
        block_append(lower->unit, &loop->u.while_.body, &pieces->increment);
    }
    return loop;
}

/* What the init declares is visible in the loop only. */
static void emit_loop(struct lower *lower, CXCursor cursor, struct loop_pieces *pieces) {
    pieces->loc = front_cursor_loc(lower->front, cursor);
    struct stmt *loop = front_count_loop(lower, pieces);
    struct block *out = lower->out;
    if (!loop)
        loop = new_uncounted(lower, cursor, pieces);
    if (block_declares(&pieces->init)) {
        struct stmt *block = stmt_block(lower->unit);
        block->loc = loop->loc;
        front_emit(lower, block);
        out = &block->u.block;
    }
    block_append(lower->unit, out, &pieces->init);
    block_add(lower->unit, out, loop);
    block_append(lower->unit, out, &pieces->after);
}

static struct children expect(struct lower *lower, CXCursor cursor, size_t count) {
    struct children parts = front_parts(lower->front, cursor);
    if (parts.count != count)
        front_refuse(lower, cursor, "this loop is not understood");
    return parts;
}

static bool continues(const struct block *block);

static bool stmt_continues(struct stmt *stmt) {
    switch (stmt->kind) {
    case STMT_CONTINUE: return true;
    case STMT_IF: return continues(&stmt->u.branch.then) || continues(&stmt->u.branch.other);
    case STMT_BLOCK: return continues(&stmt->u.block);
    case STMT_SWITCH:
        for (size_t i = 0; i < stmt->u.switch_.arm_count; i++)
            if (continues(&stmt->u.switch_.arms[i].body))
                return true;
        return false;
    case STMT_DECL:
    case STMT_SET:
    case STMT_CALL:
    case STMT_FOR:
    case STMT_WHILE:
    case STMT_RETURN:
    case STMT_BREAK:
    case STMT_PUSH:
    case STMT_POP:
    case STMT_RAW: return false;
    }
    return false;
}

/* Whether a `continue` of this very loop is inside. */
static bool continues(const struct block *block) {
    for (size_t i = 0; i < block->count; i++)
        if (stmt_continues(block->items[i]))
            return true;
    return false;
}

/* The last statement of the body may be the step of a counted loop, if every iteration comes to it. */
static void split_increment(struct lower *lower, struct loop_pieces *pieces) {
    struct block *body = &pieces->body;
    if (body->count == 0 || body->items[body->count - 1]->kind != STMT_SET || continues(body))
        return;
    block_add(lower->unit, &pieces->increment, body->items[--body->count]);
}

void front_lower_while(struct lower *lower, CXCursor cursor) {
    struct children parts = expect(lower, cursor, 2);
    struct loop_pieces pieces = {0};
    pieces.condition = lower_condition(lower, parts.items[0], &pieces.effects);
    front_lower_body(lower, parts.items[1], &pieces.body);
    if (pieces.effects.count == 0)
        split_increment(lower, &pieces);
    emit_loop(lower, cursor, &pieces);
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
    front_add_increment_mark(lower, &loop->u.while_.body);
    block_append(lower->unit, &loop->u.while_.body, &effects);
    block_add(lower->unit, &loop->u.while_.body,
              stmt_set(lower->unit, expr_var(lower->unit, again), condition, false));
    loop->u.while_.cond = expr_var(lower->unit, again);
}

/* Turns each `break` and `continue` of this very loop into a jump to the label; 0: only looks for them. */
static bool jump_out(struct block *block, unsigned label, bool in_switch) {
    bool found = false;
    for (size_t i = 0; i < block->count; i++) {
        struct stmt *stmt = block->items[i];
        bool leaves = stmt->kind == STMT_CONTINUE || (stmt->kind == STMT_BREAK && !in_switch);
        if (leaves && !stmt->leaves) {
            found = true;
            stmt->kind = label ? STMT_BREAK : stmt->kind;
            stmt->leaves = label;
        } else if (stmt->kind == STMT_IF) {
            found |= jump_out(&stmt->u.branch.then, label, in_switch);
            found |= jump_out(&stmt->u.branch.other, label, in_switch);
        } else if (stmt->kind == STMT_BLOCK) {
            found |= jump_out(&stmt->u.block, label, in_switch);
        } else if (stmt->kind == STMT_SWITCH) {
            for (size_t k = 0; k < stmt->u.switch_.arm_count; k++)
                found |= jump_out(&stmt->u.switch_.arms[k].body, label, true);
        }
    }
    return found;
}

/* `do { ... } while (0)`, as macros have it, is a block. */
static void emit_once(struct lower *lower, CXCursor cursor, struct block *body) {
    struct block *out = lower->out;
    bool jumps = jump_out(body, 0, false);
    if (jumps || block_declares(body)) {
        struct stmt *block = stmt_block(lower->unit);
        block->loc = front_cursor_loc(lower->front, cursor);
        front_emit(lower, block);
        out = &block->u.block;
    }
    block_append(lower->unit, out, body);
    if (jumps) {
        const char *end = arena_printf(lower->front->arena, "end of block %zu", lower->labels.count);
        unsigned label = front_label_bit(lower, cursor, end);
        jump_out(out, label, false);
        front_emit(lower, front_label_mark(lower, cursor, label));
    }
}

void front_lower_do(struct lower *lower, CXCursor cursor) {
    struct children parts = expect(lower, cursor, 2);
    struct stmt *loop = new_while(lower, cursor);
    long long value;
    loop->u.while_.do_while = true;
    front_lower_body(lower, parts.items[0], &loop->u.while_.body);
    test_at_end(lower, loop, parts.items[1]);
    if (expr_is_const_int(loop->u.while_.cond, &value) && value == 0)
        emit_once(lower, cursor, &loop->u.while_.body);
    else
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
    struct loop_pieces pieces = {0};
    size_t mark = front_open_scope(lower);
    lower_slot(lower, slots.init, &pieces.init);
    if (!clang_Cursor_isNull(slots.condition))
        pieces.condition = lower_condition(lower, slots.condition, &pieces.effects);
    front_lower_body(lower, slots.body, &pieces.body);
    lower_slot(lower, slots.increment, &pieces.increment);
    emit_loop(lower, cursor, &pieces);
    front_close_scope(lower, mark);
}
