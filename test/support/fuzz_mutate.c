/* fuzz_mutate: C files made from C files. Most of what comes out is C again: tokens give way to tokens of
 * their kind from the same function, whole statements, operands and declarations are moved, copied, left out,
 * wrapped and taken from other files, and so are requests. One mutation in twenty is of bytes.
 */
#include "fuzz_mutate.h"

#include <stdio.h>
#include <string.h>

enum { BYTES = 20 /* one in so many */ };

size_t LLVMFuzzerMutate(uint8_t *data, size_t size, size_t max_size);

static struct tokens donor; /* where pieces are taken from: the same file or another one */

static bool is_number(const struct tokens *tokens, size_t at) {
    return tokens->items[at].kind == TOKEN_NUMBER;
}

static bool is_operator(const struct tokens *tokens, size_t at) {
    return tokens->items[at].kind == TOKEN_OTHER;
}

static bool is_options(const struct tokens *tokens, size_t at) {
    return tokens->items[at].kind == TOKEN_OPTIONS;
}

/* ---- tokens
 * ------------------------------------------------------------------------------------------------- */

static void change_name(void) {
    char text[256];
    size_t at = fuzz_choose_token(&fuzz_file.tokens, fuzz_all(&fuzz_file.tokens), fuzz_is_name);
    size_t other = fuzz_choose_token(
        &fuzz_file.tokens, fuzz_choose(8) ? fuzz_around(at) : fuzz_all(&fuzz_file.tokens), fuzz_is_name);
    if (at < fuzz_file.tokens.count && other < fuzz_file.tokens.count)
        fuzz_put_text(at, at + 1,
                      fuzz_text_of(&fuzz_file.tokens, (struct range){other, other + 1}, text, sizeof text));
}

static void change_number(void) {
    static const char *const numbers[] = {"0",    "1",          "2",   "3",   "7",          "8",   "-1",
                                          "16",   "100",        "0.5", "2.0", "1e30",       "0.0", "1.5f",
                                          "1.0L", "2147483647", "64u", "'a'", "1000000000", NULL};
    size_t at = fuzz_choose_token(&fuzz_file.tokens, fuzz_all(&fuzz_file.tokens), is_number);
    if (at < fuzz_file.tokens.count)
        fuzz_put_text(at, at + 1, fuzz_choose_text(numbers));
}

static void change_operator(void) {
    static const char *const operators[] = {"+",  "-",  "*", "/",  "%",  "<",  ">",  "<=", ">=", "==", "!=",
                                            "&&", "||", "=", "+=", "-=", "*=", "/=", "++", "--", "?",  ":",
                                            ",",  "&",  "|", "^",  "<<", ">>", "!",  "~",  "->", ".",  NULL};
    size_t at = fuzz_choose_token(&fuzz_file.tokens, fuzz_all(&fuzz_file.tokens), is_operator);
    if (at < fuzz_file.tokens.count)
        fuzz_put_text(at, at + (fuzz_choose(4) > 0), fuzz_choose_text(operators));
}

