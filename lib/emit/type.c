/* type: declarations, written inside out (C11 6.7.6): the declarator grows around the name while the type is
 * unwrapped, until a specifier is left that goes before it.
 */
#include "emit/print.h"

#include <string.h>

static void put_quals(struct text *out, unsigned quals) {
    if (quals & QUAL_CONST)
        text_put(out, "const ");
    if (quals & QUAL_VOLATILE)
        text_put(out, "volatile ");
    if (quals & QUAL_RESTRICT)
        text_put(out, "restrict ");
}

static void put_record(struct text *out, const struct record *record) {
    if (!record->tag)
        BUG("an anonymous %s has no name to declare by", record->by_union ? "union" : "struct");
    text_printf(out, "%s %s", record->by_union ? "union" : "struct", record->tag);
}

/* What stands before the declarator, or NULL put: `type` is derived from another. */
static void put_specifier(struct text *out, const struct type *type) {
    put_quals(out, type->quals);
    switch (type->kind) {
    case TYPE_VOID: text_put(out, "void"); break;
    case TYPE_INT:
    case TYPE_REAL: text_put(out, type_scalar_name(type->scalar)); break;
    case TYPE_ENUM: text_printf(out, "enum %s", type->name); break;
    case TYPE_RECORD: put_record(out, type->record); break;
    case TYPE_NAMED:
    case TYPE_OPAQUE: text_put(out, type->name); break;
    case TYPE_POINTER:
    case TYPE_ARRAY:
    case TYPE_FUNCTION: BUG("a derived type is no specifier");
    }
}

static bool is_suffixed(const struct type *type) {
    return type->kind == TYPE_ARRAY || type->kind == TYPE_FUNCTION;
}

/* `*const inner`, in parentheses if an array or function follows. */
static void wrap_pointer(struct text *around, const struct type *type, const char *inner) {
    bool parentheses = is_suffixed(type->under);
    text_put(around, parentheses ? "(*" : "*");
    put_quals(around, type->quals);
    if (type->quals && *inner == '\0')
        around->data[--around->length] = '\0';
    text_put(around, inner);
    text_put(around, parentheses ? ")" : "");
}

static void wrap_array(struct text *around, const struct type *type, const char *inner) {
    text_printf(around, "%s[", inner);
    if (type->count)
        emit_expr(around, type->count);
    text_put(around, "]");
}

static void wrap_function(struct text *around, const struct type *type, const char *inner) {
    text_printf(around, "%s(", inner);
    for (size_t i = 0; i < type->param_count; i++) {
        if (i > 0)
            text_put(around, ", ");
        emit_declarator(around, type->params[i], NULL);
    }
    if (type->variadic)
        text_put(around, ", ...");
    else if (type->param_count == 0 && !type->no_prototype)
        text_put(around, "void");
    text_put(around, ")");
}

static void declare(struct text *out, const struct type *type, const char *inner) {
    if (type->kind != TYPE_POINTER && !is_suffixed(type)) {
        put_specifier(out, type);
        if (*inner)
            text_printf(out, " %s", inner);
        return;
    }
    struct text around = {0};
    if (type->kind == TYPE_POINTER)
        wrap_pointer(&around, type, inner);
    else if (type->kind == TYPE_ARRAY)
        wrap_array(&around, type, inner);
    else
        wrap_function(&around, type, inner);
    declare(out, type->under, text_string(&around));
    text_free(&around);
}

void emit_declarator(struct text *out, const struct type *type, const char *name) {
    declare(out, type, name ? name : "");
}
