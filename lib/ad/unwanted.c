/* unwanted: with --no-primal, what only the primal's results need is left out. Wanted are
 *
 * - what the reverse sweep reads, or the record keeps for it, and all conditions and bounds;
 * - what a wanted statement reads;
 * - whatever is not a real that the function itself or the caller of the derivative asked to do without: the
 * adjoints' own memory, pointers, integers, memory of others than the dependents, calls that do more than to
 * write such memory.
 *
 * Memory is told apart by regions, so a statement is wanted if any part of what it writes is. */
#include "ad/call.h"
#include "ad/request.h"

#include <stdio.h>

struct wanted {
    struct work *work;
    const struct request *request;
    struct bitset regions; /* whose values are read by something wanted */
    bool *keep;            /* by stmt->id */
    bool changed;
};

static void want_expr(struct wanted *w, const struct expr *e) {
    if (e)
        expr_reads(w->work->facts->regions, e, &w->regions);
}

/* ---- the reverse sweep's own wants ------------------------------------------------------------ */

static void want_need(struct expr *e, bool companion, void *data) {
    (void)companion;
    want_expr(data, e);
}

static void want_var(struct wanted *w, const struct var *var) {
    bitset_add(&w->regions, region_of_var(w->work->facts->regions, (struct var *)var)->id);
}

static void want_for_reverse(struct stmt *stmt, void *data) {
    struct wanted *w = data;
    struct work *work = w->work;
    const struct stmt_plan *plan = &work->stmts[stmt->id];
    for (size_t m = bitset_next(&plan->saves, 0); m != SIZE_MAX; m = bitset_next(&plan->saves, m + 1))
        want_var(w, work->func->vars.items[m]);
    if (!plan->active)
        return;
    needs_each(work, stmt, want_need, w);
    if (stmt->kind == STMT_CALL)
        call_reverse_reads(work, stmt, &w->regions);
}

static void want_variables(struct wanted *w) {
    struct work *work = w->work;
    for (size_t k = 0; k < work->func->vars.count && k < work->surveyed; k++) {
        const struct var *var = work->func->vars.items[k];
        if (work->vars[k].required || work->vars[k].keep == KEEP_RECORD)
            want_var(w, var);
        if (work->vars[k].keep == KEEP_RECOMPUTE)
            want_expr(w, record_again(work, var));
    }
}

/* ---- what may go ------------------------------------------------------------------------------ */

static bool is_dependent(const struct wanted *w, const struct region *region) {
    for (size_t k = 0; k < w->request->outputs.count; k++) {
        const struct var *var = w->request->outputs.items[k].var;
        if (region->root == (var->kind == VAR_PARAM ? w->work->func->params[var->id] : var))
            return true;
    }
    return region->root->kind == VAR_LOCAL || (region->root->kind == VAR_PARAM && !region_is_outer(region));
}

static bool writes_only_results(const struct wanted *w, const struct stmt *stmt) {
    const struct regions *regions = w->work->facts->regions;
    const struct bitset *writes = &w->work->facts->of_stmt[stmt->id].writes;
    for (size_t m = bitset_next(writes, 0); m != SIZE_MAX; m = bitset_next(writes, m + 1))
        if (!type_is_real(regions->all.items[m]->type) || !is_dependent(w, regions->all.items[m]))
            return false;
    return !bitset_empty(writes);
}

struct purity {
    struct work *work;
    const struct func *above[8];
    size_t depth;
    bool pure;
};

static void check_pure(struct stmt *stmt, void *data);

static bool is_pure_call(struct purity *p, const struct stmt *call) {
    const struct func *callee = call->u.call.callee;
    const struct call_rule *rule = rules_call(p->work->ad->rules, callee->name);
    if (rule)
        return rule->class == CALL_COPY || rule->class == CALL_FILL;
    if (!callee->defined || callee->unsupported || p->depth == sizeof p->above / sizeof *p->above)
        return false;
    for (size_t k = 0; k < p->depth; k++)
        if (p->above[k] == callee)
            return true;
    p->above[p->depth++] = callee;
    block_walk((struct block *)&callee->body, check_pure, p);
    p->depth--;
    return p->pure;
}

/* Memory that a callee allocates and frees again is its own affair; loops of an unknown number of iterations
 * may be how the program waits for something. */
