/* exits: break, continue and return, brought into tail position.
 *
 * The idea: in a block, let S be a statement from which some paths leave (by break, continue or return) and R
 * what follows it. The paths that do not leave fall through S into R:
 *
 *   none   R is dead and dropped;
 *   one    R moves to the end of that path: `if (c) { S2; break; } R` becomes `if (c) { S2; break; } else { R
 * }`; more   R must not be written twice: each way out of S sets a flag instead of leaving, and behind S
 * stands `if (flag) <leave>`, from which only one path falls through.
 *
 * Afterwards every exit is in tail position. There, what means the same as falling off the end is dropped:
 * continue in a loop body, break in a switch arm, return in a void function. A return inside a loop sets
 * `result` and `returned` and breaks; `if (returned) return result;` behind the loop is then an exit of the
 * next loop outward, and so on. A switch arm inside a loop cannot break that loop in C, so there a return
 * always takes the flag.
 *
 * The text never grows by more than a constant for each exit.
 */
#include "front/exits.h"
#include "front/paths.h"

enum { BITS = sizeof(unsigned) * 8 };

const char *const FRONT_INCREMENT_MARK = "/* increment */";

struct exits {
    struct unit *unit;
    struct func *func;
    bool is_void;
    unsigned loops;                /* how many loops are around */
    struct var *result, *returned; /* made when first needed */
    struct var *left[BITS];        /* of the labelled blocks around, by bit; made when first needed */
    VEC(struct var *) flags;
    VEC(const struct stmt *) raised; /* exits behind a test of their flag, which is already set */
};

static void normalize(struct exits *x, struct block *block, size_t start, bool at_end);

/* ---- blocks as lists -------------------------------------------------------------------------- */

static bool is_exit(const struct stmt *stmt) {
    return stmt->kind == STMT_BREAK || stmt->kind == STMT_CONTINUE || stmt->kind == STMT_RETURN;
}

static struct block cut_after(struct exits *x, struct block *block, size_t at) {
    struct block rest = {0};
    for (size_t i = at + 1; i < block->count; i++)
        block_add(x->unit, &rest, block->items[i]);
    block->count = at + 1;
    return rest;
}

static struct stmt *make_if(struct exits *x, struct var *flag, struct stmt *then) {
    struct stmt *stmt = stmt_if(x->unit, expr_var(x->unit, flag));
    stmt->loc = then->loc;
    block_add(x->unit, &stmt->u.branch.then, then);
    return stmt;
}

/* ---- branches that became empty --------------------------------------------------------------- */

static enum binary_op negated(enum binary_op op, bool *possible) {
    static const enum binary_op opposite[][2] = {{BINARY_LT, BINARY_GE}, {BINARY_GT, BINARY_LE},
                                                 {BINARY_LE, BINARY_GT}, {BINARY_GE, BINARY_LT},
                                                 {BINARY_EQ, BINARY_NE}, {BINARY_NE, BINARY_EQ}};
    for (size_t i = 0; i < sizeof opposite / sizeof opposite[0]; i++)
        if (opposite[i][0] == op) {
            *possible = true;
            return opposite[i][1];
        }
    *possible = false;
    return op;
}

/* `a < b` of reals is not negated to `a >= b`: both are false if one is not a number. */
static struct expr *negate(struct exits *x, struct expr *cond) {
    const struct expr *bare = expr_strip(cond);
    if (bare->kind == EXPR_UNARY && bare->u.unary == UNARY_LNOT)
        return bare->args[0];
    if (bare->kind == EXPR_BINARY) {
        bool possible;
        enum binary_op op = negated(bare->u.binary, &possible);
        bool ordered = op != BINARY_EQ && op != BINARY_NE;
        bool reals = type_is_real(bare->args[0]->type) || type_is_real(bare->args[1]->type);
        if (possible && !(ordered && reals))
            return expr_binary(x->unit, op, bare->args[0], bare->args[1]);
    }
    return expr_unary(x->unit, UNARY_LNOT, cond);
}

