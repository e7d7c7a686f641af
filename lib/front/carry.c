/* carry: the input's own text, in pieces that generated code may need again: directives, types, variables,
 * functions. Verbatim, because libclang's tree is expanded and people want to recognize their code.
 *
 * Declarators share their specifiers (`double a, *b;`), and a type may be declared inside of another
 * declaration: what overlaps in the text is one group. The first name of a group carries its text; the others
 * carry none and mention the first.
 */
#include "front/carry.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

/* ---- the text ----------------------------------------------------------------------------------- */

/* Annotations are requests to cgrad, and do not belong into what it writes. */
static bool is_annotation(const struct carrier *carrier, size_t index) {
    const struct token *token = &carrier->table->items[index];
    return token->kind == CXToken_Identifier && token->end - token->begin > 6 &&
           strncmp(carrier->table->text + token->begin, "CGRAD_", 6) == 0;
}

/* The index behind the annotation, with its arguments. */
static size_t skip_annotation(const struct carrier *carrier, size_t index) {
    int depth = 0;
    if (!token_is(carrier->table, index + 1, "("))
        return index + 1;
    for (index++; index < carrier->table->count; index++) {
        depth += token_is(carrier->table, index, "(") - token_is(carrier->table, index, ")");
        if (depth == 0)
            return index + 1;
    }
    return index;
}

/* Where the text goes on if not with this token, and what stands there instead; NULL: with the token. */
static const char *instead(const struct carrier *carrier, size_t index, unsigned end, unsigned *next) {
    const struct token_table *table = carrier->table;
    for (size_t i = 0; i < carrier->measures.count; i++)
        if (carrier->measures.items[i].begin == table->items[index].begin) {
            *next = carrier->measures.items[i].end;
            return carrier->measures.items[i].value;
        }
    if (!is_annotation(carrier, index))
        return NULL;
    index = skip_annotation(carrier, index);
    *next = index < table->count && table->items[index].begin < end ? table->items[index].begin : end;
    return "";
}

const char *carry_text(struct carrier *carrier, unsigned begin, unsigned end) {
    const struct token_table *table = carrier->table;
    struct arena *arena = carrier->front->arena;
    const char *text = "";
    size_t index = token_find(table, begin);
    while (index < table->count && table->items[index].begin < end) {
        unsigned next;
        const char *other = instead(carrier, index, end, &next);
        if (!other) {
            index++;
            continue;
        }
        const char *before = token_slice(carrier->front, table, begin, table->items[index].begin);
        text = arena_printf(arena, "%s%s%s", text, before, other);
        begin = next;
        index = token_find(table, next);
    }
    return arena_printf(arena, "%s%s", text, token_slice(carrier->front, table, begin, end));
}

/* ---- mentions ----------------------------------------------------------------------------------- */

void carry_add_name(struct front *front, struct names *names, const char *name) {
    for (size_t i = 0; i < names->items.count; i++)
        if (names->items.items[i] == name)
            return;
    VEC_PUSH(front->arena, names->items, name);
}

void carry_add_names(struct carrier *carrier, struct names *names, unsigned begin, unsigned end) {
    const struct token_table *table = carrier->table;
    for (size_t i = token_find(table, begin); i < table->count && table->items[i].begin < end; i++)
        if (table->items[i].kind == CXToken_Identifier && !is_annotation(carrier, i))
            carry_add_name(carrier->front, names, token_text(carrier->front, table, i));
}

struct carry *carry_add(struct carrier *carrier, enum carry_kind kind, const char *name, const char *text,
                        struct names names, unsigned begin) {
    struct carry *carry = NEW(carrier->front->arena, struct carry);
    CXSourceLocation location = clang_getLocationForOffset(carrier->front->tu, carrier->table->file, begin);
    carry->kind = kind;
    carry->name = name;
    carry->text = text;
    carry->mentions = names.items.items;
    carry->mention_count = names.items.count;
    carry->loc = front_loc(carrier->front, location);
    carry->position = begin;
    VEC_PUSH(carrier->front->arena, carrier->front->unit->carried, carry);
    return carry;
}

