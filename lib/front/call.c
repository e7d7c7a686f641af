/* call: calls of pure mathematical functions stay in their expression; every other call is a statement of its
 * own, whose value goes to a fresh variable named after the callee, or directly to where the user assigns it.
 *
 * Which functions are mathematical is known to the rules only. The compiler's own names for them
 * (`__builtin_sqrt`, the
 * `__tg_sqrt` of <tgmath.h>) are brought back to those of the standard library.
 */
#include "front/front_private.h"

#include <string.h>

/* ---- the callee --------------------------------------------------------------------------------- */

static CXCursor callee_of(CXCursor call) {
    CXCursor callee = clang_getCursorReferenced(call);
    return clang_getCursorKind(callee) == CXCursor_FunctionDecl ? callee : clang_getNullCursor();
}

static const char *after_prefix(const char *name, const char *prefix) {
    size_t length = strlen(prefix);
    return strncmp(name, prefix, length) == 0 ? name + length : NULL;
}

/* <tgmath.h> of clang overloads one name; the standard library has a name for each type (C11 7.25). */
static const char *generic_name(struct lower *lower, const char *base, CXCursor callee) {
    CXType param = clang_getCanonicalType(clang_getArgType(clang_getCursorType(callee), 0));
    const char *suffix = param.kind == CXType_Float ? "f" : param.kind == CXType_LongDouble ? "l" : "";
    return arena_printf(lower->front->arena, "%s%s", base, suffix);
}

static const char *library_name(struct lower *lower, CXCursor callee) {
    const char *name = front_spelling(lower->front, callee);
    const char *builtin = after_prefix(name, "__builtin_"), *generic = after_prefix(name, "__tg_");
    if (generic)
        return generic_name(lower, generic, callee);
    return builtin ? builtin : name;
}

/* Whether the declaration is that of the function that the rule means, as far as the types tell. */
static bool fits_rule(const struct math_rule *rule, CXCursor callee) {
    CXType type = clang_getCursorType(callee);
    int count = clang_getNumArgTypes(type);
    if (type.kind == CXType_FunctionNoProto || clang_isFunctionTypeVariadic(type))
        return true; /* generic builtins, such as that for isnan */
    if (count < 0 || (size_t)count != math_param_count(rule))
        return false;
    for (int i = 0; i < count; i++) {
        enum CXTypeKind kind = clang_getCanonicalType(clang_getArgType(type, (unsigned)i)).kind;
        if (kind < CXType_FirstBuiltin || kind > CXType_LastBuiltin || kind == CXType_Void)
            return false;
    }
    return true;
}

/* A function of the user's that has a body is differentiated, whatever its name is. */
static bool is_math(struct lower *lower, CXCursor callee) {
    const struct math_rule *rule = rules_math(lower->front->rules, library_name(lower, callee));
    if (!rule || !fits_rule(rule, callee))
        return false;
    CXCursor definition = clang_getCursorDefinition(callee);
    return clang_Cursor_isNull(definition) || front_in_system_header(definition);
}

/* INFINITY, HUGE_VAL and NAN of <math.h>, which are calls of builtins without arguments that matter. */
static const char *constant_builtin(struct lower *lower, CXCursor callee) {
    static const char *const table[][2] = {
        {"__builtin_inf", "INFINITY"},
        {"__builtin_inff", "INFINITY"},
        {"__builtin_infl", "INFINITY"},
        {"__builtin_huge_val", "INFINITY"},
        {"__builtin_huge_valf", "INFINITY"},
        {"__builtin_huge_vall", "INFINITY"},
        {"__builtin_nan", "NAN"},
        {"__builtin_nanf", "NAN"},
        {"__builtin_nanl", "NAN"},
    };
    const char *name = front_spelling(lower->front, callee);
    for (size_t i = 0; i < sizeof table / sizeof *table; i++)
        if (strcmp(name, table[i][0]) == 0)
            return table[i][1];
    return NULL;
}

/* A hint about a value, which is its first argument. */
static bool is_hint(struct lower *lower, CXCursor callee) {
    return strcmp(front_spelling(lower->front, callee), "__builtin_expect") == 0;
}

