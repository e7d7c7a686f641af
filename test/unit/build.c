/* Constructors: the types that C gives expressions, addresses taken, fresh names. */
#include "check.h"
#include "sample.h"

static struct expr *local(struct unit *unit, struct func *func, enum type_scalar scalar) {
    return expr_var(unit, sample_local(unit, func, "v", type_scalar(unit->types, scalar)));
}

static void test_arithmetic(struct unit *unit, struct func *f) {
    struct expr *c = local(unit, f, SCALAR_CHAR), *l = local(unit, f, SCALAR_LONG),
                *x = local(unit, f, SCALAR_FLOAT);
    CHECK(expr_binary(unit, BINARY_ADD, c, c)->type == sample_int(unit));
    CHECK(expr_binary(unit, BINARY_MUL, l, x)->type->scalar == SCALAR_FLOAT);
    CHECK(expr_binary(unit, BINARY_SHL, c, l)->type == sample_int(unit));
    CHECK(expr_binary(unit, BINARY_LT, x, l)->type == sample_int(unit));
    CHECK(expr_unary(unit, UNARY_NEG, c)->type == sample_int(unit));
    CHECK(expr_unary(unit, UNARY_LNOT, x)->type == sample_int(unit));
    CHECK(expr_cond(unit, c, l, x)->type->scalar == SCALAR_FLOAT);
    CHECK(expr_sizeof(unit, x->type)->type->scalar == SCALAR_ULONG);
}

static void test_pointers(struct unit *unit, struct func *f) {
    struct types *t = unit->types;
    struct type *real = sample_double(unit), *constant = type_qualified(t, real, QUAL_CONST);
    struct type *array = type_array(t, type_array(t, real, expr_int(unit, 4)), expr_int(unit, 3));
    struct expr *p = expr_var(unit, sample_local(unit, f, "p", type_pointer(t, real)));
    struct expr *q = expr_var(unit, sample_local(unit, f, "q", type_pointer(t, constant)));
    struct expr *a = expr_var(unit, sample_local(unit, f, "a", array)), *one = expr_int(unit, 1);
    CHECK(expr_binary(unit, BINARY_ADD, p, one)->type == p->type &&
          expr_binary(unit, BINARY_ADD, one, p)->type == p->type);
    CHECK(expr_binary(unit, BINARY_SUB, p, p)->type->scalar == SCALAR_LONG);
    CHECK(expr_binary(unit, BINARY_ADD, a, one)->type == type_pointer(t, array->under));
    CHECK(expr_index(unit, p, one)->type == real && expr_deref(unit, q)->type == constant);
    CHECK(expr_index(unit, a, one)->type == array->under);
    CHECK(expr_index(unit, expr_index(unit, a, one), one)->type == real);
    CHECK(expr_cond(unit, one, p, q)->type == q->type);
    CHECK(expr_cond(unit, one, expr_int(unit, 0), p)->type == p->type);
    CHECK(type_is_void(type_target(
        expr_cond(unit, one, p, expr_cast(unit, type_pointer(t, type_void(t)), p, false))->type)));
    struct type *vector = type_qualified(t, type_named(t, "vector", array->under), QUAL_CONST);
    CHECK(expr_index(unit, expr_var(unit, sample_local(unit, f, "v", vector)), one)->type == constant);
}

static void test_fields(struct unit *unit, struct func *f) {
    struct types *t = unit->types;
    struct field fields[] = {{"x", sample_double(unit), false, false, false}};
    struct record record = {.tag = "point", .complete = true, .fields = fields, .field_count = 1};
    struct type *type = type_record(t, &record), *constant = type_qualified(t, type, QUAL_CONST);
    struct expr *s = expr_var(unit, sample_local(unit, f, "s", type));
    struct expr *p = expr_var(unit, sample_local(unit, f, "p", type_pointer(t, constant)));
    CHECK(expr_field(unit, s, "x")->type == sample_double(unit));
    CHECK(type_quals(expr_field(unit, p, "x")->type) == QUAL_CONST);
    expr_addr(unit, expr_field(unit, p, "x"));
    CHECK(!p->u.var->address_taken);
    CHECK(expr_addr(unit, expr_field(unit, s, "x"))->type == type_pointer(t, sample_double(unit)));
    CHECK(s->u.var->address_taken);
}

