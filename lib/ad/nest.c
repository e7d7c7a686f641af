/* nest: reverse loops in the order that suits the machine.
 *
 * The reverse of a loop runs through its iterations from the last to the first. Where they only add to
 * adjoints, and what one adds to no other reads, any order is right, and much can be gained:
 *
 * upward - the loop runs as in the source;
 *
 * sums - an adjoint that is the same element in every iteration is summed in a local variable, and added
 * once;
 *
 * interchange - of two loops the one that moves along rows of memory becomes the inner one: the adjoint of a
 * matrix product updates whole rows;
 *
 * apart - additions to neighbouring elements (`x_bar[i - 1] += ..., x_bar[i + 1] += ...`), which meet from
 * one iteration to the next, go to loops of their own: each can be vectorized, and says so.
 *
 * The sums are the same but for rounding. `--plan=no-order` switches it off. */
#include "ad/nest.h"
#include "ad/reverse.h"

#include <stdio.h>

enum { SHORT = 8 };

/* ---- writing ---------------------------------------------------------------------------------- */

static bool summed_before(const struct block *body, size_t item) {
    for (size_t k = 0; k < item; k++)
        if (body->items[k]->kind == STMT_SET && expr_equal(body->items[k]->to, body->items[item]->to))
            return true;
    return false;
}

static const char *pragma_for(struct nest_ordering *o, const struct block *body) {
    struct arena *arena = o->work->ad->arena;
    const char *sums = "";
    for (size_t k = 0; k < body->count; k++) {
        const struct stmt *stmt = body->items[k];
        if (stmt->kind != STMT_SET || stmt->to->kind != EXPR_VAR || nest_local_of(body, stmt))
            continue;
        const char *name = stmt->to->u.var->name;
        if (!summed_before(body, k))
            sums = arena_printf(arena, "%s%s%s", sums, *sums ? ", " : "", name);
    }
    return *sums ? arena_printf(arena, "omp simd reduction(+ : %s)", sums) : "omp simd";
}

/* So few iterations that compilers unroll them. */
static bool is_short(const struct stmt *loop) {
    long long lo, hi, step;
    return expr_is_const_int(loop->u.loop.lo, &lo) && expr_is_const_int(loop->u.loop.hi, &hi) &&
           expr_is_const_int(loop->u.loop.step, &step) && (hi - lo) / step < SHORT;
}

static void write_group(struct nest_ordering *o, const struct block *body, const struct nest_group *group,
                        struct block *out) {
    bool taken[NEST_ACCESSES];
    struct copy_map map = nest_new_map(o->work, o->func);
    struct stmt *loop = nest_new_loop(o->work, o->func, o->nest.loops[o->nest.count - 1], &map);
    nest_close(body, group, taken);
    nest_copy(o->func, &map, body, taken, &loop->u.loop.body);
    clean_sink(o->work->ad->unit, &loop->u.loop.body);
    if (group->vector && !is_short(loop))
        loop->u.loop.pragma = pragma_for(o, &loop->u.loop.body);
    block_add(o->work->ad->unit, out, loop);
}

static void write_loops(struct nest_ordering *o, const struct block *body,
                        const struct nest_accesses *accesses, struct block *out) {
    struct nest_group groups[NEST_GROUPS];
    size_t count = nest_choose_loops(&o->nest, body, accesses, groups);
    for (size_t k = 0; k < count; k++)
        write_group(o, body, &groups[k], out);
}

/* Where the loop's variables go: behind its condition, if a sum must not be added when it does not run. */
static struct block *sum_place(struct nest_ordering *o, const struct nest_sums *sums, struct block *out,
                               bool *runs) {
    struct unit *unit = o->work->ad->unit;
    bool touched = true;
    *runs = nest_runs(&o->nest, o->nest.count - 1);
    for (size_t k = 0; k < sums->targets.count; k++)
        touched &= nest_is_touched(o->before, sums->targets.items[k]);
    if (touched || *runs)
        return out;
    struct stmt *guard = stmt_if(unit, nest_condition(o));
    block_add(unit, out, guard);
    *runs = true;
    return &guard->u.branch.then;
}

