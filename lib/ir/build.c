/* build: constructors of expressions, statements, functions. They compute types as C11 does and fold nothing;
 * a node stands where its first operand stands. */
#include "ir/ir.h"

#include <stdlib.h>
#include <string.h>

/* ---- expressions ------------------------------------------------------------------------------ */

static struct expr *expr_new(struct unit *unit, enum expr_kind kind, struct type *type, size_t count) {
    struct expr *expr = NEW(unit->arena, struct expr);
    expr->kind = kind;
    expr->type = type;
    expr->arg_count = count;
    if (count)
        expr->args = NEW_ARRAY(unit->arena, struct expr *, count);
    return expr;
}

static struct expr *expr_new1(struct unit *unit, enum expr_kind kind, struct type *type, struct expr *a) {
    struct expr *expr = expr_new(unit, kind, type, 1);
    expr->args[0] = a;
    expr->loc = a->loc;
    return expr;
}

static struct expr *expr_new2(struct unit *unit, enum expr_kind kind, struct type *type, struct expr *a,
                              struct expr *b) {
    struct expr *expr = expr_new(unit, kind, type, 2);
    expr->args[0] = a;
    expr->args[1] = b;
    expr->loc = a->loc;
    return expr;
}

static struct expr *expr_newn(struct unit *unit, enum expr_kind kind, struct type *type, struct expr **args,
                              size_t count) {
    struct expr *expr = expr_new(unit, kind, type, count);
    for (size_t i = 0; i < count; i++)
        expr->args[i] = args[i];
    if (count)
        expr->loc = args[0]->loc;
    return expr;
}

/* Suffixes that give the constant its type where that has one. */
static const char *int_suffix(const struct type *type) {
    const struct type *meaning = type_strip(type);
    if (meaning->kind != TYPE_INT)
        return "";
    switch (meaning->scalar) {
    case SCALAR_UINT: return "U";
    case SCALAR_LONG: return "L";
    case SCALAR_ULONG: return "UL";
    case SCALAR_LLONG: return "LL";
    case SCALAR_ULLONG: return "ULL";
    case SCALAR_BOOL:
    case SCALAR_CHAR:
    case SCALAR_SCHAR:
    case SCALAR_UCHAR:
    case SCALAR_SHORT:
    case SCALAR_USHORT:
    case SCALAR_INT:
    case SCALAR_FLOAT:
    case SCALAR_DOUBLE:
    case SCALAR_LDOUBLE:
    case SCALAR_COUNT: return "";
    }
    return "";
}

/* The least value of a type has no literal of its own: C reads -N as the negative of N. */
static const char *int_text(struct unit *unit, long long value, struct type *type) {
    const char *suffix = int_suffix(type);
    if (value == INT64_MIN || (value == INT32_MIN && *suffix == '\0'))
        return arena_printf(unit->arena, "(%lld%s - 1)", value + 1, suffix);
    return arena_printf(unit->arena, "%lld%s", value, suffix);
}

struct expr *expr_int_typed(struct unit *unit, long long value, struct type *type) {
    struct expr *expr = expr_new(unit, EXPR_INT, type, 0);
    expr->value = value;
    expr->u.text = int_text(unit, value, type);
    return expr;
}

struct expr *expr_int(struct unit *unit, long long value) {
    bool small = value >= INT32_MIN && value <= INT32_MAX;
    return expr_int_typed(unit, value, type_scalar(unit->types, small ? SCALAR_INT : SCALAR_LLONG));
}

struct expr *expr_real(struct unit *unit, const char *text, struct type *type) {
    struct expr *expr = expr_new(unit, EXPR_REAL, type, 0);
    expr->u.text = arena_strdup(unit->arena, text);
    return expr;
}

static const char *real_zero(const struct type *meaning) {
    if (meaning->scalar == SCALAR_FLOAT)
        return "0.0f";
    return meaning->scalar == SCALAR_LDOUBLE ? "0.0L" : "0.0";
}

