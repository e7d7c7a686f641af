/* extents: the C expressions in requests, `w[n*d]`: integers, names, members, + - * / % and parentheses. A
 * recursive descent over the text, without the C parser: names are the parameters of the function, global
 * variables, and the integer constants of the input (enumerators, macros).
 */
#include "front/front_private.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

struct parser {
    struct unit *unit;
    struct func *func; /* NULL: constants only */
    const char *at;
    const char *problem; /* the first one, or NULL */
};

static struct expr *parse_sum(struct parser *parser);

static void skip_blanks(struct parser *parser) {
    while (isspace((unsigned char)*parser->at))
        parser->at++;
}

static bool accept(struct parser *parser, char c) {
    skip_blanks(parser);
    if (*parser->at != c)
        return false;
    parser->at++;
    return true;
}

static struct expr *fail(struct parser *parser, const char *problem) {
    if (!parser->problem)
        parser->problem = problem;
    return expr_int(parser->unit, 1);
}

/* ---- names -------------------------------------------------------------------------------------- */

static const char *read_name(struct parser *parser) {
    skip_blanks(parser);
    const char *begin = parser->at;
    while (isalnum((unsigned char)*parser->at) || *parser->at == '_')
        parser->at++;
    return intern_n(parser->unit->names, begin, (size_t)(parser->at - begin));
}

static struct expr *named_constant(struct parser *parser, const char *name) {
    struct expr *constant = parser->unit->constants ? map_get(parser->unit->constants, name) : NULL;
    if (!constant)
        return fail(parser,
                    arena_printf(parser->unit->arena,
                                 "'%s' is neither a parameter nor an integer constant of the input", name));
    return expr_copy(&(struct copy_map){.unit = parser->unit}, constant);
}

static struct expr *parse_name(struct parser *parser) {
    const char *name = read_name(parser);
    struct var *var = unit_find_variable(parser->unit, parser->func, name);
    return var ? expr_var(parser->unit, var) : named_constant(parser, name);
}

/* ---- operands ----------------------------------------------------------------------------------- */

static struct expr *parse_number(struct parser *parser) {
    char *end;
    long long value = strtoll(parser->at, &end, 0);
    parser->at = end;
    while (*parser->at && strchr("uUlL", *parser->at))
        parser->at++;
    if (isalnum((unsigned char)*parser->at) || *parser->at == '.' || *parser->at == '_')
        return fail(parser, "a number in it is no integer");
    return expr_int(parser->unit, value);
}

static struct expr *parse_primary(struct parser *parser) {
    skip_blanks(parser);
    if (isdigit((unsigned char)*parser->at))
        return parse_number(parser);
    if (isalpha((unsigned char)*parser->at) || *parser->at == '_')
        return parse_name(parser);
    if (!accept(parser, '('))
        return fail(parser, "an operand is missing");
    struct expr *inner = parse_sum(parser);
    return accept(parser, ')') ? inner : fail(parser, "a closing parenthesis is missing");
}

static struct expr *parse_member(struct parser *parser, struct expr *base, bool arrow) {
    const char *name = read_name(parser);
    struct type *record = base->type;
    if (arrow != type_is_pointer(record))
        return fail(parser, "a member is taken with '.' of a struct and with '->' of a pointer to one");
    if (arrow)
        record = type_target(record);
    if (!type_is_record(record) || !type_field(record, name))
        return fail(parser, arena_printf(parser->unit->arena, "there is no member '%s'", name));
    return expr_field(parser->unit, base, name);
}

static bool accept_arrow(struct parser *parser) {
    skip_blanks(parser);
    if (strncmp(parser->at, "->", 2) != 0)
        return false;
    parser->at += 2;
    return true;
}

static struct expr *parse_element(struct parser *parser, struct expr *base) {
    struct expr *index = parse_sum(parser);
    if (!accept(parser, ']'))
        return fail(parser, "a ']' is missing");
    if (!type_is_pointer(base->type) && !type_is_array(base->type))
        return fail(parser, "only arrays and pointers have elements");
    return expr_index(parser->unit, base, index);
}

static struct expr *parse_postfix(struct parser *parser) {
    struct expr *expr = parse_primary(parser);
    for (;;) {
        if (accept_arrow(parser))
            expr = parse_member(parser, expr, true);
        else if (accept(parser, '.'))
            expr = parse_member(parser, expr, false);
        else if (accept(parser, '['))
            expr = parse_element(parser, expr);
        else
            return expr;
        if (parser->problem)
            return expr;
    }
}

static struct expr *parse_unary(struct parser *parser) {
    bool dereferenced = accept(parser, '*');
    if (!dereferenced && accept(parser, '-'))
        return expr_unary(parser->unit, UNARY_NEG, parse_unary(parser));
    struct expr *expr = dereferenced ? parse_unary(parser) : parse_postfix(parser);
    if (!dereferenced)
        return expr;
    return type_is_pointer(expr->type) ? expr_deref(parser->unit, expr)
                                       : fail(parser, "'*' is applied to no pointer");
}

/* ---- operators ---------------------------------------------------------------------------------- */

static struct expr *join(struct parser *parser, enum binary_op op, struct expr *left, struct expr *right) {
    if (!type_is_int(left->type) || !type_is_int(right->type))
        return fail(parser, "an operand is no integer");
    return expr_binary(parser->unit, op, left, right);
}

static struct expr *parse_product(struct parser *parser) {
    struct expr *left = parse_unary(parser);
    for (;;) {
        if (accept(parser, '*'))
            left = join(parser, BINARY_MUL, left, parse_unary(parser));
        else if (accept(parser, '/'))
            left = join(parser, BINARY_DIV, left, parse_unary(parser));
        else if (accept(parser, '%'))
            left = join(parser, BINARY_REM, left, parse_unary(parser));
        else
            return left;
        if (parser->problem)
            return left;
    }
}

static bool accept_minus(struct parser *parser) {
    skip_blanks(parser);
    return strncmp(parser->at, "->", 2) != 0 && accept(parser, '-');
}

static struct expr *parse_sum(struct parser *parser) {
    struct expr *left = parse_product(parser);
    for (;;) {
        if (accept(parser, '+'))
            left = join(parser, BINARY_ADD, left, parse_product(parser));
        else if (accept_minus(parser))
            left = join(parser, BINARY_SUB, left, parse_product(parser));
        else
            return left;
        if (parser->problem)
            return left;
    }
}

static struct expr *parse_all(struct parser *parser) {
    struct expr *expr = parse_sum(parser);
    skip_blanks(parser);
    if (!parser->problem && *parser->at)
        fail(parser, arena_printf(parser->unit->arena, "'%s' is not understood", parser->at));
    if (!parser->problem && !type_is_int(expr->type))
        fail(parser, "it is no integer");
    return parser->problem ? NULL : expr;
}

struct expr *front_parse_constant(struct unit *unit, const char *text) {
    struct parser parser = {.unit = unit, .at = text};
    return parse_all(&parser);
}

struct expr *front_parse_extent(struct unit *unit, struct func *func, const char *text, struct loc loc) {
    struct parser parser = {.unit = unit, .func = func, .at = text};
    struct expr *expr = parse_all(&parser);
    if (!expr)
        diag_report(unit->diag, loc, ERR_EXTENT, text, parser.problem);
    return expr;
}
