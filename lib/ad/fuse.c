/* fuse: a loop whose iterations are independent needs no record from one iteration to the next: each is
 * reversed at once, and what it recorded is gone. For that the adjoints behind the loop must be known before
 * it: what follows the loop in the block must be reversible without values of the loop. Statements behind it
 * that have nothing to do with it move before it.
 *
 *     before; loop; behind           forward sweep of before
 *                                    reverse sweep of behind
 *                                    for each iteration: forward sweep, reverse sweep
 *                                    forward sweep of behind
 *                                    reverse sweep of before
 *
 * This is done in functions that hold both sweeps, in the function's own block, in the branches of an `if`
 * that ends it, and in the bodies of fused loops. */
#include "ad/call.h"

struct fusion {
    struct work *work;
    VEC(struct stmt *) around; /* fused loops around the block */
};

bool fuse_is_fused(const struct work *work, const struct stmt *stmt) {
    for (size_t k = 0; k < work->fused.count; k++)
        if (work->fused.items[k] == stmt)
            return true;
    return false;
}

size_t fuse_find(const struct work *work, const struct block *block) {
    for (size_t k = 0; k < block->count; k++)
        if (fuse_is_fused(work, block->items[k]))
            return k;
    return block->count;
}

/* ---- effects ---------------------------------------------------------------------------------- */

static void add_effects(struct work *work, const struct stmt *stmt, struct bitset *reads,
                        struct bitset *writes) {
    const struct effects *effects = &work->facts->of_stmt[stmt->id];
    bitset_union(reads, &effects->reads);
    bitset_union(writes, &effects->writes);
    if (stmt->kind == STMT_DECL)
        bitset_add(writes, region_of_var(work->facts->regions, stmt->u.decl.var)->id);
}

struct search {
    struct work *work;
    const struct stmt *loop;
    bool found;
};

static void find_active(struct stmt *stmt, void *data) {
    struct search *search = data;
    search->found |= work_stmt_active(search->work, stmt);
}

static bool is_active(struct work *work, struct stmt *stmt) {
    struct search search = {work, NULL, false};
    struct block single = {&stmt, 1, 1};
    block_walk(&single, find_active, &search);
    return search.found;
}

/* ---- what may move ---------------------------------------------------------------------------- */

struct quiet {
    struct ad *ad;
    unsigned depth;
    bool ok;
};

/* Nothing but memory is touched, and control comes back. */
static void quiet_stmt(struct stmt *stmt, void *data) {
    struct quiet *q = data;
    if (stmt->kind == STMT_RAW || stmt->kind == STMT_BREAK || (stmt->kind == STMT_RETURN && q->depth == 0))
        q->ok = false;
    if (stmt->kind != STMT_CALL || !q->ok)
        return;
    struct func *callee = stmt->u.call.callee;
    const struct call_rule *rule = rules_call(q->ad->rules, callee->name);
    struct quiet inner = {q->ad, q->depth + 1, true};
    if (rule || !callee->defined || callee->unsupported || callee->custom_vjp || q->depth > 8) {
        q->ok = rule && (rule->class == CALL_COPY || rule->class == CALL_FILL || rule->class == CALL_ACTIVE);
        return;
    }
    block_walk(&callee->body, quiet_stmt, &inner);
    q->ok = inner.ok;
}

static bool is_quiet(struct work *work, struct stmt *stmt) {
    struct quiet q = {work->ad, 0, true};
    struct block single = {&stmt, 1, 1};
    block_walk(&single, quiet_stmt, &q);
    return q.ok;
}

/* ---- what follows the loop -------------------------------------------------------------------- */

struct behind {
    struct work *work;
    VEC(struct stmt *) moved, kept;
    struct bitset reads, writes; /* of the loop and the statements kept behind it */
};

/* The statements behind the loop, up to `end`. */
static void part_statements(struct behind *b, const struct block *block, size_t loop, size_t end) {
    struct regions *regions = b->work->facts->regions;
    add_effects(b->work, block->items[loop], &b->reads, &b->writes);
    for (size_t k = loop + 1; k < end; k++) {
        struct stmt *stmt = block->items[k];
        struct bitset reads = bitset_create(b->work->ad->arena), writes = bitset_create(b->work->ad->arena);
        add_effects(b->work, stmt, &reads, &writes);
        bool apart = !region_sets_overlap(regions, &reads, &b->writes) &&
                     !region_sets_overlap(regions, &writes, &b->writes) &&
                     !region_sets_overlap(regions, &writes, &b->reads);
        if (apart && is_quiet(b->work, stmt)) {
            VEC_PUSH(b->work->ad->arena, b->moved, stmt);
        } else {
            VEC_PUSH(b->work->ad->arena, b->kept, stmt);
            bitset_union(&b->reads, &reads);
            bitset_union(&b->writes, &writes);
        }
    }
}

struct reversal {
    struct behind *behind;
    bool ok;
};

