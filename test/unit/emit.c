/* The text of expressions, declarations, lines and comments. */
#include "check.h"
#include "sample.h"
#include "emit/print.h"

#include <stdlib.h>

/* Short names for building. */
static struct unit *unit;
static struct expr *x, *y, *i, *j, *p, *f, *u; /* double, double, int, int, double *, float, unsigned */

static struct expr *two(struct expr *a, enum binary_op op, struct expr *b) {
    return expr_binary(unit, op, a, b);
}

static struct expr *neg(struct expr *a) {
    return expr_unary(unit, UNARY_NEG, a);
}

static struct expr *lnot(struct expr *a) {
    return expr_unary(unit, UNARY_LNOT, a);
}

static struct expr *implicit(enum type_scalar scalar, struct expr *a) {
    return expr_cast(unit, type_scalar(unit->types, scalar), a, true);
}

static struct expr *cast(enum type_scalar scalar, struct expr *a) {
    return expr_cast(unit, type_scalar(unit->types, scalar), a, false);
}

static void check_expr(int line, struct expr *expr, const char *expected) {
    struct text out = {0};
    emit_expr(&out, expr);
    check_text_count(text_string(&out), expected, __FILE__, line);
    text_free(&out);
}
#define EXPR(expr, expected) check_expr(__LINE__, (expr), (expected))

static void test_precedence(void) {
    EXPR(two(x, BINARY_ADD, two(x, BINARY_MUL, y)), "x + x * y");
    EXPR(two(two(x, BINARY_ADD, x), BINARY_MUL, y), "(x + x) * y");
    EXPR(two(x, BINARY_SUB, two(y, BINARY_SUB, x)), "x - (y - x)");
    EXPR(two(two(x, BINARY_SUB, y), BINARY_SUB, x), "x - y - x");
    EXPR(two(x, BINARY_ADD, two(y, BINARY_ADD, x)), "x + (y + x)");
    EXPR(two(x, BINARY_DIV, two(y, BINARY_DIV, x)), "x / (y / x)");
    EXPR(two(x, BINARY_SUB, neg(y)), "x - -y");
    EXPR(neg(neg(x)), "-(-x)");
    EXPR(neg(expr_int(unit, -3)), "-(-3)");
    EXPR(two(neg(x), BINARY_MUL, y), "-x * y");
    EXPR(neg(two(x, BINARY_MUL, y)), "-(x * y)");
    EXPR(expr_int_typed(unit, INT32_MIN, sample_int(unit)), "(-2147483647 - 1)");
    EXPR(lnot(two(i, BINARY_LT, j)), "!(i < j)");
    EXPR(expr_unary(unit, UNARY_NOT, neg(i)), "~-i");
    EXPR(expr_cond(unit, two(x, BINARY_GT, y), x, neg(x)), "x > y ? x : -x");
    EXPR(two(expr_cond(unit, i, x, y), BINARY_MUL, y), "(i ? x : y) * y");
    EXPR(expr_cond(unit, i, x, expr_cond(unit, j, y, x)), "i ? x : j ? y : x");
    EXPR(expr_cond(unit, i, expr_cond(unit, j, y, x), x), "i ? (j ? y : x) : x");
    EXPR(expr_cond(unit, expr_cond(unit, i, j, i), x, y), "(i ? j : i) ? x : y");
}

/* Where compilers ask for parentheses. */
static void test_surprising(void) {
    EXPR(two(two(i, BINARY_LAND, j), BINARY_LOR, i), "(i && j) || i");
    EXPR(two(two(i, BINARY_LOR, j), BINARY_LAND, i), "(i || j) && i");
    EXPR(two(two(i, BINARY_LAND, j), BINARY_LAND, i), "i && j && i");
    EXPR(two(i, BINARY_SHL, two(j, BINARY_ADD, i)), "i << (j + i)");
    EXPR(two(two(i, BINARY_ADD, j), BINARY_SHR, i), "(i + j) >> i");
    EXPR(two(two(i, BINARY_AND, j), BINARY_OR, i), "(i & j) | i");
    EXPR(two(two(i, BINARY_OR, j), BINARY_OR, i), "i | j | i");
    EXPR(two(two(i, BINARY_ADD, j), BINARY_AND, i), "(i + j) & i");
    EXPR(two(i, BINARY_AND, two(j, BINARY_EQ, i)), "i & (j == i)");
    EXPR(two(two(i, BINARY_AND, j), BINARY_EQ, i), "(i & j) == i");
    EXPR(two(two(i, BINARY_LT, j), BINARY_EQ, i), "(i < j) == i");
    EXPR(two(lnot(i), BINARY_EQ, j), "(!i) == j");
    EXPR(two(j, BINARY_EQ, lnot(i)), "j == !i");
}

