/* save: entries of the record. A push in the forward sweep and its pop in the reverse sweep are built side by
 * side. */
#include "ad/private.h"

struct func *runtime_func(struct ad *ad, const char *name, struct type *result, struct type *const *params,
                          size_t count) {
    struct func *func = unit_find_func(ad->unit, name);
    if (func)
        return func;
    func = func_new(ad->unit, name, result);
    func->param_count = count;
    func->params = NEW_ARRAY(ad->arena, struct var *, count + 1);
    for (size_t k = 0; k < count; k++)
        func->params[k] =
            func_add_var(ad->unit, func, VAR_PARAM, arena_printf(ad->arena, "p%zu", k), params[k]);
    VEC_PUSH(ad->arena, ad->unit->funcs, func);
    return func;
}

static struct type *record_type(struct unit *unit) {
    return type_opaque(unit->types, "cgrad_record");
}

static struct type *cursor_type(struct unit *unit) {
    return type_opaque(unit->types, "cgrad_cursor");
}

/* The record is a local variable of a function with both sweeps, and a parameter of a forward function. */
struct expr *save_record(struct work *work) {
    struct unit *unit = work->ad->unit;
    if (!work->record_var) {
        struct type *type = record_type(unit);
        if (work->split)
            type = type_pointer(unit->types, type);
        work->record_var = func_add_var(unit, work->forward, work->split ? VAR_PARAM : VAR_LOCAL,
                                        work_name(work, work->forward, "record"), type);
    }
    work->records = true;
    struct expr *var = expr_var(unit, work->record_var);
    return work->split ? var : expr_addr(unit, var);
}

struct expr *save_cursor(struct work *work) {
    struct unit *unit = work->ad->unit;
    if (!work->cursor_var) {
        struct type *type = cursor_type(unit);
        bool param = work->split && !work->requested;
        if (param)
            type = type_pointer(unit->types, type);
        work->cursor_var = func_add_var(unit, work->reverse, param ? VAR_PARAM : VAR_LOCAL,
                                        work_name(work, work->reverse, "cursor"), type);
    }
    struct expr *var = expr_var(unit, work->cursor_var);
    return work->cursor_var->kind == VAR_PARAM ? var : expr_addr(unit, var);
}

static void add_call(struct work *work, struct expr *to, const char *name, struct type *result,
                     struct expr **args, size_t count, struct block *out) {
    struct unit *unit = work->ad->unit;
    struct type **types = NEW_ARRAY(unit->arena, struct type *, count + 1);
    for (size_t k = 0; k < count; k++)
        types[k] = k > 0 && (type_is_pointer(args[k]->type) || type_is_array(args[k]->type))
                       ? type_pointer(unit->types, type_void(unit->types))
                       : type_strip(args[k]->type);
    struct func *func = runtime_func(work->ad, name, result, types, count);
    block_add(unit, out, stmt_call(unit, to, func, args, count));
}

static const char *const scalar_suffixes[SCALAR_COUNT] = {[SCALAR_BOOL] = "bool",
                                                          [SCALAR_CHAR] = "char",
                                                          [SCALAR_SCHAR] = "signed_char",
                                                          [SCALAR_UCHAR] = "unsigned_char",
                                                          [SCALAR_SHORT] = "short",
                                                          [SCALAR_USHORT] = "unsigned_short",
                                                          [SCALAR_INT] = "int",
                                                          [SCALAR_UINT] = "unsigned_int",
                                                          [SCALAR_LONG] = "long",
                                                          [SCALAR_ULONG] = "unsigned_long",
                                                          [SCALAR_LLONG] = "long_long",
                                                          [SCALAR_ULLONG] = "unsigned_long_long",
                                                          [SCALAR_FLOAT] = "float",
                                                          [SCALAR_DOUBLE] = "double",
                                                          [SCALAR_LDOUBLE] = "long_double"};

/* NULL: recorded as bytes. So are pointers to functions, which are no void * in C. */
static const char *suffix_of(const struct type *type) {
    const struct type *t = type_strip(type);
    if (t->kind == TYPE_POINTER && type_strip(t->under)->kind == TYPE_FUNCTION)
        return NULL;
    if (t->kind == TYPE_INT || t->kind == TYPE_REAL)
        return scalar_suffixes[t->scalar];
    if (t->kind == TYPE_ENUM)
        return "int";
    return t->kind == TYPE_POINTER ? "pointer" : NULL;
}

static struct expr *bytes_of(struct work *work, struct expr *value) {
    struct unit *unit = work->ad->unit;
    return type_is_array(value->type) ? value : expr_addr(unit, value);
}

void declare_record(struct work *work, struct block *out) {
    struct unit *unit = work->ad->unit;
    struct expr **zero = NEW_ARRAY(unit->arena, struct expr *, 1);
    zero[0] = expr_int(unit, 0);
    block_add(unit, out, stmt_decl(unit, work->record_var, expr_init(unit, work->record_var->type, zero, 1)));
}

