/* Rows: the text of a table -> struct math_row, struct call_row, and an entry for each variant's name.
 *
 *   math     NAME(params) [-> TYPE] { cheap | dX = FORMULA | at (..).. | exact (..) -> (..) | fold (..) =
 * FORMULA } call     NAME(params) [-> RESULT] { tangent STEPS | adjoint STEPS | variants F L } alloc
 * NAME(params) -> RESULT { zeroed | companion STEPS } free copy fill inactive
 *
 * doc/rules.md explains every part. Names are resolved when the whole row is there, so that an extent may
 * mention a later parameter; that every function named in a formula has a row is checked when the whole table
 * is there.
 */
#include "rules/table.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Formulas of the table that is being read, for the check that it is closed. */
struct mention {
    const struct row *row;
    const struct formula *formula;
};

struct reader {
    struct scanner scanner;
    struct rules *rules;
    VEC(struct mention) mentions;
};

/* ---- names ------------------------------------------------------------------------------------------------
 */

static long find_param(const struct row *row, const char *name) {
    for (size_t i = 0; i < row->params.count; i++)
        if (strcmp(row->params.items[i].name, name) == 0)
            return (long)i;
    return -1;
}

static void resolve_name(struct reader *reader, const struct row *row, struct formula *formula) {
    formula->param = find_param(row, formula->text);
    if (formula->param >= 0 || (row->result && strcmp(row->result, formula->text) == 0))
        return;
    scan_error(&reader->scanner, formula->loc, ERR_RULE_NAME, formula->text, row->name);
}

static void resolve(struct reader *reader, const struct row *row, struct formula *formula) {
    struct mention mention = {row, formula};
    if (formula->kind == FORMULA_NAME)
        resolve_name(reader, row, formula);
    if (formula->guard)
        resolve_name(reader, row, formula->guard);
    if (formula->kind == FORMULA_CALL)
        VEC_PUSH(reader->rules->arena, reader->mentions, mention);
    for (size_t i = 0; i < formula->arg_count; i++)
        resolve(reader, row, formula->args[i]);
}

static void resolve_steps(struct reader *reader, const struct row *row, const steps *list) {
    for (size_t i = 0; i < list->count; i++) {
        if (list->items[i].to)
            resolve(reader, row, list->items[i].to);
        resolve(reader, row, list->items[i].from);
    }
}

static void resolve_extents(struct reader *reader, const struct row *row) {
    for (size_t i = 0; i < row->params.count; i++) {
        if (row->params.items[i].count)
            resolve(reader, row, row->params.items[i].count);
        if (row->params.items[i].stride)
            resolve(reader, row, row->params.items[i].stride);
    }
}

/* ---- types and parameters
 * ------------------------------------------------------------------------------------ */

static bool is_one_of(const char *word, const char *const *words) {
    while (*words && strcmp(*words, word) != 0)
        words++;
    return *words != NULL;
}

/* Words that end a declaration: they say something about what was declared. */
static bool is_reserved(const char *word) {
    static const char *const reserved[] = {"in",      "out",     "inout",    "at",     "exact",
                                           "fold",    "cheap",   "variants", "zeroed", "companion",
                                           "tangent", "adjoint", NULL};
    return is_one_of(word, reserved);
}

static bool is_type_word(const char *word) {
    static const char *const words[] = {"real",  "void",   "_Bool",  "char",     "short",  "int", "long",
                                        "float", "double", "signed", "unsigned", "size_t", NULL};
    return is_one_of(word, words);
}

/* Scalars by their words, joined by blanks; any other name is a type that only its header knows. */
static void set_type(struct reader *reader, struct row_type *type, const char *words) {
    struct types *types = reader->rules->types;
    type->given = true;
    type->is_real = strcmp(words, "real") == 0;
    type->fixed = NULL;
    for (int scalar = 0; scalar < SCALAR_COUNT; scalar++)
        if (strcmp(words, type_scalar_name((enum type_scalar)scalar)) == 0)
            type->fixed = type_scalar(types, (enum type_scalar)scalar);
    if (strcmp(words, "void") == 0)
        type->fixed = type_void(types);
    if (strcmp(words, "size_t") == 0)
        type->fixed = type_named(types, words, type_scalar(types, SCALAR_ULONG));
    if (!type->is_real && !type->fixed)
        type->fixed = type_opaque(types, words);
}

