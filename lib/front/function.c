/* function: one body. Lowering gives up on what it does not know by front_refuse, which unwinds to here: the
 * function keeps the reason, and it matters only if the function is to be differentiated. Everything is in
 * the arena, so that nothing is lost by that, and no visitor of libclang is active meanwhile (children are
 * collected first).
 *
 * Names: a variable keeps the user's name unless that hides another name in sight or a function that
 * derivatives may need; scopes that do not overlap may use a name twice, as in C.
 */
#include "front/front_private.h"
#include "front/exits.h"
#include "front/jumps.h"

#include <string.h>

void front_refuse(struct lower *lower, CXCursor cursor, const char *format, ...) {
    va_list args;
    va_start(args, format);
    lower->func->unsupported = arena_vprintf(lower->front->arena, format, args);
    va_end(args);
    lower->func->unsupported_loc = front_cursor_loc(lower->front, cursor);
    longjmp(lower->refused, 1);
}

/* ---- what the body does to its variables, before it is lowered ---------------------------------- */

struct survey {
    struct lower *lower;
    VEC(CXCursor) addressed, assigned; /* operands */
};

static enum CXChildVisitResult survey_child(CXCursor cursor, CXCursor parent, CXClientData data) {
    struct children *children = data;
    (void)parent;
    children->items[children->count++] = cursor;
    return children->count == 2 ? CXChildVisit_Break : CXChildVisit_Continue;
}

static CXCursor first_child(CXCursor cursor) {
    CXCursor items[2];
    struct children children = {items, 0};
    clang_visitChildren(cursor, survey_child, &children);
    return children.count ? items[0] : clang_getNullCursor();
}

/* The variable that an lvalue is, or is a part of; null if a pointer leads to it. */
static CXCursor whole_variable(CXCursor cursor) {
    for (;;) {
        switch ((int)clang_getCursorKind(cursor)) {
        case CXCursor_DeclRefExpr: return clang_getCursorReferenced(cursor);
        case CXCursor_MemberRefExpr:
            if (clang_getCanonicalType(clang_getCursorType(first_child(cursor))).kind == CXType_Pointer)
                return clang_getNullCursor();
            cursor = first_child(cursor);
            break;
        case CXCursor_ParenExpr:
        case CXCursor_ArraySubscriptExpr:
        case CXCursor_UnexposedExpr: cursor = first_child(cursor); break;
        default: return clang_getNullCursor();
        }
    }
}

static enum CXChildVisitResult survey(CXCursor cursor, CXCursor parent, CXClientData data) {
    struct survey *found = data;
    (void)parent;
    enum CXUnaryOperatorKind op = CXUnaryOperator_Invalid;
    if (clang_getCursorKind(cursor) == CXCursor_UnaryOperator)
        op = clang_getCursorUnaryOperatorKind(cursor);
    if (op == CXUnaryOperator_AddrOf)
        VEC_PUSH(found->lower->front->arena, found->addressed, first_child(cursor));
    if ((op >= CXUnaryOperator_PostInc && op <= CXUnaryOperator_PreDec) || front_is_assignment(cursor))
        VEC_PUSH(found->lower->front->arena, found->assigned, first_child(cursor));
    return CXChildVisit_Recurse;
}

static void survey_body(struct lower *lower, CXCursor definition) {
    struct survey found = {.lower = lower};
    clang_visitChildren(definition, survey, &found);
    for (size_t i = 0; i < found.addressed.count; i++) {
        CXCursor variable = whole_variable(found.addressed.items[i]);
        if (!clang_Cursor_isNull(variable))
            front_map_put(lower->front, &lower->taken, variable, lower);
    }
    for (size_t i = 0; i < found.assigned.count; i++) {
        CXCursor variable = whole_variable(found.assigned.items[i]);
        if (!clang_Cursor_isNull(variable))
            front_map_put(lower->front, &lower->changed, variable, lower);
    }
}

/* ---- names -------------------------------------------------------------------------------------- */

