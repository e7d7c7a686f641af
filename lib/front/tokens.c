/* tokens: one table per file, made once and asked by offset. It knows what the cursors do not: comments, the
 * two semicolons of a `for`, the operand of sizeof, the exact spelling of a literal.
 *
 * Each comment belongs to one construct: `claimed` says that it is taken.
 */
#include "front/front_private.h"

#include <string.h>

/* ---- the table ---------------------------------------------------------------------------------- */

static void add_tokens(struct front *front, struct token_table *table, CXToken *tokens, unsigned count) {
    table->items = NEW_ARRAY(front->arena, struct token, count);
    table->count = count;
    for (unsigned i = 0; i < count; i++) {
        struct token *token = &table->items[i];
        CXSourceRange range = clang_getTokenExtent(front->tu, tokens[i]);
        clang_getFileLocation(clang_getRangeStart(range), NULL, &token->line, NULL, &token->begin);
        clang_getFileLocation(clang_getRangeEnd(range), NULL, NULL, NULL, &token->end);
        token->kind = clang_getTokenKind(tokens[i]);
        token->first = i == 0 || table->items[i - 1].line != token->line;
    }
}

static struct token_table *make_table(struct front *front, CXFile file) {
    struct token_table *table = NEW(front->arena, struct token_table);
    table->file = file;
    const char *text = clang_getFileContents(front->tu, file, &table->length);
    table->text = arena_strndup(front->arena, text ? text : "", text ? table->length : 0);
    CXSourceLocation begin = clang_getLocationForOffset(front->tu, file, 0);
    CXSourceLocation end = clang_getLocationForOffset(front->tu, file, (unsigned)table->length);
    CXToken *tokens = NULL;
    unsigned count = 0;
    clang_tokenize(front->tu, clang_getRange(begin, end), &tokens, &count);
    add_tokens(front, table, tokens, count);
    clang_disposeTokens(front->tu, tokens, count);
    VEC_PUSH(front->arena, front->tables, table);
    return table;
}

struct token_table *front_tokens(struct front *front, CXFile file) {
    for (size_t i = 0; i < front->tables.count; i++)
        if (front_same_file(front->tables.items[i]->file, file))
            return front->tables.items[i];
    return make_table(front, file);
}

size_t token_find(const struct token_table *table, unsigned offset) {
    size_t low = 0, high = table->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (table->items[middle].begin < offset)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

bool token_is(const struct token_table *table, size_t index, const char *text) {
    if (index >= table->count)
        return false;
    const struct token *token = &table->items[index];
    size_t length = token->end - token->begin;
    return strlen(text) == length && strncmp(table->text + token->begin, text, length) == 0;
}

const char *token_slice(struct front *front, const struct token_table *table, unsigned begin, unsigned end) {
    return arena_strndup(front->arena, table->text + begin, end - begin);
}

const char *token_text(struct front *front, const struct token_table *table, size_t index) {
    const struct token *token = &table->items[index];
    return intern_n(front->unit->names, table->text + token->begin, token->end - token->begin);
}

size_t token_skip_comments(const struct token_table *table, size_t index) {
    while (index < table->count && table->items[index].kind == CXToken_Comment)
        index++;
    return index;
}

/* ---- comments ----------------------------------------------------------------------------------- */

static bool is_free_comment(const struct token_table *table, size_t index) {
    return table->items[index].kind == CXToken_Comment && !table->items[index].claimed;
}

/* A block comment may span lines. */
static unsigned last_line(const struct token_table *table, size_t index) {
    unsigned line = table->items[index].line;
    for (unsigned at = table->items[index].begin; at < table->items[index].end; at++)
        line += table->text[at] == '\n';
    return line;
}

/* Several comments in one: each on a line of its own, the indentation of the source dropped. */
static const char *claim_comments(struct front *front, struct token_table *table, size_t from, size_t to) {
    const char *text = NULL;
    for (size_t i = from; i < to; i++) {
        struct token *token = &table->items[i];
        if (token->claimed)
            continue;
        token->claimed = true;
        const char *comment = token_slice(front, table, token->begin, token->end);
        text = text ? arena_printf(front->arena, "%s\n%s", text, comment) : comment;
    }
    return text;
}

const char *token_leading_comment(struct front *front, struct token_table *table, unsigned begin) {
    size_t end = token_find(table, begin), start = end;
    while (start > 0 && is_free_comment(table, start - 1))
        start--;
    return claim_comments(front, table, start, end);
}

/* What stands behind other text on its line, or apart by an empty line, is not about the function. */
const char *token_heading_comment(struct front *front, struct token_table *table, unsigned begin) {
    size_t end = token_find(table, begin), start = end;
    unsigned line = end < table->count ? table->items[end].line : 0;
    while (start > 0 && is_free_comment(table, start - 1) && table->items[start - 1].first &&
           last_line(table, start - 1) + 1 >= line)
        line = table->items[--start].line;
    return claim_comments(front, table, start, end);
}

const char *token_trailing_comment(struct front *front, struct token_table *table, unsigned end) {
    size_t index = token_find(table, end);
    if (index > 0 && token_is(table, index, ";"))
        index++;
    if (index == 0 || index >= table->count || !is_free_comment(table, index))
        return NULL;
    if (table->items[index].line != last_line(table, index - 1))
        return NULL;
    return claim_comments(front, table, index, index + 1);
}

/* ---- literals ----------------------------------------------------------------------------------- */

static const char *token_at_location(struct front *front, CXSourceLocation location) {
    CXToken *token = clang_getToken(front->tu, location);
    if (!token)
        return NULL;
    const char *text = front_string(front, clang_getTokenSpelling(front->tu, *token));
    clang_disposeTokens(front->tu, token, 1);
    return text;
}

/* The token in the text of the macro, or of the macro's argument. */
static const char *token_at_spelling(struct front *front, CXSourceLocation location) {
    CXFile file;
    unsigned offset;
    clang_getSpellingLocation(location, &file, NULL, NULL, &offset);
    if (!file)
        return NULL;
    const struct token_table *table = front_tokens(front, file);
    size_t index = token_find(table, offset);
    return index < table->count && table->items[index].begin == offset ? token_text(front, table, index)
                                                                       : NULL;
}

static bool is_literal_text(const char *text) {
    return text && ((*text >= '0' && *text <= '9') || *text == '.' || strchr(text, '\''));
}

const char *front_literal_text(struct front *front, CXCursor literal) {
    CXSourceLocation location = clang_getCursorLocation(literal);
    const char *text = token_at_location(front, location);
    if (!is_literal_text(text))
        text = token_at_spelling(front, location);
    return is_literal_text(text) ? text : NULL;
}
