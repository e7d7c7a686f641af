/* verify: every invariant of doc/ir.md, checked after every pass. What is broken here is a defect of the pass
 * before: the function is dumped and the process aborts. */
#include "ir/ir.h"

#include <string.h>

struct checker {
    const struct unit *unit;
    const struct func *func;
    const char *pass;
    const struct stmt *stmt;       /* being checked */
    struct bitset declared;        /* by var->id: anywhere so far */
    struct bitset visible;         /* by var->id: in the scopes that are open */
    VEC(const struct var *) scope; /* the declarations of the open scopes, innermost last */
};

/* What may leave a block at its end. */
struct tail {
    bool function; /* a RETURN */
    bool loop;     /* a BREAK */
};

static CG_NORETURN void fail(const struct checker *checker, const char *format, ...) CG_PRINTF(2, 3);

static void fail(const struct checker *checker, const char *format, ...) {
    va_list args;
    va_start(args, format);
    const char *why = arena_vprintf(checker->unit->arena, format, args);
    va_end(args);
    struct text dump = {0};
    func_dump(&dump, checker->func, NULL, NULL);
    fputs(text_string(&dump), stderr);
    struct loc loc = checker->stmt && checker->stmt->loc.file ? checker->stmt->loc : checker->func->loc;
    BUG("invalid IR of '%s' after %s, at %s:%u: %s", checker->func->name, checker->pass,
        loc.file ? loc.file : "?", loc.line, why);
}

/* ---- variables and scopes --------------------------------------------------------------------- */

static bool owns(const struct checker *checker, const struct var *var) {
    if (var->kind == VAR_GLOBAL)
        return var->id < checker->unit->globals.count && checker->unit->globals.items[var->id] == var;
    return var->id < checker->func->vars.count && checker->func->vars.items[var->id] == var;
}

static void check_use(const struct checker *checker, const struct var *var) {
    if (!var)
        fail(checker, "a variable is missing");
    if (!owns(checker, var))
        fail(checker, "'%s' is a variable of another function", var->name);
    if (var->kind != VAR_GLOBAL && !bitset_has(&checker->visible, var->id))
        fail(checker, "'%s' is used where it is not declared", var->name);
}

static void open_var(struct checker *checker, const struct var *var) {
    if (!owns(checker, var))
        fail(checker, "'%s' is a variable of another function", var->name);
    if (!bitset_add(&checker->declared, var->id))
        fail(checker, "'%s' is declared twice", var->name);
    bitset_add(&checker->visible, var->id);
    VEC_PUSH(checker->unit->arena, checker->scope, var);
}

static void close_scope(struct checker *checker, size_t mark) {
    while (checker->scope.count > mark)
        bitset_remove(&checker->visible, checker->scope.items[--checker->scope.count]->id);
}

/* ---- expressions ------------------------------------------------------------------------------ */

static void check_value(const struct checker *checker, const struct expr *expr);
static void check_type(const struct checker *checker, const struct type *type);

static bool has_arg_count(const struct expr *expr) {
    switch (expr->kind) {
    case EXPR_INT:
    case EXPR_REAL:
    case EXPR_STRING:
    case EXPR_VAR:
    case EXPR_FUNC:
    case EXPR_SIZEOF: return expr->arg_count == 0;
    case EXPR_NAMED:
    case EXPR_UNARY:
    case EXPR_CAST:
    case EXPR_DEREF:
    case EXPR_ADDR:
    case EXPR_FIELD: return expr->arg_count == 1;
    case EXPR_BINARY:
    case EXPR_INDEX: return expr->arg_count == 2;
    case EXPR_COND: return expr->arg_count == 3;
    case EXPR_MATH: return expr->arg_count >= 1;
    case EXPR_INIT: return true;
    }
    return false;
}

static bool is_address(const struct type *type) {
    return type_is_pointer(type) || type_is_array(type);
}

/* Of opaque types nothing is known: whatever C does with them is left to C. */
static bool is_opaque(const struct type *type) {
    return type_strip(type)->kind == TYPE_OPAQUE;
}

static bool is_number(const struct type *type) {
    return type_is_arith(type) || is_opaque(type);
}

static bool is_condition(const struct type *type) {
    return type_is_scalar(type) || type_is_array(type) || type_strip(type)->kind == TYPE_FUNCTION ||
           is_opaque(type);
}

static bool is_bits(const struct type *type) {
    return type_is_int(type) || is_opaque(type);
}

