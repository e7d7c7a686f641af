/* The table as text: how partials are written for arguments of every type, what the questions about rows
 * answer, and what is wrong with rows of users.
 */
#include "../unit/check.h"
#include "../unit/sample.h"
#include "emit/emit.h"
#include "rules/rules.h"

#include <stdlib.h>

struct fixture {
    struct arena *arena;
    struct unit *unit;
    struct rules *rules;
    struct func *func;
};

static struct fixture fixture_create(void) {
    struct fixture f = {.arena = arena_create()};
    f.unit = sample_unit(f.arena);
    f.rules = rules_create(f.arena, f.unit->types);
    f.func = sample_func(f.unit, "f", sample_double(f.unit));
    return f;
}

static struct expr *variable(struct fixture *f, const char *name, enum type_scalar scalar) {
    return expr_var(f->unit, sample_param(f->unit, f->func, name, type_scalar(f->unit->types, scalar)));
}

static void check_expr(const struct expr *expr, const char *expected) {
    struct text text = {0};
    emit_expr(&text, expr);
    CHECK_TEXT(text_string(&text), expected);
    text_free(&text);
}

static void check_partial(struct fixture *f, const char *name, struct expr *a, struct expr *b, size_t param,
                          const char *expected) {
    const struct math_rule *rule = rules_math(f->rules, name);
    struct expr *args[] = {a, b};
    CHECK(rule != NULL);
    if (rule)
        check_expr(math_partial(f->unit, rule, name, args, variable(f, "y", SCALAR_DOUBLE), param), expected);
}

/* ---- partials -------------------------------------------------------------------------------- */

static void test_constant_arguments(struct fixture *f) {
    struct expr *x = variable(f, "x", SCALAR_DOUBLE);
    check_partial(f, "pow", x, expr_int(f->unit, 2), 0, "2.0 * x");
    check_partial(f, "pow", x, expr_int(f->unit, 1), 0, "1.0");
    check_partial(f, "pow", x, expr_int(f->unit, 0), 0, "0.0");
    check_partial(f, "pow", x, expr_int(f->unit, 3), 0, "3.0 * pow(x, 2.0)");
    check_partial(f, "pow", x, expr_real(f->unit, "0.5", sample_double(f->unit)), 0, "0.5 * pow(x, -0.5)");
    check_partial(f, "pow", x, expr_real(f->unit, "0.1", sample_double(f->unit)), 0, "0.1 * pow(x, 0.1 - 1)");
    check_partial(f, "pow", x, expr_named(f->unit, "POWER", expr_int(f->unit, 3)), 0,
                  "POWER * pow(x, POWER - 1)");
    check_partial(f, "powf", variable(f, "s", SCALAR_FLOAT), expr_int(f->unit, 3), 0, "3.0f * powf(s, 2.0f)");
    check_partial(f, "pow", expr_int(f->unit, 2), variable(f, "p", SCALAR_DOUBLE), 1, "y * log(2.0)");
}

static void test_argument_types(struct fixture *f) {
    struct expr *x = variable(f, "x", SCALAR_DOUBLE), *s = variable(f, "s", SCALAR_FLOAT);
    struct expr *n = variable(f, "n", SCALAR_INT), *m = variable(f, "m", SCALAR_UINT);
    check_partial(f, "log", s, NULL, 0, "1 / (double)s");
    check_partial(f, "logf", x, NULL, 0, "1 / (float)x");
    check_partial(f, "sin", s, NULL, 0, "cos(s)");
    check_partial(f, "atan2", x, n, 0, "n / (x * x + (double)n * n)");
    check_partial(f, "atan2", m, x, 1, "-(double)m / ((double)m * m + x * x)");
    check_partial(f, "hypot", x, n, 1, "y == 0 ? 0.0 : n / y");
    check_partial(f, "fmax", n, m, 0, "(double)n >= m || isnan(m) ? 1.0 : 0.0");
    check_partial(f, "fdim", x, expr_int(f->unit, 0), 0, "x > 0.0 ? 1.0 : 0.0");
    check_partial(f, "ldexp", x, n, 0, "ldexp(1.0, n)");
    check_partial(f, "floorf", s, NULL, 0, "0.0f");
    check_partial(f, "log2f", s, NULL, 0, "1.442695f / s");
    check_partial(f, "exp2", x, NULL, 0, "0.6931471805599453 * y");
    check_partial(f, "sqrtl", variable(f, "w", SCALAR_LDOUBLE), NULL, 0, "0.5L / y");
}

