/* declare: functions and global variables become `struct func` and `struct var` when they are first seen,
 * whichever of their declarations that is; functions with a body queue for lowering.
 *
 * The annotations of <cgrad/cgrad.h> hang on declarations as attribute("cgrad:...").
 */
#include "front/front_private.h"

#include <ctype.h>
#include <string.h>

/* ---- annotations -------------------------------------------------------------------------------- */

/* What follows the prefix in one of the declaration's annotations, or NULL. */
static const char *annotation_after(struct front *front, CXCursor annotation, const char *prefix) {
    if (clang_getCursorKind(annotation) != CXCursor_AnnotateAttr)
        return NULL;
    const char *text = front_spelling(front, annotation);
    size_t length = strlen(prefix);
    return strncmp(text, prefix, length) == 0 ? text + length : NULL;
}

static bool is_annotated(struct front *front, CXCursor declaration, const char *text) {
    struct children children = front_children(front, declaration);
    for (size_t i = 0; i < children.count; i++) {
        const char *rest = annotation_after(front, children.items[i], text);
        if (rest && *rest == '\0')
            return true;
    }
    return false;
}

bool front_is_inactive(struct front *front, CXCursor declaration) {
    return is_annotated(front, declaration, "cgrad:inactive");
}

/* Later declarations inherit the annotations of earlier ones. */
static bool is_requested(const struct front *front, const char *function, enum mode mode, const char *text) {
    for (size_t i = 0; i < front->unit->requests.count; i++) {
        const struct request_text *request = front->unit->requests.items[i];
        if (request->mode == mode && strcmp(request->function, function) == 0 &&
            strcmp(request->written, text) == 0)
            return true;
    }
    return false;
}

/* The index of the parameter of that name; -1: none. */
static int param_named(struct front *front, CXCursor declaration, const char *name) {
    int count = clang_Cursor_getNumArguments(declaration);
    for (int i = 0; i < count; i++)
        if (strcmp(front_spelling(front, clang_Cursor_getArgument(declaration, (unsigned)i)), name) == 0)
            return i;
    return -1;
}

static size_t identifier_length(const char *text) {
    size_t length = 0;
    if (isalpha((unsigned char)*text) || *text == '_')
        while (isalnum((unsigned char)text[length]) || text[length] == '_')
            length++;
    return length;
}

/* The declaration with whose names the text was written: this one, or, since a definition inherits the
 * requests of prototypes before it, the first one. */
static CXCursor written_before(struct front *front, CXCursor declaration, const char *text) {
    CXCursor first = clang_getCanonicalCursor(declaration);
    for (size_t length; *text; text += length ? length : 1) {
        length = identifier_length(text);
        const char *name = arena_strndup(front->arena, text, length);
        if (length && param_named(front, declaration, name) < 0 && param_named(front, first, name) >= 0)
            return first;
    }
    return declaration;
}

/* `CGRAD_VJP(x[n])` before `void f(int n, double *x)`, defined as `void f(int count, double *v)`: v[count].
 */
static const char *in_names_of_definition(struct front *front, CXCursor declaration, const char *text) {
    CXCursor written = written_before(front, declaration, text);
    CXCursor definition = clang_getCursorDefinition(declaration);
    const char *result = "";
    if (clang_Cursor_isNull(definition))
        return text;
    for (size_t length; *text; text += length) {
        length = identifier_length(text);
        const char *part = arena_strndup(front->arena, text, length ? length : 1);
        int index = length ? param_named(front, written, part) : -1;
        if (index >= 0 && index < clang_Cursor_getNumArguments(definition))
            part = front_spelling(front, clang_Cursor_getArgument(definition, (unsigned)index));
        result = arena_printf(front->arena, "%s%s", result, part);
        length = length ? length : 1;
    }
    return result;
}

static void add_request(struct front *front, CXCursor function, enum mode mode, const char *text) {
    if (is_requested(front, front_spelling(front, function), mode, text))
        return;
    struct request_text *request = NEW(front->arena, struct request_text);
    request->mode = mode;
    request->function = front_spelling(front, function);
    request->written = text;
    request->text = in_names_of_definition(front, function, text);
    request->loc = front_cursor_loc(front, function);
    VEC_PUSH(front->arena, front->unit->requests, request);
}

