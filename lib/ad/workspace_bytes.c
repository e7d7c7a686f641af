/* workspace_bytes: how much memory a function takes at most, by a closed formula in its parameters: what each
 * statement takes, times the iterations of the loops around it. Indices, and what is computed from them, are
 * replaced by their bounds; branches take the larger of both sides. */
#include "ad/workspace.h"

#include <string.h>

enum {
    ALIGNMENT = 32 /* what one entry may take beyond its bytes: see cgrad_record_alloc */,
    DEPTH = 16,
    LARGE = 60 /* nodes of a formula that is not written twice */
};

/* ---- what takes memory ------------------------------------------------------------------------ */

bool workspace_calls(const struct stmt *call, const char *name) {
    return call->kind == STMT_CALL && strcmp(call->u.call.callee->name, name) == 0;
}

bool workspace_frees(const struct ad *ad, const struct stmt *stmt) {
    const struct call_rule *rule =
        stmt->kind == STMT_CALL ? rules_call(ad->rules, stmt->u.call.callee->name) : NULL;
    return (rule && rule->class == CALL_FREE) || workspace_calls(stmt, "cgrad_record_keep") ||
           workspace_calls(stmt, "cgrad_record_free") || workspace_calls(stmt, "cgrad_zeros_free");
}

bool workspace_allocates(const struct ad *ad, const struct stmt *stmt) {
    const struct call_rule *rule =
        stmt->kind == STMT_CALL ? rules_call(ad->rules, stmt->u.call.callee->name) : NULL;
    return (rule && rule->class == CALL_ALLOC) || workspace_calls(stmt, "cgrad_zeros");
}

/* The bytes that the allocation asks for; NULL: not a function that is known. */
struct expr *workspace_allocated(struct unit *unit, const struct stmt *call) {
    struct expr **args = call->u.call.args;
    if (workspace_calls(call, "malloc") || workspace_calls(call, "cgrad_zeros"))
        return args[0];
    if (workspace_calls(call, "calloc"))
        return expr_binary(unit, BINARY_MUL, args[0], args[1]);
    if (workspace_calls(call, "cgrad_malloc_if"))
        return args[1];
    return workspace_calls(call, "cgrad_calloc_if") ? expr_binary(unit, BINARY_MUL, args[1], args[2]) : NULL;
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
    if (workspace_allocates(use->ad, stmt) || workspace_frees(use->ad, stmt)) {
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

bool workspace_is_used(struct ad *ad, const struct func *func) {
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

struct type *workspace_size_type(struct unit *unit) {
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
        return expr_cast(unit, workspace_size_type(unit), expr_int(unit, value > 0 ? value : 0), false);
    if (e->kind == EXPR_SIZEOF || type_same(type_strip(e->type), type_scalar(unit->types, SCALAR_ULONG)))
        return e;
    struct expr *zero = expr_int(unit, 0);
    return expr_cast(unit, workspace_size_type(unit),
                     expr_cond(unit, expr_binary(unit, BINARY_GT, e, zero), e, zero), false);
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
    if (workspace_allocates(m->ad, call)) {
        const struct expr *bytes = workspace_allocated(unit, call);
        if (!bytes)
            fail(m, call->loc, "how much this function allocates");
        return bytes ? aligned(unit, bytes_of(m, frame, &bytes, 1, call->loc)) : NULL;
    }
    if (workspace_calls(call, "cgrad_record_slots"))
        return aligned(unit, bytes_of(m, frame, args + 1, 2, call->loc));
    if (workspace_calls(call, "cgrad_record_alloc"))
        return aligned(unit, bytes_of(m, frame, args + 1, 1, call->loc));
    if (workspace_calls(call, "cgrad_push_bytes"))
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

static bool is_released(const struct block *body) {
    const struct stmt *last = body->count ? body->items[body->count - 1] : NULL;
    return last && workspace_calls(last, "cgrad_record_release");
}

static void note_allocation(struct stmt *stmt, void *data) {
    struct use *use = data;
    use->memory |=
        workspace_allocates(use->ad, stmt) || (stmt->kind == STMT_CALL && stmt->u.call.callee->defined &&
                                               workspace_is_used(use->ad, stmt->u.call.callee));
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
        if (workspace_calls(body->items[k], "cgrad_max_trips"))
            return body->items[k]->u.call.args[0];
    return NULL;
}

static struct expr *while_bytes(struct measure *m, const struct frame *frame, const struct stmt *loop) {
    const struct expr *most = max_trips(&loop->u.while_.body);
    struct expr *bytes = block_bytes(m, frame, &loop->u.while_.body);
    if (!bytes)
        return NULL;
    struct expr *trips = most ? bound(m, frame, most, true, 0) : NULL;
    if (!trips)
        fail(m, loop->loc, "how often this loop runs: say so with CGRAD_MAX_TRIPS(k) in its body");
    return trips ? expr_binary(m->ad->unit, BINARY_MUL, count_of(m->ad->unit, trips), bytes) : NULL;
}

/* Of two amounts; their sum where that would be long. */
static struct expr *larger_of(struct unit *unit, struct expr *a, struct expr *b) {
    return expr_size(a) + expr_size(b) > LARGE ? sum(unit, a, b) : larger(unit, a, b, true);
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
        return then && other ? larger_of(unit, then, other) : then ? then : other;
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

struct expr *workspace_bytes(struct ad *ad, struct func *made, struct loc loc, bool *failed) {
    struct measure m = {ad, loc, made->name, false};
    struct frame frame = {NULL, NULL, made, NULL, 0};
    struct expr *bytes = block_bytes(&m, &frame, &made->body);
    *failed = m.failed;
    return bytes ? bytes : expr_int(ad->unit, 0);
}