size_t front_open_scope(const struct lower *lower) {
    return lower->scope.count;
}

void front_close_scope(struct lower *lower, size_t mark) {
    lower->scope.count = mark;
}

static bool is_in_sight(const struct lower *lower, const char *name) {
    for (size_t i = 0; i < lower->scope.count; i++)
        if (strcmp(lower->scope.items[i].name, name) == 0)
            return true;
    return false;
}

static bool is_carried_global(struct front *front, const char *name) {
    const struct unit *unit = front->unit;
    if (!front->carried_globals)
        front->carried_globals = map_create(front->arena);
    for (; front->carried_indexed < unit->carried.count; front->carried_indexed++) {
        const struct carry *carry = unit->carried.items[front->carried_indexed];
        if (carry->kind == CARRY_GLOBAL)
            map_put(front->carried_globals, carry->name, front);
    }
    return map_get(front->carried_globals, name);
}

static bool is_global_name(const struct lower *lower, const char *name) {
    return unit_find_global(lower->unit, name) || is_carried_global(lower->front, name) ||
           unit_find_func(lower->unit, name) || rules_math(lower->front->rules, name) ||
           map_get(lower->front->typedefs, name) || front_is_macro(lower->front, name);
}

static void bring_into_sight(struct lower *lower, struct var *var) {
    struct visible visible = {var->name, var};
    VEC_PUSH(lower->front->arena, lower->scope, visible);
}

static struct var *add_local(struct lower *lower, enum var_kind kind, const char *name, struct type *type) {
    struct var *var = func_add_var(lower->unit, lower->func, kind, name, type);
    bring_into_sight(lower, var);
    return var;
}

/* `i_2`: not in sight, and nowhere else in the input. */
static const char *unhidden_name(struct lower *lower, const char *base) {
    for (unsigned number = 2;; number++) {
        const char *name = arena_printf(lower->front->arena, "%s_%u", base, number);
        if (!is_in_sight(lower, name) && !is_global_name(lower, name) &&
            !map_get(lower->unit->identifiers, name))
            return name;
    }
}

struct var *front_new_local(struct lower *lower, CXCursor declaration, enum var_kind kind,
                            struct type *type) {
    const char *name = front_spelling(lower->front, declaration);
    if (is_in_sight(lower, name) || is_global_name(lower, name))
        name = unhidden_name(lower, name);
    struct var *var = add_local(lower, kind, name, type);
    var->loc = front_cursor_loc(lower->front, declaration);
    var->inactive = front_is_inactive(lower->front, declaration);
    var->address_taken = front_map_get(&lower->taken, declaration) != NULL;
    front_map_put(lower->front, &lower->locals, declaration, var);
    return var;
}

/* `g_1`, `g_2`...: numbered in the function, whatever func_fresh_name would add to a taken name. */
struct var *front_temporary(struct lower *lower, const char *base, struct type *type) {
    struct type *plain = type_unqualified(type);
    for (unsigned number = 1;; number++) {
        const char *name = arena_printf(lower->front->arena, "%s_%u", base, number);
        if (strcmp(func_fresh_name(lower->unit, lower->func, name), name) == 0)
            return add_local(lower, VAR_LOCAL, name, plain);
    }
}

struct var *front_lookup(struct lower *lower, CXCursor declaration) {
    struct var *var = front_map_get(&lower->locals, declaration);
    return var ? var : front_global(lower->front, declaration);
}

/* ---- extents in declarators --------------------------------------------------------------------- */

static bool find_changed(struct expr *expr, void *data) {
    bool *changed = data;
    if (expr->kind == EXPR_VAR && (expr->u.var->address_taken || expr->u.var->kind == VAR_GLOBAL))
        *changed = true;
    return !*changed;
}

/* The extent of a variable length array is that of the moment of its declaration (C11 6.7.6.2p5): where what
 * it mentions changes, it is kept in a variable. */
