/* macros: expressions that keep the name of their macro.
 *
 * The tree is expanded: `N` is the literal 10, at the place where N stands in the text. An expression that
 * covers exactly the use of an object-like macro is not yet all of it: with `#define HALF 1/2`, both literals
 * of `x * HALF` cover it. So the macro must be one operand in C's grammar: one token, a minus and a number,
 * or in parentheses.
 */
#include "front/front_private.h"

#include <stdlib.h>
#include <string.h>

/* ---- the uses of macros in the main file -------------------------------------------------------- */

static void add_expansion(struct front *front, CXCursor cursor) {
    struct extent extent = front_extent(cursor);
    struct expansion expansion = {extent.begin, extent.end, clang_getCursorReferenced(cursor),
                                  front_spelling(front, cursor)};
    VEC_PUSH(front->arena, front->expansions, expansion);
}

static void add_definition(struct front *front, CXCursor cursor) {
    CXCursor *definition = NEW(front->arena, CXCursor);
    *definition = cursor;
    map_put(front->macros, front_spelling(front, cursor), definition);
}

static enum CXChildVisitResult add_macro(CXCursor cursor, CXCursor parent, CXClientData data) {
    struct front *front = data;
    (void)parent;
    if (clang_getCursorKind(cursor) == CXCursor_MacroDefinition)
        add_definition(front, cursor);
    else if (clang_getCursorKind(cursor) == CXCursor_MacroExpansion && front_in_input(front, cursor))
        add_expansion(front, cursor);
    return CXChildVisit_Continue;
}

/* Uses in the arguments of a macro stand inside its own extent: the outer one first. */
static int compare_expansions(const void *a, const void *b) {
    const struct expansion *left = a, *right = b;
    if (left->begin != right->begin)
        return left->begin < right->begin ? -1 : 1;
    if (left->end != right->end)
        return left->end > right->end ? -1 : 1;
    return 0;
}

void front_collect_macros(struct front *front) {
    front->macros = map_create(front->arena);
    clang_visitChildren(clang_getTranslationUnitCursor(front->tu), add_macro, front);
    if (front->expansions.count)
        qsort(front->expansions.items, front->expansions.count, sizeof *front->expansions.items,
              compare_expansions);
}

bool front_is_macro(const struct front *front, const char *name) {
    const CXCursor *definition = map_get(front->macros, name);
    return definition && !clang_Cursor_isMacroFunctionLike(*definition);
}

const struct expansion *front_expansion_at(const struct front *front, struct extent extent) {
    if (!front_same_file(extent.file, front->main_file))
        return NULL;
    struct expansion key = {.begin = extent.begin, .end = extent.end};
    if (front->expansions.count == 0)
        return NULL;
    return bsearch(&key, front->expansions.items, front->expansions.count, sizeof key, compare_expansions);
}

/* ---- what a macro stands for -------------------------------------------------------------------- */

/* The replacement, as a range of tokens without comments. */
struct replacement {
    const struct token_table *table;
    size_t *items;
    size_t count;
};

static struct replacement replacement_of(struct front *front, CXCursor definition) {
    struct extent extent = front_extent(definition);
    struct replacement replacement = {0};
    if (!extent.file)
        return replacement;
    replacement.table = front_tokens(front, extent.file);
    size_t first = token_find(replacement.table, extent.begin),
           end = token_find(replacement.table, extent.end);
    replacement.items = NEW_ARRAY(front->arena, size_t, end - first + 1);
    for (size_t i = first + 1; i < end; i++) /* behind the name */
        if (replacement.table->items[i].kind != CXToken_Comment)
            replacement.items[replacement.count++] = i;
    return replacement;
}

/* Whether the first parenthesis is closed by the last. */
static bool is_parenthesized(const struct replacement *replacement) {
    int depth = 0;
    for (size_t i = 0; i < replacement->count; i++) {
        if (token_is(replacement->table, replacement->items[i], "("))
            depth++;
        else if (token_is(replacement->table, replacement->items[i], ")"))
            depth--;
        if (depth == 0)
            return i > 0 && i + 1 == replacement->count;
    }
    return false;
}

static bool is_operand(const struct replacement *replacement, CXCursor expression) {
    enum CXCursorKind kind = clang_getCursorKind(expression);
    if (replacement->count == 2)
        return kind == CXCursor_UnaryOperator && token_is(replacement->table, replacement->items[0], "-");
    return kind == CXCursor_ParenExpr && is_parenthesized(replacement);
}

static bool stands_for_operand(struct front *front, CXCursor definition, CXCursor expression, int depth);

/* A chain of names longer than this is a circle, which the preprocessor leaves alone (C11 6.10.3.4p2). */
enum { LONGEST_CHAIN = 16 };

/* One token: of a constant; or the name of another macro, which has the last word. */
static bool token_stands_for_operand(struct front *front, const struct replacement *replacement,
                                     CXCursor expression, int depth) {
    size_t index = replacement->items[0];
    if (replacement->table->items[index].kind != CXToken_Identifier)
        return true;
    const CXCursor *next = map_get(front->macros, token_text(front, replacement->table, index));
    return !next || depth == LONGEST_CHAIN || stands_for_operand(front, *next, expression, depth + 1);
}

/* What the compiler itself defines is one constant. */
static bool stands_for_operand(struct front *front, CXCursor definition, CXCursor expression, int depth) {
    if (clang_Cursor_isMacroFunctionLike(definition))
        return false;
    if (clang_Cursor_isMacroBuiltin(definition))
        return true;
    struct replacement replacement = replacement_of(front, definition);
    if (!replacement.table)
        return true;
    if (replacement.count == 1)
        return token_stands_for_operand(front, &replacement, expression, depth);
    return replacement.count > 1 && is_operand(&replacement, expression);
}

const char *front_macro_name(struct front *front, CXCursor expression) {
    const struct expansion *expansion = front_expansion_at(front, front_extent(expression));
    if (!expansion || clang_Cursor_isNull(expansion->definition))
        return NULL;
    const CXCursor *last = map_get(front->macros, expansion->name);
    if (last && !clang_equalCursors(*last, expansion->definition))
        return NULL; /* defined anew further down: the name would mean that */
    return stands_for_operand(front, expansion->definition, expression, 0) ? expansion->name : NULL;
}
