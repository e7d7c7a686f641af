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

enum { GROUPS = 8, APART_SIZE = 60 /* nodes that may be computed again in each loop */ };

struct body_group { /* the assignments that go to one loop, by their index in the body */
    size_t items[NEST_ACCESSES];
    size_t count;
    bool vector;
};

/* ---- bodies ----------------------------------------------------------------------------------- */

static bool is_simple(const struct block *body) {
    for (size_t k = 0; k < body->count; k++)
        if (body->items[k]->kind != STMT_DECL && body->items[k]->kind != STMT_SET)
            return false;
    return body->count > 0;
}

/* The variable of the body that the statement makes or changes; NULL for an assignment that outlives it. */
static const struct var *local_of(const struct block *body, const struct stmt *stmt) {
    const struct var *var = stmt->kind == STMT_DECL                  ? stmt->u.decl.var
                            : stmt->to && stmt->to->kind == EXPR_VAR ? stmt->to->u.var
                                                                     : NULL;
    for (size_t k = 0; var && k < body->count; k++)
        if (body->items[k]->kind == STMT_DECL && body->items[k]->u.decl.var == var)
            return var;
    return NULL;
}

/* What the assignments of the group take: themselves and the locals that they, and those, are computed from.
 */
static void close_group(const struct block *body, const struct body_group *group, bool *taken) {
    for (size_t k = 0; k < body->count; k++)
        taken[k] = false;
    for (size_t k = 0; k < group->count; k++)
        taken[group->items[k]] = true;
    for (bool again = true; again;) {
        again = false;
        for (size_t k = 0; k < body->count; k++) {
            const struct var *local = local_of(body, body->items[k]);
            for (size_t m = 0; m < body->count && local && !taken[k]; m++)
                if (taken[m] &&
                    (stmt_mentions(body->items[m], local) || local_of(body, body->items[m]) == local))
                    again = taken[k] = true;
        }
    }
}

/* ---- legality --------------------------------------------------------------------------------- */

/* No iteration of the loops from `level` on sees what another does, but for sums. */
static bool is_free(struct nest *nest, const struct nest_accesses *accesses, size_t level) {
    for (size_t k = 0; k < accesses->count; k++)
        for (size_t m = k; m < accesses->count; m++) {
            const struct nest_access *x = &accesses->list[k], *y = &accesses->list[m];
            if (nest_commute(x, y))
                continue;
            for (size_t at = level; at < nest->count; at++)
                if (nest_meet_across(nest, x, y, at))
                    return false;
        }
    return true;
}

/* ---- loops ------------------------------------------------------------------------------------ */

static struct stmt *new_loop(struct work *work, struct func *func, const struct stmt *head,
                             struct copy_map *map) {
    struct unit *unit = work->ad->unit;
    struct stmt *loop = stmt_new(unit, STMT_FOR, (struct loc){0});
    struct var *index =
        func_add_var(unit, func, VAR_LOCAL, head->u.loop.index->name, head->u.loop.index->type);
    loop->u.loop = head->u.loop;
    loop->u.loop.declares = true;
    loop->u.loop.body = (struct block){0};
    loop->u.loop.lo = expr_copy(map, head->u.loop.lo);
    loop->u.loop.hi = expr_copy(map, head->u.loop.hi);
    loop->u.loop.step = expr_copy(map, head->u.loop.step);
    loop->u.loop.index = index;
    map->vars[head->u.loop.index->id] = expr_var(unit, index);
    return loop;
}

static struct copy_map new_map(struct work *work, struct func *func) {
    size_t room = func->vars.count;
    return (struct copy_map){work->ad->unit, NEW_ARRAY(work->ad->arena, struct expr *, room + 1), room};
}

