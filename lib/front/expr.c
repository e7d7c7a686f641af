/* expr: a whitelist of expression shapes; what is not on it is refused. libclang's tree is typed and
 * macro-expanded, and its operators are resolved; see front_private.h for the files that lower each kind.
 */
#include "front/front_private.h"

#include <stdlib.h>
#include <string.h>

/* ---- refused types ------------------------------------------------------------------------------ */

/* Values that hold reals which the IR cannot name, behind pointers too. */
static const char *refused_type(CXType type) {
    type = clang_getCanonicalType(type);
    switch ((int)type.kind) {
    case CXType_Complex: return "complex numbers are not supported: use two reals, or a struct of two";
    case CXType_Vector:
    case CXType_ExtVector: return "vector types are not supported: use arrays";
    case CXType_Half:
    case CXType_Float16:
    case CXType_Float128:
    case CXType_BFloat16:
    case CXType_Ibm128: return "of the real types only float, double and long double are supported";
    case CXType_Int128:
    case CXType_UInt128: return "128-bit integers are not supported";
    case CXType_Atomic: return "_Atomic is not supported: use a plain variable";
    case CXType_Dependent: return "the C parser could not type this expression";
    case CXType_Pointer: return refused_type(clang_getPointeeType(type));
    case CXType_ConstantArray:
    case CXType_IncompleteArray:
    case CXType_VariableArray: return refused_type(clang_getArrayElementType(type));
    default: return NULL;
    }
}

void front_check_type(struct lower *lower, CXCursor cursor) {
    const char *reason = refused_type(clang_getCursorType(cursor));
    if (reason)
        front_refuse(lower, cursor, "%s", reason);
}

/* ---- constants ---------------------------------------------------------------------------------- */

static struct expr *lower_integer(struct lower *lower, CXCursor cursor) {
    long long value;
    if (!front_evaluate(cursor, &value))
        front_refuse(lower, cursor, "the value of this constant cannot be read");
    struct expr *expr =
        expr_int_typed(lower->unit, value, front_type(lower->front, clang_getCursorType(cursor)));
    const char *text = front_literal_text(lower->front, cursor);
    char *end = NULL;
    if (text && (*text == '\'' || strtoull(text, &end, 0) == (unsigned long long)value))
        expr->u.text = text;
    return expr;
}

/* What the compiler takes the constant for; a check on the text, which is exact where this is only a double.
 */
static bool evaluate_real(CXCursor cursor, double *value) {
    CXEvalResult result = clang_Cursor_Evaluate(cursor);
    bool known = result && clang_EvalResult_getKind(result) == CXEval_Float;
    if (known)
        *value = clang_EvalResult_getAsDouble(result);
    if (result)
        clang_EvalResult_dispose(result);
    return known;
}

static double parse_real(const char *text, const struct type *type) {
    enum type_scalar scalar = type_strip(type)->scalar;
    if (scalar == SCALAR_LDOUBLE)
        return (double)strtold(text, NULL);
    return scalar == SCALAR_FLOAT ? (double)strtof(text, NULL) : strtod(text, NULL);
}

static const char *print_real(struct lower *lower, CXCursor cursor, double value, const struct type *type) {
    enum type_scalar scalar = type_strip(type)->scalar;
    if (scalar == SCALAR_LDOUBLE)
        front_refuse(lower, cursor,
                     "the text of this constant cannot be read: write it outside of the macro");
    const char *text = arena_printf(lower->front->arena, scalar == SCALAR_FLOAT ? "%.9g" : "%.17g", value);
    const char *point = strpbrk(text, ".en") ? "" : ".0";
    return arena_printf(lower->front->arena, "%s%s%s", text, point, scalar == SCALAR_FLOAT ? "f" : "");
}

static struct expr *lower_real(struct lower *lower, CXCursor cursor) {
    struct type *type = front_type(lower->front, clang_getCursorType(cursor));
    const char *text = front_literal_text(lower->front, cursor);
    double value;
    if (!evaluate_real(cursor, &value))
        front_refuse(lower, cursor, "the value of this constant cannot be read");
    double parsed = text ? parse_real(text, type) : 0;
    if (!text || memcmp(&parsed, &value, sizeof value) != 0)
        text = print_real(lower, cursor, value, type);
    return expr_real(lower->unit, text, type);
}

