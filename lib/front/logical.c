/* logical: && || and ?:, whose operands are evaluated only if needed. As long as those have no effects they
 * stay expressions; otherwise they become `if`.
 */
#include "front/front_private.h"

bool front_is_logical(CXCursor cursor) {
    if (clang_getCursorKind(cursor) != CXCursor_BinaryOperator)
        return false;
    enum CXBinaryOperatorKind op = clang_getCursorBinaryOperatorKind(cursor);
    return op == CXBinaryOperator_LAnd || op == CXBinaryOperator_LOr;
}

static bool is_and(CXCursor cursor) {
    return clang_getCursorBinaryOperatorKind(cursor) == CXBinaryOperator_LAnd;
}

/* ---- truth values ------------------------------------------------------------------------------- */

static bool negated_comparison(enum binary_op op, bool is_int, enum binary_op *negated) {
    switch (op) {
    case BINARY_EQ: *negated = BINARY_NE; return true;
    case BINARY_NE: *negated = BINARY_EQ; return true;
    case BINARY_LT: *negated = BINARY_GE; return is_int;
    case BINARY_GE: *negated = BINARY_LT; return is_int;
    case BINARY_GT: *negated = BINARY_LE; return is_int;
    case BINARY_LE: *negated = BINARY_GT; return is_int;
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
    case BINARY_LAND:
    case BINARY_LOR: return false;
    }
    return false;
}

/* !(a < b) is a >= b for integers; not for reals, which may be NaN. */
struct expr *front_negate(struct lower *lower, struct expr *condition) {
    enum binary_op op;
    if (condition->kind == EXPR_UNARY && condition->u.unary == UNARY_LNOT)
        return condition->args[0];
    bool is_int = condition->arg_count == 2 && type_is_int(condition->args[0]->type);
    if (condition->kind == EXPR_BINARY && negated_comparison(condition->u.binary, is_int, &op))
        return expr_binary(lower->unit, op, condition->args[0], condition->args[1]);
    return expr_unary(lower->unit, UNARY_LNOT, condition);
}

static bool is_truth_value(const struct expr *expr) {
    if (expr->kind == EXPR_UNARY)
        return expr->u.unary == UNARY_LNOT;
    return expr->kind == EXPR_BINARY && expr->u.binary >= BINARY_LT;
}

/* 0 or 1 (C11 6.5.13p3) */
static struct expr *truth(struct lower *lower, struct expr *value) {
    if (is_truth_value(value))
        return value;
    return expr_binary(lower->unit, BINARY_NE, value, expr_zero(lower->unit, value->type));
}

/* ---- && and || as values ------------------------------------------------------------------------ */

/* The operand into a block of its own; pure iff that stays empty. */
static struct expr *lower_apart(struct lower *lower, CXCursor cursor, struct block *block, bool as_truth) {
    struct detour detour;
    front_detour_begin(lower, &detour, block);
    struct expr *value = front_lower_value(lower, cursor);
    if (as_truth && (block->count || detour.pending.effects.count) && type_is_scalar(value->type))
        value = truth(lower, value);
    front_sequence_point(lower, &value, 1);
    front_detour_end(lower, &detour);
    return value;
}

static struct stmt *branch_on(struct lower *lower, CXCursor cursor, struct expr *condition) {
    struct stmt *stmt = stmt_if(lower->unit, condition);
    stmt->loc = front_cursor_loc(lower->front, cursor);
    return stmt;
}

struct expr *front_lower_logical(struct lower *lower, CXCursor cursor) {
    struct children parts = front_parts(lower->front, cursor);
    struct block apart = {0};
    struct expr *left = front_lower_full(lower, parts.items[0]);
    struct expr *right = lower_apart(lower, parts.items[1], &apart, true);
    if (!type_is_scalar(left->type) || !type_is_scalar(right->type))
        front_refuse(lower, cursor, "an operand of this type is not supported");
    if (apart.count == 0)
        return expr_binary(lower->unit, is_and(cursor) ? BINARY_LAND : BINARY_LOR, left, right);
    struct expr *start = expr_int(lower->unit, is_and(cursor) ? 0 : 1);
    struct expr *test = front_save(lower, start, "test");
    struct stmt *stmt = branch_on(lower, cursor, is_and(cursor) ? left : front_negate(lower, left));
    block_append(lower->unit, &stmt->u.branch.then, &apart);
    block_add(lower->unit, &stmt->u.branch.then, stmt_set(lower->unit, test, right, false));
    front_emit(lower, stmt);
    return front_copy(lower, test);
}

