/* operator: unary, binary and assignment operators, conversions, sizeof.
 *
 * Conversions that C makes by itself are implicit casts in libclang's tree (CXCursor_UnexposedExpr with one
 * child), and become implicit casts here; but for the computation type of `a op= b`, which the C API does not
 * give: C11 6.5.16.2 and 6.3.1.8 do.
 */
#include "front/front_private.h"

/* ---- conversions -------------------------------------------------------------------------------- */

static bool is_boolean(const struct type *type) {
    const struct type *meaning = type_strip(type);
    return meaning->kind == TYPE_INT && meaning->scalar == SCALAR_BOOL;
}

static bool can_convert(const struct type *from, const struct type *to) {
    if (type_is_arith(from) && type_is_arith(to))
        return true;
    if (type_is_pointer(to))
        return type_is_pointer(from) || type_is_int(from);
    return type_is_pointer(from) && is_boolean(to);
}

struct expr *front_convert(struct lower *lower, CXCursor cursor, struct expr *value, struct type *to) {
    if (type_is_array(value->type) || type_strip(value->type)->kind == TYPE_FUNCTION)
        value = expr_cast(lower->unit, type_decay(lower->front->types, value->type), value, true);
    if (type_strip(to)->kind ==
        TYPE_FUNCTION) /* libclang gives the type as written to an adjusted parameter */
        to = type_decay(lower->front->types, to);
    if (type_same(value->type, to) || type_is_void(to))
        return value;
    if (!can_convert(value->type, to))
        front_refuse(lower, cursor, "this conversion is not supported");
    return expr_cast(lower->unit, type_quals(to) ? type_strip(to) : to, value, true);
}

/* offsetof is unexposed, too, with references to its type and member as its children. */
static struct expr *lower_offsetof(struct lower *lower, CXCursor cursor) {
    long long value;
    struct children children = front_children(lower->front, cursor);
    bool shape = children.count >= 1 && clang_getCursorType(cursor).kind == CXType_ULong;
    for (size_t i = 0; i < children.count; i++) {
        enum CXCursorKind kind = clang_getCursorKind(children.items[i]);
        shape = shape && (kind == CXCursor_TypeRef || kind == CXCursor_MemberRef);
    }
    if (!shape || !front_evaluate(cursor, &value))
        front_refuse(lower, cursor, "an expression of this kind is not supported: use plain C11 operators");
    return expr_int_typed(lower->unit, value, type_scalar(lower->front->types, SCALAR_ULONG));
}

struct expr *front_convert_int(struct lower *lower, struct expr *value, struct type *to) {
    return type_same(value->type, to) ? value : expr_cast(lower->unit, to, value, true);
}

static bool is_array_kind(enum CXTypeKind kind) {
    return kind == CXType_ConstantArray || kind == CXType_IncompleteArray || kind == CXType_VariableArray;
}

struct expr *front_lower_unexposed(struct lower *lower, CXCursor cursor) {
    struct children parts = front_parts(lower->front, cursor);
    if (parts.count == 0)
        return lower_offsetof(lower, cursor);
    if (parts.count != 1)
        front_refuse(
            lower, cursor,
            "an expression of this kind (such as `a ?: b`) is not supported: use plain C11 operators");
    struct expr *value = front_lower_value(lower, parts.items[0]);
    bool to_array = is_array_kind(clang_getCanonicalType(clang_getCursorType(cursor)).kind);
    if (to_array && (value->kind == EXPR_STRING || type_is_pointer(value->type)))
        return value; /* __func__; an array parameter, which is shown as it is written */
    if (type_is_array(value->type) || type_strip(value->type)->kind == TYPE_FUNCTION)
        return front_convert(lower, cursor, value, type_decay(lower->front->types, value->type));
    return front_convert(lower, cursor, value, front_type(lower->front, clang_getCursorType(cursor)));
}

static bool has_variable_extent(CXType type) {
    for (;;) {
        if (type.kind == CXType_VariableArray)
            return true;
        if (type.kind == CXType_Pointer)
            type = clang_getPointeeType(type);
        else if (is_array_kind(type.kind))
            type = clang_getArrayElementType(type);
        else
            return false;
    }
}