bool carry_has(const struct front *front, const char *name) {
    for (size_t i = 0; i < front->unit->carried.count; i++)
        if (strcmp(front->unit->carried.items[i]->name, name) == 0)
            return true;
    return false;
}

/* ---- directives --------------------------------------------------------------------------------- */

/* `<math.h>` or `"model.h"`, as written behind `#include`. */
static const char *spelled_include(struct carrier *carrier, struct extent extent) {
    const char *text = carry_text(carrier, extent.begin, extent.end);
    const char *open = strpbrk(text, "<\"");
    const char *close = open ? strchr(open + 1, *open == '<' ? '>' : '"') : NULL;
    if (!close) /* #include MACRO */
        return text;
    return intern_n(carrier->front->unit->names, open, (size_t)(close - open) + 1);
}

static void carry_include(struct carrier *carrier, CXCursor cursor) {
    struct extent extent = front_extent(cursor);
    struct names none = {{NULL, 0, 0}};
    const char *text = carry_text(carrier, extent.begin, extent.end);
    struct carry *carry =
        carry_add(carrier, CARRY_INCLUDE, spelled_include(carrier, extent), text, none, extent.begin);
    CXFile file = clang_getIncludedFile(cursor);
    carry->path = file ? front_string(carrier->front, clang_getFileName(file)) : NULL;
}

/* `#ifndef NAME` right before the definition means: unless a header has it. */
static bool is_guarded(struct carrier *carrier, const char *name, unsigned begin) {
    const struct token_table *table = carrier->table;
    size_t index = token_find(table, begin); /* the name; `#`, `define` stand before it */
    return index >= 5 && token_is(table, index - 3, name) && token_is(table, index - 4, "ifndef") &&
           token_is(table, index - 5, "#");
}

static void carry_macro(struct carrier *carrier, CXCursor cursor) {
    struct front *front = carrier->front;
    struct extent extent = front_extent(cursor);
    const char *name = front_spelling(front, cursor);
    const char *text =
        arena_printf(front->arena, "#define %s", carry_text(carrier, extent.begin, extent.end));
    struct names names = {{NULL, 0, 0}};
    if (is_guarded(carrier, name, extent.begin))
        text = arena_printf(front->arena, "#ifndef %s\n%s\n#endif", name, text);
    carry_add_names(carrier, &names, extent.begin, extent.end);
    carry_add(carrier, CARRY_MACRO, name, text, names, extent.begin);
}

/* ---- variables ---------------------------------------------------------------------------------- */

/* The declaration without its initializer. */
static const char *without_initializer(struct carrier *carrier, unsigned begin, unsigned end) {
    const struct token_table *table = carrier->table;
    int depth = 0;
    for (size_t i = token_find(table, begin); i < table->count && table->items[i].begin < end; i++) {
        if (token_is(table, i, "(") || token_is(table, i, "[") || token_is(table, i, "{"))
            depth++;
        else if (token_is(table, i, ")") || token_is(table, i, "]") || token_is(table, i, "}"))
            depth--;
        else if (depth == 0 && (token_is(table, i, "=") || token_is(table, i, ";")))
            return carry_text(carrier, begin, table->items[i - 1].end);
    }
    return carry_text(carrier, begin, end);
}

/* One of several declarators, spelled from its type; NULL where that takes more than dimensions behind the
 * name. */
static const char *spelled_declaration(struct front *front, CXCursor variable) {
    CXType type = clang_getCursorType(variable);
    const char *declarator = front_spelling(front, variable);
    for (; type.kind == CXType_ConstantArray; type = clang_getArrayElementType(type))
        declarator = arena_printf(front->arena, "%s[%lld]", declarator, clang_getArraySize(type));
    const char *spelling = front_string(front, clang_getTypeSpelling(type));
    return strchr(spelling, '(') ? NULL : arena_printf(front->arena, "%s %s", spelling, declarator);
}