/* ---- for their effects -------------------------------------------------------------------------- */

static void discard_apart(struct lower *lower, CXCursor cursor, struct block *block) {
    struct detour detour;
    front_detour_begin(lower, &detour, block);
    front_lower_effect(lower, cursor);
    front_detour_end(lower, &detour);
}

void front_lower_logical_effect(struct lower *lower, CXCursor cursor) {
    struct children parts = front_parts(lower->front, cursor);
    struct expr *condition = front_lower_full(lower, parts.items[0]);
    bool logical = front_is_logical(cursor);
    if (logical && !is_and(cursor))
        condition = front_negate(lower, condition);
    struct stmt *stmt = branch_on(lower, cursor, condition);
    discard_apart(lower, parts.items[1], &stmt->u.branch.then);
    if (!logical)
        discard_apart(lower, parts.items[2], &stmt->u.branch.other);
    if (stmt->u.branch.then.count == 0 && stmt->u.branch.other.count == 0)
        return;
    if (stmt->u.branch.then.count == 0) {
        stmt->u.branch.cond = front_negate(lower, condition);
        stmt->u.branch.then = stmt->u.branch.other;
        stmt->u.branch.other = (struct block){0};
    }
    front_emit(lower, stmt);
}

/* ---- a ? b : c ----------------------------------------------------------------------------------
 *
 * A choice of records is a branch: only scalars have values that are no places.
 */

static struct children three_operands(struct lower *lower, CXCursor cursor) {
    struct children parts = front_parts(lower->front, cursor);
    if (parts.count != 3)
        front_refuse(lower, cursor, "this conditional is not understood");
    return parts;
}

static struct expr *choose(struct lower *lower, struct expr *condition, struct expr *then,
                           struct expr *other) {
    return expr_cond(lower->unit, condition, then, other);
}

/* A struct is chosen by a branch: an expression has no place in which its members could be reached. */
struct expr *front_lower_conditional(struct lower *lower, CXCursor cursor) {
    struct children parts = three_operands(lower, cursor);
    struct block then = {0}, other = {0};
    struct expr *condition = front_lower_full(lower, parts.items[0]);
    struct expr *first = lower_apart(lower, parts.items[1], &then, false);
    struct expr *second = lower_apart(lower, parts.items[2], &other, false);
    struct type *type = choose(lower, condition, first, second)->type;
    if (then.count == 0 && other.count == 0 && !type_is_record(type))
        return choose(lower, condition, first, second);
    if (type_is_void(type))
        front_refuse(lower, cursor, "a conditional without value is not supported here: write an if");
    struct var *var = front_temporary(lower, "choice", type);
    struct stmt *stmt = branch_on(lower, cursor, condition);
    block_add(lower->unit, &then, stmt_set(lower->unit, expr_var(lower->unit, var), first, false));
    block_add(lower->unit, &other, stmt_set(lower->unit, expr_var(lower->unit, var), second, false));
    stmt->u.branch.then = then;
    stmt->u.branch.other = other;
    front_emit(lower, stmt_decl(lower->unit, var, NULL));
    front_emit(lower, stmt);
    return expr_var(lower->unit, var);
}

static void lower_into_apart(struct lower *lower, struct expr *to, CXCursor cursor, struct block *block) {
    struct detour detour;
    front_detour_begin(lower, &detour, block);
    front_lower_into(lower, front_copy(lower, to), cursor);
    front_sequence_point(lower, NULL, 0);
    front_detour_end(lower, &detour);
}

static bool is_one_assignment(const struct block *block) {
    return block->count == 1 && block->items[0]->kind == STMT_SET && !block->items[0]->u.set.add;
}

void front_lower_conditional_into(struct lower *lower, struct expr *to, CXCursor cursor) {
    struct children parts = three_operands(lower, cursor);
    struct block then = {0}, other = {0};
    struct expr *condition = front_lower_full(lower, parts.items[0]);
    lower_into_apart(lower, to, parts.items[1], &then);
    lower_into_apart(lower, to, parts.items[2], &other);
    if (is_one_assignment(&then) && is_one_assignment(&other) && !type_is_record(to->type)) {
        struct expr *first = then.items[0]->u.set.from, *second = other.items[0]->u.set.from;
        front_emit_set(lower, to, choose(lower, condition, first, second), false);
        return;
    }
    struct stmt *stmt = branch_on(lower, cursor, condition);
    stmt->u.branch.then = then;
    stmt->u.branch.other = other;
    front_emit(lower, stmt);
}