/* Copies statements, each declared variable afresh. */
static void copy_items(struct func *func, struct copy_map *map, const struct block *body, const bool *taken,
                       struct block *out) {
    for (size_t k = 0; k < body->count; k++) {
        const struct stmt *stmt = body->items[k];
        if (taken && !taken[k])
            continue;
        if (stmt->kind == STMT_DECL) {
            struct var *var = stmt->u.decl.var;
            map->vars[var->id] =
                expr_var(map->unit, func_add_var(map->unit, func, VAR_LOCAL, var->name, var->type));
        }
        block_add(map->unit, out, stmt_copy(map, stmt));
    }
}

struct ordering {
    struct work *work;
    struct func *func;
    struct nest nest;
    const struct block *before; /* what stands before the loop in its block */
};

/* ---- values and sums that are the same element in every iteration ----------------------------- */

/* The element is one that the block before the loop touches: it is there even if the loop does not run. */
static bool is_touched(const struct block *before, const struct expr *lvalue) {
    for (size_t k = 0; k < before->count; k++)
        if (before->items[k]->kind == STMT_SET && expr_equal(before->items[k]->to, lvalue))
            return true;
    return false;
}

static bool is_fixed(const struct ordering *o, const struct block *body, const struct expr *e) {
    for (size_t k = 0; k < body->count; k++)
        if (body->items[k]->kind == STMT_DECL && expr_mentions((struct expr *)e, body->items[k]->u.decl.var))
            return false;
    return !expr_mentions((struct expr *)e, o->nest.loops[o->nest.count - 1]->u.loop.index);
}

/* Assigned by the body, not only declared. */
static bool is_changed(const struct block *body, const struct var *var) {
    for (size_t k = 0; k < body->count; k++)
        if (body->items[k]->kind == STMT_SET && body->items[k]->to->kind == EXPR_VAR &&
            body->items[k]->to->u.var == var)
            return true;
    return false;
}

/* The condition that the innermost loop has an iteration. */
static struct expr *runs_at_all(struct ordering *o) {
    const struct stmt *head = o->nest.loops[o->nest.count - 1];
    struct copy_map same = {o->work->ad->unit, NULL, 0};
    return expr_binary(o->work->ad->unit, head->u.loop.rel, expr_copy(&same, head->u.loop.lo),
                       expr_copy(&same, head->u.loop.hi));
}

struct exchange {
    const struct expr *from;
    struct expr *to;
};

static void exchange_value(struct expr **e, void *data) {
    struct exchange *x = data;
    if (expr_equal(*e, x->from)) {
        *e = x->to;
        return;
    }
    for (size_t k = 0; k < (*e)->arg_count; k++)
        exchange_value(&(*e)->args[k], data);
}

/* The body's own variable that is nothing else than the load, moved before the loop; or a new one. */
static struct var *take_before(struct ordering *o, struct block *body, const struct expr *load, bool runs,
                               struct block *before) {
    bool sure = runs || is_touched(o->before, load);
    struct unit *unit = o->work->ad->unit;
    struct copy_map same = {unit, NULL, 0};
    for (size_t k = 0; k < body->count; k++) {
        struct stmt *stmt = body->items[k];
        if (!sure || stmt->kind != STMT_DECL || !expr_equal(stmt->u.decl.init, load) ||
            is_changed(body, stmt->u.decl.var))
            continue;
        block_add(unit, before, stmt);
        body->count--;
        for (; k < body->count; k++)
            body->items[k] = body->items[k + 1];
        return stmt->u.decl.var;
    }
    const char *name = arena_printf(unit->arena, "%s_seed", expr_root(load)->name);
    struct var *var =
        func_add_var(unit, o->func, VAR_LOCAL, work_name(o->work, o->func, name), load->type->plain);
    struct expr *value = expr_copy(&same, load);
    if (!sure)
        value = expr_cond(unit, runs_at_all(o), value, expr_zero(unit, load->type));
    block_add(unit, before, stmt_decl(unit, var, value));
    return var;
}

/* An adjoint that the body reads in every iteration is read before the loop, since compilers cannot know that
 * what is added to others leaves it alone. */