/* `if (c) {} else { R }` reads better as `if (!c) { R }`. */
static void turn_around(struct exits *x, struct stmt *stmt) {
    if (stmt->u.branch.then.count || !stmt->u.branch.other.count)
        return;
    stmt->u.branch.cond = negate(x, stmt->u.branch.cond);
    stmt->u.branch.then = stmt->u.branch.other;
    stmt->u.branch.other = (struct block){0};
}

/* What is left of an if in tail position after its exits are gone. */
static void tidy_last(struct exits *x, struct block *block) {
    struct stmt *last = block->items[block->count - 1];
    if (last->kind != STMT_IF)
        return;
    turn_around(x, last);
    if (!last->comment && !last->u.branch.then.count && !last->u.branch.other.count)
        block->count--;
}

/* ---- flags ------------------------------------------------------------------------------------ */

static struct var *make_var(struct exits *x, const char *name, struct type *type) {
    return func_add_var(x->unit, x->func, VAR_LOCAL, func_fresh_name(x->unit, x->func, name), type);
}

static struct var *make_flag(struct exits *x, const char *name) {
    struct var *flag = make_var(x, name, type_scalar(x->unit->types, SCALAR_INT));
    VEC_PUSH(x->unit->arena, x->flags, flag);
    return flag;
}

static struct stmt *set_flag(struct exits *x, struct var *flag) {
    return stmt_set(x->unit, expr_var(x->unit, flag), expr_int(x->unit, 1), false);
}

static struct var *result_var(struct exits *x) {
    struct type *type = x->func->result;
    if (!x->result)
        x->result = make_var(x, "result", type_quals(type) ? type_strip(type) : type);
    return x->result;
}

static struct var *returned_var(struct exits *x) {
    if (!x->returned)
        x->returned = make_flag(x, "returned");
    return x->returned;
}

static struct var **left_var(struct exits *x, unsigned bit) {
    size_t at = 0;
    while (!(bit >> at & 1))
        at++;
    return &x->left[at];
}

/* What is set when one goes that way. */
static struct var *flag_of(struct exits *x, unsigned exit) {
    if (exit == EXIT_RETURN)
        return returned_var(x);
    struct var **left = left_var(x, exit);
    if (!*left)
        *left = make_flag(x, "left");
    return *left;
}

static struct stmt *return_result(struct exits *x, struct loc loc) {
    struct stmt *stmt = stmt_return(x->unit, x->is_void ? NULL : expr_var(x->unit, result_var(x)));
    stmt->loc = loc;
    return stmt;
}

static struct stmt *make_exit(struct exits *x, unsigned exit, struct loc loc) {
    if (exit == EXIT_RETURN)
        return return_result(x, loc);
    struct stmt *stmt = stmt_new(x->unit, exit == EXIT_CONTINUE ? STMT_CONTINUE : STMT_BREAK, loc);
    stmt->leaves = exit & EXITS_OF_LOOP ? 0 : exit;
    return stmt;
}

/* What stands in place of an exit. */
struct detour {
    unsigned exits;           /* which to replace */
    struct var *leave, *skip; /* set for a break, a continue of the loop around */
    bool flagged;             /* returns and ways out of labelled blocks set their flags */
    bool breaks;              /* they go on as a break */
};

static bool was_raised(const struct exits *x, const struct stmt *stmt) {
    for (size_t i = x->raised.count; i-- > 0;)
        if (x->raised.items[i] == stmt)
            return true;
    return false;
}

static bool is_result(const struct exits *x, const struct expr *value) {
    const struct expr *bare = expr_strip(value);
    return bare->kind == EXPR_VAR && bare->u.var == x->result;
}

/* A return, or a way out of a labelled block. */
static void replace_far(struct exits *x, struct block *block, const struct stmt *stmt,
                        const struct detour *detour) {
    bool returns = stmt->kind == STMT_RETURN;
    if (returns && stmt->u.value && !is_result(x, stmt->u.value))
        block_add(x->unit, block, stmt_set(x->unit, expr_var(x->unit, result_var(x)), stmt->u.value, false));
    if (detour->flagged && !was_raised(x, stmt))
        block_add(x->unit, block, set_flag(x, flag_of(x, returns ? EXIT_RETURN : stmt->leaves)));
    if (detour->breaks)
        block_add(x->unit, block, stmt_new(x->unit, STMT_BREAK, stmt->loc));
}