static void test_paths(void) {
    struct type *d = sample_double(unit), *pp = type_pointer(unit->types, type_pointer(unit->types, d));
    struct record *record = NEW(unit->arena, struct record);
    struct field fields[] = {{.name = "a", .type = d}, {.name = "next", .type = NULL}};
    record->tag = "node";
    record->complete = true;
    struct type *node = type_record(unit->types, record);
    fields[1].type = type_pointer(unit->types, node);
    record->fields = fields;
    record->field_count = 2;
    struct func *func = sample_func(unit, "paths", d);
    struct expr *n = expr_var(unit, sample_local(unit, func, "n", fields[1].type));
    struct expr *s = expr_var(unit, sample_local(unit, func, "s", node));
    struct expr *q = expr_var(unit, sample_local(unit, func, "q", pp));
    struct expr *nn =
        expr_var(unit, sample_local(unit, func, "nn", type_pointer(unit->types, fields[1].type)));
    EXPR(expr_index(unit, p, two(i, BINARY_ADD, j)), "p[i + j]");
    EXPR(expr_index(unit, two(p, BINARY_ADD, i), j), "(p + i)[j]");
    EXPR(expr_deref(unit, two(p, BINARY_ADD, i)), "*(p + i)");
    EXPR(expr_index(unit, expr_deref(unit, q), j), "(*q)[j]");
    EXPR(expr_deref(unit, expr_index(unit, q, j)), "*q[j]");
    EXPR(expr_addr(unit, expr_index(unit, p, i)), "&p[i]");
    EXPR(expr_addr(unit, expr_deref(unit, p)), "p");
    EXPR(expr_deref(unit, expr_addr(unit, x)), "x");
    EXPR(two(x, BINARY_DIV, expr_deref(unit, p)), "x / *p");
    EXPR(expr_field(unit, n, "a"), "n->a");
    EXPR(expr_field(unit, s, "a"), "s.a");
    EXPR(expr_field(unit, expr_deref(unit, n), "a"), "n->a");
    EXPR(expr_field(unit, expr_addr(unit, s), "a"), "s.a");
    EXPR(expr_field(unit, expr_deref(unit, nn), "a"), "(*nn)->a");
    EXPR(expr_field(unit, expr_deref(unit, expr_deref(unit, nn)), "a"), "(*nn)->a");
    EXPR(expr_field(unit, expr_field(unit, n, "next"), "a"), "n->next->a");
    EXPR(neg(expr_index(unit, p, i)), "-p[i]");
    EXPR(expr_sizeof(unit, pp), "sizeof(double **)");
}

