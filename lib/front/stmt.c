/* stmt: statements but loops and switch. Exits (break, continue, return) are emitted where the user wrote
 * them; front_normalize_exits moves them into tail position afterwards.
 *
 * Comments go with the statement that they stand at: the first and last of those that it is lowered to.
 */
#include "front/front_private.h"
#include "front/jumps.h"

#include <string.h>

/* ---- declarations ------------------------------------------------------------------------------- */

/* const at the top is the user's promise; a variable that is assigned after its declaration cannot keep it.
 */
static void allow_assignment(struct var *var) {
    if (type_quals(var->type) & QUAL_CONST)
        var->type = type_unqualified(var->type);
}

/* `int n = n + 1`, `struct list head = {&head}`: in the IR a variable begins behind its initializer. */
static void refuse_own_use(struct lower *lower, const struct var *var, size_t from, struct expr *value,
                           CXCursor init) {
    if (front_mentions(lower->out, from, var) || front_expr_mentions(value, var))
        front_refuse(lower, init, "a variable in its own initializer is not supported: assign it");
}

/* Calls, and choices of records: the variable takes the value where it is made. */
static bool is_made_in_place(struct lower *lower, const struct var *var, CXCursor init) {
    bool chosen = clang_getCursorKind(init) == CXCursor_ConditionalOperator && type_is_record(var->type);
    return var->kind == VAR_LOCAL && (chosen || front_is_call_statement(lower, init));
}

static void declare_with_init(struct lower *lower, struct var *var, CXCursor init) {
    struct detour detour;
    front_detour_begin(lower, &detour, lower->out);
    CXCursor bare = front_memory_call(lower, var->type, front_unwrapped(lower, init));
    if (is_made_in_place(lower, var, bare)) {
        allow_assignment(var);
        front_emit(lower, stmt_decl(lower->unit, var, NULL));
        front_lower_into(lower, expr_var(lower->unit, var), bare);
    } else {
        size_t from = lower->out->count;
        struct expr *value = front_lower_initializer(lower, var->type, init);
        refuse_own_use(lower, var, from, value, init);
        front_emit(lower, stmt_decl(lower->unit, var, value));
    }
    front_sequence_point(lower, NULL, 0);
    front_detour_end(lower, &detour);
}

static enum var_kind kind_of(struct lower *lower, CXCursor variable) {
    enum CX_StorageClass storage = clang_Cursor_getStorageClass(variable);
    if (storage == CX_SC_Static)
        return VAR_STATIC_LOCAL;
    if (storage != CX_SC_None && storage != CX_SC_Auto && storage != CX_SC_Register)
        front_refuse(lower, variable, "a variable of this storage class is not supported");
    return VAR_LOCAL;
}

/* An attribute that calls a function at the end of the scope; libclang does not show it. */
static void refuse_cleanup(struct lower *lower, CXCursor variable) {
    struct extent extent = front_extent(variable);
    const struct token_table *table = lower->tokens;
    if (!clang_Cursor_hasAttrs(variable) || !front_same_file(extent.file, table->file))
        return;
    for (size_t i = token_find(table, extent.begin); i < table->count && !token_is(table, i, ";"); i++)
        if (token_is(table, i, "cleanup") || token_is(table, i, "__cleanup__"))
            front_refuse(lower, variable,
                         "the attribute cleanup is not supported: call the function at the end");
}

void front_lower_declaration(struct lower *lower, CXCursor variable) {
    if (clang_Cursor_getStorageClass(variable) == CX_SC_Extern) {
        front_carry_local_extern(lower, variable); /* found by its name when it is used */
        return;
    }
    front_check_type(lower, variable);
    refuse_cleanup(lower, variable);
    enum var_kind kind = kind_of(lower, variable);
    struct type *type = front_written_type(lower, variable, clang_getCursorType(variable));
    if (type_is_nameless(type) && !front_carry_nameless_type(lower, variable))
        front_refuse(lower, variable,
                     "a variable of a struct without a name is not supported where a macro made the struct: "
                     "give it a tag");
    struct var *var = front_new_local(lower, variable, kind, type);
    var->is_const = kind == VAR_STATIC_LOCAL && front_is_const(type);
    CXCursor init = clang_Cursor_getVarDeclInitializer(variable);
    if (clang_Cursor_isNull(init))
        front_emit(lower, stmt_decl(lower->unit, var, NULL));
    else
        declare_with_init(lower, var, init);
}

