/* expr: expressions by a precedence table (C11 6.5), with the parentheses that C needs and those that
 * compilers ask for where precedence surprises people (-Wparentheses), and no others.
 *
 * Implicit conversions have no text as long as C makes the same ones by itself. An expression that was moved
 * may stand where C would not (`t = i; t / 2` became `i / 2`): there the conversion is written.
 */
#include "emit/print.h"

#include <string.h>

enum precedence {
    PREC_LOWEST,
    PREC_COND,
    PREC_LOR,
    PREC_LAND,
    PREC_OR,
    PREC_XOR,
    PREC_AND,
    PREC_EQUALITY,
    PREC_RELATION,
    PREC_SHIFT,
    PREC_ADD,
    PREC_MUL,
    PREC_UNARY,
    PREC_POSTFIX
};

static const struct {
    const char *text;
    enum precedence prec;
} binary_ops[] = {
    [BINARY_ADD] = {"+", PREC_ADD},      [BINARY_SUB] = {"-", PREC_ADD},
    [BINARY_MUL] = {"*", PREC_MUL},      [BINARY_DIV] = {"/", PREC_MUL},
    [BINARY_REM] = {"%", PREC_MUL},      [BINARY_SHL] = {"<<", PREC_SHIFT},
    [BINARY_SHR] = {">>", PREC_SHIFT},   [BINARY_AND] = {"&", PREC_AND},
    [BINARY_OR] = {"|", PREC_OR},        [BINARY_XOR] = {"^", PREC_XOR},
    [BINARY_LT] = {"<", PREC_RELATION},  [BINARY_GT] = {">", PREC_RELATION},
    [BINARY_LE] = {"<=", PREC_RELATION}, [BINARY_GE] = {">=", PREC_RELATION},
    [BINARY_EQ] = {"==", PREC_EQUALITY}, [BINARY_NE] = {"!=", PREC_EQUALITY},
    [BINARY_LAND] = {"&&", PREC_LAND},   [BINARY_LOR] = {"||", PREC_LOR},
};

const char *binary_text(enum binary_op op) {
    return binary_ops[op].text;
}

static void print(struct text *out, const struct expr *expr, enum precedence min);

/* ---- what an expression's text means to C ----------------------------------------------------- */

/* The arithmetic type that C gives the text; SCALAR_COUNT: not arithmetic, or not known (enumerations). */
static enum type_scalar meant(const struct expr *expr);

static enum type_scalar scalar_of(const struct type *type) {
    const struct type *meaning = type_strip(type);
    return meaning->kind == TYPE_INT || meaning->kind == TYPE_REAL ? meaning->scalar : SCALAR_COUNT;
}

static enum type_scalar promoted(enum type_scalar scalar) {
    return scalar < SCALAR_INT ? SCALAR_INT : scalar;
}

/* C11 6.3.1.8, for types of the sizes of LP64. */
static enum type_scalar common(enum type_scalar a, enum type_scalar b) {
    if (a == SCALAR_COUNT || b == SCALAR_COUNT)
        return SCALAR_COUNT;
    a = promoted(a);
    b = promoted(b);
    return a > b ? a : b;
}

static bool is_relation(enum binary_op op) {
    return binary_ops[op].prec == PREC_RELATION || binary_ops[op].prec == PREC_EQUALITY;
}

static bool is_logical(enum binary_op op) {
    return op == BINARY_LAND || op == BINARY_LOR;
}

static bool is_implicit(const struct expr *expr) {
    return expr->kind == EXPR_CAST && expr->u.implicit;
}

/* Whether every value of `from` has the same value in `to`, so that a conversion between them can be left
 * out. */
static bool keeps_value(enum type_scalar from, enum type_scalar to) {
    if (from == SCALAR_COUNT || to == SCALAR_COUNT || from == to)
        return true;
    if (to >= SCALAR_FLOAT)
        return to >= SCALAR_DOUBLE && (from <= SCALAR_UINT || (from >= SCALAR_FLOAT && from < to));
    if (to == SCALAR_INT)
        return from < SCALAR_INT;
    return (to == SCALAR_LONG || to == SCALAR_LLONG) && from <= SCALAR_UINT;
}