static void test_questions(struct fixture *f) {
    const struct rules *rules = f->rules;
    CHECK(rules_math(rules, "nothing") == NULL && rules_call(rules, "sin") == NULL);
    CHECK(rules_math(rules, "__builtin_fabsf") == rules_math(rules, "fabsf"));
    CHECK(math_partial_uses_result(rules_math(rules, "exp"), 0));
    CHECK(!math_partial_uses_param(rules_math(rules, "exp"), 0, 0));
    CHECK(math_partial_uses_param(rules_math(rules, "pow"), 0, 1));
    CHECK(!math_partial_uses_result(rules_math(rules, "pow"), 0));
    CHECK(math_partial_is_zero(rules_math(rules, "ceilf"), 0));
    CHECK(math_partial_is_zero(rules_math(rules, "ldexp"), 1));
    CHECK(math_partial_is_zero(rules_math(rules, "lround"), 0));
    CHECK(!math_partial_is_zero(rules_math(rules, "fma"), 2));
    CHECK(math_is_cheap(rules_math(rules, "fmax")) && !math_is_cheap(rules_math(rules, "exp")));
    CHECK(math_result_type(rules_math(rules, "sinl")) == type_scalar(f->unit->types, SCALAR_LDOUBLE));
    CHECK(math_result_type(rules_math(rules, "lround")) == type_scalar(f->unit->types, SCALAR_LONG));
    CHECK(rules_overrides_source(rules, "cgrad_tensorf_add") && !rules_overrides_source(rules, "y1"));
    CHECK(!rules_overrides_source(rules, "nothing"));
}

/* ---- calls ----------------------------------------------------------------------------------- */

static void test_roles(struct fixture *f) {
    const struct call_rule *copy = rules_call(f->rules, "memcpy"), *print = rules_call(f->rules, "printf");
    CHECK(copy->class == CALL_COPY && copy->to_param == 0 && copy->from_param == 1 && copy->bytes_param == 2);
    CHECK(copy->byte_param == SIZE_MAX && copy->roles[0] == ROLE_OUT && copy->roles[1] == ROLE_IN);
    CHECK(print->class == CALL_INACTIVE && print->param_count == 0 && print->rest_role == ROLE_IN);
    CHECK(rules_call(f->rules, "free")->freed_param == 0);
    CHECK(rules_call(f->rules, "calloc")->zeroed && !rules_call(f->rules, "malloc")->zeroed);
    CHECK(rules_call(f->rules, "lgammaf_r") && !rules_call(f->rules, "lgamma_rf"));
    CHECK(!rules_call(f->rules, "modf")->tangent_after);
}

static void test_adjoint_reads(struct fixture *f) {
    const struct call_rule *scale = rules_call(f->rules, "cgrad_tensor_scale");
    const struct call_rule *mul = rules_call(f->rules, "cgrad_tensor_mul");
    CHECK(scale->adjoint_reads[0] && scale->adjoint_reads[1] && !scale->adjoint_reads[2]);
    const bool all[] = {true, true, true}, without_first[] = {false, true, true};
    CHECK(call_adjoint_reads(scale, all, false, 1) && !call_adjoint_reads(scale, without_first, false, 1));
    CHECK(call_adjoint_reads(scale, without_first, false, 0));
    CHECK(call_adjoint_reads(mul, without_first, false, 0) &&
          !call_adjoint_reads(mul, without_first, false, 1));
    const struct call_rule *norm = rules_call(f->rules, "cgrad_tensor_norm");
    CHECK(norm->adjoint_reads_result && call_adjoint_reads(norm, all, true, SIZE_MAX));
    CHECK(!call_adjoint_reads(norm, all, false, SIZE_MAX));
}

static void check_block(const struct block *block, const char *expected) {
    struct text text = {0};
    emit_block(&text, block);
    CHECK_TEXT(text_string(&text), expected);
    text_free(&text);
}

static void test_alloc_companion(struct fixture *f) {
    struct types *types = f->unit->types;
    struct type *pointer = type_pointer(types, sample_double(f->unit));
    struct expr *to = expr_var(f->unit, sample_local(f->unit, f->func, "w_bar", pointer));
    struct expr *bytes = expr_binary(f->unit, BINARY_MUL, variable(f, "n", SCALAR_ULONG),
                                     expr_sizeof(f->unit, sample_double(f->unit)));
    struct block block = {0};
    call_alloc_companion(f->unit, rules_call(f->rules, "malloc"), &bytes, to, &block);
    check_block(&block, "w_bar = calloc(n * sizeof(double), 1);\n");
    CHECK(unit_find_func(f->unit, "calloc") && unit_find_func(f->unit, "calloc")->param_count == 2);
}

/* Companions that are not active take their terms and calls with them. */
static void test_templates(struct fixture *f) {
    struct expr *x = variable(f, "x", SCALAR_DOUBLE), *d = variable(f, "d", SCALAR_DOUBLE);
    struct expr *bar = variable(f, "x_bar", SCALAR_DOUBLE);
    struct var *quotient = sample_local(f->unit, f->func, "quotient", sample_int(f->unit));
    struct expr *primal[] = {x, d, expr_addr(f->unit, expr_var(f->unit, quotient))};
    struct expr *companion[] = {bar, NULL, NULL};
    struct call_binding binding = {primal, companion, variable(f, "r", SCALAR_DOUBLE),
                                   variable(f, "r_bar", SCALAR_DOUBLE), f->func};
    struct block adjoint = {0}, tangent = {0};
    call_adjoint(f->unit, rules_call(f->rules, "remquo"), &binding, &adjoint);
    check_block(&adjoint, "x_bar += r_bar;\nr_bar = 0.0;\n");
    call_tangent(f->unit, rules_call(f->rules, "remquo"), &binding, &tangent);
    check_block(&tangent, "r_bar = x_bar;\n");
}