static void lower_declarator(struct lower *lower, CXCursor cursor) {
    switch ((int)clang_getCursorKind(cursor)) {
    case CXCursor_VarDecl: front_lower_declaration(lower, cursor); break;
    case CXCursor_StructDecl:
    case CXCursor_UnionDecl:
    case CXCursor_EnumDecl:
    case CXCursor_TypedefDecl: front_carry_local_type(lower, cursor); break;
    case CXCursor_FunctionDecl: front_carry_local_extern(lower, cursor); break;
    case CXCursor_StaticAssert: break;
    default: front_refuse(lower, cursor, "a declaration of this kind is not supported in a function");
    }
}

static void lower_declarations(struct lower *lower, CXCursor cursor) {
    struct children children = front_children(lower->front, cursor);
    for (size_t i = 0; i < children.count; i++)
        lower_declarator(lower, children.items[i]);
}

/* ---- blocks ------------------------------------------------------------------------------------- */

void front_lower_compound_items(struct lower *lower, CXCursor compound) {
    struct children children = front_children(lower->front, compound);
    size_t mark = front_open_scope(lower);
    for (size_t i = 0; i < children.count; i++)
        front_lower_statement(lower, children.items[i]);
    front_close_scope(lower, mark);
}

void front_lower_body(struct lower *lower, CXCursor cursor, struct block *block) {
    struct detour detour;
    size_t mark = front_open_scope(lower);
    front_detour_begin(lower, &detour, block);
    if (clang_getCursorKind(cursor) == CXCursor_CompoundStmt)
        front_lower_compound_items(lower, cursor);
    else
        front_lower_statement(lower, cursor);
    front_detour_end(lower, &detour);
    front_close_scope(lower, mark);
}

/* A block that declares nothing is its statements. */
static void lower_block(struct lower *lower, CXCursor cursor) {
    struct stmt *stmt = stmt_block(lower->unit);
    stmt->loc = front_cursor_loc(lower->front, cursor);
    front_lower_body(lower, cursor, &stmt->u.block);
    if (block_declares(&stmt->u.block))
        front_emit(lower, stmt);
    else
        block_append(lower->unit, lower->out, &stmt->u.block);
}

/* ---- simple statements -------------------------------------------------------------------------- */

static void lower_if(struct lower *lower, CXCursor cursor) {
    struct children parts = front_parts(lower->front, cursor);
    if (parts.count < 2 || parts.count > 3)
        front_refuse(lower, cursor, "this if is not understood");
    struct stmt *stmt = stmt_if(lower->unit, front_lower_full(lower, parts.items[0]));
    stmt->loc = front_cursor_loc(lower->front, cursor);
    front_lower_body(lower, parts.items[1], &stmt->u.branch.then);
    if (parts.count == 3)
        front_lower_body(lower, parts.items[2], &stmt->u.branch.other);
    front_emit(lower, stmt);
}

static void lower_return(struct lower *lower, CXCursor cursor) {
    struct children parts = front_parts(lower->front, cursor);
    struct expr *value = NULL;
    if (parts.count && type_is_void(lower->func->result))
        front_lower_effect(lower, parts.items[0]);
    else if (parts.count)
        value = front_lower_full(lower, parts.items[0]);
    struct stmt *stmt = stmt_return(lower->unit, value);
    stmt->loc = front_cursor_loc(lower->front, cursor);
    front_emit(lower, stmt);
}

