/* names: which identifiers a piece of C text mentions. What generated code needs from the input is found by
 * its text, so that types, macros, tables and functions need no four searches of their own.
 */
#include "emit/print.h"

#include <ctype.h>
#include <string.h>

/* ---- text ------------------------------------------------------------------------------------- */

static bool is_name_char(char c) {
    return isalnum((unsigned char)c) || c == '_';
}

static const char *skip_literal(const char *at) {
    char quote = *at++;
    while (*at && *at != quote)
        at += *at == '\\' && at[1] ? 2 : 1;
    return *at ? at + 1 : at;
}

static const char *skip_comment(const char *at) {
    const char *end = at[1] == '/' ? strchr(at, '\n') : strstr(at + 2, "*/");
    if (!end)
        return at + strlen(at);
    return at[1] == '/' ? end : end + 2;
}

/* Skips a number with its exponent and suffixes. */
static const char *skip_number(const char *at) {
    while (is_name_char(*at) || *at == '.' || ((*at == '+' || *at == '-') && strchr("eEpP", at[-1])))
        at++;
    return at;
}

/* The next identifier at or behind `at`, its length in `length`; NULL at the end. */
static const char *next_name(const char *at, size_t *length) {
    while (*at) {
        if (*at == '"' || *at == '\'')
            at = skip_literal(at);
        else if (*at == '/' && (at[1] == '/' || at[1] == '*'))
            at = skip_comment(at);
        else if (isdigit((unsigned char)*at))
            at = skip_number(at);
        else if (is_name_char(*at))
            break;
        else
            at++;
    }
    *length = 0;
    while (is_name_char(at[*length]))
        ++*length;
    return *length ? at : NULL;
}

static void add_name(struct map *names, const char *name) {
    if (!map_get(names, name))
        map_put(names, name, names);
}

void collect_names(const char *text, struct map *names) {
    struct text name = {0};
    size_t length;
    for (const char *at = text; (at = next_name(at, &length)); at += length) {
        name.length = 0;
        text_put_n(&name, at, length);
        add_name(names, text_string(&name));
    }
    text_free(&name);
}

unsigned count_mentions(const char *text, const char *name) {
    unsigned count = 0;
    size_t length;
    for (const char *at = text; (at = next_name(at, &length)); at += length)
        count += strlen(name) == length && memcmp(at, name, length) == 0;
    return count;
}

/* ---- functions -------------------------------------------------------------------------------- */

static bool note_expr(struct expr *expr, void *names);

static void note_type(const struct type *type, struct map *names) {
    for (; type; type = type->kind == TYPE_NAMED ? NULL : type->under) {
        if (type->name)
            collect_names(type->name, names);
        if (type->record && type->record->tag)
            add_name(names, type->record->tag);
        if (type->count)
            expr_walk(type->count, note_expr, names);
        for (size_t i = 0; i < type->param_count; i++)
            note_type(type->params[i], names);
    }
}

static bool note_expr(struct expr *expr, void *data) {
    struct map *names = data;
    switch (expr->kind) {
    case EXPR_VAR:
        if (expr->u.var->kind == VAR_GLOBAL)
            add_name(names, expr->u.var->name);
        break;
    case EXPR_FUNC: add_name(names, expr->u.func->name); break;
    case EXPR_MATH: add_name(names, expr->u.name); break;
    case EXPR_INT:
    case EXPR_REAL: collect_names(expr->u.text, names); break;
    case EXPR_NAMED: collect_names(expr->u.text, names); return false;
    case EXPR_CAST: note_type(expr->type, names); break;
    case EXPR_SIZEOF: note_type(expr->u.of, names); break;
    case EXPR_STRING:
    case EXPR_UNARY:
    case EXPR_BINARY:
    case EXPR_COND:
    case EXPR_INDEX:
    case EXPR_DEREF:
    case EXPR_ADDR:
    case EXPR_FIELD:
    case EXPR_INIT: break;
    }
    return true;
}

static void note_stmt(struct stmt *stmt, void *names) {
    stmt_walk_exprs(stmt, note_expr, names);
    if (stmt->kind == STMT_CALL)
        add_name(names, func_called_name(stmt->u.call.callee));
    if (stmt->kind == STMT_PUSH || stmt->kind == STMT_POP)
        add_name(names, stmt->kind == STMT_PUSH ? "CGRAD_PUSH" : "CGRAD_POP");
    if (stmt->kind == STMT_RAW && strncmp(stmt->u.text, "/*", 2) != 0)
        collect_names(stmt->u.text, names);
    if (stmt->kind == STMT_DECL)
        note_type(stmt->u.decl.var->type, names);
    if (stmt->kind == STMT_FOR && stmt->u.loop.declares)
        note_type(stmt->u.loop.index->type, names);
}

void collect_type_names(const struct type *type, struct map *names) {
    note_type(type, names);
}

void collect_prototype_names(const struct func *func, struct map *names) {
    note_type(func->result, names);
    for (size_t i = 0; i < func->param_count; i++) {
        note_type(func->params[i]->type, names);
        note_type(func->params[i]->written, names);
    }
}

void collect_func_names(struct func *func, struct map *names) {
    collect_prototype_names(func, names);
    block_walk(&func->body, note_stmt, names);
}