bool front_is_call_statement(struct lower *lower, CXCursor cursor) {
    if (clang_getCursorKind(cursor) != CXCursor_CallExpr)
        return false;
    CXCursor callee = callee_of(cursor);
    if (clang_Cursor_isNull(callee))
        return true;
    return !is_math(lower, callee) && !constant_builtin(lower, callee) && !is_hint(lower, callee);
}

/* Functions that are control flow, or that are the language's access to unnamed arguments. */
static const char *refused_function(const char *name) {
    static const char *const table[][2] = {
        {"setjmp", "setjmp is not supported: use break, continue and return"},
        {"sigsetjmp", "sigsetjmp is not supported: use break, continue and return"},
        {"longjmp", "longjmp is not supported: use break, continue and return"},
        {"siglongjmp", "siglongjmp is not supported: use break, continue and return"},
        {"builtin_va_start", "variable arguments are not supported: use an array and its length"},
        {"builtin_va_copy", "variable arguments are not supported: use an array and its length"},
    };
    name += strspn(name, "_");
    for (size_t i = 0; i < sizeof table / sizeof *table; i++)
        if (strcmp(name, table[i][0]) == 0)
            return table[i][1];
    return NULL;
}

static void check_callee(struct lower *lower, CXCursor call) {
    CXCursor callee = callee_of(call);
    const char *reason = refused_function(front_spelling(lower->front, callee));
    if (reason)
        front_refuse(lower, call, "%s", reason);
}

/* `(double *)malloc(n)`, assigned to a pointer, is the call: C converts its void * by itself. */
CXCursor front_memory_call(struct lower *lower, const struct type *to, CXCursor cursor) {
    CXCursor inner = cursor;
    for (;;) {
        enum CXCursorKind kind = clang_getCursorKind(inner);
        struct children parts = front_parts(lower->front, inner);
        if (kind != CXCursor_CStyleCastExpr && kind != CXCursor_UnexposedExpr)
            break;
        if (parts.count != 1 || !type_same(to, front_type(lower->front, clang_getCursorType(inner))))
            return cursor;
        inner = front_unwrapped(lower, parts.items[0]);
    }
    bool untyped = type_is_pointer(to) && front_is_call_statement(lower, inner);
    CXType result = clang_getCanonicalType(clang_getCursorType(inner));
    return untyped && result.kind == CXType_Pointer && clang_getPointeeType(result).kind == CXType_Void
               ? inner
               : cursor;
}

/* ---- arguments ---------------------------------------------------------------------------------- */

struct arguments {
    struct expr **items;
    size_t count;
};

static struct arguments lower_arguments(struct lower *lower, CXCursor call) {
    struct children parts = front_parts(lower->front, call);
    struct arguments args = {NEW_ARRAY(lower->front->arena, struct expr *, parts.count), 0};
    for (size_t i = 1; i < parts.count; i++) { /* behind the callee */
        struct expr *value = front_lower_value(lower, parts.items[i]);
        if (type_is_array(value->type))
            value = front_convert(lower, parts.items[i], value, value->type);
        args.items[args.count++] = value;
    }
    return args;
}

/* The effects of the arguments come before the call, but for those that may wait. */
static struct arguments lower_settled_arguments(struct lower *lower, CXCursor call, const struct expr *to) {
    struct detour detour;
    front_detour_begin(lower, &detour, lower->out);
    struct arguments args = lower_arguments(lower, call);
    front_pass_on_effects(lower, &detour.pending, to);
    front_sequence_point(lower, args.items, args.count);
    front_detour_end(lower, &detour);
    return args;
}

/* ---- calls through a pointer ------------------------------------------------------------------- */

static _Noreturn void refuse_pointer(struct lower *lower, CXCursor call) {
    front_refuse(lower, call, "a call through a pointer is not supported: call the function by its name");
}