/* Conversions have text only where C would not make them. */
static void test_conversions(void) {
    EXPR(two(implicit(SCALAR_DOUBLE, i), BINARY_DIV, x), "i / x");
    EXPR(two(implicit(SCALAR_DOUBLE, i), BINARY_DIV, expr_int(unit, 2)), "(double)i / 2");
    EXPR(two(implicit(SCALAR_DOUBLE, i), BINARY_DIV, implicit(SCALAR_DOUBLE, j)), "(double)i / (double)j");
    EXPR(two(two(implicit(SCALAR_DOUBLE, i), BINARY_DIV, implicit(SCALAR_DOUBLE, j)), BINARY_MUL, x),
         "(double)i / (double)j * x");
    EXPR(two(implicit(SCALAR_FLOAT, x), BINARY_MUL, f), "(float)x * f");
    EXPR(two(implicit(SCALAR_DOUBLE, f), BINARY_MUL, f), "(double)f * f");
    EXPR(two(implicit(SCALAR_DOUBLE, f), BINARY_MUL, x), "f * x");
    EXPR(two(implicit(SCALAR_DOUBLE, implicit(SCALAR_FLOAT, x)), BINARY_MUL, y), "(float)x * y");
    EXPR(two(implicit(SCALAR_DOUBLE, implicit(SCALAR_LONG, i)), BINARY_MUL, y), "i * y");
    EXPR(two(implicit(SCALAR_UINT, i), BINARY_LT, u), "(unsigned int)i < u"); /* else -Wsign-compare */
    EXPR(two(implicit(SCALAR_INT, u), BINARY_LT, i), "(int)u < i");
    EXPR(two(i, BINARY_SHL, implicit(SCALAR_INT, u)), "i << (int)u");
    EXPR(neg(implicit(SCALAR_DOUBLE, i)), "-(double)i");
    EXPR(cast(SCALAR_INT, two(x, BINARY_MUL, y)), "(int)(x * y)");
    EXPR(cast(SCALAR_DOUBLE, i), "(double)i");
    EXPR(cast(SCALAR_DOUBLE, implicit(SCALAR_FLOAT, x)), "(double)(float)x");
    EXPR(expr_index(unit, p, implicit(SCALAR_LONG, i)), "p[i]");
    EXPR(expr_index(unit, p, implicit(SCALAR_INT, x)), "p[(int)x]");
    EXPR(expr_cond(unit, i, implicit(SCALAR_DOUBLE, j), x), "i ? j : x");
    EXPR(expr_cond(unit, i, implicit(SCALAR_FLOAT, x), implicit(SCALAR_FLOAT, y)), "i ? (float)x : (float)y");
    EXPR(lnot(implicit(SCALAR_INT, x)), "!(int)x");
    EXPR(two(implicit(SCALAR_BOOL, x), BINARY_LAND, i), "x && i");
}

static void check_declarator(int line, struct type *type, const char *name, const char *expected) {
    struct text out = {0};
    emit_declarator(&out, type, name);
    check_text_count(text_string(&out), expected, __FILE__, line);
    text_free(&out);
}
#define DECLARATOR(type, name, expected) check_declarator(__LINE__, (type), (name), (expected))

static void test_declarators(void) {
    struct types *t = unit->types;
    struct type *d = sample_double(unit), *cd = type_qualified(t, d, QUAL_CONST);
    struct type *row = type_array(t, d, expr_int(unit, 3)), *matrix = type_array(t, row, expr_int(unit, 2));
    struct type *params[] = {d, type_pointer(t, cd)};
    struct type *function = type_function(t, d, params, 2, false), *pointer = type_pointer(t, function);
    DECLARATOR(d, NULL, "double");
    DECLARATOR(cd, "x", "const double x");
    DECLARATOR(type_pointer(t, cd), "x", "const double *x");
    DECLARATOR(type_qualified(t, type_pointer(t, d), QUAL_CONST | QUAL_RESTRICT), "x",
               "double *const restrict x");
    DECLARATOR(type_qualified(t, type_pointer(t, d), QUAL_CONST), NULL, "double *const");
    DECLARATOR(matrix, "m", "double m[2][3]");
    DECLARATOR(type_pointer(t, row), "m", "double (*m)[3]");
    DECLARATOR(type_pointer(t, row), NULL, "double (*)[3]");
    DECLARATOR(type_array(t, type_pointer(t, d), NULL), "m", "double *m[]");
    DECLARATOR(pointer, "call", "double (*call)(double, const double *)");
    DECLARATOR(type_array(t, pointer, expr_int(unit, 4)), "calls",
               "double (*calls[4])(double, const double *)");
    DECLARATOR(type_function(t, pointer, NULL, 0, false), "get",
               "double (*get(void))(double, const double *)");
    DECLARATOR(type_pointer(t, type_named(t, "vec", row)), "v", "vec *v");
    DECLARATOR(type_array(t, d, two(i, BINARY_MUL, j)), "tmp", "double tmp[i * j]");
}

static void check_stmt(int line, struct stmt *stmt, const char *expected) {
    struct text out = {0};
    emit_stmt(&out, stmt);
    check_text_count(text_string(&out), expected, __FILE__, line);
    text_free(&out);
}
#define STMT(stmt, expected) check_stmt(__LINE__, (stmt), (expected))

static struct stmt *set(struct expr *to, struct expr *from) {
    return stmt_set(unit, to, from, false);
}