static void replace_exits(struct exits *x, struct block *block, const struct detour *detour);

static void replace_in(struct exits *x, struct stmt *stmt, const struct detour *detour) {
    if (stmt->kind == STMT_IF) {
        replace_exits(x, &stmt->u.branch.then, detour);
        replace_exits(x, &stmt->u.branch.other, detour);
    } else if (stmt->kind == STMT_BLOCK) {
        replace_exits(x, &stmt->u.block, detour);
    } else if (stmt->kind == STMT_SWITCH) {
        for (size_t i = 0; i < stmt->u.switch_.arm_count; i++)
            replace_exits(x, &stmt->u.switch_.arms[i].body, detour);
    }
}

/* Replaces the exits in tail position of the block. */
static void replace_exits(struct exits *x, struct block *block, const struct detour *detour) {
    if (block->count == 0)
        return;
    struct stmt *last = block->items[block->count - 1];
    if (!(paths_leaving(last) & detour->exits))
        return;
    if (!is_exit(last)) {
        replace_in(x, last, detour);
        tidy_last(x, block);
        return;
    }
    size_t at = --block->count;
    if (last->kind == STMT_RETURN || last->leaves)
        replace_far(x, block, last, detour);
    else
        block_add(x->unit, block, set_flag(x, last->kind == STMT_BREAK ? detour->leave : detour->skip));
    if (at < block->count) {
        block->items[at]->comment = last->comment;
        block->items[at]->trailing = last->trailing;
        block->items[at]->loc = last->loc;
    }
}

/* At `at`: whoever set one of the flags goes on outward. */
static void test_flags(struct exits *x, struct block *block, size_t at, unsigned exits, struct loc loc) {
    for (unsigned exit = EXIT_RETURN; exit; exit <<= 1)
        if (exits & exit) {
            struct stmt *leave = make_exit(x, exit, loc);
            VEC_PUSH(x->unit->arena, x->raised, leave);
            block_insert(x->unit, block, at, make_if(x, flag_of(x, exit), leave));
        }
}

/* The exits of the statement at `at` set flags; behind it stand the tests that leave. Returns where the first
 * test is. */
static size_t detour_exits(struct exits *x, struct block *block, size_t at, unsigned exits) {
    struct stmt *stmt = block->items[at];
    struct detour detour = {.exits = exits, .flagged = true};
    if (exits & EXIT_BREAK)
        detour.leave = make_flag(x, "leave");
    if (exits & EXIT_CONTINUE)
        detour.skip = make_flag(x, "skip");
    replace_in(x, stmt, &detour);
    if (detour.leave)
        block_insert(x->unit, block, at++, stmt_decl(x->unit, detour.leave, expr_int(x->unit, 0)));
    if (detour.skip)
        block_insert(x->unit, block, at++, stmt_decl(x->unit, detour.skip, expr_int(x->unit, 0)));
    if (detour.skip)
        block_insert(x->unit, block, at + 1, make_if(x, detour.skip, make_exit(x, EXIT_CONTINUE, stmt->loc)));
    if (detour.leave)
        block_insert(x->unit, block, at + 1, make_if(x, detour.leave, make_exit(x, EXIT_BREAK, stmt->loc)));
    test_flags(x, block, at + 1, exits & ~(unsigned)EXITS_OF_LOOP, stmt->loc);
    return at + 1;
}

/* ---- exits that mean the same as falling off the end ------------------------------------------ */

static void drop_exits(struct exits *x, struct block *block, unsigned exits);

static const char *comment_of_only(const struct block *block) {
    if (block->count != 1)
        return NULL;
    return block->items[0]->comment ? block->items[0]->comment : block->items[0]->trailing;
}