static const char *join(struct reader *reader, const char *words, const char *word) {
    return words ? arena_printf(reader->rules->arena, "%s %s", words, word) : word;
}

/* `[const] words *...* name`: the type, if any, and the name, which is the last word. */
static const char *read_declaration(struct reader *reader, struct row_type *type) {
    struct scanner *scanner = &reader->scanner;
    const char *words = NULL, *last = NULL;
    for (;;) {
        if (scan_take(scanner, "const")) {
            type->is_const = true;
        } else if (scan_take(scanner, "*")) {
            type->stars++;
        } else if (scanner->kind == TOKEN_NAME && !(last && is_reserved(scanner->text))) {
            words = last ? join(reader, words, last) : NULL;
            last = scan_name(scanner, "a name");
        } else {
            break;
        }
    }
    if (!last)
        scan_fail(scanner, "a name");
    if (words)
        set_type(reader, type, words);
    return last ? last : "";
}

/* The type alone: of the result of a math row. */
static void read_type(struct reader *reader, struct row_type *type) {
    struct scanner *scanner = &reader->scanner;
    const char *words = NULL;
    while (scanner->kind == TOKEN_NAME && is_type_word(scanner->text))
        words = join(reader, words, scan_name(scanner, "a type"));
    if (words)
        set_type(reader, type, words);
    else
        scan_fail(scanner, "a type");
}

static enum role read_role(struct reader *reader) {
    if (scan_take(&reader->scanner, "in"))
        return ROLE_IN;
    if (scan_take(&reader->scanner, "out"))
        return ROLE_OUT;
    return scan_take(&reader->scanner, "inout") ? ROLE_INOUT : ROLE_VALUE;
}

static void read_param(struct reader *reader, struct row *row) {
    struct scanner *scanner = &reader->scanner;
    struct row_param param = {0};
    if (scan_take(scanner, "...")) {
        row->variadic = true;
        row->rest_role = read_role(reader);
        return;
    }
    param.name = read_declaration(reader, &param.type);
    if (scan_take(scanner, "[")) {
        param.count = scan_formula(scanner);
        if (scan_take(scanner, ":"))
            param.stride = scan_formula(scanner);
        scan_expect(scanner, "]");
    }
    param.role = read_role(reader);
    VEC_PUSH(reader->rules->arena, row->params, param);
}

static void read_params(struct reader *reader, struct row *row) {
    struct scanner *scanner = &reader->scanner;
    scan_expect(scanner, "(");
    if (!scan_is(scanner, ")"))
        do
            read_param(reader, row);
        while (scan_take(scanner, ","));
    scan_expect(scanner, ")");
}

static struct row read_head(struct reader *reader) {
    struct row row = {0};
    row.loc = reader->scanner.loc;
    row.name = scan_name(&reader->scanner, "the name of a function");
    row.float_name = arena_printf(reader->rules->arena, "%sf", row.name);
    row.long_name = arena_printf(reader->rules->arena, "%sl", row.name);
    row.overrides_source = reader->scanner.diag || strncmp(row.name, "cgrad_", 6) == 0;
    return row;
}

/* ---- math rows
 * --------------------------------------------------------------------------------------------------- */

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
        resolve(reader, &math->row, identity.args[i]);
    }
    scan_expect(&reader->scanner, ")");
    scan_expect(&reader->scanner, "=");
    identity.is = scan_formula(&reader->scanner);
    resolve(reader, &math->row, identity.is);
    VEC_PUSH(arena, math->identities, identity);
}

