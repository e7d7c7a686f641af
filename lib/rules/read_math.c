/* math NAME(params) [-> TYPE] { cheap | dX = FORMULA | at (..).. | exact (..) -> (..) | fold (..) = FORMULA }
 */
#include "rules/read.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* A number, INFINITY or NAN, with a sign. */
static double read_number(struct reader *reader) {
    struct scanner *scanner = &reader->scanner;
    bool negative = scan_take(scanner, "-");
    double value = strtod(scanner->text, NULL);
    if (scan_take(scanner, "INFINITY")) {
        value = INFINITY;
    } else if (scan_take(scanner, "NAN")) {
        value = NAN;
    } else if (scanner->kind == TOKEN_INT || scanner->kind == TOKEN_REAL) {
        scan_next(scanner);
    } else {
        scan_fail(scanner, "a number");
    }
    return negative ? -value : value;
}

/* One number for each parameter. */
static double *read_point(struct reader *reader, const struct row *row) {
    double *point = NEW_ARRAY(reader->rules->arena, double, row->params.count + 1);
    scan_expect(&reader->scanner, "(");
    for (size_t i = 0; i < row->params.count; i++) {
        if (i > 0)
            scan_expect(&reader->scanner, ",");
        point[i] = read_number(reader);
    }
    scan_expect(&reader->scanner, ")");
    return point;
}

static void read_samples(struct reader *reader, struct math_row *math, bool exact) {
    while (scan_is(&reader->scanner, "(")) {
        struct sample sample = {read_point(reader, &math->row), NULL};
        if (exact) {
            scan_expect(&reader->scanner, "->");
            sample.partial = read_point(reader, &math->row);
        }
        VEC_PUSH(reader->rules->arena, math->samples, sample);
    }
}

static void read_identity(struct reader *reader, struct math_row *math) {
    struct arena *arena = reader->rules->arena;
    size_t count = math->row.params.count;
    struct identity identity = {NEW_ARRAY(arena, struct formula *, count), NULL};
    scan_expect(&reader->scanner, "(");
    for (size_t i = 0; i < count; i++) {
        if (i > 0)
            scan_expect(&reader->scanner, ",");
        identity.args[i] = scan_formula(&reader->scanner);
        row_resolve(reader, &math->row, identity.args[i]);
    }
    scan_expect(&reader->scanner, ")");
    scan_expect(&reader->scanner, "=");
    identity.is = scan_formula(&reader->scanner);
    row_resolve(reader, &math->row, identity.is);
    VEC_PUSH(arena, math->identities, identity);
}

/* `dX = FORMULA` */
static void read_partial(struct reader *reader, struct math_row *math) {
    struct scanner *scanner = &reader->scanner;
    long param = scanner->kind == TOKEN_NAME && *scanner->text == 'd'
                     ? row_find_param(&math->row, scanner->text + 1)
                     : -1;
    if (param < 0) {
        scan_fail(scanner, "d<parameter> = <partial>, at, exact, fold or cheap");
        return;
    }
    scan_next(scanner);
    scan_expect(scanner, "=");
    struct formula *partial = scan_formula(scanner);
    row_resolve(reader, &math->row, partial);
    math->partials[param] = partial;
}

static void read_math_clauses(struct reader *reader, struct math_row *math) {
    struct scanner *scanner = &reader->scanner;
    while (scanner->kind != TOKEN_END && scanner->kind != TOKEN_ROW) {
        if (scan_take(scanner, "cheap"))
            math->cheap = true;
        else if (scan_take(scanner, "at"))
            read_samples(reader, math, false);
        else if (scan_take(scanner, "exact"))
            read_samples(reader, math, true);
        else if (scan_take(scanner, "fold"))
            read_identity(reader, math);
        else
            read_partial(reader, math);
    }
}

static bool holds_real(const struct row_type *type) {
    return type->is_real || (type->fixed && type_is_real(type->fixed));
}

/* Types that are not written are `real`; a row without any `real` is one function, without variants. */
static void default_types(struct row *row, bool result_given) {
    row->has_variants = row->params.count == 0;
    for (size_t i = 0; i < row->params.count; i++) {
        struct row_type *type = &row->params.items[i].type;
        if (!type->given)
            type->given = type->is_real = true;
        row->has_variants = row->has_variants || type->is_real;
    }
    if (result_given)
        return;
    if (row->has_variants)
        row->result_type.given = row->result_type.is_real = true;
    else
        row->result_type = row->params.items[0].type;
}

/* Every partial that can be other than zero must be there: there is no silent zero. */
static void check_partials(struct reader *reader, const struct math_row *math) {
    const struct row *row = &math->row;
    for (size_t i = 0; i < row->params.count && holds_real(&row->result_type); i++)
        if (holds_real(&row->params.items[i].type) && !math->partials[i])
            scan_error(&reader->scanner, row->loc, ERR_RULE_PARTIAL, row->name, row->params.items[i].name);
}

/* The precision of a row without variants: of its result, or else of the first real parameter. */
static enum type_scalar own_precision(const struct row *row) {
    if (row->result_type.fixed && type_is_real(row->result_type.fixed))
        return type_strip(row->result_type.fixed)->scalar;
    for (size_t i = 0; i < row->params.count; i++) {
        const struct type *type = row->params.items[i].type.fixed;
        if (type && type_is_real(type))
            return type_strip(type)->scalar;
    }
    return SCALAR_DOUBLE;
}

static void add_math_rule(struct rules *rules, const struct math_row *math, enum type_scalar precision) {
    struct math_rule *rule = NEW(rules->arena, struct math_rule);
    rule->rules = rules;
    rule->name = row_name_in(&math->row, precision);
    rule->precision = precision;
    rule->row = math;
    map_put(rules->math, rule->name, rule);
    map_put(rules->call, rule->name, NULL);
}

void read_math(struct reader *reader) {
    struct rules *rules = reader->rules;
    struct math_row *math = NEW(rules->arena, struct math_row);
    math->row = read_head(reader);
    math->row.result = "y";
    read_params(reader, &math->row);
    math->partials = NEW_ARRAY(rules->arena, struct formula *, math->row.params.count);
    bool result_given = scan_take(&reader->scanner, "->");
    if (result_given)
        read_type(reader, &math->row.result_type);
    if (reader->scanner.failed)
        return;
    default_types(&math->row, result_given);
    read_math_clauses(reader, math);
    check_partials(reader, math);
    if (reader->scanner.failed)
        return;
    add_math_rule(rules, math, math->row.has_variants ? SCALAR_DOUBLE : own_precision(&math->row));
    if (math->row.has_variants) {
        add_math_rule(rules, math, SCALAR_FLOAT);
        add_math_rule(rules, math, SCALAR_LDOUBLE);
    }
}
