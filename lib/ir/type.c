/* type: one table of structurally interned types.
 *
 * Sugar is part of the structure: a typedef, a qualifier or the spelling of an array's extent (`double x[N]`)
 * makes a type of its own, so that it prints as it was written. What a type means is asked of type_strip and
 * type_same. Array counts that are not constant (VLA) are compared as expressions.
 */
#include "ir/ir.h"

#include <string.h>

struct types {
    struct arena *arena;
    VEC(struct type *) all; /* by id */
    size_t *table;          /* id + 1; 0: free. Open addressing, at most half full */
    size_t capacity;        /* a power of two */
};

struct types *types_create(struct arena *arena) {
    struct types *types = NEW(arena, struct types);
    types->arena = arena;
    types->capacity = 256;
    types->table = NEW_ARRAY(arena, size_t, types->capacity);
    return types;
}

/* ---- interning ------------------------------------------------------------------------------ */

static size_t mix(size_t hash, uintptr_t part) {
    uint64_t product = ((uint64_t)hash ^ (uint64_t)part) * 0x9E3779B97F4A7C15u;
    return (size_t)(product ^ (product >> 29));
}

static size_t hash_name(size_t hash, const char *name) {
    for (; name && *name; name++)
        hash = mix(hash, (unsigned char)*name);
    return hash;
}

/* Array counts are left to the comparison: equal ones need not be the same node. */
static size_t hash_type(const struct type *type) {
    size_t hash = mix((size_t)type->kind, type->quals);
    hash = mix(hash, (uintptr_t)type->scalar);
    hash = hash_name(hash, type->name);
    hash = mix(hash, (uintptr_t)type->under);
    hash = mix(hash, (uintptr_t)type->record);
    for (size_t i = 0; i < type->param_count; i++)
        hash = mix(hash, (uintptr_t)type->params[i]);
    return hash;
}

static bool same_name(const char *a, const char *b) {
    return a == b || (a && b && strcmp(a, b) == 0);
}

/* Equal and spelled alike: a macro's name stays apart from the number it means. */
static bool same_count(const struct expr *a, const struct expr *b) {
    if (a == b)
        return true;
    if (!a || !b || !expr_equal(a, b))
        return false;
    bool named_a = a->kind == EXPR_NAMED, named_b = b->kind == EXPR_NAMED;
    return named_a == named_b && (!named_a || same_name(a->u.text, b->u.text));
}

static bool same_params(const struct type *a, const struct type *b) {
    if (a->param_count != b->param_count || a->variadic != b->variadic || a->no_prototype != b->no_prototype)
        return false;
    for (size_t i = 0; i < a->param_count; i++)
        if (a->params[i] != b->params[i])
            return false;
    return true;
}

static bool same_structure(const struct type *a, const struct type *b) {
    return a->kind == b->kind && a->quals == b->quals && a->scalar == b->scalar &&
           same_name(a->name, b->name) && a->under == b->under && a->record == b->record &&
           same_count(a->count, b->count) && same_params(a, b);
}

static size_t *find_place(const struct types *types, const struct type *type) {
    size_t i = hash_type(type) & (types->capacity - 1);
    for (;; i = (i + 1) & (types->capacity - 1)) {
        size_t number = types->table[i];
        if (number == 0 || same_structure(types->all.items[number - 1], type))
            return &types->table[i];
    }
}

static void grow(struct types *types) {
    types->capacity *= 2;
    types->table = NEW_ARRAY(types->arena, size_t, types->capacity);
    for (size_t i = 0; i < types->all.count; i++)
        *find_place(types, types->all.items[i]) = i + 1;
}

static struct type **copy_params(struct types *types, const struct type *wanted) {
    struct type **params = NEW_ARRAY(types->arena, struct type *, wanted->param_count);
    for (size_t i = 0; i < wanted->param_count; i++)
        params[i] = wanted->params[i];
    return params;
}

/* The one type of this structure. `plain` of an unqualified type is itself. */
static struct type *intern_type(struct types *types, const struct type *wanted) {
    size_t *place = find_place(types, wanted);
    if (*place)
        return types->all.items[*place - 1];
    struct type *type = NEW(types->arena, struct type);
    *type = *wanted;
    type->id = (unsigned)types->all.count;
    if (wanted->name)
        type->name = arena_strdup(types->arena, wanted->name);
    type->params = copy_params(types, wanted);
    if (type->quals == 0)
        type->plain = type;
    VEC_PUSH(types->arena, types->all, type);
    *place = types->all.count;
    if (2 * types->all.count > types->capacity)
        grow(types);
    return type;
}

