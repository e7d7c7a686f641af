/* types: the types of libclang -> interned types of the IR.
 *
 * Typedef names stay, because people read the output; what a type means is asked of type_strip. libclang does
 * not connect the extents of a variably modified type with the type (it counts -4 elements): they are
 * children of the declaration, and come in as `dims`.
 *
 * A member of an anonymous struct or union is a member of the record around it: `s.x`, as C writes it. A
 * record with an anonymous union is_union as a whole if reals overlap in it.
 */
#include "front/front_private.h"

#include <string.h>

/* ---- scalars ------------------------------------------------------------------------------------ */

static enum type_scalar scalar_of(enum CXTypeKind kind) {
    static const struct {
        enum CXTypeKind kind;
        enum type_scalar scalar;
    } table[] = {
        {CXType_Bool, SCALAR_BOOL},          {CXType_Char_U, SCALAR_CHAR}, {CXType_Char_S, SCALAR_CHAR},
        {CXType_SChar, SCALAR_SCHAR},        {CXType_UChar, SCALAR_UCHAR}, {CXType_Short, SCALAR_SHORT},
        {CXType_UShort, SCALAR_USHORT},      {CXType_Int, SCALAR_INT},     {CXType_UInt, SCALAR_UINT},
        {CXType_Long, SCALAR_LONG},          {CXType_ULong, SCALAR_ULONG}, {CXType_LongLong, SCALAR_LLONG},
        {CXType_ULongLong, SCALAR_ULLONG},   {CXType_Float, SCALAR_FLOAT}, {CXType_Double, SCALAR_DOUBLE},
        {CXType_LongDouble, SCALAR_LDOUBLE},
    };
    for (size_t i = 0; i < sizeof table / sizeof *table; i++)
        if (table[i].kind == kind)
            return table[i].scalar;
    return SCALAR_COUNT;
}

static struct type *opaque(struct front *front, CXType type) {
    return type_opaque(front->types, front_string(front, clang_getTypeSpelling(type)));
}

/* ---- records ------------------------------------------------------------------------------------ */

struct extent_of_field { /* in bits */
    long long begin, end;
};

struct field_list {
    struct front *front;
    struct record *record;
    VEC(struct field) fields;
    VEC(struct extent_of_field) extents;
    long long base; /* of the anonymous record that is looked into, in bits */
    bool overlaps;  /* inside an anonymous union */
};

/* `struct tag` is spelled so; without a tag the spelling is the typedef's name, or a place in parentheses. */
static const char *tag_of(struct front *front, CXCursor declaration) {
    const char *spelling = front_string(front, clang_getTypeSpelling(clang_getCursorType(declaration)));
    const char *space = strchr(spelling, ' ');
    bool tagged = strncmp(spelling, "struct ", 7) == 0 || strncmp(spelling, "union ", 6) == 0 ||
                  strncmp(spelling, "enum ", 5) == 0;
    return tagged && !strchr(spelling, '(') ? intern(front->unit->names, space + 1) : NULL;
}

/* Without a name, a field is spelled by the place of its type, in parentheses. */
static const char *field_name(struct front *front, CXCursor field) {
    const char *name = front_spelling(front, field);
    return *name == '\0' || strchr(name, '(') ? NULL : name;
}

static enum CXVisitorResult add_field(CXCursor cursor, CXClientData data);

static enum CXVisitorResult first_size(CXCursor cursor, CXClientData data) {
    long long *size = data;
    *size = clang_Type_getSizeOf(clang_getCursorType(cursor));
    return CXVisit_Break;
}

/* `{0}` clears the first member: the others only as far as it reaches. */
static bool begins_whole(CXCursor record) {
    long long size = 0;
    clang_Type_visitFields(clang_getCursorType(record), first_size, &size);
    return clang_getCursorKind(record) != CXCursor_UnionDecl ||
           size == clang_Type_getSizeOf(clang_getCursorType(record));
}

