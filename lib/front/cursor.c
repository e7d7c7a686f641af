/* cursor: questions to libclang, answered in the terms of the compilation: strings and arrays live in the
 * arena, locations are those of the text that the user wrote (where a macro is expanded, its use), and the
 * input has the name that it was given on the command line. */
#include "front/front_private.h"

#include <string.h>

const char *front_string(struct front *front, CXString string) {
    const char *text = clang_getCString(string);
    const char *kept = intern(front->unit->names, text ? text : "");
    clang_disposeString(string);
    return kept;
}

const char *front_spelling(struct front *front, CXCursor cursor) {
    return front_string(front, clang_getCursorSpelling(cursor));
}

bool front_same_file(CXFile a, CXFile b) {
    return a == b || (a && b && clang_File_isEqual(a, b));
}

struct loc front_loc(struct front *front, CXSourceLocation location) {
    CXFile file;
    struct loc loc = {0};
    clang_getExpansionLocation(location, &file, &loc.line, &loc.column, NULL);
    if (!file)
        return (struct loc){0};
    if (front_same_file(file, front->main_file)) {
        loc.file = front->unit->input;
        front_place(front, &loc);
    } else
        loc.file = front_string(front, clang_getFileName(file));
    return loc;
}

struct loc front_cursor_loc(struct front *front, CXCursor cursor) {
    return front_loc(front, clang_getCursorLocation(cursor));
}

struct extent front_extent(CXCursor cursor) {
    struct extent extent = {0};
    CXSourceRange range = clang_getCursorExtent(cursor);
    clang_getExpansionLocation(clang_getRangeStart(range), &extent.file, NULL, NULL, &extent.begin);
    clang_getExpansionLocation(clang_getRangeEnd(range), NULL, NULL, NULL, &extent.end);
    return extent;
}

bool front_in_input(const struct front *front, CXCursor cursor) {
    CXFile file;
    clang_getExpansionLocation(clang_getCursorLocation(cursor), &file, NULL, NULL, NULL);
    return file && front_same_file(file, front->main_file);
}

bool front_in_system_header(CXCursor cursor) {
    return clang_Location_isInSystemHeader(clang_getCursorLocation(cursor)) != 0;
}

/* ---- children ----------------------------------------------------------------------------------- */

struct collection {
    struct front *front;
    bool parts;
    VEC(CXCursor) cursors;
};

/* What stands among the operands of an expression or statement without being one. A MemberRef is the name in
 * a designator. */
static bool is_part(CXCursor cursor) {
    enum CXCursorKind kind = clang_getCursorKind(cursor);
    return clang_isExpression(kind) || clang_isStatement(kind);
}

static enum CXChildVisitResult collect(CXCursor cursor, CXCursor parent, CXClientData data) {
    struct collection *collection = data;
    (void)parent;
    if (!collection->parts || is_part(cursor))
        VEC_PUSH(collection->front->arena, collection->cursors, cursor);
    return CXChildVisit_Continue;
}

static struct children children_of(struct front *front, CXCursor cursor, bool parts) {
    struct collection collection = {.front = front, .parts = parts};
    clang_visitChildren(cursor, collect, &collection);
    return (struct children){collection.cursors.items, collection.cursors.count};
}

struct children front_children(struct front *front, CXCursor cursor) {
    return children_of(front, cursor, false);
}

struct children front_parts(struct front *front, CXCursor cursor) {
    return children_of(front, cursor, true);
}

bool front_evaluate(CXCursor cursor, long long *value) {
    CXEvalResult result = clang_Cursor_Evaluate(cursor);
    bool known = result && clang_EvalResult_getKind(result) == CXEval_Int;
    if (known && clang_EvalResult_isUnsignedInt(result))
        *value = (long long)clang_EvalResult_getAsUnsigned(result);
    else if (known)
        *value = clang_EvalResult_getAsLongLong(result);
    if (result)
        clang_EvalResult_dispose(result);
    return known;
}

/* ---- a map keyed by declarations ---------------------------------------------------------------- */

static struct cursor_entry *find_entry(const struct cursor_map *map, CXCursor key) {
    size_t at = clang_hashCursor(key) & (map->capacity - 1);
    while (map->entries[at].value && !clang_equalCursors(map->entries[at].key, key))
        at = (at + 1) & (map->capacity - 1);
    return &map->entries[at];
}

void *front_map_get(const struct cursor_map *map, CXCursor cursor) {
    if (map->capacity == 0)
        return NULL;
    return find_entry(map, clang_getCanonicalCursor(cursor))->value;
}

static void grow(struct front *front, struct cursor_map *map) {
    struct cursor_map larger = {.capacity = map->capacity ? 2 * map->capacity : 64};
    larger.entries = NEW_ARRAY(front->arena, struct cursor_entry, larger.capacity);
    for (size_t i = 0; i < map->capacity; i++)
        if (map->entries[i].value)
            *find_entry(&larger, map->entries[i].key) = map->entries[i];
    larger.count = map->count;
    *map = larger;
}

void front_map_put(struct front *front, struct cursor_map *map, CXCursor cursor, void *value) {
    if (2 * (map->count + 1) > map->capacity)
        grow(front, map);
    CXCursor key = clang_getCanonicalCursor(cursor);
    struct cursor_entry *entry = find_entry(map, key);
    if (!entry->value)
        map->count++;
    *entry = (struct cursor_entry){key, value};
}
