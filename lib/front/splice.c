/* splice: included files that are text of the input take the place of their directives.
 *
 * A header is guarded against being included twice, and generated code includes it again. A file that is not
 * counts on where it stands: in a function's body, between the braces of a table, behind macros that it uses,
 * once for each type that a template is made of. One that defines functions for others (`#include "other.c"`,
 * a further input) can have no second includer, and neither can what includes it. Such files are read as if
 * the user had written them where they are included. What they include themselves is asked the same when the
 * joined text is parsed, until nothing is left to join.
 *
 * The joined text is made of pieces of files, so that a line of it leads back to what the user wrote.
 */
#define _XOPEN_SOURCE 700 /* realpath */
#include "front/front_private.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

/* One that includes itself without end is refused by the parser; this is about memory. */
enum { MOST_ROUNDS = 200, MOST_TEXT = 1 << 26 };

struct directive {
    unsigned begin, end; /* in the input's text */
    CXFile file;
};

/* An #include of a spliced file that would be looked for in another folder. */
struct moved {
    unsigned begin, end; /* of the name, in the spliced file's text */
    CXFile file;
    const char *name;
};

struct inclusion {
    CXFile from, to;
};

struct splice {
    struct front *front;
    VEC(struct inclusion) inclusions;
    VEC(CXFile) definers;   /* define functions for others, or include what does */
    VEC(CXFile) dependents; /* use macros of the user's */
    const char *text;
    size_t length;
    VEC(struct directive) directives;
    VEC(struct moved) moved;
    VEC(struct piece) pieces;
};

/* ---- what is text ------------------------------------------------------------------------------- */

static bool has_file(CXFile const *files, size_t count, CXFile file) {
    for (size_t i = 0; i < count; i++)
        if (front_same_file(files[i], file))
            return true;
    return false;
}

static bool is_definer(const struct splice *splice, CXFile file) {
    return has_file(splice->definers.items, splice->definers.count, file);
}

static bool add_definer(struct splice *splice, CXFile file) {
    struct front *front = splice->front;
    if (!file || front_same_file(file, front->main_file) || is_definer(splice, file) ||
        clang_Location_isInSystemHeader(clang_getLocationForOffset(front->tu, file, 0)))
        return false;
    VEC_PUSH(front->arena, splice->definers, file);
    return true;
}

static bool defines_for_others(CXCursor cursor) {
    return clang_getCursorKind(cursor) == CXCursor_FunctionDecl && clang_isCursorDefinition(cursor) &&
           clang_getCursorLinkage(cursor) == CXLinkage_External && !clang_Cursor_isFunctionInlined(cursor);
}

static void note_macro(struct splice *splice, CXCursor expansion) {
    CXFile file = front_extent(expansion).file;
    CXCursor definition = clang_getCursorReferenced(expansion);
    if (!clang_Cursor_isNull(definition) && !front_in_system_header(definition) &&
        !has_file(splice->dependents.items, splice->dependents.count, file))
        VEC_PUSH(splice->front->arena, splice->dependents, file);
}

static enum CXChildVisitResult find_files(CXCursor cursor, CXCursor parent, CXClientData data) {
    struct splice *splice = data;
    (void)parent;
    if (defines_for_others(cursor)) {
        add_definer(splice, front_extent(cursor).file);
    } else if (clang_getCursorKind(cursor) == CXCursor_MacroExpansion) {
        note_macro(splice, cursor);
    } else if (clang_getCursorKind(cursor) == CXCursor_InclusionDirective) {
        struct inclusion inclusion = {front_extent(cursor).file, clang_getIncludedFile(cursor)};
        VEC_PUSH(splice->front->arena, splice->inclusions, inclusion);
    }
    return CXChildVisit_Continue;
}

static void find_definers(struct splice *splice) {
    bool changed = true;
    clang_visitChildren(clang_getTranslationUnitCursor(splice->front->tu), find_files, splice);
    while (changed) {
        changed = false;
        for (size_t i = 0; i < splice->inclusions.count; i++)
            changed |= is_definer(splice, splice->inclusions.items[i].to) &&
                       add_definer(splice, splice->inclusions.items[i].from);
    }
}

static bool is_guarded(const struct splice *splice, CXFile file) {
    return clang_isFileMultipleIncludeGuarded(splice->front->tu, file) != 0;
}

/* Mere prototypes and their like may be included again, guarded or not. */
static bool only_declares(const struct splice *splice, CXFile file) {
    const struct token_table *table = front_tokens(splice->front, file);
    for (size_t i = 0; i < table->count; i++)
        if (token_is(table, i, "{") || token_is(table, i, "typedef") ||
            (token_is(table, i, "#") && !token_is(table, i + 1, "include")))
            return false;
    return table->count > 0 && token_is(table, table->count - 1, ";") &&
           !has_file(splice->dependents.items, splice->dependents.count, file);
}