static void add_anonymous(struct field_list *list, CXCursor field, CXCursor record) {
    bool before = list->overlaps;
    long long base = list->base;
    VEC_PUSH(list->front->arena, list->front->flattened, list->record);
    list->overlaps = before || clang_getCursorKind(record) == CXCursor_UnionDecl;
    list->base += clang_Cursor_getOffsetOfField(field);
    list->record->puns |= !begins_whole(record);
    clang_Type_visitFields(clang_getCursorType(record), add_field, list);
    list->overlaps = before;
    list->base = base;
}

static enum CXVisitorResult add_field(CXCursor cursor, CXClientData data) {
    struct field_list *list = data;
    struct front *front = list->front;
    const char *name = field_name(front, cursor);
    CXCursor inner = clang_getTypeDeclaration(clang_getCanonicalType(clang_getCursorType(cursor)));
    if (!name && clang_Cursor_isAnonymousRecordDecl(inner)) {
        add_anonymous(list, cursor, inner);
        return CXVisit_Continue;
    }
    if (!name) /* an unnamed bit-field is no member (C11 6.7.2.1p12) */
        return CXVisit_Continue;
    struct field field = {
        .name = name,
        .type = front_type(front, clang_getCursorType(cursor)),
        .bit_field = clang_Cursor_isBitField(cursor) != 0,
        .inactive = front_is_inactive(front, cursor),
    };
    if (list->overlaps && type_holds_real(field.type))
        list->record->is_union = true;
    long long begin = list->base + clang_Cursor_getOffsetOfField(cursor);
    long long bits = field.bit_field ? clang_getFieldDeclBitWidth(cursor)
                                     : 8 * clang_Type_getSizeOf(clang_getCursorType(cursor));
    struct extent_of_field extent = {begin, begin + bits};
    VEC_PUSH(front->arena, list->fields, field);
    VEC_PUSH(front->arena, list->extents, extent);
    return CXVisit_Continue;
}

/* ---- members that overlap ----------------------------------------------------------------------- */

enum type_scalar front_sole_real(const struct type *type) {
    const struct type *t = type_strip(type);
    if (t->kind == TYPE_ARRAY)
        return front_sole_real(t->under);
    if (t->kind == TYPE_REAL)
        return t->scalar;
    if (t->kind != TYPE_RECORD || t->record->field_count == 0 || t->record->puns)
        return SCALAR_COUNT;
    enum type_scalar sole = front_sole_real(t->record->fields[0].type);
    for (size_t k = 1; k < t->record->field_count; k++)
        if (front_sole_real(t->record->fields[k].type) != sole)
            return SCALAR_COUNT;
    return sole;
}

static bool overlap(const struct field_list *list, size_t a, size_t b) {
    const struct extent_of_field *x = &list->extents.items[a], *y = &list->extents.items[b];
    return x->begin < y->end && y->begin < x->end;
}

static bool puns(const struct field_list *list, size_t a, size_t b) {
    const struct type *first = list->fields.items[a].type, *second = list->fields.items[b].type;
    if (!type_holds_real(first) && !type_holds_real(second))
        return false;
    enum type_scalar sole = front_sole_real(first);
    return sole == SCALAR_COUNT || sole != front_sole_real(second);
}

static bool lies_within(const struct field_list *list, size_t inner, size_t outer) {
    const struct extent_of_field *x = &list->extents.items[inner], *y = &list->extents.items[outer];
    bool same = x->begin == y->begin && x->end == y->end;
    return x->begin >= y->begin && x->end <= y->end && !(same && inner < outer);
}

/* Views of the same reals, `struct { double x, y, z; }` and `double v[3]`, are one memory with two names: one
 * of them stands for both where all members are gone through. */
static void find_overlaid(struct field_list *list) {
    for (size_t a = 0; a < list->fields.count; a++)
        for (size_t b = 0; b < list->fields.count; b++)
            if (a != b && overlap(list, a, b) && lies_within(list, a, b))
                list->fields.items[a].overlaid = true;
}

