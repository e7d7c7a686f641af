/* carry_type: the text of types, for generated code to declare them again. */
#include "front/carry.h"

#include <string.h>

/* ---- types -------------------------------------------------------------------------------------- */

bool carry_is_type(CXCursor cursor) {
    enum CXCursorKind kind = clang_getCursorKind(cursor);
    return kind == CXCursor_StructDecl || kind == CXCursor_UnionDecl || kind == CXCursor_EnumDecl ||
           kind == CXCursor_TypedefDecl;
}

const char *carry_type_name(struct front *front, CXCursor cursor) {
    const char *name = front_spelling(front, cursor);
    if (clang_getCursorKind(cursor) == CXCursor_TypedefDecl)
        return name;
    const char *spelling = front_string(front, clang_getTypeSpelling(clang_getCursorType(cursor)));
    return strchr(name, '(') || !strchr(spelling, ' ') ? "" : name;
}

/* A further name for what `primary` carries. */
static void add_alias(struct carrier *carrier, enum carry_kind kind, const char *name, const char *primary,
                      unsigned begin) {
    struct names names = {{NULL, 0, 0}};
    if (strcmp(name, primary) == 0)
        return;
    carry_add_name(carrier->front, &names, primary);
    carry_add(carrier, kind, name, "", names, begin);
}

static void alias_enumerators(struct carrier *carrier, CXCursor cursor, const char **primary,
                              unsigned begin) {
    struct children children = front_children(carrier->front, cursor);
    if (clang_getCursorKind(cursor) != CXCursor_EnumDecl)
        return;
    for (size_t i = 0; i < children.count; i++) {
        if (clang_getCursorKind(children.items[i]) != CXCursor_EnumConstantDecl)
            continue;
        const char *name = front_spelling(carrier->front, children.items[i]);
        if (!*primary)
            *primary = name;
        else
            add_alias(carrier, CARRY_TYPE, name, *primary, begin);
    }
}

/* The first name that any of the types has. */
static const char *primary_name(struct carrier *carrier, CXCursor *types, size_t count) {
    for (size_t i = 0; i < count; i++) {
        const char *name = carry_type_name(carrier->front, types[i]);
        if (*name)
            return name;
    }
    return NULL;
}

void carry_types(struct carrier *carrier, CXCursor *types, size_t count, const char *text, unsigned begin,
                 unsigned end) {
    struct names names = {{NULL, 0, 0}};
    const char *primary = primary_name(carrier, types, count);
    const char *first = primary;
    for (size_t i = 0; i < count; i++) {
        const char *name = carry_type_name(carrier->front, types[i]);
        if (*name)
            add_alias(carrier, CARRY_TYPE, name, first, begin);
        alias_enumerators(carrier, types[i], &first, begin);
    }
    carry_add_names(carrier, &names, begin, end);
    if (first)
        carry_add(carrier, CARRY_TYPE, first, text, names, begin);
}

static const char *keyword_of(CXCursor type) {
    enum CXCursorKind kind = clang_getCursorKind(type);
    return kind == CXCursor_EnumDecl ? "enum" : kind == CXCursor_UnionDecl ? "union" : "struct";
}

const char *carry_text_without_type(struct carrier *carrier, CXCursor type, unsigned begin, unsigned end) {
    struct front *front = carrier->front;
    struct extent extent = front_extent(type);
    return arena_printf(front->arena, "%s%s %s%s", carry_text(carrier, begin, extent.begin), keyword_of(type),
                        carry_type_name(front, type), carry_text(carrier, extent.end, end));
}

/* ---- sizes of variables ------------------------------------------------------------------------- */

static enum CXChildVisitResult find_variable(CXCursor cursor, CXCursor parent, CXClientData data) {
    (void)parent;
    if (clang_getCursorKind(clang_getCursorReferenced(cursor)) != CXCursor_VarDecl)
        return CXChildVisit_Recurse;
    *(bool *)data = true;
    return CXChildVisit_Break;
}