static void reversal_need(struct expr *e, bool companion, void *data) {
    struct reversal *r = data;
    struct work *work = r->behind->work;
    struct bitset reads = bitset_create(work->ad->arena);
    (void)companion;
    expr_reads(work->facts->regions, e, &reads);
    r->ok &= !region_sets_overlap(work->facts->regions, &reads, &r->behind->writes);
}

/* Its companion is set up before the loop, from values that are not there yet. */
static bool sets_up_companion(struct work *work, const struct stmt *stmt) {
    struct expr *to = stmt->kind == STMT_DECL ? expr_var(work->ad->unit, stmt->u.decl.var) : stmt->to;
    return to && !type_is_arith(to->type) && activity_reaches(work->activity, to);
}

static void reversal_stmt(struct stmt *stmt, void *data) {
    struct reversal *r = data;
    struct work *work = r->behind->work;
    r->ok &= !sets_up_companion(work, stmt);
    bool loops = stmt->kind == STMT_FOR || stmt->kind == STMT_WHILE || stmt->kind == STMT_SWITCH;
    bool itself = work_stmt_active(work, stmt), active = is_active(work, stmt);
    if (active && (loops || stmt->kind == STMT_CALL))
        r->ok = false;
    if (itself && r->ok)
        needs_each(work, stmt, reversal_need, r);
    if (active && stmt->kind == STMT_IF)
        reversal_need(stmt->u.branch.cond, false, r);
}

/* The reverse sweep of what stays behind the loop can run before it. */
static bool reverses_early(struct behind *b) {
    struct reversal r = {b, true};
    for (size_t k = 0; k < b->kept.count && r.ok; k++) {
        struct block single = {&b->kept.items[k], 1, 1};
        block_walk(&single, reversal_stmt, &r);
    }
    return r.ok;
}

static void move_statements(struct block *block, size_t loop, const struct behind *b, size_t end) {
    struct stmt *item = block->items[loop];
    size_t at = loop;
    for (size_t k = 0; k < b->moved.count; k++)
        block->items[at++] = b->moved.items[k];
    block->items[at++] = item;
    for (size_t k = 0; k < b->kept.count; k++)
        block->items[at++] = b->kept.items[k];
    if (at != end)
        BUG("statements lost");
}

/* ---- second thoughts -------------------------------------------------------------------------- */

/* What the reverse sweep of an iteration takes back would be missing in the next one; behind the loop, there
 * is no record yet when the reverse sweep comes. */
static bool is_outside(const struct work *work, const struct stmt *loop, const struct var *var) {
    for (const struct stmt *s = work->layout->decl_of_var[var->id].owner; s;
         s = work->layout->of_stmt[s->id].owner)
        if (s == loop)
            return false;
    return true;
}

static void find_restored(struct stmt *stmt, void *data) {
    struct search *search = data;
    struct work *work = search->work;
    const struct stmt_plan *plan = &work->stmts[stmt->id];
    if (!search->loop && stmt->kind == STMT_DECL)
        search->found |= work->vars[stmt->u.decl.var->id].required; /* read before it is made */
    if (plan->undo || plan->flips)
        search->found |= !search->loop || is_outside(work, search->loop, stmt->to->u.var);
    for (size_t m = bitset_next(&plan->saves, 0); m != SIZE_MAX; m = bitset_next(&plan->saves, m + 1))
        search->found |= !search->loop || is_outside(work, search->loop, work->func->vars.items[m]);
}

static bool restores_values(struct work *work, struct stmt *loop) {
    const struct place *place = &work->layout->of_stmt[loop->id];
    struct search inside = {work, loop, false}, behind = {work, NULL, false};
    block_walk(&loop->u.loop.body, find_restored, &inside);
    for (size_t k = place->index + 1; k < place->block->count; k++) {
        struct block single = {&place->block->items[k], 1, 1};
        if (!fuse_is_fused(work, place->block->items[k]))
            block_walk(&single, find_restored, &behind);
        else
            behind.found |= !bitset_empty(&work->stmts[place->block->items[k]->id].saves);
    }
    return inside.found || behind.found;
}

bool fuse_fails(struct work *work) {
    bool failed = false;
    for (size_t k = 0; k < work->fused.count; k++) {
        struct stmt *stmt = work->fused.items[k];
        if (stmt->kind != STMT_FOR || !restores_values(work, stmt))
            continue;
        VEC_PUSH(work->ad->arena, *work->barred, stmt->loc);
        failed = true;
    }
    return failed;
}

static bool is_barred(const struct work *work, const struct stmt *loop) {
    for (size_t k = 0; k < work->barred->count; k++)
        if (work->barred->items[k].line == loop->loc.line &&
            work->barred->items[k].column == loop->loc.column)
            return true;
    return false;
}

/* ---- what there is to gain --------------------------------------------------------------------- */

static void find_recorded(struct stmt *stmt, void *data) {
    struct search *search = data;
    struct work *work = search->work;
    search->found |= !bitset_empty(&work->stmts[stmt->id].saves);
    if (stmt->kind == STMT_DECL)
        search->found |= work->vars[stmt->u.decl.var->id].keep == KEEP_RECORD;
    if (stmt->kind == STMT_CALL && work->stmts[stmt->id].active &&
        call_kind(work->ad, stmt, false) == CALL_KIND_PAIR)
        search->found |= pair_of_call(work, stmt)->records;
}