struct expr *expr_zero(struct unit *unit, struct type *type) {
    struct type *meaning = type_strip(type);
    if (meaning->kind == TYPE_REAL)
        return expr_real(unit, real_zero(meaning), meaning);
    if (meaning->kind == TYPE_POINTER)
        return expr_cast(unit, meaning, expr_int(unit, 0), true);
    if (!type_is_int(meaning))
        BUG("zero of a type that is not scalar");
    return expr_int_typed(unit, 0, meaning);
}

struct expr *expr_string(struct unit *unit, const char *text, struct type *type) {
    struct expr *expr = expr_new(unit, EXPR_STRING, type, 0);
    expr->u.text = arena_strdup(unit->arena, text);
    return expr;
}

struct expr *expr_var(struct unit *unit, struct var *var) {
    struct expr *expr = expr_new(unit, EXPR_VAR, var->type, 0);
    expr->u.var = var;
    return expr;
}

static struct type *func_type(struct unit *unit, const struct func *func) {
    struct type **params = NEW_ARRAY(unit->arena, struct type *, func->param_count);
    for (size_t i = 0; i < func->param_count; i++)
        params[i] = func->params[i]->type->plain;
    return type_function(unit->types, func->result, params, func->param_count, func->variadic);
}

struct expr *expr_func(struct unit *unit, struct func *func) {
    struct expr *expr = expr_new(unit, EXPR_FUNC, func_type(unit, func), 0);
    expr->u.func = func;
    return expr;
}

struct expr *expr_unary(struct unit *unit, enum unary_op op, struct expr *a) {
    struct type *type =
        op == UNARY_LNOT ? type_scalar(unit->types, SCALAR_INT) : type_promoted(unit->types, a->type);
    struct expr *expr = expr_new1(unit, EXPR_UNARY, type, a);
    expr->u.unary = op;
    return expr;
}

/* The pointer that the operand stands for, or NULL if it is none. */
static struct type *as_pointer(struct unit *unit, const struct expr *expr) {
    struct type *type = type_decay(unit->types, expr->type);
    if (!type_is_pointer(type))
        return NULL;
    return type_quals(type->plain) ? type_strip(type) : type->plain;
}

static struct type *sum_type(struct unit *unit, enum binary_op op, const struct expr *a,
                             const struct expr *b) {
    struct type *left = as_pointer(unit, a), *right = as_pointer(unit, b);
    if (left && right)
        return type_scalar(unit->types, SCALAR_LONG); /* ptrdiff_t */
    if (left)
        return left;
    if (right && op == BINARY_ADD)
        return right;
    return type_common(unit->types, a->type, b->type);
}

static struct type *binary_type(struct unit *unit, enum binary_op op, const struct expr *a,
                                const struct expr *b) {
    switch (op) {
    case BINARY_ADD:
    case BINARY_SUB: return sum_type(unit, op, a, b);
    case BINARY_MUL:
    case BINARY_DIV:
    case BINARY_REM:
    case BINARY_AND:
    case BINARY_OR:
    case BINARY_XOR: return type_common(unit->types, a->type, b->type);
    case BINARY_SHL:
    case BINARY_SHR: return type_promoted(unit->types, a->type);
    case BINARY_LT:
    case BINARY_GT:
    case BINARY_LE:
    case BINARY_GE:
    case BINARY_EQ:
    case BINARY_NE:
    case BINARY_LAND:
    case BINARY_LOR: break;
    }
    return type_scalar(unit->types, SCALAR_INT);
}

struct expr *expr_binary(struct unit *unit, enum binary_op op, struct expr *a, struct expr *b) {
    struct expr *expr = expr_new2(unit, EXPR_BINARY, binary_type(unit, op, a, b), a, b);
    expr->u.binary = op;
    return expr;
}

/* C11 6.5.15p6: a null pointer constant takes the other's type, void * wins, and the pointee has both
 * qualifiers. */
static struct type *cond_pointer(struct unit *unit, struct expr *a, struct expr *b) {
    struct type *left = as_pointer(unit, a), *right = as_pointer(unit, b);
    if (!left || !right)
        return left ? left : right;
    struct type *to = type_is_void(type_target(right)) ? type_target(right) : type_target(left);
    unsigned quals = type_quals(type_target(left)) | type_quals(type_target(right));
    return type_pointer(unit->types, type_qualified(unit->types, to, quals));
}

