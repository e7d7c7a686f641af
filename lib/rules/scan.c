/* The text of a table: tokens, and C expressions over them.
 *
 * A row begins with a word in the first column and goes on over all lines that are indented; `#` begins a
 * comment. An error is reported once a row: from there on the scanner sees the end of the row.
 */
#include "rules/table.h"

#include <ctype.h>
#include <string.h>

static struct loc here(const struct scanner *scanner) {
    struct loc loc = {scanner->file, scanner->line, (unsigned)(scanner->at - scanner->line_start) + 1};
    return loc;
}

static void skip_blank(struct scanner *scanner) {
    for (;; scanner->at++) {
        if (*scanner->at == '#')
            scanner->at += strcspn(scanner->at, "\n");
        if (*scanner->at == '\n') {
            scanner->line++;
            scanner->line_start = scanner->at + 1;
        } else if (!isspace((unsigned char)*scanner->at)) {
            return;
        }
    }
}

static void take_text(struct scanner *scanner, enum token_kind kind, size_t length) {
    scanner->kind = kind;
    scanner->text = arena_strndup(scanner->arena, scanner->at, length);
    scanner->at += length;
}

static void scan_word(struct scanner *scanner) {
    size_t length = 0;
    while (isalnum((unsigned char)scanner->at[length]) || scanner->at[length] == '_')
        length++;
    bool first = scanner->at == scanner->line_start;
    take_text(scanner, first ? TOKEN_ROW : TOKEN_NAME, length);
    if (!first && *scanner->at == '\'') {
        bool optional = scanner->at[1] == '?';
        scanner->kind = optional ? TOKEN_OPTIONAL : TOKEN_PRIMED;
        scanner->at += optional ? 2 : 1;
    }
}

static void scan_number(struct scanner *scanner) {
    size_t length = strspn(scanner->at, "0123456789");
    enum token_kind kind = TOKEN_INT;
    if (scanner->at[length] == '.') {
        kind = TOKEN_REAL;
        length++;
        length += strspn(scanner->at + length, "0123456789");
    }
    if (scanner->at[length] == 'e' || scanner->at[length] == 'E') {
        kind = TOKEN_REAL;
        length++;
        length += strspn(scanner->at + length, "+-") > 0;
        length += strspn(scanner->at + length, "0123456789");
    }
    take_text(scanner, kind, length);
}

static void scan_punct(struct scanner *scanner) {
    static const char *const longer[] = {"...", "->", "==", "!=", "<=", ">=", "&&", "||", "+="};
    for (size_t i = 0; i < sizeof longer / sizeof *longer; i++)
        if (strncmp(scanner->at, longer[i], strlen(longer[i])) == 0) {
            take_text(scanner, TOKEN_PUNCT, strlen(longer[i]));
            return;
        }
    take_text(scanner, TOKEN_PUNCT, 1);
}

void scan_next(struct scanner *scanner) {
    if (scanner->failed)
        return;
    skip_blank(scanner);
    scanner->loc = here(scanner);
    unsigned char c = (unsigned char)*scanner->at;
    if (c == 0) {
        scanner->kind = TOKEN_END;
        scanner->text = "end of file";
    } else if (isalpha(c) || c == '_') {
        scan_word(scanner);
    } else if (isdigit(c) || (c == '.' && isdigit((unsigned char)scanner->at[1]))) {
        scan_number(scanner);
    } else {
        scan_punct(scanner);
    }
}

void scan_start(struct scanner *scanner, const char *text) {
    scanner->at = scanner->line_start = text;
    scanner->line = 1;
    scan_next(scanner);
}

bool scan_is(const struct scanner *scanner, const char *text) {
    return (scanner->kind == TOKEN_NAME || scanner->kind == TOKEN_PUNCT) && strcmp(scanner->text, text) == 0;
}

bool scan_take(struct scanner *scanner, const char *text) {
    if (!scan_is(scanner, text))
        return false;
    scan_next(scanner);
    return true;
}

void scan_expect(struct scanner *scanner, const char *text) {
    if (!scan_take(scanner, text))
        scan_fail(scanner, text);
}

const char *scan_name(struct scanner *scanner, const char *what) {
    const char *name = scanner->text;
    if (scanner->kind != TOKEN_NAME) {
        scan_fail(scanner, what);
        return "";
    }
    scan_next(scanner);
    return name;
}

void scan_error(struct scanner *scanner, struct loc loc, enum diag_id id, const char *a, const char *b) {
    if (scanner->failed)
        return;
    if (!scanner->diag)
        BUG("%s:%u:%u: malformed rule (%s, %s)", loc.file, loc.line, loc.column, a, b);
    diag_report(scanner->diag, loc, id, a, b);
    if (scanner->kind == TOKEN_ROW)
        scanner->at = scanner->line_start; /* scan_recover shall find this row again */
    scanner->failed = true;
    scanner->kind = TOKEN_END;
}

void scan_fail(struct scanner *scanner, const char *what) {
    const char *found = scanner->kind == TOKEN_ROW ? "the end of the row" : scanner->text;
    scan_error(scanner, scanner->loc, ERR_RULE_EXPECTED, what, found);
}

