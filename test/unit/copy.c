/* Deep copies, with variables replaced; types of variable length rebuilt. */
#include "check.h"
#include "sample_program.h"

static const char *dumped(struct unit *unit, const struct func *func) {
    struct text out = {0};
    func_dump(&out, func, NULL, NULL);
    const char *copy = arena_strdup(unit->arena, text_string(&out));
    text_free(&out);
    return copy;
}

/* A copy of the program under the same name, each variable replaced by one of the new function. */
static struct func *copy_func(struct program *p) {
    struct unit *unit = p->unit;
    struct func *func = func_new(unit, "sample", p->func->result);
    struct copy_map map = {.unit = unit, .var_count = p->func->vars.count};
    func->defined = true;
    map.vars = NEW_ARRAY(unit->arena, struct expr *, map.var_count);
    for (size_t i = 0; i < map.var_count; i++) {
        const struct var *old = p->func->vars.items[i];
        map.vars[i] =
            expr_var(unit, func_add_var(unit, func, old->kind, old->name, type_copy(&map, old->type)));
    }
    block_copy(&map, &func->body, &p->func->body);
    return func;
}

static void test_func(struct unit *unit) {
    struct program p = sample_program(unit);
    const char *before = dumped(unit, p.func);
    struct func *copy = copy_func(&p);
    func_verify(unit, copy, "copy");
    CHECK_TEXT(dumped(unit, copy), before);
    CHECK(copy->vars.items[p.tmp->id]->type != p.tmp->type);
    CHECK(type_strip(copy->vars.items[p.tmp->id]->type)->count->u.var == copy->params[0]);
    copy->body.items[2]->u.loop.body.items[0]->u.set.from->u.name = "cos";
    copy->body.items[4]->u.switch_.arms[0].values[0]->u.text = "7";
    CHECK_TEXT(dumped(unit, p.func), before);
}

static void test_replacement(struct unit *unit) {
    struct func *f = sample_func(unit, "f", type_void(unit->types));
    struct type *real = sample_double(unit), *pointer = type_pointer(unit->types, real);
    struct var *x = sample_param(unit, f, "x", real),
               *table = func_add_var(unit, f, VAR_STATIC_LOCAL, "table", real);
    struct var *target = sample_param(unit, f, "target", pointer);
    struct expr *fresh[] = {expr_deref(unit, expr_var(unit, target)), expr_var(unit, x), NULL};
    struct copy_map map = {unit, fresh, 3};
    struct expr *sum = expr_binary(unit, BINARY_ADD, expr_var(unit, x), expr_var(unit, table));
    struct expr *copy = expr_copy(&map, sum), *again = expr_copy(&map, sum);
    CHECK(copy->args[0]->kind == EXPR_DEREF && copy->args[0] != fresh[0] && copy->args[0] != again->args[0]);
    CHECK(copy->args[1]->u.var == table); /* statics have one instance */
    table->is_const = true;
    CHECK(expr_copy(&map, sum)->args[1]->u.var == x); /* but for tables of constants */
    table->is_const = false;
    CHECK(expr_equal(copy, again) && !expr_equal(copy, sum));
    CHECK(expr_copy(&map, expr_sizeof(unit, real))->u.of == real && expr_copy(&map, NULL) == NULL);
    CHECK(type_copy(&map, pointer) == pointer);
}

int main(void) {
    struct arena *arena = arena_create();
    struct unit *unit = sample_unit(arena);
    test_func(unit);
    test_replacement(unit);
    arena_destroy(arena);
    return check_summary();
}
