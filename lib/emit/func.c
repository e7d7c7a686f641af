/* func: prototypes and definitions.
 *
 * A parameter that was written as an array with a variable extent is written `x[]` with the extent in a
 * comment: not every compiler takes `x[n]` (tcc, C++), and a declaration in another form draws a warning from
 * gcc. Arrays of arrays keep their extents, which C needs there.
 */
#include "emit/print.h"

#include <string.h>

/* ---- parameters ------------------------------------------------------------------------------- */

static bool is_constant(const struct expr *count) {
    long long value;
    return !count || expr_is_const_int(count, &value);
}

static bool is_variable(const struct type *type) {
    for (; type; type = type->kind == TYPE_FUNCTION ? NULL : type->under)
        if (type->kind == TYPE_ARRAY && !is_constant(type->count))
            return true;
    return false;
}

/* Written as `x[n]`. */
static bool has_variable_extent(const struct var *param) {
    const struct type *written = param->written;
    return written && written->kind == TYPE_ARRAY && !is_constant(written->count) &&
           !is_variable(written->under);
}

bool has_variable_extents(const struct func *func) {
    for (size_t i = 0; i < func->param_count; i++)
        if (has_variable_extent(func->params[i]))
            return true;
    return false;
}

static void put_array(struct text *out, const struct var *param) {
    const struct type *written = param->written;
    if (!has_variable_extent(param)) {
        emit_declarator(out, written, param->name);
        return;
    }
    struct text declarator = {0};
    text_printf(&declarator, "%s[/* ", param->name);
    emit_expr(&declarator, written->count);
    text_put(&declarator, " */]");
    emit_declarator(out, written->under, text_string(&declarator));
    text_free(&declarator);
}

static void put_param(struct text *out, const struct var *param) {
    bool as_array = param->written && param->written->kind == TYPE_ARRAY && !type_quals(param->type);
    if (as_array)
        put_array(out, param);
    else
        emit_declarator(out, param->type, param->name);
}

/* As callers know it. */
static void put_promoted_param(struct text *out, const struct var *param) {
    struct type type = *type_strip(param->type);
    if (!type_is_arith(&type)) {
        put_param(out, param);
        return;
    }
    type.scalar = promoted_argument(type.scalar);
    emit_declarator(out, &type, param->name);
}

/* Arrays of variable extent have no type in C++: a pointer to the innermost element has the same
 * representation. */
static void put_plain_param(struct text *out, const struct var *param) {
    struct type type = *param->type;
    type.quals &= ~(unsigned)QUAL_RESTRICT;
    while (type.kind == TYPE_POINTER && type.under->kind == TYPE_ARRAY && is_variable(type.under))
        type.under = type.under->under;
    emit_declarator(out, &type, param->name);
}

bool needs_plain_prototype(const struct func *func) {
    for (size_t i = 0; i < func->param_count; i++)
        if ((func->params[i]->type->quals & QUAL_RESTRICT) || is_variable(func->params[i]->type))
            return true;
    return false;
}

/* ---- prototypes ------------------------------------------------------------------------------- */

static void put_signature(struct text *out, const struct func *func,
                          void (*put)(struct text *out, const struct var *param)) {
    struct text declarator = {0};
    text_printf(&declarator, "%s(", func->name);
    for (size_t i = 0; i < func->param_count; i++) {
        text_put(&declarator, i > 0 ? ", " : "");
        put(&declarator, func->params[i]);
    }
    if (func->variadic && func->param_count > 0)
        text_put(&declarator, ", ...");
    else if (!func->variadic && func->param_count == 0)
        text_put(&declarator, "void");
    text_put(&declarator, ")");
    if (func->is_static)
        text_put(out, "static ");
    emit_declarator(out, func->result, text_string(&declarator));
    text_free(&declarator);
}

void emit_prototype(struct text *out, const struct func *func) {
    struct text line = {0};
    put_signature(&line, func, put_param);
    print_line(out, text_string(&line));
    text_free(&line);
}

void print_extern_prototype(struct text *out, const struct func *func) {
    struct text line = {0};
    put_signature(&line, func, func->promotes ? put_promoted_param : put_param);
    print_line(out, text_string(&line));
    text_free(&line);
}

void print_plain_prototype(struct text *out, const struct func *func) {
    struct text line = {0};
    put_signature(&line, func, put_plain_param);
    print_line(out, text_string(&line));
    text_free(&line);
}

/* ---- definitions ------------------------------------------------------------------------------ */

/* A parameter that neither the body nor another parameter needs is mentioned, so that no compiler warns. */
static void put_unused(struct text *out, const struct func *func, const char *body) {
    struct text prototype = {0};
    emit_prototype(&prototype, func);
    for (size_t i = 0; i < func->param_count; i++) {
        const char *name = func->params[i]->name;
        if (count_mentions(body, name) || count_mentions(text_string(&prototype), name) > 1)
            continue;
        text_printf(out, "(void)%s;", name);
        text_newline(out);
    }
    text_free(&prototype);
}

void emit_func(struct text *out, const struct func *func) {
    struct text body = {.indent = out->indent + 1};
    print_func_body(&body, func);
    if (func->comment)
        print_comment(out, func->comment);
    emit_prototype(out, func);
    text_put(out, " {");
    text_newline(out);
    out->indent++;
    put_unused(out, func, text_string(&body));
    out->indent--;
    text_raw(out, text_string(&body));
    text_put(out, "}");
    text_newline(out);
    text_free(&body);
}
