/* Every call row with templates: its tangent against differences, its adjoint against its tangent (the
 * transpose), for every choice of active parameters, and in place where the operation allows it. Writes a C
 * program, which calls.h completes, compiles it and runs it.
 *
 * What it can call: functions of reals, pointers to one real or int, and tensors; rows of others are left to
 * tests of whole programs.
 */
#include "emit/emit.h"
#include "rules/table.h"

#include <stdlib.h>
#include <string.h>

struct generator {
    struct unit *unit;
    struct text out;
    const struct call_rule *rule;
    const struct row *row;
    enum type_scalar precision;
    bool in_place;   /* the last tensor is the first one */
    unsigned active; /* bit i: slot i */
    size_t count;    /* of tests */
    struct text table;
};

enum shape { SHAPE_NONE, SHAPE_VALUE, SHAPE_POINTER, SHAPE_INT_POINTER, SHAPE_TENSOR };

static enum shape shape_of(const struct generator *g, size_t param) {
    struct type *type =
        row_type_in(g->unit->types ? ((const struct call_templates *)g->rule->templates)->rules : NULL,
                    &g->row->params.items[param].type, g->precision);
    if (!type)
        return strncmp(g->rule->name, "cgrad_tensor", 12) == 0 ? SHAPE_TENSOR : SHAPE_NONE;
    if (type_is_real(type))
        return SHAPE_VALUE;
    if (!type_is_pointer(type) || type_is_void(type_target(type)))
        return SHAPE_NONE;
    return type_is_real(type_target(type)) ? SHAPE_POINTER : SHAPE_INT_POINTER;
}

static const char *real_name(const struct generator *g) {
    return type_scalar_name(g->precision);
}

static const char *tensor_name(const struct generator *g) {
    return g->precision == SCALAR_FLOAT ? "cgrad_tensorf" : "cgrad_tensor";
}

/* Rows and columns of the tensor parameter. */
static void dimensions(const struct generator *g, size_t param, int *rows, int *columns) {
    static const struct {
        const char *end;
        int shapes[3][2];
    } special[] = {{"_transpose", {{2, 3}, {3, 2}}},
                   {"_matmul_nt", {{2, 3}, {4, 3}, {2, 4}}},
                   {"_matmul_tn", {{3, 2}, {3, 4}, {2, 4}}},
                   {"_matmul", {{2, 3}, {3, 4}, {2, 4}}}};
    *rows = 2;
    *columns = 3;
    for (size_t i = 0; i < sizeof special / sizeof *special; i++) {
        size_t length = strlen(g->rule->name), end = strlen(special[i].end);
        if (length > end && strcmp(g->rule->name + length - end, special[i].end) == 0) {
            *rows = special[i].shapes[param][0];
            *columns = special[i].shapes[param][1];
        }
    }
}

/* The slot of a parameter; of the result with param_count. */
static size_t slot_of(const struct generator *g, size_t param) {
    if (!g->in_place || param + 1 != g->row->params.count)
        return param;
    for (size_t i = 0; i < param; i++)
        if (shape_of(g, i) == SHAPE_TENSOR)
            return i;
    return param;
}

static bool is_active(const struct generator *g, size_t param) {
    return g->active >> slot_of(g, param) & 1;
}

static const char *name_of(const struct generator *g, size_t param) {
    return param < g->row->params.count ? g->row->params.items[param].name : g->row->result;
}

/* ---- the text of one function: variables from the slots of a state, and back ----------------- */

static void load_tensor(struct generator *g, size_t param, const char *suffix, const char *from) {
    int rows, columns;
    const char *name = name_of(g, param);
    dimensions(g, param, &rows, &columns);
    text_printf(&g->out, "    %s %s%s_data[NUMBERS];\n", real_name(g), name, suffix);
    text_printf(&g->out, "    for (int k = 0; k < NUMBERS; k++)\n        %s%s_data[k] = (%s)%s[%zu][k];\n",
                name, suffix, real_name(g), from, slot_of(g, param));
    text_printf(&g->out, "    %s %s%s_tensor = %s_view(%s%s_data, 2, %d, %d, 1, 1), *%s%s = &%s%s_tensor;\n",
                tensor_name(g), name, suffix, tensor_name(g), name, suffix, rows, columns, name, suffix, name,
                suffix);
    text_printf(&g->out, "    (void)%s%s;\n", name, suffix);
}

static void load(struct generator *g, size_t param, const char *suffix, const char *from) {
    const char *name = name_of(g, param);
    enum shape shape = param < g->row->params.count ? shape_of(g, param) : SHAPE_VALUE;
    switch (shape) {
    case SHAPE_VALUE:
        text_printf(&g->out, "    %s %s%s = (%s)%s[%zu][0];\n    (void)%s%s;\n", real_name(g), name, suffix,
                    real_name(g), from, slot_of(g, param), name, suffix);
        break;
    case SHAPE_POINTER:
        text_printf(&g->out, "    %s %s%s_cell = (%s)%s[%zu][0], *%s%s = &%s%s_cell;\n    (void)%s%s;\n",
                    real_name(g), name, suffix, real_name(g), from, slot_of(g, param), name, suffix, name,
                    suffix, name, suffix);
        break;
    case SHAPE_INT_POINTER:
        text_printf(&g->out, "    int %s_cell = (int)%s[%zu][0], *%s = &%s_cell;\n    (void)%s;\n", name,
                    from, slot_of(g, param), name, name, name);
        break;
    case SHAPE_TENSOR: load_tensor(g, param, suffix, from); break;
    case SHAPE_NONE: break;
    }
}

