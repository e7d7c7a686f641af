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

enum { ALIGNMENT = 32 /* what one entry may take beyond its bytes: see cgrad_record_alloc */, DEPTH = 16 };

/* ---- what takes memory ------------------------------------------------------------------------ */

static bool is_named(const struct stmt *call, const char *name) {
    return call->kind == STMT_CALL && strcmp(call->u.call.callee->name, name) == 0;
}

static bool frees(const struct ad *ad, const struct stmt *stmt) {
    const struct call_rule *rule =
        stmt->kind == STMT_CALL ? rules_call(ad->rules, stmt->u.call.callee->name) : NULL;
    return (rule && rule->class == CALL_FREE) || is_named(stmt, "cgrad_record_keep") ||
           is_named(stmt, "cgrad_record_free") || is_named(stmt, "cgrad_zeros_free");
}

static bool allocates(const struct ad *ad, const struct stmt *stmt) {
    const struct call_rule *rule =
        stmt->kind == STMT_CALL ? rules_call(ad->rules, stmt->u.call.callee->name) : NULL;
    return (rule && rule->class == CALL_ALLOC) || is_named(stmt, "cgrad_zeros");
}

/* The bytes that the allocation asks for; NULL: not a function that is known. */
static struct expr *allocated_bytes(struct unit *unit, const struct stmt *call) {
    struct expr **args = call->u.call.args;
    if (is_named(call, "malloc") || is_named(call, "cgrad_zeros"))
        return args[0];
    if (is_named(call, "calloc"))
        return expr_binary(unit, BINARY_MUL, args[0], args[1]);
    if (is_named(call, "cgrad_malloc_if"))
        return args[1];
    return is_named(call, "cgrad_calloc_if") ? expr_binary(unit, BINARY_MUL, args[1], args[2]) : NULL;
}

struct use {
    struct ad *ad;
    const struct func *above[DEPTH];
    size_t depth;
    bool memory; /* allocates or frees, itself or by callees */
};

static void note_use(struct stmt *stmt, void *data) {
    struct use *use = data;
    const struct func *callee = stmt->kind == STMT_CALL ? stmt->u.call.callee : NULL;
    if (!callee || use->memory)
        return;
    if (allocates(use->ad, stmt) || frees(use->ad, stmt)) {
        use->memory = true;
        return;
    }
    for (size_t k = 0; k < use->depth; k++)
        if (use->above[k] == callee)
            return;
    if (rules_call(use->ad->rules, callee->name) || !callee->defined || use->depth == DEPTH)
        return;
    use->above[use->depth++] = callee;
    block_walk((struct block *)&callee->body, note_use, use);
    use->depth--;
}

static bool uses_memory(struct ad *ad, const struct func *func) {
    struct use use = {.ad = ad, .above = {func}, .depth = 1};
    block_walk((struct block *)&func->body, note_use, &use);
    return use.memory;
}

/* ---- bounds ----------------------------------------------------------------------------------- */

struct around {
    const struct around *outer;
    const struct stmt *loop;
};

struct frame {
    const struct frame *caller;
    const struct stmt *call;
    const struct func *func;
    const struct around *around;
    size_t depth;
};

struct measure {
    struct ad *ad;
    struct loc loc; /* of the request */
    const char *name;
    bool failed;
};

static struct expr *bound(struct measure *m, const struct frame *frame, const struct expr *e, bool up,
                          unsigned depth);

struct assignment {
    const struct var *var;
    struct expr *value;
    unsigned count;
};

static void find_assignment(struct stmt *stmt, void *data) {
    struct assignment *a = data;
    if (stmt->kind == STMT_DECL && stmt->u.decl.var == a->var && stmt->u.decl.init) {
        a->count++;
        a->value = stmt->u.decl.init;
    } else if (stmt->to && stmt->to->kind == EXPR_VAR && stmt->to->u.var == a->var) {
        a->count++;
        a->value = stmt->kind == STMT_SET && !stmt->u.set.add ? stmt->u.set.from : NULL;
    }
    a->count += stmt->kind == STMT_FOR && stmt->u.loop.index == a->var;
}

static struct assignment assignment_of(const struct func *func, const struct var *var) {
    struct assignment a = {var, NULL, 0};
    block_walk((struct block *)&func->body, find_assignment, &a);
    return a;
}

