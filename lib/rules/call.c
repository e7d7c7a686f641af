/* Call rows: the templates as statements, with the names of the row bound to the expressions of a call. */
#include "rules/table.h"

static struct builder builder_of(struct unit *unit, const struct call_rule *rule, struct block *out) {
    const struct call_templates *templates = rule->templates;
    struct builder builder = {.unit = unit,
                              .rules = templates->rules,
                              .row = &templates->row->row,
                              .precision = templates->precision,
                              .out = out};
    return builder;
}

/* A call whose result goes nowhere, or straight to `to`, is a statement of its own. */
static bool is_effect(const struct builder *builder, const struct formula *formula) {
    return formula->kind == FORMULA_CALL && !rules_math(builder->rules, formula->text);
}

static void build_step(const struct builder *builder, const struct step *step) {
    struct unit *unit = builder->unit;
    if (!step->to) {
        formula_build_call(builder, step->from, NULL);
        return;
    }
    struct expr *to = formula_build(builder, step->to, NULL);
    if (!to)
        return;
    if (!step->add && is_effect(builder, step->from) && formula_build_call(builder, step->from, to))
        return;
    struct expr *from = formula_build(builder, step->from, to->type);
    if (!from && step->add)
        return;
    from = from ? from : expr_zero(unit, to->type);
    block_add(unit, builder->out, stmt_set(unit, to, from, step->add));
}

static void build_steps(const struct builder *builder, const steps *list) {
    for (size_t i = 0; i < list->count; i++)
        build_step(builder, &list->items[i]);
}

static void build_bound(struct unit *unit, const struct call_rule *rule, const struct call_binding *binding,
                        const steps *list, struct block *out) {
    struct builder builder = builder_of(unit, rule, out);
    builder.primal = binding->primal;
    builder.companion = binding->companion;
    builder.result = binding->result;
    builder.result_companion = binding->result_companion;
    builder.func = binding->func;
    build_steps(&builder, list);
}

void call_tangent(struct unit *unit, const struct call_rule *rule, const struct call_binding *binding,
                  struct block *out) {
    const struct call_templates *templates = rule->templates;
    build_bound(unit, rule, binding, &templates->row->tangent, out);
}

void call_adjoint(struct unit *unit, const struct call_rule *rule, const struct call_binding *binding,
                  struct block *out) {
    const struct call_templates *templates = rule->templates;
    build_bound(unit, rule, binding, &templates->row->adjoint, out);
}

void call_alloc_companion(struct unit *unit, const struct call_rule *rule, struct expr *const *args,
                          struct expr *to, struct block *out) {
    const struct call_templates *templates = rule->templates;
    struct builder builder = builder_of(unit, rule, out);
    builder.primal = args;
    builder.result_companion = to;
    build_steps(&builder, &templates->row->companion);
}

/* From the first element to the last: 1 + (count - 1) * stride. */
struct expr *call_extent(struct unit *unit, const struct call_rule *rule, struct expr *const *args,
                         size_t param) {
    const struct call_templates *templates = rule->templates;
    const struct row_param *row_param = &templates->row->row.params.items[param];
    struct builder builder = builder_of(unit, rule, NULL);
    builder.primal = args;
    if (!row_param->count)
        return NULL;
    struct expr *count = formula_build(&builder, row_param->count, NULL);
    if (!row_param->stride)
        return count;
    struct expr *stride = formula_build(&builder, row_param->stride, NULL);
    struct expr *steps = expr_binary(unit, BINARY_SUB, count, expr_int(unit, 1));
    return expr_binary(unit, BINARY_ADD, expr_int(unit, 1), expr_binary(unit, BINARY_MUL, steps, stride));
}

static bool steps_read(const struct builder *builder, const steps *list, long param) {
    for (size_t i = 0; i < list->count; i++) {
        const struct step *step = &list->items[i];
        if (step->to && formula_vanishes(builder, step->to))
            continue;
        if (formula_reads(builder, step->from, param) ||
            (step->to && formula_reads(builder, step->to, param)))
            return true;
    }
    return false;
}

bool call_adjoint_reads(const struct call_rule *rule, const bool *active, bool result_active, size_t param) {
    const struct call_templates *templates = rule->templates;
    struct expr mark = {0};
    struct expr **companions = NEW_ARRAY(templates->rules->arena, struct expr *, rule->param_count);
    for (size_t i = 0; i < rule->param_count; i++)
        companions[i] = active[i] ? &mark : NULL;
    struct builder builder = {.rules = templates->rules,
                              .row = &templates->row->row,
                              .precision = templates->precision,
                              .companion = companions,
                              .result_companion = result_active ? &mark : NULL};
    long read = param == SIZE_MAX ? RESULT_PARAM : (long)param;
    return steps_read(&builder, &templates->row->adjoint, read);
}