/* `dX = FORMULA` */
static void read_partial(struct reader *reader, struct math_row *math) {
    struct scanner *scanner = &reader->scanner;
    long param =
        scanner->kind == TOKEN_NAME && *scanner->text == 'd' ? find_param(&math->row, scanner->text + 1) : -1;
    if (param < 0) {
        scan_fail(scanner, "d<parameter> = <partial>, at, exact, fold or cheap");
        return;
    }
    scan_next(scanner);
    scan_expect(scanner, "=");
    struct formula *partial = scan_formula(scanner);
    resolve(reader, &math->row, partial);
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

static void read_math(struct reader *reader) {
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

/* ---- call rows
 * --------------------------------------------------------------------------------------------------- */

/* `call(...)`, `lvalue = formula`, `lvalue += formula`, separated by semicolons. */
static void read_steps(struct reader *reader, steps *list) {
    struct scanner *scanner = &reader->scanner;
    do {
        if (scanner->kind == TOKEN_END || scanner->kind == TOKEN_ROW)
            break;
        struct step step = {NULL, scan_formula(scanner), false};
        if (scan_is(scanner, "=") || scan_is(scanner, "+=")) {
            step.add = scan_is(scanner, "+=");
            scan_next(scanner);
            step.to = step.from;
            step.from = scan_formula(scanner);
        } else if (step.from->kind != FORMULA_CALL) {
            scan_fail(scanner, "=, += or a call");
        }
        VEC_PUSH(reader->rules->arena, *list, step);
    } while (scan_take(scanner, ";"));
}

/* Names that are not made by a letter at the end: first the float one, then, if there is one, that for long
 * double. */
static void read_variants(struct reader *reader, struct row *row) {
    struct scanner *scanner = &reader->scanner;
    row->has_variants = true;
    row->float_name = scan_name(scanner, "the name of the float variant");
    row->long_name = NULL;
    if (scanner->kind == TOKEN_NAME && !is_reserved(scanner->text))
        row->long_name = scan_name(scanner, "a name");
}

static void read_call_clauses(struct reader *reader, struct call_row *call) {
    struct scanner *scanner = &reader->scanner;
    while (scanner->kind != TOKEN_END && scanner->kind != TOKEN_ROW) {
        if (scan_take(scanner, "zeroed")) {
            call->zeroed = true;
        } else if (scan_take(scanner, "tangent")) {
            call->has_tangent = true;
            read_steps(reader, &call->tangent);
        } else if (scan_take(scanner, "adjoint")) {
            call->has_adjoint = true;
            read_steps(reader, &call->adjoint);
        } else if (scan_take(scanner, "companion")) {
            call->has_companion = true;
            read_steps(reader, &call->companion);
        } else if (scan_take(scanner, "variants")) {
            read_variants(reader, &call->row);
        } else {
            scan_fail(scanner, "tangent, adjoint, companion, zeroed or variants");
        }
    }
}

static bool steps_read(const steps *list, long param) {
    for (size_t i = 0; i < list->count; i++)
        if (formula_mentions(list->items[i].from, param, false) ||
            (list->items[i].to && formula_mentions(list->items[i].to, param, false)))
            return true;
    return false;
}

static size_t param_called(const struct row *row, const char *name) {
    long param = find_param(row, name);
    return param < 0 ? SIZE_MAX : (size_t)param;
}

/* What the row says about the order of a call and its tangent: behind it if the tangent reads what the call
 * made. */
static bool reads_outcome(const struct call_row *call) {
    bool reads = steps_read(&call->tangent, RESULT_PARAM);
    for (size_t i = 0; i < call->row.params.count; i++)
        reads = reads || (call->row.params.items[i].role == ROLE_OUT && steps_read(&call->tangent, (long)i));
    return reads;
}

static void fill_params(struct rules *rules, const struct call_row *call, struct call_rule *rule) {
    const struct row *row = &call->row;
    size_t count = row->params.count;
    rule->params = NEW_ARRAY(rules->arena, const char *, count);
    rule->roles = NEW_ARRAY(rules->arena, enum role, count);
    rule->adjoint_reads = NEW_ARRAY(rules->arena, bool, count);
    rule->param_count = count;
    rule->rest_role = row->rest_role;
    for (size_t i = 0; i < count; i++) {
        rule->params[i] = row->params.items[i].name;
        rule->roles[i] = row->params.items[i].role;
        rule->adjoint_reads[i] = steps_read(&call->adjoint, (long)i);
    }
}

static void add_call_rule(struct rules *rules, const struct call_row *call, enum type_scalar precision) {
    struct call_templates *templates = NEW(rules->arena, struct call_templates);
    templates->rules = rules;
    templates->precision = precision;
    templates->row = call;
    struct call_rule *rule = NEW(rules->arena, struct call_rule);
    rule->name = row_name_in(&call->row, precision);
    rule->class = call->class;
    fill_params(rules, call, rule);
    rule->result = call->row.result;
    rule->zeroed = call->zeroed;
    rule->adjoint_reads_result = steps_read(&call->adjoint, RESULT_PARAM);
    rule->tangent_after = reads_outcome(call);
    rule->to_param = param_called(&call->row, "to");
    rule->from_param = param_called(&call->row, "from");
    rule->bytes_param = param_called(&call->row, "bytes");
    rule->byte_param = param_called(&call->row, "byte");
    rule->freed_param = param_called(&call->row, "freed");
    rule->templates = templates;
    if (call->has_source) {
        map_put(rules->source, rule->name, rule);
        return;
    }
    map_put(rules->call, rule->name, rule);
    map_put(rules->math, rule->name, NULL);
}

static void want_param(struct reader *reader, const struct row *row, const char *name) {
    if (find_param(row, name) < 0)
        scan_error(&reader->scanner, row->loc, ERR_RULE_PARAM, row->name, name);
}

static void want_clause(struct reader *reader, const struct row *row, const char *clause, bool there) {
    if (!there)
        scan_error(&reader->scanner, row->loc, ERR_RULE_CLAUSE, row->name, clause);
}

/* A tangent is placed before the call or behind it: it cannot read what the call overwrites and what it
 * makes. */
static void check_order(struct reader *reader, const struct call_row *call) {
    for (size_t i = 0; i < call->row.params.count && reads_outcome(call); i++)
        if (call->row.params.items[i].role == ROLE_INOUT && steps_read(&call->tangent, (long)i))
            scan_error(&reader->scanner, call->row.loc, ERR_RULE_ORDER, call->row.name,
                       call->row.params.items[i].name);
}

static void check_call(struct reader *reader, const struct call_row *call) {
    const struct row *row = &call->row;
    if (call->has_source)
        return;
    switch (call->class) {
    case CALL_INACTIVE: break;
    case CALL_ALLOC:
        want_clause(reader, row, "-> <result>", row->result != NULL);
        want_clause(reader, row, "companion", call->has_companion);
        break;
    case CALL_FREE: want_param(reader, row, "freed"); break;
    case CALL_COPY:
        want_param(reader, row, "to");
        want_param(reader, row, "from");
        want_param(reader, row, "bytes");
        break;
    case CALL_FILL:
        want_param(reader, row, "to");
        want_param(reader, row, "byte");
        want_param(reader, row, "bytes");
        break;
    case CALL_ACTIVE:
        want_clause(reader, row, "tangent", call->has_tangent);
        want_clause(reader, row, "adjoint", call->has_adjoint);
        check_order(reader, call);
        break;
    }
}

static bool mentions_real_type(const struct row *row) {
    bool real = row->result_type.is_real;
    for (size_t i = 0; i < row->params.count; i++)
        real = real || row->params.items[i].type.is_real;
    return real;
}

static void read_call_result(struct reader *reader, struct row *row) {
    if (!scan_take(&reader->scanner, "->"))
        return;
    row->result = read_declaration(reader, &row->result_type);
}

static void read_call(struct reader *reader, enum call_class class, bool has_source) {
    struct rules *rules = reader->rules;
    struct call_row *call = NEW(rules->arena, struct call_row);
    call->class = class;
    call->has_source = has_source;
    call->row = read_head(reader);
    read_params(reader, &call->row);
    read_call_result(reader, &call->row);
    read_call_clauses(reader, call);
    resolve_extents(reader, &call->row);
    resolve_steps(reader, &call->row, &call->tangent);
    resolve_steps(reader, &call->row, &call->adjoint);
    resolve_steps(reader, &call->row, &call->companion);
    check_call(reader, call);
    if (reader->scanner.failed)
        return;
    call->row.has_variants = call->row.has_variants || mentions_real_type(&call->row);
    add_call_rule(rules, call, SCALAR_DOUBLE);
    if (call->row.has_variants)
        add_call_rule(rules, call, SCALAR_FLOAT);
    if (call->row.has_variants && call->row.long_name)
        add_call_rule(rules, call, SCALAR_LDOUBLE);
}

/* A list of functions, each with or without its parameters: without, it may read through every pointer it
 * gets. */
static void read_inactive(struct reader *reader) {
    struct scanner *scanner = &reader->scanner;
    do {
        struct call_row *call = NEW(reader->rules->arena, struct call_row);
        call->class = CALL_INACTIVE;
        call->row = read_head(reader);
        call->row.variadic = true;
        call->row.rest_role = ROLE_IN;
        if (scan_is(scanner, "(")) {
            call->row.variadic = false;
            call->row.rest_role = ROLE_VALUE;
            read_params(reader, &call->row);
        }
        resolve_extents(reader, &call->row);
        if (!scanner->failed)
            add_call_rule(reader->rules, call, SCALAR_DOUBLE);
    } while (scanner->kind == TOKEN_NAME);
}

/* ---- the table
 * --------------------------------------------------------------------------------------------------- */

static bool find_class(const char *word, enum call_class *class) {
    static const struct {
        const char *word;
        enum call_class class;
    } classes[] = {{"alloc", CALL_ALLOC}, {"free", CALL_FREE},   {"copy", CALL_COPY},
                   {"fill", CALL_FILL},   {"call", CALL_ACTIVE}, {"source", CALL_ACTIVE}};
    for (size_t i = 0; i < sizeof classes / sizeof *classes; i++)
        if (strcmp(classes[i].word, word) == 0) {
            *class = classes[i].class;
            return true;
        }
    return false;
}

static void read_row(struct reader *reader) {
    struct scanner *scanner = &reader->scanner;
    const char *word = scanner->text;
    enum call_class class;
    bool is_row = scanner->kind == TOKEN_ROW;
    if (is_row)
        scan_next(scanner);
    if (is_row && strcmp(word, "math") == 0)
        read_math(reader);
    else if (is_row && strcmp(word, "inactive") == 0)
        read_inactive(reader);
    else if (is_row && find_class(word, &class))
        read_call(reader, class, strcmp(word, "source") == 0);
    else
        scan_error(scanner, scanner->loc, ERR_RULE_ROW, word, "");
    if (scanner->kind != TOKEN_END && scanner->kind != TOKEN_ROW)
        scan_fail(scanner, "the next row in the first column");
}

/* Every function named in a formula must have a row: so the derivative of a derivative is known. */
static bool check_closed(struct reader *reader) {
    bool closed = true;
    for (size_t i = 0; i < reader->mentions.count; i++) {
        const struct mention *mention = &reader->mentions.items[i];
        const char *name = mention->formula->text;
        if (rules_math(reader->rules, name) || rules_callee(reader->rules, name))
            continue;
        scan_error(&reader->scanner, mention->formula->loc, ERR_RULE_CLOSED, name, mention->row->name);
        reader->scanner.failed = closed = false;
    }
    return closed;
}

bool table_read(struct rules *rules, struct diag *diag, const char *file, const char *text) {
    struct reader reader = {.scanner = {.arena = rules->arena, .diag = diag, .file = file}, .rules = rules};
    bool good = true;
    scan_start(&reader.scanner, text);
    while (reader.scanner.kind != TOKEN_END) {
        read_row(&reader);
        if (reader.scanner.failed) {
            good = false;
            scan_recover(&reader.scanner);
        }
    }
    return check_closed(&reader) && good;
}