static struct expr *bound_index(struct measure *m, const struct frame *frame, const struct stmt *loop,
                                bool up, unsigned depth) {
    struct unit *unit = m->ad->unit;
    enum binary_op rel = loop->u.loop.rel;
    long long step = 1;
    bool constant = expr_is_const_int(loop->u.loop.step, &step), down = constant && step < 0;
    bool last = up != down; /* the bound, not the first value */
    struct expr *e = bound(m, frame, last ? loop->u.loop.hi : loop->u.loop.lo, up, depth);
    bool inclusive = rel == BINARY_LE || rel == BINARY_GE;
    if (!e || !last || inclusive)
        return e;
    return expr_binary(unit, up ? BINARY_SUB : BINARY_ADD, e, expr_int(unit, 1));
}

static struct expr *bound_var(struct measure *m, const struct frame *frame, const struct expr *e, bool up,
                              unsigned depth) {
    struct var *var = e->u.var;
    struct copy_map same = {m->ad->unit, NULL, 0};
    for (const struct around *a = frame->around; a; a = a->outer)
        if (a->loop->u.loop.index == var)
            return bound_index(
                m, &(struct frame){frame->caller, frame->call, frame->func, a->outer, frame->depth}, a->loop,
                up, depth);
    if (!type_is_int(var->type) || var->address_taken)
        return NULL;
    struct assignment a = assignment_of(frame->func, var);
    if (var->kind == VAR_PARAM && a.count == 0) {
        size_t k = 0;
        if (!frame->caller)
            return expr_copy(&same, e);
        while (k < frame->func->param_count && frame->func->params[k] != var)
            k++;
        return k < frame->call->u.call.arg_count
                   ? bound(m, frame->caller, frame->call->u.call.args[k], up, depth)
                   : NULL;
    }
    return var->kind == VAR_LOCAL && a.count == 1 && a.value ? bound(m, frame, a.value, up, depth) : NULL;
}

/* A member of a structure that is a parameter, or that one points to and does not change. */
static struct expr *bound_member(struct measure *m, const struct frame *frame, const struct expr *e) {
    struct unit *unit = m->ad->unit;
    struct expr *root = e->args[0];
    bool pointer = root->kind == EXPR_VAR && type_is_pointer(root->type);
    if (root->kind != EXPR_VAR || root->u.var->kind != VAR_PARAM || !type_is_int(e->type) ||
        (pointer && !(type_quals(type_target(root->type)) & QUAL_CONST)) ||
        assignment_of(frame->func, root->u.var).count || (!pointer && root->u.var->address_taken))
        return NULL;
    if (!frame->caller)
        return expr_field(unit, expr_var(unit, root->u.var), e->u.name);
    size_t k = 0;
    while (k < frame->func->param_count && frame->func->params[k] != root->u.var)
        k++;
    if (k >= frame->call->u.call.arg_count)
        return NULL;
    struct expr *arg = frame->call->u.call.args[k];
    while ((arg->kind == EXPR_CAST || arg->kind == EXPR_NAMED) && arg->arg_count == 1)
        arg = arg->args[0];
    return arg->kind == EXPR_VAR ? bound_member(m, frame->caller, expr_field(unit, arg, e->u.name)) : NULL;
}

static bool is_positive(const struct expr *e) {
    long long value;
    return (expr_is_const_int(e, &value) && value > 0) || e->kind == EXPR_SIZEOF;
}

/* Of a type that may have variable length. */
static struct expr *bound_size(struct measure *m, const struct frame *frame, const struct type *type,
                               unsigned depth) {
    struct unit *unit = m->ad->unit;
    const struct type *t = type_strip(type);
    long long count;
    if (!type_is_array(t) || !t->count || expr_is_const_int(t->count, &count))
        return expr_sizeof(unit, (struct type *)type);
    struct expr *elements = bound(m, frame, t->count, true, depth),
                *size = bound_size(m, frame, type_target(t), depth);
    return elements && size ? expr_binary(unit, BINARY_MUL, elements, size) : NULL;
}

static struct expr *larger(struct unit *unit, struct expr *a, struct expr *b, bool up) {
    if (expr_equal(a, b))
        return a;
    return expr_cond(unit, expr_binary(unit, up ? BINARY_GT : BINARY_LT, a, b), a, b);
}

static struct expr *bound_binary(struct measure *m, const struct frame *frame, const struct expr *e, bool up,
                                 unsigned depth) {
    struct unit *unit = m->ad->unit;
    bool turned = e->u.binary == BINARY_SUB;
    struct expr *a = bound(m, frame, e->args[0], up, depth),
                *b = bound(m, frame, e->args[1], up != turned, depth);
    if (!a || !b)
        return NULL;
    if (e->u.binary == BINARY_ADD || turned || e->u.binary == BINARY_MUL ||
        (e->u.binary == BINARY_DIV && is_positive(b)))
        return expr_binary(unit, e->u.binary, a, b);
    return NULL;
}

