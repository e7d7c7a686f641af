/* walk: questions about expressions and visits of trees. Nothing here changes what it visits, but a visitor
 * may. */
#include "ir/ir.h"

#include <stdlib.h>
#include <string.h>

/* ---- constants ------------------------------------------------------------------------------- */

/* Largest values of the integer types of LP64; of the widest unsigned ones, what a long long holds. */
static const long long largest[SCALAR_COUNT] = {
    [SCALAR_BOOL] = 1,          [SCALAR_CHAR] = INT8_MAX,   [SCALAR_SCHAR] = INT8_MAX,
    [SCALAR_UCHAR] = UINT8_MAX, [SCALAR_SHORT] = INT16_MAX, [SCALAR_USHORT] = UINT16_MAX,
    [SCALAR_INT] = INT32_MAX,   [SCALAR_UINT] = UINT32_MAX, [SCALAR_LONG] = INT64_MAX,
    [SCALAR_ULONG] = INT64_MAX, [SCALAR_LLONG] = INT64_MAX, [SCALAR_ULLONG] = INT64_MAX,
};

static bool is_unsigned(const struct type *type) {
    switch (type_strip(type)->scalar) {
    case SCALAR_BOOL:
    case SCALAR_UCHAR:
    case SCALAR_USHORT:
    case SCALAR_UINT:
    case SCALAR_ULONG:
    case SCALAR_ULLONG: return true;
    case SCALAR_CHAR:
    case SCALAR_SCHAR:
    case SCALAR_SHORT:
    case SCALAR_INT:
    case SCALAR_LONG:
    case SCALAR_LLONG:
    case SCALAR_FLOAT:
    case SCALAR_DOUBLE:
    case SCALAR_LDOUBLE:
    case SCALAR_COUNT: return false;
    }
    return false;
}

/* Whether the type surely represents the value. */
static bool fits(const struct type *type, long long value) {
    const struct type *meaning = type_strip(type);
    if (meaning->kind == TYPE_ENUM)
        return value >= INT32_MIN && value <= INT32_MAX;
    if (meaning->kind != TYPE_INT)
        return false;
    long long max = largest[meaning->scalar];
    return value <= max && value >= (is_unsigned(meaning) ? 0 : -max - 1);
}

static bool const_unary(enum unary_op op, long long a, long long *value) {
    switch (op) {
    case UNARY_NEG: return !__builtin_sub_overflow(0, a, value);
    case UNARY_PLUS: *value = a; return true;
    case UNARY_NOT: *value = ~a; return true;
    case UNARY_LNOT: *value = !a; return true;
    }
    return false;
}

static bool const_shift(enum binary_op op, long long a, long long b, long long *value) {
    if (a < 0 || a > INT32_MAX || b < 0 || b >= 31)
        return false;
    *value = op == BINARY_SHL ? a << b : a >> b;
    return true;
}

static bool const_divide(enum binary_op op, long long a, long long b, long long *value) {
    if (b == 0 || b == -1)
        return false;
    *value = op == BINARY_DIV ? a / b : a % b;
    return true;
}

static bool const_binary(enum binary_op op, long long a, long long b, long long *value) {
    switch (op) {
    case BINARY_ADD: return !__builtin_add_overflow(a, b, value);
    case BINARY_SUB: return !__builtin_sub_overflow(a, b, value);
    case BINARY_MUL: return !__builtin_mul_overflow(a, b, value);
    case BINARY_DIV:
    case BINARY_REM: return const_divide(op, a, b, value);
    case BINARY_SHL:
    case BINARY_SHR: return const_shift(op, a, b, value);
    case BINARY_AND: *value = a & b; return true;
    case BINARY_OR: *value = a | b; return true;
    case BINARY_XOR: *value = a ^ b; return true;
    case BINARY_LT: *value = a < b; return true;
    case BINARY_GT: *value = a > b; return true;
    case BINARY_LE: *value = a <= b; return true;
    case BINARY_GE: *value = a >= b; return true;
    case BINARY_EQ: *value = a == b; return true;
    case BINARY_NE: *value = a != b; return true;
    case BINARY_LAND: *value = a && b; return true;
    case BINARY_LOR: *value = a || b; return true;
    }
    return false;
}

/* A negative operand beside an unsigned one would be converted: such constants are left alone. */
static bool keeps_value(const struct expr *a, long long value_a, const struct expr *b, long long value_b) {
    return (value_a >= 0 && value_b >= 0) || (!is_unsigned(a->type) && !is_unsigned(b->type));
}