static bool is_type_word(const struct tokens *tokens, size_t at) {
    static const char *const words[] = {"double", "float",    "int",    "long",   "void",
                                        "const",  "unsigned", "size_t", "static", "char"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (is_token(tokens, at, words[i]))
            return true;
    return false;
}

static void change_type(void) {
    static const char *const words[] = {"double",
                                        "float",
                                        "long double",
                                        "int",
                                        "unsigned",
                                        "long",
                                        "char",
                                        "size_t",
                                        "short",
                                        "_Bool",
                                        "void",
                                        "const double",
                                        "const",
                                        "static",
                                        "double *",
                                        "volatile double",
                                        "",
                                        "register double",
                                        "long long",
                                        "extern double",
                                        "_Complex double",
                                        "unsigned char",
                                        "struct s",
                                        "static const double",
                                        "const double *",
                                        "double **",
                                        NULL};
    size_t at = fuzz_choose_token(&fuzz_file.tokens, fuzz_all(&fuzz_file.tokens), is_type_word);
    if (at < fuzz_file.tokens.count)
        fuzz_put_text(at, at + (fuzz_choose(8) > 0), fuzz_choose_text(words));
}

static struct range some_tokens(void) {
    size_t from = fuzz_choose(fuzz_file.tokens.count), to = from + 1 + fuzz_choose(3);
    return (struct range){from, to < fuzz_file.tokens.count ? to : fuzz_file.tokens.count};
}

static void delete_tokens(void) {
    struct range range = some_tokens();
    fuzz_put_text(range.from, range.to, "");
}

static void copy_tokens(void) {
    char text[TEXT_MAX];
    struct range range = some_tokens();
    size_t to = fuzz_choose(4) ? range.to : fuzz_choose(fuzz_file.tokens.count);
    fuzz_put_text(to, to, fuzz_text_of(&fuzz_file.tokens, range, text, sizeof text));
}

/* ---- statements
 * ------------------------------------------------------------------------------------------------ */

static struct range statement_at(const struct tokens *tokens, size_t at) {
    return (struct range){at, statement_end(tokens, at)};
}

static struct range choose_statement(const struct tokens *tokens, struct range among) {
    size_t at = fuzz_choose_token(tokens, among, is_statement_start);
    return at < among.to ? statement_at(tokens, at) : (struct range){0, 0};
}

static void delete_statement(void) {
    struct range range = choose_statement(&fuzz_file.tokens, fuzz_all(&fuzz_file.tokens));
    fuzz_put_text(range.from, range.to, fuzz_choose(4) ? "" : ";");
}

/* To another place of the same function, or anywhere. */
static void copy_statement(void) {
    char text[TEXT_MAX];
    struct range range = choose_statement(&fuzz_file.tokens, fuzz_all(&fuzz_file.tokens));
    struct range among = fuzz_choose(6) ? fuzz_around(range.from) : fuzz_all(&fuzz_file.tokens);
    size_t to = fuzz_choose_token(&fuzz_file.tokens, among, is_statement_start);
    fuzz_put_text(to, to, fuzz_text_of(&fuzz_file.tokens, range, text, sizeof text));
}

static void move_statement(void) {
    char text[TEXT_MAX];
    struct range range = choose_statement(&fuzz_file.tokens, fuzz_all(&fuzz_file.tokens));
    size_t to = fuzz_choose_token(&fuzz_file.tokens, fuzz_around(range.from), is_statement_start);
    fuzz_text_of(&fuzz_file.tokens, range, text, sizeof text);
    if (to >= range.to) {
        fuzz_put_text(to, to, text);
        fuzz_put_text(range.from, range.to, "");
    } else if (to <= range.from) {
        fuzz_put_text(range.from, range.to, "");
        fuzz_put_text(to, to, text);
    }
}

/* Whether the file has the name somewhere, or C has. */
static bool is_known(const struct token *name) {
    static const char *const words[] = {
        "if",       "else",     "for",    "while",  "do",     "switch", "case", "default", "break",
        "continue", "return",   "double", "float",  "int",    "long",   "char", "const",   "void",
        "static",   "unsigned", "sizeof", "struct", "sin",    "cos",    "sqrt", "exp",     "fabs",
        "pow",      "goto",     "free",   "malloc", "memcpy", NULL};
    char text[64];
    if (name->length >= sizeof text)
        return false;
    snprintf(text, sizeof text, "%.*s", (int)name->length, name->text);
    for (size_t i = 0; words[i]; i++)
        if (strcmp(words[i], text) == 0)
            return true;
    for (size_t i = 0; i < fuzz_file.tokens.count; i++)
        if (is_token(&fuzz_file.tokens, i, text))
            return true;
    return false;
}

/* The text of the donor's tokens, with names of `among` for those that the file does not know. */
static const char *adapted(struct range range, struct range among, char *out, size_t room) {
    size_t length = 0;
    *out = '\0';
    for (size_t i = range.from; i < range.to; i++) {
        const struct token *token = &donor.items[i];
        if (token->kind == TOKEN_NAME && !is_known(token)) {
            size_t other = fuzz_choose_token(&fuzz_file.tokens, among, fuzz_is_name);
            token = other < among.to ? &fuzz_file.tokens.items[other] : token;
        }
        if (length + token->length + 2 > room)
            break;
        length += (size_t)snprintf(out + length, room - length, " %.*s", (int)token->length, token->text);
    }
    return out;
}

static void take_statement(void) {
    char text[TEXT_MAX];
    size_t to = fuzz_choose_token(&fuzz_file.tokens, fuzz_all(&fuzz_file.tokens), is_statement_start);
    fuzz_put_text(to, to,
                  adapted(choose_statement(&donor, fuzz_all(&donor)), fuzz_around(to), text, sizeof text));
}

/* ---- operands
 * ---------------------------------------------------------------------------------------------------- */

static void change_expression(void) {
    char text[TEXT_MAX];
    struct range range = fuzz_choose_expression(&fuzz_file.tokens, fuzz_all(&fuzz_file.tokens));
    struct range among = fuzz_choose(6) ? fuzz_around(range.from) : fuzz_all(&fuzz_file.tokens);
    fuzz_put_text(
        range.from, range.to,
        fuzz_text_of(&fuzz_file.tokens, fuzz_choose_expression(&fuzz_file.tokens, among), text, sizeof text));
}

static void wrap_expression(void) {
    static const char *const forms[] = {
        "(%1)",         "sin(%1)",    "-%1",      "(%1 ? %1 : %)", "(%, %1)",   "(%1 + %)",   "%1 * %",
        "(double)(%1)", "(float)%1",  "(int)%1",  "fmax(%1, %)",   "*&%1",      "(%1)++",     "&%1",
        "*%1",          "%1[0]",      "!%1",      "(% ? % : %1)",  "(% && %1)", "sizeof(%1)", "(% = %1)",
        "({ %1; })",    "pow(%1, %)", "fabs(%1)", "(%1)->%",       "%1.%",      NULL};
    char inner[TEXT_MAX / 8], form[TEXT_MAX / 2], text[TEXT_MAX];
    struct range range = fuzz_choose_expression(&fuzz_file.tokens, fuzz_all(&fuzz_file.tokens));
    fuzz_text_of(&fuzz_file.tokens, range, inner, sizeof inner);
    size_t length = 0;
    for (const char *at = fuzz_choose_text(forms); *at && length + sizeof inner < sizeof form; at++) {
        bool here = at[0] == '%' && at[1] == '1';
        length +=
            (size_t)snprintf(form + length, sizeof form - length, "%s", here ? inner : (char[]){*at, '\0'});
        at += here;
    }
    if (strchr(inner, '%') == NULL) {
        fuzz_fill(form, fuzz_around(range.from), text, sizeof text);
        fuzz_put_text(range.from, range.to, text);
    }
}

/* ---- new statements
 * --------------------------------------------------------------------------------------------------- */

static void insert_statement(void) {
    static const char *const forms[] = {"break;",
                                        "continue;",
                                        "return;",
                                        "return %;",
                                        "goto out;",
                                        "out:;",
                                        "% = %;",
                                        "% += %;",
                                        "% *= %;",
                                        "%++;",
                                        "*%++ = %;",
                                        "(%)(%);",
                                        "if (%) return %;",
                                        "if (%) break;",
                                        "if (%) continue;",
                                        "if (%) goto out;",
                                        "double t0 = %;",
                                        "double *p0 = %;",
                                        "const double *p1 = &%;",
                                        "double w0[4] = {%};",
                                        "static double s0;",
                                        "static double s1[4] = {%};",
                                        "struct { double a, b; } q0 = {%, %};",
                                        "int k0 = %;",
                                        "memcpy(%, %, sizeof %);",
                                        "free(%);",
                                        "double *m0 = malloc(8 * sizeof *m0);",
                                        "case 1:",
                                        "default:;",
                                        "% = % ? % : %;",
                                        "(void)%;",
                                        "union { double a; double b[1]; } u0 = {%};",
                                        "% = %, % = %;",
                                        "for (int i0 = 0; i0 < %; i0++) % += %;",
                                        "assert(%);",
                                        "double v0[%];",
                                        "double (*f0)(double) = sin;",
                                        "% = cgrad_stop_gradient(%);",
                                        "% = % = %;",
                                        "% /= %;",
                                        "do { % *= %; } while (% < %);",
                                        "%.% = %;",
                                        "%->% = %;",
                                        NULL};
    char text[TEXT_MAX];
    size_t to = fuzz_choose_token(&fuzz_file.tokens, fuzz_all(&fuzz_file.tokens), is_statement_start);
    fuzz_fill(fuzz_choose_text(forms), fuzz_around(to), text, sizeof text);
    fuzz_put_text(to, to, text);
}

static void wrap_statement(void) {
    static const char *const before[] = {"if (%) {",
                                         "if (!(%)) ; else {",
                                         "for (int j0 = 0; j0 < 3; j0++) {",
                                         "while (% < %) {",
                                         "do {",
                                         "{",
                                         "{",
                                         "switch (%) { case 0: case 2:",
                                         "switch (%) { default:",
                                         "for (int j1 = %; j1 >= 0; j1--) {",
                                         "for (;;) {",
                                         "out: {",
                                         "for (double *p = %; p < % + 3; p++) {",
                                         "if (%) { goto out; } {",
                                         NULL};
    char text[TEXT_MAX];
    struct range range = choose_statement(&fuzz_file.tokens, fuzz_all(&fuzz_file.tokens));
    const char *form = fuzz_choose_text(before);
    const char *after = strcmp(form, "do {") == 0         ? "} while (0);"
                        : strcmp(form, "for (;;) {") == 0 ? "break; }"
                                                          : "}";
    fuzz_put_text(range.to, range.to, after);
    fuzz_fill(form, fuzz_around(range.from), text, sizeof text);
    fuzz_put_text(range.from, range.from, text);
}

/* ---- declarations
 * ------------------------------------------------------------------------------------------------------- */

static void delete_declaration(void) {
    struct range range = fuzz_around(fuzz_choose(fuzz_file.tokens.count));
    fuzz_put_text(range.from, range.to, "");
}

static void take_declaration(void) {
    char text[TEXT_MAX];
    struct range range = declaration_around(&donor, fuzz_choose(donor.count));
    struct range here = fuzz_around(fuzz_choose(fuzz_file.tokens.count));
    fuzz_text_of(&donor, range, text, sizeof text);
    fuzz_put_text(here.from, fuzz_choose(3) ? here.from : here.to, text);
}

/* ---- requests
 * ------------------------------------------------------------------------------------------------------------
 */

static void add_option(void) {
    static const char *const options[] = {"--workspace",        "--no-primal",
                                          "--standalone",       "--report",
                                          "--stop-after=front", "--plan=store-all",
                                          "--plan=no-fuse",     "--plan=no-inline",
                                          "--plan=no-slots",    "--plan=no-reuse",
                                          "--plan=no-lift",     "--plan=no-slices",
                                          "--plan=no-elements", "--plan=no-order",
                                          "--plan=no-guard",    "--vjp=%:%->return",
                                          "--grad=%:%",         "--jvp=%:%,%->%",
                                          "--split=%:%",        "--vjp=%:%[%],%",
                                          "-std=c99",           NULL};
    char text[TEXT_MAX], line[TEXT_MAX + 64];
    size_t at = fuzz_choose_token(&fuzz_file.tokens, fuzz_all(&fuzz_file.tokens), fuzz_is_name);
    fuzz_fill(fuzz_choose_text(options), fuzz_around(at), text, sizeof text);
    for (char *space = text; (space = strpbrk(space, " \n\t"));)
        memmove(space, space + 1, strlen(space));
    snprintf(line, sizeof line, "%s%s\n", OPTIONS_MARK, text);
    fuzz_put(0, 0, line, strlen(line));
}

/* A mode in place of the word behind dashes, at or behind `from`. */
static void change_mode(size_t from, size_t end) {
    static const char *const modes[] = {"grad=", "vjp=", "split=", "jvp=", "workspace ", NULL};
    while (from + 2 < end && memcmp(fuzz_file.text + from, "--", 2) != 0)
        from++;
    if (from + 2 >= end)
        return;
    size_t stop = from += 2;
    while (stop < end && fuzz_file.text[stop] != '=' && fuzz_file.text[stop] != ' ')
        stop++;
    const char *mode = fuzz_choose_text(modes);
    fuzz_put(from, stop + (stop < end), mode, strlen(mode));
}

/* Within a line of options: a mode, a name, or a character more or less. */
static void change_option(void) {
    char text[256];
    size_t at = fuzz_choose_token(&fuzz_file.tokens, fuzz_all(&fuzz_file.tokens), is_options);
    if (at >= fuzz_file.tokens.count)
        return;
    const struct token *token = &fuzz_file.tokens.items[at];
    size_t from = (size_t)(token->text - fuzz_file.text) + strlen(OPTIONS_MARK);
    size_t end = (size_t)(token->text - fuzz_file.text) + token->length;
    size_t place = from + fuzz_choose(end - from);
    size_t name = fuzz_choose_token(&fuzz_file.tokens, fuzz_all(&fuzz_file.tokens), fuzz_is_name);
    switch (fuzz_choose(4)) {
    case 0: fuzz_put(place, place < end ? place + 1 : place, "", 0); break;
    case 1: fuzz_put(place, place, &",:[]->*="[fuzz_choose(8)], 1); break;
    case 2:
        fuzz_text_of(&fuzz_file.tokens, (struct range){name, name + (name < fuzz_file.tokens.count)}, text,
                     sizeof text);
        fuzz_put(place, place, text, strlen(text));
        break;
    case 3: change_mode(place, end); break;
    }
}

/* ---- one mutation
 * ------------------------------------------------------------------------------------------------------- */

typedef void mutation(void);

/* Some stand more than once: they are likelier. */
static mutation *const mutations[] = {
    change_name,      change_name,        change_name,       change_number,     change_operator,
    change_type,      change_type,        delete_tokens,     copy_tokens,       delete_statement,
    delete_statement, copy_statement,     copy_statement,    move_statement,    move_statement,
    take_statement,   change_expression,  change_expression, change_expression, wrap_expression,
    wrap_expression,  insert_statement,   insert_statement,  insert_statement,  wrap_statement,
    wrap_statement,   delete_declaration, take_declaration,  add_option,        change_option,
};

enum { ATTEMPTS = 6, UNCHECKED = 10 /* one in so many */ };

/* Until the parser accepts what comes out, or for some attempts. `text` is what stands in `data`, and stays.
 */
static size_t attempt(const char *text, size_t size, uint8_t *data, size_t room, mutation *const *among,
                      size_t count) {
    bool unchecked = fuzz_choose(UNCHECKED) == 0;
    for (size_t attempts = ATTEMPTS; attempts > 0; attempts--) {
        memcpy(data, text, size);
        fuzz_begin(data, size, room);
        for (size_t left = fuzz_choose(3) ? 1 : 1 + fuzz_choose(3); left > 0 && fuzz_file.tokens.count > 0;
             left--)
            among[fuzz_choose(count)]();
        if (unchecked || fuzz_accepts(fuzz_file.text, fuzz_file.size))
            break;
    }
    return fuzz_file.size;
}

static void seed_random(unsigned seed) {
    fuzz_file.random = (uint64_t)seed * 0x9E3779B97F4A7C15u + 1;
}

size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max_size, unsigned seed) {
    static char kept[TEXT_MAX]; /* as it was: what the donor's tokens point into */
    seed_random(seed);
    if (size == 0 || size > sizeof kept || fuzz_choose(BYTES) == 0)
        return LLVMFuzzerMutate(data, size, max_size);
    memcpy(kept, data, size);
    tokens_read(&donor, kept, size);
    return attempt(kept, size, data, max_size, mutations, sizeof mutations / sizeof *mutations);
}

/* Statements and declarations of the second file go into the first. */
size_t LLVMFuzzerCustomCrossOver(const uint8_t *data1, size_t size1, const uint8_t *data2, size_t size2,
                                 uint8_t *out, size_t max_out_size, unsigned seed) {
    static mutation *const taking[] = {take_statement, take_statement, take_declaration};
    if (size1 > max_out_size)
        return 0;
    seed_random(seed);
    tokens_read(&donor, (const char *)data2, size2);
    return attempt((const char *)data1, size1, out, max_out_size, taking, sizeof taking / sizeof *taking);
}