static void bar_idle(struct stmt *stmt, void *data) {
    struct work *work = data;
    struct search search = {work, NULL, false};
    if (stmt->kind != STMT_FOR)
        return;
    block_walk(&stmt->u.loop.body, find_recorded, &search);
    if (!search.found)
        VEC_PUSH(work->ad->arena, *work->barred, stmt->loc);
}

void fuse_bar_idle(struct work *work) {
    block_walk(&work->func->body, bar_idle, work);
}

/* ---- choice ----------------------------------------------------------------------------------- */

static bool fuse_block(struct fusion *f, struct block *block);

static bool is_candidate(struct work *work, struct stmt *stmt) {
    return stmt->kind == STMT_FOR && !stmt->u.loop.has_break && stmt->u.loop.declares &&
           !work_counter(work, stmt) && !is_barred(work, stmt) && is_active(work, stmt);
}

static bool can_fuse(struct fusion *f, struct block *block, size_t k, struct behind *b) {
    struct work *work = f->work;
    struct stmt *stmt = block->items[k];
    struct loop_query query = {stmt, f->around.items, f->around.count};
    if (!is_candidate(work, stmt))
        return false;
    part_statements(b, block, k, block->count);
    return reverses_early(b) && loop_is_independent(work->ad->program, work->activity, work->layout, &query);
}

static void fuse_body(struct fusion *f, struct stmt *loop) {
    struct ad *ad = f->work->ad;
    VEC_PUSH(ad->arena, f->work->fused, loop);
    VEC_PUSH(ad->arena, f->around, loop);
    fuse_block(f, &loop->u.loop.body);
    f->around.count--;
}

/* What lies between the loop and the fused ones behind it, at `group`, can move before the loop. */
static bool can_join(struct fusion *f, struct block *block, size_t k, size_t group, struct behind *b) {
    struct work *work = f->work;
    struct loop_query query = {block->items[k], f->around.items, f->around.count};
    if (!is_candidate(work, block->items[k]))
        return false;
    part_statements(b, block, k, group);
    if (b->kept.count > 0 || !loop_is_independent(work->ad->program, work->activity, work->layout, &query))
        return false;
    for (size_t other = group; other < block->count; other++)
        if (fuse_is_fused(work, block->items[other])) {
            struct loop_query second = {block->items[other], f->around.items, f->around.count};
            if (!loops_are_apart(work->ad->program, work->activity, &query, &second))
                return false;
        } else {
            VEC_PUSH(work->ad->arena, b->kept, block->items[other]);
            add_effects(work, block->items[other], &b->reads, &b->writes);
        }
    bool early = reverses_early(b);
    b->kept.count = 0;
    return early;
}

/* Loops before the fused one that have nothing to do with it are fused too. */
static void join_loops(struct fusion *f, struct block *block, size_t group) {
    for (size_t k = group; k-- > 0;) {
        struct arena *arena = f->work->ad->arena;
        struct behind b = {.work = f->work, .reads = bitset_create(arena), .writes = bitset_create(arena)};
        struct stmt *loop = block->items[k];
        if (loop->kind != STMT_FOR || !is_active(f->work, loop))
            continue;
        if (!can_join(f, block, k, group, &b))
            return;
        move_statements(block, k, &b, group);
        group = k + b.moved.count;
        fuse_body(f, loop);
    }
}

static bool fuse_loop(struct fusion *f, struct block *block) {
    for (size_t k = block->count; k-- > 0;) {
        struct arena *arena = f->work->ad->arena;
        struct behind b = {.work = f->work, .reads = bitset_create(arena), .writes = bitset_create(arena)};
        struct stmt *loop = block->items[k];
        if (!can_fuse(f, block, k, &b))
            continue;
        move_statements(block, k, &b, block->count);
        fuse_body(f, loop);
        join_loops(f, block, k + b.moved.count);
        return true;
    }
    return false;
}

/* The last statement, an `if`: each branch with all that follows in it. */
static bool fuse_branches(struct fusion *f, struct block *block) {
    struct stmt *last = block->count ? block->items[block->count - 1] : NULL;
    if (!last || last->kind != STMT_IF)
        return false;
    bool then = fuse_block(f, &last->u.branch.then), other = fuse_block(f, &last->u.branch.other);
    if (then || other)
        VEC_PUSH(f->work->ad->arena, f->work->fused, last);
    return then || other;
}

static bool fuse_block(struct fusion *f, struct block *block) {
    return fuse_branches(f, block) || fuse_loop(f, block);
}

void fuse_loops(struct work *work) {
    struct fusion f = {.work = work};
    if (work->split || !work->barred || work->ad->options->store_all || work->ad->options->no_fuse)
        return;
    fuse_block(&f, &work->func->body);
    work_analyse(work);
}