static void store(struct generator *g, size_t param, const char *suffix, const char *to) {
    const char *name = name_of(g, param);
    enum shape shape = param < g->row->params.count ? shape_of(g, param) : SHAPE_VALUE;
    switch (shape) {
    case SHAPE_VALUE:
        text_printf(&g->out, "    %s[%zu][0] = (double)%s%s;\n", to, slot_of(g, param), name, suffix);
        break;
    case SHAPE_POINTER:
    case SHAPE_INT_POINTER:
        text_printf(&g->out, "    %s[%zu][0] = (double)*%s%s;\n", to, slot_of(g, param), name, suffix);
        break;
    case SHAPE_TENSOR:
        text_printf(&g->out, "    for (int k = 0; k < NUMBERS; k++)\n        %s[%zu][k] = %s%s->data[k];\n",
                    to, slot_of(g, param), name, suffix);
        break;
    case SHAPE_NONE: break;
    }
}

static size_t slot_count(const struct generator *g) {
    return g->row->params.count + (g->row->result != NULL);
}

static bool has_own_slot(const struct generator *g, size_t param) {
    return slot_of(g, param) == param;
}

/* In place the last pointer is the first one; but in an adjoint the two are the value after and the value
 * before. */
static void load_all(struct generator *g, const char *before, const char *after) {
    for (size_t i = 0; i < slot_count(g); i++) {
        bool is_result = i == g->row->params.count;
        const char *from = is_result || g->row->params.items[i].role == ROLE_OUT ? after : before;
        if (has_own_slot(g, i) || before != after)
            load(g, i, "", from);
        else
            text_printf(&g->out, "    %s *%s = %s;\n", tensor_name(g), name_of(g, i),
                        name_of(g, slot_of(g, i)));
    }
}

static void load_companions(struct generator *g, const char *suffix, const char *from) {
    for (size_t i = 0; i < slot_count(g); i++)
        if (is_active(g, i) && has_own_slot(g, i))
            load(g, i, suffix, from);
}

static void store_all(struct generator *g, const char *suffix, const char *to, bool companions) {
    for (size_t i = 0; i < slot_count(g); i++)
        if (has_own_slot(g, i) && (!companions || is_active(g, i)))
            store(g, i, suffix, to);
}

static void print_primal_call(struct generator *g) {
    text_put(&g->out, "    ");
    if (g->row->result)
        text_printf(&g->out, "%s = ", g->row->result);
    text_printf(&g->out, "%s(", g->rule->name);
    for (size_t i = 0; i < g->row->params.count; i++)
        text_printf(&g->out, "%s%s", i > 0 ? ", " : "", name_of(g, i));
    text_put(&g->out, ");\n");
}

/* ---- templates ------------------------------------------------------------------------------- */

static struct type *variable_type(const struct generator *g, size_t param) {
    struct types *types = g->unit->types;
    struct type *real = type_scalar(types, g->precision);
    enum shape shape = param < g->row->params.count ? shape_of(g, param) : SHAPE_VALUE;
    if (shape == SHAPE_VALUE)
        return real;
    if (shape == SHAPE_TENSOR)
        return type_pointer(types, type_opaque(types, tensor_name(g)));
    return type_pointer(types, shape == SHAPE_POINTER ? real : type_scalar(types, SCALAR_INT));
}

static struct expr *variable(const struct generator *g, struct func *func, size_t param, const char *suffix) {
    size_t named = *suffix ? slot_of(g, param) : param;
    const char *name = arena_printf(g->unit->arena, "%s%s", name_of(g, named), suffix);
    return expr_var(g->unit, func_add_var(g->unit, func, VAR_LOCAL, name, variable_type(g, param)));
}

static void print_template(struct generator *g, const char *suffix, bool adjoint) {
    struct func *func = func_new(g->unit, "test", type_void(g->unit->types));
    struct expr *primal[8], *companion[8];
    size_t count = g->row->params.count;
    for (size_t i = 0; i < count; i++) {
        primal[i] = variable(g, func, i, "");
        companion[i] = is_active(g, i) ? variable(g, func, i, suffix) : NULL;
    }
    struct call_binding binding = {primal, companion, NULL, NULL, func};
    if (g->row->result)
        binding.result = variable(g, func, count, "");
    if (g->row->result && is_active(g, count))
        binding.result_companion = variable(g, func, count, suffix);
    struct block block = {0};
    if (adjoint)
        call_adjoint(g->unit, g->rule, &binding, &block);
    else
        call_tangent(g->unit, g->rule, &binding, &block);
    g->out.indent = 1;
    emit_block(&g->out, &block);
    g->out.indent = 0;
}