static void drop_in_if(struct exits *x, struct stmt *stmt, unsigned exits) {
    const char *comment = comment_of_only(&stmt->u.branch.then);
    drop_exits(x, &stmt->u.branch.then, exits);
    drop_exits(x, &stmt->u.branch.other, exits);
    if (stmt->u.branch.then.count == 0 && !stmt->comment)
        stmt->comment = comment;
}

/* Drops exits of these kinds in tail position of the block. */
static void drop_exits(struct exits *x, struct block *block, unsigned exits) {
    if (block->count == 0)
        return;
    struct stmt *last = block->items[block->count - 1];
    if (!(paths_leaving(last) & exits))
        return;
    if (is_exit(last)) {
        block->count--;
        return;
    }
    if (last->kind == STMT_IF)
        drop_in_if(x, last, exits);
    else if (last->kind == STMT_BLOCK)
        drop_exits(x, &last->u.block, exits);
    else if (last->kind == STMT_SWITCH)
        for (size_t i = 0; i < last->u.switch_.arm_count; i++)
            drop_exits(x, &last->u.switch_.arms[i].body, exits & ~(unsigned)EXIT_BREAK);
    tidy_last(x, block);
}

/* ---- the statement at `at` against the rest of its block -------------------------------------- */

/* In an arm of a switch a break would be the switch's, and inside a loop a return becomes a break. */
static bool may_move_into_switch(const struct exits *x, const struct block *rest) {
    unsigned exits = paths_leaving_block(rest);
    return !(exits & EXIT_BREAK) && !(x->loops && (exits & ~(unsigned)EXITS_OF_LOOP));
}

static bool move_rest(struct exits *x, struct block *block, size_t at, bool at_end) {
    struct stmt *stmt = block->items[at];
    struct block rest = cut_after(x, block, at);
    if (paths_end_in_switch(stmt) && !may_move_into_switch(x, &rest)) {
        block_append(x->unit, block, &rest);
        return false;
    }
    struct block *to = paths_find_end(x->unit, x->func, stmt, paths_names(x->unit, &rest));
    size_t start = to->count;
    block_append(x->unit, to, &rest);
    normalize(x, to, start, at_end);
    return true;
}

/* The insides of the statement are in normal form. Returns the index of the next statement to look at. */
static size_t settle(struct exits *x, struct block *block, size_t at, bool at_end) {
    struct stmt *stmt = block->items[at];
    unsigned exits = paths_leaving(stmt);
    bool is_last = at + 1 == block->count;
    unsigned far = exits & ~(unsigned)EXITS_OF_LOOP;
    if (stmt->kind == STMT_SWITCH && x->loops && far) {
        size_t next = detour_exits(x, block, at, is_last ? far : exits);
        return is_last ? settle(x, block, at, at_end) : next;
    }
    if (is_last || (exits == 0 && !paths_endless(stmt)))
        return at + 1;
    unsigned falls = paths_falling(stmt);
    if (falls == 0)
        block->count = at + 1;
    else if (falls > 1 || !move_rest(x, block, at, at_end))
        return detour_exits(x, block, at, exits);
    return block->count;
}

/* An exit that ends the block and means the same as falling off it: without it there is no R. */
static void trim(struct block *block, unsigned exits) {
    while (block->count && is_exit(block->items[block->count - 1]) &&
           (paths_leaving(block->items[block->count - 1]) & exits))
        block->count--;
}

/* ---- statements with insides ------------------------------------------------------------------ */

static size_t find_mark(const struct block *body) {
    for (size_t i = 0; i < body->count; i++)
        if (body->items[i]->kind == STMT_RAW && body->items[i]->u.text == FRONT_INCREMENT_MARK)
            return i;
    return body->count;
}

/* A continue means: go on with the increment, if there is one. */
static void normalize_body(struct exits *x, struct block *body) {
    size_t mark = find_mark(body);
    struct block increment = {0};
    if (mark < body->count) {
        increment = cut_after(x, body, mark);
        body->count = mark;
    }
    trim(body, EXIT_CONTINUE);
    normalize(x, body, 0, false);
    drop_exits(x, body, EXIT_CONTINUE);
    if (increment.count == 0)
        return;
    paths_avoid_names(x->unit, x->func, body, paths_names(x->unit, &increment));
    size_t last = body->count;
    block_append(x->unit, body, &increment);
    normalize(x, body, last ? settle(x, body, last - 1, false) : 0, false);
}