/* A value that is not less (`up`), or not more, than the expression ever is, in terms of the outermost
 * function's parameters; products are of values not below zero: sizes and counts. NULL: none is known. */
static struct expr *bound(struct measure *m, const struct frame *frame, const struct expr *e, bool up,
                          unsigned depth) {
    struct unit *unit = m->ad->unit;
    struct copy_map same = {unit, NULL, 0};
    long long value;
    if (depth > DEPTH)
        return NULL;
    if (e->kind == EXPR_SIZEOF)
        return bound_size(m, frame, e->u.of, depth + 1);
    if (expr_is_const_int(e, &value))
        return expr_copy(&same, e);
    if (e->kind == EXPR_VAR)
        return bound_var(m, frame, e, up, depth + 1);
    if (e->kind == EXPR_FIELD)
        return bound_member(m, frame, e);
    if (e->kind == EXPR_BINARY)
        return bound_binary(m, frame, e, up, depth + 1);
    if ((e->kind == EXPR_CAST && type_is_int(e->type)) || (e->kind == EXPR_NAMED && e->arg_count == 1)) {
        struct expr *operand = bound(m, frame, e->args[0], up, depth + 1);
        return operand && e->kind == EXPR_CAST && type_same(operand->type, e->args[0]->type)
                   ? expr_cast(unit, e->type, operand, e->u.implicit)
                   : operand;
    }
    if (e->kind == EXPR_COND) {
        struct expr *a = bound(m, frame, e->args[1], up, depth + 1),
                    *b = bound(m, frame, e->args[2], up, depth + 1);
        return a && b ? larger(unit, a, b, up) : NULL;
    }
    return NULL;
}

/* ---- bytes ------------------------------------------------------------------------------------ */

static struct type *size_type(struct unit *unit) {
    return type_named(unit->types, "size_t", type_scalar(unit->types, SCALAR_ULONG));
}

/* c * e, as it stands in a sum. */
static struct expr *without_factor(struct expr *term, long long *factor) {
    *factor = 1;
    if (term->kind == EXPR_BINARY && term->u.binary == BINARY_MUL && term->args[0]->kind == EXPR_INT &&
        expr_is_const_int(term->args[0], factor))
        return term->args[1];
    return term;
}

/* Adds the term to a sum, in which equal terms stand once. */
static struct expr *add_term(struct unit *unit, struct expr *total, struct expr *term) {
    long long a, b;
    if (total->kind == EXPR_BINARY && total->u.binary == BINARY_ADD) {
        struct expr *left = add_term(unit, total->args[0], term);
        if (left)
            return expr_binary(unit, BINARY_ADD, left, total->args[1]);
        struct expr *right = add_term(unit, total->args[1], term);
        return right ? expr_binary(unit, BINARY_ADD, total->args[0], right) : NULL;
    }
    if (total->kind == EXPR_INT && term->kind == EXPR_INT && expr_is_const_int(total, &a) &&
        expr_is_const_int(term, &b))
        return expr_int(unit, a + b);
    struct expr *same = without_factor(total, &a), *other = without_factor(term, &b);
    return expr_equal(same, other) ? expr_binary(unit, BINARY_MUL, expr_int(unit, a + b), same) : NULL;
}

static struct expr *sum(struct unit *unit, struct expr *a, struct expr *b) {
    if (!a || !b)
        return a ? a : b;
    if (b->kind == EXPR_BINARY && b->u.binary == BINARY_ADD)
        return sum(unit, sum(unit, a, b->args[0]), b->args[1]);
    struct expr *merged = add_term(unit, a, b);
    return merged ? merged : expr_binary(unit, BINARY_ADD, a, b);
}

/* As a size_t; below zero is nothing. */
static struct expr *count_of(struct unit *unit, struct expr *e) {
    long long value;
    if (expr_is_const_int(e, &value))
        return expr_cast(unit, size_type(unit), expr_int(unit, value > 0 ? value : 0), false);
    if (e->kind == EXPR_SIZEOF || type_same(type_strip(e->type), type_scalar(unit->types, SCALAR_ULONG)))
        return e;
    struct expr *zero = expr_int(unit, 0);
    return expr_cast(unit, size_type(unit), expr_cond(unit, expr_binary(unit, BINARY_GT, e, zero), e, zero),
                     false);
}