/* Below an implicit cast that is left out, another one may be left out only if it changes no value. */
static const struct expr *bare(const struct expr *expr) {
    while (is_implicit(expr)) {
        const struct expr *inner = expr->args[0];
        if (is_implicit(inner) && !keeps_value(meant(inner->args[0]), scalar_of(inner->type)))
            return inner;
        expr = inner;
    }
    return expr;
}

static enum type_scalar meant_binary(const struct expr *expr) {
    enum binary_op op = expr->u.binary;
    if (is_relation(op) || is_logical(op))
        return SCALAR_INT;
    if (binary_ops[op].prec == PREC_SHIFT)
        return promoted(meant(expr->args[0]));
    return common(meant(expr->args[0]), meant(expr->args[1]));
}

static enum type_scalar meant_cast(const struct expr *expr) {
    const struct expr *inner = is_implicit(expr) ? bare(expr) : expr;
    return inner->kind == EXPR_CAST ? scalar_of(inner->type) : meant(inner);
}

static enum type_scalar meant(const struct expr *expr) {
    if (!expr->type || scalar_of(expr->type) == SCALAR_COUNT)
        return SCALAR_COUNT;
    switch (expr->kind) {
    case EXPR_UNARY: return expr->u.unary == UNARY_LNOT ? SCALAR_INT : promoted(meant(expr->args[0]));
    case EXPR_BINARY: return meant_binary(expr);
    case EXPR_COND: return common(meant(expr->args[1]), meant(expr->args[2]));
    case EXPR_CAST: return meant_cast(expr);
    case EXPR_INT:
    case EXPR_REAL:
    case EXPR_STRING:
    case EXPR_NAMED:
    case EXPR_VAR:
    case EXPR_FUNC:
    case EXPR_INDEX:
    case EXPR_DEREF:
    case EXPR_ADDR:
    case EXPR_FIELD:
    case EXPR_MATH:
    case EXPR_SIZEOF:
    case EXPR_INIT: break;
    }
    return scalar_of(expr->type);
}

/* The operand where C makes a value of type `made` of it: with its conversion in text if that is another one.
 */
static void print_converted(struct text *out, const struct expr *expr, enum type_scalar made,
                            enum precedence min) {
    if (!is_implicit(expr)) {
        print(out, expr, min);
        return;
    }
    enum type_scalar wanted = scalar_of(expr->type);
    bool same = wanted == SCALAR_COUNT || made == SCALAR_COUNT || wanted == made;
    print(out, same ? bare(expr) : expr, min);
}

/* ---- parentheses ------------------------------------------------------------------------------ */

static bool is_bitwise(enum binary_op op) {
    return op == BINARY_AND || op == BINARY_OR || op == BINARY_XOR;
}

static const struct expr *visible(const struct expr *expr) {
    return is_implicit(expr) ? bare(expr) : expr;
}

/* Where gcc and clang ask for parentheses that C does not need. */
static bool is_surprising(enum binary_op op, const struct expr *operand, bool right) {
    if (operand->kind == EXPR_UNARY && operand->u.unary == UNARY_LNOT)
        return !right && (is_relation(op) || is_bitwise(op));
    if (operand->kind != EXPR_BINARY)
        return false;
    enum binary_op inner = operand->u.binary;
    if (is_bitwise(op))
        return inner != op;
    if (binary_ops[op].prec == PREC_SHIFT)
        return true;
    if (is_relation(op))
        return is_relation(inner) || is_bitwise(inner);
    return op == BINARY_LOR && inner == BINARY_LAND;
}

static enum precedence least(enum binary_op op, const struct expr *operand, bool right) {
    if (is_surprising(op, visible(operand), right))
        return PREC_POSTFIX;
    return right ? binary_ops[op].prec + 1 : binary_ops[op].prec;
}

