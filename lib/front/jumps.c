/* jumps: goto, brought down to loops and to ways out of blocks.
 *
 * A goto that goes back makes a loop of what lies between:
 *
 *     again:                          while (1) {
 *         S;                              { S; if (c) <leave this block>; break; }
 *         if (c) goto again;          }
 *
 * One that goes forward leaves a block made of what lies between, which ends where the label stands:
 *
 *     if (c) goto done;               { if (c) <leave this block>; S; }
 *     S;                              T;
 *     done: T;
 *
 * exits.c then does with these ways out what it does with break and return. A label inside such a loop to
 * which control comes from before the loop is reached through the loop's own label, by a variable:
 *
 *     goto middle;                    enter = 1; goto again;
 *     again:                          again: if (enter) { enter = 0; goto middle; }
 *     S; middle: T; goto again;       S; middle: T; goto again;
 *
 * A label inside of a branch is reached through its condition in the same way:
 *
 *     goto inside;                    enter = 1; goto before;
 *     if (c) { S; inside: T; }        before: if (enter || c) { if (!enter) { S; } enter = 0; inside: T; }
 *
 * Control that jumps into a loop from outside it is refused.
 */
#include "front/jumps.h"
#include "front/paths.h"

const char *const FRONT_LABEL_MARK = "/* label */";

struct jumps {
    struct unit *unit;
    struct func *func;
    size_t count;            /* of labels, ours included */
    VEC(struct var *) flags; /* by which branches are entered */
};

unsigned front_jump_bit(size_t n) {
    size_t bit = n + 3; /* behind EXIT_BREAK, EXIT_CONTINUE and EXIT_RETURN */
    return bit < sizeof(unsigned) * 8 ? 1u << bit : 0;
}

static void refuse(struct jumps *j, struct loc loc, const char *reason) {
    if (j->func->unsupported)
        return;
    j->func->unsupported = reason;
    j->func->unsupported_loc = loc.file ? loc : j->func->loc;
}

static unsigned new_bit(struct jumps *j, struct loc loc) {
    unsigned bit = front_jump_bit(j->count++);
    if (!bit)
        refuse(j, loc, "so many labels in one function are not supported");
    return bit;
}

/* ---- blocks as lists -------------------------------------------------------------------------- */

static bool is_label(const struct stmt *stmt) {
    return stmt->kind == STMT_RAW && stmt->u.text == FRONT_LABEL_MARK;
}

static bool is_goto(const struct stmt *stmt) {
    return stmt->kind == STMT_BREAK && stmt->leaves;
}

/* Takes the statements from `begin` up to `end` out; `in_place` stands there instead. */
static struct block take_out(struct jumps *j, struct block *block, size_t begin, size_t end,
                             struct stmt *in_place) {
    struct block out = {0}, left = {0};
    for (size_t i = 0; i < block->count; i++) {
        if (i == begin)
            block_add(j->unit, &left, in_place);
        block_add(j->unit, i >= begin && i < end ? &out : &left, block->items[i]);
    }
    *block = left;
    return out;
}

static struct stmt *labelled_block(struct jumps *j, unsigned bit, struct loc loc) {
    struct stmt *stmt = stmt_block(j->unit);
    stmt->loc = loc;
    stmt->leaves = bit;
    return stmt;
}

static struct stmt *make_goto(struct jumps *j, unsigned bit, struct loc loc) {
    struct stmt *stmt = stmt_new(j->unit, STMT_BREAK, loc);
    stmt->leaves = bit;
    return stmt;
}

static struct var *make_flag(struct jumps *j, const char *name) {
    return func_add_var(j->unit, j->func, VAR_LOCAL, func_fresh_name(j->unit, j->func, name),
                        type_scalar(j->unit->types, SCALAR_INT));
}

static struct stmt *set_flag(struct jumps *j, struct var *flag, int value) {
    return stmt_set(j->unit, expr_var(j->unit, flag), expr_int(j->unit, value), false);
}

/* ---- where the gotos are ---------------------------------------------------------------------- */

struct search {
    unsigned bits;
    bool found;
};

static void find_goto(struct stmt *stmt, void *data) {
    struct search *search = data;
    search->found |= is_goto(stmt) && (stmt->leaves & search->bits);
}