static bool are_binary_operands(enum binary_op op, const struct type *a, const struct type *b) {
    switch (op) {
    case BINARY_MUL:
    case BINARY_DIV: return is_number(a) && is_number(b);
    case BINARY_REM:
    case BINARY_SHL:
    case BINARY_SHR:
    case BINARY_AND:
    case BINARY_OR:
    case BINARY_XOR: return is_bits(a) && is_bits(b);
    case BINARY_ADD:
        return (is_number(a) && is_number(b)) || (is_address(a) && type_is_int(b)) ||
               (type_is_int(a) && is_address(b));
    case BINARY_SUB:
        return (is_number(a) && is_number(b)) || (is_address(a) && type_is_int(b)) ||
               (is_address(a) && is_address(b));
    case BINARY_LT:
    case BINARY_GT:
    case BINARY_LE:
    case BINARY_GE:
    case BINARY_EQ:
    case BINARY_NE:
    case BINARY_LAND:
    case BINARY_LOR: break;
    }
    return is_condition(a) && is_condition(b);
}

static bool is_unary_operand(enum unary_op op, const struct type *type) {
    switch (op) {
    case UNARY_NEG:
    case UNARY_PLUS: return is_number(type);
    case UNARY_NOT: return is_bits(type);
    case UNARY_LNOT: return is_condition(type);
    }
    return false;
}

/* What a pointer or array leads to is what the expression says it is. */
static bool leads_to(const struct type *base, const struct type *type) {
    if (type_strip(base)->kind == TYPE_FUNCTION)
        return true;
    return is_address(base) && type_same(type_target(base), type);
}

static void check_index(const struct checker *checker, const struct expr *expr) {
    if (!leads_to(expr->args[0]->type, expr->type))
        fail(checker, "the type of an element does not fit its array");
    if (!type_is_int(expr->args[1]->type))
        fail(checker, "an index is not an integer");
}

static void check_field(const struct checker *checker, const struct expr *expr) {
    const struct type *base = expr->args[0]->type;
    const struct field *field = type_field(type_is_pointer(base) ? type_target(base) : base, expr->u.name);
    if (!field)
        fail(checker, "there is no field '%s'", expr->u.name);
    if (!type_same(field->type, expr->type))
        fail(checker, "the type of '.%s' is not that of the field", expr->u.name);
}

static void check_addr(const struct checker *checker, const struct expr *expr) {
    const struct expr *operand = expr_strip(expr->args[0]);
    if (!expr_is_lvalue(operand) && operand->kind != EXPR_FUNC && operand->kind != EXPR_STRING)
        fail(checker, "the address of a value is taken");
    if (!leads_to(expr->type, operand->type))
        fail(checker, "the type of an address does not fit its object");
}

static void check_cast(const struct checker *checker, const struct expr *expr) {
    const struct type *from = expr->args[0]->type, *to = expr->type;
    bool scalars = type_is_scalar(to) && is_condition(from);
    if (!scalars && !is_opaque(to) && !type_is_void(to) && !type_same(from, to))
        fail(checker, "a cast between types that C does not convert");
}

static void check_math(const struct checker *checker, const struct expr *expr) {
    if (!expr->u.name || !type_is_arith(expr->type))
        fail(checker, "a mathematical function without a name or an arithmetic result");
    for (size_t i = 0; i < expr->arg_count; i++)
        if (!type_is_arith(expr->args[i]->type))
            fail(checker, "argument %zu of %s is not a number", i + 1, expr->u.name);
}