/* The operand where only its being zero counts. */
static void print_truth(struct text *out, const struct expr *expr, enum precedence min) {
    const struct expr *shown = visible(expr);
    enum type_scalar from = meant(shown), to = scalar_of(expr->type);
    bool loses = is_implicit(expr) && from != SCALAR_COUNT && to != SCALAR_BOOL && to < from;
    print(out, loses ? expr : shown, min);
}

/* ---- each kind -------------------------------------------------------------------------------- */

/* A comparison that makes an unsigned number of a signed one: compilers ask whether that is meant. */
static bool changes_sign(const struct expr *operand) {
    static const bool is_signed[SCALAR_COUNT + 1] = {
        [SCALAR_INT] = true, [SCALAR_LONG] = true, [SCALAR_LLONG] = true};
    long long value;
    return is_implicit(operand) && type_is_int(operand->type) && !expr_is_const_int(operand, &value) &&
           is_signed[promoted(meant(operand->args[0]))] && scalar_of(operand->type) >= SCALAR_INT &&
           !is_signed[scalar_of(operand->type)];
}

/* Converted as one operand of the two; shifts promote theirs alone, && and || convert nothing. */
static void print_side(struct text *out, const struct expr *expr, const struct expr *operand, bool right) {
    enum binary_op op = expr->u.binary;
    enum type_scalar made = common(meant(expr->args[0]), meant(expr->args[1]));
    if (binary_ops[op].prec == PREC_SHIFT)
        made = promoted(meant(operand));
    if (is_logical(op))
        print_truth(out, operand, least(op, operand, right));
    else if (is_relation(op) && changes_sign(operand))
        print(out, operand, PREC_UNARY);
    else
        print_converted(out, operand, made, least(op, operand, right));
}

static void print_binary(struct text *out, const struct expr *expr) {
    print_side(out, expr, expr->args[0], false);
    text_printf(out, " %s ", binary_text(expr->u.binary));
    print_side(out, expr, expr->args[1], true);
}

/* `x < 0 ? -x : x`; a choice within the middle is set apart for the reader. */
static void print_cond(struct text *out, const struct expr *expr) {
    enum type_scalar made = common(meant(expr->args[1]), meant(expr->args[2]));
    print_truth(out, expr->args[0], PREC_LOR);
    text_put(out, " ? ");
    print_converted(out, expr->args[1], made, PREC_LOR);
    text_put(out, " : ");
    print_converted(out, expr->args[2], made, PREC_COND);
}

static char sign_of(const struct expr *expr) {
    const struct expr *shown = visible(expr);
    if (shown->kind == EXPR_UNARY && shown->u.unary <= UNARY_PLUS)
        return shown->u.unary == UNARY_NEG ? '-' : '+';
    return (shown->kind == EXPR_INT || shown->kind == EXPR_REAL) && *shown->u.text == '-' ? '-' : 0;
}

static void print_unary(struct text *out, const struct expr *expr) {
    static const char signs[] = {
        [UNARY_NEG] = '-', [UNARY_PLUS] = '+', [UNARY_NOT] = '~', [UNARY_LNOT] = '!'};
    char sign = signs[expr->u.unary];
    const struct expr *operand = expr->args[0];
    text_put_n(out, &sign, 1);
    if (sign == '!')
        print_truth(out, operand, PREC_UNARY);
    else
        print_converted(out, operand, promoted(meant(operand)),
                        sign_of(operand) == sign ? PREC_POSTFIX : PREC_UNARY);
}

static void print_cast(struct text *out, const struct expr *expr) {
    text_put(out, "(");
    emit_declarator(out, expr->type->plain, NULL);
    text_put(out, ")");
    const struct expr *inner = expr->args[0];
    bool visible_only = is_implicit(inner) && keeps_value(meant(inner->args[0]), scalar_of(inner->type));
    print(out, visible_only ? bare(inner) : inner, PREC_UNARY);
}