static bool goes(struct stmt *stmt, unsigned bits) {
    struct search search = {bits, false};
    struct block only = {&stmt, 1, 1};
    block_walk(&only, find_goto, &search);
    return search.found;
}

/* The last statement from `from` on that goes to the label; SIZE_MAX: none. */
static size_t last_goto(const struct block *block, size_t from, unsigned bits) {
    for (size_t i = block->count; i-- > from;)
        if (goes(block->items[i], bits))
            return i;
    return SIZE_MAX;
}

static size_t first_goto(const struct block *block, size_t before, unsigned bits) {
    for (size_t i = 0; i < before; i++)
        if (goes(block->items[i], bits))
            return i;
    return SIZE_MAX;
}

/* ---- declarations that stay in sight ---------------------------------------------------------- */

/* Behind the block: by its name, or maybe through a pointer. */
static bool is_used_from(const struct block *block, size_t from, const struct var *var) {
    if (var->address_taken || type_is_array(var->type) || type_is_record(var->type))
        return true;
    for (size_t i = from; i < block->count; i++) {
        struct block only = {&block->items[i], 1, 1};
        if (block_mentions(&only, var))
            return true;
    }
    return false;
}

static bool has_variable_extent(const struct type *type) {
    long long count;
    for (; type_is_array(type); type = type_target(type))
        if (!type_strip(type)->count || !expr_is_const_int(type_strip(type)->count, &count))
            return true;
    return false;
}

/* `T v = e;` parts into a declaration before the block and an assignment in it. */
static size_t keep_in_sight(struct jumps *j, struct block *block, size_t at, size_t begin) {
    struct stmt *decl = block->items[at];
    struct var *var = decl->u.decl.var;
    if (var->kind == VAR_STATIC_LOCAL || !decl->u.decl.init) {
        for (; at > begin; at--)
            block->items[at] = block->items[at - 1];
        block->items[begin] = decl;
        return begin + 1;
    }
    if (type_is_array(var->type))
        refuse(j, decl->loc,
               "an array that is declared with values between a goto and its label is not "
               "supported: declare it before");
    var->type = type_strip(var->type);
    struct expr *zero = type_is_scalar(var->type) ? expr_zero(j->unit, var->type) : NULL;
    struct stmt *set = stmt_set(j->unit, expr_var(j->unit, var), decl->u.decl.init, false);
    set->loc = decl->loc;
    set->comment = decl->comment;
    set->trailing = decl->trailing;
    block->items[at] = set;
    block_insert(j->unit, block, begin, stmt_decl(j->unit, var, zero));
    return begin + 1;
}

/* What is declared from `begin` up to `end` and used behind is declared before. Returns where `begin` is now.
 */
static size_t keep_declarations(struct jumps *j, struct block *block, size_t begin, size_t *end) {
    for (size_t i = begin; i < *end; i++) {
        struct stmt *stmt = block->items[i];
        if (stmt->kind != STMT_DECL || !is_used_from(block, *end, stmt->u.decl.var))
            continue;
        if (has_variable_extent(stmt->u.decl.var->type))
            refuse(j, stmt->loc,
                   "an array of variable length between a goto and its label is not supported: "
                   "declare it before");
        size_t count = block->count;
        begin = keep_in_sight(j, block, i, begin);
        *end += block->count - count;
        i += block->count - count;
    }
    return begin;
}

/* ---- back: loops ------------------------------------------------------------------------------ */

/* break and continue of a loop around that are about to be inside a new one: they leave the new one first,
 * and a variable says so. */
struct outward {
    struct jumps *jumps;
    enum stmt_kind kind;
    struct var *flag;
    unsigned bit;
};

static void redirect(struct block *block, void *data) {
    struct outward *outward = data;
    for (size_t i = 0; i < block->count; i++) {
        struct stmt *stmt = block->items[i];
        bool own_break = stmt->kind == STMT_SWITCH && outward->kind == STMT_BREAK;
        if (stmt->kind == outward->kind && !stmt->leaves) {
            block_insert(outward->jumps->unit, block, i++, set_flag(outward->jumps, outward->flag, 1));
            block->items[i] = make_goto(outward->jumps, outward->bit, stmt->loc);
        } else if (stmt->kind != STMT_FOR && stmt->kind != STMT_WHILE && !own_break) {
            stmt_each_block(stmt, redirect, data);
        }
    }
}