/* ---- constructors --------------------------------------------------------------------------- */

struct type *type_void(struct types *types) {
    return intern_type(types, &(struct type){.kind = TYPE_VOID});
}

struct type *type_scalar(struct types *types, enum type_scalar scalar) {
    enum type_kind kind = scalar >= SCALAR_FLOAT ? TYPE_REAL : TYPE_INT;
    return intern_type(types, &(struct type){.kind = kind, .scalar = scalar});
}

struct type *type_pointer(struct types *types, struct type *to) {
    return intern_type(types, &(struct type){.kind = TYPE_POINTER, .under = to});
}

struct type *type_array(struct types *types, struct type *of, struct expr *count) {
    return intern_type(types, &(struct type){.kind = TYPE_ARRAY, .under = of, .count = count});
}

struct type *type_enum(struct types *types, const char *tag) {
    return intern_type(types, &(struct type){.kind = TYPE_ENUM, .name = tag});
}

struct type *type_named(struct types *types, const char *name, struct type *meaning) {
    return intern_type(types, &(struct type){.kind = TYPE_NAMED, .name = name, .under = meaning});
}

struct type *type_opaque(struct types *types, const char *spelling) {
    return intern_type(types, &(struct type){.kind = TYPE_OPAQUE, .name = spelling});
}

struct type *type_function(struct types *types, struct type *result, struct type **params, size_t count,
                           bool variadic) {
    return intern_type(types, &(struct type){.kind = TYPE_FUNCTION,
                                             .under = result,
                                             .params = params,
                                             .param_count = count,
                                             .variadic = variadic});
}

struct type *type_function_unprototyped(struct types *types, struct type *result) {
    return intern_type(types, &(struct type){.kind = TYPE_FUNCTION, .under = result, .no_prototype = true});
}

struct type *type_record(struct types *types, struct record *record) {
    return intern_type(types, &(struct type){.kind = TYPE_RECORD, .record = record});
}

/* Qualifiers of an array are those of its elements (C11 6.7.3p9); a function has none. */
struct type *type_qualified(struct types *types, struct type *type, unsigned quals) {
    if (type->kind == TYPE_FUNCTION || (type->quals | quals) == type->quals)
        return type;
    if (type->kind == TYPE_ARRAY)
        return type_array(types, type_qualified(types, type->under, quals), type->count);
    struct type wanted = *type->plain;
    wanted.plain = type->plain;
    wanted.quals = type->quals | quals;
    return intern_type(types, &wanted);
}

/* ---- questions ------------------------------------------------------------------------------ */

/* Types are shared and only the front end completes records, so that giving away a mutable one does no harm.
 */
struct type *type_strip(const struct type *type) {
    while (type->kind == TYPE_NAMED)
        type = type->under;
    return type->plain;
}

unsigned type_quals(const struct type *type) {
    unsigned quals = type->quals;
    while (type->kind == TYPE_NAMED) {
        type = type->under;
        quals |= type->quals;
    }
    return quals;
}

/* Counts differ in meaning only if both are constants and differ (C11 6.7.6.2p6). */
static bool counts_agree(const struct expr *a, const struct expr *b) {
    long long m, n;
    return !a || !b || !expr_is_const_int(a, &m) || !expr_is_const_int(b, &n) || m == n;
}

/* A parameter written as an array is a pointer (C11 6.7.6.3p7). */
static bool same_parameter(const struct type *a, const struct type *b) {
    if (type_is_array(a) || type_is_array(b))
        return type_target(a) && type_target(b) && type_same(type_target(a), type_target(b));
    return type_same(a, b);
}

static bool same_signature(const struct type *a, const struct type *b) {
    if (!type_same(a->under, b->under))
        return false;
    if (a->no_prototype || b->no_prototype)
        return true;
    if (a->param_count != b->param_count || a->variadic != b->variadic)
        return false;
    for (size_t i = 0; i < a->param_count; i++)
        if (!same_parameter(a->params[i], b->params[i]))
            return false;
    return true;
}

