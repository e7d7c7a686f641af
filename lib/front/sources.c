/* sources: the files that the input consists of. A file that defines functions for others (`#include
 * "other.c"`, a further input) is no header, to be included by generated code again: its text is the input's,
 * in the place where it is included. */
#include "front/front_private.h"

static struct source *find(const struct front *front, CXFile file) {
    for (size_t i = 0; file && i < front->sources.count; i++)
        if (front_same_file(front->sources.items[i]->file, file))
            return front->sources.items[i];
    return NULL;
}

static bool front_in_main_file(const struct front *front, CXCursor cursor) {
    return front_same_file(front_extent(cursor).file, front->main_file);
}

/* ---- which files ----------------------------------------------------------------------------- */

static void add_source(struct front *front, CXFile file) {
    if (!file || find(front, file))
        return;
    struct source *source = NEW(front->arena, struct source);
    source->file = file;
    clang_getFileContents(front->tu, file, &source->length);
    VEC_PUSH(front->arena, front->sources, source);
}

static bool defines_for_others(CXCursor cursor) {
    return clang_getCursorKind(cursor) == CXCursor_FunctionDecl && clang_isCursorDefinition(cursor) &&
           clang_getCursorLinkage(cursor) == CXLinkage_External && !clang_Cursor_isFunctionInlined(cursor);
}

static enum CXChildVisitResult note_definition(CXCursor cursor, CXCursor parent, CXClientData data) {
    struct front *front = data;
    (void)parent;
    if (defines_for_others(cursor) && !front_in_main_file(front, cursor) && !front_in_system_header(cursor))
        add_source(front, front_extent(cursor).file);
    return CXChildVisit_Continue;
}

/* ---- where they are -------------------------------------------------------------------------- */

/* What includes a source is one, too: its line would bring the definitions in again. */
static void note_parent(CXFile file, CXSourceLocation *stack, unsigned depth, CXClientData data) {
    struct front *front = data;
    struct source *source = find(front, file);
    CXFile includer = NULL;
    unsigned at = 0;
    if (!source || depth == 0 || source->parent)
        return;
    clang_getFileLocation(stack[0], &includer, NULL, NULL, &at);
    size_t length;
    if (!includer || !clang_getFileContents(front->tu, includer, &length))
        return; /* a further input */
    add_source(front, includer);
    source->parent = find(front, includer);
    source->at = at;
}

static void note_parents(struct front *front) {
    size_t count;
    do {
        count = front->sources.count;
        clang_getInclusions(front->tu, note_parent, front);
    } while (front->sources.count > count);
    for (size_t i = 0; i < front->sources.count; i++) {
        size_t length;
        clang_getFileContents(front->tu, front->sources.items[i]->file, &length);
        for (struct source *outer = front->sources.items[i]->parent; outer; outer = outer->parent)
            outer->length += length;
    }
}

void front_find_sources(struct front *front) {
    add_source(front, front->main_file);
    clang_visitChildren(clang_getTranslationUnitCursor(front->tu), note_definition, front);
    note_parents(front);
}

/* ---- questions ------------------------------------------------------------------------------- */

bool front_is_input(const struct front *front, CXFile file) {
    return find(front, file) != NULL;
}

bool front_in_input(const struct front *front, CXCursor cursor) {
    CXFile file;
    clang_getExpansionLocation(clang_getCursorLocation(cursor), &file, NULL, NULL, NULL);
    return front_is_input(front, file);
}

/* The lengths of the sources that the file includes before the offset; of further inputs, before all of it.
 */
static size_t length_before(const struct front *front, const struct source *parent, unsigned offset) {
    size_t length = 0;
    for (size_t i = 0; i < front->sources.count; i++) {
        const struct source *source = front->sources.items[i];
        if (source->parent == parent && source->file != front->main_file && source->at < offset)
            length += source->length;
    }
    return length;
}

/* Further inputs are read before the first, in their order. */
static size_t begin_of(const struct front *front, const struct source *source) {
    size_t begin = 0;
    if (front_same_file(source->file, front->main_file))
        return length_before(front, NULL, 1);
    for (size_t i = 0; i < front->sources.count && front->sources.items[i] != source; i++)
        if (!front->sources.items[i]->parent && front->sources.items[i]->file != front->main_file)
            begin += front->sources.items[i]->length;
    return begin;
}

size_t front_position(const struct front *front, CXFile file, unsigned offset) {
    const struct source *source = find(front, file);
    if (!source)
        return offset;
    size_t begin =
        source->parent ? front_position(front, source->parent->file, source->at) : begin_of(front, source);
    return begin + offset + length_before(front, source, offset);
}