/* `loop` is the new loop, at `at` in its block. */
static void lead_outward(struct jumps *j, struct block *block, size_t at, struct stmt *loop,
                         enum stmt_kind kind) {
    struct outward outward = {j, kind, make_flag(j, kind == STMT_BREAK ? "leave" : "skip"),
                              new_bit(j, loop->loc)};
    redirect(&loop->u.while_.body.items[0]->u.block, &outward);
    struct stmt *around = labelled_block(j, outward.bit, loop->loc);
    struct stmt *test = stmt_if(j->unit, expr_var(j->unit, outward.flag));
    test->loc = loop->loc;
    block_add(j->unit, &test->u.branch.then, stmt_new(j->unit, kind, loop->loc));
    block_add(j->unit, &around->u.block, block->items[at]);
    block->items[at] = around;
    block_insert(j->unit, block, at + 1, test);
    block_insert(j->unit, block, at, stmt_decl(j->unit, outward.flag, expr_int(j->unit, 0)));
}

/* Where the loop of the label at `at` ends: at its last goto, or that of another label inside. */
static size_t loop_end(const struct block *block, size_t at) {
    size_t last = last_goto(block, at, block->items[at]->leaves);
    for (size_t i = at + 1; last != SIZE_MAX && i <= last; i++) {
        size_t other = is_label(block->items[i]) ? last_goto(block, i, block->items[i]->leaves) : SIZE_MAX;
        if (other != SIZE_MAX && other > last)
            last = other;
    }
    return last;
}

struct entry {
    struct jumps *jumps;
    unsigned from, to;
    struct var *flag;
};

static void enter_by(struct block *block, void *data) {
    struct entry *entry = data;
    for (size_t i = 0; i < block->count; i++) {
        struct stmt *stmt = block->items[i];
        if (is_goto(stmt) && stmt->leaves == entry->from) {
            block_insert(entry->jumps->unit, block, i++, set_flag(entry->jumps, entry->flag, 1));
            block->items[i] = make_goto(entry->jumps, entry->to, stmt->loc);
        } else {
            stmt_each_block(stmt, enter_by, entry);
        }
    }
}

/* Control that comes from before the loop, whose label is at `at`, to a label inside. Returns where the
 * loop's label is now. */
static size_t enter_loop(struct jumps *j, struct block *block, size_t at, size_t *last) {
    for (size_t i = at + 1; i <= *last; i++) {
        struct stmt *inner = block->items[i], *label = block->items[at];
        if (!is_label(inner) || first_goto(block, at, inner->leaves) == SIZE_MAX)
            continue;
        struct entry entry = {j, inner->leaves, label->leaves, make_flag(j, "enter")};
        struct block before = {0};
        for (size_t k = 0; k < at; k++)
            block_add(j->unit, &before, block->items[k]);
        enter_by(&before, &entry);
        struct stmt *test = stmt_if(j->unit, expr_var(j->unit, entry.flag));
        test->loc = inner->loc;
        block_add(j->unit, &test->u.branch.then, set_flag(j, entry.flag, 0));
        block_add(j->unit, &test->u.branch.then, make_goto(j, inner->leaves, inner->loc));
        struct block all = {0};
        block_add(j->unit, &all, stmt_decl(j->unit, entry.flag, expr_int(j->unit, 0)));
        block_append(j->unit, &all, &before);
        block_add(j->unit, &all, label);
        block_add(j->unit, &all, test);
        for (size_t k = at + 1; k < block->count; k++)
            block_add(j->unit, &all, block->items[k]);
        size_t more = all.count - block->count;
        at = before.count + 1;
        *last += more;
        i += more;
        *block = all;
    }
    return at;
}

static void structure(struct jumps *j, struct block *block);

