/* Random programs of branches, loops and exits behave in normal form as they did before. A small interpreter
 * runs both: conditions come from a seeded sequence, calls leave a trace, and fuel ends what would run
 * forever. */
#include "check.h"
#include "sample.h"
#include "front/exits.h"

#include <stdlib.h>

/* ---- random programs -------------------------------------------------------------------------- */

struct maker {
    struct unit *unit;
    struct func *func, *trace, *flip;
    struct var *coin;
    unsigned state;
    int label, index_count;
    bool in_loop, in_switch;
};

static unsigned choose(struct maker *m, unsigned count) {
    m->state = m->state * 1103515245u + 12345u;
    return (m->state >> 16) % count;
}

static void make_block(struct maker *m, struct block *block, int depth);

static struct expr *coin(struct maker *m) {
    return expr_var(m->unit, m->coin);
}

static void add_call(struct maker *m, struct block *block) {
    struct expr *args[] = {expr_int(m->unit, m->label++)};
    block_add(m->unit, block, stmt_call(m->unit, NULL, m->trace, args, 1));
}

static void add_flip(struct maker *m, struct block *block) {
    block_add(m->unit, block, stmt_call(m->unit, coin(m), m->flip, NULL, 0));
}

static void add_exit(struct maker *m, struct block *block) {
    unsigned kind = choose(m, 3);
    struct loc nowhere = {0};
    if (kind == 0 && (m->in_loop || m->in_switch))
        block_add(m->unit, block, stmt_new(m->unit, STMT_BREAK, nowhere));
    else if (kind == 1 && m->in_loop)
        block_add(m->unit, block, stmt_new(m->unit, STMT_CONTINUE, nowhere));
    else if (kind == 2) {
        struct expr *value = type_is_void(m->func->result) ? NULL : expr_int(m->unit, m->label++);
        block_add(m->unit, block, stmt_return(m->unit, value));
    }
}

static void add_if(struct maker *m, struct block *block, int depth) {
    add_flip(m, block);
    struct stmt *stmt = stmt_if(m->unit, expr_binary(m->unit, BINARY_GT, coin(m), expr_int(m->unit, 0)));
    make_block(m, &stmt->u.branch.then, depth);
    if (choose(m, 2))
        make_block(m, &stmt->u.branch.other, depth);
    block_add(m->unit, block, stmt);
}

static struct var *new_index(struct maker *m, struct block *block) {
    const char *name = arena_printf(m->unit->arena, "i%d", m->index_count++);
    struct var *index = sample_local(m->unit, m->func, name, sample_int(m->unit));
    block_add(m->unit, block, stmt_decl(m->unit, index, expr_int(m->unit, 0)));
    return index;
}

static void make_body(struct maker *m, struct block *body, int depth) {
    bool in_loop = m->in_loop, in_switch = m->in_switch;
    m->in_loop = true;
    m->in_switch = false;
    make_block(m, body, depth);
    m->in_loop = in_loop;
    m->in_switch = in_switch;
}

static void add_for(struct maker *m, struct block *block, int depth) {
    struct stmt *loop = sample_for(m->unit, new_index(m, block), expr_int(m->unit, 3));
    loop->u.loop.declares = false;
    make_body(m, &loop->u.loop.body, depth);
    block_add(m->unit, block, loop);
}

/* With or without an increment. */
static void add_while(struct maker *m, struct block *block, int depth) {
    struct stmt *loop = stmt_new(m->unit, STMT_WHILE, (struct loc){0});
    loop->u.while_.do_while = choose(m, 2);
    loop->u.while_.cond = choose(m, 2) ? expr_int(m->unit, 1) : coin(m);
    add_flip(m, &loop->u.while_.body);
    make_body(m, &loop->u.while_.body, depth);
    if (choose(m, 2)) {
        struct stmt *mark = stmt_new(m->unit, STMT_RAW, (struct loc){0});
        mark->u.text = FRONT_INCREMENT_MARK;
        block_add(m->unit, &loop->u.while_.body, mark);
        add_call(m, &loop->u.while_.body);
    }
    block_add(m->unit, block, loop);
}

static void add_switch(struct maker *m, struct block *block, int depth) {
    struct stmt *stmt = stmt_new(m->unit, STMT_SWITCH, (struct loc){0});
    size_t count = 1 + choose(m, 3);
    bool in_switch = m->in_switch;
    m->in_switch = true;
    add_flip(m, block);
    stmt->u.switch_.value = coin(m);
    stmt->u.switch_.arms = NEW_ARRAY(m->unit->arena, struct switch_arm, count);
    stmt->u.switch_.arm_count = count;
    for (size_t i = 0; i < count; i++) {
        struct switch_arm *arm = &stmt->u.switch_.arms[i];
        arm->is_default = i + 1 == count && choose(m, 2);
        arm->value_count = !arm->is_default;
        arm->values = NEW_ARRAY(m->unit->arena, struct expr *, 1);
        arm->values[0] = expr_int(m->unit, (long long)i);
        make_block(m, &arm->body, depth);
    }
    m->in_switch = in_switch;
    block_add(m->unit, block, stmt);
}