static void lower_exit(struct lower *lower, CXCursor cursor, enum stmt_kind kind) {
    front_emit(lower, stmt_new(lower->unit, kind, front_cursor_loc(lower->front, cursor)));
}

/* Attributes of a statement, such as fallthrough, say nothing here. */
static void lower_attributed(struct lower *lower, CXCursor cursor) {
    struct children parts = front_parts(lower->front, cursor);
    if (parts.count != 1)
        front_refuse(lower, cursor, "a statement of this kind is not supported");
    front_lower_statement(lower, parts.items[0]);
}

/* ---- goto --------------------------------------------------------------------------------------- */

unsigned front_label_bit(struct lower *lower, CXCursor cursor, const char *name) {
    size_t number = 0;
    while (number < lower->labels.count && strcmp(lower->labels.items[number], name) != 0)
        number++;
    if (number == lower->labels.count)
        VEC_PUSH(lower->front->arena, lower->labels, name);
    unsigned bit = front_jump_bit(number);
    if (!bit)
        front_refuse(lower, cursor, "more than %zu labels in one function are not supported", number);
    return bit;
}

static void lower_goto(struct lower *lower, CXCursor cursor) {
    struct children children = front_children(lower->front, cursor);
    struct stmt *stmt = stmt_new(lower->unit, STMT_BREAK, front_cursor_loc(lower->front, cursor));
    if (children.count != 1 || clang_getCursorKind(children.items[0]) != CXCursor_LabelRef)
        front_refuse(lower, cursor, "this goto is not understood");
    stmt->leaves = front_label_bit(lower, cursor, front_spelling(lower->front, children.items[0]));
    front_emit(lower, stmt);
}

struct stmt *front_label_mark(struct lower *lower, CXCursor cursor, unsigned label) {
    struct stmt *mark = stmt_new(lower->unit, STMT_RAW, front_cursor_loc(lower->front, cursor));
    mark->u.text = FRONT_LABEL_MARK;
    mark->leaves = label;
    return mark;
}

static void lower_label(struct lower *lower, CXCursor cursor) {
    struct children parts = front_parts(lower->front, cursor);
    unsigned label = front_label_bit(lower, cursor, front_spelling(lower->front, cursor));
    front_emit(lower, front_label_mark(lower, cursor, label));
    for (size_t i = 0; i < parts.count; i++)
        front_lower_statement(lower, parts.items[i]);
}

static void lower_statement_shape(struct lower *lower, CXCursor cursor) {
    switch ((int)clang_getCursorKind(cursor)) {
    case CXCursor_CompoundStmt: lower_block(lower, cursor); break;
    case CXCursor_DeclStmt: lower_declarations(lower, cursor); break;
    case CXCursor_NullStmt: break;
    case CXCursor_IfStmt: lower_if(lower, cursor); break;
    case CXCursor_WhileStmt: front_lower_while(lower, cursor); break;
    case CXCursor_DoStmt: front_lower_do(lower, cursor); break;
    case CXCursor_ForStmt: front_lower_for(lower, cursor); break;
    case CXCursor_SwitchStmt: front_lower_switch(lower, cursor); break;
    case CXCursor_BreakStmt: lower_exit(lower, cursor, STMT_BREAK); break;
    case CXCursor_ContinueStmt: lower_exit(lower, cursor, STMT_CONTINUE); break;
    case CXCursor_ReturnStmt: lower_return(lower, cursor); break;
    case CXCursor_UnexposedStmt: lower_attributed(lower, cursor); break;
    case CXCursor_GotoStmt: lower_goto(lower, cursor); break;
    case CXCursor_LabelStmt: lower_label(lower, cursor); break;
    case CXCursor_IndirectGotoStmt:
        front_refuse(lower, cursor, "a computed goto is not supported: use a switch");
    case CXCursor_GCCAsmStmt:
    case CXCursor_MSAsmStmt: front_refuse(lower, cursor, "assembly is not supported: write it in C");
    case CXCursor_CaseStmt:
    case CXCursor_DefaultStmt:
        front_refuse(
            lower, cursor,
            "a case label inside another statement is not supported: put it directly into the switch");
    default:
        if (!clang_isExpression(clang_getCursorKind(cursor)))
            front_refuse(
                lower, cursor, "a statement of this kind (%s) is not supported",
                front_string(lower->front, clang_getCursorKindSpelling(clang_getCursorKind(cursor))));
        front_lower_effect(lower, cursor);
    }
}

