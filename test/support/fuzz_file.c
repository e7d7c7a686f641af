/* fuzz_file: the file that is changed, choices in it, and how its text is replaced. */
#include "fuzz_mutate.h"

#include <stdio.h>
#include <string.h>

struct fuzz_file fuzz_file;

/* ---- choices ------------------------------------------------------------------------------------ */

/* Of [0, count); 0 if there is none. */
size_t fuzz_choose(size_t count) {
    fuzz_file.random ^= fuzz_file.random << 13;
    fuzz_file.random ^= fuzz_file.random >> 7;
    fuzz_file.random ^= fuzz_file.random << 17;
    return count ? (size_t)((fuzz_file.random >> 11) % count) : 0;
}

const char *fuzz_choose_text(const char *const *texts) {
    size_t count = 0;
    while (texts[count])
        count++;
    return texts[fuzz_choose(count)];
}

bool fuzz_is_name(const struct tokens *tokens, size_t at) {
    return tokens->items[at].kind == TOKEN_NAME;
}

/* A token of the range that meets the condition, or range.to. */
size_t fuzz_choose_token(const struct tokens *tokens, struct range range, condition *meets) {
    size_t count = 0;
    for (size_t i = range.from; i < range.to; i++)
        count += meets(tokens, i) != 0;
    size_t wanted = fuzz_choose(count);
    for (size_t i = range.from; i < range.to; i++)
        if (meets(tokens, i) && wanted-- == 0)
            return i;
    return range.to;
}

struct range fuzz_all(const struct tokens *tokens) {
    return (struct range){0, tokens->count};
}

struct range fuzz_choose_expression(const struct tokens *tokens, struct range among) {
    size_t at = fuzz_choose_token(tokens, among, is_expression_start);
    return at < among.to ? (struct range){at, expression_end(tokens, at)} : (struct range){0, 0};
}

struct range fuzz_around(size_t at) {
    return declaration_around(&fuzz_file.tokens, at);
}

void fuzz_begin(uint8_t *data, size_t size, size_t room) {
    fuzz_file.text = (char *)data;
    fuzz_file.size = size;
    fuzz_file.room = room;
    tokens_read(&fuzz_file.tokens, fuzz_file.text, fuzz_file.size);
}

/* ---- changes ---------------------------------------------------------------------------------------- */

/* Where the token's gap begins, so that comments go with it. */
static size_t offset_of(size_t at) {
    const char *place = at < fuzz_file.tokens.count ? fuzz_file.tokens.items[at].gap : fuzz_file.tokens.end;
    return (size_t)(place - fuzz_file.text);
}

/* Puts `text` for the bytes [from, to). */
void fuzz_put(size_t from, size_t to, const char *text, size_t length) {
    if (fuzz_file.size - (to - from) + length > fuzz_file.room)
        return;
    memmove(fuzz_file.text + from + length, fuzz_file.text + to, fuzz_file.size - to);
    memcpy(fuzz_file.text + from, text, length);
    fuzz_file.size += length - (to - from);
    tokens_read(&fuzz_file.tokens, fuzz_file.text, fuzz_file.size);
}

void fuzz_put_text(size_t from, size_t to, const char *text) {
    char spaced[TEXT_MAX];
    int length = snprintf(spaced, sizeof spaced, " %s ", text);
    if (length > 0 && (size_t)length < sizeof spaced)
        fuzz_put(offset_of(from), offset_of(to), spaced, (size_t)length);
}

/* The text of the tokens; empty if it is too long. */
const char *fuzz_text_of(const struct tokens *tokens, struct range range, char *out, size_t room) {
    *out = '\0';
    if (range.from >= range.to)
        return out;
    const struct token *last = &tokens->items[range.to - 1];
    const char *first = tokens->items[range.from].text;
    size_t length = (size_t)(last->text + last->length - first);
    if (length < room) {
        memcpy(out, first, length);
        out[length] = '\0';
    }
    return out;
}

/* `%` stands for something of the function that is changed. */
void fuzz_fill(const char *form, struct range among, char *out, size_t room) {
    size_t length = 0;
    char piece[1024];
    for (; *form && length + sizeof piece < room; form++) {
        if (*form != '%') {
            out[length++] = *form;
            continue;
        }
        struct range range = fuzz_choose_expression(&fuzz_file.tokens, among);
        if (fuzz_choose(2)) {
            size_t name = fuzz_choose_token(&fuzz_file.tokens, among, fuzz_is_name);
            range = (struct range){name, name < among.to ? name + 1 : name};
        }
        fuzz_text_of(&fuzz_file.tokens, range, piece, sizeof piece);
        memcpy(out + length, piece, strlen(piece));
        length += strlen(piece);
    }
    out[length] = '\0';
}
