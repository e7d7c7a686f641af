/* dispatch: calls through a pointer. The functions that the pointer may lead to are found from where its
 * value comes from, and the call becomes a choice between calls by name:
 *
 *     double (*g)(double) = flag ? sin : square;      int which = called == sin ? 0 : 1;
 *     y = g(x);                                       if (which == 0) y = sin(x); else y = square(x);
 *
 * The number, not the pointer, is what the reverse sweep needs to know. Where a pointer may come from
 * elsewhere (a member of the caller's struct) it may lead to any function of its type that other files can
 * name; another one ends the program with a message. */
#include "ad/call.h"

#include <string.h>

void call_directly(struct unit *unit, const struct rules *rules, struct stmt *call, struct func *target) {
    call->u.call.callee = target;
    if (target->defined || !rules_math(rules, target->name))
        return;
    struct expr *value =
        expr_math(unit, target->name, target->result, call->u.call.args, call->u.call.arg_count);
    if (call->to) {
        call->kind = STMT_SET;
        call->u.set.from = value;
        call->u.set.add = false;
    } else {
        call->kind = STMT_BLOCK;
        call->u.block = (struct block){0};
    }
}

/* ---- the choice ------------------------------------------------------------------------------ */

static struct expr *is_function(struct targets *t, const struct var *pointer, struct func *func) {
    struct unit *unit = t->unit;
    struct expr *target = expr_func(unit, func);
    target = expr_cast(unit, type_decay(unit->types, target->type), target, true);
    return expr_binary(unit, BINARY_EQ, expr_var(unit, (struct var *)pointer), target);
}

static struct expr *number_of(struct targets *t, const struct var *pointer) {
    struct unit *unit = t->unit;
    size_t last = t->list.count - !t->unknown;
    struct expr *number = expr_int(unit, (long long)last);
    for (size_t k = last; k-- > 0;)
        number =
            expr_cond(unit, is_function(t, pointer, t->list.items[k]), expr_int(unit, (long long)k), number);
    return number;
}

static struct stmt *no_derivative(struct targets *t, const struct stmt *call) {
    struct unit *unit = t->unit;
    struct type *text = type_pointer(
        unit->types, type_qualified(unit->types, type_scalar(unit->types, SCALAR_CHAR), QUAL_CONST));
    struct func *func = unit_find_func(unit, "cgrad_no_derivative");
    if (!func) {
        func = func_new(unit, "cgrad_no_derivative", type_void(unit->types));
        func->param_count = 1;
        func->params = NEW_ARRAY(unit->arena, struct var *, 1);
        func->params[0] = func_add_var(unit, func, VAR_PARAM, "where", text);
        func->no_return = true;
        VEC_PUSH(unit->arena, unit->funcs, func);
    }
    struct expr **args = NEW_ARRAY(unit->arena, struct expr *, 1);
    const char *where =
        arena_printf(unit->arena, "\"%s:%u\"", call->loc.file ? call->loc.file : "", call->loc.line);
    args[0] = expr_string(unit, where,
                          type_array(unit->types, type_scalar(unit->types, SCALAR_CHAR),
                                     expr_int(unit, (long long)strlen(where) - 1)));
    return stmt_call(unit, NULL, func, args, 1);
}

static void choose(struct targets *t, const struct rules *rules, struct stmt *call, const struct var *pointer,
                   struct block *out) {
    struct unit *unit = t->unit;
    struct copy_map same = {unit, NULL, 0};
    struct var *which = func_add_var(unit, t->func, VAR_LOCAL, func_fresh_name(unit, t->func, "which"),
                                     type_scalar(unit->types, SCALAR_INT));
    block_add(unit, out, stmt_decl(unit, which, number_of(t, pointer)));
    for (size_t k = 0; k < t->list.count; k++) {
        struct stmt *direct = stmt_copy(&same, call);
        call_directly(unit, rules, direct, t->list.items[k]);
        if (k + 1 == t->list.count && !t->unknown) {
            block_add(unit, out, direct);
            return;
        }
        struct stmt *branch =
            stmt_if(unit, expr_binary(unit, BINARY_EQ, expr_var(unit, which), expr_int(unit, (long long)k)));
        branch->loc = call->loc;
        block_add(unit, &branch->u.branch.then, direct);
        block_add(unit, out, branch);
        out = &branch->u.branch.other;
    }
    block_add(unit, out, no_derivative(t, call));
}

/* ---- all calls ------------------------------------------------------------------------------- */

struct dispatch {
    struct unit *unit;
    const struct rules *rules;
    struct func *func;
};

static void resolve_block(struct block *block, void *data);

static void resolve_call(const struct dispatch *d, struct stmt *call, struct block *out) {
    const struct var *pointer = d->func->vars.items[call->u.call.callee->through->id];
    struct targets targets = {.unit = d->unit, .func = d->func, .pointed = call->u.call.callee};
    targets_find(&targets, pointer);
    if (targets.list.count == 1 && !targets.unknown)
        call_directly(d->unit, d->rules, call, targets.list.items[0]);
    if (targets.list.count == 0 || (targets.list.count == 1 && !targets.unknown))
        block_add(d->unit, out, call);
    else
        choose(&targets, d->rules, call, pointer, out);
}

static void resolve_block(struct block *block, void *data) {
    const struct dispatch *d = data;
    struct block out = {0};
    for (size_t k = 0; k < block->count; k++) {
        struct stmt *stmt = block->items[k];
        stmt_each_block(stmt, resolve_block, data);
        if (stmt->kind == STMT_CALL && stmt->u.call.callee->through)
            resolve_call(d, stmt, &out);
        else
            block_add(d->unit, &out, stmt);
    }
    *block = out;
}

void dispatch_resolve(struct unit *unit, const struct rules *rules) {
    for (size_t k = 0; k < unit->funcs.count; k++) {
        struct dispatch d = {unit, rules, unit->funcs.items[k]};
        if (d.func->defined && !d.func->unsupported)
            resolve_block(&d.func->body, &d);
    }
}