/* Among its specifiers, in any place. */
static bool says_extern(const char *text) {
    const char *word = strstr(text, "extern");
    return word && (word == text || isspace((unsigned char)word[-1])) && isspace((unsigned char)word[6]);
}

static const char *extern_declaration(struct carrier *carrier, CXCursor variable, bool alone, CXCursor type) {
    struct front *front = carrier->front;
    const char *text;
    if (!alone)
        text = spelled_declaration(front, variable);
    else if (clang_Cursor_isNull(type))
        text = without_initializer(carrier, carrier->group.begin, carrier->group.end);
    else
        text = *carry_type_name(front, type) ? spelled_declaration(front, variable) : NULL;
    if (!text)
        return NULL;
    return arena_printf(front->arena, "%s%s;", says_extern(text) ? "" : "extern ", text);
}

static void carry_variable(struct carrier *carrier, CXCursor variable, const char *text, const char *primary,
                           const char *extern_text) {
    struct front *front = carrier->front;
    struct names names = {{NULL, 0, 0}};
    const char *name = front_spelling(front, variable);
    if (strcmp(name, primary) == 0)
        carry_add_names(carrier, &names, carrier->group.begin, carrier->group.end);
    else
        carry_add_name(front, &names, primary);
    struct carry *carry = carry_add(carrier, CARRY_GLOBAL, name, strcmp(name, primary) == 0 ? text : "",
                                    names, carrier->group.begin);
    carry->is_static = clang_getCursorLinkage(variable) == CXLinkage_Internal;
    carry->is_const = front_is_const(front_type(front, clang_getCursorType(variable)));
    carry->extern_text = carry->is_static ? NULL : extern_text;
}

/* ---- functions ---------------------------------------------------------------------------------- */

static unsigned body_begin(struct front *front, CXCursor function) {
    struct children parts = front_parts(front, function);
    for (size_t i = 0; i < parts.count; i++)
        if (clang_getCursorKind(parts.items[i]) == CXCursor_CompoundStmt)
            return front_extent(parts.items[i]).begin;
    return 0;
}

/* The prototype of a definition. One in K&R's manner has none but `T f()`. */
static const char *prototype(struct carrier *carrier, CXCursor function, CXCursor type, unsigned body) {
    struct front *front = carrier->front;
    const struct token_table *table = carrier->table;
    size_t last = token_find(table, body);
    if (body <= carrier->group.begin) /* a macro made it: the function itself says what to declare */
        return NULL;
    while (last > 0 && table->items[last - 1].kind == CXToken_Comment)
        last--;
    if (last > 0 && token_is(table, last - 1, ";")) {
        const char *result = front_string(front, clang_getTypeSpelling(clang_getCursorResultType(function)));
        return arena_printf(front->arena, "%s %s();", result, front_spelling(front, function));
    }
    unsigned end = last > 0 ? table->items[last - 1].end : body;
    const char *text = clang_Cursor_isNull(type)
                           ? carry_text(carrier, carrier->group.begin, end)
                           : carry_text_without_type(carrier, type, carrier->group.begin, end);
    return arena_printf(front->arena, "%s;", text);
}

/* A plain inline function need not exist outside of its file (C11 6.7.4p7): copies are made static. */
static const char *static_text(struct front *front, const char *text) {
    size_t skip = strncmp(text, "extern ", 7) == 0 ? 7 : 0;
    return arena_printf(front->arena, "static %s", text + skip);
}

static void carry_function(struct carrier *carrier, CXCursor function, CXCursor type, const char *text) {
    struct names names = {{NULL, 0, 0}};
    unsigned body = body_begin(carrier->front, function);
    carry_add_names(carrier, &names, carrier->group.begin, carrier->group.end);
    struct carry *carry = carry_add(carrier, CARRY_FUNCTION, front_spelling(carrier->front, function), text,
                                    names, carrier->group.begin);
    bool internal = clang_getCursorLinkage(function) == CXLinkage_Internal;
    bool inlined = clang_Cursor_isFunctionInlined(function) != 0;
    carry->is_static = internal || inlined;
    if (inlined && !internal)
        carry->text = static_text(carrier->front, text);
    if (!carry->is_static)
        carry->extern_text = body ? prototype(carrier, function, type, body) : text;
}