/* The iterations between the first and the last, if that makes their accesses dense, and then those two. */
static bool peel(struct nest_ordering *o, const struct block *body, struct block *out) {
    struct unit *unit = o->work->ad->unit;
    struct nest_ordering middle = *o;
    struct nest_accesses accesses;
    struct copy_map map = nest_new_map(o->work, o->func), edge_map = nest_new_map(o->work, o->func);
    struct block plain = {0};
    if (!nest_has_edges(&o->nest, body))
        return false;
    middle.nest.loops[o->nest.count - 1] = nest_middle(&o->nest);
    nest_copy(o->func, &map, body, NULL, &plain);
    if (!nest_make_plain(&middle.nest, &plain) || !nest_collect(&middle.nest, &plain, &accesses) ||
        !nest_is_dense(&middle.nest, &accesses) || !nest_order_inner(&middle, &plain, out))
        return false;
    struct stmt *edges = nest_new_loop(o->work, o->func, nest_edges(&o->nest), &edge_map);
    nest_copy(o->func, &edge_map, body, NULL, &edges->u.loop.body);
    edges->comment = "/* the first and the last */";
    block_add(unit, out, edges);
    return true;
}

/* The innermost loop of the nest over the body; false if it must stay as it is. */
bool nest_order_inner(struct nest_ordering *o, struct block *body, struct block *out) {
    struct unit *unit = o->work->ad->unit;
    struct nest_accesses accesses;
    struct nest_sums sums = {{0}, {0}};
    bool runs;
    if (body->count > NEST_ACCESSES || !nest_is_simple(body) || !nest_collect(&o->nest, body, &accesses) ||
        !nest_is_free(&o->nest, &accesses, o->nest.count - 1))
        return false;
    if (!nest_is_dense(&o->nest, &accesses) && peel(o, body, out))
        return true;
    nest_write_last(&o->nest, body, &accesses);
    nest_sum_locally(o, body, &accesses, &sums);
    struct block *to = sum_place(o, &sums, out, &runs);
    nest_read_before(o, body, &accesses, runs, to);
    if (!nest_collect(&o->nest, body, &accesses))
        BUG("the body of a loop became another");
    for (size_t k = 0; k < sums.vars.count; k++)
        block_add(unit, to, stmt_decl(unit, sums.vars.items[k], expr_zero(unit, sums.vars.items[k]->type)));
    write_loops(o, body, &accesses, to);
    for (size_t k = 0; k < sums.vars.count; k++)
        block_add(
            unit, to,
            stmt_set(unit, (struct expr *)sums.targets.items[k], expr_var(unit, sums.vars.items[k]), true));
    return true;
}

/* ---- the pass --------------------------------------------------------------------------------- */

static void order_block(struct nest_ordering *o, struct block *block);

struct nested {
    struct nest_ordering *o;
};

static void order_nested(struct block *block, void *data) {
    order_block(((struct nested *)data)->o, block);
}

/* The declaration of a mirrored index goes: the loop over the index itself takes its place. */
static struct block own_body(const struct stmt *loop, const struct stmt *head) {
    struct block body = loop->u.loop.body;
    if (head->u.loop.index != loop->u.loop.index) {
        body.items++;
        body.count--;
    }
    return body;
}

struct count {
    size_t loops, vectors;
};

static void count_loop(struct stmt *stmt, void *data) {
    struct count *count = data;
    count->loops += stmt->kind == STMT_FOR;
    count->vectors += stmt->kind == STMT_FOR && stmt->u.loop.pragma;
}