static bool is_text(const struct splice *splice, CXFile file) {
    struct front *front = splice->front;
    return file && !front_same_file(file, front->main_file) &&
           !clang_Location_isInSystemHeader(clang_getLocationForOffset(front->tu, file, 0)) &&
           (is_definer(splice, file) || !(is_guarded(splice, file) || only_declares(splice, file)));
}

static enum CXChildVisitResult find_directive(CXCursor cursor, CXCursor parent, CXClientData data) {
    struct splice *splice = data;
    (void)parent;
    if (clang_getCursorKind(cursor) != CXCursor_InclusionDirective || !front_in_input(splice->front, cursor))
        return CXChildVisit_Continue;
    CXFile file = clang_getIncludedFile(cursor);
    struct extent extent = front_extent(cursor);
    struct directive directive = {extent.begin, extent.end, file};
    if (is_text(splice, file))
        VEC_PUSH(splice->front->arena, splice->directives, directive);
    return CXChildVisit_Continue;
}

static bool is_spliced(const struct splice *splice, CXFile file) {
    for (size_t i = 0; i < splice->directives.count; i++)
        if (front_same_file(splice->directives.items[i].file, file))
            return true;
    return false;
}

static bool is_known(const struct splice *splice, struct extent extent) {
    for (size_t i = 0; i < splice->moved.count; i++)
        if (splice->moved.items[i].end == extent.end &&
            front_same_file(splice->moved.items[i].file, extent.file))
            return true;
    return false;
}

/* The name under which the input would include what this directive of a spliced file finds beside it; NULL:
 * the same. */
static const char *moved_name(struct splice *splice, const char *name, CXFile from, CXFile found) {
    struct front *front = splice->front;
    const char *includer = front_string(front, clang_getFileName(from));
    const char *path = front_string(front, clang_getFileName(found));
    const char *here = path_real_folder(front->arena, front->unit->input);
    const char *there = path_real_folder(front->arena, includer);
    if (!here || !there || strcmp(here, there) == 0 || !path_is_beside(front->arena, name, includer, path))
        return NULL;
    return arena_printf(front->arena, "%s%s", path_between(front->arena, here, there), name);
}

static enum CXChildVisitResult find_moved(CXCursor cursor, CXCursor parent, CXClientData data) {
    struct splice *splice = data;
    struct front *front = splice->front;
    (void)parent;
    if (clang_getCursorKind(cursor) != CXCursor_InclusionDirective)
        return CXChildVisit_Continue;
    struct extent extent = front_extent(cursor);
    CXFile found = clang_getIncludedFile(cursor);
    if (!found || !is_spliced(splice, extent.file) || is_known(splice, extent))
        return CXChildVisit_Continue;
    const struct token_table *table = front_tokens(front, extent.file);
    size_t last = token_find(table, extent.end) - 1;
    const char *text = token_text(front, table, last);
    size_t length = strlen(text);
    if (length < 3 || *text != '"')
        return CXChildVisit_Continue;
    const char *name =
        moved_name(splice, arena_strndup(front->arena, text + 1, length - 2), extent.file, found);
    struct moved moved = {table->items[last].begin, extent.end, extent.file, name};
    if (name)
        VEC_PUSH(front->arena, splice->moved, moved);
    return CXChildVisit_Continue;
}

/* ---- pieces ------------------------------------------------------------------------------------- */

static unsigned count_lines(const char *text, size_t length) {
    unsigned lines = 0;
    for (size_t i = 0; i < length; i++)
        lines += text[i] == '\n';
    return lines;
}

static void add_piece(struct splice *splice, const char *file, unsigned line, const char *text,
                      size_t length) {
    struct piece piece = {.file = file, .line = line, .text = text, .length = length};
    if (length > 0)
        VEC_PUSH(splice->front->arena, splice->pieces, piece);
}

/* The input's text so far from `begin` to `end`. */
static void keep(struct splice *splice, size_t begin, size_t end) {
    const struct front *front = splice->front;
    size_t start = 0;
    for (size_t i = 0; i < front->pieces.count; i++) {
        const struct piece *piece = &front->pieces.items[i];
        size_t from = begin > start ? begin - start : 0;
        size_t to = end > start ? end - start : 0;
        to = to < piece->length ? to : piece->length;
        if (from < to)
            add_piece(splice, piece->file, piece->line + count_lines(piece->text, from), piece->text + from,
                      to - from);
        start += piece->length;
    }
}