static enum CXChildVisitResult add_measure(CXCursor cursor, CXCursor parent, CXClientData data) {
    struct carrier *carrier = data;
    bool found = false;
    long long value;
    (void)parent;
    if (!clang_isExpression(clang_getCursorKind(cursor)))
        return CXChildVisit_Recurse;
    clang_visitChildren(cursor, find_variable, &found);
    if (found && front_evaluate(cursor, &value)) {
        struct extent extent = front_extent(cursor);
        struct measure measure = {extent.begin, extent.end,
                                  arena_printf(carrier->front->arena, "%lld", value)};
        VEC_PUSH(carrier->front->arena, carrier->measures, measure);
    }
    return CXChildVisit_Continue;
}

void carry_measure(struct carrier *carrier, CXCursor type) {
    clang_visitChildren(type, add_measure, carrier);
}

/* ---- types declared in functions ---------------------------------------------------------------- */

/* A definition inside of a typedef is carried by itself if it has a tag. */
static CXCursor tagged_type_inside(struct front *front, CXCursor declaration) {
    struct children children = front_children(front, declaration);
    struct extent whole = front_extent(declaration);
    for (size_t i = 0; i < children.count; i++) {
        struct extent extent = front_extent(children.items[i]);
        bool inside = extent.begin >= whole.begin && extent.end <= whole.end;
        if (inside && carry_is_type(children.items[i]) && *carry_type_name(front, children.items[i]))
            return children.items[i];
    }
    return clang_getNullCursor();
}

void front_carry_local_type(struct lower *lower, CXCursor declaration) {
    struct front *front = lower->front;
    struct carrier carrier = {.front = front, .table = lower->tokens};
    struct extent extent = front_extent(declaration);
    const char *name = carry_type_name(front, declaration);
    bool is_enum = clang_getCursorKind(declaration) == CXCursor_EnumDecl;
    bool is_typedef = clang_getCursorKind(declaration) == CXCursor_TypedefDecl;
    if (!is_typedef && !clang_isCursorDefinition(declaration))
        return;
    if (!*name && !is_enum)
        return; /* in its typedef */
    if (!front_in_input(front, declaration) || (*name && carry_has(front, name)))
        front_refuse(lower, declaration,
                     "the type '%s' is declared inside a function and its name is used elsewhere, too: "
                     "declare it outside of the function",
                     name);
    carry_measure(&carrier, declaration);
    CXCursor inner = is_typedef ? tagged_type_inside(front, declaration) : clang_getNullCursor();
    const char *text = clang_Cursor_isNull(inner)
                           ? carry_text(&carrier, extent.begin, extent.end)
                           : carry_text_without_type(&carrier, inner, extent.begin, extent.end);
    carry_types(&carrier, &declaration, 1, arena_printf(front->arena, "%s;", text), extent.begin, extent.end);
}

static CXCursor declared_record(CXCursor variable) {
    CXType type = clang_getCanonicalType(clang_getCursorType(variable));
    while (type.kind == CXType_Pointer || clang_getArrayElementType(type).kind != CXType_Invalid)
        type = clang_getCanonicalType(type.kind == CXType_Pointer ? clang_getPointeeType(type)
                                                                  : clang_getArrayElementType(type));
    return clang_getTypeDeclaration(type);
}

bool front_carry_nameless_type(struct lower *lower, CXCursor variable) {
    struct front *front = lower->front;
    struct carrier carrier = {.front = front, .table = lower->tokens};
    CXCursor declaration = declared_record(variable);
    struct record *record = front_map_get(&front->records, declaration);
    struct extent extent = front_extent(declaration);
    size_t brace = token_find(carrier.table, extent.begin) + 1; /* behind `struct`, unless a macro made it */
    if (!record || !front_in_input(front, declaration) || !token_is(carrier.table, brace, "{"))
        return false;
    const char *name = arena_printf(front->arena, "%s_type", front_spelling(front, variable));
    while (map_get(front->unit->identifiers, name) || carry_has(front, name))
        name = arena_printf(front->arena, "%s_", name);
    carry_measure(&carrier, declaration);
    struct names names = {{NULL, 0, 0}};
    carry_add_names(&carrier, &names, extent.begin, extent.end);
    const char *body = carry_text(&carrier, carrier.table->items[brace].begin, extent.end);
    const char *text = arena_printf(front->arena, "%s %s %s;", keyword_of(declaration), name, body);
    carry_add(&carrier, CARRY_TYPE, name, text, names, extent.begin);
    record->tag = name;
    return true;
}
