/* workspace: with --workspace a gradient comes a second time, as a function that allocates nothing:
 *
 *     size_t f_grad_workspace(int n);                                       bytes that it needs, by a closed
 * formula int f_grad_ws(int n, ..., double *returned, void *workspace, size_t size);  0, or 1: size is too
 * small
 *
 * The functions that are there are copied. The record fills the workspace from its beginning, memory that the
 * function or its callees allocate is taken from its end and never given back. The formula bounds both: what
 * a statement takes, times the iterations of the loops around it, said in the function's own parameters.
 * Indices and what is computed from them are replaced by their bounds, branches take the larger of both
 * sides. */
#include "ad/workspace.h"

#include <ctype.h>
#include <string.h>

/* ---- copies that take memory from the workspace ------------------------------------------------ */

struct copying {
    struct ad *ad;
    struct map *copies;  /* of callees, by name */
    struct func *func;   /* the copy */
    struct expr *record; /* cgrad_record *: the workspace */
    struct expr *value;  /* where the value goes, of the outermost function; NULL: nowhere */
    bool outermost;
};

static struct func *copy_func(struct copying *c, struct func *func, const char *name, struct copy_map *map) {
    struct unit *unit = c->ad->unit;
    struct func *copy = func_new(unit, name, func->result);
    size_t count = func->vars.count;
    *map = (struct copy_map){unit, NEW_ARRAY(unit->arena, struct expr *, count + 1), count};
    copy->defined = true;
    copy->loc = func->loc;
    for (size_t k = 0; k < count; k++) {
        struct var *var = func->vars.items[k];
        bool param = false;
        for (size_t p = 0; p < func->param_count; p++)
            param |= func->params[p] == var;
        if (var->kind == VAR_PARAM && !param)
            continue;
        struct var *twin = func_add_var(unit, copy, var->kind, var->name, type_copy(map, var->type));
        twin->written = var->written ? type_copy(map, var->written) : NULL;
        twin->is_const = var->is_const;
        twin->is_static = var->is_static;
        twin->address_taken = var->address_taken;
        map->vars[var->id] = expr_var(unit, twin);
    }
    block_copy(map, &copy->body, &func->body);
    return copy;
}

static struct type *record_pointer(struct unit *unit) {
    return type_pointer(unit->types, type_opaque(unit->types, "cgrad_record"));
}

static void rewrite_block(struct block *block, void *data);

static void finish(struct ad *ad, struct func *func) {
    struct work work = {.ad = ad};
    finish_func(&work, func);
}

static bool is_record(struct unit *unit, const struct var *var) {
    return var->kind == VAR_LOCAL &&
           type_same(type_strip(var->type), type_opaque(unit->types, "cgrad_record"));
}

static struct var *find_record(struct unit *unit, struct func *copy) {
    for (size_t k = 0; k < copy->vars.count; k++)
        if (is_record(unit, copy->vars.items[k]))
            return copy->vars.items[k];
    return NULL;
}

struct sharing {
    const struct var *own;
    struct expr *record;
};

static void share_in(struct expr **e, void *data) {
    struct sharing *s = data;
    if ((*e)->kind == EXPR_ADDR && (*e)->args[0]->kind == EXPR_VAR && (*e)->args[0]->u.var == s->own) {
        *e = s->record;
        return;
    }
    for (size_t k = 0; k < (*e)->arg_count; k++)
        share_in(&(*e)->args[k], data);
}

static void share_stmt(struct stmt *stmt, void *data) {
    stmt_each_expr(stmt, share_in, data);
}

/* A callee's own record is that of the workspace. */
static void share_record(struct unit *unit, struct func *copy, struct expr *record) {
    struct sharing sharing = {find_record(unit, copy), record};
    if (sharing.own)
        block_walk(&copy->body, share_stmt, &sharing);
}

/* A copy of the callee with the workspace as its last parameter. */
static struct func *copy_of(struct copying *c, struct func *callee) {
    struct copy_map map;
    struct func *copy = map_get(c->copies, callee->name);
    if (copy)
        return copy;
    const char *name = fresh_func_name(c->ad, arena_printf(c->ad->arena, "%s_within", callee->name));
    struct copying inner = *c;
    copy = copy_func(c, callee, name, &map);
    map_put(c->copies, callee->name, copy);
    inner.func = copy;
    inner.record = expr_var(
        c->ad->unit, func_add_var(c->ad->unit, copy, VAR_PARAM, "workspace", record_pointer(c->ad->unit)));
    inner.value = NULL;
    inner.outermost = false;
    share_record(c->ad->unit, copy, inner.record);
    rewrite_block(&copy->body, &inner);
    finish(c->ad, copy);
    add_output(c->ad, copy, false);
    return copy;
}