/* ---- groups ------------------------------------------------------------------------------------- */

struct sorted {
    VEC(CXCursor) types, variables, functions;
};

static struct sorted sort_members(struct carrier *carrier) {
    struct sorted sorted = {{NULL, 0, 0}, {NULL, 0, 0}, {NULL, 0, 0}};
    for (size_t i = 0; i < carrier->group.members.count; i++) {
        CXCursor member = carrier->group.members.items[i];
        if (carry_is_type(member))
            VEC_PUSH(carrier->front->arena, sorted.types, member);
        else if (clang_getCursorKind(member) == CXCursor_VarDecl)
            VEC_PUSH(carrier->front->arena, sorted.variables, member);
        else if (clang_getCursorKind(member) == CXCursor_FunctionDecl)
            VEC_PUSH(carrier->front->arena, sorted.functions, member);
    }
    return sorted;
}

/* Its place in the output is before what it stands in. */
static void carry_type_inside(struct carrier *carrier, const struct sorted *sorted) {
    struct front *front = carrier->front;
    struct extent extent = front_extent(sorted->types.items[0]);
    size_t first = front->unit->carried.count;
    const char *text = arena_printf(front->arena, "%s;", carry_text(carrier, extent.begin, extent.end));
    carry_types(carrier, sorted->types.items, sorted->types.count, text, extent.begin, extent.end);
    for (size_t i = first; i < front->unit->carried.count; i++)
        front->unit->carried.items[i]->position = carrier->group.begin;
}

/* `struct s {...} a;`: the type by itself if it has a name, and the text of the rest. */
static const char *split_type(struct carrier *carrier, const struct sorted *sorted, const char *text) {
    if (sorted->types.count == 0 || !*carry_type_name(carrier->front, sorted->types.items[0]))
        return text;
    carry_type_inside(carrier, sorted);
    return carry_text_without_type(carrier, sorted->types.items[0], carrier->group.begin, carrier->group.end);
}

static void carry_functions(struct carrier *carrier, const struct sorted *sorted, const char *text) {
    const char *rest = split_type(carrier, sorted, text);
    CXCursor type = rest == text ? clang_getNullCursor() : sorted->types.items[0];
    for (size_t i = 0; i < sorted->functions.count; i++)
        carry_function(carrier, sorted->functions.items[i], type, rest);
}

/* Where the name of the variable stands. */
static unsigned name_offset(CXCursor variable) {
    unsigned offset;
    clang_getExpansionLocation(clang_getCursorLocation(variable), NULL, NULL, NULL, &offset);
    return offset;
}

/* `static const double a = 1, b = 2;`: each is carried by itself, so that none is defined for nothing. Not
 * where a star or parenthesis before the first name might be that declarator's. */
static bool can_part(struct carrier *carrier, const struct sorted *sorted) {
    const struct token_table *table = carrier->table;
    unsigned first = name_offset(sorted->variables.items[0]);
    if (sorted->variables.count < 2 || sorted->types.count ||
        clang_getCursorLinkage(sorted->variables.items[0]) != CXLinkage_Internal)
        return false;
    for (size_t i = token_find(table, carrier->group.begin);
         i < table->count && table->items[i].begin < first; i++)
        if (token_is(table, i, "*") || token_is(table, i, "("))
            return false;
    for (size_t k = 0; k < sorted->variables.count; k++) {
        size_t next =
            token_skip_comments(table, token_find(table, front_extent(sorted->variables.items[k]).end));
        bool last = k + 1 == sorted->variables.count;
        if (!token_is(table, token_find(table, name_offset(sorted->variables.items[k])),
                      front_spelling(carrier->front, sorted->variables.items[k])) ||
            !token_is(table, next, last ? ";" : ","))
            return false;
    }
    return true;
}