/* The type as written. What stands before the operand are its extents, or the operand of a typeof. */
static struct type *cast_type(struct lower *lower, CXCursor cursor, const struct children *parts) {
    CXType written = clang_getCursorType(cursor);
    if (!has_variable_extent(clang_getCanonicalType(written)))
        return front_type(lower->front, written);
    if (parts->count - 1 > front_array_levels(written))
        front_refuse(lower, cursor,
                     "this cast is not understood: declare a pointer of that type and assign it");
    struct dims dims = {.items = NEW_ARRAY(lower->front->arena, struct expr *, parts->count)};
    for (size_t i = parts->count - 1; i-- > 0;)
        dims.items[dims.count++] = front_lower_full(lower, parts->items[i]);
    return front_type_dims(lower->front, written, &dims);
}

/* ---- reals in a row: `(float *)&vector` -------------------------------------------------------------------
 */

static bool is_real_alone(const struct type *type) {
    return type_strip(type)->kind == TYPE_REAL;
}

/* The address of the first real of what the pointer leads to: an array, a struct, or these in each other. It
 * is printed as a cast, for compilers take it that `&vector.x` leads to x alone. */
static struct expr *row_of_reals(struct lower *lower, struct expr *pointer) {
    struct unit *unit = lower->unit;
    bool decayed = pointer->kind == EXPR_CAST && pointer->u.implicit && type_is_array(pointer->args[0]->type);
    struct expr *part = decayed ? pointer->args[0] : pointer;
    size_t inside = 0;
    for (; !is_real_alone(part->type); inside++) {
        const struct type *whole = type_is_pointer(part->type) ? type_target(part->type) : part->type;
        if (type_is_record(whole))
            part = expr_field(unit, part, type_strip(whole)->record->fields[0].name);
        else
            part = expr_index(unit, part, expr_int(unit, 0));
    }
    struct expr *address = expr_addr(unit, part);
    address->u.inside = inside;
    return address;
}

static bool is_row_of_reals(const struct type *pointer, const struct type *to) {
    if (!type_is_pointer(pointer) || !type_is_pointer(to) || !is_real_alone(type_target(to)))
        return false;
    const struct type *inside = type_target(pointer);
    return !is_real_alone(inside) && front_sole_real(inside) == type_strip(type_target(to))->scalar;
}

struct expr *front_lower_cast(struct lower *lower, CXCursor cursor) {
    struct children parts = front_parts(lower->front, cursor);
    if (parts.count == 0)
        front_refuse(lower, cursor, "this cast is not understood");
    struct type *type = cast_type(lower, cursor, &parts);
    struct expr *value = front_lower_value(lower, parts.items[parts.count - 1]);
    if (type_is_void(type))
        return value;
    bool integer = type_is_pointer(value->type) && type_is_int(type);
    if (!can_convert(value->type, type) && !integer && !type_same(value->type, type))
        front_refuse(lower, cursor, "this cast is not supported");
    if (is_row_of_reals(value->type, type))
        value = row_of_reals(lower, value);
    return type_same(value->type, type) ? value : expr_cast(lower->unit, type, value, false);
}

/* ---- sizeof ------------------------------------------------------------------------------------- */

/* Of a type operand libclang shows the extents in it, but neither a keyword nor the declarator: the text has
 * them. */
struct size_text {
    const struct token_table *table;
    size_t operand;        /* the token behind `sizeof` */
    struct children parts; /* the operand, or the extents in a type */
};

static struct expr *size_constant(struct lower *lower, CXCursor cursor) {
    long long value;
    if (!front_evaluate(cursor, &value))
        front_refuse(lower, cursor, "the value of this sizeof cannot be read");
    return expr_int_typed(lower->unit, value, type_scalar(lower->front->types, SCALAR_ULONG));
}

static struct expr *size_of_type(struct lower *lower, CXCursor operand, struct type *type) {
    if (type_is_nameless(type))
        front_refuse(lower, operand,
                     "the size of a struct without a name is not supported: give the struct a tag");
    return expr_sizeof(lower->unit, type);
}