/* The node itself; its operands are in order. */
static void check_node(const struct checker *checker, const struct expr *expr) {
    switch (expr->kind) {
    case EXPR_INT:
    case EXPR_REAL:
    case EXPR_STRING:
        if (!expr->u.text)
            fail(checker, "a constant without its text");
        break;
    case EXPR_NAMED: break;
    case EXPR_VAR:
        check_use(checker, expr->u.var);
        if (!type_same(expr->type, expr->u.var->type))
            fail(checker, "the type of a use of '%s' is not its own", expr->u.var->name);
        break;
    case EXPR_FUNC: break;
    case EXPR_UNARY:
        if (!is_unary_operand(expr->u.unary, expr->args[0]->type))
            fail(checker, "the operand of a unary operator has the wrong type");
        break;
    case EXPR_BINARY:
        if (!are_binary_operands(expr->u.binary, expr->args[0]->type, expr->args[1]->type))
            fail(checker, "the operands of a binary operator have the wrong types");
        break;
    case EXPR_COND:
        if (!is_condition(expr->args[0]->type))
            fail(checker, "the condition of ?: is not scalar");
        break;
    case EXPR_CAST: check_cast(checker, expr); break;
    case EXPR_INDEX: check_index(checker, expr); break;
    case EXPR_DEREF:
        if (!leads_to(expr->args[0]->type, expr->type))
            fail(checker, "the type of * does not fit its pointer");
        break;
    case EXPR_ADDR: check_addr(checker, expr); break;
    case EXPR_FIELD: check_field(checker, expr); break;
    case EXPR_MATH: check_math(checker, expr); break;
    case EXPR_SIZEOF: check_type(checker, expr->u.of); break;
    case EXPR_INIT: fail(checker, "a braced initialiser outside of a declaration");
    }
}

static void check_value(const struct checker *checker, const struct expr *expr) {
    if (!expr || !expr->type)
        fail(checker, "an expression or its type is missing");
    if (!has_arg_count(expr))
        fail(checker, "an expression with %zu operands", expr->arg_count);
    for (size_t i = 0; i < expr->arg_count; i++)
        if (expr->kind != EXPR_INIT)
            check_value(checker, expr->args[i]);
    check_node(checker, expr);
}

/* Extents are evaluated where the type stands: their variables must be visible there. */
static void check_type(const struct checker *checker, const struct type *type) {
    if (!type)
        fail(checker, "a type is missing");
    for (; type->kind == TYPE_POINTER || type->kind == TYPE_ARRAY; type = type->under)
        if (type->kind == TYPE_ARRAY && type->count)
            check_value(checker, type->count);
}

static void check_condition(const struct checker *checker, const struct expr *expr) {
    check_value(checker, expr);
    if (!is_condition(expr->type))
        fail(checker, "a condition is not scalar");
}

/* ---- assignment ------------------------------------------------------------------------------- */

static bool is_null(const struct expr *expr) {
    long long value;
    while (expr->kind == EXPR_CAST)
        expr = expr->args[0];
    return expr_is_const_int(expr, &value) && value == 0;
}

static bool pointers_agree(const struct type *to, const struct type *from) {
    const struct type *left = type_target(to);
    const struct type *right = type_strip(from)->kind == TYPE_FUNCTION ? from : type_target(from);
    return type_is_void(left) || type_is_void(right) || type_same(left, right);
}

/* C11 6.5.16.1, but for qualifiers: those are the business of the C compiler that reads the output. */
static bool converts(const struct type *to, const struct expr *from) {
    const struct type *type = from->type;
    if (is_opaque(to) || is_opaque(type) || (is_number(to) && is_number(type)))
        return true;
    if (type_is_pointer(to))
        return is_null(from) ||
               ((is_address(type) || type_strip(type)->kind == TYPE_FUNCTION) && pointers_agree(to, type));
    if (type_is_int(to) && type_strip(to)->scalar == SCALAR_BOOL && is_condition(type))
        return true;
    return !type_is_array(to) && !type_is_void(to) && type_same(to, type);
}

static void check_converts(const struct checker *checker, const struct type *to, const struct expr *from,
                           const char *what) {
    check_value(checker, from);
    if (!converts(to, from))
        fail(checker, "the type of %s does not convert to that of its target", what);
}

static void check_target(const struct checker *checker, const struct expr *to) {
    check_value(checker, to);
    if (!expr_is_lvalue(to))
        fail(checker, "the target is not an lvalue");
    if (type_is_array(to->type))
        fail(checker, "the target is a whole array");
    if (type_quals(to->type) & QUAL_CONST)
        fail(checker, "the target is const");
}

static void check_set(const struct checker *checker, const struct stmt *stmt) {
    check_target(checker, stmt->to);
    if (stmt->u.set.add && type_is_pointer(stmt->to->type)) {
        check_value(checker, stmt->u.set.from);
        if (!type_is_int(stmt->u.set.from->type))
            fail(checker, "what is added to a pointer is not an integer");
        return;
    }
    if (stmt->u.set.add && !is_number(stmt->to->type))
        fail(checker, "+= on what is not a number");
    check_converts(checker, stmt->to->type, stmt->u.set.from, "the assigned value");
}