static void read_before(struct ordering *o, struct block *body, const struct nest_accesses *accesses,
                        bool runs, struct block *before) {
    struct copy_map same = {o->work->ad->unit, NULL, 0};
    VEC(const struct expr *) loads = {0};
    for (size_t k = 0; k < accesses->count; k++) {
        const struct nest_access *access = &accesses->list[k];
        bool known = access->effect != NEST_READ || access->scalar || !access->companion;
        for (size_t m = 0; m < loads.count && !known; m++)
            known = expr_equal(loads.items[m], access->spelled);
        if (!known && type_is_real(access->spelled->type) && is_fixed(o, body, access->spelled))
            VEC_PUSH(o->work->ad->arena, loads, expr_copy(&same, access->spelled));
    }
    for (size_t k = 0; k < loads.count; k++) {
        struct var *var = take_before(o, body, loads.items[k], runs, before);
        struct exchange exchange = {loads.items[k], expr_var(o->work->ad->unit, var)};
        for (size_t m = 0; m < body->count; m++)
            if (body->items[m]->kind == STMT_SET)
                exchange_value(&body->items[m]->u.set.from, &exchange);
            else
                exchange_value(&body->items[m]->u.decl.init, &exchange);
    }
}

struct sums {
    VEC(const struct expr *) targets;
    VEC(struct var *) vars;
};

static struct var *sum_for(struct ordering *o, struct sums *sums, const struct expr *target) {
    struct unit *unit = o->work->ad->unit;
    for (size_t k = 0; k < sums->targets.count; k++)
        if (expr_equal(sums->targets.items[k], target))
            return sums->vars.items[k];
    const char *name = arena_printf(unit->arena, "%s_sum", expr_root(target)->name);
    struct var *var =
        func_add_var(unit, o->func, VAR_LOCAL, work_name(o->work, o->func, name), target->type->plain);
    VEC_PUSH(unit->arena, sums->targets, target);
    VEC_PUSH(unit->arena, sums->vars, var);
    return var;
}

static bool meets_adds_only(struct nest *nest, const struct nest_accesses *accesses,
                            const struct nest_access *add) {
    for (size_t k = 0; k < accesses->count; k++)
        if (!nest_commute(&accesses->list[k], add) && nest_meet_within(nest, &accesses->list[k], add))
            return false;
    return add->base != NULL;
}

/* `target += ...` in every iteration, the target in memory. */
static bool is_fixed_sum(struct ordering *o, const struct block *body, const struct nest_accesses *accesses,
                         const struct stmt *stmt, size_t item) {
    if (stmt->kind != STMT_SET || !stmt->u.set.add || stmt->to->kind == EXPR_VAR)
        return false;
    if (!is_fixed(o, body, stmt->to))
        return false;
    for (size_t k = 0; k < accesses->count; k++)
        if (accesses->list[k].item == item && accesses->list[k].effect == NEST_ADD)
            return meets_adds_only(&o->nest, accesses, &accesses->list[k]);
    return false;
}

static void sum_locally(struct ordering *o, struct block *body, const struct nest_accesses *accesses,
                        struct sums *sums) {
    for (size_t k = 0; k < body->count; k++)
        if (is_fixed_sum(o, body, accesses, body->items[k], k)) {
            struct var *sum = sum_for(o, sums, body->items[k]->to);
            body->items[k]->to = expr_var(o->work->ad->unit, sum);
        }
}

/* ---- which assignments share a loop ----------------------------------------------------------- */

static bool item_meets(struct nest *nest, const struct nest_accesses *accesses, size_t a, size_t b,
                       bool within) {
    for (size_t k = 0; k < accesses->count; k++)
        for (size_t m = 0; m < accesses->count; m++) {
            const struct nest_access *x = &accesses->list[k], *y = &accesses->list[m];
            if (x->item != a || y->item != b || x->scalar || y->scalar ||
                (x->effect == NEST_READ && y->effect == NEST_READ))
                continue;
            if (within ? nest_meet_within(nest, x, y) && !nest_commute(x, y)
                       : nest_meet_across(nest, x, y, nest->count - 1))
                return true;
        }
    return false;
}