/* Returns out of a loop, and ways out of blocks around it, become breaks; what must stand behind the loop is
 * put there. */
static void normalize_loop(struct exits *x, struct block *block, size_t at, struct block *body, bool at_end) {
    struct stmt *loop = block->items[at];
    x->loops++;
    normalize_body(x, body);
    x->loops--;
    unsigned exits = paths_leaving_block(body) & ~(unsigned)EXITS_OF_LOOP;
    if (!exits)
        return;
    bool ends = x->is_void && at_end && x->loops == 0 && at + 1 == block->count && exits == EXIT_RETURN;
    bool direct = !ends && paths_endless(loop) && !(exits & (exits - 1)); /* one way out only */
    struct detour detour = {.exits = exits, .breaks = true, .flagged = !ends && !direct};
    if (direct)
        block_insert(x->unit, block, at + 1, make_exit(x, exits, loop->loc));
    else if (!ends)
        test_flags(x, block, at + 1, exits, loop->loc);
    replace_exits(x, body, &detour);
}

static void normalize_arms(struct exits *x, struct stmt *stmt, bool at_end) {
    for (size_t i = 0; i < stmt->u.switch_.arm_count; i++) {
        struct block *body = &stmt->u.switch_.arms[i].body;
        trim(body, EXIT_BREAK);
        normalize(x, body, 0, at_end);
        drop_exits(x, body, EXIT_BREAK);
    }
}

/* The flag of a labelled block lives in it. */
static void normalize_block(struct exits *x, struct stmt *stmt, bool at_end) {
    struct block *body = &stmt->u.block;
    trim(body, stmt->leaves);
    normalize(x, body, 0, at_end);
    drop_exits(x, body, stmt->leaves);
    if (!stmt->leaves)
        return;
    struct var **left = left_var(x, stmt->leaves);
    if (*left)
        block_insert(x->unit, body, 0, stmt_decl(x->unit, *left, expr_int(x->unit, 0)));
    *left = NULL;
}

static void normalize_insides(struct exits *x, struct block *block, size_t at, bool at_end) {
    struct stmt *stmt = block->items[at];
    bool ends = at_end && at + 1 == block->count;
    switch (stmt->kind) {
    case STMT_IF:
        normalize(x, &stmt->u.branch.then, 0, ends);
        normalize(x, &stmt->u.branch.other, 0, ends);
        break;
    case STMT_BLOCK: normalize_block(x, stmt, ends); break;
    case STMT_SWITCH: normalize_arms(x, stmt, ends); break;
    case STMT_FOR:
        normalize_loop(x, block, at, &stmt->u.loop.body, ends);
        stmt->u.loop.has_break = (paths_leaving_block(&stmt->u.loop.body) & EXIT_BREAK) != 0;
        break;
    case STMT_WHILE:
        normalize_loop(x, block, at, &stmt->u.while_.body, ends);
        stmt->u.while_.has_break = (paths_leaving_block(&stmt->u.while_.body) & EXIT_BREAK) != 0;
        break;
    case STMT_DECL:
    case STMT_SET:
    case STMT_CALL:
    case STMT_RETURN:
    case STMT_BREAK:
    case STMT_CONTINUE:
    case STMT_PUSH:
    case STMT_POP:
    case STMT_RAW: break;
    }
}

/* Puts the exits of the statements from `start` on into tail position of the block.
 * at_end: falling off the end of the block is returning from the function. */
static void normalize(struct exits *x, struct block *block, size_t start, bool at_end) {
    for (size_t at = start; at < block->count;) {
        normalize_insides(x, block, at, at_end);
        at = settle(x, block, at, at_end);
    }
}

/* ---- flags that nobody asks ------------------------------------------------------------------- */

struct use {
    const struct var *flag;
    bool is_read;
};

static bool find_flag(struct expr *expr, void *data) {
    struct use *use = data;
    use->is_read |= expr->kind == EXPR_VAR && expr->u.var == use->flag;
    return true;
}

