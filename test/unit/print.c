/* The dump of every kind of statement, with facts. */
#include "check.h"
#include "sample_program.h"

static const char *number_fact(const struct stmt *stmt, void *data) {
    struct arena *arena = data;
    return stmt->kind == STMT_DECL || stmt->kind == STMT_FOR ? arena_printf(arena, "%u", stmt->id) : NULL;
}

static const char expected[] = "double sample(int n, const double *x) {\n"
                               "    double[n] tmp;  // 1\n"
                               "    double s = 0.0;  // 2\n"
                               "    for (int i = 0; i < n; i += 1) {  // 3\n"
                               "        tmp[i] = sin(x[i]);\n"
                               "        s += tmp[i];\n"
                               "    }\n"
                               "    while ((s < 10.0)) [break] {\n"
                               "        push(s);\n"
                               "        if ((s == 0.0)) {\n"
                               "            break;\n"
                               "        } else {\n"
                               "            s = (s * 2);\n"
                               "        }\n"
                               "    }\n"
                               "    switch (n) {\n"
                               "    case 1, 2: {\n"
                               "        s = -s;\n"
                               "    }\n"
                               "    default: {\n"
                               "        pop(s);\n"
                               "    }\n"
                               "    }\n"
                               "    s = helper(s);\n"
                               "    return s;\n"
                               "}\n";

static void test_program(struct unit *unit) {
    struct program p = sample_program(unit);
    struct text out = {0};
    func_number(p.func);
    func_dump(&out, p.func, number_fact, unit->arena);
    CHECK_TEXT(text_string(&out), expected);
    text_free(&out);
}

/* One statement in a function of its own. */
static const char *dumped(struct unit *unit, struct stmt *stmt) {
    struct func *func = sample_func(unit, "f", type_void(unit->types));
    struct text out = {0};
    block_add(unit, &func->body, stmt);
    func_dump(&out, func, NULL, NULL);
    const char *copy = arena_strdup(unit->arena, text_string(&out));
    text_free(&out);
    return copy;
}

static void test_expressions(struct unit *unit) {
    struct types *t = unit->types;
    struct func *f = sample_func(unit, "f", type_void(t));
    struct type *real = sample_double(unit),
                *matrix = type_array(t, type_array(t, real, expr_int(unit, 4)), NULL);
    struct field fields[] = {{"x", real, false, false, false}};
    struct record record = {.tag = "point", .fields = fields, .field_count = 1};
    struct expr *p = expr_var(unit, sample_local(unit, f, "p", type_pointer(t, type_record(t, &record))));
    struct expr *set = expr_field(unit, expr_deref(unit, p), "x"), *x = expr_field(unit, p, "x");
    struct expr *cast = expr_cast(unit, sample_int(unit), x, false);
    CHECK_TEXT(
        dumped(unit, stmt_set(unit, set, expr_cond(unit, cast, x, expr_cast(unit, real, cast, true)), false)),
        "void f() {\n    (*p).x = ((int)p->x ? p->x : (int)p->x);\n}\n");
    struct var *q =
        sample_local(unit, f, "q", type_pointer(t, type_pointer(t, type_qualified(t, real, QUAL_CONST))));
    CHECK_TEXT(dumped(unit, stmt_decl(unit, q, expr_addr(unit, p))),
               "void f() {\n    const double **q = &p;\n}\n");
    struct expr *zero[] = {expr_int(unit, 0)}, *row[] = {expr_init(unit, matrix->under, zero, 1)};
    struct var *m = sample_local(unit, f, "m", matrix);
    m->kind = VAR_STATIC_LOCAL;
    CHECK_TEXT(dumped(unit, stmt_decl(unit, m, expr_init(unit, matrix, row, 1))),
               "void f() {\n    static double[][4] m = {{0}};\n}\n");
    struct stmt *raw = stmt_raw(unit, "#pragma x");
    raw->comment = "/* a comment */";
    CHECK_TEXT(dumped(unit, raw), "void f() {\n    /* a comment */\n    #pragma x\n}\n");
}

int main(void) {
    struct arena *arena = arena_create();
    struct unit *unit = sample_unit(arena);
    test_program(unit);
    test_expressions(unit);
    arena_destroy(arena);
    return check_summary();
}