static void add_block(struct maker *m, struct block *block, int depth) {
    struct stmt *stmt = stmt_block(m->unit);
    make_block(m, &stmt->u.block, depth);
    block_add(m->unit, block, stmt);
}

static void make_block(struct maker *m, struct block *block, int depth) {
    for (unsigned count = 1 + choose(m, 4); count > 0; count--) {
        switch (choose(m, depth > 0 ? 8 : 3)) {
        case 0:
        case 1: add_call(m, block); break;
        case 2: add_exit(m, block); break;
        case 3:
        case 4: add_if(m, block, depth - 1); break;
        case 5: (choose(m, 2) ? add_for : add_while)(m, block, depth - 1); break;
        case 6: add_switch(m, block, depth - 1); break;
        case 7: add_block(m, block, depth - 1); break;
        }
    }
}

static struct func *make_func(struct unit *unit, unsigned seed) {
    struct type *n = sample_int(unit), *none = type_void(unit->types);
    struct func *func = sample_func(unit, arena_printf(unit->arena, "f%u", seed), seed % 2 ? n : none);
    struct maker maker = {.unit = unit, .func = func, .state = seed};
    maker.trace = func_new(unit, "trace", none);
    sample_param(unit, maker.trace, "label", n);
    maker.flip = func_new(unit, "flip", n);
    maker.coin = sample_local(unit, func, "coin", n);
    block_add(unit, &func->body, stmt_decl(unit, maker.coin, expr_int(unit, 0)));
    make_block(&maker, &func->body, 2 + (int)(seed % 3));
    if (seed % 2)
        block_add(unit, &func->body, stmt_return(unit, expr_int(unit, -1)));
    return func;
}

/* ---- the interpreter -------------------------------------------------------------------------- */

enum leaving { ON, BREAKING, CONTINUING, RETURNING, EXHAUSTED };

struct run {
    long long *values; /* by variable id */
    unsigned state;
    int fuel;
    struct text trace;
};

static enum leaving run_block(struct run *run, const struct block *block, size_t from);

static long long value_of(const struct run *run, const struct expr *expr) {
    long long a;
    switch ((int)expr->kind) {
    case EXPR_INT: return expr->value;
    case EXPR_VAR: return run->values[expr->u.var->id];
    case EXPR_UNARY: return !value_of(run, expr->args[0]);
    case EXPR_BINARY:
        a = value_of(run, expr->args[0]);
        return expr->u.binary == BINARY_GT ? a > expr->args[1]->value : a <= expr->args[1]->value;
    default: abort();
    }
}

static enum leaving run_call(struct run *run, const struct stmt *stmt) {
    if (run->fuel-- <= 0)
        return EXHAUSTED;
    run->state = run->state * 1103515245u + 12345u;
    if (stmt->to)
        run->values[stmt->to->u.var->id] = (run->state >> 16) % 3;
    else
        text_printf(&run->trace, "%lld ", value_of(run, stmt->u.call.args[0]));
    return ON;
}

static size_t mark_in(const struct block *body) {
    for (size_t i = 0; i < body->count; i++)
        if (body->items[i]->kind == STMT_RAW)
            return i + 1;
    return body->count;
}

static enum leaving run_body(struct run *run, const struct block *body) {
    enum leaving leaving = run_block(run, body, 0);
    return leaving == CONTINUING ? run_block(run, body, mark_in(body)) : leaving;
}

static enum leaving run_for(struct run *run, const struct stmt *stmt) {
    long long *index = &run->values[stmt->u.loop.index->id];
    for (*index = 0; *index < stmt->u.loop.hi->value; ++*index) {
        enum leaving leaving = run_body(run, &stmt->u.loop.body);
        if (leaving != ON)
            return leaving == BREAKING ? ON : leaving;
    }
    return ON;
}

static enum leaving run_while(struct run *run, const struct stmt *stmt) {
    bool first = stmt->u.while_.do_while;
    while (first || value_of(run, stmt->u.while_.cond)) {
        enum leaving leaving = run_body(run, &stmt->u.while_.body);
        if (leaving != ON)
            return leaving == BREAKING ? ON : leaving;
        first = false;
    }
    return ON;
}

static enum leaving run_switch(struct run *run, const struct stmt *stmt) {
    long long value = value_of(run, stmt->u.switch_.value);
    for (size_t i = 0; i < stmt->u.switch_.arm_count; i++) {
        const struct switch_arm *arm = &stmt->u.switch_.arms[i];
        if (!arm->is_default && arm->values[0]->value != value)
            continue;
        enum leaving leaving = run_block(run, &arm->body, 0);
        return leaving == BREAKING ? ON : leaving;
    }
    return ON;
}

