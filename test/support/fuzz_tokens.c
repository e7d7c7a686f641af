/* fuzz_tokens: C as far as mutations need it. All of it works on any bytes, with sense or without. */
#include "fuzz_mutate.h"

#include <ctype.h>
#include <string.h>

/* ---- tokens ---------------------------------------------------------------------------------------- */

static bool starts(const char *at, const char *end, const char *text) {
    size_t length = strlen(text);
    return (size_t)(end - at) >= length && memcmp(at, text, length) == 0;
}

static const char *line_end(const char *at, const char *end) {
    const char *newline = memchr(at, '\n', (size_t)(end - at));
    return newline ? newline : end;
}

static const char *skip_comment(const char *at, const char *end) {
    if (starts(at, end, "//"))
        return line_end(at, end);
    for (at += 2; at < end; at++)
        if (starts(at, end, "*/"))
            return at + 2;
    return end;
}

static const char *skip_gap(const char *at, const char *end) {
    while (at < end) {
        if (isspace((unsigned char)*at))
            at++;
        else if (starts(at, end, "/*") || (starts(at, end, "//") && !starts(at, end, OPTIONS_MARK)))
            at = skip_comment(at, end);
        else
            break;
    }
    return at;
}

static const char *directive_end(const char *at, const char *end) {
    for (;;) {
        const char *newline = line_end(at, end);
        if (newline == end || newline[-1] != '\\')
            return newline;
        at = newline + 1;
    }
}

static const char *quoted_end(const char *at, const char *end) {
    const char quote = *at;
    for (at++; at < end && *at != quote && *at != '\n'; at++)
        if (*at == '\\' && at + 1 < end)
            at++;
    return at < end ? at + 1 : end;
}

static const char *word_end(const char *at, const char *end, bool number) {
    for (; at < end; at++) {
        bool sign = number && (*at == '+' || *at == '-') && strchr("eEpP", at[-1]);
        if (!isalnum((unsigned char)*at) && *at != '_' && !(number && *at == '.') && !sign)
            break;
    }
    return at;
}

static const char *operator_end(const char *at, const char *end) {
    static const char *const operators[] = {"<<=", ">>=", "...", "->", "++", "--", "<<", ">>",
                                            "<=",  ">=",  "==",  "!=", "&&", "||", "+=", "-=",
                                            "*=",  "/=",  "%=",  "&=", "|=", "^="};
    for (size_t i = 0; i < sizeof operators / sizeof *operators; i++)
        if (starts(at, end, operators[i]))
            return at + strlen(operators[i]);
    return at + 1;
}

static const char *token_end(const char *at, const char *end, enum token_kind *kind) {
    *kind = TOKEN_OTHER;
    if (starts(at, end, OPTIONS_MARK)) {
        *kind = TOKEN_OPTIONS;
        return line_end(at, end);
    }
    if (*at == '#') {
        *kind = TOKEN_DIRECTIVE;
        return directive_end(at + 1, end);
    }
    if (*at == '"' || *at == '\'')
        return quoted_end(at, end);
    if (isdigit((unsigned char)*at) || (*at == '.' && at + 1 < end && isdigit((unsigned char)at[1]))) {
        *kind = TOKEN_NUMBER;
        return word_end(at + 1, end, true);
    }
    if (isalpha((unsigned char)*at) || *at == '_') {
        *kind = TOKEN_NAME;
        return word_end(at + 1, end, false);
    }
    return operator_end(at, end);
}

void tokens_read(struct tokens *tokens, const char *text, size_t size) {
    const char *end = text + size;
    tokens->count = 0;
    tokens->end = end;
    for (const char *at = text; tokens->count < TOKEN_MAX;) {
        struct token token = {.gap = at, .text = skip_gap(at, end)};
        if (token.text == end)
            break;
        at = token_end(token.text, end, &token.kind);
        token.length = (size_t)(at - token.text);
        tokens->items[tokens->count++] = token;
    }
}