/* Whether what item `a` is computed from, as far as it stands before item `before`, meets item `b` in an
 * iteration. */
static bool closure_meets(struct nest *nest, const struct block *body, const struct nest_accesses *accesses,
                          size_t a, size_t before, size_t b) {
    bool taken[NEST_ACCESSES];
    struct body_group one = {{a}, 1, false};
    close_group(body, &one, taken);
    for (size_t k = 0; k < body->count && k < before; k++)
        if (taken[k] && item_meets(nest, accesses, k, b, true))
            return true;
    return false;
}

static bool fits(struct nest *nest, const struct nest_accesses *accesses, const struct body_group *group,
                 size_t item) {
    for (size_t k = 0; k < group->count; k++)
        if (item_meets(nest, accesses, group->items[k], item, false))
            return false;
    return true;
}

/* The value is made of no variables of the body, which may change behind the statement. */
static bool reads_only_memory(const struct block *body, const struct stmt *stmt) {
    for (size_t k = 0; k < body->count; k++)
        if (body->items[k]->kind == STMT_DECL && type_is_real(body->items[k]->u.decl.var->type) &&
            expr_mentions(stmt->u.set.from, body->items[k]->u.decl.var))
            return false;
    return true;
}

/* What an assignment to memory changes, no statement behind it sees, nor does any change what it reads. */
static bool can_wait(struct nest *nest, const struct block *body, const struct nest_accesses *accesses,
                     size_t item) {
    const struct stmt *stmt = body->items[item];
    if (stmt->kind != STMT_SET || stmt->u.set.add || stmt->to->kind == EXPR_VAR ||
        !reads_only_memory(body, stmt))
        return false;
    for (size_t k = 0; k < accesses->count; k++)
        for (size_t m = 0; m < accesses->count; m++) {
            const struct nest_access *x = &accesses->list[k], *y = &accesses->list[m];
            if (x->item == item && y->item > item && !nest_commute(x, y) && nest_meet_within(nest, x, y))
                return false;
        }
    return true;
}

/* Adjoints that are set to zero when they have been used are set so at the end: nothing else keeps statements
 * together that could part. */
static void write_last(struct nest *nest, struct block *body, struct nest_accesses *accesses) {
    struct stmt *late[NEST_ACCESSES];
    size_t count = 0, kept = 0;
    for (size_t k = 0; k < body->count; k++)
        if (can_wait(nest, body, accesses, k))
            late[count++] = body->items[k];
        else
            body->items[kept++] = body->items[k];
    for (size_t k = 0; k < count; k++)
        body->items[kept + k] = late[k];
    nest_collect(nest, body, accesses);
}

enum { NO_GROUP = SIZE_MAX };

/* The first loop that assignment k may go to. `with`: it must go there, since it takes what is read before an
 * assignment of that loop changes it. */
static size_t first_group(struct nest *nest, const struct block *body, const struct nest_accesses *accesses,
                          const size_t *group_of, size_t k, size_t *with) {
    size_t first = 0;
    *with = NO_GROUP;
    for (size_t m = 0; m < k; m++) {
        if (local_of(body, body->items[m]))
            continue;
        if ((closure_meets(nest, body, accesses, m, body->count, k) ||
             closure_meets(nest, body, accesses, k, body->count, m)) &&
            group_of[m] > first)
            first = group_of[m];
        if (closure_meets(nest, body, accesses, k, m, m))
            *with = group_of[m];
    }
    return first;
}

/* Every assignment goes to the first loop in which it meets no other from one iteration to the next, and
 * before which it need not stand. False if some order cannot be kept. */