static bool may_change(struct lower *lower, CXCursor cursor) {
    struct children parts = front_parts(lower->front, cursor);
    if (clang_getCursorKind(cursor) == CXCursor_DeclRefExpr)
        return front_map_get(&lower->changed, clang_getCursorReferenced(cursor)) ||
               front_map_get(&lower->taken, clang_getCursorReferenced(cursor));
    for (size_t i = 0; i < parts.count; i++)
        if (may_change(lower, parts.items[i]))
            return true;
    return false;
}

static struct expr *lower_extent(struct lower *lower, CXCursor cursor, bool is_parameter, bool is_outermost) {
    long long value;
    struct expr *extent = front_lower_full(lower, cursor);
    bool changed = false;
    if (expr_is_const_int(extent, &value))
        return extent;
    expr_walk(extent, find_changed, &changed);
    if (!changed && !may_change(lower, cursor))
        return extent;
    if (is_outermost)
        return extent; /* no part of the adjusted type: the value on entry is meant */
    if (is_parameter)
        front_refuse(
            lower, cursor,
            "the extent of an array parameter changes in the function: copy it to a variable of its own");
    return front_save(lower, extent, "extent");
}

struct dims front_lower_dims(struct lower *lower, CXCursor declaration, bool is_parameter) {
    size_t levels = front_array_levels(clang_getCursorType(declaration));
    struct children parts = front_parts(lower->front, declaration);
    CXCursor init = is_parameter ? clang_getNullCursor() : clang_Cursor_getVarDeclInitializer(declaration);
    struct dims dims = {.items = NEW_ARRAY(lower->front->arena, struct expr *, parts.count + 1)};
    bool adjusted = is_parameter && clang_getCursorType(declaration).kind != CXType_Pointer;
    if (levels == 0)
        return dims;
    if (parts.count && !clang_Cursor_isNull(init) && clang_equalCursors(parts.items[parts.count - 1], init))
        parts.count--;
    if (parts.count > levels)
        front_refuse(lower, declaration, "this array declarator is not understood: use plain extents");
    for (size_t i = parts.count; i-- > 0;) /* libclang has the innermost first */
        dims.items[dims.count++] =
            lower_extent(lower, parts.items[i], is_parameter, adjusted && i + 1 == levels);
    return dims;
}

/* `[]` is written outermost only: it has no extent among the children. */
struct type *front_written_type(struct lower *lower, CXCursor cursor, CXType type) {
    bool is_parameter = clang_getCursorKind(cursor) == CXCursor_ParmDecl;
    struct dims dims = front_lower_dims(lower, cursor, is_parameter);
    size_t levels = front_array_levels(type);
    if (dims.count < levels && dims.count > 0) {
        for (size_t i = dims.count; i > 0; i--)
            dims.items[i] = dims.items[i - 1];
        dims.items[0] = NULL;
        dims.count++;
    }
    return front_type_dims(lower->front, type, &dims);
}

/* ---- parameters --------------------------------------------------------------------------------- */

/* The written array, and what it is adjusted to: a pointer to its element, with the qualifiers inside its
 * brackets. */
static void lower_array_param(struct lower *lower, struct var *var, CXCursor param) {
    struct type *written = front_written_type(lower, param, clang_getCursorType(param));
    if (type_is_array(written)) {
        unsigned quals = type_quals(var->type);
        var->written = written;
        var->type = type_qualified(lower->front->types, type_decay(lower->front->types, written), quals);
    } else if (front_array_levels(clang_getCursorType(param)) > 0) {
        var->type = written;
    }
}

static void lower_params(struct lower *lower, CXCursor definition) {
    for (size_t i = 0; i < lower->func->param_count; i++) {
        struct var *var = lower->func->params[i];
        CXCursor param = clang_Cursor_getArgument(definition, (unsigned)i);
        var->address_taken = front_map_get(&lower->taken, param) != NULL;
        front_map_put(lower->front, &lower->locals, param, var);
        bring_into_sight(lower, var);
        lower_array_param(lower, var, param);
    }
}

/* ---- the body ----------------------------------------------------------------------------------- */

