/* sample_program: one function with every kind of statement:
 *
 *     double sample(int n, const double *x) { double tmp[n]; ... }
 */
#ifndef SAMPLE_PROGRAM_H
#define SAMPLE_PROGRAM_H

#include "sample.h"

struct program {
    struct unit *unit;
    struct func *func;
    struct var *n, *x, *tmp, *s, *i;
    struct stmt *loop, *while_, *switch_; /* the statements that tests break */
};

static inline struct expr *program_element(struct program *p, struct var *array) {
    return expr_index(p->unit, expr_var(p->unit, array), expr_var(p->unit, p->i));
}

static inline void program_add_loop(struct program *p) {
    struct unit *unit = p->unit;
    struct expr *args[] = {program_element(p, p->x)};
    p->loop = sample_for(unit, p->i, expr_var(unit, p->n));
    struct block *body = &p->loop->u.loop.body;
    struct expr *sine = expr_math(unit, "sin", sample_double(unit), args, 1);
    block_add(unit, body, stmt_set(unit, program_element(p, p->tmp), sine, false));
    block_add(unit, body, stmt_set(unit, expr_var(unit, p->s), program_element(p, p->tmp), true));
    block_add(unit, &p->func->body, p->loop);
}

/* while (s < 10.0) { push(s); if (s == 0.0) { break; } else { s = s * 2; } } */
static inline void program_add_while(struct program *p) {
    struct unit *unit = p->unit;
    struct expr *s = expr_var(unit, p->s);
    p->while_ = stmt_new(unit, STMT_WHILE, (struct loc){0});
    p->while_->u.while_.cond = expr_binary(unit, BINARY_LT, s, expr_real(unit, "10.0", s->type));
    p->while_->u.while_.has_break = true;
    struct stmt *push = stmt_new(unit, STMT_PUSH, s->loc);
    push->to = s;
    struct stmt *test = stmt_if(unit, expr_binary(unit, BINARY_EQ, s, expr_zero(unit, s->type)));
    block_add(unit, &test->u.branch.then, stmt_new(unit, STMT_BREAK, s->loc));
    struct expr *twice = expr_binary(unit, BINARY_MUL, s, expr_int(unit, 2));
    block_add(unit, &test->u.branch.other, stmt_set(unit, s, twice, false));
    block_add(unit, &p->while_->u.while_.body, push);
    block_add(unit, &p->while_->u.while_.body, test);
    block_add(unit, &p->func->body, p->while_);
}

/* switch (n) { case 1, 2: { s = -s; } default: { pop(s); } } */
static inline void program_add_switch(struct program *p) {
    struct unit *unit = p->unit;
    struct expr *s = expr_var(unit, p->s);
    p->switch_ = stmt_new(unit, STMT_SWITCH, s->loc);
    p->switch_->u.switch_.value = expr_var(unit, p->n);
    struct switch_arm *arms = NEW_ARRAY(unit->arena, struct switch_arm, 2);
    arms[0].values = NEW_ARRAY(unit->arena, struct expr *, 2);
    arms[0].values[0] = expr_int(unit, 1);
    arms[0].values[1] = expr_int(unit, 2);
    arms[0].value_count = 2;
    block_add(unit, &arms[0].body, stmt_set(unit, s, expr_unary(unit, UNARY_NEG, s), false));
    arms[1].is_default = true;
    struct stmt *pop = stmt_new(unit, STMT_POP, s->loc);
    pop->to = s;
    block_add(unit, &arms[1].body, pop);
    p->switch_->u.switch_.arms = arms;
    p->switch_->u.switch_.arm_count = 2;
    block_add(unit, &p->func->body, p->switch_);
}

static inline void program_add_call(struct program *p) {
    struct unit *unit = p->unit;
    struct func *callee = func_new(unit, "helper", sample_double(unit));
    sample_param(unit, callee, "a", sample_double(unit));
    VEC_PUSH(unit->arena, unit->funcs, callee);
    struct expr *args[] = {expr_var(unit, p->s)};
    block_add(unit, &p->func->body, stmt_call(unit, expr_var(unit, p->s), callee, args, 1));
}

static inline struct program sample_program(struct unit *unit) {
    struct types *t = unit->types;
    struct program p = {.unit = unit, .func = sample_func(unit, "sample", sample_double(unit))};
    struct type *constant = type_qualified(t, sample_double(unit), QUAL_CONST);
    p.n = sample_param(unit, p.func, "n", sample_int(unit));
    p.x = sample_param(unit, p.func, "x", type_pointer(t, constant));
    p.tmp = sample_local(unit, p.func, "tmp", type_array(t, sample_double(unit), expr_var(unit, p.n)));
    p.s = sample_local(unit, p.func, "s", sample_double(unit));
    p.i = sample_local(unit, p.func, "i", sample_int(unit));
    block_add(unit, &p.func->body, stmt_decl(unit, p.tmp, NULL));
    block_add(unit, &p.func->body, stmt_decl(unit, p.s, expr_zero(unit, p.s->type)));
    program_add_loop(&p);
    program_add_while(&p);
    program_add_switch(&p);
    program_add_call(&p);
    block_add(unit, &p.func->body, stmt_return(unit, expr_var(unit, p.s)));
    return p;
}

#endif