static struct stmt *add(struct expr *to, struct expr *from) {
    return stmt_set(unit, to, from, true);
}

static void test_assignments(void) {
    STMT(set(x, two(x, BINARY_MUL, y)), "x *= y;\n");
    STMT(set(x, two(y, BINARY_MUL, x)), "x = y * x;\n");
    STMT(set(x, two(x, BINARY_DIV, two(y, BINARY_ADD, x))), "x /= y + x;\n");
    STMT(set(i, two(i, BINARY_ADD, expr_int(unit, 1))), "i++;\n");
    STMT(set(i, two(i, BINARY_SHL, expr_int(unit, 1))), "i <<= 1;\n");
    STMT(add(i, expr_int(unit, -1)), "i--;\n");
    STMT(add(i, j), "i += j;\n");
    STMT(add(x, neg(two(x, BINARY_MUL, y))), "x -= x * y;\n");
    STMT(add(x, expr_int(unit, 1)), "x += 1;\n");
    STMT(add(p, expr_int(unit, 1)), "p++;\n");
    STMT(add(expr_deref(unit, p), x), "*p += x;\n");
    STMT(set(expr_deref(unit, p), two(expr_deref(unit, p), BINARY_SUB, x)), "*p -= x;\n");
    STMT(set(f, implicit(SCALAR_FLOAT, two(implicit(SCALAR_DOUBLE, f), BINARY_MUL, x))), "f *= x;\n");
    STMT(add(f, implicit(SCALAR_FLOAT, x)), "f += (float)x;\n");
    STMT(add(x, implicit(SCALAR_DOUBLE, i)), "x += i;\n");
    STMT(add(x, two(implicit(SCALAR_DOUBLE, i), BINARY_MUL, implicit(SCALAR_DOUBLE, j))),
         "x += (double)i * (double)j;\n");
}

static void test_lines(void) {
    struct text out = {.indent = 1};
    print_line(&out, "total = first_long_name[index] * second_long_name[index] + third_long_name[index] * "
                     "fourth_long_name(some_argument, another_argument) - \"a, b + c\"[0];");
    CHECK_TEXT(text_string(&out), "    total = first_long_name[index] * second_long_name[index] +\n"
                                  "        third_long_name[index] * fourth_long_name(some_argument, "
                                  "another_argument) - \"a, b + c\"[0];");
    text_free(&out);
    out = (struct text){.indent = 1};
    print_comment(&out, "/* one\n         two\n           three */");
    print_comment(&out, "/*\n   * one\n   */");
    print_comment(&out, "// one\n  // two");
    CHECK_TEXT(text_string(&out), "    /* one\n       two\n         three */\n"
                                  "    /*\n     * one\n     */\n"
                                  "    // one\n    // two\n");
    text_free(&out);
}

static void test_names(struct arena *arena) {
    struct map *names = map_create(arena);
    collect_names("a1 = b /* c */ + 1e5f * 0xAL - 'd' + \"e\\\"f\"; // g\nh->k", names);
    CHECK(map_count(names) == 4);
    CHECK(map_get(names, "a1") && map_get(names, "b") && map_get(names, "h") && map_get(names, "k"));
    CHECK(count_mentions("x + xx", "xx") == 1 && count_mentions("x + xxx /* xx */", "xx") == 0);
}

int main(void) {
    struct arena *arena = arena_create();
    unit = sample_unit(arena);
    struct type *d = sample_double(unit), *n = sample_int(unit);
    struct func *func = sample_func(unit, "f", d);
    x = expr_var(unit, sample_local(unit, func, "x", d));
    y = expr_var(unit, sample_local(unit, func, "y", d));
    i = expr_var(unit, sample_local(unit, func, "i", n));
    j = expr_var(unit, sample_local(unit, func, "j", n));
    p = expr_var(unit, sample_local(unit, func, "p", type_pointer(unit->types, d)));
    f = expr_var(unit, sample_local(unit, func, "f", type_scalar(unit->types, SCALAR_FLOAT)));
    u = expr_var(unit, sample_local(unit, func, "u", type_scalar(unit->types, SCALAR_UINT)));
    test_precedence();
    test_surprising();
    test_paths();
    test_conversions();
    test_declarators();
    test_assignments();
    test_lines();
    test_names(arena);
    arena_destroy(arena);
    return check_summary();
}