static enum leaving run_stmt(struct run *run, const struct stmt *stmt) {
    switch ((int)stmt->kind) {
    case STMT_DECL:
        run->values[stmt->u.decl.var->id] = stmt->u.decl.init ? value_of(run, stmt->u.decl.init) : 99;
        return ON;
    case STMT_SET: run->values[stmt->to->u.var->id] = value_of(run, stmt->u.set.from); return ON;
    case STMT_CALL: return run_call(run, stmt);
    case STMT_IF:
        return run_block(
            run, value_of(run, stmt->u.branch.cond) ? &stmt->u.branch.then : &stmt->u.branch.other, 0);
    case STMT_BLOCK: return run_block(run, &stmt->u.block, 0);
    case STMT_FOR: return run_for(run, stmt);
    case STMT_WHILE: return run_while(run, stmt);
    case STMT_SWITCH: return run_switch(run, stmt);
    case STMT_BREAK: return BREAKING;
    case STMT_CONTINUE: return CONTINUING;
    case STMT_RETURN:
        text_printf(&run->trace, "return %lld", stmt->u.value ? value_of(run, stmt->u.value) : 0);
        return RETURNING;
    case STMT_RAW: return ON;
    default: abort();
    }
}

static enum leaving run_block(struct run *run, const struct block *block, size_t from) {
    enum leaving leaving = ON;
    for (size_t i = from; i < block->count && leaving == ON; i++)
        leaving = run_stmt(run, block->items[i]);
    return leaving;
}

static const char *trace_of(struct unit *unit, const struct func *func, unsigned seed) {
    struct run run = {
        .values = NEW_ARRAY(unit->arena, long long, func->vars.count), .state = seed, .fuel = 60};
    enum leaving leaving = run_block(&run, &func->body, 0);
    if (leaving == ON && type_is_void(func->result))
        text_put(&run.trace, "return 0");
    if (leaving == EXHAUSTED)
        text_put(&run.trace, "...");
    const char *trace = arena_strdup(unit->arena, text_string(&run.trace));
    text_free(&run.trace);
    return trace;
}

/* ---- the checks ------------------------------------------------------------------------------- */

enum { SEEDS = 400, RUNS = 8 };

static void count_stmt(struct stmt *stmt, void *count) {
    (void)stmt;
    ++*(unsigned *)count;
}

/* Reads of variables, by id. */
struct reads {
    bool *seen;
};

static bool note_read(struct expr *expr, void *data) {
    struct reads *reads = data;
    if (expr->kind == EXPR_VAR)
        reads->seen[expr->u.var->id] = true;
    return true;
}

static void note_operand(struct expr **expr, void *data) {
    expr_walk(*expr, note_read, data);
}

static void note_stmt(struct stmt *stmt, void *data) {
    struct expr *to = stmt->to;
    stmt->to = NULL;
    stmt_each_expr(stmt, note_operand, data);
    stmt->to = to;
}

static void note_decl(struct stmt *stmt, void *data) {
    const struct reads *reads = data;
    if (stmt->kind == STMT_DECL && strncmp(stmt->u.decl.var->name, "coin", 4) != 0 &&
        stmt->u.decl.var->name[0] != 'i')
        CHECK(reads->seen[stmt->u.decl.var->id]);
}

static void test_flags_are_read(struct unit *unit, struct func *func) {
    struct reads reads = {NEW_ARRAY(unit->arena, bool, func->vars.count)};
    block_walk(&func->body, note_stmt, &reads);
    block_walk(&func->body, note_decl, &reads);
}

static void test_seed(struct unit *unit, unsigned seed) {
    struct func *func = make_func(unit, seed);
    const char *before[RUNS];
    unsigned count_before = 0, count_after = 0;
    for (unsigned i = 0; i < RUNS; i++)
        before[i] = trace_of(unit, func, seed + i);
    block_walk(&func->body, count_stmt, &count_before);
    front_normalize_exits(unit, func);
    block_walk(&func->body, count_stmt, &count_after);
    func_verify(unit, func, "exits");
    CHECK(count_after <= 6 * count_before);
    test_flags_are_read(unit, func);
    for (unsigned i = 0; i < RUNS; i++)
        CHECK_TEXT(trace_of(unit, func, seed + i), before[i]);
}

/* A declaration in the path that the rest moves to must not capture the rest's names. */
static void test_capture(struct unit *unit) {
    struct type *n = sample_int(unit);
    struct func *func = sample_func(unit, "capture", n);
    struct var *outer = sample_param(unit, func, "x", n), *inner = sample_local(unit, func, "x", n);
    struct stmt *branch = stmt_if(unit, expr_var(unit, outer));
    block_add(unit, &branch->u.branch.then, stmt_return(unit, expr_int(unit, 1)));
    block_add(unit, &branch->u.branch.other, stmt_decl(unit, inner, expr_int(unit, 2)));
    block_add(unit, &func->body, branch);
    block_add(unit, &func->body, stmt_return(unit, expr_var(unit, outer)));
    front_normalize_exits(unit, func);
    CHECK(func->body.count == 1 && branch->u.branch.other.count == 2);
    CHECK_TEXT(outer->name, "x");
    CHECK_TEXT(inner->name, "x_2");
}

int main(void) {
    struct arena *arena = arena_create();
    struct unit *unit = sample_unit(arena);
    for (unsigned seed = 1; seed <= SEEDS; seed++)
        test_seed(unit, seed);
    test_capture(unit);
    arena_destroy(arena);
    return check_summary();
}