/* `(double *)&vector`, of the address of its first member. */
static void print_row(struct text *out, const struct expr *expr) {
    const struct expr *whole = expr->args[0];
    for (size_t k = 0; k < expr->u.inside; k++)
        whole = whole->args[0];
    whole = visible(whole);
    bool address = !type_is_pointer(whole->type) && !type_is_array(whole->type);
    text_put(out, "(");
    emit_declarator(out, expr->type->plain, NULL);
    text_put(out, address ? ")&" : ")");
    print(out, whole, PREC_UNARY);
}

/* Any integer may be an index; a real is converted. */
static void print_index(struct text *out, const struct expr *expr) {
    enum type_scalar index = meant(expr->args[1]);
    print(out, visible(expr->args[0]), PREC_POSTFIX);
    text_put(out, "[");
    print_converted(out, expr->args[1], index < SCALAR_FLOAT ? SCALAR_COUNT : index, PREC_LOWEST);
    text_put(out, "]");
}

static void print_field(struct text *out, const struct expr *expr) {
    const struct expr *base = visible(expr->args[0]);
    bool arrow = type_is_pointer(base->type);
    if (base->kind == (arrow ? EXPR_ADDR : EXPR_DEREF)) {
        arrow = !arrow;
        base = visible(base->args[0]);
    }
    print(out, base, PREC_POSTFIX);
    text_printf(out, "%s%s", arrow ? "->" : ".", expr->u.name);
}

static void print_args(struct text *out, struct expr *const *args, size_t count) {
    for (size_t i = 0; i < count; i++) {
        if (i > 0)
            text_put(out, ", ");
        print_value(out, args[i]);
    }
}

static bool is_zero(const struct expr *expr) {
    return expr->kind == EXPR_INT && expr->value == 0;
}

/* The fields are named where some are left out: compilers ask whether those were forgotten. `{0}` is known to
 * all. */
static bool wants_names(const struct expr *expr) {
    const struct type *type = type_strip(expr->type);
    bool all_zero = expr->arg_count == 1 && is_zero(visible(expr->args[0]));
    return type->kind == TYPE_RECORD && !type->record->is_union && !all_zero &&
           expr->arg_count < type->record->field_count;
}

static void print_init(struct text *out, const struct expr *expr) {
    bool names = wants_names(expr);
    text_put(out, "{");
    for (size_t i = 0; i < expr->arg_count; i++) {
        text_put(out, i > 0 ? ", " : "");
        if (names)
            text_printf(out, ".%s = ", type_strip(expr->type)->record->fields[i].name);
        print_value(out, expr->args[i]);
    }
    text_put(out, expr->arg_count ? "}" : "0}");
}

static enum precedence precedence_of(const struct expr *expr) {
    switch (expr->kind) {
    case EXPR_COND: return PREC_COND;
    case EXPR_BINARY: return binary_ops[expr->u.binary].prec;
    case EXPR_UNARY:
    case EXPR_CAST:
    case EXPR_ADDR:
    case EXPR_DEREF:
    case EXPR_SIZEOF: return PREC_UNARY;
    case EXPR_INT:
    case EXPR_REAL: return sign_of(expr) ? PREC_UNARY : PREC_POSTFIX;
    case EXPR_STRING:
    case EXPR_NAMED:
    case EXPR_VAR:
    case EXPR_FUNC:
    case EXPR_INDEX:
    case EXPR_FIELD:
    case EXPR_MATH:
    case EXPR_INIT: break;
    }
    return PREC_POSTFIX;
}

static void print_kind(struct text *out, const struct expr *expr) {
    switch (expr->kind) {
    case EXPR_INT:
    case EXPR_REAL:
    case EXPR_STRING:
    case EXPR_NAMED: text_put(out, expr->u.text); break;
    case EXPR_VAR: text_put(out, expr->u.var->name); break;
    case EXPR_FUNC: text_put(out, expr->u.func->name); break;
    case EXPR_UNARY: print_unary(out, expr); break;
    case EXPR_BINARY: print_binary(out, expr); break;
    case EXPR_COND: print_cond(out, expr); break;
    case EXPR_CAST: print_cast(out, expr); break;
    case EXPR_INDEX: print_index(out, expr); break;
    case EXPR_DEREF:
    case EXPR_ADDR:
        if (expr->kind == EXPR_ADDR && expr->u.inside) {
            print_row(out, expr);
            break;
        }
        text_put(out, expr->kind == EXPR_DEREF ? "*" : "&");
        print(out, visible(expr->args[0]), PREC_UNARY);
        break;
    case EXPR_FIELD: print_field(out, expr); break;
    case EXPR_MATH:
        text_printf(out, "%s(", expr->u.name);
        print_args(out, expr->args, expr->arg_count);
        text_put(out, ")");
        break;
    case EXPR_SIZEOF:
        text_put(out, "sizeof(");
        emit_declarator(out, expr->u.of, NULL);
        text_put(out, ")");
        break;
    case EXPR_INIT: print_init(out, expr); break;
    }
}