static bool part(struct nest *nest, const struct block *body, const struct nest_accesses *accesses,
                 struct body_group *groups, size_t *count) {
    size_t group_of[NEST_ACCESSES], with;
    *count = 0;
    for (size_t k = 0; k < body->count; k++) {
        if (local_of(body, body->items[k]))
            continue;
        size_t first = first_group(nest, body, accesses, group_of, k, &with);
        while (first < *count && !fits(nest, accesses, &groups[first], k))
            first++;
        if (first == GROUPS || (with != NO_GROUP && with != first))
            return false;
        if (first == *count)
            groups[(*count)++] = (struct body_group){.count = 0};
        groups[first].items[groups[first].count++] = k;
        group_of[k] = first;
    }
    return true;
}

static bool count_node(struct expr *e, void *data) {
    unsigned *size = data;
    *size += e->kind == EXPR_MATH || (e->kind == EXPR_BINARY && e->u.binary == BINARY_DIV) ? 16 : 1;
    return true;
}

static void count_expr(struct expr **e, void *data) {
    expr_walk(*e, count_node, data);
}

static unsigned size_of(const struct block *body, const bool *taken) {
    unsigned size = 0;
    for (size_t k = 0; k < body->count; k++)
        if (taken[k] && local_of(body, body->items[k]))
            stmt_each_expr(body->items[k], count_expr, &size);
    return size;
}

/* How much is computed again when the groups part. */
static unsigned size_again(const struct block *body, const struct body_group *groups, size_t count) {
    bool taken[NEST_ACCESSES], any[NEST_ACCESSES] = {false};
    unsigned sum = 0;
    for (size_t k = 0; k < count; k++) {
        close_group(body, &groups[k], taken);
        sum += size_of(body, taken);
        for (size_t m = 0; m < body->count; m++)
            any[m] |= taken[m];
    }
    return sum - size_of(body, any);
}

/* All that the loop touches lies in a row, or is the same throughout. */
static bool is_dense(struct nest *nest, const struct nest_accesses *accesses) {
    for (size_t k = 0; k < accesses->count; k++)
        if (nest_stride(nest, &accesses->list[k]) > 1)
            return false;
    return true;
}

/* No two iterations meet, sums in variables apart. */
static bool is_vector(struct nest *nest, const struct nest_accesses *accesses,
                      const struct body_group *group) {
    for (size_t k = 0; k < group->count; k++)
        for (size_t m = k; m < group->count; m++)
            if (item_meets(nest, accesses, group->items[k], group->items[m], false))
                return false;
    return true;
}

/* ---- writing ---------------------------------------------------------------------------------- */

static bool summed_before(const struct block *body, size_t item) {
    for (size_t k = 0; k < item; k++)
        if (body->items[k]->kind == STMT_SET && expr_equal(body->items[k]->to, body->items[item]->to))
            return true;
    return false;
}

static const char *pragma_for(struct ordering *o, const struct block *body) {
    struct arena *arena = o->work->ad->arena;
    const char *sums = "";
    for (size_t k = 0; k < body->count; k++) {
        const struct stmt *stmt = body->items[k];
        if (stmt->kind != STMT_SET || stmt->to->kind != EXPR_VAR || local_of(body, stmt))
            continue;
        const char *name = stmt->to->u.var->name;
        if (!summed_before(body, k))
            sums = arena_printf(arena, "%s%s%s", sums, *sums ? ", " : "", name);
    }
    return *sums ? arena_printf(arena, "omp simd reduction(+ : %s)", sums) : "omp simd";
}

static void write_group(struct ordering *o, const struct block *body, const struct body_group *group,
                        struct block *out) {
    bool taken[NEST_ACCESSES];
    struct copy_map map = new_map(o->work, o->func);
    struct stmt *loop = new_loop(o->work, o->func, o->nest.loops[o->nest.count - 1], &map);
    close_group(body, group, taken);
    copy_items(o->func, &map, body, taken, &loop->u.loop.body);
    clean_sink(o->work->ad->unit, &loop->u.loop.body);
    if (group->vector)
        loop->u.loop.pragma = pragma_for(o, &loop->u.loop.body);
    block_add(o->work->ad->unit, out, loop);
}

static void all_in_one(const struct block *body, struct body_group *group) {
    *group = (struct body_group){.count = 0};
    for (size_t k = 0; k < body->count; k++)
        if (!local_of(body, body->items[k]))
            group->items[group->count++] = k;
}