static struct expr *lower_string(struct lower *lower, CXCursor cursor) {
    struct type *type = front_type(lower->front, clang_getCursorType(cursor));
    return expr_string(lower->unit, front_spelling(lower->front, cursor), type);
}

/* ---- references --------------------------------------------------------------------------------- */

static struct expr *lower_enumerator(struct lower *lower, CXCursor constant) {
    struct expr *value = expr_int(lower->unit, clang_getEnumConstantDeclValue(constant));
    return expr_named(lower->unit, front_spelling(lower->front, constant), value);
}

static struct expr *lower_reference(struct lower *lower, CXCursor cursor) {
    CXCursor declaration = clang_getCursorReferenced(cursor);
    switch ((int)clang_getCursorKind(declaration)) {
    case CXCursor_EnumConstantDecl: return lower_enumerator(lower, declaration);
    case CXCursor_FunctionDecl: return expr_func(lower->unit, front_function(lower->front, declaration));
    case CXCursor_ParmDecl:
    case CXCursor_VarDecl: return expr_var(lower->unit, front_lookup(lower, declaration));
    default:
        front_refuse(lower, cursor, "this name is not understood: it is no variable, function or enumerator");
    }
}

/* ---- parts of objects --------------------------------------------------------------------------- */

/* The array itself below its conversion to a pointer. */
static struct expr *without_decay(struct expr *base) {
    bool decayed = base->kind == EXPR_CAST && base->u.implicit && type_is_array(base->args[0]->type);
    return decayed && expr_is_lvalue(base->args[0]) ? base->args[0] : base;
}

static struct expr *lower_subscript(struct lower *lower, CXCursor cursor) {
    struct children parts = front_parts(lower->front, cursor);
    if (parts.count != 2)
        front_refuse(lower, cursor, "this subscript is not understood");
    struct expr *base = front_lower_value(lower, parts.items[0]);
    struct expr *index = front_lower_value(lower, parts.items[1]);
    if (type_is_int(base->type)) { /* 2[a] */
        struct expr *swapped = base;
        base = index;
        index = swapped;
    }
    if (!type_is_pointer(base->type) && !type_is_array(base->type))
        front_refuse(lower, cursor, "only arrays and pointers can have subscripts");
    return expr_index(lower->unit, without_decay(base), index);
}

static struct expr *lower_member(struct lower *lower, CXCursor cursor) {
    struct children parts = front_parts(lower->front, cursor);
    const char *name = front_spelling(lower->front, cursor);
    if (parts.count != 1)
        front_refuse(lower, cursor, "this member access is not understood");
    struct expr *base = front_lower_value(lower, parts.items[0]);
    struct type *record = type_is_pointer(base->type) ? type_target(base->type) : base->type;
    if (!*name || strchr(name, '('))
        return base; /* an anonymous member: its own members are those of the record around it */
    if (!type_is_record(record) || !type_field(record, name))
        front_refuse(lower, cursor, "the member '%s' is not understood", name);
    return expr_field(lower->unit, base, name);
}

/* ---- statement expressions ---------------------------------------------------------------------- */

/* ({ ...; e; }): its statements come before, and its value, that of the last one, is kept. What it declares
 * stays in sight, as the statements are in the block around it. */
static struct expr *lower_statement_expression(struct lower *lower, CXCursor cursor, bool wanted) {
    struct children parts = front_parts(lower->front, cursor);
    struct children items = front_parts(lower->front, parts.items[0]);
    struct expr *value = NULL;
    for (size_t i = 0; i < items.count; i++) {
        bool last = i + 1 == items.count;
        if (last && wanted && clang_isExpression(clang_getCursorKind(items.items[i])))
            value = front_save(lower, front_lower_full(lower, items.items[i]), "value");
        else
            front_lower_statement(lower, items.items[i]);
    }
    if (wanted && !value)
        front_refuse(lower, cursor, "this statement expression has no value");
    return value;
}

/* ---- values ------------------------------------------------------------------------------------- */