/* Returns where the label is now. */
static size_t make_loop(struct jumps *j, struct block *block, size_t at, size_t last) {
    at = enter_loop(j, block, at, &last);
    struct stmt *label = block->items[at];
    size_t end = last + 1, begin = keep_declarations(j, block, at + 1, &end);
    if (begin > at + 1) { /* the label stays before its loop */
        for (size_t i = at; i + 1 < begin; i++)
            block->items[i] = block->items[i + 1];
        block->items[begin - 1] = label;
        at = begin - 1;
    }
    struct stmt *loop = stmt_new(j->unit, STMT_WHILE, label->loc);
    struct stmt *body = labelled_block(j, label->leaves, label->loc);
    loop->u.while_.cond = expr_int(j->unit, 1);
    block_add(j->unit, &loop->u.while_.body, body);
    body->u.block = take_out(j, block, at + 1, end, loop);
    unsigned exits = paths_leaving_block(&body->u.block);
    if (exits & EXIT_BREAK)
        lead_outward(j, block, at + 1, loop, STMT_BREAK);
    if (exits & EXIT_CONTINUE)
        lead_outward(j, block, exits & EXIT_BREAK ? at + 2 : at + 1, loop, STMT_CONTINUE);
    structure(j, &body->u.block);
    block_add(j->unit, &body->u.block, stmt_new(j->unit, STMT_BREAK, label->loc));
    return at;
}

/* ---- into branches ---------------------------------------------------------------------------- */

struct count {
    unsigned bit, gotos;
};

static void count_goto(struct stmt *stmt, void *data) {
    struct count *count = data;
    count->gotos += is_goto(stmt) && stmt->leaves == count->bit;
}

static unsigned count_gotos(struct block *block, unsigned bit) {
    struct count count = {bit, 0};
    block_walk(block, count_goto, &count);
    return count.gotos;
}

/* The index of the first label in the branch to which control comes from outside it; the number of statements
 * if there is none. */
static size_t entered_label(struct jumps *j, struct block *branch) {
    for (size_t i = 0; i < branch->count; i++)
        if (is_label(branch->items[i]) && count_gotos(&j->func->body, branch->items[i]->leaves) >
                                              count_gotos(branch, branch->items[i]->leaves))
            return i;
    return branch->count;
}

/* `!flag`, and what the branch does before its label only then. */
static void skip_to_label(struct jumps *j, struct block *branch, size_t at, struct var *flag) {
    size_t end = at, begin = keep_declarations(j, branch, 0, &end);
    struct stmt *label = branch->items[end];
    struct stmt *test = stmt_if(j->unit, expr_unary(j->unit, UNARY_LNOT, expr_var(j->unit, flag)));
    test->loc = label->loc;
    test->u.branch.then = take_out(j, branch, begin, end, test);
    block_insert(j->unit, branch, begin + (begin < end), set_flag(j, flag, 0));
}

static size_t index_of(const struct block *block, const struct stmt *stmt) {
    size_t i = 0;
    while (block->items[i] != stmt)
        i++;
    return i;
}

/* The branch of the statement has a label that is entered: a label before the statement takes its place.
 * False if there is none. */
static bool enter_branch(struct jumps *j, struct block *block, struct stmt *stmt, struct block *branch) {
    size_t inner = entered_label(j, branch);
    if (inner == branch->count)
        return false;
    struct loc loc = branch->items[inner]->loc;
    struct var *flag = make_flag(j, "enter");
    struct entry entry = {j, branch->items[inner]->leaves, new_bit(j, loc), flag};
    struct block apart = *branch;
    *branch = (struct block){0}; /* its own gotos stay */
    enter_by(&j->func->body, &entry);
    *branch = apart;
    skip_to_label(j, branch, inner, flag);
    if (stmt->kind == STMT_IF && branch == &stmt->u.branch.then)
        stmt->u.branch.cond = expr_binary(j->unit, BINARY_LOR, expr_var(j->unit, flag), stmt->u.branch.cond);
    else if (stmt->kind == STMT_IF)
        stmt->u.branch.cond =
            expr_binary(j->unit, BINARY_LAND, expr_unary(j->unit, UNARY_LNOT, expr_var(j->unit, flag)),
                        stmt->u.branch.cond);
    struct stmt *label = stmt_new(j->unit, STMT_RAW, loc);
    label->u.text = FRONT_LABEL_MARK;
    label->leaves = entry.to;
    block_insert(j->unit, block, index_of(block, stmt), label);
    VEC_PUSH(j->unit->arena, j->flags, flag);
    return true;
}

