/* Questions about expressions, and visits. */
#include "check.h"
#include "sample.h"

static struct expr *number(struct unit *unit, long long value) {
    return expr_int(unit, value);
}

static bool is_const(const struct expr *expr, long long expected) {
    long long value;
    return expr_is_const_int(expr, &value) && value == expected;
}

static void test_constants(struct unit *unit, struct expr *n) {
    struct type *unsigned_int = type_scalar(unit->types, SCALAR_UINT);
    struct expr *two = number(unit, 2), *named = expr_named(unit, "N", number(unit, 10));
    long long value;
    CHECK(is_const(named, 10) && is_const(expr_unary(unit, UNARY_NEG, two), -2));
    CHECK(is_const(expr_binary(unit, BINARY_MUL, named, two), 20) &&
          is_const(expr_binary(unit, BINARY_SHL, two, two), 8));
    CHECK(is_const(expr_binary(unit, BINARY_DIV, named, number(unit, 3)), 3));
    CHECK(is_const(expr_cast(unit, type_scalar(unit->types, SCALAR_LONG), two, true), 2));
    CHECK(!expr_is_const_int(expr_cast(unit, sample_double(unit), two, true), &value));
    CHECK(!expr_is_const_int(expr_cast(unit, unsigned_int, number(unit, -1), true), &value));
    CHECK(!expr_is_const_int(expr_binary(unit, BINARY_DIV, two, number(unit, 0)), &value));
    CHECK(!expr_is_const_int(expr_binary(unit, BINARY_ADD, number(unit, INT32_MAX), two), &value));
    struct expr *one = expr_int_typed(unit, 1, unsigned_int);
    CHECK(!expr_is_const_int(expr_binary(unit, BINARY_LT, number(unit, -1), one), &value));
    CHECK(!expr_is_const_int(expr_binary(unit, BINARY_SUB, one, expr_int_typed(unit, 2, unsigned_int)),
                             &value));
    CHECK(!expr_is_const_int(n, &value) && !expr_is_const_int(expr_binary(unit, BINARY_ADD, two, n), &value));
}

static void test_equality(struct unit *unit, struct expr *n, struct expr *p) {
    struct expr *sum = expr_binary(unit, BINARY_ADD, n, number(unit, 1));
    CHECK(expr_equal(sum, expr_binary(unit, BINARY_ADD, expr_var(unit, n->u.var), number(unit, 1))));
    CHECK(!expr_equal(sum, expr_binary(unit, BINARY_SUB, n, number(unit, 1))));
    CHECK(!expr_equal(sum, expr_binary(unit, BINARY_ADD, n, number(unit, 2))));
    CHECK(expr_equal(expr_named(unit, "ONE", number(unit, 1)), number(unit, 1)));
    CHECK(expr_equal(expr_cast(unit, sample_int(unit), n, true), n));
    CHECK(!expr_equal(expr_cast(unit, sample_double(unit), n, true), n)); /* n / 2 is not (double)n / 2 */
    CHECK(!expr_equal(expr_index(unit, p, n), expr_index(unit, p, sum)));
    struct expr *args[] = {expr_index(unit, p, n)};
    struct expr *sine = expr_math(unit, "sin", sample_double(unit), args, 1);
    CHECK(expr_equal(sine, expr_math(unit, "sin", sample_double(unit), args, 1)));
    CHECK(!expr_equal(sine, expr_math(unit, "cos", sample_double(unit), args, 1)));
    CHECK(!expr_equal(expr_real(unit, "1.0", sample_double(unit)),
                      expr_real(unit, "1.5", sample_double(unit))));
}

static void test_lvalues(struct unit *unit, struct expr *n, struct expr *p, struct expr *a) {
    struct expr *moved = expr_binary(unit, BINARY_ADD, n, p);
    CHECK(expr_is_lvalue(n) && expr_is_lvalue(expr_index(unit, p, n)) &&
          expr_is_lvalue(expr_deref(unit, moved)));
    CHECK(!expr_is_lvalue(moved) && !expr_is_lvalue(number(unit, 1)) &&
          !expr_is_lvalue(expr_cast(unit, n->type, n, true)));
    CHECK(expr_root(expr_deref(unit, moved)) == p->u.var && expr_root(expr_index(unit, a, n)) == a->u.var);
    CHECK(expr_root(expr_index(unit, expr_cast(unit, type_decay(unit->types, a->type), a, true), n)) ==
          a->u.var);
    CHECK(expr_root(expr_deref(unit, expr_cond(unit, n, p, p))) == NULL &&
          expr_root(number(unit, 1)) == NULL);
    CHECK(expr_root(expr_binary(unit, BINARY_ADD, n, n)) == NULL);
}

static bool count_node(struct expr *expr, void *data) {
    ++*(int *)data;
    return expr->kind != EXPR_INDEX;
}

static void count_expr(struct expr **expr, void *data) {
    (void)expr;
    ++*(int *)data;
}

static void count_block(struct block *block, void *data) {
    (void)block;
    ++*(int *)data;
}

static void test_visits(struct unit *unit, struct func *f, struct expr *n, struct expr *p) {
    int count = 0;
    struct expr *element = expr_index(unit, p, n);
    expr_walk(expr_binary(unit, BINARY_MUL, element, n), count_node, &count);
    CHECK(count == 3); /* nothing below the INDEX */
    struct stmt *loop = sample_for(unit, sample_local(unit, f, "i", sample_int(unit)), n);
    struct stmt *test = stmt_if(unit, n), *set = stmt_set(unit, element, element, true);
    block_add(unit, &test->u.branch.then, set);
    block_add(unit, &loop->u.loop.body, test);
    block_add(unit, &f->body, loop);
    block_add(unit, &f->body, stmt_return(unit, NULL));
    count = 0, stmt_each_expr(loop, count_expr, &count);
    CHECK(count == 3);
    count = 0, stmt_each_expr(set, count_expr, &count);
    CHECK(count == 2);
    count = 0, stmt_each_expr(f->body.items[1], count_expr, &count);
    CHECK(count == 0);
    count = 0, stmt_each_block(test, count_block, &count);
    CHECK(count == 2);
    CHECK(func_number(f) == 4 && loop->id == 1 && test->id == 2 && set->id == 3 && f->body.items[1]->id == 4);
}

int main(void) {
    struct arena *arena = arena_create();
    struct unit *unit = sample_unit(arena);
    struct func *f = sample_func(unit, "f", type_void(unit->types));
    struct type *real = sample_double(unit);
    struct expr *n = expr_var(unit, sample_param(unit, f, "n", sample_int(unit)));
    struct expr *p = expr_var(unit, sample_param(unit, f, "p", type_pointer(unit->types, real)));
    struct expr *a =
        expr_var(unit, sample_local(unit, f, "a", type_array(unit->types, real, number(unit, 3))));
    test_constants(unit, n);
    test_equality(unit, n, p);
    test_lvalues(unit, n, p, a);
    test_visits(unit, f, n, p);
    arena_destroy(arena);
    return check_summary();
}