/* `record`: of a requested reverse function, its parameter. */
void declare_cursor(struct work *work, struct block *out) {
    struct unit *unit = work->ad->unit;
    struct expr **args = NEW_ARRAY(unit->arena, struct expr *, 1);
    args[0] = work->reverse_record ? expr_var(unit, work->reverse_record) : save_record(work);
    block_add(unit, out, stmt_decl(unit, work->cursor_var, NULL));
    add_call(work, expr_var(unit, work->cursor_var), "cgrad_record_end", cursor_type(unit), args, 1, out);
}

static void call_record(struct work *work, const char *name, struct block *out) {
    struct unit *unit = work->ad->unit;
    struct expr **args = NEW_ARRAY(unit->arena, struct expr *, 1);
    args[0] = save_record(work);
    add_call(work, NULL, name, type_void(unit->types), args, 1, out);
}

void init_record(struct work *work, struct block *out) {
    call_record(work, "cgrad_record_init", out);
}

void free_record(struct work *work, struct block *out) {
    call_record(work, "cgrad_record_free", out);
}

/* The statement; NULL: bytes. */
static struct stmt *push_value(struct work *work, struct expr *value, struct block *out) {
    struct unit *unit = work->ad->unit;
    const char *suffix = suffix_of(value->type);
    struct expr **args = NEW_ARRAY(unit->arena, struct expr *, 3);
    args[0] = save_record(work);
    args[1] = suffix ? value : bytes_of(work, value);
    args[2] = suffix ? NULL : expr_sizeof(unit, value->type);
    add_call(work, NULL, suffix ? arena_printf(unit->arena, "cgrad_push_%s", suffix) : "cgrad_push_bytes",
             type_void(unit->types), args, suffix ? 2 : 3, out);
    return suffix ? out->items[out->count - 1] : NULL;
}

/* The statement; NULL: bytes. */
static struct stmt *pop_value(struct work *work, struct expr *to, struct block *out) {
    struct unit *unit = work->ad->unit;
    const char *suffix = suffix_of(to->type);
    struct expr **args = NEW_ARRAY(unit->arena, struct expr *, 3);
    args[0] = save_cursor(work);
    args[1] = suffix ? NULL : bytes_of(work, to);
    args[2] = suffix ? NULL : expr_sizeof(unit, to->type);
    if (suffix)
        add_call(work, to, arena_printf(unit->arena, "cgrad_pop_%s", suffix),
                 type_is_pointer(to->type) ? type_pointer(unit->types, type_void(unit->types))
                                           : type_strip(to->type),
                 args, 1, out);
    else
        add_call(work, NULL, "cgrad_pop_bytes", type_void(unit->types), args, 3, out);
    return suffix ? out->items[out->count - 1] : NULL;
}

/* A variable's push and pop are built one after the other, in either order: the second of them completes the
 * entry. */
static void note_entry(struct work *work, struct var *var, struct stmt *stmt, bool push) {
    struct save_entry *entry = work->vars[var->id].entry;
    if (!stmt)
        return;
    if (!entry || (push ? entry->push : entry->pop)) {
        work->vars[var->id].entry = entry = NEW(work->ad->arena, struct save_entry);
        VEC_PUSH(work->ad->arena, work->entries, entry);
        entry->var = var;
        entry->number = (unsigned)work->entries.count;
    }
    *(push ? &entry->push : &entry->pop) = stmt;
    stmt->id = entry->number;
}

struct save_entry *save_entry_of(const struct work *work, const struct stmt *stmt) {
    if (stmt->kind != STMT_CALL || stmt->id == 0 || stmt->id > work->entries.count)
        return NULL;
    struct save_entry *entry = work->entries.items[stmt->id - 1];
    return entry->push == stmt || entry->pop == stmt ? entry : NULL;
}

void save_push(struct work *work, struct var *var, struct block *out) {
    struct expr *value = bases_move(work, var) ? bases_distance(work, &work->forward_map, var)
                                               : expr_copy(&work->forward_map, expr_var(work->ad->unit, var));
    note_entry(work, var, push_value(work, value, out), true);
}

void save_pop(struct work *work, struct var *var, struct block *out) {
    struct unit *unit = work->ad->unit;
    struct expr *to = expr_copy(&work->reverse_map, expr_var(unit, var));
    if (!bases_move(work, var)) {
        note_entry(work, var, pop_value(work, to, out), false);
        return;
    }
    struct var *distance =
        func_add_var(unit, work->reverse, VAR_LOCAL, work_name(work, work->reverse, "distance"),
                     type_scalar(unit->types, SCALAR_LONG));
    block_add(unit, out, stmt_decl(unit, distance, NULL));
    note_entry(work, var, pop_value(work, expr_var(unit, distance), out), false);
    block_add(
        unit, out,
        stmt_set(unit, to, bases_place(work, &work->reverse_map, var, expr_var(unit, distance)), false));
}

void save_value(struct work *work, struct expr *value, struct block *out) {
    push_value(work, value, out);
}

void save_restore(struct work *work, struct expr *to, struct block *out) {
    pop_value(work, to, out);
}