/* `xy` and `yz` of three reals may overlap in part, as long as something stands for both. */
static void settle_overlaps(struct field_list *list) {
    const struct field *fields = list->fields.items;
    find_overlaid(list);
    for (size_t a = 0; a < list->fields.count; a++)
        for (size_t b = 0; b < list->fields.count; b++) {
            if (a == b || !overlap(list, a, b))
                continue;
            list->record->puns |= puns(list, a, b) || (!fields[a].overlaid && !fields[b].overlaid);
        }
}

static void find_mixed_pointers(struct field_list *list) {
    const struct field *fields = list->fields.items;
    for (size_t a = 0; a < list->fields.count; a++)
        for (size_t b = 0; b < list->fields.count && type_is_pointer(fields[a].type); b++)
            list->record->mixes_pointers |=
                a != b && overlap(list, a, b) && type_is_pointer(fields[b].type) &&
                type_reaches_real(fields[a].type) && !type_reaches_real(fields[b].type);
}

bool front_is_flattened(const struct front *front, const struct record *record) {
    for (size_t i = 0; i < front->flattened.count; i++)
        if (front->flattened.items[i] == record)
            return true;
    return false;
}

/* Registered before its fields are looked at: they may point back to it. */
static struct record *record_of(struct front *front, CXCursor declaration) {
    struct record *record = front_map_get(&front->records, declaration);
    if (record)
        return record;
    record = NEW(front->arena, struct record);
    front_map_put(front, &front->records, declaration, record);
    record->tag = tag_of(front, declaration);
    record->by_union = clang_getCursorKind(declaration) == CXCursor_UnionDecl;
    record->is_union = record->by_union;
    CXCursor definition = clang_getCursorDefinition(declaration);
    if (clang_Cursor_isNull(definition))
        return record;
    struct field_list list = {.front = front, .record = record};
    record->complete = true;
    record->puns = !begins_whole(definition);
    clang_Type_visitFields(clang_getCursorType(definition), add_field, &list);
    if (record->is_union)
        settle_overlaps(&list);
    if (record->by_union || front_is_flattened(front, record))
        find_mixed_pointers(&list);
    record->fields = list.fields.items;
    record->field_count = list.fields.count;
    return record;
}

/* Without a tag a record can only be named by its typedef, which libclang gives as its spelling. */
static struct type *record_type(struct front *front, CXType type) {
    CXCursor declaration = clang_getTypeDeclaration(type);
    struct record *record = record_of(front, declaration);
    struct type *bare = type_record(front->types, record);
    const char *spelling = front_string(front, clang_getTypeSpelling(clang_getCursorType(declaration)));
    bool by_typedef = !record->tag && !strchr(spelling, '(');
    return by_typedef ? type_named(front->types, spelling, bare) : bare;
}

static struct type *enum_type(struct front *front, CXType type) {
    CXCursor declaration = clang_getTypeDeclaration(type);
    const char *tag = tag_of(front, declaration);
    return tag ? type_enum(front->types, tag) : front_type(front, clang_getEnumDeclIntegerType(declaration));
}

/* ---- derived types ------------------------------------------------------------------------------ */

size_t front_array_levels(CXType type) {
    size_t levels = 0;
    for (;;) {
        switch ((int)type.kind) {
        case CXType_ConstantArray:
        case CXType_IncompleteArray:
        case CXType_VariableArray:
            levels++;
            type = clang_getArrayElementType(type);
            break;
        case CXType_Pointer: type = clang_getPointeeType(type); break;
        case CXType_Unexposed:
            if (clang_Type_getModifiedType(type).kind == CXType_Invalid)
                return levels;
            type = clang_Type_getModifiedType(type);
            break;
        default: return levels;
        }
    }
}

static struct expr *array_count(struct front *front, CXType type, struct dims *dims) {
    struct expr *written = dims && dims->next < dims->count ? dims->items[dims->next++] : NULL;
    long long size = clang_getArraySize(type);
    long long value;
    if (type.kind != CXType_ConstantArray)
        return type.kind == CXType_VariableArray ? written : NULL;
    if (written && expr_is_const_int(written, &value) && value == size)
        return written;
    return expr_int(front->unit, size);
}