/* A callee without a prototype takes anything; further arguments of a variadic one are only values. */
static void check_call(const struct checker *checker, const struct stmt *stmt) {
    const struct func *callee = stmt->u.call.callee;
    size_t count = stmt->u.call.arg_count;
    if (!callee)
        fail(checker, "a call without its callee");
    if (count < callee->param_count || (count > callee->param_count && !callee->variadic))
        fail(checker, "'%s' takes %zu arguments and is called with %zu", callee->name, callee->param_count,
             count);
    for (size_t i = 0; i < count; i++) {
        if (i < callee->param_count)
            check_converts(checker, callee->params[i]->type, stmt->u.call.args[i], "an argument");
        else
            check_value(checker, stmt->u.call.args[i]);
    }
    if (!stmt->to)
        return;
    check_target(checker, stmt->to);
    struct expr result = {.kind = EXPR_FUNC, .type = callee->result};
    if (!converts(stmt->to->type, &result))
        fail(checker, "the result of '%s' does not convert to its target", callee->name);
}

/* ---- declarations ----------------------------------------------------------------------------- */

static void check_initializer(const struct checker *checker, const struct type *type,
                              const struct expr *init);

static void check_elements(const struct checker *checker, const struct type *array, const struct expr *init) {
    long long count;
    if (array->count && !expr_is_const_int(array->count, &count))
        fail(checker, "an initialiser of an array of variable length");
    if (array->count && init->arg_count > (unsigned long long)count)
        fail(checker, "an initialiser with more elements than its array");
    for (size_t i = 0; i < init->arg_count; i++)
        check_initializer(checker, array->under, init->args[i]);
}

static void check_members(const struct checker *checker, const struct record *record,
                          const struct expr *init) {
    if (init->arg_count > record->field_count || (record->is_union && init->arg_count > 1))
        fail(checker, "an initialiser with more elements than its type has members");
    for (size_t i = 0; i < init->arg_count; i++)
        check_initializer(checker, record->fields[i].type, init->args[i]);
}

static void check_initializer(const struct checker *checker, const struct type *type,
                              const struct expr *init) {
    const struct type *meaning = type_strip(type);
    if (!init)
        fail(checker, "an element of an initialiser is missing");
    long long value;
    bool universal = init->kind == EXPR_INIT && init->arg_count == 1 && init->args[0]->kind == EXPR_INT &&
                     expr_is_const_int(init->args[0], &value) && value == 0;
    if (universal)
        return; /* { 0 } sets all of it to zero, whatever it is */
    if (init->kind == EXPR_INIT && meaning->kind == TYPE_ARRAY)
        check_elements(checker, meaning, init);
    else if (init->kind == EXPR_INIT && meaning->kind == TYPE_RECORD)
        check_members(checker, meaning->record, init);
    else if (init->kind == EXPR_INIT && init->arg_count == 1)
        check_initializer(checker, type, init->args[0]);
    else if (meaning->kind == TYPE_ARRAY && expr_strip(init)->kind == EXPR_STRING)
        check_value(checker, init);
    else
        check_converts(checker, type, init, "an initialiser");
}

static void check_decl(struct checker *checker, const struct stmt *stmt) {
    const struct var *var = stmt->u.decl.var;
    if (!var || (var->kind != VAR_LOCAL && var->kind != VAR_STATIC_LOCAL))
        fail(checker, "a declaration of what is not a local variable");
    check_type(checker, var->type);
    if (stmt->u.decl.init)
        check_initializer(checker, var->type, stmt->u.decl.init);
    open_var(checker, var);
}

/* ---- control flow ----------------------------------------------------------------------------- */

/* Checks the statements; whether a BREAK among them leaves the loop around the block. */
static bool check_block(struct checker *checker, const struct block *block, struct tail tail);

static bool check_if(struct checker *checker, const struct stmt *stmt, struct tail tail) {
    check_condition(checker, stmt->u.branch.cond);
    bool breaks = check_block(checker, &stmt->u.branch.then, tail);
    return check_block(checker, &stmt->u.branch.other, tail) || breaks;
}

/* What the body of a counted loop must leave alone. */
struct fixed {
    const struct checker *checker;
    const struct stmt *loop;
};

static bool mentions(const struct expr *expr, const struct expr *part) {
    if (expr_equal(expr, part))
        return true;
    for (size_t i = 0; i < expr->arg_count; i++)
        if (mentions(expr->args[i], part))
            return true;
    return false;
}