/* Behind the comment at the head of the file if it stands apart: it is about the file, and not about what
 * comes first in it. */
static size_t behind_heading(const struct token_table *table) {
    unsigned end = table->count && table->items[0].kind == CXToken_Comment ? table->items[0].end : 0;
    unsigned next = table->count > 1 ? table->items[1].begin : end;
    return count_lines(table->text + end, next - end) > 1 ? end : 0;
}

/* A guarded file has been joined already. */
static bool is_repeated(struct splice *splice, CXFile file) {
    struct front *front = splice->front;
    const char *name = front_string(front, clang_getFileName(file));
    if (!is_guarded(splice, file))
        return false;
    for (size_t i = 0; i < front->joined_once.count; i++)
        if (front->joined_once.items[i] == name)
            return true;
    VEC_PUSH(front->arena, front->joined_once, name);
    return false;
}

/* The text of an included file, on lines of its own. */
static void include(struct splice *splice, CXFile file) {
    struct front *front = splice->front;
    if (is_repeated(splice, file))
        return;
    const struct token_table *table = front_tokens(front, file);
    const char *text = table->text, *joined = "";
    size_t length = table->length, done = behind_heading(table);
    unsigned line = 1 + count_lines(text, done);
    for (size_t i = 0; i < splice->moved.count; i++) {
        const struct moved *moved = &splice->moved.items[i];
        if (!front_same_file(moved->file, file))
            continue;
        joined = arena_printf(front->arena, "%s%.*s\"%s\"", joined, (int)(moved->begin - done), text + done,
                              moved->name);
        done = moved->end;
    }
    joined = arena_printf(front->arena, "%s%.*s\n", joined, (int)(length - done), text + done);
    add_piece(splice, front_string(front, clang_getFileName(file)), line, joined, strlen(joined));
}

static void take_pieces(struct front *front, const struct splice *splice) {
    struct text text = {0};
    front->pieces.items = splice->pieces.items;
    front->pieces.count = splice->pieces.count;
    front->pieces.capacity = splice->pieces.capacity;
    front->tables.count = 0; /* they are the last text's */
    unsigned line = 1;
    for (size_t i = 0; i < front->pieces.count; i++) {
        struct piece *piece = &front->pieces.items[i];
        piece->start = line;
        line += count_lines(piece->text, piece->length);
        text_put_n(&text, piece->text, piece->length);
    }
    front->joined = arena_strndup(front->arena, text_string(&text), text.length);
    front->joined_length = text.length;
    text_free(&text);
}

/* ---- the entrance ------------------------------------------------------------------------------- */

/* Further inputs are included before the first. */
bool front_begin_text(struct front *front, const char *const *further, size_t count) {
    struct splice splice = {.front = front};
    size_t length;
    const char *text = file_read(front->arena, front->unit->input, &length);
    char absolute[PATH_MAX];
    for (size_t i = 0; i < count; i++) {
        const char *path = realpath(further[i], absolute) ? absolute : further[i];
        const char *line = arena_printf(front->arena, "#include \"%s\"\n", path);
        add_piece(&splice, front->unit->input, 1, line, strlen(line));
        VEC_PUSH(front->arena, front->unit->further, further[i]);
    }
    if (!text)
        return false;
    add_piece(&splice, front->unit->input, 1, text, length);
    take_pieces(front, &splice);
    return true;
}

bool front_splice(struct front *front) {
    struct splice splice = {.front = front};
    CXCursor unit = clang_getTranslationUnitCursor(front->tu);
    find_definers(&splice);
    clang_visitChildren(unit, find_directive, &splice);
    if (splice.directives.count == 0 || front->rounds++ == MOST_ROUNDS || front->joined_length > MOST_TEXT)
        return false;
    clang_visitChildren(unit, find_moved, &splice);
    splice.text = front_tokens(front, front->main_file)->text;
    splice.length = front_tokens(front, front->main_file)->length;
    size_t done = 0;
    for (size_t i = 0; i < splice.directives.count; i++) {
        const struct directive *directive = &splice.directives.items[i];
        keep(&splice, done, directive->begin);
        include(&splice, directive->file);
        done = directive->end;
    }
    keep(&splice, done, splice.length);
    take_pieces(front, &splice);
    return true;
}

void front_place(const struct front *front, struct loc *loc) {
    for (size_t i = front->pieces.count; i-- > 0;) {
        const struct piece *piece = &front->pieces.items[i];
        if (piece->start > loc->line)
            continue;
        loc->file = piece->file;
        loc->line = piece->line + (loc->line - piece->start);
        return;
    }
}
