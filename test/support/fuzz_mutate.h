/* Parts of the fuzzer of the whole tool (fuzz_tool.c). */
#ifndef FUZZ_MUTATE_H
#define FUZZ_MUTATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define OPTIONS_MARK "// OPTIONS "

/* ---- fuzz_tool.c: ------------------------------------------------------------------------------- */

/* Whether the parser finds no error in it. */
bool fuzz_accepts(const char *text, size_t size);

/* ---- fuzz_tokens.c: C as far as mutations need it ----------------------------------------------- */

enum token_kind { TOKEN_NAME, TOKEN_NUMBER, TOKEN_OTHER, TOKEN_DIRECTIVE, TOKEN_OPTIONS };

/* Spaces and comments belong to the token behind them. */
struct token {
    enum token_kind kind;
    const char *gap, *text;
    size_t length; /* of the text */
};

enum { TOKEN_MAX = 12000 };

struct tokens {
    struct token items[TOKEN_MAX];
    size_t count;
    const char *end;
};

struct range {
    size_t from, to; /* tokens */
};

void tokens_read(struct tokens *tokens, const char *text, size_t size);
bool is_token(const struct tokens *tokens, size_t at, const char *text);
/* Behind the statement that begins at `at`. */
size_t statement_end(const struct tokens *tokens, size_t at);
/* Whether a statement, or something like it, may begin here. */
bool is_statement_start(const struct tokens *tokens, size_t at);
/* Behind the operands that begin at `at`: where a comma, a semicolon or a closing bracket ends them. */
size_t expression_end(const struct tokens *tokens, size_t at);
bool is_expression_start(const struct tokens *tokens, size_t at);
/* The declaration of the file around `at`. */
struct range declaration_around(const struct tokens *tokens, size_t at);

/* ---- fuzz_file.c -------------------------------------------------------------------------------- */

enum { TEXT_MAX = 1 << 16 };

/* The file that is changed, and its tokens as of the last change. */
struct fuzz_file {
    char *text;
    size_t size, room;
    struct tokens tokens;
    uint64_t random;
};

extern struct fuzz_file fuzz_file;

typedef bool condition(const struct tokens *tokens, size_t at);

/* From now on this is the file; it may grow to `room`. */
void fuzz_begin(uint8_t *data, size_t size, size_t room);
/* Of [0, count); 0 if there is none. */
size_t fuzz_choose(size_t count);
const char *fuzz_choose_text(const char *const *texts);
/* A token of the range that meets the condition, or range.to. */
size_t fuzz_choose_token(const struct tokens *tokens, struct range range, condition *meets);
struct range fuzz_choose_expression(const struct tokens *tokens, struct range among);
bool fuzz_is_name(const struct tokens *tokens, size_t at);
struct range fuzz_all(const struct tokens *tokens);
/* The declaration around a token of the file. */
struct range fuzz_around(size_t at);
/* Puts `text` for the bytes [from, to). */
void fuzz_put(size_t from, size_t to, const char *text, size_t length);
/* Puts `text` for the tokens [from, to). */
void fuzz_put_text(size_t from, size_t to, const char *text);
/* The text of the tokens; empty if it is too long. */
const char *fuzz_text_of(const struct tokens *tokens, struct range range, char *out, size_t room);
/* The form, with something of the function in place of each `%`. */
void fuzz_fill(const char *form, struct range among, char *out, size_t room);

#endif