/* An unevaluated operand: only its type counts. */
static struct expr *size_of_expression(struct lower *lower, CXCursor operand) {
    struct block unused = {0};
    struct detour detour;
    front_detour_begin(lower, &detour, &unused);
    struct expr *value = front_lower_value(lower, operand);
    front_sequence_point(lower, NULL, 0);
    front_detour_end(lower, &detour);
    if (type_is_array(value->type) && unused.count) /* of a variable length array it is evaluated */
        front_refuse(lower, operand,
                     "an operand of sizeof with side effects is not supported: evaluate it before");
    return size_of_type(lower, operand, value->type);
}

static struct type *type_of_keyword(struct lower *lower, size_t index) {
    for (int scalar = 0; scalar < SCALAR_COUNT; scalar++)
        if (token_is(lower->tokens, index, type_scalar_name((enum type_scalar)scalar)))
            return type_scalar(lower->front->types, (enum type_scalar)scalar);
    return NULL;
}

/* The extent between the bracket at `*index` and the next one. */
static struct expr *bracketed_extent(struct lower *lower, const struct size_text *text, size_t *index) {
    unsigned begin = text->table->items[*index].begin;
    while (*index + 1 < text->table->count && !token_is(text->table, *index, "]"))
        ++*index;
    for (size_t i = 0; i < text->parts.count; i++) {
        struct extent extent = front_extent(text->parts.items[i]);
        if (extent.begin > begin && extent.end <= text->table->items[*index].begin)
            return front_lower_full(lower, text->parts.items[i]);
    }
    return NULL;
}

/* `[2][n]`, outermost first; NULL if an extent is not found. */
static struct type *bracketed_type(struct lower *lower, const struct size_text *text, struct type *of,
                                   size_t *index) {
    if (!token_is(text->table, *index, "["))
        return of;
    struct expr *count = bracketed_extent(lower, text, index);
    ++*index;
    struct type *element = bracketed_type(lower, text, of, index);
    return count && element ? type_array(lower->front->types, element, count) : NULL;
}

/* The type in `sizeof(T **)` or `sizeof(T[n])`, T a keyword, a typedef name or a tagged type; NULL for more.
 */
static struct type *size_operand(struct lower *lower, CXCursor cursor, const struct size_text *text) {
    const struct token_table *table = text->table;
    struct children children = front_children(lower->front, cursor);
    bool named = children.count && clang_getCursorKind(children.items[0]) == CXCursor_TypeRef;
    size_t index = text->operand + 1;
    if (token_is(table, index, "const"))
        index++;
    struct type *type = named ? front_type(lower->front, clang_getCursorType(children.items[0]))
                              : type_of_keyword(lower, index);
    if (token_is(table, index, "struct") || token_is(table, index, "union") || token_is(table, index, "enum"))
        index++;
    for (index++; type && token_is(table, index, "*"); index++)
        type = type_pointer(lower->front->types, type);
    if (type)
        type = bracketed_type(lower, text, type, &index);
    return token_is(table, index, ")") && table->items[index].end == front_extent(cursor).end ? type : NULL;
}

/* False if a macro made the operator, so that its text is not at hand. */
static bool find_size_text(struct lower *lower, CXCursor cursor, struct size_text *text) {
    struct extent extent = front_extent(cursor);
    text->table = lower->tokens;
    text->parts = front_parts(lower->front, cursor);
    size_t index = token_find(text->table, extent.begin);
    text->operand = token_skip_comments(text->table, index + 1);
    return front_same_file(extent.file, text->table->file) && token_is(text->table, index, "sizeof");
}

/* An expression stands right behind `sizeof`; the extent of a type stands in its brackets. */
static bool is_size_of_expression(const struct size_text *text) {
    return text->parts.count == 1 && text->operand < text->table->count &&
           front_extent(text->parts.items[0]).begin == text->table->items[text->operand].begin;
}

struct expr *front_lower_sizeof(struct lower *lower, CXCursor cursor) {
    struct size_text text;
    if (!find_size_text(lower, cursor, &text))
        return size_constant(lower, cursor);
    if (is_size_of_expression(&text))
        return size_of_expression(lower, text.parts.items[0]);
    bool is_type = token_is(text.table, text.operand, "(");
    struct type *type = is_type ? size_operand(lower, cursor, &text) : NULL;
    return type ? size_of_type(lower, cursor, type) : size_constant(lower, cursor);
}