static CXCursor find_body(struct lower *lower, CXCursor definition) {
    struct children parts = front_parts(lower->front, definition);
    if (parts.count && clang_getCursorKind(parts.items[parts.count - 1]) == CXCursor_CompoundStmt)
        return parts.items[parts.count - 1];
    front_refuse(lower, definition, "the body of the function cannot be read");
}

/* libclang reads the body as if they were not there. */
static void find_openmp(struct lower *lower, struct extent extent) {
    const struct token_table *table = lower->tokens;
    for (size_t i = token_find(table, extent.begin);
         i + 2 < table->count && table->items[i].begin < extent.end; i++)
        if (token_is(table, i, "#") && token_is(table, i + 1, "pragma") && token_is(table, i + 2, "omp")) {
            lower->func->openmp = lower->func->loc;
            lower->func->openmp.line = table->items[i].line;
            lower->func->openmp.column = 1;
            return;
        }
}

static void lower_body(struct lower *lower, CXCursor definition) {
    struct extent extent = front_extent(definition);
    lower->tokens = front_tokens(lower->front, extent.file);
    find_openmp(lower, extent);
    lower->func->comment = token_heading_comment(lower->front, lower->tokens, extent.begin);
    survey_body(lower, definition);
    CXCursor body = find_body(lower, definition);
    lower_params(lower, definition);
    if (lower->out->count)
        front_refuse(lower, definition, "an array parameter's extent has side effects");
    front_lower_compound_items(lower, body);
}

/* C does not assign structs with const members; only statements of our making do. */
static bool has_const_member(const struct type *type) {
    type = type_strip(type);
    if (type->kind == TYPE_ARRAY)
        return has_const_member(type->under);
    for (size_t i = 0; type->kind == TYPE_RECORD && i < type->record->field_count; i++) {
        const struct type *field = type->record->fields[i].type;
        if (front_is_const(field) || has_const_member(field))
            return true;
    }
    return false;
}

static void refuse_at(struct func *func, struct loc loc, const char *why) {
    if (func->unsupported)
        return;
    func->unsupported = why;
    func->unsupported_loc = loc.file ? loc : func->loc;
}

/* Assignments of structs of which derivatives have to keep copies that C does not let them keep. */
static void check_assignment(struct stmt *stmt, void *data) {
    if (stmt->kind == STMT_SET && has_const_member(stmt->to->type))
        refuse_at(data, stmt->loc,
                  "a struct with const members is returned or chosen from several places: drop the const");
    if (stmt->kind == STMT_SET && type_is_record(stmt->to->type) && type_is_nameless(stmt->to->type))
        refuse_at(data, stmt->loc,
                  "an assignment of a struct without a name is not supported: give the struct a tag");
}

/* Variables that lowering made, of compound literals, choices, results; and the function's own result. */
static void check_names(struct func *func) {
    if (type_is_nameless(func->result))
        refuse_at(func, func->loc,
                  "a result of a struct without a name is not supported: give the struct a tag");
    for (size_t i = 0; i < func->vars.count; i++)
        if (type_is_nameless(func->vars.items[i]->type))
            refuse_at(func, func->vars.items[i]->loc,
                      "a value of a struct without a name is not supported: give the struct a tag");
}

static void forget_body(struct func *func) {
    func->body = (struct block){0};
    func->vars.count = func->param_count;
}

void front_lower_function(struct front *front, struct func *func, CXCursor definition) {
    struct lower *lower = NEW(front->arena, struct lower);
    struct pending pending = {0};
    lower->front = front;
    lower->unit = front->unit;
    lower->func = func;
    lower->out = &func->body;
    lower->pending = &pending;
    if (setjmp(lower->refused)) {
        forget_body(func);
        return;
    }
    lower_body(lower, definition);
    front_structure_jumps(front->unit, func, lower->labels.count);
    if (!func->unsupported)
        front_normalize_exits(front->unit, func);
    block_walk(&func->body, check_assignment, func);
    check_names(func);
    if (func->unsupported)
        forget_body(func);
}