static void carry_parted(struct carrier *carrier, const struct sorted *sorted) {
    struct front *front = carrier->front;
    const struct token_table *table = carrier->table;
    unsigned begin = carrier->group.begin, start = name_offset(sorted->variables.items[0]);
    const char *specifiers = carry_text(carrier, begin, start);
    for (size_t k = 0; k < sorted->variables.count; k++) {
        CXCursor variable = sorted->variables.items[k];
        unsigned end = front_extent(variable).end;
        struct names names = {{NULL, 0, 0}};
        carry_add_names(carrier, &names, begin, name_offset(sorted->variables.items[0]));
        carry_add_names(carrier, &names, start, end);
        struct carry *carry = carry_add(
            carrier, CARRY_GLOBAL, front_spelling(front, variable),
            arena_printf(front->arena, "%s%s;", specifiers, carry_text(carrier, start, end)), names, start);
        carry->is_static = true;
        carry->is_const = front_is_const(front_type(front, clang_getCursorType(variable)));
        size_t comma = token_skip_comments(table, token_find(table, end));
        size_t next = token_skip_comments(table, comma + 1);
        start = next < table->count ? table->items[next].begin : end;
    }
}

static void carry_variables(struct carrier *carrier, const struct sorted *sorted, const char *text) {
    struct front *front = carrier->front;
    if (can_part(carrier, sorted)) {
        carry_parted(carrier, sorted);
        return;
    }
    CXCursor type = sorted->types.count ? sorted->types.items[0] : clang_getNullCursor();
    text = split_type(carrier, sorted, text);
    const char *primary = front_spelling(front, sorted->variables.items[0]);
    for (size_t i = 0; i < sorted->variables.count; i++) {
        CXCursor variable = sorted->variables.items[i];
        carry_variable(carrier, variable, text, primary,
                       extern_declaration(carrier, variable, sorted->variables.count == 1, type));
    }
}

/* Everything up to the semicolon belongs to a declaration; a definition of a function has none. */
static unsigned end_of_group(struct carrier *carrier, bool has_body) {
    const struct token_table *table = carrier->table;
    if (has_body)
        return carrier->group.end;
    for (size_t i = token_find(table, carrier->group.end); i < table->count; i++)
        if (token_is(table, i, ";"))
            return table->items[i].end;
    return carrier->group.end;
}

static void carry_group(struct carrier *carrier) {
    if (carrier->group.members.count == 0)
        return;
    struct sorted sorted = sort_members(carrier);
    bool has_body = sorted.functions.count == 1 && body_begin(carrier->front, sorted.functions.items[0]) != 0;
    carrier->group.end = end_of_group(carrier, has_body);
    unsigned begin = carrier->group.begin, end = carrier->group.end;
    const char *text = carry_text(carrier, begin, end);
    if (sorted.functions.count)
        carry_functions(carrier, &sorted, text);
    else if (sorted.variables.count)
        carry_variables(carrier, &sorted, text);
    else if (sorted.types.count)
        carry_types(carrier, sorted.types.items, sorted.types.count, text, begin, end);
    carrier->group.members.count = 0;
}

static void add_to_group(struct carrier *carrier, CXCursor cursor) {
    struct extent extent = front_extent(cursor);
    if (carrier->group.members.count && extent.begin >= carrier->group.end)
        carry_group(carrier);
    if (carrier->group.members.count == 0) {
        carrier->group.begin = extent.begin;
        carrier->group.end = extent.end;
    }
    if (extent.begin < carrier->group.begin)
        carrier->group.begin = extent.begin;
    if (extent.end > carrier->group.end)
        carrier->group.end = extent.end;
    VEC_PUSH(carrier->front->arena, carrier->group.members, cursor);
}

/* ---- the file ----------------------------------------------------------------------------------- */

