/* summary: which memory a function may store to, by the types of its stores, with those of its callees; and
 * whether it does anything else than compute a value from its arguments.
 *
 * It is read off libclang's tree, because a function may be asked about before its callee is lowered. Stores
 * to plain local variables do not count unless their address is taken; that is not distinguished here: they
 * do, if they are arrays or structs or reached through pointers.
 */
#include "front/front_private.h"

unsigned front_access_class(const struct type *type) {
    const struct type *meaning = type_strip(type);
    switch (meaning->kind) {
    case TYPE_INT:
        if (meaning->scalar == SCALAR_CHAR || meaning->scalar == SCALAR_SCHAR ||
            meaning->scalar == SCALAR_UCHAR)
            return STORES_ANYTHING; /* characters alias everything */
        /* signed and unsigned of one rank alias */
        return 1u << (meaning->scalar >= SCALAR_SHORT && (meaning->scalar - SCALAR_SHORT) % 2 == 1
                          ? meaning->scalar - 1
                          : meaning->scalar);
    case TYPE_REAL: return 1u << meaning->scalar;
    case TYPE_ENUM: return 1u << SCALAR_INT;
    case TYPE_POINTER: return STORES_POINTER;
    case TYPE_ARRAY: return front_access_class(meaning->under);
    case TYPE_VOID:
    case TYPE_RECORD:
    case TYPE_FUNCTION:
    case TYPE_NAMED:
    case TYPE_OPAQUE: break;
    }
    return STORES_ANYTHING;
}

/* ---- one body ----------------------------------------------------------------------------------- */

/* Besides what it stores: reads memory, prints, allocates... */
#define DOES_MORE (1u << (SCALAR_COUNT + 2))

struct summary {
    struct front *front;
    unsigned stores;
    VEC(CXCursor) callees;
};

static enum CXChildVisitResult take_first(CXCursor cursor, CXCursor parent, CXClientData data) {
    (void)parent;
    *(CXCursor *)data = cursor;
    return CXChildVisit_Break;
}

static CXCursor first_child(CXCursor cursor) {
    CXCursor first = clang_getNullCursor();
    clang_visitChildren(cursor, take_first, &first);
    return first;
}

static bool is_increment(CXCursor cursor) {
    if (clang_getCursorKind(cursor) != CXCursor_UnaryOperator)
        return false;
    enum CXUnaryOperatorKind op = clang_getCursorUnaryOperatorKind(cursor);
    return op >= CXUnaryOperator_PostInc && op <= CXUnaryOperator_PreDec;
}

/* A local variable of scalar type named directly. */
static bool is_plain_local(CXCursor lvalue) {
    while (clang_getCursorKind(lvalue) == CXCursor_ParenExpr)
        lvalue = first_child(lvalue);
    if (clang_getCursorKind(lvalue) != CXCursor_DeclRefExpr)
        return false;
    CXCursor variable = clang_getCursorReferenced(lvalue);
    enum CX_StorageClass storage = clang_Cursor_getStorageClass(variable);
    bool parameter = clang_getCursorKind(variable) == CXCursor_ParmDecl;
    bool local = clang_getCursorKind(clang_getCursorSemanticParent(variable)) == CXCursor_FunctionDecl;
    return parameter || (local && storage != CX_SC_Static && storage != CX_SC_Extern);
}

/* Reads what is not its own: memory through pointers, variables that outlive it. */
static bool depends_on_memory(CXCursor cursor) {
    enum CXCursorKind kind = clang_getCursorKind(cursor);
    if (kind == CXCursor_DeclRefExpr)
        return clang_getCursorKind(clang_getCursorReferenced(cursor)) == CXCursor_VarDecl &&
               !is_plain_local(cursor);
    if (kind == CXCursor_UnaryOperator)
        return clang_getCursorUnaryOperatorKind(cursor) == CXUnaryOperator_Deref;
    return kind == CXCursor_ArraySubscriptExpr || kind == CXCursor_MemberRefExpr;
}

static enum CXChildVisitResult summarize(CXCursor cursor, CXCursor parent, CXClientData data) {
    struct summary *summary = data;
    (void)parent;
    if (clang_getCursorKind(cursor) == CXCursor_GCCAsmStmt ||
        clang_getCursorKind(cursor) == CXCursor_MSAsmStmt)
        summary->stores |= STORES_ANYTHING;
    if (depends_on_memory(cursor))
        summary->stores |= DOES_MORE;
    if (front_is_assignment(cursor) || is_increment(cursor)) {
        CXCursor to = first_child(cursor);
        if (!is_plain_local(to))
            summary->stores |= front_access_class(front_type(summary->front, clang_getCursorType(to)));
    }
    if (clang_getCursorKind(cursor) == CXCursor_CallExpr)
        VEC_PUSH(summary->front->arena, summary->callees, clang_getCursorReferenced(cursor));
    return CXChildVisit_Recurse;
}

/* ---- functions without a body ------------------------------------------------------------------- */

/* A library function stores through those parameters that its row says, whatever they point to. */
static unsigned library_stores(struct front *front, const char *name) {
    const struct call_rule *rule = rules_call(front->rules, name);
    if (rules_math(front->rules, name))
        return 0;
    if (!rule)
        return STORES_ANYTHING | DOES_MORE;
    bool writes = rule->rest_role == ROLE_OUT || rule->rest_role == ROLE_INOUT;
    for (size_t i = 0; i < rule->param_count; i++)
        writes |= rule->roles[i] == ROLE_OUT || rule->roles[i] == ROLE_INOUT;
    return (writes ? STORES_ANYTHING : 0) | DOES_MORE;
}

static unsigned stores_of(struct front *front, CXCursor function, struct cursor_map *visited) {
    if (clang_getCursorKind(function) != CXCursor_FunctionDecl)
        return STORES_ANYTHING | DOES_MORE; /* through a pointer */
    if (front_map_get(visited, function))
        return 0;
    front_map_put(front, visited, function, front);
    CXCursor definition = clang_getCursorDefinition(function);
    if (clang_Cursor_isNull(definition) || rules_call(front->rules, front_spelling(front, function)))
        return library_stores(front, front_spelling(front, function));
    struct summary summary = {.front = front};
    clang_visitChildren(definition, summarize, &summary);
    for (size_t i = 0; i < summary.callees.count; i++)
        summary.stores |= stores_of(front, summary.callees.items[i], visited);
    return summary.stores;
}

/* ---- asked by name ------------------------------------------------------------------------------ */

static unsigned summary_of(struct front *front, const struct func *callee) {
    unsigned *known = map_get(front->stores, callee->name);
    if (known)
        return *known;
    known = NEW(front->arena, unsigned);
    *known = library_stores(front, callee->name);
    for (size_t i = 0; i < front->functions.capacity; i++) {
        struct cursor_map visited = {0};
        if (front->functions.entries[i].value == callee)
            *known = stores_of(front, front->functions.entries[i].key, &visited);
    }
    map_put(front->stores, callee->name, known);
    return *known;
}

unsigned front_call_stores(struct front *front, const struct func *callee) {
    return summary_of(front, callee) & ~DOES_MORE;
}

bool front_is_pure(struct front *front, const struct func *callee) {
    return summary_of(front, callee) == 0 && !callee->no_return;
}