static void check_fixed(const struct fixed *fixed, const struct expr *to) {
    const struct stmt *loop = fixed->loop;
    if (to->kind == EXPR_VAR && to->u.var == loop->u.loop.index)
        fail(fixed->checker, "the body of a counted loop changes its index '%s'", to->u.var->name);
    if (mentions(loop->u.loop.lo, to) || mentions(loop->u.loop.hi, to) || mentions(loop->u.loop.step, to))
        fail(fixed->checker, "the body of a counted loop changes what its bounds are made of");
}

static void check_loop_effect(struct stmt *stmt, void *data) {
    const struct fixed *fixed = data;
    if (stmt->to && stmt->kind != STMT_PUSH)
        check_fixed(fixed, stmt->to);
    if (stmt->kind != STMT_FOR || stmt->u.loop.declares)
        return;
    struct expr index = {.kind = EXPR_VAR, .type = stmt->u.loop.index->type, .u.var = stmt->u.loop.index};
    check_fixed(fixed, &index);
}

static void check_step(const struct checker *checker, const struct stmt *stmt) {
    long long step;
    enum binary_op rel = stmt->u.loop.rel;
    bool known = expr_is_const_int(stmt->u.loop.step, &step);
    bool up = rel == BINARY_LT || rel == BINARY_LE, down = rel == BINARY_GT || rel == BINARY_GE;
    if (!known && !up)
        fail(checker, "a counted loop whose step is not constant must count upward");
    if (known && !(up && step > 0) && !(down && step < 0) && !(rel == BINARY_NE && (step == 1 || step == -1)))
        fail(checker, "the step of a counted loop does not fit its relation");
}

static void check_breaks(const struct checker *checker, bool marked, bool breaks) {
    if (marked != breaks)
        fail(checker, marked ? "a loop with has_break and no break" : "a loop with a break and no has_break");
}

static void check_for(struct checker *checker, const struct stmt *stmt) {
    const struct var *index = stmt->u.loop.index;
    size_t mark = checker->scope.count;
    if (!index || !type_is_int(index->type) || (index->kind != VAR_LOCAL && index->kind != VAR_PARAM))
        fail(checker, "the index of a counted loop is not a local integer");
    check_value(checker, stmt->u.loop.lo);
    if (stmt->u.loop.declares)
        open_var(checker, index);
    check_use(checker, index);
    check_value(checker, stmt->u.loop.hi);
    check_value(checker, stmt->u.loop.step);
    check_step(checker, stmt);
    if (index->address_taken)
        fail(checker, "the address of the index '%s' of a counted loop is taken", index->name);
    struct fixed fixed = {checker, stmt};
    block_walk((struct block *)&stmt->u.loop.body, check_loop_effect, &fixed);
    bool breaks = check_block(checker, &stmt->u.loop.body, (struct tail){.loop = true});
    checker->stmt = stmt;
    check_breaks(checker, stmt->u.loop.has_break, breaks);
    close_scope(checker, mark);
}

static void check_while(struct checker *checker, const struct stmt *stmt) {
    check_condition(checker, stmt->u.while_.cond);
    bool breaks = check_block(checker, &stmt->u.while_.body, (struct tail){.loop = true});
    checker->stmt = stmt;
    check_breaks(checker, stmt->u.while_.has_break, breaks);
}

/* Constants, each of them once in the whole switch. */
static void check_values_of(const struct checker *checker, const struct stmt *stmt, size_t number) {
    const struct switch_arm *arms = stmt->u.switch_.arms;
    for (size_t i = 0; i < arms[number].value_count; i++) {
        const struct expr *value = arms[number].values[i];
        check_value(checker, value);
        if (!type_is_int(value->type))
            fail(checker, "a case that is not an integer");
        for (size_t j = 0; j <= number; j++)
            for (size_t k = 0; k < (j == number ? i : arms[j].value_count); k++)
                if (expr_equal(arms[j].values[k], value))
                    fail(checker, "a case that stands twice in a switch");
    }
}