static void rewrite_allocation(struct copying *c, struct stmt *call) {
    struct unit *unit = c->ad->unit;
    bool zeroed = workspace_calls(call, "calloc") || workspace_calls(call, "cgrad_calloc_if") ||
                  workspace_calls(call, "cgrad_zeros");
    struct type *size = workspace_size_type(unit);
    struct expr **args = NEW_ARRAY(unit->arena, struct expr *, 2);
    args[0] = c->record;
    args[1] = workspace_allocated(unit, call);
    struct type *types[] = {args[0]->type, size};
    struct func *take = runtime_func(c->ad, zeroed ? "cgrad_workspace_zeros" : "cgrad_workspace_take",
                                     type_pointer(unit->types, type_void(unit->types)), types, 2);
    call->u.call.callee = take;
    call->u.call.args = args;
    call->u.call.arg_count = 2;
}

static void rewrite_callee(struct copying *c, struct stmt *call) {
    struct unit *unit = c->ad->unit;
    size_t count = call->u.call.arg_count;
    struct expr **args = NEW_ARRAY(unit->arena, struct expr *, count + 1);
    memcpy(args, call->u.call.args, count * sizeof *args);
    args[count] = c->record;
    call->u.call.callee = copy_of(c, call->u.call.callee);
    call->u.call.args = args;
    call->u.call.arg_count = count + 1;
}

static bool is_own_record(const struct copying *c, const struct stmt *stmt) {
    return stmt->kind == STMT_DECL && is_record(c->ad->unit, stmt->u.decl.var);
}

static void rewrite_return(struct copying *c, struct stmt *stmt, struct block *out) {
    struct unit *unit = c->ad->unit;
    if (stmt->u.value && c->value) {
        struct stmt *wanted = stmt_if(unit, c->value);
        block_add(unit, &wanted->u.branch.then,
                  stmt_set(unit, expr_deref(unit, c->value), stmt->u.value, false));
        block_add(unit, out, wanted);
    }
    block_add(unit, out, stmt_return(unit, expr_int(unit, 0)));
}

static void rewrite_block(struct block *block, void *data) {
    struct copying *c = data;
    struct block out = {0};
    for (size_t k = 0; k < block->count; k++) {
        struct stmt *stmt = block->items[k];
        stmt_each_block(stmt, rewrite_block, c);
        if (workspace_frees(c->ad, stmt) || is_own_record(c, stmt))
            continue;
        if (stmt->kind == STMT_RETURN && c->outermost) {
            rewrite_return(c, stmt, &out);
            continue;
        }
        if (workspace_allocates(c->ad, stmt))
            rewrite_allocation(c, stmt);
        else if (stmt->kind == STMT_CALL && stmt->u.call.callee->defined &&
                 !rules_call(c->ad->rules, stmt->u.call.callee->name) &&
                 workspace_is_used(c->ad, stmt->u.call.callee))
            rewrite_callee(c, stmt);
        block_add(c->ad->unit, &out, stmt);
    }
    *block = out;
}

/* ---- the pair of functions -------------------------------------------------------------------- */

static bool note_param(struct expr *e, void *data) {
    struct map *mentioned = data;
    if (e->kind == EXPR_VAR)
        map_put(mentioned, e->u.var->name, e->u.var);
    return true;
}

static const char *upper(struct arena *arena, const char *name) {
    char *copy = arena_strdup(arena, name);
    for (char *c = copy; *c; c++)
        *c = (char)toupper((unsigned char)*c);
    return copy;
}

/* size_t f_grad_workspace(sizes) { return bytes; } */
static struct func *size_func(struct ad *ad, const struct func *made, struct expr *bytes) {
    struct unit *unit = ad->unit;
    struct func *func =
        func_new(unit, arena_printf(ad->arena, "%s_workspace", made->name), workspace_size_type(unit));
    struct map *mentioned = map_create(ad->arena);
    size_t count = made->vars.count;
    struct copy_map map = {unit, NEW_ARRAY(unit->arena, struct expr *, count + 1), count};
    func->defined = true;
    func->loc = made->loc;
    expr_walk(bytes, note_param, mentioned);
    for (size_t k = 0; k < made->param_count; k++)
        if (map_get(mentioned, made->params[k]->name) == made->params[k])
            map.vars[made->params[k]->id] = expr_var(
                unit, func_add_var(unit, func, VAR_PARAM, made->params[k]->name, made->params[k]->type));
    struct expr *formula = expr_copy(&map, bytes);
    struct text text = {0};
    emit_expr(&text, formula);
    func->comment = arena_printf(ad->arena, "/* %s: the bytes that %s_ws needs, %s */", func->name,
                                 made->name, text_string(&text));
    if (!func->param_count)
        VEC_PUSH(ad->arena, ad->output->macros,
                 arena_printf(ad->arena, "%s_BYTES (%s)", upper(ad->arena, func->name), text_string(&text)));
    text_free(&text);
    block_add(unit, &func->body, stmt_return(unit, formula));
    add_output(ad, func, true);
    return func;
}