CXCursor front_unwrapped(struct lower *lower, CXCursor cursor) {
    for (;;) {
        enum CXCursorKind kind = clang_getCursorKind(cursor);
        bool extension = kind == CXCursor_UnaryOperator &&
                         clang_getCursorUnaryOperatorKind(cursor) == CXUnaryOperator_Extension;
        struct children parts = front_parts(lower->front, cursor);
        if ((kind != CXCursor_ParenExpr && !extension) || parts.count != 1)
            return cursor;
        cursor = parts.items[0];
    }
}

static struct expr *lower_parenthesized(struct lower *lower, CXCursor cursor) {
    struct children parts = front_parts(lower->front, cursor);
    if (parts.count != 1)
        front_refuse(lower, cursor, "these parentheses are not understood");
    return front_lower_value(lower, parts.items[0]);
}

static struct expr *lower_shape(struct lower *lower, CXCursor cursor) {
    switch ((int)clang_getCursorKind(cursor)) {
    case CXCursor_ParenExpr: return lower_parenthesized(lower, cursor);
    case CXCursor_UnexposedExpr: return front_lower_unexposed(lower, cursor);
    case CXCursor_IntegerLiteral:
    case CXCursor_CharacterLiteral:
    case CXCursor_CXXBoolLiteralExpr: return lower_integer(lower, cursor);
    case CXCursor_FloatingLiteral: return lower_real(lower, cursor);
    case CXCursor_StringLiteral: return lower_string(lower, cursor);
    case CXCursor_DeclRefExpr: return lower_reference(lower, cursor);
    case CXCursor_UnaryOperator: return front_lower_unary(lower, cursor);
    case CXCursor_BinaryOperator: return front_lower_binary(lower, cursor);
    case CXCursor_CompoundAssignOperator: return front_lower_compound(lower, cursor);
    case CXCursor_ConditionalOperator: return front_lower_conditional(lower, cursor);
    case CXCursor_CStyleCastExpr: return front_lower_cast(lower, cursor);
    case CXCursor_ArraySubscriptExpr: return lower_subscript(lower, cursor);
    case CXCursor_MemberRefExpr: return lower_member(lower, cursor);
    case CXCursor_CallExpr: return front_lower_call(lower, cursor);
    case CXCursor_UnaryExpr: return front_lower_sizeof(lower, cursor);
    case CXCursor_CompoundLiteralExpr: return front_lower_compound_literal(lower, cursor);
    case CXCursor_StmtExpr: return lower_statement_expression(lower, cursor, true);
    case CXCursor_GenericSelectionExpr:
        front_refuse(lower, cursor, "_Generic is not supported: call the function by its name");
    case CXCursor_AddrLabelExpr:
        front_refuse(lower, cursor, "the address of a label is not supported: use a switch");
    default:
        front_refuse(lower, cursor, "an expression of this kind (%s) is not supported",
                     front_string(lower->front, clang_getCursorKindSpelling(clang_getCursorKind(cursor))));
    }
}

/* ---- macros kept by name ------------------------------------------------------------------------ */

static bool find_variable(struct expr *expr, void *data) {
    bool *found = data;
    switch (expr->kind) {
    case EXPR_VAR:
    case EXPR_FUNC:
    case EXPR_INDEX:
    case EXPR_DEREF:
    case EXPR_ADDR:
    case EXPR_FIELD:
    case EXPR_MATH:
    case EXPR_INIT: *found = true; break;
    case EXPR_INT:
    case EXPR_REAL:
    case EXPR_STRING:
    case EXPR_NAMED:
    case EXPR_UNARY:
    case EXPR_BINARY:
    case EXPR_COND:
    case EXPR_CAST:
    case EXPR_SIZEOF: break;
    }
    return !*found;
}

static bool is_constant(struct expr *expr) {
    bool found = false;
    expr_walk(expr, find_variable, &found);
    return !found;
}

/* The name means the innermost expression below the conversions of its use, and nothing inside it has a name
 * of its own. */
static struct expr *lower_macro(struct lower *lower, CXCursor cursor, const char *name) {
    lower->in_macro = true;
    struct expr *meaning = lower_shape(lower, cursor);
    lower->in_macro = false;
    bool named = meaning->kind == EXPR_NAMED && strcmp(meaning->u.text, name) == 0;
    return is_constant(meaning) && !named ? expr_named(lower->unit, name, meaning) : meaning;
}