bool type_same(const struct type *a, const struct type *b) {
    a = type_strip(a);
    b = type_strip(b);
    if (a == b)
        return true;
    if (a->kind != b->kind)
        return false;
    switch (a->kind) {
    case TYPE_VOID: return true;
    case TYPE_INT:
    case TYPE_REAL: return a->scalar == b->scalar;
    case TYPE_ENUM:
    case TYPE_OPAQUE: return same_name(a->name, b->name);
    case TYPE_POINTER: return type_same(a->under, b->under);
    case TYPE_ARRAY: return type_same(a->under, b->under) && counts_agree(a->count, b->count);
    case TYPE_RECORD: return a->record == b->record;
    case TYPE_FUNCTION: return same_signature(a, b);
    case TYPE_NAMED: break;
    }
    return false;
}

bool type_is_int(const struct type *type) {
    enum type_kind kind = type_strip(type)->kind;
    return kind == TYPE_INT || kind == TYPE_ENUM;
}

bool type_is_real(const struct type *type) {
    return type_strip(type)->kind == TYPE_REAL;
}

bool type_is_arith(const struct type *type) {
    return type_is_int(type) || type_is_real(type);
}

bool type_is_pointer(const struct type *type) {
    return type_strip(type)->kind == TYPE_POINTER;
}

bool type_is_array(const struct type *type) {
    return type_strip(type)->kind == TYPE_ARRAY;
}

bool type_is_record(const struct type *type) {
    return type_strip(type)->kind == TYPE_RECORD;
}

bool type_is_nameless(const struct type *type) {
    while (type_is_array(type) || type_is_pointer(type))
        type = type_target(type);
    return type->kind == TYPE_RECORD && !type->record->tag;
}

bool type_is_scalar(const struct type *type) {
    return type_is_arith(type) || type_is_pointer(type);
}

bool type_is_void(const struct type *type) {
    return type_strip(type)->kind == TYPE_VOID;
}

struct type *type_target(const struct type *type) {
    const struct type *meaning = type_strip(type);
    if (meaning->kind != TYPE_POINTER && meaning->kind != TYPE_ARRAY)
        BUG("target of a type that is neither pointer nor array");
    return meaning->under;
}

struct type *type_decay(struct types *types, struct type *type) {
    const struct type *meaning = type_strip(type);
    if (meaning->kind == TYPE_FUNCTION)
        return type_pointer(types, type);
    if (meaning->kind != TYPE_ARRAY)
        return type;
    return type_pointer(types, type_qualified(types, meaning->under, type_quals(type)));
}

/* ---- where reals are ------------------------------------------------------------------------ */

bool type_holds_real(const struct type *type) {
    type = type_strip(type);
    if (type->kind == TYPE_REAL)
        return true;
    if (type->kind == TYPE_ARRAY)
        return type_holds_real(type->under);
    if (type->kind != TYPE_RECORD)
        return false;
    for (size_t i = 0; i < type->record->field_count; i++)
        if (type_holds_real(type->record->fields[i].type))
            return true;
    return false;
}

/* Records already looked into: they may point to each other in circles. */
struct seen {
    const struct record *records[64];
    size_t count;
};

static bool reaches_real(struct seen *seen, const struct type *type);

static bool record_reaches_real(struct seen *seen, const struct record *record) {
    for (size_t i = 0; i < seen->count; i++)
        if (seen->records[i] == record)
            return false;
    if (seen->count == sizeof seen->records / sizeof *seen->records)
        return true; /* a web of types as large as this: assume so */
    seen->records[seen->count++] = record;
    for (size_t i = 0; i < record->field_count; i++)
        if (reaches_real(seen, record->fields[i].type))
            return true;
    return false;
}

static bool reaches_real(struct seen *seen, const struct type *type) {
    type = type_strip(type);
    if (type->kind == TYPE_REAL)
        return true;
    if (type->kind == TYPE_POINTER || type->kind == TYPE_ARRAY)
        return reaches_real(seen, type->under);
    return type->kind == TYPE_RECORD && record_reaches_real(seen, type->record);
}

bool type_holds_pointer(const struct type *type) {
    const struct type *t = type_strip(type);
    if (type_is_array(t))
        return type_holds_pointer(t->under);
    for (size_t i = 0; type_is_record(t) && i < t->record->field_count; i++)
        if (type_holds_pointer(t->record->fields[i].type))
            return true;
    return type_is_pointer(t);
}

bool type_leads_to_reals(const struct type *type) {
    const struct type *t = type_strip(type);
    if (type_is_array(t))
        return type_leads_to_reals(t->under);
    for (size_t i = 0; type_is_record(t) && i < t->record->field_count; i++)
        if (type_leads_to_reals(t->record->fields[i].type))
            return true;
    return type_is_pointer(t) && (type_is_void(t->under) || type_reaches_real(t->under));
}

