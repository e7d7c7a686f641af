/* The verifier: what is whole passes; each broken invariant is found, with its message. A case breaks a sound
 * program in one place and verifies it in a child process, which must abort. */
#define _POSIX_C_SOURCE 200809L
#include "check.h"
#include "sample_program.h"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

struct verdict {
    bool aborted;
    char message[8192];
};

static void read_all(int fd, struct verdict *verdict) {
    size_t length = 0;
    for (ssize_t got; (got = read(fd, verdict->message + length, sizeof verdict->message - 1 - length)) > 0;)
        length += (size_t)got;
    verdict->message[length] = '\0';
}

static struct verdict verify(const struct unit *unit, const struct func *func) {
    struct verdict verdict = {0};
    int ends[2], status = 0;
    fflush(stdout);
    if (pipe(ends) != 0)
        return verdict;
    pid_t child = fork();
    if (child == 0) {
        dup2(ends[1], STDERR_FILENO);
        close(ends[0]);
        func_verify(unit, func, "test");
        _exit(0);
    }
    close(ends[1]);
    read_all(ends[0], &verdict);
    close(ends[0]);
    waitpid(child, &status, 0);
    verdict.aborted = WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT;
    return verdict;
}

/* ---- one way each to break the program -------------------------------------------------------- */

static struct expr *use(struct program *p, struct var *var) {
    return expr_var(p->unit, var);
}

static void add_first(struct program *p, struct block *block, struct stmt *stmt) {
    struct block old = *block;
    *block = (struct block){0};
    block_add(p->unit, block, stmt);
    block_append(p->unit, block, &old);
}

static void add_last(struct program *p, struct stmt *stmt) {
    block_add(p->unit, &p->func->body, p->func->body.items[p->func->body.count - 1]);
    p->func->body.items[p->func->body.count - 2] = stmt;
}

static void break_early_return(struct program *p) {
    add_first(p, &p->func->body, stmt_return(p->unit, expr_zero(p->unit, p->s->type)));
}

static void break_return_in_loop(struct program *p) {
    block_add(p->unit, &p->loop->u.loop.body, stmt_return(p->unit, use(p, p->s)));
}

static void break_not_last(struct program *p) {
    add_first(p, &p->while_->u.while_.body, stmt_new(p->unit, STMT_BREAK, (struct loc){0}));
}

static void break_outside(struct program *p) {
    block_add(p->unit, &p->switch_->u.switch_.arms[0].body, stmt_new(p->unit, STMT_BREAK, (struct loc){0}));
}

static void break_in_switch(struct program *p) {
    struct block *body = &p->while_->u.while_.body;
    block_add(p->unit, &p->switch_->u.switch_.arms[0].body, stmt_new(p->unit, STMT_BREAK, (struct loc){0}));
    body->items[1] = p->switch_;
}

static void break_case(struct program *p) {
    p->switch_->u.switch_.arms[1].values = p->switch_->u.switch_.arms[0].values + 1;
    p->switch_->u.switch_.arms[1].value_count = 1;
}

static void break_continue(struct program *p) {
    block_add(p->unit, &p->loop->u.loop.body, stmt_new(p->unit, STMT_CONTINUE, (struct loc){0}));
}

static void break_unmarked(struct program *p) {
    p->while_->u.while_.has_break = false;
}

static void break_marked(struct program *p) {
    p->loop->u.loop.has_break = true;
}

static void break_init(struct program *p) {
    struct expr *zero[] = {expr_zero(p->unit, p->s->type)};
    add_last(p, stmt_set(p->unit, use(p, p->s), expr_init(p->unit, p->s->type, zero, 1), false));
}

static void break_target(struct program *p) {
    add_last(p, stmt_set(p->unit, expr_binary(p->unit, BINARY_ADD, use(p, p->s), use(p, p->s)), use(p, p->s),
                         false));
}

static void break_const_target(struct program *p) {
    add_last(p, stmt_set(p->unit, expr_deref(p->unit, use(p, p->x)), use(p, p->s), false));
}

static void break_array_target(struct program *p) {
    add_last(p, stmt_set(p->unit, use(p, p->tmp), use(p, p->tmp), false));
}

static void break_set_types(struct program *p) {
    add_last(p, stmt_set(p->unit, use(p, p->s), use(p, p->x), false));
}

static void break_pop(struct program *p) {
    p->switch_->u.switch_.arms[1].body.items[0]->to = expr_int(p->unit, 1);
}

static void break_arg_count(struct program *p) {
    p->func->body.items[5]->u.call.arg_count = 0;
}

static void break_arg_type(struct program *p) {
    p->func->body.items[5]->u.call.args[0] = use(p, p->x);
}

static void break_result(struct program *p) {
    p->func->body.items[5]->u.call.callee->result = type_void(p->unit->types);
}

static void break_index(struct program *p) {
    block_add(p->unit, &p->loop->u.loop.body, stmt_set(p->unit, use(p, p->i), expr_int(p->unit, 0), false));
}