static struct type *cond_type(struct unit *unit, struct expr *a, struct expr *b) {
    if (type_is_arith(a->type) && type_is_arith(b->type))
        return type_common(unit->types, a->type, b->type);
    struct type *pointer = cond_pointer(unit, a, b);
    return pointer ? pointer : a->type->plain;
}

struct expr *expr_cond(struct unit *unit, struct expr *cond, struct expr *then, struct expr *other) {
    struct expr *args[] = {cond, then, other};
    return expr_newn(unit, EXPR_COND, cond_type(unit, then, other), args, 3);
}

struct expr *expr_cast(struct unit *unit, struct type *type, struct expr *a, bool implicit) {
    struct expr *expr = expr_new1(unit, EXPR_CAST, type, a);
    expr->u.implicit = implicit;
    return expr;
}

/* What a pointer points to, or the element of an array: that has the qualifiers of the array. */
static struct type *pointee(struct unit *unit, const struct expr *base) {
    struct type *type = type_target(base->type);
    if (type_is_array(base->type))
        type = type_qualified(unit->types, type, type_quals(base->type));
    return type;
}

struct expr *expr_index(struct unit *unit, struct expr *base, struct expr *index) {
    return expr_new2(unit, EXPR_INDEX, pointee(unit, base), base, index);
}

struct expr *expr_deref(struct unit *unit, struct expr *pointer) {
    return expr_new1(unit, EXPR_DEREF, pointee(unit, pointer), pointer);
}

/* The variable that the lvalue is a part of; NULL if a pointer leads to it. */
static struct var *whole_of(const struct expr *lvalue) {
    for (;;) {
        if (lvalue->kind == EXPR_VAR)
            return lvalue->u.var;
        bool part = lvalue->kind == EXPR_INDEX || lvalue->kind == EXPR_DEREF || lvalue->kind == EXPR_FIELD;
        bool decay = lvalue->kind == EXPR_CAST && lvalue->u.implicit && type_is_array(lvalue->args[0]->type);
        if (!part && !decay && lvalue->kind != EXPR_NAMED)
            return NULL;
        const struct expr *base = lvalue->args[0];
        bool decayed_base = base->kind == EXPR_CAST && base->u.implicit && type_is_array(base->args[0]->type);
        if (part && type_is_pointer(base->type) && !decayed_base)
            return NULL;
        lvalue = base;
    }
}

void expr_take_address(const struct expr *lvalue) {
    struct var *whole = whole_of(lvalue);
    if (whole)
        whole->address_taken = true;
}

struct expr *expr_addr(struct unit *unit, struct expr *lvalue) {
    expr_take_address(lvalue);
    return expr_new1(unit, EXPR_ADDR, type_pointer(unit->types, lvalue->type), lvalue);
}

struct expr *expr_field(struct unit *unit, struct expr *base, const char *name) {
    struct type *record = type_is_pointer(base->type) ? type_target(base->type) : base->type;
    const struct field *field = type_field(record, name);
    if (!field)
        BUG("no field '%s'", name);
    unsigned quals = type_quals(record) & (QUAL_CONST | QUAL_VOLATILE);
    struct expr *expr = expr_new1(unit, EXPR_FIELD, type_qualified(unit->types, field->type, quals), base);
    expr->u.name = field->name;
    return expr;
}

struct expr *expr_math(struct unit *unit, const char *name, struct type *type, struct expr **args,
                       size_t count) {
    struct expr *expr = expr_newn(unit, EXPR_MATH, type, args, count);
    expr->u.name = arena_strdup(unit->arena, name);
    return expr;
}

struct expr *expr_sizeof(struct unit *unit, struct type *type) {
    struct expr *expr = expr_new(unit, EXPR_SIZEOF, type_scalar(unit->types, SCALAR_ULONG), 0);
    expr->u.of = type;
    return expr;
}

struct expr *expr_init(struct unit *unit, struct type *type, struct expr **args, size_t count) {
    return expr_newn(unit, EXPR_INIT, type, args, count);
}

struct expr *expr_named(struct unit *unit, const char *text, struct expr *meaning) {
    struct expr *expr = expr_new1(unit, EXPR_NAMED, meaning->type, meaning);
    expr->u.text = arena_strdup(unit->arena, text);
    return expr;
}

