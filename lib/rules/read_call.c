/* Rows of functions that are called for their effects:
 *
 *   call     NAME(params) [-> RESULT] { tangent STEPS | adjoint STEPS | variants F [L] }
 *   alloc    NAME(params) -> RESULT { zeroed | companion STEPS | variants F [L] }
 *   free copy fill source NAME(params)
 *   inactive NAME[(params)] ...
 */
#include "rules/read.h"

#include <string.h>

/* ---- names ----------------------------------------------------------------------------------- */

static void resolve_steps(struct reader *reader, const struct row *row, const steps *list) {
    for (size_t i = 0; i < list->count; i++) {
        if (list->items[i].to)
            row_resolve(reader, row, list->items[i].to);
        row_resolve(reader, row, list->items[i].from);
    }
}

static void resolve_extents(struct reader *reader, const struct row *row) {
    for (size_t i = 0; i < row->params.count; i++) {
        if (row->params.items[i].count)
            row_resolve(reader, row, row->params.items[i].count);
        if (row->params.items[i].stride)
            row_resolve(reader, row, row->params.items[i].stride);
    }
}

/* ---- clauses --------------------------------------------------------------------------------- */

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
    if (scanner->kind == TOKEN_NAME && !read_is_reserved(scanner->text))
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
    long param = row_find_param(row, name);
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
    if (row_find_param(row, name) < 0)
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

void read_call(struct reader *reader, enum call_class class, bool has_source) {
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
void read_inactive(struct reader *reader) {
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