/* `&*p` is p and `*&x` is x (C11 6.5.3.2): what is inside both, or NULL. */
static const struct expr *undone(const struct expr *expr) {
    if (expr->kind != EXPR_ADDR && expr->kind != EXPR_DEREF)
        return NULL;
    const struct expr *inner = visible(expr->args[0]);
    enum expr_kind opposite = expr->kind == EXPR_ADDR ? EXPR_DEREF : EXPR_ADDR;
    if (inner->kind != opposite || !type_same(inner->args[0]->type, expr->type))
        return NULL;
    return inner->args[0];
}

static void print(struct text *out, const struct expr *expr, enum precedence min) {
    const struct expr *inner = undone(expr);
    if (inner) {
        print(out, visible(inner), min);
        return;
    }
    bool parentheses = precedence_of(expr) < min;
    text_put(out, parentheses ? "(" : "");
    print_kind(out, expr);
    text_put(out, parentheses ? ")" : "");
}

/* ---- for the rest of emit --------------------------------------------------------------------- */

void emit_expr(struct text *out, const struct expr *expr) {
    print(out, visible(expr), PREC_LOWEST);
}

void print_condition(struct text *out, const struct expr *expr) {
    print_truth(out, expr, PREC_LOWEST);
}

void print_value(struct text *out, const struct expr *expr) {
    print(out, visible(expr), PREC_COND);
}

void print_operand(struct text *out, enum binary_op op, const struct expr *to, const struct expr *expr) {
    enum type_scalar made = common(meant(to), meant(expr));
    if (binary_ops[op].prec == PREC_SHIFT)
        made = promoted(meant(expr));
    print_converted(out, expr, made, PREC_COND);
}

enum type_scalar promoted_argument(enum type_scalar scalar) {
    return scalar == SCALAR_FLOAT ? SCALAR_DOUBLE : promoted(scalar);
}

static bool holds_const(const struct type *type) {
    while (type_is_array(type) && !(type_quals(type) & QUAL_CONST))
        type = type_target(type);
    return (type_quals(type) & QUAL_CONST) != 0;
}

/* Before C23 rows are not passed for const rows without saying so. */
static bool becomes_const_rows(const struct type *param, const struct expr *arg) {
    const struct type *from = expr_strip(arg)->type;
    if (!type_is_pointer(param) || !type_is_array(type_target(param)) ||
        !(type_is_pointer(from) || type_is_array(from)))
        return false;
    return holds_const(type_target(param)) && !holds_const(type_target(from));
}

void print_assigned(struct text *out, struct type *param, const struct expr *arg) {
    if (!becomes_const_rows(param, arg)) {
        print_value(out, arg);
        return;
    }
    text_put(out, "(");
    emit_declarator(out, param->plain, NULL);
    text_put(out, ")");
    print(out, expr_strip(arg), PREC_UNARY);
}

void print_call(struct text *out, const struct func *callee, struct expr *const *args, size_t count) {
    text_printf(out, "%s(", func_called_name(callee));
    for (size_t i = 0; i < count; i++) {
        if (i > 0)
            text_put(out, ", ");
        if (i < callee->param_count)
            print_assigned(out, callee->params[i]->type, args[i]);
        else
            print_converted(out, args[i], promoted_argument(meant(args[i])), PREC_COND);
    }
    text_put(out, ")");
}