static bool const_operands(const struct expr *expr, long long *value) {
    long long a, b = 0;
    if (!expr_is_const_int(expr->args[0], &a))
        return false;
    if (expr->kind == EXPR_UNARY)
        return const_unary(expr->u.unary, a, value);
    return expr_is_const_int(expr->args[1], &b) && keeps_value(expr->args[0], a, expr->args[1], b) &&
           const_binary(expr->u.binary, a, b, value);
}

bool expr_is_const_int(const struct expr *expr, long long *value) {
    bool known = false;
    if (expr->kind == EXPR_INT) {
        *value = expr->value;
        known = true;
    } else if (expr->kind == EXPR_NAMED || (expr->kind == EXPR_CAST && expr->u.implicit))
        known = expr_is_const_int(expr->args[0], value);
    else if (expr->kind == EXPR_UNARY || expr->kind == EXPR_BINARY)
        known = const_operands(expr, value);
    return known && fits(expr->type, *value);
}

bool expr_is_number(const struct expr *expr, long double value) {
    long long integer;
    if (expr->kind == EXPR_REAL)
        return strtold(expr->u.text, NULL) == value;
    return expr_is_const_int(expr, &integer) && (long double)integer == value;
}

/* ---- equality --------------------------------------------------------------------------------- */

struct expr *expr_strip(const struct expr *expr) {
    while (expr->kind == EXPR_NAMED || (expr->kind == EXPR_CAST && expr->u.implicit))
        expr = expr->args[0];
    return (struct expr *)expr;
}

/* Drops what does not change the value: names of constants and conversions to the same type. */
static const struct expr *drop_wrappers(const struct expr *expr) {
    for (;;) {
        bool idle_cast = expr->kind == EXPR_CAST && type_same(expr->type, expr->args[0]->type);
        if (expr->kind != EXPR_NAMED && !idle_cast)
            return expr;
        expr = expr->args[0];
    }
}

static bool same_head(const struct expr *a, const struct expr *b) {
    switch (a->kind) {
    case EXPR_INT: return a->value == b->value && type_same(a->type, b->type);
    case EXPR_REAL: return strcmp(a->u.text, b->u.text) == 0 && type_same(a->type, b->type);
    case EXPR_STRING: return strcmp(a->u.text, b->u.text) == 0;
    case EXPR_VAR: return a->u.var == b->u.var;
    case EXPR_FUNC: return a->u.func == b->u.func;
    case EXPR_UNARY: return a->u.unary == b->u.unary;
    case EXPR_BINARY: return a->u.binary == b->u.binary;
    case EXPR_CAST:
    case EXPR_INIT: return type_same(a->type, b->type);
    case EXPR_FIELD:
    case EXPR_MATH: return strcmp(a->u.name, b->u.name) == 0;
    case EXPR_SIZEOF: return a->u.of == b->u.of;
    case EXPR_NAMED:
    case EXPR_COND:
    case EXPR_INDEX:
    case EXPR_DEREF:
    case EXPR_ADDR: return true;
    }
    return false;
}

bool expr_equal(const struct expr *a, const struct expr *b) {
    if (a == b)
        return true;
    a = drop_wrappers(a);
    b = drop_wrappers(b);
    if (a->kind != b->kind || a->arg_count != b->arg_count || !same_head(a, b))
        return false;
    for (size_t i = 0; i < a->arg_count; i++)
        if (!expr_equal(a->args[i], b->args[i]))
            return false;
    return true;
}

/* ---- lvalues ---------------------------------------------------------------------------------- */

bool expr_is_lvalue(const struct expr *expr) {
    switch (expr->kind) {
    case EXPR_VAR:
    case EXPR_DEREF: return true;
    case EXPR_NAMED: return expr_is_lvalue(expr->args[0]);
    case EXPR_INDEX:
    case EXPR_FIELD: return type_is_pointer(expr->args[0]->type) || expr_is_lvalue(expr->args[0]);
    case EXPR_INT:
    case EXPR_REAL:
    case EXPR_STRING:
    case EXPR_FUNC:
    case EXPR_UNARY:
    case EXPR_BINARY:
    case EXPR_COND:
    case EXPR_CAST:
    case EXPR_ADDR:
    case EXPR_MATH:
    case EXPR_SIZEOF:
    case EXPR_INIT: return false;
    }
    return false;
}