/* ---- unary operators ---------------------------------------------------------------------------- */

static struct expr *lower_operand(struct lower *lower, CXCursor cursor) {
    struct children parts = front_parts(lower->front, cursor);
    if (parts.count != 1)
        front_refuse(lower, cursor, "this operator is not understood");
    return front_lower_value(lower, parts.items[0]);
}

static bool is_decrement(CXCursor cursor) {
    enum CXUnaryOperatorKind op = clang_getCursorUnaryOperatorKind(cursor);
    return op == CXUnaryOperator_PostDec || op == CXUnaryOperator_PreDec;
}

/* to += 1, to += -1 */
static struct stmt *increment(struct lower *lower, CXCursor cursor, struct expr *to) {
    if (is_boolean(to->type))
        front_refuse(lower, cursor, "++ and -- of a _Bool are not supported: assign it");
    struct expr *one = expr_int(lower->unit, 1);
    if (type_is_real(to->type))
        one = front_convert(lower, cursor, one, to->type);
    if (is_decrement(cursor))
        one = expr_unary(lower->unit, UNARY_NEG, one);
    struct stmt *stmt = stmt_set(lower->unit, to, one, true);
    stmt->loc = front_cursor_loc(lower->front, cursor);
    return stmt;
}

void front_lower_increment(struct lower *lower, CXCursor cursor) {
    front_emit(lower, increment(lower, cursor, lower_operand(lower, cursor)));
}

static struct expr *lower_pre_increment(struct lower *lower, CXCursor cursor) {
    struct expr *to = lower_operand(lower, cursor);
    front_emit(lower, increment(lower, cursor, to));
    return front_copy(lower, to);
}

static struct expr *lower_post_increment(struct lower *lower, CXCursor cursor) {
    struct expr *to = lower_operand(lower, cursor);
    front_defer(lower, increment(lower, cursor, to));
    return front_copy(lower, to);
}

static struct expr *lower_address(struct lower *lower, CXCursor cursor) {
    struct expr *object = lower_operand(lower, cursor);
    if (object->kind == EXPR_DEREF) /* &*p */
        return object->args[0];
    if (object->kind == EXPR_FUNC)
        return front_convert(lower, cursor, object, type_decay(lower->front->types, object->type));
    if (!expr_is_lvalue(object))
        front_refuse(lower, cursor,
                     "the address of this is not supported: take that of a variable or a part of one");
    return expr_addr(lower->unit, object);
}

static struct expr *lower_dereference(struct lower *lower, CXCursor cursor) {
    struct expr *pointer = lower_operand(lower, cursor);
    bool leads_to_function =
        !type_is_pointer(pointer->type) || type_strip(type_target(pointer->type))->kind == TYPE_FUNCTION;
    if (leads_to_function)
        front_refuse(lower, cursor,
                     "pointers to functions are not supported here: call the function by its name");
    return expr_deref(lower->unit, pointer);
}

static struct expr *lower_arithmetic_unary(struct lower *lower, CXCursor cursor, enum unary_op op) {
    struct expr *operand = lower_operand(lower, cursor);
    if (!type_is_scalar(operand->type))
        front_refuse(lower, cursor, "an operand of this type is not supported");
    return expr_unary(lower->unit, op, operand);
}

struct expr *front_lower_unary(struct lower *lower, CXCursor cursor) {
    switch ((int)clang_getCursorUnaryOperatorKind(cursor)) {
    case CXUnaryOperator_PostInc:
    case CXUnaryOperator_PostDec: return lower_post_increment(lower, cursor);
    case CXUnaryOperator_PreInc:
    case CXUnaryOperator_PreDec: return lower_pre_increment(lower, cursor);
    case CXUnaryOperator_AddrOf: return lower_address(lower, cursor);
    case CXUnaryOperator_Deref: return lower_dereference(lower, cursor);
    case CXUnaryOperator_Plus: return lower_arithmetic_unary(lower, cursor, UNARY_PLUS);
    case CXUnaryOperator_Minus: return lower_arithmetic_unary(lower, cursor, UNARY_NEG);
    case CXUnaryOperator_Not: return lower_arithmetic_unary(lower, cursor, UNARY_NOT);
    case CXUnaryOperator_LNot: return lower_arithmetic_unary(lower, cursor, UNARY_LNOT);
    case CXUnaryOperator_Extension: return lower_operand(lower, cursor);
    default: front_refuse(lower, cursor, "this operator is not supported: use plain C11 operators");
    }
}