static void break_bound(struct program *p) {
    block_add(p->unit, &p->loop->u.loop.body, stmt_set(p->unit, use(p, p->n), expr_int(p->unit, 0), false));
}

static void break_inner_index(struct program *p) {
    struct stmt *inner = sample_for(p->unit, p->i, expr_int(p->unit, 3));
    inner->u.loop.declares = false;
    block_add(p->unit, &p->loop->u.loop.body, inner);
}

static void break_step_sign(struct program *p) {
    p->loop->u.loop.step = expr_int(p->unit, -1);
}

static void break_step_zero(struct program *p) {
    p->loop->u.loop.step = expr_int(p->unit, 0);
}

static void break_step_ne(struct program *p) {
    p->loop->u.loop.rel = BINARY_NE;
    p->loop->u.loop.step = expr_int(p->unit, 2);
}

static void break_step_unknown(struct program *p) {
    p->loop->u.loop.rel = BINARY_GT;
    p->loop->u.loop.step = use(p, p->n);
}

static void break_scope(struct program *p) {
    add_last(p, stmt_set(p->unit, use(p, p->s), use(p, p->i), false));
}

static void break_undeclared(struct program *p) {
    struct var *late = sample_local(p->unit, p->func, "late", p->s->type);
    add_last(p, stmt_set(p->unit, use(p, late), use(p, p->s), false));
}

static void break_twice(struct program *p) {
    block_add(p->unit, &p->loop->u.loop.body, stmt_decl(p->unit, p->s, NULL));
}

static void break_foreign(struct program *p) {
    struct func *other = sample_func(p->unit, "other", p->s->type);
    add_last(
        p, stmt_set(p->unit, use(p, p->s), use(p, sample_param(p->unit, other, "alien", p->s->type)), false));
}

static void break_global(struct program *p) {
    struct var *global = NEW(p->unit->arena, struct var);
    *global = (struct var){.kind = VAR_GLOBAL, .name = "global", .type = p->s->type};
    add_last(p, stmt_set(p->unit, use(p, p->s), use(p, global), false));
}

static void break_math(struct program *p) {
    struct expr *args[] = {use(p, p->s)};
    add_last(p, stmt_set(p->unit, use(p, p->s), expr_math(p->unit, "sin", p->s->type, args, 0), false));
}

static void break_operands(struct program *p) {
    struct expr *shift = expr_binary(p->unit, BINARY_SHL, use(p, p->s), expr_int(p->unit, 1));
    add_last(p, stmt_set(p->unit, use(p, p->s), shift, false));
}

static void break_type(struct program *p) {
    struct expr *element = expr_index(p->unit, use(p, p->x), use(p, p->n));
    element->type = p->n->type;
    add_last(p, stmt_set(p->unit, use(p, p->s), element, false));
}

static void break_default(struct program *p) {
    p->switch_->u.switch_.arms[0].is_default = true;
}

static void break_arm(struct program *p) {
    p->switch_->u.switch_.arms[0].value_count = 0;
}

static void break_return_value(struct program *p) {
    p->func->body.items[6]->u.value = NULL;
}

static void break_extent(struct program *p) {
    p->tmp->type = type_array(p->unit->types, sample_double(p->unit), use(p, p->s));
}

static void break_vla_init(struct program *p) {
    struct expr *zero[] = {expr_zero(p->unit, p->s->type)};
    p->func->body.items[0]->u.decl.init = expr_init(p->unit, p->tmp->type, zero, 1);
}

static void break_params(struct program *p) {
    struct var *first = p->func->params[0];
    p->func->params[0] = p->func->params[1];
    p->func->params[1] = first;
}

static const struct {
    void (*apply)(struct program *);
    const char *message;
} cases[] = {
    {break_early_return, "a return that is not in tail position"},
    {break_return_in_loop, "a return that is not in tail position"},
    {break_not_last, "a break that is not in tail position"},
    {break_outside, "a break that is not in tail position"},
    {break_in_switch, "a break that is not in tail position"},
    {break_case, "a case that stands twice"},
    {break_continue, "a continue"},
    {break_unmarked, "a break and no has_break"},
    {break_marked, "has_break and no break"},
    {break_init, "a braced initialiser outside of a declaration"},
    {break_target, "not an lvalue"},
    {break_const_target, "the target is const"},
    {break_array_target, "a whole array"},
    {break_set_types, "the type of the assigned value"},
    {break_pop, "not an lvalue"},
    {break_arg_count, "'helper' takes 1 arguments and is called with 0"},
    {break_arg_type, "the type of an argument"},
    {break_result, "the result of 'helper'"},
    {break_index, "changes its index 'i'"},
    {break_bound, "changes what its bounds are made of"},
    {break_inner_index, "changes its index 'i'"},
    {break_step_sign, "does not fit its relation"},
    {break_step_zero, "does not fit its relation"},
    {break_step_ne, "does not fit its relation"},
    {break_step_unknown, "must count upward"},
    {break_scope, "'i' is used where it is not declared"},
    {break_undeclared, "'late' is used where it is not declared"},
    {break_twice, "'s' is declared twice"},
    {break_foreign, "'alien' is a variable of another function"},
    {break_global, "'global' is a variable of another function"},
    {break_math, "an expression with 0 operands"},
    {break_operands, "operands of a binary operator"},
    {break_type, "the type of an element"},
    {break_default, "several defaults"},
    {break_arm, "nothing leads to"},
    {break_return_value, "a return without its value"},
    {break_extent, "'s' is used where it is not declared"},
    {break_vla_init, "an initialiser of an array of variable length"},
    {break_params, "parameter 0 is not variable 0"},
};