/* `f(x)` and `(*f)(x)` of a parameter or local variable. */
static struct var *called_variable(struct lower *lower, CXCursor call) {
    struct children parts = front_parts(lower->front, call);
    CXCursor callee = call;
    while (parts.count > 0 && clang_getCursorKind(callee) != CXCursor_DeclRefExpr) {
        enum CXCursorKind kind = clang_getCursorKind(callee);
        if (kind != CXCursor_UnexposedExpr && kind != CXCursor_ParenExpr && kind != CXCursor_UnaryOperator &&
            !clang_equalCursors(callee, call))
            return NULL;
        callee = parts.items[0];
        parts = front_parts(lower->front, callee);
    }
    if (clang_getCursorKind(callee) != CXCursor_DeclRefExpr)
        return NULL;
    CXCursor declaration = clang_getCursorReferenced(callee);
    struct var *var = front_map_get(&lower->locals, declaration);
    return var && (var->kind == VAR_PARAM || var->kind == VAR_LOCAL) ? var : NULL;
}

static CXCursor without_wrapping(struct lower *lower, CXCursor cursor) {
    struct children parts = front_parts(lower->front, cursor);
    enum CXCursorKind kind = clang_getCursorKind(cursor);
    while ((kind == CXCursor_UnexposedExpr || kind == CXCursor_ParenExpr) && parts.count == 1) {
        cursor = parts.items[0];
        parts = front_parts(lower->front, cursor);
        kind = clang_getCursorKind(cursor);
    }
    return cursor;
}

static bool is_pointer_to_function(CXCursor cursor) {
    CXType type = clang_getCanonicalType(clang_getCursorType(cursor));
    CXType target = clang_getPointeeType(type);
    return type.kind == CXType_Pointer &&
           (target.kind == CXType_FunctionProto || target.kind == CXType_FunctionNoProto);
}

/* The pointer in `(*table[k])(x)`: stars before it change nothing. */
static CXCursor called_pointer(struct lower *lower, CXCursor call) {
    struct children parts = front_parts(lower->front, call);
    CXCursor callee = parts.count ? without_wrapping(lower, parts.items[0]) : call;
    while (clang_getCursorKind(callee) == CXCursor_UnaryOperator &&
           clang_getCursorUnaryOperatorKind(callee) == CXUnaryOperator_Deref) {
        CXCursor inner = without_wrapping(lower, front_parts(lower->front, callee).items[0]);
        if (!is_pointer_to_function(inner))
            break;
        callee = inner;
    }
    return callee;
}

/* The variable that holds the pointer when the call happens. */
static struct var *pointer_in_variable(struct lower *lower, CXCursor call) {
    struct var *var = called_variable(lower, call);
    if (var)
        return var;
    struct expr *pointer = front_lower_value(lower, called_pointer(lower, call));
    if (!type_is_pointer(pointer->type))
        refuse_pointer(lower, call);
    var = front_temporary(lower, "called", pointer->type->plain);
    front_emit(lower, stmt_decl(lower->unit, var, pointer));
    return var;
}

/* Stands for whatever function the pointer leads to; ad/callbacks.c finds out which. */
static struct func *function_behind(struct lower *lower, CXCursor call) {
    struct var *var = pointer_in_variable(lower, call);
    const struct type *target = type_is_pointer(var->type) ? type_strip(type_target(var->type)) : NULL;
    if (!target || target->kind != TYPE_FUNCTION || target->variadic || target->no_prototype)
        refuse_pointer(lower, call);
    struct func *func =
        func_new(lower->unit, arena_printf(lower->front->arena, "(*%s)", var->name), target->under);
    for (size_t k = 0; k < target->param_count; k++)
        func_add_var(lower->unit, func, VAR_PARAM, arena_printf(lower->front->arena, "arg%zu", k + 1),
                     type_decay(lower->front->types, target->params[k]));
    func->through = var;
    func->loc = front_cursor_loc(lower->front, call);
    return func;
}

/* ---- calls as statements ------------------------------------------------------------------------ */

static struct func *called_function(struct lower *lower, CXCursor call) {
    CXCursor callee = callee_of(call);
    if (clang_Cursor_isNull(callee))
        return function_behind(lower, call);
    check_callee(lower, call);
    struct func *func = front_function(lower->front, callee);
    const char *name = library_name(lower, callee);
    if (strcmp(name, func->name) != 0 && rules_call(lower->front->rules, name))
        unit_rename_func(lower->unit, func, name);
    return func;
}