/* A BREAK in an arm would leave the switch in C, not the loop: arms have none. */
static void check_switch(struct checker *checker, const struct stmt *stmt, struct tail tail) {
    size_t defaults = 0;
    check_value(checker, stmt->u.switch_.value);
    if (!type_is_int(stmt->u.switch_.value->type))
        fail(checker, "a switch on what is not an integer");
    for (size_t i = 0; i < stmt->u.switch_.arm_count; i++) {
        const struct switch_arm *arm = &stmt->u.switch_.arms[i];
        check_values_of(checker, stmt, i);
        if (arm->value_count == 0 && !arm->is_default)
            fail(checker, "an arm of a switch that nothing leads to");
        defaults += arm->is_default;
        check_block(checker, &arm->body, (struct tail){.function = tail.function});
        checker->stmt = stmt;
    }
    if (defaults > 1)
        fail(checker, "a switch with several defaults");
}

static void check_return(const struct checker *checker, const struct stmt *stmt, struct tail tail) {
    bool is_void = type_is_void(checker->func->result);
    if (!tail.function)
        fail(checker, "a return that is not in tail position of the function");
    if (is_void != !stmt->u.value)
        fail(checker, is_void ? "a void function returns a value" : "a return without its value");
    if (stmt->u.value)
        check_converts(checker, checker->func->result, stmt->u.value, "the returned value");
}

static void check_record_stmt(const struct checker *checker, const struct stmt *stmt) {
    check_value(checker, stmt->to);
    if (stmt->kind == STMT_POP)
        check_target(checker, stmt->to);
}

/* Whether a BREAK in it leaves the loop around it. */
static bool check_stmt(struct checker *checker, const struct stmt *stmt, struct tail tail) {
    checker->stmt = stmt;
    switch (stmt->kind) {
    case STMT_DECL: check_decl(checker, stmt); break;
    case STMT_SET: check_set(checker, stmt); break;
    case STMT_CALL: check_call(checker, stmt); break;
    case STMT_IF: return check_if(checker, stmt, tail);
    case STMT_FOR: check_for(checker, stmt); break;
    case STMT_WHILE: check_while(checker, stmt); break;
    case STMT_SWITCH: check_switch(checker, stmt, tail); break;
    case STMT_BLOCK: return check_block(checker, &stmt->u.block, tail);
    case STMT_RETURN: check_return(checker, stmt, tail); break;
    case STMT_BREAK:
        if (!tail.loop)
            fail(checker, "a break that is not in tail position of a loop");
        return true;
    case STMT_CONTINUE: fail(checker, "a continue: normal form has none");
    case STMT_PUSH:
    case STMT_POP: check_record_stmt(checker, stmt); break;
    case STMT_RAW:
        if (!stmt->u.text)
            fail(checker, "raw text is missing");
        break;
    }
    return false;
}

static bool check_block(struct checker *checker, const struct block *block, struct tail tail) {
    size_t mark = checker->scope.count;
    bool breaks = false;
    for (size_t i = 0; i < block->count; i++) {
        bool last = i + 1 == block->count;
        if (!block->items[i])
            fail(checker, "a statement is missing");
        breaks |= check_stmt(checker, block->items[i], last ? tail : (struct tail){false, false});
    }
    close_scope(checker, mark);
    return breaks;
}

/* ---- the function ----------------------------------------------------------------------------- */

static void check_vars(struct checker *checker) {
    const struct func *func = checker->func;
    for (size_t i = 0; i < func->vars.count; i++) {
        const struct var *var = func->vars.items[i];
        if (!var || !var->name || !var->type)
            fail(checker, "variable %zu, its name or its type is missing", i);
        if (var->id != i || var->kind == VAR_GLOBAL)
            fail(checker, "'%s' does not belong at its place among the variables", var->name);
        if ((var->kind == VAR_PARAM) != (i < func->param_count))
            fail(checker, "the first variables are not just the parameters ('%s')", var->name);
    }
    for (size_t i = 0; i < func->param_count; i++) {
        if (i >= func->vars.count || func->params[i] != func->vars.items[i])
            fail(checker, "parameter %zu is not variable %zu", i, i);
        open_var(checker, func->params[i]);
    }
    for (size_t i = 0; i < func->param_count; i++) {
        const struct var *param = func->params[i];
        check_type(checker, param->written ? param->written : param->type);
    }
}

void func_verify(const struct unit *unit, const struct func *func, const char *after_pass) {
    struct checker checker = {.unit = unit, .func = func, .pass = after_pass};
    checker.declared = bitset_create(unit->arena);
    checker.visible = bitset_create(unit->arena);
    if (!func->defined || func->unsupported)
        return;
    check_vars(&checker);
    check_block(&checker, &func->body, (struct tail){.function = true});
}
