/* Extents of requests: text -> expression over parameters, members and constants; located errors for the
 * rest. */
#include "check.h"
#include "sample.h"
#include "emit/emit.h"
#include "front/front.h"

static struct func *make_function(struct unit *unit) {
    struct types *types = unit->types;
    struct record *record = NEW(unit->arena, struct record);
    static struct field fields[2];
    fields[0] = (struct field){.name = "rows", .type = sample_int(unit)};
    fields[1] = (struct field){.name = "scale", .type = sample_double(unit)};
    *record = (struct record){.tag = "shape", .complete = true, .fields = fields, .field_count = 2};
    struct type *shape = type_record(types, record);
    struct func *func = sample_func(unit, "f", sample_double(unit));
    sample_param(unit, func, "n", sample_int(unit));
    sample_param(unit, func, "d", type_scalar(types, SCALAR_ULONG));
    sample_param(unit, func, "s", shape);
    sample_param(unit, func, "p", type_pointer(types, shape));
    sample_param(unit, func, "count", type_pointer(types, sample_int(unit)));
    sample_param(unit, func, "x", type_pointer(types, sample_double(unit)));
    return func;
}

static void expect(struct unit *unit, struct func *func, const char *extent, const char *printed) {
    struct text text = {0};
    struct expr *expr = front_parse_extent(unit, func, extent, (struct loc){0});
    CHECK(expr != NULL);
    if (expr)
        emit_expr(&text, expr);
    CHECK_TEXT(text_string(&text), printed);
    text_free(&text);
}

static void test_accepted(struct unit *unit, struct func *func) {
    expect(unit, func, "n", "n");
    expect(unit, func, " n*d ", "n * d");
    expect(unit, func, "2*(n+1) - d/2%3", "2 * (n + 1) - d / 2 % 3");
    expect(unit, func, "n - 1 - d", "n - 1 - d");
    expect(unit, func, "-n + 0x10uL", "-n + 16");
    expect(unit, func, "s.rows * p->rows", "s.rows * p->rows");
    expect(unit, func, "(*p).rows", "p->rows");
    expect(unit, func, "n * *count", "n * *count");
    expect(unit, func, "SIZE*n", "SIZE * n");
}

static void test_refused(struct unit *unit, struct func *func) {
    static const char *const extents[] = {"",     "n+",      "(n",     "n)",      "m", "x",           "2.5",
                                          "n n",  "s->rows", "p.rows", "p->cols", "s", "n * s.scale", "*n",
                                          "f(n)", "n[0]"};
    for (size_t i = 0; i < sizeof extents / sizeof *extents; i++) {
        size_t before = diag_error_count(unit->diag);
        CHECK(front_parse_extent(unit, func, extents[i], (struct loc){0}) == NULL);
        CHECK(diag_error_count(unit->diag) == before + 1);
    }
}

int main(void) {
    struct arena *arena = arena_create();
    struct unit *unit = sample_unit(arena);
    FILE *sink = tmpfile();
    unit->diag = diag_create(arena, (struct diag_options){.stream = sink});
    unit->constants = map_create(arena);
    map_put(unit->constants, "SIZE", expr_named(unit, "SIZE", expr_int(unit, 4)));
    struct func *func = make_function(unit);
    test_accepted(unit, func);
    test_refused(unit, func);
    fclose(sink);
    arena_destroy(arena);
    return check_summary();
}
