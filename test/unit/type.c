/* Interned types: identity, meaning, conversions, where reals are. */
#include "check.h"
#include "sample.h"

static void test_identity(struct unit *unit, struct types *t) {
    struct type *real = sample_double(unit), *integer = sample_int(unit);
    CHECK(real == type_scalar(t, SCALAR_DOUBLE) && real != integer && real->plain == real);
    CHECK(type_pointer(t, real) == type_pointer(t, real) &&
          type_pointer(t, real) != type_pointer(t, integer));
    struct type *constant = type_qualified(t, real, QUAL_CONST);
    CHECK(constant != real && constant->plain == real && constant == type_qualified(t, real, QUAL_CONST));
    CHECK(type_qualified(t, constant, QUAL_VOLATILE)->plain == real);
    CHECK(type_qualified(t, real, 0) == real && type_qualified(t, constant, QUAL_CONST) == constant);
    struct type *params[] = {real, integer};
    CHECK(type_function(t, real, params, 2, false) == type_function(t, real, params, 2, false));
    CHECK(type_function(t, real, params, 2, false) != type_function(t, real, params, 1, false));
    CHECK(type_function_unprototyped(t, real) != type_function(t, real, NULL, 0, false));
    for (int i = 0; i < 2000; i++)
        type_array(t, real, expr_int(unit, i));
    CHECK(type_array(t, real, expr_int(unit, 7)) == type_array(t, real, expr_int(unit, 7)));
    CHECK(real == type_scalar(t, SCALAR_DOUBLE));
}

static void test_arrays(struct unit *unit, struct types *t) {
    struct type *real = sample_double(unit);
    struct func *func = sample_func(unit, "f", real);
    struct var *n = sample_param(unit, func, "n", sample_int(unit));
    struct type *three = type_array(t, real, expr_int(unit, 3));
    struct type *named = type_array(t, real, expr_named(unit, "N", expr_int(unit, 3)));
    struct type *vla = type_array(t, real, expr_var(unit, n));
    CHECK(three != named && type_same(three, named));
    CHECK(vla == type_array(t, real, expr_var(unit, n)) && type_same(vla, three));
    CHECK(!type_same(three, type_array(t, real, expr_int(unit, 4))));
    CHECK(type_same(type_array(t, real, NULL), three));
    CHECK(type_decay(t, three) == type_pointer(t, real) && type_decay(t, real) == real);
    struct type *constant = type_qualified(t, three, QUAL_CONST);
    CHECK(constant->quals == 0 && type_target(constant) == type_qualified(t, real, QUAL_CONST));
    struct type *sum =
        type_array(t, real, expr_binary(unit, BINARY_ADD, expr_int(unit, 1), expr_int(unit, 2)));
    CHECK(type_same(sum, three));
}

static void test_typedefs(struct unit *unit, struct types *t) {
    struct type *real = sample_double(unit);
    struct type *named = type_named(t, "real", type_qualified(t, real, QUAL_CONST));
    CHECK(named != real && type_strip(named) == real && type_quals(named) == QUAL_CONST);
    CHECK(type_is_real(named) && type_same(named, real) &&
          type_same(type_pointer(t, named), type_pointer(t, real)));
    struct type *vector = type_named(t, "vector", type_array(t, real, expr_int(unit, 3)));
    struct type *constant = type_qualified(t, vector, QUAL_CONST);
    CHECK(type_is_array(constant) && type_quals(constant) == QUAL_CONST);
    CHECK(type_decay(t, constant) == type_pointer(t, type_qualified(t, real, QUAL_CONST)));
    struct type *plain = type_named(t, "number", real);
    CHECK(type_common(t, plain, sample_int(unit)) == plain && type_common(t, named, named) == real);
}

static enum type_scalar common(struct types *t, enum type_scalar a, enum type_scalar b) {
    return type_common(t, type_scalar(t, a), type_scalar(t, b))->scalar;
}

static void test_conversions(struct types *t) {
    CHECK(common(t, SCALAR_CHAR, SCALAR_SHORT) == SCALAR_INT);
    CHECK(common(t, SCALAR_USHORT, SCALAR_BOOL) == SCALAR_INT);
    CHECK(common(t, SCALAR_INT, SCALAR_UINT) == SCALAR_UINT);
    CHECK(common(t, SCALAR_LONG, SCALAR_UINT) == SCALAR_LONG);
    CHECK(common(t, SCALAR_LONG, SCALAR_ULONG) == SCALAR_ULONG);
    CHECK(common(t, SCALAR_LLONG, SCALAR_ULONG) == SCALAR_ULLONG);
    CHECK(common(t, SCALAR_LLONG, SCALAR_UINT) == SCALAR_LLONG);
    CHECK(common(t, SCALAR_LLONG, SCALAR_LONG) == SCALAR_LLONG);
    CHECK(common(t, SCALAR_ULLONG, SCALAR_INT) == SCALAR_ULLONG);
    CHECK(common(t, SCALAR_FLOAT, SCALAR_ULLONG) == SCALAR_FLOAT);
    CHECK(common(t, SCALAR_FLOAT, SCALAR_DOUBLE) == SCALAR_DOUBLE);
    CHECK(common(t, SCALAR_LDOUBLE, SCALAR_INT) == SCALAR_LDOUBLE);
    CHECK(type_promoted(t, type_enum(t, "color")) == type_scalar(t, SCALAR_INT));
    CHECK(type_promoted(t, type_scalar(t, SCALAR_FLOAT))->scalar == SCALAR_FLOAT);
    struct type *other = type_opaque(t, "_Complex double");
    CHECK(type_common(t, type_scalar(t, SCALAR_DOUBLE), other) == other);
}

static void test_reals(struct unit *unit, struct types *t) {
    struct record *node = NEW(unit->arena, struct record);
    struct type *type = type_record(t, node), *integer = sample_int(unit);
    CHECK(type == type_record(t, node) && !type_reaches_real(type));
    struct field fields[] = {{"next", type_pointer(t, type), false, false, false},
                             {"key", integer, false, false, false},
                             {"value", type_pointer(t, sample_double(unit)), false, false, false}};
    node->fields = fields;
    node->field_count = 2;
    CHECK(!type_holds_real(type) && !type_reaches_real(type));
    node->field_count = 3;
    CHECK(!type_holds_real(type) && type_reaches_real(type) && type_reaches_real(type_pointer(t, type)));
    fields[1].type = type_array(t, sample_double(unit), expr_int(unit, 2));
    CHECK(type_holds_real(type) && type_field(type, "key") == &fields[1] && !type_field(type, "none"));
    CHECK(!type_reaches_real(type_pointer(t, type_void(t))) && !type_holds_real(integer));
}

int main(void) {
    struct arena *arena = arena_create();
    struct unit *unit = sample_unit(arena);
    test_identity(unit, unit->types);
    test_arrays(unit, unit->types);
    test_typedefs(unit, unit->types);
    test_conversions(unit->types);
    test_reals(unit, unit->types);
    arena_destroy(arena);
    return check_summary();
}