/* ---- statements ------------------------------------------------------------------------------- */

struct stmt *stmt_new(struct unit *unit, enum stmt_kind kind, struct loc loc) {
    struct stmt *stmt = NEW(unit->arena, struct stmt);
    stmt->kind = kind;
    stmt->loc = loc;
    return stmt;
}

struct stmt *stmt_decl(struct unit *unit, struct var *var, struct expr *init) {
    struct stmt *stmt = stmt_new(unit, STMT_DECL, var->loc);
    stmt->u.decl.var = var;
    stmt->u.decl.init = init;
    return stmt;
}

struct stmt *stmt_set(struct unit *unit, struct expr *to, struct expr *from, bool add) {
    struct stmt *stmt = stmt_new(unit, STMT_SET, to->loc);
    stmt->to = to;
    stmt->u.set.from = from;
    stmt->u.set.add = add;
    return stmt;
}

struct stmt *stmt_call(struct unit *unit, struct expr *to, struct func *callee, struct expr **args,
                       size_t count) {
    struct loc loc = to ? to->loc : count ? args[0]->loc : (struct loc){0};
    struct stmt *stmt = stmt_new(unit, STMT_CALL, loc);
    stmt->to = to;
    stmt->u.call.callee = callee;
    stmt->u.call.args = NEW_ARRAY(unit->arena, struct expr *, count);
    stmt->u.call.arg_count = count;
    for (size_t i = 0; i < count; i++)
        stmt->u.call.args[i] = args[i];
    return stmt;
}

struct stmt *stmt_if(struct unit *unit, struct expr *cond) {
    struct stmt *stmt = stmt_new(unit, STMT_IF, cond->loc);
    stmt->u.branch.cond = cond;
    return stmt;
}

struct stmt *stmt_block(struct unit *unit) {
    return stmt_new(unit, STMT_BLOCK, (struct loc){0});
}

struct stmt *stmt_return(struct unit *unit, struct expr *value) {
    struct stmt *stmt = stmt_new(unit, STMT_RETURN, value ? value->loc : (struct loc){0});
    stmt->u.value = value;
    return stmt;
}

struct stmt *stmt_raw(struct unit *unit, const char *text) {
    struct stmt *stmt = stmt_new(unit, STMT_RAW, (struct loc){0});
    stmt->u.text = arena_strdup(unit->arena, text);
    return stmt;
}

void block_add(struct unit *unit, struct block *block, struct stmt *stmt) {
    VEC_PUSH(unit->arena, *block, stmt);
}

void block_append(struct unit *unit, struct block *to, const struct block *from) {
    for (size_t i = 0, count = from->count; i < count; i++)
        block_add(unit, to, from->items[i]);
}

void block_insert(struct unit *unit, struct block *block, size_t at, struct stmt *stmt) {
    block_add(unit, block, stmt);
    for (size_t i = block->count - 1; i > at; i--)
        block->items[i] = block->items[i - 1];
    block->items[at] = stmt;
}

bool block_declares(const struct block *block) {
    for (size_t i = 0; i < block->count; i++)
        if (block->items[i]->kind == STMT_DECL)
            return true;
    return false;
}

/* ---- functions -------------------------------------------------------------------------------- */

struct func *func_new(struct unit *unit, const char *name, struct type *result) {
    struct func *func = NEW(unit->arena, struct func);
    func->name = intern(unit->names, name);
    func->result = result;
    return func;
}

/* Parameter k stands at params[k]; a caller that knows their number may have made room for all of them. */
static void add_param(struct unit *unit, struct func *func, struct var *param) {
    if (param->id < func->param_count) {
        func->params[param->id] = param;
        return;
    }
    struct var **params = NEW_ARRAY(unit->arena, struct var *, func->param_count + 1);
    for (size_t i = 0; i < func->param_count; i++)
        params[i] = func->params[i];
    params[func->param_count++] = param;
    func->params = params;
}

struct var *func_add_var(struct unit *unit, struct func *func, enum var_kind kind, const char *name,
                         struct type *type) {
    struct var *var = NEW(unit->arena, struct var);
    var->kind = kind;
    var->name = intern(unit->names, name);
    var->type = type;
    var->loc = func->loc;
    var->id = (unsigned)func->vars.count;
    VEC_PUSH(unit->arena, func->vars, var);
    if (kind == VAR_PARAM)
        add_param(unit, func, var);
    return var;
}