static struct type *array_type(struct front *front, CXType type, struct dims *dims) {
    struct expr *count = array_count(front, type, dims);
    struct type *element = front_type_dims(front, clang_getArrayElementType(type), dims);
    return type_array(front->types, element, count);
}

static struct type *function_type(struct front *front, CXType type) {
    struct type *result = front_type(front, clang_getResultType(type));
    if (type.kind == CXType_FunctionNoProto)
        return type_function_unprototyped(front->types, result);
    size_t count = (size_t)clang_getNumArgTypes(type);
    struct type **params = NEW_ARRAY(front->arena, struct type *, count);
    for (size_t i = 0; i < count; i++)
        params[i] = front_type(front, clang_getArgType(type, (unsigned)i));
    return type_function(front->types, result, params, count, clang_isFunctionTypeVariadic(type) != 0);
}

static bool is_va_list(struct front *front, CXType type) {
    const char *spelling = front_string(front, clang_getTypeSpelling(clang_getCanonicalType(type)));
    return strstr(spelling, "__va_list") != NULL;
}

static struct type *typedef_type(struct front *front, CXType type) {
    const char *name = front_string(front, clang_getTypedefName(type));
    if (is_va_list(front, type))
        return type_opaque(front->types, name);
    CXType under = clang_getTypedefDeclUnderlyingType(clang_getTypeDeclaration(type));
    struct type *meaning =
        front_type(front, under.kind == CXType_Invalid ? clang_getCanonicalType(type) : under);
    if (meaning->kind == TYPE_NAMED && strcmp(meaning->name, name) == 0)
        return meaning; /* of a record without a tag */
    return type_named(front->types, name, meaning);
}

/* Sugar that has no name of its own: attributes, typeof, and whatever newer versions add. */
static struct type *sugared_type(struct front *front, CXType type, struct dims *dims) {
    CXType modified = clang_Type_getModifiedType(type);
    if (modified.kind != CXType_Invalid)
        return front_type_dims(front, modified, dims);
    CXType canonical = clang_getCanonicalType(type);
    if (canonical.kind != type.kind && canonical.kind != CXType_Invalid)
        return front_type_dims(front, canonical, dims);
    return opaque(front, type);
}

static struct type *unqualified(struct front *front, CXType type, struct dims *dims) {
    enum type_scalar scalar = scalar_of(type.kind);
    if (scalar != SCALAR_COUNT)
        return type_scalar(front->types, scalar);
    switch ((int)type.kind) { /* as an int: newer versions have more kinds */
    case CXType_Void: return type_void(front->types);
    case CXType_Pointer:
        return type_pointer(front->types, front_type_dims(front, clang_getPointeeType(type), dims));
    case CXType_ConstantArray:
    case CXType_IncompleteArray:
    case CXType_VariableArray: return array_type(front, type, dims);
    case CXType_Record: return record_type(front, type);
    case CXType_Enum: return enum_type(front, type);
    case CXType_Typedef: return typedef_type(front, type);
    case CXType_Elaborated: return front_type_dims(front, clang_Type_getNamedType(type), dims);
    case CXType_FunctionProto:
    case CXType_FunctionNoProto: return function_type(front, type);
    case CXType_Complex:
    case CXType_Vector:
    case CXType_ExtVector:
    case CXType_Atomic: return opaque(front, type);
    default: return sugared_type(front, type, dims);
    }
}

struct type *front_type_dims(struct front *front, CXType type, struct dims *dims) {
    unsigned quals = (clang_isConstQualifiedType(type) ? QUAL_CONST : 0u) |
                     (clang_isVolatileQualifiedType(type) ? QUAL_VOLATILE : 0u) |
                     (clang_isRestrictQualifiedType(type) ? QUAL_RESTRICT : 0u);
    struct type *plain = unqualified(front, type, dims);
    return quals ? type_qualified(front->types, plain, quals) : plain;
}

struct type *front_type(struct front *front, CXType type) {
    return front_type_dims(front, type, NULL);
}
