/* constants: the integer constants that requests may name: enumerators and object-like macros of the input
 * and of the user's headers. Requests are text, which the preprocessor does not see.
 */
#include "front/front_private.h"

static void add_macro(struct front *front, CXCursor definition) {
    struct extent extent = front_extent(definition);
    const char *name = front_spelling(front, definition);
    if (!extent.file || clang_Cursor_isMacroFunctionLike(definition) ||
        clang_Cursor_isMacroBuiltin(definition))
        return;
    const struct token_table *table = front_tokens(front, extent.file);
    size_t first = token_find(table, extent.begin);
    if (first + 1 >= table->count || table->items[first + 1].begin >= extent.end)
        return;
    const char *text = token_slice(front, table, table->items[first].end, extent.end);
    struct expr *meaning = front_parse_constant(front->unit, text);
    if (meaning)
        map_put(front->unit->constants, name, expr_named(front->unit, name, meaning));
}

static void add_enumerators(struct front *front, CXCursor declaration) {
    struct children children = front_children(front, declaration);
    for (size_t i = 0; i < children.count; i++) {
        if (clang_getCursorKind(children.items[i]) != CXCursor_EnumConstantDecl)
            continue;
        const char *name = front_spelling(front, children.items[i]);
        struct expr *value = expr_int(front->unit, clang_getEnumConstantDeclValue(children.items[i]));
        map_put(front->unit->constants, name, expr_named(front->unit, name, value));
    }
}

static enum CXChildVisitResult visit(CXCursor cursor, CXCursor parent, CXClientData data) {
    struct front *front = data;
    (void)parent;
    enum CXCursorKind kind = clang_getCursorKind(cursor);
    bool wanted = kind == CXCursor_MacroDefinition || kind == CXCursor_EnumDecl;
    if (!wanted || front_in_system_header(cursor))
        return CXChildVisit_Continue;
    if (kind == CXCursor_MacroDefinition)
        add_macro(front, cursor);
    else
        add_enumerators(front, cursor);
    return CXChildVisit_Continue;
}

void front_collect_constants(struct front *front) {
    front->unit->constants = map_create(front->arena);
    clang_visitChildren(clang_getTranslationUnitCursor(front->tu), visit, front);
}