static bool takes_directly(const struct expr *to, const struct func *callee) {
    if (type_same(to->type, callee->result))
        return true;
    return type_is_pointer(to->type) && type_is_pointer(callee->result) &&
           type_is_void(type_target(callee->result));
}

/* A function without a prototype can be called with what it does not take. */
static void check_count(struct lower *lower, CXCursor cursor, const struct func *callee, size_t count) {
    if (count < callee->param_count || (count > callee->param_count && !callee->variadic))
        front_refuse(lower, cursor, "a call with %zu arguments of a function that takes %zu is not supported",
                     count, callee->param_count);
}

/* libclang shows no conversion to a parameter that is written as an array. */
static bool is_reinterpreted(const struct type *from, const struct type *to) {
    if (!type_is_pointer(from) || !type_is_pointer(to))
        return false;
    const struct type *value = type_target(from), *wanted = type_target(to);
    return !type_is_void(wanted) && !type_is_void(value) && !type_same(value, wanted);
}

static struct expr *fitting(struct lower *lower, CXCursor cursor, struct expr *value, struct type *to) {
    if (is_reinterpreted(value->type, to) && type_is_array(type_target(to)))
        front_refuse(lower, cursor,
                     "an argument of another type than the parameter is not supported: cast it");
    return front_convert(lower, cursor, value, to);
}

static void emit_call(struct lower *lower, CXCursor cursor, struct expr *to, struct func *callee,
                      struct arguments args) {
    check_count(lower, cursor, callee, args.count);
    for (size_t i = 0; i < callee->param_count; i++)
        if (callee->promotes || is_reinterpreted(args.items[i]->type, callee->params[i]->type))
            args.items[i] = fitting(lower, cursor, args.items[i], callee->params[i]->type);
    struct stmt *stmt = stmt_call(lower->unit, to, callee, args.items, args.count);
    stmt->loc = front_cursor_loc(lower->front, cursor);
    front_emit(lower, stmt);
}

static struct expr *call_into_temporary(struct lower *lower, CXCursor cursor, struct func *callee,
                                        struct arguments args) {
    if (type_is_void(callee->result))
        front_refuse(lower, cursor, "the value of a function without value is used");
    struct var *var = front_temporary(lower, func_called_name(callee), callee->result);
    var->loc = front_cursor_loc(lower->front, cursor);
    front_emit(lower, stmt_decl(lower->unit, var, NULL));
    emit_call(lower, cursor, expr_var(lower->unit, var), callee, args);
    return expr_var(lower->unit, var);
}

void front_lower_call_into(struct lower *lower, struct expr *to, CXCursor cursor) {
    struct func *callee = called_function(lower, cursor);
    struct arguments args = lower_settled_arguments(lower, cursor, to);
    if (!to || takes_directly(to, callee)) {
        emit_call(lower, cursor, to, callee, args);
        return;
    }
    struct expr *value = call_into_temporary(lower, cursor, callee, args);
    front_emit_set(lower, to, front_convert(lower, cursor, value, to->type), false);
}

/* ---- calls as expressions ----------------------------------------------------------------------- */

static struct expr *lower_math(struct lower *lower, CXCursor cursor, CXCursor callee) {
    struct arguments args = lower_arguments(lower, cursor);
    struct type *type = front_type(lower->front, clang_getCursorType(cursor));
    return expr_math(lower->unit, library_name(lower, callee), type, args.items, args.count);
}

static struct expr *lower_constant_call(struct lower *lower, CXCursor cursor, const char *text) {
    return expr_real(lower->unit, text, front_type(lower->front, clang_getCursorType(cursor)));
}

struct expr *front_lower_call(struct lower *lower, CXCursor cursor) {
    CXCursor callee = callee_of(cursor);
    if (front_is_call_statement(lower, cursor)) {
        struct func *func = called_function(lower, cursor);
        return call_into_temporary(lower, cursor, func, lower_settled_arguments(lower, cursor, NULL));
    }
    const char *constant = constant_builtin(lower, callee);
    if (constant)
        return lower_constant_call(lower, cursor, constant);
    if (is_hint(lower, callee))
        return lower_arguments(lower, cursor).items[0];
    return lower_math(lower, cursor, callee);
}