static bool is_address(const struct expr *expr) {
    return type_is_pointer(expr->type) || type_is_array(expr->type);
}

/* One step from an lvalue, or from the pointer that leads to it, towards its root; NULL where the path ends.
 */
static const struct expr *towards_root(const struct expr *expr) {
    switch (expr->kind) {
    case EXPR_INDEX:
    case EXPR_DEREF:
    case EXPR_FIELD:
    case EXPR_ADDR:
    case EXPR_NAMED: return expr->args[0];
    case EXPR_CAST: return is_address(expr->args[0]) || expr->u.implicit ? expr->args[0] : NULL;
    case EXPR_BINARY:
        if (is_address(expr->args[0]))
            return is_address(expr->args[1]) ? NULL : expr->args[0];
        return is_address(expr->args[1]) ? expr->args[1] : NULL;
    case EXPR_VAR:
    case EXPR_INT:
    case EXPR_REAL:
    case EXPR_STRING:
    case EXPR_FUNC:
    case EXPR_UNARY:
    case EXPR_COND:
    case EXPR_MATH:
    case EXPR_SIZEOF:
    case EXPR_INIT: return NULL;
    }
    return NULL;
}

const struct expr *expr_bare_int(const struct expr *e) {
    while ((e->kind == EXPR_CAST && type_is_int(e->type) && type_is_int(e->args[0]->type)) ||
           (e->kind == EXPR_NAMED && e->arg_count == 1))
        e = e->args[0];
    return e;
}

struct var *expr_root(const struct expr *expr) {
    while (expr && expr->kind != EXPR_VAR)
        expr = towards_root(expr);
    return expr ? expr->u.var : NULL;
}

/* ---- visits ----------------------------------------------------------------------------------- */

void expr_walk(struct expr *expr, bool (*visit)(struct expr *expr, void *data), void *data) {
    if (!visit(expr, data))
        return;
    for (size_t i = 0; i < expr->arg_count; i++)
        expr_walk(expr->args[i], visit, data);
}

static void visit_slot(struct expr **slot, void (*visit)(struct expr **expr, void *data), void *data) {
    if (*slot)
        visit(slot, data);
}

static void visit_slots(struct expr **slots, size_t count, void (*visit)(struct expr **expr, void *data),
                        void *data) {
    for (size_t i = 0; i < count; i++)
        visit_slot(&slots[i], visit, data);
}

static void visit_switch(struct stmt *stmt, void (*visit)(struct expr **expr, void *data), void *data) {
    visit_slot(&stmt->u.switch_.value, visit, data);
    for (size_t i = 0; i < stmt->u.switch_.arm_count; i++)
        visit_slots(stmt->u.switch_.arms[i].values, stmt->u.switch_.arms[i].value_count, visit, data);
}

void stmt_each_expr(struct stmt *stmt, void (*visit)(struct expr **expr, void *data), void *data) {
    visit_slot(&stmt->to, visit, data);
    switch (stmt->kind) {
    case STMT_DECL: visit_slot(&stmt->u.decl.init, visit, data); break;
    case STMT_SET: visit_slot(&stmt->u.set.from, visit, data); break;
    case STMT_CALL: visit_slots(stmt->u.call.args, stmt->u.call.arg_count, visit, data); break;
    case STMT_IF: visit_slot(&stmt->u.branch.cond, visit, data); break;
    case STMT_FOR:
        visit_slot(&stmt->u.loop.lo, visit, data);
        visit_slot(&stmt->u.loop.hi, visit, data);
        visit_slot(&stmt->u.loop.step, visit, data);
        break;
    case STMT_WHILE: visit_slot(&stmt->u.while_.cond, visit, data); break;
    case STMT_SWITCH: visit_switch(stmt, visit, data); break;
    case STMT_RETURN: visit_slot(&stmt->u.value, visit, data); break;
    case STMT_BLOCK:
    case STMT_BREAK:
    case STMT_CONTINUE:
    case STMT_PUSH:
    case STMT_POP:
    case STMT_RAW: break;
    }
}

struct expr_visit {
    bool (*visit)(struct expr *expr, void *data);
    void *data;
};

static void walk_slot(struct expr **slot, void *data) {
    const struct expr_visit *walk = data;
    expr_walk(*slot, walk->visit, walk->data);
}

void stmt_walk_exprs(struct stmt *stmt, bool (*visit)(struct expr *expr, void *data), void *data) {
    struct expr_visit walk = {visit, data};
    stmt_each_expr(stmt, walk_slot, &walk);
}