static void read_request(struct front *front, CXCursor function, CXCursor annotation) {
    static const struct {
        const char *prefix;
        enum mode mode;
    } table[] = {
        {"cgrad:grad:", MODE_GRAD},       {"cgrad:vjp:", MODE_VJP}, {"cgrad:split:", MODE_SPLIT},
        {"cgrad:jvp:", MODE_JVP},         {"cgrad:hvp:", MODE_HVP}, {"cgrad:jacobian:", MODE_JACOBIAN},
        {"cgrad:hessian:", MODE_HESSIAN},
    };
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        const char *text = annotation_after(front, annotation, table[i].prefix);
        if (text)
            add_request(front, function, table[i].mode, text);
    }
}

/* A name may be annotated before or after the function that it replaces is declared; `custom` keeps it until
 * the end. */
static void read_custom(struct front *front, CXCursor function, CXCursor annotation) {
    const char *vjp = annotation_after(front, annotation, "cgrad:custom_vjp:");
    const char *jvp = annotation_after(front, annotation, "cgrad:custom_jvp:");
    if (!vjp && !jvp)
        return;
    struct custom custom = {vjp ? vjp : jvp, front_spelling(front, function), vjp != NULL,
                            front_cursor_loc(front, function)};
    VEC_PUSH(front->arena, front->customs, custom);
}

void front_annotations(struct front *front, CXCursor function) {
    struct children children = front_children(front, function);
    for (size_t i = 0; i < children.count; i++) {
        read_request(front, function, children.items[i]);
        read_custom(front, function, children.items[i]);
    }
}

/* ---- functions ---------------------------------------------------------------------------------- */

/* `_Noreturn` is not part of the type, `__attribute__((noreturn))` is. */
static bool is_no_return(struct front *front, CXCursor declaration) {
    const char *type = front_string(front, clang_getTypeSpelling(clang_getCursorType(declaration)));
    if (strstr(type, "noreturn"))
        return true;
    struct extent extent = front_extent(declaration);
    if (!extent.file)
        return false;
    const struct token_table *table = front_tokens(front, extent.file);
    for (size_t i = token_find(table, extent.begin); i < table->count && !token_is(table, i, "("); i++)
        if (token_is(table, i, "_Noreturn") || token_is(table, i, "noreturn"))
            return true;
    return false;
}

/* A parameter's type as adjusted (C11 6.7.6.3p7), with the qualifiers that stand in its brackets. K&R
 * definitions have it in the declaration only. */
static struct type *adjusted_type(struct front *front, CXCursor function, unsigned index, CXCursor param) {
    CXType type = clang_getCursorType(function);
    if (type.kind == CXType_FunctionNoProto || (int)index >= clang_getNumArgTypes(type))
        return type_decay(front->types, front_type(front, clang_getCursorType(param)));
    CXType written = clang_getArgType(type, index), canonical = clang_getCanonicalType(written);
    struct type *declared = front_type(front, clang_getCursorType(param));
    if (type_is_arith(declared))
        return declared; /* of a K&R definition the argument is promoted, the parameter is not */
    struct type *adjusted = type_decay(front->types, front_type(front, written));
    bool restricted = canonical.kind == CXType_Pointer && clang_isRestrictQualifiedType(canonical);
    return restricted ? type_qualified(front->types, adjusted, QUAL_RESTRICT) : adjusted;
}

/* Of the function's type, to which callers convert, another type than the parameter's. */
static bool is_promoted(struct front *front, CXCursor function, unsigned index, const struct type *declared) {
    CXType type = clang_getCursorType(function);
    if (!type_is_arith(declared) || (int)index >= clang_getNumArgTypes(type))
        return false;
    const struct type *passed = type_strip(front_type(front, clang_getArgType(type, index)));
    return passed->scalar != type_strip(declared)->scalar;
}

/* `layer layer`: generated code goes on to declare variables of the type. A macro of that name is defined
 * further down, but may stand above generated code. */
static const char *param_name(struct front *front, const char *name) {
    if (!map_get(front->typedefs, name) && !front_is_macro(front, name))
        return name;
    const char *other = arena_printf(front->arena, "%s_value", name);
    while (map_get(front->unit->identifiers, other))
        other = arena_printf(front->arena, "%s_", other);
    return other;
}

static void add_params(struct front *front, struct func *func, CXCursor function) {
    int count = clang_Cursor_getNumArguments(function);
    for (int i = 0; i < count; i++) {
        CXCursor param = clang_Cursor_getArgument(function, (unsigned)i);
        const char *name = front_spelling(front, param);
        if (!*name)
            name = arena_printf(front->arena, "arg%d", i + 1);
        struct type *type = adjusted_type(front, function, (unsigned)i, param);
        struct var *var = func_add_var(front->unit, func, VAR_PARAM, param_name(front, name), type);
        var->source_name = name;
        var->loc = front_cursor_loc(front, param);
        var->inactive = front_is_inactive(front, param);
        func->promotes |= is_promoted(front, function, (unsigned)i, var->type);
    }
}