static void test_addresses(struct unit *unit, struct func *f) {
    struct types *t = unit->types;
    struct type *array = type_array(t, sample_double(unit), expr_int(unit, 3));
    struct expr *a = expr_var(unit, sample_local(unit, f, "a", array)),
                *b = expr_var(unit, sample_local(unit, f, "b", array));
    struct expr *p = expr_var(unit, sample_local(unit, f, "p", type_pointer(t, sample_double(unit))));
    expr_addr(unit, expr_index(unit, p, expr_int(unit, 0)));
    expr_addr(unit, expr_deref(unit, p));
    CHECK(!p->u.var->address_taken);
    struct expr *decayed = expr_cast(unit, type_decay(t, array), a, true);
    CHECK(!a->u.var->address_taken);
    expr_addr(unit, expr_index(unit, decayed, expr_int(unit, 0)));
    CHECK(a->u.var->address_taken);
    expr_addr(unit, expr_index(unit, b, expr_int(unit, 0)));
    CHECK(b->u.var->address_taken);
}

static void test_constants(struct unit *unit) {
    struct types *t = unit->types;
    CHECK_TEXT(expr_int(unit, 42)->u.text, "42");
    CHECK_TEXT(expr_int(unit, 3000000000)->u.text, "3000000000LL");
    CHECK_TEXT(expr_int(unit, INT32_MIN)->u.text, "(-2147483647 - 1)");
    CHECK_TEXT(expr_int_typed(unit, 1, type_scalar(t, SCALAR_ULONG))->u.text, "1UL");
    CHECK_TEXT(expr_zero(unit, sample_double(unit))->u.text, "0.0");
    CHECK_TEXT(expr_zero(unit, type_scalar(t, SCALAR_FLOAT))->u.text, "0.0f");
    CHECK_TEXT(expr_zero(unit, type_qualified(t, sample_int(unit), QUAL_CONST))->u.text, "0");
    CHECK(expr_zero(unit, type_pointer(t, sample_int(unit)))->kind == EXPR_CAST);
}

static void test_names(struct unit *unit) {
    struct func *f = sample_func(unit, "model", sample_double(unit));
    sample_param(unit, f, "x", sample_double(unit));
    map_put(unit->identifiers, "x_2", f);
    CHECK_TEXT(func_fresh_name(unit, f, "x"), "x_3");
    CHECK_TEXT(func_fresh_name(unit, f, "y"), "y");
    CHECK_TEXT(func_fresh_name(unit, f, "double"), "double_2");
    CHECK_TEXT(func_fresh_name(unit, f, "_Bool"), "_Bool_2");
    CHECK_TEXT(func_fresh_name(unit, f, "while"), "while_2");
    CHECK_TEXT(func_fresh_name(unit, f, "model"), "model_2");
    CHECK(f->param_count == 1 && f->params[0] == f->vars.items[0] && unit_find_func(unit, "model") == f);
    CHECK(unit_find_func(unit, "none") == NULL);
}

static void test_locations(struct unit *unit, struct func *f) {
    struct expr *x = local(unit, f, SCALAR_DOUBLE);
    x->loc = (struct loc){"a.c", 3, 4};
    CHECK(expr_binary(unit, BINARY_ADD, x, expr_int(unit, 1))->loc.line == 3);
    CHECK(stmt_set(unit, expr_deref(unit, expr_addr(unit, x)), x, false)->loc.column == 4);
}

int main(void) {
    struct arena *arena = arena_create();
    struct unit *unit = sample_unit(arena);
    struct func *f = sample_func(unit, "f", sample_double(unit));
    test_arithmetic(unit, f);
    test_pointers(unit, f);
    test_fields(unit, f);
    test_addresses(unit, f);
    test_constants(unit);
    test_names(unit);
    test_locations(unit, f);
    arena_destroy(arena);
    return check_summary();
}