/* ---- rows of a user -------------------------------------------------------------------------- */

/* Loads the text as a file `rows`; what was reported, in `messages`. */
static bool load(struct fixture *f, const char *rows, char *messages, size_t room) {
    FILE *file = fopen("rows", "w"), *stream = tmpfile();
    if (!file || !stream)
        abort();
    fputs(rows, file);
    fclose(file);
    struct diag *diag = diag_create(f->arena, (struct diag_options){.stream = stream});
    bool good = rules_load(f->rules, diag, "rows");
    rewind(stream);
    messages[fread(messages, 1, room - 1, stream)] = '\0';
    fclose(stream);
    return good;
}

static void check_refused(struct fixture *f, const char *rows, const char *first_line) {
    char messages[4000];
    CHECK(!load(f, rows, messages, sizeof messages));
    messages[strcspn(messages, "\n")] = '\0';
    CHECK_TEXT(messages, first_line);
}

static void test_user_rows(struct fixture *f) {
    char messages[4000];
    CHECK(load(f,
               "math sigmoid(double x)  dx = y * (1 - y)\n"
               "math softplus(float x)  dx = 1 / (1 + exp(-x))\n"
               "math sin(x)  dx = 1\n",
               messages, sizeof messages));
    CHECK_TEXT(messages, "");
    check_partial(f, "sigmoid", variable(f, "x", SCALAR_DOUBLE), NULL, 0, "y * (1 - y)");
    check_partial(f, "softplus", variable(f, "s", SCALAR_FLOAT), NULL, 0, "1 / (1 + expf(-s))");
    check_partial(f, "sin", variable(f, "x", SCALAR_DOUBLE), NULL, 0, "1.0");
    CHECK(rules_math(f->rules, "sigmoidf") == NULL && rules_overrides_source(f->rules, "sigmoid"));
}

static void test_extents(struct fixture *f) {
    char messages[4000];
    CHECK(load(f,
               "call scale(int n, double a, double *x[n:inc] inout, int inc)\n"
               "    tangent scale(n, a, x', inc)\n"
               "    adjoint scale(n, a, x', inc)\n",
               messages, sizeof messages));
    struct expr *args[] = {variable(f, "n", SCALAR_INT), expr_int(f->unit, 2), expr_int(f->unit, 0),
                           variable(f, "inc", SCALAR_INT)};
    const struct call_rule *rule = rules_call(f->rules, "scale");
    check_expr(call_extent(f->unit, rule, args, 2), "1 + (n - 1) * inc");
    CHECK(call_extent(f->unit, rule, args, 1) == NULL);
}

static void test_errors(struct fixture *f) {
    check_refused(f, "math g(a, b)  da = b\n",
                  "rows:1:6: error: the rule of 'g' has no partial by 'b': write d<parameter> = <formula>, "
                  "or = 0 where the "
                  "function is constant");
    check_refused(f, "math g(a)  da = 2 * c\n",
                  "rows:1:21: error: 'c' is neither a parameter nor the result of 'g'");
    check_refused(f, "math g(a)  da = h(a)\n",
                  "rows:1:17: error: 'h', named in the rule of 'g', has no rule itself: add a row for it");
    check_refused(f, "math g(a)  da = (a\nmath h(a)  da = 1\n",
                  "rows:2:1: error: expected ), found 'the end of the row'");
    CHECK(rules_math(f->rules, "h") != NULL);
    check_refused(f, "\n  maths g(a)\n",
                  "rows:2:3: error: 'maths' begins no rule: a row is indented but for its first word, one of "
                  "math, call, "
                  "inactive, alloc, free, copy, fill, source");
    check_refused(f,
                  "call g(double *x[1] inout) -> double r\n    tangent r' = r * x[0] * x'[0]\n    adjoint "
                  "x'[0] += r'\n",
                  "rows:1:6: error: the tangent of 'g' reads what the call makes and also 'x', which the "
                  "call overwrites: "
                  "write it without one of them");
    check_refused(f, "call g(double x) -> double r\n    tangent r' = x'\n",
                  "rows:1:6: error: the rule of 'g' needs adjoint");
    check_refused(f, "free g(p)\n",
                  "rows:1:6: error: the rule of 'g' needs a parameter that is named 'freed'");
}

int main(void) {
    struct fixture f = fixture_create();
    test_constant_arguments(&f);
    test_argument_types(&f);
    test_questions(&f);
    test_roles(&f);
    test_adjoint_reads(&f);
    test_alloc_companion(&f);
    test_templates(&f);
    test_user_rows(&f);
    test_extents(&f);
    test_errors(&f);
    arena_destroy(f.arena);
    return check_summary();
}