static void check_pure(struct stmt *stmt, void *data) {
    struct purity *p = data;
    const struct call_rule *rule =
        stmt->kind == STMT_CALL ? rules_call(p->work->ad->rules, stmt->u.call.callee->name) : NULL;
    bool memory = rule && (rule->class == CALL_ALLOC || rule->class == CALL_FREE);
    if (stmt->kind == STMT_RAW || stmt->kind == STMT_WHILE)
        p->pure = false;
    else if (stmt->kind == STMT_CALL && !memory)
        p->pure = p->pure && is_pure_call(p, stmt);
}

static bool records_nothing(struct work *work, struct stmt *call) {
    if (!work->stmts[call->id].active || call_kind(work->ad, call, false) == CALL_KIND_RULE)
        return true;
    if (call_kind(work->ad, call, false) != CALL_KIND_PAIR)
        return false;
    const struct pair *pair = pair_of_call(work, call);
    return !pair->failed && !pair->records;
}

static bool may_go(const struct wanted *w, struct stmt *stmt) {
    struct purity purity = {.work = w->work, .pure = true};
    switch (stmt->kind) {
    case STMT_DECL: return stmt->u.decl.init && writes_only_results(w, stmt);
    case STMT_SET: return writes_only_results(w, stmt);
    case STMT_CALL:
        return writes_only_results(w, stmt) && is_pure_call(&purity, stmt) && records_nothing(w->work, stmt);
    case STMT_RETURN: return stmt->u.value != NULL;
    case STMT_IF:
    case STMT_FOR:
    case STMT_WHILE:
    case STMT_SWITCH:
    case STMT_BLOCK:
    case STMT_BREAK:
    case STMT_CONTINUE:
    case STMT_PUSH:
    case STMT_POP:
    case STMT_RAW: return false;
    }
    return false;
}

/* ---- the fixpoint ----------------------------------------------------------------------------- */

static void want_head(struct wanted *w, const struct stmt *stmt) {
    if (stmt->kind == STMT_IF)
        want_expr(w, stmt->u.branch.cond);
    else if (stmt->kind == STMT_WHILE)
        want_expr(w, stmt->u.while_.cond);
    else if (stmt->kind == STMT_SWITCH)
        want_expr(w, stmt->u.switch_.value);
    if (stmt->kind != STMT_FOR)
        return;
    want_expr(w, stmt->u.loop.lo);
    want_expr(w, stmt->u.loop.hi);
    want_expr(w, stmt->u.loop.step);
}

static bool is_simple(const struct stmt *stmt) {
    return stmt->kind == STMT_DECL || stmt->kind == STMT_SET || stmt->kind == STMT_CALL ||
           stmt->kind == STMT_RETURN;
}

static void want_stmt(struct stmt *stmt, void *data) {
    struct wanted *w = data;
    const struct effects *effects = &w->work->facts->of_stmt[stmt->id];
    if (w->keep[stmt->id])
        return;
    if (is_simple(stmt) && may_go(w, stmt) &&
        (stmt->kind == STMT_RETURN ||
         !region_sets_overlap(w->work->facts->regions, &effects->writes, &w->regions)))
        return;
    w->keep[stmt->id] = w->changed = true;
    if (is_simple(stmt))
        bitset_union(&w->regions, &effects->reads);
    else
        want_head(w, stmt);
}

void unwanted_find(struct work *work, const struct request *request) {
    size_t count = work->func->stmt_count + 1;
    struct wanted w = {work, request, bitset_create(work->ad->arena), NEW_ARRAY(work->ad->arena, bool, count),
                       true};
    block_walk(&work->func->body, want_for_reverse, &w);
    want_variables(&w);
    while (w.changed) {
        w.changed = false;
        block_walk(&work->func->body, want_stmt, &w);
    }
    work->unwanted = NEW_ARRAY(work->ad->arena, bool, count);
    size_t dropped = 0;
    for (size_t k = 1; k < count; k++)
        dropped += work->unwanted[k] = !w.keep[k];
    if (work->ad->options->report)
        printf("%s: %zu of %zu statements serve values alone and are left out\n", request->func->name,
               dropped, count - 1);
}

bool unwanted_stmt(const struct work *work, const struct stmt *stmt) {
    return work->unwanted && work->unwanted[stmt->id];
}