static void enter_branches(struct block *block, void *data) {
    struct jumps *j = data;
    for (size_t i = 0; i < block->count; i++) {
        struct stmt *stmt = block->items[i];
        stmt_each_block(stmt, enter_branches, j);
        if (stmt->kind == STMT_IF) {
            while (!j->func->unsupported && (enter_branch(j, block, stmt, &stmt->u.branch.then) ||
                                             enter_branch(j, block, stmt, &stmt->u.branch.other)))
                continue;
        } else if (stmt->kind == STMT_BLOCK && !stmt->leaves) {
            while (!j->func->unsupported && enter_branch(j, block, stmt, &stmt->u.block))
                continue;
        }
        i = index_of(block, stmt); /* gotos have got company */
    }
}

static void declare_flags(struct jumps *j) {
    for (size_t i = 0; i < j->flags.count; i++)
        block_insert(j->unit, &j->func->body, 0, stmt_decl(j->unit, j->flags.items[i], expr_int(j->unit, 0)));
}

/* ---- forward: blocks -------------------------------------------------------------------------- */

/* Ends the block that the gotos before the label leave. Returns where the statement behind the label is now.
 */
static size_t end_block(struct jumps *j, struct block *block, size_t at) {
    struct stmt *label = block->items[at];
    size_t begin = first_goto(block, at, label->leaves);
    if (begin == SIZE_MAX) { /* nothing goes there but what made a loop */
        for (size_t i = at; i + 1 < block->count; i++)
            block->items[i] = block->items[i + 1];
        block->count--;
        return at;
    }
    begin = keep_declarations(j, block, begin, &at);
    struct stmt *inner = labelled_block(j, label->leaves, block->items[begin]->loc);
    inner->u.block = take_out(j, block, begin, at + 1, inner);
    inner->u.block.count--; /* the label */
    if (label->comment && begin + 1 < block->count && !block->items[begin + 1]->comment)
        block->items[begin + 1]->comment = label->comment;
    return begin + 1;
}

/* ---- blocks ----------------------------------------------------------------------------------- */

static void structure_nested(struct block *block, void *data) {
    structure(data, block);
}

static void structure(struct jumps *j, struct block *block) {
    for (size_t i = 0; i < block->count; i++) {
        size_t last = is_label(block->items[i]) ? loop_end(block, i) : SIZE_MAX;
        if (last != SIZE_MAX)
            i = make_loop(j, block, i, last) + 1;
        else
            stmt_each_block(block->items[i], structure_nested, j);
    }
    for (size_t i = 0; i < block->count;)
        i = is_label(block->items[i]) ? end_block(j, block, i) : i + 1;
}

/* ---- what is left ----------------------------------------------------------------------------- */

struct enclosed {
    struct jumps *jumps;
    unsigned blocks; /* around */
};

static void check_block(struct block *block, void *data) {
    struct enclosed *enclosed = data;
    for (size_t i = 0; i < block->count; i++) {
        struct stmt *stmt = block->items[i];
        struct enclosed inner = *enclosed;
        if (is_goto(stmt) && !(stmt->leaves & enclosed->blocks))
            refuse(enclosed->jumps, stmt->loc,
                   "a goto into a loop or switch is not supported: jump to its begin");
        if (stmt->kind == STMT_BLOCK)
            inner.blocks |= stmt->leaves;
        stmt_each_block(stmt, check_block, &inner);
    }
}

struct census {
    struct jumps *jumps;
    unsigned seen;
};

static void count_label(struct stmt *stmt, void *data) {
    struct census *census = data;
    if (!is_label(stmt))
        return;
    if (census->seen & stmt->leaves)
        refuse(census->jumps, stmt->loc,
               "a label in an arm of a switch that others fall into is not supported");
    census->seen |= stmt->leaves;
}

void front_structure_jumps(struct unit *unit, struct func *func, size_t labels) {
    struct jumps j = {.unit = unit, .func = func, .count = labels};
    struct census census = {&j, 0};
    struct enclosed outermost = {&j, 0};
    if (labels == 0)
        return;
    block_walk(&func->body, count_label, &census);
    if (!func->unsupported)
        enter_branches(&func->body, &j);
    declare_flags(&j);
    if (!func->unsupported)
        structure(&j, &func->body);
    check_block(&func->body, &outermost);
}