static struct expr **size_arguments(struct unit *unit, const struct func *size, const struct func *copy) {
    struct expr **args = NEW_ARRAY(unit->arena, struct expr *, size->param_count + 1);
    for (size_t k = 0; k < size->param_count; k++)
        for (size_t p = 0; p < copy->param_count; p++)
            if (strcmp(copy->params[p]->name, size->params[k]->name) == 0)
                args[k] = expr_var(unit, copy->params[p]);
    return args;
}

/* What stands before the copied body: the workspace becomes the record. */
static void begin(struct copying *c, struct func *size, struct var *workspace, struct var *room,
                  struct var *record, struct block *out) {
    struct unit *unit = c->ad->unit;
    struct var *needed = func_add_var(unit, c->func, VAR_LOCAL, func_fresh_name(unit, c->func, "needed"),
                                      workspace_size_type(unit));
    struct stmt *lacks;
    block_add(unit, out, stmt_decl(unit, needed, NULL));
    block_add(unit, out,
              stmt_call(unit, expr_var(unit, needed), size, size_arguments(unit, size, c->func),
                        size->param_count));
    lacks = stmt_if(unit, expr_binary(unit, BINARY_LT, expr_var(unit, room), expr_var(unit, needed)));
    block_add(unit, &lacks->u.branch.then, stmt_return(unit, expr_int(unit, 1)));
    block_add(unit, out, lacks);
    if (!record)
        return;
    struct expr **args = NEW_ARRAY(unit->arena, struct expr *, 2);
    args[0] = expr_var(unit, workspace);
    args[1] = expr_var(unit, room);
    struct type *types[] = {args[0]->type, args[1]->type};
    struct func *open = runtime_func(c->ad, "cgrad_workspace_record", record->type, types, 2);
    block_add(unit, &lacks->u.branch.other, stmt_decl(unit, record, NULL));
    block_add(unit, &lacks->u.branch.other, stmt_call(unit, expr_var(unit, record), open, args, 2));
}

static bool returns(const struct block *block) {
    const struct stmt *last = block->count ? block->items[block->count - 1] : NULL;
    return last && (last->kind == STMT_RETURN || (last->kind == STMT_IF && (returns(&last->u.branch.then) ||
                                                                            returns(&last->u.branch.other))));
}

/* At the end of every way through the block that has no return yet. */
static bool return_zero(struct unit *unit, struct block *block) {
    struct stmt *last = block->count ? block->items[block->count - 1] : NULL;
    if (last && last->kind == STMT_RETURN)
        return true;
    bool branches =
        last && last->kind == STMT_IF && (returns(&last->u.branch.then) || returns(&last->u.branch.other));
    if (branches)
        return return_zero(unit, &last->u.branch.then) && return_zero(unit, &last->u.branch.other);
    block_add(unit, block, stmt_return(unit, expr_int(unit, 0)));
    return true;
}

static void build_copy(struct ad *ad, struct func *made, struct func *size) {
    struct unit *unit = ad->unit;
    struct copying c = {.ad = ad, .copies = map_create(ad->arena), .outermost = true};
    struct copy_map map;
    struct type *void_pointer = type_pointer(unit->types, type_void(unit->types));
    struct func *copy = c.func = copy_func(&c, made, arena_printf(ad->arena, "%s_ws", made->name), &map);
    if (!type_is_void(made->result))
        c.value = expr_var(unit, func_add_var(unit, copy, VAR_PARAM, func_fresh_name(unit, copy, "returned"),
                                              type_pointer(unit->types, made->result->plain)));
    copy->result = type_scalar(unit->types, SCALAR_INT);
    struct var *workspace =
        func_add_var(unit, copy, VAR_PARAM, func_fresh_name(unit, copy, "workspace"), void_pointer);
    struct var *room =
        func_add_var(unit, copy, VAR_PARAM, func_fresh_name(unit, copy, "size"), workspace_size_type(unit));
    struct var *record = find_record(unit, copy);
    if (!record)
        record = func_add_var(unit, copy, VAR_LOCAL, func_fresh_name(unit, copy, "record"),
                              type_opaque(unit->types, "cgrad_record"));
    c.record = expr_addr(unit, expr_var(unit, record));
    rewrite_block(&copy->body, &c);
    return_zero(unit, &copy->body);
    struct block body = {0};
    begin(&c, size, workspace, room, block_mentions(&copy->body, record) ? record : NULL, &body);
    block_append(unit, &body.items[body.count - 1]->u.branch.other, &copy->body);
    copy->body = body;
    finish(ad, copy);
    copy->comment = arena_printf(
        ad->arena,
        "/* %s: %s without any allocation, in `workspace`: %s_workspace bytes, aligned as by malloc.\n"
        " * Returns 0, or 1 if `size` is less than that; nothing is done then. */",
        copy->name, made->name, made->name);
    add_output(ad, copy, true);
}

void workspace_add(struct ad *ad, struct func *made, struct loc loc) {
    bool failed;
    if (!ad->options->workspace)
        return;
    struct expr *bytes = workspace_bytes(ad, made, loc, &failed);
    if (!failed)
        build_copy(ad, made, size_func(ad, made, bytes));
}