/* ---- names ------------------------------------------------------------------------------------ */

static int compare_words(const void *a, const void *b) {
    return strcmp(a, *(const char *const *)b);
}

static bool is_keyword(const char *name) {
    static const char *const keywords[] = {
        "_Alignas",  "_Alignof",       "_Atomic",       "_Bool",   "_Complex", "_Generic", "_Imaginary",
        "_Noreturn", "_Static_assert", "_Thread_local", "auto",    "break",    "case",     "char",
        "const",     "continue",       "default",       "do",      "double",   "else",     "enum",
        "extern",    "float",          "for",           "goto",    "if",       "inline",   "int",
        "long",      "register",       "restrict",      "return",  "short",    "signed",   "sizeof",
        "static",    "struct",         "switch",        "typedef", "union",    "unsigned", "void",
        "volatile",  "while",
    };
    return bsearch(name, keywords, sizeof keywords / sizeof *keywords, sizeof *keywords, compare_words) !=
           NULL;
}

bool func_has_name(const struct func *func, const char *name) {
    for (size_t i = 0; i < func->vars.count; i++)
        if (strcmp(func->vars.items[i]->name, name) == 0)
            return true;
    return false;
}

static bool is_taken(const struct unit *unit, const struct func *func, const char *name) {
    return func_has_name(func, name) || unit_find_global(unit, name) || is_keyword(name) ||
           unit_find_func(unit, name) || (unit->identifiers && map_get(unit->identifiers, name));
}

/* Counting goes on where it ended for the same base. */
const char *func_fresh_name(struct unit *unit, const struct func *func, const char *base) {
    const char *name = base;
    struct map **numbers = &((struct func *)func)->numbers; /* a cache */
    if (!*numbers)
        *numbers = map_create(unit->arena);
    size_t *number = map_get(*numbers, base);
    while (is_taken(unit, func, name)) {
        if (!number) {
            number = NEW(unit->arena, size_t);
            *number = 1;
            map_put(*numbers, intern(unit->names, base), number);
        }
        name = arena_printf(unit->arena, "%s_%zu", base, ++*number);
    }
    return intern(unit->names, name);
}

const char *func_called_name(const struct func *func) {
    return func->through ? func->through->name : func->original ? func->original->name : func->name;
}

/* Parameters hide global variables, as in the function itself. */
struct var *unit_find_variable(const struct unit *unit, const struct func *func, const char *name) {
    for (size_t i = 0; func && i < func->param_count; i++) {
        const char *source = func->params[i]->source_name;
        if (strcmp(source ? source : func->params[i]->name, name) == 0)
            return func->params[i];
    }
    return func ? unit_find_global(unit, name) : NULL;
}

/* Functions and globals are only ever added; of two with one name the first counts. */
struct func *unit_find_func(const struct unit *constant, const char *name) {
    struct unit *unit = (struct unit *)constant; /* the index is a cache */
    if (!unit->func_index)
        unit->func_index = map_create(unit->arena);
    for (; unit->funcs_indexed < unit->funcs.count; unit->funcs_indexed++) {
        struct func *func = unit->funcs.items[unit->funcs_indexed];
        if (!map_get(unit->func_index, func->name))
            map_put(unit->func_index, func->name, func);
    }
    return map_get(unit->func_index, name);
}

void unit_rename_func(struct unit *unit, struct func *func, const char *name) {
    func->name = name;
    unit->func_index = NULL;
    unit->funcs_indexed = 0;
}

struct var *unit_find_global(const struct unit *constant, const char *name) {
    struct unit *unit = (struct unit *)constant;
    if (!unit->global_index)
        unit->global_index = map_create(unit->arena);
    for (; unit->globals_indexed < unit->globals.count; unit->globals_indexed++) {
        struct var *var = unit->globals.items[unit->globals_indexed];
        if (!map_get(unit->global_index, var->name))
            map_put(unit->global_index, var->name, var);
    }
    return map_get(unit->global_index, name);
}