static void find_flag_in(struct expr **expr, void *use) {
    if (*expr)
        expr_walk(*expr, find_flag, use);
}

static bool sets(const struct stmt *stmt, const struct var *flag) {
    if (stmt->kind == STMT_DECL)
        return stmt->u.decl.var == flag;
    return stmt->kind == STMT_SET && stmt->to->kind == EXPR_VAR && stmt->to->u.var == flag;
}

static void find_read(struct stmt *stmt, void *data) {
    struct use *use = data;
    if (!sets(stmt, use->flag))
        stmt_each_expr(stmt, find_flag_in, use);
}

static void drop_flag(struct block *block, void *flag) {
    size_t kept = 0;
    for (size_t i = 0; i < block->count; i++) {
        stmt_each_block(block->items[i], drop_flag, flag);
        if (!sets(block->items[i], flag))
            block->items[kept++] = block->items[i];
    }
    block->count = kept;
}

/* What followed the test of a flag may have turned out to be nothing. */
static void drop_unread_flags(struct exits *x) {
    for (size_t i = 0; i < x->flags.count; i++) {
        struct use use = {.flag = x->flags.items[i]};
        block_walk(&x->func->body, find_read, &use);
        if (!use.is_read)
            drop_flag(&x->func->body, x->flags.items[i]);
    }
}

/* ---- blocks that are labelled no more --------------------------------------------------------- */

static void dissolve(struct block *block, void *data) {
    struct exits *x = data;
    struct block all = {0};
    bool labelled = false;
    for (size_t i = 0; i < block->count; i++) {
        struct stmt *stmt = block->items[i];
        stmt_each_block(stmt, dissolve, x);
        if (stmt->leaves && !block_declares(&stmt->u.block))
            block_append(x->unit, &all, &stmt->u.block);
        else
            block_add(x->unit, &all, stmt);
        labelled |= stmt->leaves != 0;
        stmt->leaves = 0;
    }
    if (labelled)
        *block = all;
}

/* ---- the function ----------------------------------------------------------------------------- */

/* Zero, so that no compiler believes the variable to be read before it is set; NULL for a struct. */
static struct expr *zero_of(struct exits *x, struct type *type) {
    return type_is_scalar(type) ? expr_zero(x->unit, type) : NULL;
}

static bool tests_returned(const struct exits *x, const struct stmt *stmt) {
    return stmt->kind == STMT_IF && x->returned && stmt->u.branch.other.count == 0 &&
           stmt->u.branch.cond->kind == EXPR_VAR && stmt->u.branch.cond->u.var == x->returned;
}

/* `if (returned) return result;` at the end of a function with a result: who comes there has returned, or has
 * no value to give. Compilers would ask for one. */
static void end_in_return(struct exits *x, struct block *block) {
    struct stmt *last = block->count ? block->items[block->count - 1] : NULL;
    if (!last)
        return;
    if (tests_returned(x, last)) {
        block->count--;
        block_append(x->unit, block, &last->u.branch.then);
    } else if (last->kind == STMT_IF) {
        end_in_return(x, &last->u.branch.then);
        end_in_return(x, &last->u.branch.other);
    } else if (last->kind == STMT_BLOCK) {
        end_in_return(x, &last->u.block);
    }
}

void front_normalize_exits(struct unit *unit, struct func *func) {
    struct exits x = {.unit = unit, .func = func, .is_void = type_is_void(func->result)};
    if (x.is_void)
        trim(&func->body, EXIT_RETURN);
    normalize(&x, &func->body, 0, true);
    if (x.is_void)
        drop_exits(&x, &func->body, EXIT_RETURN);
    if (x.returned)
        block_insert(unit, &func->body, 0, stmt_decl(unit, x.returned, expr_int(unit, 0)));
    if (x.result)
        block_insert(unit, &func->body, 0, stmt_decl(unit, x.result, zero_of(&x, x.result->type)));
    if (!x.is_void)
        end_in_return(&x, &func->body);
    drop_unread_flags(&x);
    dissolve(&func->body, &x);
}