static void queue_body(struct front *front, struct func *func, CXCursor definition) {
    struct body body = {func, definition};
    func->defined = true;
    VEC_PUSH(front->arena, front->bodies, body);
}

/* A function of a system header that the rules know is never looked into. */
static bool wants_body(struct front *front, const struct func *func, CXCursor definition) {
    if (clang_Cursor_isNull(definition))
        return false;
    bool known = rules_math(front->rules, func->name) || rules_call(front->rules, func->name);
    return !(known && front_in_system_header(definition));
}

/* `f()` takes what it takes; its definition shows that this is nothing (C11 6.7.6.3p14). */
static bool takes_any_arguments(CXType type, CXCursor definition) {
    bool known = type.kind == CXType_FunctionNoProto && !clang_Cursor_isNull(definition);
    return !known && clang_isFunctionTypeVariadic(type);
}

struct func *front_function(struct front *front, CXCursor declaration) {
    struct func *func = front_map_get(&front->functions, declaration);
    if (func)
        return func;
    CXCursor definition = clang_getCursorDefinition(declaration);
    CXCursor best = clang_Cursor_isNull(definition) ? declaration : definition;
    CXType type = clang_getCursorType(best);
    func = func_new(front->unit, front_spelling(front, best),
                    front_type(front, clang_getCursorResultType(best)));
    front_map_put(front, &front->functions, declaration, func);
    func->loc = front_cursor_loc(front, best);
    func->variadic = takes_any_arguments(type, definition);
    func->is_static =
        clang_getCursorLinkage(best) == CXLinkage_Internal || clang_Cursor_isFunctionInlined(best);
    func->in_input = front_in_input(front, best);
    func->in_header = !front_in_input(front, clang_getCanonicalCursor(best));
    func->in_system = front_in_system_header(clang_getCanonicalCursor(best));
    func->inactive = front_is_inactive(front, best);
    func->no_return = is_no_return(front, best);
    add_params(front, func, best);
    VEC_PUSH(front->arena, front->unit->funcs, func);
    if (wants_body(front, func, definition))
        queue_body(front, func, definition);
    return func;
}

/* ---- global variables --------------------------------------------------------------------------- */

bool front_is_const(const struct type *type) {
    unsigned quals = type_quals(type);
    for (; type_is_array(type);
         quals |= type_quals(type)) /* `const matrix m` of a typedef qualifies the array */
        type = type_target(type);
    return (quals & QUAL_CONST) != 0;
}

/* Of a table of functions, or of structs that hold some. */
static void add_functions(struct front *front, struct var *table, CXCursor cursor) {
    struct children children = front_children(front, cursor);
    for (size_t i = 0; i < children.count; i++) {
        CXCursor named = clang_getCursorReferenced(children.items[i]);
        if (clang_getCursorKind(children.items[i]) == CXCursor_DeclRefExpr &&
            clang_getCursorKind(named) == CXCursor_FunctionDecl)
            VEC_PUSH(front->arena, table->functions, front_function(front, named));
        else
            add_functions(front, table, children.items[i]);
    }
}

struct var *front_global(struct front *front, CXCursor declaration) {
    struct var *var = front_map_get(&front->globals, declaration);
    if (var)
        return var;
    CXCursor definition = clang_getCursorDefinition(declaration);
    CXCursor best = clang_Cursor_isNull(definition) ? declaration : definition;
    var = NEW(front->arena, struct var);
    front_map_put(front, &front->globals, declaration, var);
    var->kind = VAR_GLOBAL;
    var->name = front_spelling(front, best);
    var->type = front_type(front, clang_getCursorType(best));
    var->loc = front_cursor_loc(front, best);
    var->inactive = front_is_inactive(front, best);
    var->is_static = clang_getCursorLinkage(best) == CXLinkage_Internal;
    var->is_const = front_is_const(var->type);
    var->in_input = front_in_input(front, best);
    var->id = (unsigned)front->unit->globals.count;
    VEC_PUSH(front->arena, front->unit->globals, var);
    if (var->is_const || var->is_static)
        add_functions(front, var, best);
    return var;
}