static void print_functions(struct generator *g) {
    text_printf(&g->out, "static void primal_%zu(state values) {\n", g->count);
    load_all(g, "values", "values");
    print_primal_call(g);
    store_all(g, "", "values", false);
    text_printf(&g->out, "}\nstatic void tangent_%zu(state values, state dots) {\n", g->count);
    load_all(g, "values", "values");
    load_companions(g, "_dot", "dots");
    if (!g->rule->tangent_after)
        print_template(g, "_dot", false);
    print_primal_call(g);
    if (g->rule->tangent_after)
        print_template(g, "_dot", false);
    store_all(g, "", "values", false);
    store_all(g, "_dot", "dots", true);
    text_printf(&g->out, "}\nstatic void adjoint_%zu(state before, state after, state bars) {\n", g->count);
    text_put(&g->out, "    (void)before;\n    (void)after;\n");
    load_all(g, "before", "after");
    load_companions(g, "_bar", "bars");
    print_template(g, "_bar", true);
    store_all(g, "_bar", "bars", true);
    text_put(&g->out, "}\n");
}

static void print_entry(struct generator *g) {
    text_printf(&g->table, "    {\"%s%s\", \"", g->rule->name, g->in_place ? " in place" : "");
    for (size_t i = 0; i < slot_count(g); i++)
        if (is_active(g, i))
            text_printf(&g->table, "%s ", name_of(g, i));
    text_printf(&g->table, "\", %s, {", g->precision == SCALAR_FLOAT ? "FLT_EPSILON" : "DBL_EPSILON");
    for (size_t i = 0; i < slot_count(g); i++)
        text_put(&g->table, has_own_slot(g, i) && is_active(g, i) ? "true, " : "false, ");
    text_printf(&g->table, "false}, primal_%zu, tangent_%zu, adjoint_%zu},\n", g->count, g->count, g->count);
}

static unsigned activatable(const struct generator *g) {
    unsigned mask = g->row->result ? 1u << g->row->params.count : 0;
    for (size_t i = 0; i < g->row->params.count; i++) {
        enum shape shape = shape_of(g, i);
        if (has_own_slot(g, i) && (shape == SHAPE_VALUE || shape == SHAPE_POINTER || shape == SHAPE_TENSOR))
            mask |= 1u << i;
    }
    return mask;
}

static void check_rule(struct generator *g) {
    unsigned mask = activatable(g);
    for (g->active = 1; g->active <= mask; g->active++)
        if ((g->active & mask) == g->active) {
            print_functions(g);
            print_entry(g);
            g->count++;
        }
}

static bool is_checkable(const struct generator *g) {
    for (size_t i = 0; i < g->row->params.count; i++)
        if (shape_of(g, i) == SHAPE_NONE)
            return false;
    return g->rule->class == CALL_ACTIVE && g->precision != SCALAR_LDOUBLE;
}

/* Elementwise operations and scale: the last tensor is a result of the shape of the first. */
static bool allows_in_place(const struct generator *g) {
    size_t count = g->row->params.count;
    return count > 1 && g->row->params.items[count - 1].role == ROLE_OUT &&
           shape_of(g, count - 1) == SHAPE_TENSOR && !strstr(g->rule->name, "matmul") &&
           !strstr(g->rule->name, "transpose") && shape_of(g, count - 2) == SHAPE_TENSOR;
}

int main(void) {
    struct arena *arena = arena_create();
    struct types *types = types_create(arena);
    struct unit unit = {
        .arena = arena, .types = types, .names = interner_create(arena), .identifiers = map_create(arena)};
    struct rules *rules = rules_create(arena, types);
    struct generator g = {.unit = &unit};
    text_put(&g.out, "#include \"calls.h\"\n\n");
    for (size_t i = 0; i < map_count(rules->call); i++) {
        g.rule = map_value_at(rules->call, i);
        const struct call_templates *templates = g.rule ? g.rule->templates : NULL;
        if (!templates)
            continue;
        g.row = &templates->row->row;
        g.precision = templates->precision;
        g.in_place = false;
        if (!is_checkable(&g))
            continue;
        check_rule(&g);
        g.in_place = allows_in_place(&g);
        if (g.in_place)
            check_rule(&g);
    }
    FILE *file = fopen("calls_check.c", "w");
    if (!file)
        return EXIT_FAILURE;
    fprintf(file, "%sstatic const struct call_check checks[] = {\n%s};\n\nint main(void) {\n",
            text_string(&g.out), text_string(&g.table));
    fprintf(file, "    return run_call_checks(checks, sizeof checks / sizeof *checks);\n}\n");
    fclose(file);
    text_free(&g.out);
    text_free(&g.table);
    arena_destroy(arena);
    const char *run =
        "cc -std=c99 -D_GNU_SOURCE -g -Wall -Wextra -Werror -fsanitize=address,undefined -I" SOURCE_ROOT
        "/runtime -I" SOURCE_ROOT "/test/rules calls_check.c -o calls_check -lm && ./calls_check";
    return system(run) == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
