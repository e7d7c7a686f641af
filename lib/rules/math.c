/* Math rows: what the readers ask of a pure function, and its partials as IR. */
#include "rules/table.h"

const char *math_name(const struct math_rule *rule) {
    return rule->name;
}

size_t math_param_count(const struct math_rule *rule) {
    return rule->row->row.params.count;
}

static const struct formula *partial_of(const struct math_rule *rule, size_t param) {
    if (param >= math_param_count(rule))
        BUG("'%s' has no parameter %zu", rule->name, param);
    return rule->row->partials[param];
}

bool math_partial_is_zero(const struct math_rule *rule, size_t param) {
    const struct formula *partial = partial_of(rule, param);
    return !partial || formula_is_zero(partial);
}

bool math_partial_uses_result(const struct math_rule *rule, size_t param) {
    const struct formula *partial = partial_of(rule, param);
    return partial && formula_mentions(partial, RESULT_PARAM, false);
}

bool math_partial_uses_param(const struct math_rule *rule, size_t param, size_t other) {
    const struct formula *partial = partial_of(rule, param);
    return partial && formula_mentions(partial, (long)other, false);
}

bool math_is_cheap(const struct math_rule *rule) {
    return rule->row->cheap;
}

struct type *math_result_type(const struct math_rule *rule) {
    return row_type_in(rule->rules, &rule->row->row.result_type, rule->precision);
}

struct expr *math_partial(struct unit *unit, const struct math_rule *rule, const char *name,
                          struct expr *const *args, struct expr *result, size_t param) {
    rule = rules_math(rule->rules, name);
    const struct formula *partial = partial_of(rule, param);
    struct type *type = type_scalar(rule->rules->types, rule->precision);
    if (!partial)
        return expr_zero(unit, type);
    struct builder builder = {.unit = unit,
                              .rules = rule->rules,
                              .row = &rule->row->row,
                              .precision = rule->precision,
                              .primal = args,
                              .result = result};
    return formula_build(&builder, partial, type);
}