static void fail(struct measure *m, struct loc loc, const char *what) {
    if (!m->failed)
        diag_report(m->ad->unit->diag, loc.file ? loc : m->loc, ERR_WORKSPACE, m->name, what);
    m->failed = true;
}

/* Of the product of expressions, each bounded for itself. */
static struct expr *bytes_of(struct measure *m, const struct frame *frame, const struct expr *const *factors,
                             size_t count, struct loc loc) {
    struct unit *unit = m->ad->unit;
    struct expr *product = NULL;
    for (size_t k = 0; k < count; k++) {
        struct expr *factor = bound(m, frame, factors[k], true, 0);
        if (!factor) {
            fail(m, loc, "how much is allocated or recorded here");
            return NULL;
        }
        factor = count_of(unit, factor);
        product = product ? expr_binary(unit, BINARY_MUL, product, factor) : factor;
    }
    return product;
}

static struct expr *aligned(struct unit *unit, struct expr *bytes) {
    return bytes ? sum(unit, bytes, expr_int(unit, ALIGNMENT)) : NULL;
}

static struct expr *block_bytes(struct measure *m, const struct frame *frame, const struct block *block);

static struct expr *call_bytes(struct measure *m, const struct frame *frame, const struct stmt *call) {
    struct unit *unit = m->ad->unit;
    const struct func *callee = call->u.call.callee;
    const struct expr *const *args = (const struct expr *const *)call->u.call.args;
    if (allocates(m->ad, call)) {
        const struct expr *bytes = allocated_bytes(unit, call);
        if (!bytes)
            fail(m, call->loc, "how much this function allocates");
        return bytes ? aligned(unit, bytes_of(m, frame, &bytes, 1, call->loc)) : NULL;
    }
    if (is_named(call, "cgrad_record_slots"))
        return aligned(unit, bytes_of(m, frame, args + 1, 2, call->loc));
    if (is_named(call, "cgrad_record_alloc"))
        return aligned(unit, bytes_of(m, frame, args + 1, 1, call->loc));
    if (is_named(call, "cgrad_push_bytes"))
        return bytes_of(m, frame, args + 2, 1, call->loc);
    if (strncmp(callee->name, "cgrad_push_", strlen("cgrad_push_")) == 0)
        return expr_sizeof(unit, type_strip(args[1]->type));
    if (rules_call(m->ad->rules, callee->name) || !callee->defined)
        return NULL;
    for (const struct frame *f = frame; f; f = f->caller)
        if (f->func == callee || f->depth == DEPTH) {
            fail(m, call->loc, "how deep this recursion goes");
            return NULL;
        }
    struct frame inner = {frame, call, callee, NULL, frame->depth + 1};
    return block_bytes(m, &inner, &callee->body);
}

static bool takes_nothing(struct measure *m, const struct frame *frame, const struct block *block) {
    struct measure quiet = *m;
    quiet.failed = true; /* does not report */
    return !block_bytes(&quiet, frame, block);
}

static bool is_released(const struct block *body) {
    const struct stmt *last = body->count ? body->items[body->count - 1] : NULL;
    return last && is_named(last, "cgrad_record_release");
}

static void note_allocation(struct stmt *stmt, void *data) {
    struct use *use = data;
    use->memory |= allocates(use->ad, stmt) || (stmt->kind == STMT_CALL && stmt->u.call.callee->defined &&
                                                uses_memory(use->ad, stmt->u.call.callee));
}

static struct expr *loop_bytes(struct measure *m, const struct frame *frame, const struct stmt *loop) {
    struct unit *unit = m->ad->unit;
    struct around around = {frame->around, loop};
    struct frame inside = *frame;
    inside.around = &around;
    struct use use = {.ad = m->ad};
    struct expr *bytes = block_bytes(m, &inside, &loop->u.loop.body);
    block_walk((struct block *)&loop->u.loop.body, note_allocation, &use);
    if (!bytes || (is_released(&loop->u.loop.body) && !use.memory))
        return bytes;
    bool down = loop->u.loop.rel == BINARY_GE || loop->u.loop.rel == BINARY_GT;
    struct expr *high = bound(m, frame, down ? loop->u.loop.lo : loop->u.loop.hi, true, 0),
                *low = bound(m, frame, down ? loop->u.loop.hi : loop->u.loop.lo, false, 0);
    long long zero;
    if (!high || !low) {
        fail(m, loop->loc, "how often this loop runs");
        return NULL;
    }
    struct expr *trips =
        expr_is_const_int(low, &zero) && zero == 0 ? high : expr_binary(unit, BINARY_SUB, high, low);
    if (loop->u.loop.rel == BINARY_LE || loop->u.loop.rel == BINARY_GE)
        trips = expr_binary(unit, BINARY_ADD, trips, expr_int(unit, 1));
    return expr_binary(unit, BINARY_MUL, count_of(unit, trips), bytes);
}

