/* inline_small: active calls of small straight-line callees are differentiated in place. A pair of functions
 * would hand every value that the reverse sweep needs through the record; in place, both sweeps see the same
 * variables where they share a block, and loops around the call can be seen to be independent.
 *
 * Small: at most SMALL statements, every loop among them of a constant few iterations, no assigned parameters
 * (walking pointers stay behind a call). What a function takes in this way is bounded, so that generated code
 * stays linear in the source. `--plan=no-inline` switches it off. */
#include "ad/private.h"

enum {
    SMALL = 40,      /* statements of a callee */
    SMALL_TRIPS = 8, /* iterations of its loops */
    BUDGET = 600     /* statements that one function takes in */
};

struct size {
    struct func *callee;
    unsigned count;
    bool straight;
};

static bool runs_few_times(const struct stmt *loop) {
    long long lo, hi;
    return expr_is_const_int(loop->u.loop.lo, &lo) && expr_is_const_int(loop->u.loop.hi, &hi) &&
           hi - lo <= SMALL_TRIPS && lo - hi <= SMALL_TRIPS && !loop->u.loop.has_break;
}

static void measure_stmt(struct stmt *stmt, void *data) {
    struct size *size = data;
    size->count++;
    size->straight &= stmt->kind != STMT_WHILE && stmt->kind != STMT_RAW &&
                      (stmt->kind != STMT_FOR || runs_few_times(stmt));
}

/* Neither assigned nor, a pointer, compared: what is passed may be an address. */
static bool keeps_params(const struct func *callee) {
    for (size_t k = 0; k < callee->vars.count; k++)
        if (callee->vars.items[k]->kind == VAR_STATIC_LOCAL)
            return false;
    for (size_t k = 0; k < callee->param_count; k++) {
        const struct var *param = callee->params[k];
        if (inline_is_assigned(callee, param) ||
            (type_is_pointer(param->type) && !inline_is_followed(callee, param)))
            return false;
    }
    return true;
}

unsigned inline_small_size(struct ad *ad, struct func *callee) {
    struct size size = {callee, 0, true};
    if (!inline_is_possible(ad, callee))
        return 0;
    block_walk(&callee->body, measure_stmt, &size);
    return size.straight && size.count <= SMALL && keeps_params(callee) ? size.count : 0;
}

static void inline_stmt(struct work *work, struct stmt *stmt, struct block *out) {
    unsigned size = stmt->kind == STMT_CALL ? inline_small_size(work->ad, stmt->u.call.callee) : 0;
    if (!size || work->inlined + size > BUDGET || !activity_call(work->ad->program, work->activity, stmt) ||
        !work_check(work->ad, stmt->u.call.callee, stmt->loc)) {
        block_add(work->ad->unit, out, stmt);
        return;
    }
    work->inlined += size;
    work->changed = true;
    inline_call(work, stmt, out);
}

void inline_small_calls(struct work *work) {
    work->changed = !work->ad->options->no_inline && !work->ad->options->store_all;
    while (work->changed) {
        work->changed = false;
        work_analyse(work);
        work_rebuild(work, &work->func->body, inline_stmt);
    }
}