/* ---- binary operators --------------------------------------------------------------------------- */

static bool binary_op_of(int kind, enum binary_op *op) {
    static const struct {
        int kind, assigning;
        enum binary_op op;
    } table[] = {
        {CXBinaryOperator_Add, CXBinaryOperator_AddAssign, BINARY_ADD},
        {CXBinaryOperator_Sub, CXBinaryOperator_SubAssign, BINARY_SUB},
        {CXBinaryOperator_Mul, CXBinaryOperator_MulAssign, BINARY_MUL},
        {CXBinaryOperator_Div, CXBinaryOperator_DivAssign, BINARY_DIV},
        {CXBinaryOperator_Rem, CXBinaryOperator_RemAssign, BINARY_REM},
        {CXBinaryOperator_Shl, CXBinaryOperator_ShlAssign, BINARY_SHL},
        {CXBinaryOperator_Shr, CXBinaryOperator_ShrAssign, BINARY_SHR},
        {CXBinaryOperator_And, CXBinaryOperator_AndAssign, BINARY_AND},
        {CXBinaryOperator_Or, CXBinaryOperator_OrAssign, BINARY_OR},
        {CXBinaryOperator_Xor, CXBinaryOperator_XorAssign, BINARY_XOR},
        {CXBinaryOperator_LT, 0, BINARY_LT},
        {CXBinaryOperator_GT, 0, BINARY_GT},
        {CXBinaryOperator_LE, 0, BINARY_LE},
        {CXBinaryOperator_GE, 0, BINARY_GE},
        {CXBinaryOperator_EQ, 0, BINARY_EQ},
        {CXBinaryOperator_NE, 0, BINARY_NE},
    };
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        if (kind != 0 && (table[i].kind == kind || table[i].assigning == kind)) {
            *op = table[i].op;
            return true;
        }
    }
    return false;
}

bool front_is_assignment(CXCursor cursor) {
    enum CXCursorKind kind = clang_getCursorKind(cursor);
    return kind == CXCursor_CompoundAssignOperator ||
           (kind == CXCursor_BinaryOperator &&
            clang_getCursorBinaryOperatorKind(cursor) == CXBinaryOperator_Assign);
}

static struct children two_operands(struct lower *lower, CXCursor cursor) {
    struct children parts = front_parts(lower->front, cursor);
    if (parts.count != 2)
        front_refuse(lower, cursor, "this operator is not understood");
    return parts;
}

static struct expr *lower_target(struct lower *lower, CXCursor cursor) {
    struct expr *to = front_lower_value(lower, cursor);
    if (!expr_is_lvalue(to))
        front_refuse(lower, cursor, "an assignment to this is not supported");
    return to;
}

static bool is_null_pointer(const struct expr *value) {
    long long number;
    while (value->kind == EXPR_CAST || (value->kind == EXPR_NAMED && value->arg_count == 1))
        value = value->args[0];
    return expr_is_const_int(value, &number) && number == 0;
}

/* Which side comes first is open in C; as most compilers do, the right one, unless that is assigned from
 * inside. */
static struct expr *lower_assignment(struct lower *lower, CXCursor cursor) {
    struct children parts = two_operands(lower, cursor);
    struct expr *to;
    if (front_assigns_itself(lower, parts.items[1])) {
        to = lower_target(lower, parts.items[0]);
        front_lower_into(lower, to, parts.items[1]);
    } else {
        struct expr *value = front_lower_value(lower, parts.items[1]);
        to = lower_target(lower, parts.items[0]);
        front_emit_set(lower, to, value, false);
        if (type_is_pointer(to->type) && is_null_pointer(value))
            return front_copy(lower, value); /* p = q = NULL: nothing is taken from q */
    }
    return front_copy(lower, to);
}

