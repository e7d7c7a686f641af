/* The table as a whole: the built-in rows, those of a user on top, and the look-up by name. */
#include "rules/table.h"

#include <errno.h>
#include <string.h>

/* Embedded by the build from *.rules. */
extern const char *const rules_text_math;
extern const char *const rules_text_libc;
extern const char *const rules_text_tensor;

struct rules *rules_create(struct arena *arena, struct types *types) {
    struct rules *rules = NEW(arena, struct rules);
    rules->arena = arena;
    rules->types = types;
    rules->math = map_create(arena);
    rules->call = map_create(arena);
    rules->source = map_create(arena);
    table_read(rules, NULL, "math.rules", rules_text_math);
    table_read(rules, NULL, "libc.rules", rules_text_libc);
    table_read(rules, NULL, "tensor.rules", rules_text_tensor);
    return rules;
}

bool rules_load(struct rules *rules, struct diag *diag, const char *path) {
    struct loc nowhere = {0};
    char *text = file_read(rules->arena, path, NULL);
    if (text)
        return table_read(rules, diag, arena_strdup(rules->arena, path), text);
    diag_report(diag, nowhere, ERR_READ_FILE, path, strerror(errno));
    return false;
}

/* A builtin of the compiler is the function whose name it carries: __builtin_fabs is fabs. */
static const char *plain_name(const char *name) {
    static const char prefix[] = "__builtin_";
    bool builtin = strncmp(name, prefix, sizeof prefix - 1) == 0;
    return builtin ? name + sizeof prefix - 1 : name;
}

const struct math_rule *rules_math(const struct rules *rules, const char *name) {
    const struct math_rule *rule = map_get(rules->math, name);
    return rule ? rule : map_get(rules->math, plain_name(name));
}

const struct call_rule *rules_call(const struct rules *rules, const char *name) {
    const struct call_rule *rule = map_get(rules->call, name);
    return rule ? rule : map_get(rules->call, plain_name(name));
}

const struct call_rule *rules_callee(const struct rules *rules, const char *name) {
    const struct call_rule *rule = rules_call(rules, name);
    return rule ? rule : map_get(rules->source, name);
}

bool rules_overrides_source(const struct rules *rules, const char *name) {
    const struct math_rule *math = rules_math(rules, name);
    const struct call_rule *call = rules_call(rules, name);
    const struct call_templates *templates = call ? call->templates : NULL;
    return math ? math->row->row.overrides_source : templates && templates->row->row.overrides_source;
}