/* CGRAD_MAX_TRIPS(k) in its body. */
static const struct expr *max_trips(const struct block *body) {
    for (size_t k = 0; k < body->count; k++)
        if (is_named(body->items[k], "cgrad_max_trips"))
            return body->items[k]->u.call.args[0];
    return NULL;
}

static struct expr *while_bytes(struct measure *m, const struct frame *frame, const struct stmt *loop) {
    const struct expr *most = max_trips(&loop->u.while_.body);
    if (takes_nothing(m, frame, &loop->u.while_.body))
        return NULL;
    struct expr *bytes = block_bytes(m, frame, &loop->u.while_.body);
    struct expr *trips = most ? bound(m, frame, most, true, 0) : NULL;
    if (!trips)
        fail(m, loop->loc, "how often this loop runs: say so with CGRAD_MAX_TRIPS(k) in its body");
    return trips && bytes ? expr_binary(m->ad->unit, BINARY_MUL, count_of(m->ad->unit, trips), bytes) : NULL;
}

static struct expr *stmt_bytes(struct measure *m, const struct frame *frame, const struct stmt *stmt) {
    struct unit *unit = m->ad->unit;
    struct expr *bytes = NULL;
    switch (stmt->kind) {
    case STMT_CALL: return call_bytes(m, frame, stmt);
    case STMT_FOR: return loop_bytes(m, frame, stmt);
    case STMT_WHILE: return while_bytes(m, frame, stmt);
    case STMT_BLOCK: return block_bytes(m, frame, &stmt->u.block);
    case STMT_IF: {
        struct expr *then = block_bytes(m, frame, &stmt->u.branch.then),
                    *other = block_bytes(m, frame, &stmt->u.branch.other);
        return then && other ? larger(unit, then, other, true) : then ? then : other;
    }
    case STMT_SWITCH:
        for (size_t k = 0; k < stmt->u.switch_.arm_count; k++)
            bytes = sum(unit, bytes, block_bytes(m, frame, &stmt->u.switch_.arms[k].body));
        return bytes;
    case STMT_DECL:
    case STMT_SET:
    case STMT_RETURN:
    case STMT_BREAK:
    case STMT_CONTINUE:
    case STMT_PUSH:
    case STMT_POP:
    case STMT_RAW: return NULL;
    }
    return NULL;
}

static struct expr *block_bytes(struct measure *m, const struct frame *frame, const struct block *block) {
    struct expr *bytes = NULL;
    for (size_t k = 0; k < block->count; k++)
        bytes = sum(m->ad->unit, bytes, stmt_bytes(m, frame, block->items[k]));
    return bytes;
}

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
    bool zeroed =
        is_named(call, "calloc") || is_named(call, "cgrad_calloc_if") || is_named(call, "cgrad_zeros");
    struct type *size = size_type(unit);
    struct expr **args = NEW_ARRAY(unit->arena, struct expr *, 2);
    args[0] = c->record;
    args[1] = allocated_bytes(unit, call);
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
        if (frees(c->ad, stmt) || is_own_record(c, stmt))
            continue;
        if (stmt->kind == STMT_RETURN && c->outermost) {
            rewrite_return(c, stmt, &out);
            continue;
        }
        if (allocates(c->ad, stmt))
            rewrite_allocation(c, stmt);
        else if (stmt->kind == STMT_CALL && stmt->u.call.callee->defined &&
                 !rules_call(c->ad->rules, stmt->u.call.callee->name) &&
                 uses_memory(c->ad, stmt->u.call.callee))
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
    struct func *func = func_new(unit, arena_printf(ad->arena, "%s_workspace", made->name), size_type(unit));
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
    struct var *needed =
        func_add_var(unit, c->func, VAR_LOCAL, func_fresh_name(unit, c->func, "needed"), size_type(unit));
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
        func_add_var(unit, copy, VAR_PARAM, func_fresh_name(unit, copy, "size"), size_type(unit));
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
    struct measure m = {ad, loc, made->name, false};
    struct frame frame = {NULL, NULL, made, NULL, 0};
    if (!ad->options->workspace)
        return;
    struct expr *bytes = block_bytes(&m, &frame, &made->body);
    if (m.failed)
        return;
    if (!bytes)
        bytes = expr_int(ad->unit, 0);
    build_copy(ad, made, size_func(ad, made, bytes));
}
