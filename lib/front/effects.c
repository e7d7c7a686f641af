/* effects: side effects out of expressions.
 *
 * An expression is lowered to a pure expression plus statements that stand before it. Where C leaves the
 * order open, so do we (C11 6.5p2-3: unsequenced reads and writes of one object are undefined, calls are in
 * any order); what remains is:
 *
 *   `x = e`, `++x`   happen before the value is used: the statement, then the variable is read again;
 *   `x++`            the value is the old one, and the increment may wait until the next sequence point (C11
 * annex C): it is deferred, so that `s += *p++` becomes `s += *p; p += 1;` a sequence point lets the deferred
 * effects happen. A value that is still to be used and would be changed is saved first: `if (i++ < n)`
 * becomes `value = i < n; i += 1; if (value)`.
 *
 * The pending list is a stack: the effects in one operand of && or in an argument list happen at the sequence
 * point of that.
 */
#include "front/front_private.h"

/* ---- emission ----------------------------------------------------------------------------------- */

void front_emit(struct lower *lower, struct stmt *stmt) {
    block_add(lower->unit, lower->out, stmt);
}

struct expr *front_copy(struct lower *lower, const struct expr *expr) {
    return expr_copy(&(struct copy_map){.unit = lower->unit}, expr);
}

struct expr *front_save(struct lower *lower, struct expr *value, const char *base) {
    struct var *var = front_temporary(lower, base, type_decay(lower->front->types, value->type));
    var->loc = value->loc;
    front_emit(lower, stmt_decl(lower->unit, var, value));
    return expr_var(lower->unit, var);
}

/* ---- what an effect changes of a value ---------------------------------------------------------- */

struct question {
    const struct var *var; /* the variable at the root of what is assigned */
    bool memory;           /* the assignment may reach other objects than `var` by name */
    bool yes;
};

/* Whether other code than the naming of the variable can read or write it. */
static bool is_shared(const struct var *var) {
    return var->address_taken || var->kind == VAR_GLOBAL || var->kind == VAR_STATIC_LOCAL;
}

static bool reads(struct expr *expr, void *data) {
    struct question *question = data;
    if (expr->kind == EXPR_VAR)
        question->yes |= expr->u.var == question->var || (question->memory && is_shared(expr->u.var));
    if (question->memory)
        question->yes |= expr->kind == EXPR_INDEX || expr->kind == EXPR_DEREF || expr->kind == EXPR_FIELD;
    return !question->yes;
}

static bool changes(const struct stmt *effect, struct expr *value) {
    const struct expr *to = effect->to;
    struct question question = {.var = expr_root(to)};
    question.memory = to->kind != EXPR_VAR || is_shared(question.var);
    expr_walk(value, reads, &question);
    return question.yes;
}

/* ---- deferred effects --------------------------------------------------------------------------- */

void front_defer(struct lower *lower, struct stmt *effect) {
    VEC_PUSH(lower->front->arena, lower->pending->effects, effect);
}

static void save_if_changed(struct lower *lower, struct expr **value) {
    for (size_t i = 0; i < lower->pending->effects.count; i++) {
        if (changes(lower->pending->effects.items[i], *value)) {
            *value = front_save(lower, *value, "value");
            return;
        }
    }
}

void front_sequence_point(struct lower *lower, struct expr **values, size_t count) {
    for (size_t i = 0; i < count; i++)
        save_if_changed(lower, &values[i]);
    for (size_t i = 0; i < lower->pending->effects.count; i++)
        front_emit(lower, lower->pending->effects.items[i]);
    lower->pending->effects.count = 0;
}

/* A call is a sequence point for its arguments only, and the callee does not see the caller's variables:
 * `f(*p++)` is `f(*p); p += 1`. But `i = f(i++)` increments first. */
static bool can_wait(const struct stmt *effect, const struct expr *to) {
    if (effect->to->kind != EXPR_VAR || is_shared(effect->to->u.var))
        return false;
    return !to || expr_root(to) != effect->to->u.var;
}

void front_pass_on_effects(struct lower *lower, struct pending *inner, const struct expr *to) {
    size_t kept = 0;
    for (size_t i = 0; i < inner->effects.count; i++) {
        struct stmt *effect = inner->effects.items[i];
        if (can_wait(effect, to))
            VEC_PUSH(lower->front->arena, inner->outer->effects, effect);
        else
            inner->effects.items[kept++] = effect;
    }
    inner->effects.count = kept;
}

/* `i = f(i++)`: the increment comes before the call, and so before this assignment. */
static void settle(struct lower *lower, const struct expr *to, struct expr **from) {
    bool due = false;
    for (struct pending *level = lower->pending; level; level = level->outer)
        for (size_t i = 0; i < level->effects.count; i++)
            due |= to->kind == EXPR_VAR && level->effects.items[i]->to->kind == EXPR_VAR &&
                   level->effects.items[i]->to->u.var == to->u.var;
    if (due)
        front_sequence_point(lower, from, 1);
}

void front_emit_set(struct lower *lower, struct expr *to, struct expr *from, bool add) {
    settle(lower, to, &from);
    if (!add && expr_equal(to, from) && !(type_quals(to->type) & QUAL_VOLATILE))
        return; /* `most = max(most, x)` spelled out: compilers warn of it */
    front_emit(lower, stmt_set(lower->unit, to, from, add));
}

/* ---- detours ------------------------------------------------------------------------------------ */

void front_detour_begin(struct lower *lower, struct detour *detour, struct block *block) {
    *detour = (struct detour){.out = lower->out, .pending = {.outer = lower->pending}};
    lower->out = block;
    lower->pending = &detour->pending;
}

void front_detour_end(struct lower *lower, struct detour *detour) {
    if (detour->pending.effects.count)
        BUG("effects are left over");
    lower->pending = detour->pending.outer;
    lower->out = detour->out;
}