/* ---- assert ------------------------------------------------------------------------------------- */

/* The condition: the first operand of the first `if` or `?:` in what the macro expands to; sizeof may hold a
 * copy before. */
static CXCursor asserted_condition(struct lower *lower, CXCursor cursor) {
    struct children parts = front_parts(lower->front, cursor);
    enum CXCursorKind kind = clang_getCursorKind(cursor);
    if (kind == CXCursor_IfStmt || kind == CXCursor_ConditionalOperator)
        return parts.items[0];
    for (size_t i = parts.count; i-- > 0;) {
        CXCursor found = asserted_condition(lower, parts.items[i]);
        if (!clang_Cursor_isNull(found))
            return found;
    }
    return clang_getNullCursor();
}

static struct func *assert_function(struct lower *lower) {
    struct func *func = unit_find_func(lower->unit, "assert");
    if (func)
        return func;
    func = func_new(lower->unit, "assert", type_void(lower->front->types));
    func->in_header = true; /* the macro is all there is of it */
    func_add_var(lower->unit, func, VAR_PARAM, "condition", type_scalar(lower->front->types, SCALAR_INT));
    VEC_PUSH(lower->front->arena, lower->unit->funcs, func);
    return func;
}

/* assert(c) stays the macro that it is, as a call. */
static bool lower_assert(struct lower *lower, CXCursor cursor) {
    const struct expansion *expansion = front_expansion_at(lower->front, front_extent(cursor));
    if (!expansion || strcmp(expansion->name, "assert") != 0 || !rules_call(lower->front->rules, "assert"))
        return false;
    CXCursor condition = asserted_condition(lower, cursor);
    if (clang_Cursor_isNull(condition))
        return false; /* NDEBUG */
    struct expr *value = front_lower_full(lower, condition);
    if (type_is_pointer(value->type))
        value = expr_cast(lower->unit, type_scalar(lower->front->types, SCALAR_INT), value, true);
    struct stmt *stmt = stmt_call(lower->unit, NULL, assert_function(lower), &value, 1);
    stmt->loc = front_cursor_loc(lower->front, cursor);
    front_emit(lower, stmt);
    return true;
}

/* ---- comments ----------------------------------------------------------------------------------- */

static bool has_comments(const struct lower *lower, struct extent extent) {
    return front_same_file(extent.file, lower->tokens->file);
}

/* A counted loop may have taken the statement before it (counted.c). */
static void attach(struct lower *lower, size_t first, const char *comment, const char *trailing) {
    struct block *out = lower->out;
    if (out->count == first && (out->count == 0 || out->items[first - 1]->kind != STMT_FOR))
        return;
    struct stmt *begin = out->items[out->count == first ? first - 1 : first];
    if (comment && !begin->comment)
        begin->comment = comment;
    if (trailing && !out->items[out->count - 1]->trailing)
        out->items[out->count - 1]->trailing = trailing;
}

void front_lower_statement(struct lower *lower, CXCursor cursor) {
    struct extent extent = front_extent(cursor);
    size_t first = lower->out->count;
    bool here = has_comments(lower, extent);
    const char *comment = here ? token_leading_comment(lower->front, lower->tokens, extent.begin) : NULL;
    if (!lower_assert(lower, cursor))
        lower_statement_shape(lower, cursor);
    const char *trailing = here ? token_trailing_comment(lower->front, lower->tokens, extent.end) : NULL;
    attach(lower, first, comment, trailing);
}
