/* line: long lines broken for the reader, and comments indented anew. */
#include "emit/print.h"

#include <string.h>

/* ---- where a line may be broken --------------------------------------------------------------- */

struct scan {
    const char *line;
    size_t at;
    int depth; /* of parentheses, brackets and braces */
};

/* Steps over one character, or one string or character constant. */
static void step(struct scan *scan) {
    char c = scan->line[scan->at++];
    if (c == '(' || c == '[' || c == '{')
        scan->depth++;
    else if (c == ')' || c == ']' || c == '}')
        scan->depth--;
    if (c != '"' && c != '\'')
        return;
    while (scan->line[scan->at] && scan->line[scan->at] != c)
        scan->at += scan->line[scan->at] == '\\' && scan->line[scan->at + 1] ? 2 : 1;
    if (scan->line[scan->at])
        scan->at++;
}

/* A blank behind a comma, a semicolon or a binary operator (those have a blank on both sides). */
static bool is_break(const char *line, size_t at) {
    if (at < 2 || line[at] != ' ')
        return false;
    if (line[at - 1] == ',' || line[at - 1] == ';')
        return true;
    size_t start = at;
    while (start > 0 && strchr("+-*/%&|^<>=?:!", line[start - 1]))
        start--;
    return start < at && start > 0 && line[start - 1] == ' ';
}

/* How much of a break would tear what belongs together: nested more, or factors of a product. */
static int tightness(const struct scan *scan) {
    return 2 * scan->depth + (strchr("*/%", scan->line[scan->at - 1]) != NULL);
}

/* The loosest break within `limit`, of several the last; 0 if there is none. A break in the first third helps
 * nobody. */
static size_t find_break(const char *line, size_t limit) {
    struct scan scan = {.line = line};
    size_t best = 0;
    int least = 0;
    while (line[scan.at] && scan.at < limit) {
        if (is_break(line, scan.at) && scan.at > limit / 3 && (best == 0 || tightness(&scan) <= least)) {
            best = scan.at;
            least = tightness(&scan);
        }
        step(&scan);
    }
    return best;
}

static size_t room(const struct text *out) {
    size_t indent = (size_t)out->indent * 4;
    return indent + 40 < EMIT_WIDTH ? EMIT_WIDTH - indent : 40;
}

void print_line(struct text *out, const char *line) {
    int indent = out->indent;
    size_t at;
    while (strlen(line) > room(out) && (at = find_break(line, room(out))) > 0) {
        text_put_n(out, line, at);
        text_newline(out);
        line += at + 1;
        out->indent = indent + 1;
    }
    text_put(out, line);
    out->indent = indent;
}

/* ---- comments --------------------------------------------------------------------------------- */

static size_t blanks(const char *line) {
    return strspn(line, " \t");
}

static const char *next_line(const char *line) {
    const char *end = strchr(line, '\n');
    return end ? end + 1 : NULL;
}

/* The smallest indentation of the lines behind the first that hold anything. */
static size_t least_blanks(const char *comment) {
    size_t least = SIZE_MAX;
    for (const char *line = next_line(comment); line; line = next_line(line)) {
        size_t count = blanks(line);
        if (line[count] && line[count] != '\n' && count < least)
            least = count;
    }
    return least == SIZE_MAX ? 0 : least;
}

/* Where the comment's text of this length can be broken to fit; 0 if it fits, more or less. */
static size_t comment_break(const struct text *out, const char *line, size_t length) {
    size_t limit = room(out);
    if (length <= limit + 10)
        return 0;
    while (limit > 0 && line[limit] != ' ')
        limit--;
    return limit;
}

/* `continued` stands before what did not fit in the line; NULL: the line is not broken. */
static void put_comment_line(struct text *out, const char *line, size_t skip, const char *prefix,
                             const char *continued) {
    size_t length = strcspn(line, "\n"), at;
    if (skip > length)
        skip = length;
    while (length > skip && strchr(" \t\r", line[length - 1]))
        length--;
    line += skip;
    length -= skip;
    while (continued && (at = comment_break(out, line, length)) > blanks(line)) {
        text_put(out, prefix);
        text_put_n(out, line, at);
        text_newline(out);
        line += at + 1;
        length -= at + 1;
        prefix = continued;
    }
    if (length > 0) {
        text_put(out, prefix);
        text_put_n(out, line, length);
    }
    text_newline(out);
}

void print_comment(struct text *out, const char *comment) {
    size_t skip = least_blanks(comment);
    const char *second = next_line(comment);
    const char *start = comment + blanks(comment);
    bool starred = !second || second[blanks(second)] == '*';
    const char *continued = *start != '/' ? NULL : start[1] == '/' ? "// " : starred ? " * " : "   ";
    put_comment_line(out, comment, blanks(comment), "", continued);
    for (const char *line = second; line; line = next_line(line)) {
        char begin = line[blanks(line)];
        if (begin == '*')
            put_comment_line(out, line, blanks(line), " ", continued);
        else if (begin == '/')
            put_comment_line(out, line, blanks(line), "", continued);
        else
            put_comment_line(out, line, skip, "   ", continued);
    }
}