bool type_reaches_real(const struct type *type) {
    struct seen seen = {.count = 0};
    return reaches_real(&seen, type);
}

/* ---- conversions ---------------------------------------------------------------------------- */

static enum type_scalar scalar_promoted(const struct type *meaning) {
    if (meaning->kind == TYPE_ENUM || meaning->scalar < SCALAR_INT)
        return SCALAR_INT;
    return meaning->scalar;
}

struct type *type_unqualified(struct type *type) {
    return type_quals(type->plain) ? type_strip(type) : type->plain;
}

struct type *type_promoted(struct types *types, struct type *type) {
    const struct type *meaning = type_strip(type);
    if (meaning->kind != TYPE_INT && meaning->kind != TYPE_ENUM)
        return type_unqualified(type);
    enum type_scalar scalar = scalar_promoted(meaning);
    bool changed = meaning->kind == TYPE_ENUM || scalar != meaning->scalar;
    return changed ? type_scalar(types, scalar) : type_unqualified(type);
}

static bool is_unsigned(enum type_scalar scalar) {
    return scalar == SCALAR_UINT || scalar == SCALAR_ULONG || scalar == SCALAR_ULLONG;
}

/* C11 6.3.1.8 for promoted integers where int has 32 bits, long and long long 64: scalars stand in order of
 * rank, each unsigned one right behind its signed one. */
static enum type_scalar common_int(enum type_scalar a, enum type_scalar b) {
    enum type_scalar high = a > b ? a : b, low = a > b ? b : a;
    if (is_unsigned(high) || !is_unsigned(low) || low == SCALAR_UINT)
        return high;
    return high == SCALAR_LLONG ? SCALAR_ULLONG : high; /* unsigned long does not fit into long long */
}

static enum type_scalar common_scalar(const struct type *a, const struct type *b) {
    if (a->kind == TYPE_REAL || b->kind == TYPE_REAL) {
        enum type_scalar left = a->kind == TYPE_REAL ? a->scalar : SCALAR_FLOAT;
        enum type_scalar right = b->kind == TYPE_REAL ? b->scalar : SCALAR_FLOAT;
        return left > right ? left : right;
    }
    return common_int(scalar_promoted(a), scalar_promoted(b));
}

static bool is_of_scalar(const struct type *type, enum type_scalar scalar) {
    const struct type *meaning = type_strip(type);
    return (meaning->kind == TYPE_INT || meaning->kind == TYPE_REAL) && meaning->scalar == scalar;
}

struct type *type_common(struct types *types, struct type *a, struct type *b) {
    if (!type_is_arith(a) || !type_is_arith(b)) /* of an opaque type nothing is known: it wins */
        return type_unqualified(type_is_arith(a) ? b : a);
    enum type_scalar scalar = common_scalar(type_strip(a), type_strip(b));
    if (is_of_scalar(a, scalar))
        return type_unqualified(a);
    return is_of_scalar(b, scalar) ? type_unqualified(b) : type_scalar(types, scalar);
}

const struct field *type_field(const struct type *type, const char *name) {
    const struct type *meaning = type_strip(type);
    if (meaning->kind != TYPE_RECORD)
        return NULL;
    for (size_t i = 0; i < meaning->record->field_count; i++)
        if (same_name(meaning->record->fields[i].name, name))
            return &meaning->record->fields[i];
    return NULL;
}

const char *type_scalar_name(enum type_scalar scalar) {
    static const char *const names[SCALAR_COUNT] = {
        [SCALAR_BOOL] = "_Bool",
        [SCALAR_CHAR] = "char",
        [SCALAR_SCHAR] = "signed char",
        [SCALAR_UCHAR] = "unsigned char",
        [SCALAR_SHORT] = "short",
        [SCALAR_USHORT] = "unsigned short",
        [SCALAR_INT] = "int",
        [SCALAR_UINT] = "unsigned int",
        [SCALAR_LONG] = "long",
        [SCALAR_ULONG] = "unsigned long",
        [SCALAR_LLONG] = "long long",
        [SCALAR_ULLONG] = "unsigned long long",
        [SCALAR_FLOAT] = "float",
        [SCALAR_DOUBLE] = "double",
        [SCALAR_LDOUBLE] = "long double",
    };
    return names[scalar];
}