void scan_recover(struct scanner *scanner) {
    scanner->failed = false;
    do
        scan_next(scanner);
    while (scanner->kind != TOKEN_END && scanner->kind != TOKEN_ROW);
}

/* ---- expressions: precedence climbing -------------------------------------------------------- */

static const struct {
    const char *text;
    int level;
    enum binary_op op;
} operators[] = {{"||", 1, BINARY_LOR}, {"&&", 2, BINARY_LAND}, {"==", 3, BINARY_EQ}, {"!=", 3, BINARY_NE},
                 {"<", 4, BINARY_LT},   {">", 4, BINARY_GT},    {"<=", 4, BINARY_LE}, {">=", 4, BINARY_GE},
                 {"+", 5, BINARY_ADD},  {"-", 5, BINARY_SUB},   {"*", 6, BINARY_MUL}, {"/", 6, BINARY_DIV}};

static struct formula *formula_new(struct scanner *scanner, enum formula_kind kind, size_t arg_count) {
    struct formula *formula = NEW(scanner->arena, struct formula);
    formula->kind = kind;
    formula->loc = scanner->loc;
    formula->text = scanner->text;
    formula->args = NEW_ARRAY(scanner->arena, struct formula *, arg_count);
    formula->arg_count = arg_count;
    return formula;
}

static struct formula *scan_primary(struct scanner *scanner);

/* An argument: a formula, or `formula if X'`. */
static struct formula *scan_argument(struct scanner *scanner) {
    struct formula *formula = scan_formula(scanner);
    if (!scan_take(scanner, "if"))
        return formula;
    if (scanner->kind != TOKEN_PRIMED)
        scan_fail(scanner, "a companion");
    formula->guard = scan_primary(scanner);
    return formula;
}

static void scan_args(struct scanner *scanner, struct formula *call) {
    VEC(struct formula *) args = {0};
    if (!scan_is(scanner, ")"))
        do
            VEC_PUSH(scanner->arena, args, scan_argument(scanner));
        while (scan_take(scanner, ","));
    scan_expect(scanner, ")");
    call->kind = FORMULA_CALL;
    call->args = args.items;
    call->arg_count = args.count;
}

static struct formula *scan_primary(struct scanner *scanner) {
    struct formula *formula = formula_new(scanner, FORMULA_NAME, 0);
    formula->optional = scanner->kind == TOKEN_OPTIONAL;
    formula->companion = scanner->kind == TOKEN_PRIMED || formula->optional;
    switch (scanner->kind) {
    case TOKEN_INT: formula->kind = FORMULA_INT; break;
    case TOKEN_REAL: formula->kind = FORMULA_REAL; break;
    case TOKEN_NAME:
        scan_next(scanner);
        if (scan_take(scanner, "("))
            scan_args(scanner, formula);
        return formula;
    case TOKEN_PRIMED:
    case TOKEN_OPTIONAL: break;
    case TOKEN_PUNCT:
        if (scan_take(scanner, "(")) {
            formula = scan_formula(scanner);
            scan_expect(scanner, ")");
            return formula;
        }
        scan_fail(scanner, "an expression");
        return formula;
    case TOKEN_END:
    case TOKEN_ROW: scan_fail(scanner, "an expression"); return formula;
    }
    scan_next(scanner);
    return formula;
}

static struct formula *scan_postfix(struct scanner *scanner) {
    struct formula *formula = scan_primary(scanner);
    while (scan_is(scanner, "[")) {
        struct formula *index = formula_new(scanner, FORMULA_INDEX, 2);
        scan_next(scanner);
        index->args[0] = formula;
        index->args[1] = scan_formula(scanner);
        scan_expect(scanner, "]");
        formula = index;
    }
    return formula;
}

static struct formula *scan_unary(struct scanner *scanner) {
    if (!scan_is(scanner, "-") && !scan_is(scanner, "!"))
        return scan_postfix(scanner);
    struct formula *formula = formula_new(scanner, FORMULA_UNARY, 1);
    formula->unary = scan_is(scanner, "-") ? UNARY_NEG : UNARY_LNOT;
    scan_next(scanner);
    formula->args[0] = scan_unary(scanner);
    return formula;
}

static struct formula *scan_binary(struct scanner *scanner, int level) {
    struct formula *left = scan_unary(scanner);
    for (size_t i = 0; i < sizeof operators / sizeof *operators; i++) {
        if (operators[i].level < level || !scan_is(scanner, operators[i].text))
            continue;
        struct formula *binary = formula_new(scanner, FORMULA_BINARY, 2);
        scan_next(scanner);
        binary->binary = operators[i].op;
        binary->args[0] = left;
        binary->args[1] = scan_binary(scanner, operators[i].level + 1);
        left = binary;
        i = (size_t)-1;
    }
    return left;
}

struct formula *scan_formula(struct scanner *scanner) {
    struct formula *cond = scan_binary(scanner, 1);
    if (!scan_is(scanner, "?"))
        return cond;
    struct formula *formula = formula_new(scanner, FORMULA_COND, 3);
    scan_next(scanner);
    formula->args[0] = cond;
    formula->args[1] = scan_formula(scanner);
    scan_expect(scanner, ":");
    formula->args[2] = scan_formula(scanner);
    return formula;
}
