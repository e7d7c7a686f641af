/* reverse_fused: loops whose iterations are reversed at once (fuse.c), and branches that hold such loops: one
 * block has both sweeps. What it recorded is taken off the record at its end. */
#include "ad/reverse.h"

/* ---- a block with both sweeps ------------------------------------------------------------------ */

static struct func *mark_func(struct work *work, const char *name, struct type *result, struct expr **args,
                              size_t count) {
    struct type *types[2] = {args[0]->type, count > 1 ? args[1]->type : NULL};
    return runtime_func(work->ad, name, result, types, count);
}

static struct var *declare_mark(struct work *work, struct block *out) {
    struct unit *unit = work->ad->unit;
    struct type *type = type_opaque(unit->types, "cgrad_mark");
    struct var *mark =
        func_add_var(unit, work->forward, VAR_LOCAL, work_name(work, work->forward, "mark"), type);
    struct expr **args = NEW_ARRAY(unit->arena, struct expr *, 1);
    args[0] = save_record(work);
    block_add(unit, out, stmt_decl(unit, mark, NULL));
    block_add(
        unit, out,
        stmt_call(unit, expr_var(unit, mark), mark_func(work, "cgrad_record_mark", type, args, 1), args, 1));
    return mark;
}

static void release_to(struct work *work, struct var *mark, struct block *out) {
    struct unit *unit = work->ad->unit;
    struct expr **args = NEW_ARRAY(unit->arena, struct expr *, 2);
    args[0] = save_record(work);
    args[1] = expr_var(unit, mark);
    block_add(unit, out,
              stmt_call(unit, NULL, mark_func(work, "cgrad_record_release", type_void(unit->types), args, 2),
                        args, 2));
}

/* Writes both sweeps of the block to `both`. A mark is set in `before` if something is recorded. */
static void reverse_whole(struct work *work, struct block *block, struct block *before, struct block *both) {
    struct unit *unit = work->ad->unit;
    struct var *cursor = work->cursor_var;
    struct block reverse = {0};
    work->cursor_var = NULL;
    reverse_block(work, block, both, &reverse, true, true);
    clean_join(&reverse);
    clean_sink(unit, &reverse);
    if (reverse.count)
        block_add(unit, both, stmt_raw(unit, "/* reverse sweep */"));
    bool used = work->record_var && block_mentions(both, work->record_var);
    struct var *own = used ? work->cursor_var : NULL; /* the entries may all have found slots */
    struct var *mark = own ? declare_mark(work, before) : NULL;
    if (own && block_mentions(&reverse, own))
        declare_cursor(work, both);
    block_append(unit, both, &reverse);
    if (own)
        release_to(work, mark, both);
    work->cursor_var = cursor;
}

/* ---- statements ------------------------------------------------------------------------------- */

static void fused_loop(struct work *work, struct stmt *stmt, struct block *out) {
    struct unit *unit = work->ad->unit;
    struct var *index = stmt->u.loop.index;
    struct stmt *copy = stmt_new(unit, STMT_FOR, stmt->loc);
    copy->trailing = stmt->trailing;
    copy->u.loop = stmt->u.loop;
    copy->u.loop.body = (struct block){0};
    copy->u.loop.lo = forward_of(work, stmt->u.loop.lo);
    copy->u.loop.hi = forward_of(work, stmt->u.loop.hi);
    copy->u.loop.step = forward_of(work, stmt->u.loop.step);
    copy->u.loop.index =
        func_add_var(unit, work->forward, VAR_LOCAL, index->name, assigned_type(work, index->type));
    struct expr *outer = work->reverse_map.vars[index->id];
    work->forward_map.vars[index->id] = work->reverse_map.vars[index->id] =
        expr_var(unit, copy->u.loop.index);
    if (stmt->comment)
        block_add(unit, out, stmt_raw(unit, stmt->comment));
    block_add(unit, out, stmt_raw(unit, "/* forward and reverse sweep of each iteration */"));
    reverse_whole(work, &stmt->u.loop.body, out, &copy->u.loop.body);
    work->reverse_map.vars[index->id] = outer;
    block_add(unit, out, copy);
}

static void fused_branches(struct work *work, struct stmt *stmt, struct block *out) {
    struct unit *unit = work->ad->unit;
    struct stmt *copy = stmt_if(unit, forward_of(work, stmt->u.branch.cond));
    carry_comment(copy, stmt);
    reverse_whole(work, &stmt->u.branch.then, out, &copy->u.branch.then);
    reverse_whole(work, &stmt->u.branch.other, out, &copy->u.branch.other);
    block_add(unit, out, copy);
}

void reverse_fused(struct work *work, struct stmt *stmt, struct block *both, struct block *reverse) {
    struct block forward = {0};
    struct block pops = save_overwritten(work, stmt, &forward);
    block_append(work->ad->unit, both, &forward);
    if (stmt->kind == STMT_FOR)
        fused_loop(work, stmt, both);
    else
        fused_branches(work, stmt, both);
    block_append(work->ad->unit, reverse, &pops);
}
