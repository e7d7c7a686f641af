/* What all rows begin with: the name, the parameters with their types, extents and roles; and the names in
 * formulas, which are resolved when the whole row is there: an extent may mention a later parameter.
 */
#include "rules/read.h"

#include <string.h>

/* ---- names ----------------------------------------------------------------------------------- */

long row_find_param(const struct row *row, const char *name) {
    for (size_t i = 0; i < row->params.count; i++)
        if (strcmp(row->params.items[i].name, name) == 0)
            return (long)i;
    return -1;
}

static void resolve_name(struct reader *reader, const struct row *row, struct formula *formula) {
    formula->param = row_find_param(row, formula->text);
    if (formula->param >= 0 || (row->result && strcmp(row->result, formula->text) == 0))
        return;
    scan_error(&reader->scanner, formula->loc, ERR_RULE_NAME, formula->text, row->name);
}

void row_resolve(struct reader *reader, const struct row *row, struct formula *formula) {
    struct mention mention = {row, formula};
    if (formula->kind == FORMULA_NAME)
        resolve_name(reader, row, formula);
    if (formula->guard)
        resolve_name(reader, row, formula->guard);
    if (formula->kind == FORMULA_CALL)
        VEC_PUSH(reader->rules->arena, reader->mentions, mention);
    for (size_t i = 0; i < formula->arg_count; i++)
        row_resolve(reader, row, formula->args[i]);
}

/* ---- types and parameters -------------------------------------------------------------------- */

static bool is_one_of(const char *word, const char *const *words) {
    while (*words && strcmp(*words, word) != 0)
        words++;
    return *words != NULL;
}

/* Words that end a declaration: they say something about what was declared. */
bool read_is_reserved(const char *word) {
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
const char *read_declaration(struct reader *reader, struct row_type *type) {
    struct scanner *scanner = &reader->scanner;
    const char *words = NULL, *last = NULL;
    for (;;) {
        if (scan_take(scanner, "const")) {
            type->is_const = true;
        } else if (scan_take(scanner, "*")) {
            type->stars++;
        } else if (scanner->kind == TOKEN_NAME && !(last && read_is_reserved(scanner->text))) {
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
void read_type(struct reader *reader, struct row_type *type) {
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

void read_params(struct reader *reader, struct row *row) {
    struct scanner *scanner = &reader->scanner;
    scan_expect(scanner, "(");
    if (!scan_is(scanner, ")"))
        do
            read_param(reader, row);
        while (scan_take(scanner, ","));
    scan_expect(scanner, ")");
}

struct row read_head(struct reader *reader) {
    struct row row = {0};
    row.loc = reader->scanner.loc;
    row.name = scan_name(&reader->scanner, "the name of a function");
    row.float_name = arena_printf(reader->rules->arena, "%sf", row.name);
    row.long_name = arena_printf(reader->rules->arena, "%sl", row.name);
    row.overrides_source = reader->scanner.diag || strncmp(row.name, "cgrad_", 6) == 0;
    return row;
}