/* Which loops the body makes: one, or several that can be vectorized. */
static size_t choose_loops(struct nest *nest, const struct block *body, const struct nest_accesses *accesses,
                           struct body_group *groups) {
    size_t count;
    all_in_one(body, &groups[0]);
    if (!is_dense(nest, accesses))
        return 1;
    groups[0].vector = is_vector(nest, accesses, &groups[0]);
    if (groups[0].vector)
        return 1;
    if (!part(nest, body, accesses, groups, &count) || size_again(body, groups, count) > APART_SIZE) {
        all_in_one(body, &groups[0]);
        return 1;
    }
    for (size_t k = 0; k < count; k++)
        groups[k].vector = is_vector(nest, accesses, &groups[k]);
    return count;
}

static void write_loops(struct ordering *o, const struct block *body, const struct nest_accesses *accesses,
                        struct block *out) {
    struct body_group groups[GROUPS];
    size_t count = choose_loops(&o->nest, body, accesses, groups);
    for (size_t k = 0; k < count; k++)
        write_group(o, body, &groups[k], out);
}

/* Where the loop's variables go: behind its condition, if a sum must not be added when it does not run. */
static struct block *sum_place(struct ordering *o, const struct sums *sums, struct block *out, bool *runs) {
    struct unit *unit = o->work->ad->unit;
    bool touched = true;
    *runs = nest_runs(&o->nest, o->nest.count - 1);
    for (size_t k = 0; k < sums->targets.count; k++)
        touched &= is_touched(o->before, sums->targets.items[k]);
    if (touched || *runs)
        return out;
    struct stmt *guard = stmt_if(unit, runs_at_all(o));
    block_add(unit, out, guard);
    *runs = true;
    return &guard->u.branch.then;
}

static bool order_inner(struct ordering *o, struct block *body, struct block *out);

/* The iterations between the first and the last, if that makes their accesses dense, and then those two. */
static bool peel(struct ordering *o, const struct block *body, struct block *out) {
    struct unit *unit = o->work->ad->unit;
    struct ordering middle = *o;
    struct nest_accesses accesses;
    struct copy_map map = new_map(o->work, o->func), edge_map = new_map(o->work, o->func);
    struct block plain = {0};
    if (!nest_has_edges(&o->nest, body))
        return false;
    middle.nest.loops[o->nest.count - 1] = nest_middle(&o->nest);
    copy_items(o->func, &map, body, NULL, &plain);
    if (!nest_make_plain(&middle.nest, &plain) || !nest_collect(&middle.nest, &plain, &accesses) ||
        !is_dense(&middle.nest, &accesses) || !order_inner(&middle, &plain, out))
        return false;
    struct stmt *edges = new_loop(o->work, o->func, nest_edges(&o->nest), &edge_map);
    copy_items(o->func, &edge_map, body, NULL, &edges->u.loop.body);
    edges->comment = "/* the first and the last */";
    block_add(unit, out, edges);
    return true;
}