static enum CXChildVisitResult visit(CXCursor cursor, CXCursor parent, CXClientData data) {
    struct carrier *carrier = data;
    (void)parent;
    if (!front_in_input(carrier->front, cursor))
        return CXChildVisit_Continue;
    enum CXCursorKind kind = clang_getCursorKind(cursor);
    if (kind == CXCursor_InclusionDirective)
        carry_include(carrier, cursor);
    else if (kind == CXCursor_MacroDefinition)
        carry_macro(carrier, cursor);
    if (carry_is_type(cursor))
        carry_measure(carrier, cursor);
    if (carry_is_type(cursor) || kind == CXCursor_VarDecl || kind == CXCursor_FunctionDecl)
        add_to_group(carrier, cursor);
    return CXChildVisit_Continue;
}

static int compare_carries(const void *a, const void *b) {
    const struct carry *left = *(struct carry *const *)a, *right = *(struct carry *const *)b;
    if (left->position != right->position)
        return left->position < right->position ? -1 : 1;
    if (left->kind != right->kind)
        return left->kind < right->kind ? -1 : 1;
    bool left_alias = *left->text == '\0', right_alias = *right->text == '\0';
    if (left_alias != right_alias)
        return left_alias ? 1 : -1;
    return strcmp(left->name, right->name);
}

void front_carry(struct front *front) {
    struct carrier carrier = {.front = front, .table = front_tokens(front, front->main_file)};
    clang_visitChildren(clang_getTranslationUnitCursor(front->tu), visit, &carrier);
    carry_group(&carrier);
}

/* A name that has become a macro only further down is something else here: a member, a parameter. A text of
 * that kind must not stand below the macro. */
static void drop_later_macros(struct carry *carry, const struct map *macros, const struct map *before) {
    size_t kept = 0;
    for (size_t k = 0; k < carry->mention_count; k++) {
        const char *name = carry->mentions[k];
        if (map_get(macros, name) && !map_get(before, name))
            carry->is_outdated = true;
        else
            carry->mentions[kept++] = name;
    }
    carry->mention_count = kept;
}

static void find_outdated(struct unit *unit) {
    struct map *before = map_create(unit->arena), *macros = map_create(unit->arena);
    for (size_t i = 0; i < unit->carried.count; i++)
        if (unit->carried.items[i]->kind == CARRY_MACRO)
            map_put(macros, unit->carried.items[i]->name, unit);
    for (size_t i = 0; i < unit->carried.count; i++) {
        if (unit->carried.items[i]->kind == CARRY_MACRO)
            map_put(before, unit->carried.items[i]->name, unit);
        else
            drop_later_macros(unit->carried.items[i], macros, before);
    }
}

void front_sort_carried(struct unit *unit) {
    if (unit->carried.count)
        qsort(unit->carried.items, unit->carried.count, sizeof *unit->carried.items, compare_carries);
    find_outdated(unit);
}

/* ---- declared in functions ---------------------------------------------------------------------- */

/* `extern int n;` or a prototype inside of a function, unless the file declares the same for all. */
void front_carry_local_extern(struct lower *lower, CXCursor declaration) {
    struct front *front = lower->front;
    struct carrier carrier = {.front = front, .table = lower->tokens};
    struct extent extent = front_extent(declaration);
    struct names names = {{NULL, 0, 0}};
    bool is_function = clang_getCursorKind(declaration) == CXCursor_FunctionDecl;
    if (!front_in_input(front, declaration) || carry_has(front, front_spelling(front, declaration)))
        return;
    const char *text = arena_printf(front->arena, "%s;", carry_text(&carrier, extent.begin, extent.end));
    carry_add_names(&carrier, &names, extent.begin, extent.end);
    struct carry *carry = carry_add(&carrier, is_function ? CARRY_FUNCTION : CARRY_GLOBAL,
                                    front_spelling(front, declaration), text, names, extent.begin);
    carry->extern_text = text;
}