/* With --report: what has become of the reverse of a loop. */
static void report(const struct nest_ordering *o, const struct stmt *loop, const struct block *made,
                   bool turned) {
    struct count count = {0, 0};
    if (!o->work->ad->options->report)
        return;
    block_walk((struct block *)made, count_loop, &count);
    printf("%s: line %u: the reverse loop runs upward%s", o->func->name, loop->u.loop.upward->loc.line,
           turned ? ", as the inner one of two" : "");
    if (count.loops > 1 + (size_t)turned)
        printf(", in %zu parts", count.loops - turned);
    printf("%s\n", count.vectors ? ", with independent iterations" : "");
}

/* The body with its walking integers said by the index. */
static bool order_walked(struct nest_ordering *o, const struct block *body, struct block *out) {
    struct copy_map map = nest_new_map(o->work, o->func);
    struct block copy = {0};
    nest_copy(o->func, &map, body, NULL, &copy);
    nest_stop_walking(&o->nest, &copy, out);
    if (out->count && nest_order_inner(o, &copy, out))
        return true;
    out->count = 0;
    return false;
}

static bool order_loop(struct nest_ordering *o, struct stmt *loop, struct block *out) {
    struct block body = own_body(loop, loop->u.loop.upward);
    struct block made = {0};
    bool turned = false;
    if (!nest_order_inner(o, &body, &made) && !order_walked(o, &body, &made) &&
        !(turned = nest_interchange(o, &body, &made)))
        return false;
    report(o, loop, &made, turned);
    struct stmt *only = NULL;
    size_t loops = 0;
    for (size_t k = 0; k < made.count; k++)
        if (made.items[k]->kind == STMT_FOR && ++loops)
            only = made.items[k];
    if (loops == 1 && nest_is_simple(&only->u.loop.body))
        only->u.loop.upward = only; /* the loop around it may take its place */
    made.items[0]->comment = loop->comment;
    block_append(o->work->ad->unit, out, &made);
    return true;
}

/* A loop of the forward sweep stays as it is, so that values are those of the primal. Where nobody gets
 * these, its sums may be formed in any order, too. */
static void mark_forward(struct nest_ordering *o, struct stmt *loop) {
    struct nest_accesses accesses;
    struct nest_group all;
    const struct block *body = &loop->u.loop.body;
    if (!o->work->unwanted || loop->u.loop.has_break || is_short(loop) || body->count > NEST_ACCESSES ||
        !nest_is_simple(body) || !nest_collect(&o->nest, body, &accesses) ||
        !nest_is_free(&o->nest, &accesses, o->nest.count - 1) || !nest_is_dense(&o->nest, &accesses))
        return;
    nest_all_in_one(body, &all);
    if (nest_is_vector(&o->nest, &accesses, &all))
        loop->u.loop.pragma = pragma_for(o, body);
}

static void order_stmt(struct nest_ordering *o, struct stmt *stmt, struct block *out) {
    struct nested nested = {o};
    bool counted = stmt->kind == STMT_FOR && o->nest.count < NEST_LOOPS;
    if (counted)
        o->nest.loops[o->nest.count++] = stmt->u.loop.upward ? stmt->u.loop.upward : stmt;
    stmt_each_block(stmt, order_nested, &nested);
    o->before = out;
    if (counted && !stmt->u.loop.upward)
        mark_forward(o, stmt);
    if (!counted || !stmt->u.loop.upward || !order_loop(o, stmt, out))
        block_add(o->work->ad->unit, out, stmt);
    o->nest.count -= counted;
}

static void order_block(struct nest_ordering *o, struct block *block) {
    struct block out = {0};
    for (size_t k = 0; k < block->count; k++)
        order_stmt(o, block->items[k], &out);
    *block = out;
}

void nest_order(struct work *work, struct func *func) {
    struct nest_ordering o = {work, func, {work, {NULL}, 0}, NULL};
    if (!work->failed && !work->ad->options->store_all && !work->ad->options->no_order)
        order_block(&o, &func->body);
}