/* The innermost loop of the nest over the body; false if it must stay as it is. */
static bool order_inner(struct ordering *o, struct block *body, struct block *out) {
    struct unit *unit = o->work->ad->unit;
    struct nest_accesses accesses;
    struct sums sums = {{0}, {0}};
    bool runs;
    if (body->count > NEST_ACCESSES || !is_simple(body) || !nest_collect(&o->nest, body, &accesses) ||
        !is_free(&o->nest, &accesses, o->nest.count - 1))
        return false;
    if (!is_dense(&o->nest, &accesses) && peel(o, body, out))
        return true;
    write_last(&o->nest, body, &accesses);
    sum_locally(o, body, &accesses, &sums);
    struct block *to = sum_place(o, &sums, out, &runs);
    read_before(o, body, &accesses, runs, to);
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

/* ---- two loops -------------------------------------------------------------------------------- */

/* Declarations, one loop, and assignments before and behind it. */
struct pattern {
    size_t loop; /* its index in the body */
    struct stmt *inner;
    struct block declared, rest; /* the declarations, the assignments */
};

static bool match(struct unit *unit, const struct block *body, struct pattern *p) {
    *p = (struct pattern){0, NULL, {0}, {0}};
    for (size_t k = 0; k < body->count; k++) {
        struct stmt *stmt = body->items[k];
        if (stmt->kind == STMT_FOR && !p->inner) {
            p->inner = stmt;
            p->loop = k;
        } else if (stmt->kind == STMT_SET && !local_of(body, stmt)) {
            block_add(unit, &p->rest, stmt);
        } else if (stmt->kind == STMT_DECL && !p->inner) {
            block_add(unit, &p->declared, stmt);
        } else {
            return false;
        }
    }
    return p->inner && is_simple(&p->inner->u.loop.body) && p->inner->u.loop.upward == p->inner;
}

/* The bounds of the inner loop are the same in every iteration of the outer one. */
static bool is_square(const struct pattern *p, const struct stmt *outer) {
    struct stmt *inner = p->inner;
    struct expr *heads[] = {inner->u.loop.lo, inner->u.loop.hi, inner->u.loop.step};
    for (size_t k = 0; k < 3; k++) {
        if (expr_mentions(heads[k], outer->u.loop.index))
            return false;
        for (size_t m = 0; m < p->declared.count; m++)
            if (expr_mentions(heads[k], p->declared.items[m]->u.decl.var))
                return false;
    }
    return true;
}

/* The assignments around the inner loop, in a loop of their own behind it: what they change, nothing else
 * sees in another iteration, nor behind them in the same. `both`: the nest with the inner loop; `inner`: the
 * accesses of the declarations and of the loop. */
static bool can_follow(struct nest *outer, struct nest *both, const struct block *body,
                       const struct pattern *p, const struct nest_accesses *inner) {
    struct nest_accesses moved;
    size_t before = 0;
    if (!p->rest.count)
        return true;
    if (!nest_collect(outer, &p->rest, &moved))
        return false;
    for (size_t k = 0; k < p->loop; k++)
        before += body->items[k]->kind == STMT_SET;
    for (size_t k = 0; k < moved.count; k++)
        for (size_t m = 0; m < inner->count; m++) {
            const struct nest_access *x = &moved.list[k], *y = &inner->list[m];
            bool passes = x->item < before && y->item >= p->declared.count;
            if (nest_commute(x, y))
                continue;
            if (nest_meet_across(both, x, y, outer->count - 1) ||
                (passes && (nest_meet_within(both, x, y) || nest_meet_across(both, x, y, outer->count))))
                return false;
        }
    for (size_t k = 0; k < p->declared.count; k++) /* they stay with the inner loop */
        if (block_mentions((struct block *)&p->rest, p->declared.items[k]->u.decl.var))
            return false;
    return true;
}

/* No declaration stands behind an assignment. */
static bool declares_first(const struct block *body) {
    for (size_t k = 1; k < body->count; k++)
        if (body->items[k]->kind == STMT_DECL && body->items[k - 1]->kind != STMT_DECL)
            return false;
    return true;
}

/* A declaration must find the same in every iteration of the inner loop, where it moves. */
static bool can_sink(struct nest *nest, const struct pattern *p, const struct nest_accesses *accesses) {
    for (size_t k = 0; k < accesses->count; k++)
        for (size_t m = 0; m < accesses->count; m++)
            if (accesses->list[k].item < p->declared.count && accesses->list[m].effect != NEST_READ &&
                (nest_meet_within(nest, &accesses->list[k], &accesses->list[m]) ||
                 nest_meet_across(nest, &accesses->list[k], &accesses->list[m], nest->count - 1)))
                return false;
    return true;
}

static unsigned cost(struct nest *nest, const struct nest_accesses *accesses) {
    unsigned sum = 0;
    for (size_t k = 0; k < accesses->count; k++)
        sum += nest_stride(nest, &accesses->list[k]) > 1;
    return sum;
}

/* for (i) { d; for (k) b; r; }  becomes  for (k) for (i) { d; b; }  for (i) r; */
static bool interchange(struct ordering *o, struct block *body, struct block *out) {
    struct unit *unit = o->work->ad->unit;
    struct pattern p;
    size_t outer = o->nest.count - 1;
    const struct stmt *head = o->nest.loops[outer];
    if (!match(unit, body, &p) || !is_square(&p, head) || !declares_first(body) ||
        o->nest.count == NEST_LOOPS)
        return false;
    struct block all = {0}, behind = {0};
    block_append(unit, &all, &p.declared);
    block_append(unit, &all, &p.inner->u.loop.body);
    struct nest_accesses accesses;
    struct nest both = o->nest, turned = o->nest;
    both.loops[both.count++] = p.inner;
    turned.loops[outer] = p.inner;
    turned.loops[turned.count++] = head;
    if (all.count > NEST_ACCESSES || !nest_collect(&both, &all, &accesses) ||
        cost(&turned, &accesses) >= cost(&both, &accesses) || !is_free(&both, &accesses, outer) ||
        !can_sink(&both, &p, &accesses))
        return false;
    if (!can_follow(&o->nest, &both, body, &p, &accesses) ||
        (p.rest.count && !order_inner(o, &p.rest, &behind)))
        return false;
    struct copy_map map = new_map(o->work, o->func);
    struct stmt *loop = new_loop(o->work, o->func, p.inner, &map);
    struct block copy = {0};
    copy_items(o->func, &map, &all, NULL, &copy);
    struct ordering inner = *o;
    inner.before = &loop->u.loop.body;
    inner.nest = turned;
    inner.nest.loops[outer] = loop;
    if (!order_inner(&inner, &copy, &loop->u.loop.body))
        return false;
    loop->u.loop.pragma = NULL;
    block_add(unit, out, loop);
    block_append(unit, out, &behind);
    return true;
}

/* ---- the pass --------------------------------------------------------------------------------- */

static void order_block(struct ordering *o, struct block *block);

struct nested {
    struct ordering *o;
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

static bool order_loop(struct ordering *o, struct stmt *loop, struct block *out) {
    struct block body = own_body(loop, loop->u.loop.upward);
    struct block made = {0};
    if (!order_inner(o, &body, &made) && !interchange(o, &body, &made))
        return false;
    struct stmt *only = NULL;
    size_t loops = 0;
    for (size_t k = 0; k < made.count; k++)
        if (made.items[k]->kind == STMT_FOR && ++loops)
            only = made.items[k];
    if (loops == 1 && is_simple(&only->u.loop.body))
        only->u.loop.upward = only; /* the loop around it may take its place */
    made.items[0]->comment = loop->comment;
    block_append(o->work->ad->unit, out, &made);
    return true;
}

static void order_stmt(struct ordering *o, struct stmt *stmt, struct block *out) {
    struct nested nested = {o};
    bool counted = stmt->kind == STMT_FOR && o->nest.count < NEST_LOOPS;
    if (counted)
        o->nest.loops[o->nest.count++] = stmt->u.loop.upward ? stmt->u.loop.upward : stmt;
    stmt_each_block(stmt, order_nested, &nested);
    o->before = out;
    if (!counted || !stmt->u.loop.upward || !order_loop(o, stmt, out))
        block_add(o->work->ad->unit, out, stmt);
    o->nest.count -= counted;
}

static void order_block(struct ordering *o, struct block *block) {
    struct block out = {0};
    for (size_t k = 0; k < block->count; k++)
        order_stmt(o, block->items[k], &out);
    *block = out;
}

void nest_order(struct work *work, struct func *func) {
    struct ordering o = {work, func, {work, {NULL}, 0}, NULL};
    if (!work->failed && !work->ad->options->store_all && !work->ad->options->no_order)
        order_block(&o, &func->body);
}