static void test_case(struct arena *arena, size_t number) {
    struct program p = sample_program(sample_unit(arena));
    cases[number].apply(&p);
    struct verdict verdict = verify(p.unit, p.func);
    bool good = verdict.aborted && strstr(verdict.message, cases[number].message);
    CHECK(good);
    if (!good)
        printf("expected '%s', got:\n%s\n", cases[number].message, verdict.message);
}

/* ---- what is whole ---------------------------------------------------------------------------- */

static bool is_sound(const struct unit *unit, const struct func *func) {
    struct verdict verdict = verify(unit, func);
    fputs(verdict.message, stdout);
    return !verdict.aborted && verdict.message[0] == '\0';
}

/* if (n) { return 1.0; } else { double s_2; switch (n) { case 1: { return s_2; } } return 0.0; } */
static void test_decision_tree(struct unit *unit) {
    struct func *f = sample_func(unit, "tree", sample_double(unit));
    struct expr *n = expr_var(unit, sample_param(unit, f, "n", sample_int(unit)));
    struct var *s = sample_local(unit, f, "s_2", sample_double(unit));
    struct stmt *test = stmt_if(unit, n), *choice = stmt_new(unit, STMT_SWITCH, n->loc);
    struct switch_arm arm = {.values = (struct expr *[]){expr_int(unit, 1)}, .value_count = 1};
    block_add(unit, &arm.body, stmt_return(unit, expr_var(unit, s)));
    choice->u.switch_.value = n;
    choice->u.switch_.arms = &arm;
    choice->u.switch_.arm_count = 1;
    block_add(unit, &test->u.branch.then, stmt_return(unit, expr_real(unit, "1.0", s->type)));
    block_add(unit, &test->u.branch.other, stmt_decl(unit, s, NULL));
    block_add(unit, &test->u.branch.other, choice);
    block_add(unit, &f->body, test);
    CHECK(is_sound(unit, f));
    block_add(unit, &test->u.branch.other, stmt_return(unit, expr_zero(unit, s->type)));
    CHECK(verify(unit, f).aborted); /* the switch is no longer last */
}

static void test_initialisers(struct unit *unit) {
    struct types *t = unit->types;
    struct func *f = sample_func(unit, "tables", type_void(t));
    struct type *real = sample_double(unit), *row = type_array(t, real, expr_int(unit, 2));
    struct field fields[] = {{"at", row, false, false, false},
                             {"name", type_pointer(t, type_scalar(t, SCALAR_CHAR)), false, false, false}};
    struct record record = {.tag = "point", .complete = true, .fields = fields, .field_count = 2};
    struct expr *numbers[] = {expr_int(unit, 1), expr_real(unit, "2.0", real), expr_int(unit, 3)};
    struct expr *parts[] = {expr_init(unit, row, numbers, 2), expr_int(unit, 0)};
    struct var *var = sample_local(unit, f, "point", type_record(t, &record));
    block_add(unit, &f->body, stmt_decl(unit, var, expr_init(unit, var->type, parts, 2)));
    CHECK(is_sound(unit, f));
    parts[0] = expr_init(unit, row, numbers, 3);
    f->body.items[0]->u.decl.init = expr_init(unit, var->type, parts, 2);
    CHECK(strstr(verify(unit, f).message, "more elements than its array"));
}

/* Complex numbers, say: typed by their spelling alone, left to the C compiler. */
static void test_opaque(struct unit *unit) {
    struct func *f = sample_func(unit, "opaque", type_void(unit->types));
    struct var *z = sample_param(unit, f, "z", type_opaque(unit->types, "double _Complex"));
    struct expr *product = expr_binary(unit, BINARY_MUL, expr_var(unit, z), expr_int(unit, 2));
    block_add(unit, &f->body, stmt_set(unit, expr_var(unit, z), product, true));
    CHECK(is_sound(unit, f));
}

static void test_sound(struct unit *unit) {
    struct program p = sample_program(unit);
    CHECK(is_sound(unit, p.func));
    struct func *declared = sample_func(unit, "declared", sample_double(unit));
    declared->defined = false;
    CHECK(is_sound(unit, declared));
    p.func->unsupported = "goto";
    break_continue(&p);
    CHECK(is_sound(unit, p.func)); /* its body means nothing */
}

int main(void) {
    struct arena *arena = arena_create();
    struct unit *unit = sample_unit(arena);
    test_sound(unit);
    test_decision_tree(unit);
    test_initialisers(unit);
    test_opaque(unit);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        test_case(arena, i);
    arena_destroy(arena);
    return check_summary();
}
