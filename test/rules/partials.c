/* Every math row of the table: its partials, printed as a derivative would have them, against differences of
 * the function in long double, in all three precisions. Writes a C program, which partials.h completes,
 * compiles it and runs it. Arguments are rule files of users, to be checked as well. */
#include "emit/emit.h"
#include "rules/table.h"

#include <math.h>
#include <stdlib.h>

static struct type *param_type(const struct math_rule *rule, size_t param) {
    return row_type_in(rule->rules, &rule->row->row.params.items[param].type, rule->precision);
}

/* A call of the function with the parameters' names. */
static void print_call(struct text *out, const struct math_rule *rule, const char *format) {
    const struct row *row = &rule->row->row;
    text_printf(out, "%s(", math_name(rule));
    for (size_t i = 0; i < row->params.count; i++) {
        text_put(out, i > 0 ? ", " : "");
        text_printf(out, format, row->params.items[i].name);
    }
    text_put(out, ")");
}

/* Declares the parameters, rounded to the function's precision, from the point `at`. */
static void print_params(struct text *out, const struct math_rule *rule) {
    const struct row *row = &rule->row->row;
    for (size_t i = 0; i < row->params.count; i++) {
        text_put(out, "    const ");
        emit_declarator(out, param_type(rule, i), row->params.items[i].name);
        text_put(out, " = (");
        emit_declarator(out, param_type(rule, i), NULL);
        text_printf(out, ")at[%zu];\n    (void)%s;\n", i, row->params.items[i].name);
    }
}

static void print_value(struct text *out, const struct math_rule *rule) {
    text_printf(out, "static long double value_%s(const long double *at) {\n", math_name(rule));
    print_params(out, rule);
    text_put(out, "    return ");
    print_call(out, rule, "%s");
    text_put(out, ";\n}\n");
}

static void print_partial(struct unit *unit, struct text *out, const struct math_rule *rule, size_t param) {
    const struct row *row = &rule->row->row;
    struct type *real = type_scalar(unit->types, rule->precision);
    struct func *func = func_new(unit, math_name(rule), real);
    struct expr *args[8];
    for (size_t i = 0; i < row->params.count; i++)
        args[i] = expr_var(
            unit, func_add_var(unit, func, VAR_PARAM, row->params.items[i].name, param_type(rule, i)));
    struct expr *y = expr_var(unit, func_add_var(unit, func, VAR_LOCAL, "y", real));
    text_printf(out, "static long double partial_%s_%zu(const long double *at) {\n", math_name(rule), param);
    print_params(out, rule);
    text_put(out, "    const ");
    emit_declarator(out, real, "y");
    text_put(out, " = ");
    print_call(out, rule, "%s");
    text_put(out, ";\n    (void)y;\n    return ");
    emit_expr(out, math_partial(unit, rule, math_name(rule), args, y, param));
    text_put(out, ";\n}\n");
}

static bool is_real_param(const struct math_rule *rule, size_t param) {
    return type_is_real(param_type(rule, param));
}

static void print_number(struct text *out, double value) {
    if (isnan(value))
        text_put(out, "NAN");
    else if (isinf(value))
        text_put(out, value < 0 ? "-INFINITY" : "INFINITY");
    else
        text_printf(out, "%.17gL", value);
}

static const double usual_points[] = {0.3, -0.7, 1.9, 3.2};

static void print_point(struct text *out, const struct math_rule *rule, const struct sample *sample,
                        size_t usual) {
    text_put(out, "{");
    for (size_t i = 0; i < math_param_count(rule); i++) {
        print_number(out, sample ? sample->point[i] : usual_points[(usual + i) % 4]);
        text_put(out, ", ");
    }
    text_put(out, "0}");
}

/* One line of the program's table for each point. */
static void print_checks(struct text *out, const struct math_rule *rule, const struct math_rule *reference,
                         size_t param) {
    const struct math_row *row = rule->row;
    size_t count = row->samples.count ? row->samples.count : 4;
    static const char *const epsilons[] = {"FLT_EPSILON", "DBL_EPSILON", "LDBL_EPSILON"};
    for (size_t i = 0; i < count; i++) {
        const struct sample *sample = row->samples.count ? &row->samples.items[i] : NULL;
        text_printf(out, "    {\"%s\", \"%s\", value_%s, partial_%s_%zu, %zu, %zu, %s, ", math_name(rule),
                    row->row.params.items[param].name, math_name(reference), math_name(rule), param, param,
                    math_param_count(rule), epsilons[rule->precision - SCALAR_FLOAT]);
        print_point(out, rule, sample, i);
        text_printf(out, ", %s, ", sample && sample->partial ? "true" : "false");
        print_number(out, sample && sample->partial ? sample->partial[param] : 0);
        text_put(out, "},\n");
    }
}

/* The most precise variant, whose differences the others are compared with. */
static const struct math_rule *reference_of(const struct math_rule *rule) {
    const struct math_rule *reference = rules_math(rule->rules, row_name_in(&rule->row->row, SCALAR_LDOUBLE));
    return reference ? reference : rule;
}

static bool is_checked(const struct math_rule *rule) {
    return rule && type_is_real(math_result_type(rule)) && math_param_count(rule) > 0;
}

static void print_functions(struct unit *unit, struct text *out, const struct math_rule *rule) {
    if (reference_of(rule) == rule || !rule->row->row.has_variants)
        print_value(out, rule);
    for (size_t param = 0; param < math_param_count(rule); param++)
        if (is_real_param(rule, param))
            print_partial(unit, out, rule, param);
}

static void print_table(struct unit *unit, struct text *out, const struct rules *rules) {
    for (size_t i = 0; i < map_count(rules->math); i++)
        if (is_checked(map_value_at(rules->math, i)))
            print_functions(unit, out, map_value_at(rules->math, i));
    text_put(out, "static const struct check checks[] = {\n");
    for (size_t i = 0; i < map_count(rules->math); i++) {
        const struct math_rule *rule = map_value_at(rules->math, i);
        for (size_t param = 0; is_checked(rule) && param < math_param_count(rule); param++)
            if (is_real_param(rule, param))
                print_checks(out, rule, reference_of(rule), param);
    }
    text_put(out,
             "};\n\nint main(void) {\n    return run_checks(checks, sizeof checks / sizeof *checks);\n}\n");
}

static bool write_program(const char *path, const struct text *program) {
    FILE *file = fopen(path, "w");
    if (!file)
        return false;
    fputs(text_string(program), file);
    return fclose(file) == 0;
}

int main(int argc, char **argv) {
    struct arena *arena = arena_create();
    struct types *types = types_create(arena);
    struct diag *diag = diag_create(arena, (struct diag_options){.stream = stderr});
    struct rules *rules = rules_create(arena, types);
    struct unit unit = {.arena = arena, .types = types, .names = interner_create(arena), .diag = diag};
    unit.identifiers = map_create(arena);
    for (int i = 1; i < argc; i++)
        if (!rules_load(rules, diag, argv[i]))
            return EXIT_FAILURE;
    struct text program = {0};
    text_put(&program, "#include \"partials.h\"\n\n");
    print_table(&unit, &program, rules);
    bool written = write_program("partials_check.c", &program);
    text_free(&program);
    arena_destroy(arena);
    const char *run =
        "cc -std=c99 -D_GNU_SOURCE -Wall -Wextra -Werror -I" SOURCE_ROOT "/runtime -I" SOURCE_ROOT
        "/test/rules partials_check.c -o partials_check -lm && ./partials_check";
    return written && system(run) == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