void stmt_each_block(struct stmt *stmt, void (*visit)(struct block *block, void *data), void *data) {
    switch (stmt->kind) {
    case STMT_IF:
        visit(&stmt->u.branch.then, data);
        visit(&stmt->u.branch.other, data);
        break;
    case STMT_FOR: visit(&stmt->u.loop.body, data); break;
    case STMT_WHILE: visit(&stmt->u.while_.body, data); break;
    case STMT_SWITCH:
        for (size_t i = 0; i < stmt->u.switch_.arm_count; i++)
            visit(&stmt->u.switch_.arms[i].body, data);
        break;
    case STMT_BLOCK: visit(&stmt->u.block, data); break;
    case STMT_DECL:
    case STMT_SET:
    case STMT_CALL:
    case STMT_RETURN:
    case STMT_BREAK:
    case STMT_CONTINUE:
    case STMT_PUSH:
    case STMT_POP:
    case STMT_RAW: break;
    }
}

struct block_visit {
    void (*visit)(struct stmt *stmt, void *data);
    void *data;
};

static void walk_nested(struct block *block, void *data) {
    struct block_visit *walk = data;
    block_walk(block, walk->visit, walk->data);
}

void block_walk(struct block *block, void (*visit)(struct stmt *stmt, void *data), void *data) {
    struct block_visit walk = {visit, data};
    for (size_t i = 0; i < block->count; i++) {
        struct stmt *stmt = block->items[i];
        visit(stmt, data);
        stmt_each_block(stmt, walk_nested, &walk);
    }
}

static void number_stmt(struct stmt *stmt, void *data) {
    unsigned *count = data;
    stmt->id = ++*count;
}

unsigned func_number(struct func *func) {
    unsigned count = 0;
    block_walk(&func->body, number_stmt, &count);
    func->stmt_count = count;
    return count;
}

/* ---- mentions ------------------------------------------------------------------------------------ */

struct mention {
    const struct var *var;
    unsigned count;
};

static bool mention_node(struct expr *e, void *data) {
    struct mention *m = data;
    m->count += e->kind == EXPR_VAR && e->u.var == m->var;
    return true;
}

static void mention_expr(struct expr **e, void *data) {
    expr_walk(*e, mention_node, data);
}

static void mention_stmt(struct stmt *stmt, void *data) {
    struct mention *m = data;
    stmt_each_expr(stmt, mention_expr, m);
    m->count += stmt->kind == STMT_FOR && stmt->u.loop.index == m->var;
    if (stmt->kind == STMT_DECL)
        for (const struct type *t = stmt->u.decl.var->type; type_is_array(t); t = type_target(t))
            if (type_strip(t)->count)
                expr_walk(type_strip(t)->count, mention_node, m);
}

unsigned expr_mentions(struct expr *expr, const struct var *var) {
    struct mention m = {var, 0};
    expr_walk(expr, mention_node, &m);
    return m.count;
}

unsigned stmt_mentions(struct stmt *stmt, const struct var *var) {
    struct mention m = {var, 0};
    mention_stmt(stmt, &m);
    return m.count;
}

unsigned block_mentions(struct block *block, const struct var *var) {
    struct mention m = {var, 0};
    block_walk(block, mention_stmt, &m);
    return m.count;
}

/* ---- putting values in place of variables -------------------------------------------------------- */

struct expr *expr_put(struct expr *expr, const struct var *var, struct expr *value) {
    if (expr->kind == EXPR_VAR && expr->u.var == var)
        return value;
    for (size_t i = 0; i < expr->arg_count; i++)
        expr->args[i] = expr_put(expr->args[i], var, value);
    return expr;
}

struct put {
    const struct var *var;
    struct expr *value;
};

static void put_expr(struct expr **e, void *data) {
    const struct put *put = data;
    *e = expr_put(*e, put->var, put->value);
}

void stmt_put(struct stmt *stmt, const struct var *var, struct expr *value) {
    struct put put = {var, value};
    stmt_each_expr(stmt, put_expr, &put);
}

/* ---- size ---------------------------------------------------------------------------------------- */

static bool count_node(struct expr *expr, void *data) {
    unsigned *size = data;
    (*size)++;
    return expr != NULL;
}

unsigned expr_size(struct expr *expr) {
    unsigned size = 0;
    expr_walk(expr, count_node, &size);
    return size;
}