static struct expr *lower_comma(struct lower *lower, CXCursor cursor) {
    struct children parts = two_operands(lower, cursor);
    front_lower_effect(lower, parts.items[0]);
    return front_lower_value(lower, parts.items[1]);
}

static struct expr *lower_arithmetic(struct lower *lower, CXCursor cursor) {
    struct children parts = two_operands(lower, cursor);
    enum binary_op op;
    if (!binary_op_of((int)clang_getCursorBinaryOperatorKind(cursor), &op))
        front_refuse(lower, cursor, "this operator is not supported: use plain C11 operators");
    struct expr *left = front_lower_value(lower, parts.items[0]);
    struct expr *right = front_lower_value(lower, parts.items[1]);
    if (!type_is_scalar(left->type) || !type_is_scalar(right->type))
        front_refuse(lower, cursor, "an operand of this type is not supported");
    return expr_binary(lower->unit, op, left, right);
}

struct expr *front_lower_binary(struct lower *lower, CXCursor cursor) {
    switch ((int)clang_getCursorBinaryOperatorKind(cursor)) {
    case CXBinaryOperator_Assign: return lower_assignment(lower, cursor);
    case CXBinaryOperator_Comma: return lower_comma(lower, cursor);
    case CXBinaryOperator_LAnd:
    case CXBinaryOperator_LOr: return front_lower_logical(lower, cursor);
    default: return lower_arithmetic(lower, cursor);
    }
}

/* ---- compound assignment ------------------------------------------------------------------------ */

/* `p -= n` is `p += -n`, where n must not be unsigned and narrower than a pointer. */
static struct expr *negated(struct lower *lower, CXCursor cursor, const struct expr *to, struct expr *value) {
    if (type_is_pointer(to->type))
        value = front_convert(lower, cursor, value, type_scalar(lower->front->types, SCALAR_LONG));
    return expr_unary(lower->unit, UNARY_NEG, value);
}

/* Whether `to += from` says it: the addition is made in the type of `to`, or a real `to` takes a rounded sum
 * as C does. */
static bool is_addition(enum binary_op op, const struct expr *to, const struct expr *from) {
    if (op != BINARY_ADD && op != BINARY_SUB)
        return false;
    if (type_is_pointer(to->type) || type_is_real(to->type))
        return true;
    return op == BINARY_ADD && type_is_int(from->type) && !is_boolean(to->type);
}

static struct expr *compound_value(struct lower *lower, CXCursor cursor, enum binary_op op, struct expr *to,
                                   struct expr *from) {
    struct types *types = lower->front->types;
    bool shift = op == BINARY_SHL || op == BINARY_SHR;
    struct type *promoted = type_promoted(types, to->type);
    struct type *computed = shift ? promoted : type_common(types, promoted, from->type);
    struct expr *left = front_convert(lower, cursor, front_copy(lower, to), computed);
    struct expr *right = shift ? from : front_convert(lower, cursor, from, computed);
    return front_convert(lower, cursor, expr_binary(lower->unit, op, left, right), to->type);
}

struct expr *front_lower_compound(struct lower *lower, CXCursor cursor) {
    struct children parts = two_operands(lower, cursor);
    enum binary_op op;
    if (!binary_op_of((int)clang_getCursorBinaryOperatorKind(cursor), &op))
        front_refuse(lower, cursor, "this operator is not supported: use plain C11 operators");
    struct expr *from = front_lower_value(lower, parts.items[1]);
    struct expr *to = lower_target(lower, parts.items[0]);
    if (!type_is_scalar(to->type) || !type_is_arith(from->type))
        front_refuse(lower, cursor, "a compound assignment to this is not supported");
    if (!is_addition(op, to, from))
        front_emit_set(lower, to, compound_value(lower, cursor, op, to, from), false);
    else
        front_emit_set(lower, to, op == BINARY_SUB ? negated(lower, cursor, to, from) : from, true);
    return front_copy(lower, to);
}