struct expr *front_lower_value(struct lower *lower, CXCursor cursor) {
    front_check_type(lower, cursor);
    bool conversion = clang_getCursorKind(cursor) == CXCursor_UnexposedExpr;
    const char *macro = lower->in_macro || conversion ? NULL : front_macro_name(lower->front, cursor);
    struct expr *expr = macro ? lower_macro(lower, cursor, macro) : lower_shape(lower, cursor);
    if (!expr->loc.file)
        expr->loc = front_cursor_loc(lower->front, cursor);
    return expr;
}

struct expr *front_lower_full(struct lower *lower, CXCursor cursor) {
    struct detour detour;
    front_detour_begin(lower, &detour, lower->out);
    struct expr *value = front_lower_value(lower, cursor);
    front_sequence_point(lower, &value, 1);
    front_detour_end(lower, &detour);
    return value;
}

/* ---- effects ------------------------------------------------------------------------------------ */

static bool is_increment(CXCursor cursor) {
    if (clang_getCursorKind(cursor) != CXCursor_UnaryOperator)
        return false;
    enum CXUnaryOperatorKind op = clang_getCursorUnaryOperatorKind(cursor);
    return op >= CXUnaryOperator_PostInc && op <= CXUnaryOperator_PreDec;
}

/* Conversions of a value that nobody uses. */
static CXCursor without_conversions(struct lower *lower, CXCursor cursor) {
    for (;;) {
        cursor = front_unwrapped(lower, cursor);
        enum CXCursorKind kind = clang_getCursorKind(cursor);
        struct children parts = front_parts(lower->front, cursor);
        if ((kind != CXCursor_UnexposedExpr && kind != CXCursor_CStyleCastExpr) || parts.count != 1)
            return cursor;
        cursor = parts.items[0];
    }
}

static void discard_comma(struct lower *lower, CXCursor cursor) {
    struct children parts = front_parts(lower->front, cursor);
    front_lower_effect(lower, parts.items[0]);
    front_lower_discarded(lower, parts.items[1]);
}

static bool is_comma(CXCursor cursor) {
    return clang_getCursorKind(cursor) == CXCursor_BinaryOperator &&
           clang_getCursorBinaryOperatorKind(cursor) == CXBinaryOperator_Comma;
}

void front_lower_discarded(struct lower *lower, CXCursor cursor) {
    cursor = without_conversions(lower, cursor);
    if (is_comma(cursor))
        discard_comma(lower, cursor);
    else if (clang_getCursorKind(cursor) == CXCursor_ConditionalOperator || front_is_logical(cursor))
        front_lower_logical_effect(lower, cursor);
    else if (clang_getCursorKind(cursor) == CXCursor_StmtExpr)
        lower_statement_expression(lower, cursor, false);
    else if (is_increment(cursor))
        front_lower_increment(lower, cursor);
    else if (front_is_call_statement(lower, cursor))
        front_lower_call_into(lower, NULL, cursor);
    else
        front_lower_value(lower, cursor);
}

void front_lower_effect(struct lower *lower, CXCursor cursor) {
    struct detour detour;
    front_detour_begin(lower, &detour, lower->out);
    front_lower_discarded(lower, cursor);
    front_sequence_point(lower, NULL, 0);
    front_detour_end(lower, &detour);
}

/* Calls and choices put their value where it belongs. */
bool front_assigns_itself(struct lower *lower, CXCursor cursor) {
    for (;;) {
        cursor = front_unwrapped(lower, cursor);
        enum CXCursorKind kind = clang_getCursorKind(cursor);
        struct children parts = front_parts(lower->front, cursor);
        if ((kind != CXCursor_CStyleCastExpr && kind != CXCursor_UnexposedExpr) || parts.count != 1)
            return kind == CXCursor_ConditionalOperator || front_is_call_statement(lower, cursor);
        cursor = parts.items[0];
    }
}

void front_lower_into(struct lower *lower, struct expr *to, CXCursor cursor) {
    cursor = front_memory_call(lower, to->type, front_unwrapped(lower, cursor));
    if (front_is_call_statement(lower, cursor))
        front_lower_call_into(lower, to, cursor);
    else if (clang_getCursorKind(cursor) == CXCursor_ConditionalOperator)
        front_lower_conditional_into(lower, to, cursor);
    else
        front_emit_set(lower, to, front_lower_value(lower, cursor), false);
}