bool is_token(const struct tokens *tokens, size_t at, const char *text) {
    if (at >= tokens->count)
        return false;
    const struct token *token = &tokens->items[at];
    return token->length == strlen(text) && memcmp(token->text, text, token->length) == 0;
}

static bool is_one_of(const struct tokens *tokens, size_t at, const char *const *texts) {
    for (; *texts; texts++)
        if (is_token(tokens, at, *texts))
            return true;
    return false;
}

/* ---- statements, expressions, declarations --------------------------------------------------------- */

static int depth_of(const struct tokens *tokens, size_t at) {
    static const char *const open[] = {"(", "[", "{", NULL}, *const close[] = {")", "]", "}", NULL};
    return is_one_of(tokens, at, open) - is_one_of(tokens, at, close);
}

/* Behind the bracket that closes the one at `at`. */
static size_t group_end(const struct tokens *tokens, size_t at) {
    int depth = 0;
    do
        depth += depth_of(tokens, at++);
    while (at < tokens->count && depth > 0);
    return at;
}

/* Behind the next semicolon outside of brackets; before a bracket that was not opened here. */
static size_t simple_end(const struct tokens *tokens, size_t at) {
    int depth = 0;
    for (; at < tokens->count; at++) {
        depth += depth_of(tokens, at);
        if (depth < 0)
            return at;
        if (depth == 0 && is_token(tokens, at, ";"))
            return at + 1;
    }
    return at;
}

size_t statement_end(const struct tokens *tokens, size_t at) {
    static const char *const heads[] = {"if", "for", "while", "switch", NULL};
    if (at >= tokens->count)
        return tokens->count;
    if (is_token(tokens, at, "{"))
        return group_end(tokens, at);
    if (is_token(tokens, at, "do")) {
        at = statement_end(tokens, at + 1);
        return simple_end(tokens, at);
    }
    if (is_token(tokens, at, "else"))
        return statement_end(tokens, at + 1);
    if (!is_one_of(tokens, at, heads) || !is_token(tokens, at + 1, "("))
        return simple_end(tokens, at);
    size_t end = statement_end(tokens, group_end(tokens, at + 1));
    return is_token(tokens, end, "else") ? statement_end(tokens, end) : end;
}

bool is_statement_start(const struct tokens *tokens, size_t at) {
    static const char *const ends[] = {";", "{", "}", NULL};
    return at > 0 && at < tokens->count && is_one_of(tokens, at - 1, ends) && !is_token(tokens, at, "}");
}

size_t expression_end(const struct tokens *tokens, size_t at) {
    static const char *const ends[] = {",", ";", ")", "]", "}", NULL};
    int depth = 0;
    for (; at < tokens->count; at++) {
        if (depth == 0 && is_one_of(tokens, at, ends))
            return at;
        depth += depth_of(tokens, at);
    }
    return at;
}

bool is_expression_start(const struct tokens *tokens, size_t at) {
    static const char *const before[] = {"=",  "(",  "[",  ",",  "+",      "-",  "*", "/",
                                         "<",  ">",  "+=", "-=", "*=",     "/=", "?", ":",
                                         "&&", "||", "==", "!=", "return", "<=", NULL};
    return at > 0 && at < tokens->count && is_one_of(tokens, at - 1, before) && depth_of(tokens, at) >= 0;
}

struct range declaration_around(const struct tokens *tokens, size_t at) {
    struct range range = {0, 0};
    int depth = 0;
    for (size_t i = 0; i < tokens->count; i++) {
        depth += depth_of(tokens, i);
        bool closes = is_token(tokens, i, ";") || (is_token(tokens, i, "}") && !is_token(tokens, i + 1, ";"));
        if (depth > 0 || !(closes || tokens->items[i].kind >= TOKEN_DIRECTIVE))
            continue;
        range.to = i + 1;
        if (at < range.to)
            return range;
        range.from = range.to;
    }
    range.to = tokens->count;
    return range;
}
