/* carry: the input's own declarations that generated code needs, verbatim and in their order.
 *
 * What has internal linkage is copied; what has external linkage is declared, for it is defined in the input.
 * A static variable that changes can neither be copied nor reached: that is an error.
 */
#include "emit/print.h"

#include <string.h>

enum { MACRO_DEPTH = 8 /* macros within macros that are looked through */ };

/* ---- what is needed --------------------------------------------------------------------------- */

static bool is_type_or_macro(const struct carry *carry) {
    return carry->kind == CARRY_TYPE || carry->kind == CARRY_MACRO;
}

static bool is_copied_function(const struct carry *carry) {
    return carry->kind == CARRY_FUNCTION && carry->is_static;
}

/* `static double f(double);`: what it declares is copied anyway. */
static bool is_mere_declaration(const struct carry *carry) {
    size_t length = strlen(carry->text);
    return carry->kind == CARRY_FUNCTION && carry->is_static && length > 0 && carry->text[length - 1] == ';';
}

/* The definition of the macro of this name before `index`, in other words; NULL if there is none. */
static const struct carry *earlier_definition(const struct unit *unit, size_t index) {
    const struct carry *carry = unit->carried.items[index];
    for (size_t i = 0; i < index && carry->kind == CARRY_MACRO; i++) {
        const struct carry *earlier = unit->carried.items[i];
        if (earlier->kind == CARRY_MACRO && strcmp(earlier->name, carry->name) == 0 &&
            strcmp(earlier->text, carry->text) != 0)
            return earlier;
    }
    return NULL;
}

static bool mentions(const struct carry *carry, const char *name) {
    for (size_t i = 0; i < carry->mention_count; i++)
        if (strcmp(carry->mentions[i], name) == 0)
            return true;
    return false;
}

/* `#ifdef A ... #else ... #endif` around the head of the function: the text begins or ends between them. */
static bool has_directives(const char *text) {
    const char *at = text;
    while ((at = strchr(at, '#'))) {
        const char *before = at;
        while (before > text && (before[-1] == ' ' || before[-1] == '\t'))
            before--;
        if (before == text || before[-1] == '\n')
            return true;
        at++;
    }
    return false;
}

/* `double static f(...)`: compilers want the class first. */
static bool says_static_late(const char *text) {
    const char *word = strstr(text, "static"), *parenthesis = strchr(text, '(');
    return word && word > text && word[-1] == ' ' && word[6] == ' ' && parenthesis && word < parenthesis;
}

/* The text of the declaration means one thing where it stands and would mean another in generated code, where
 * every macro has its last definition. */
static bool is_ambiguous(const struct unit *unit, const struct carry *carry) {
    for (size_t i = 0; i < unit->carried.count; i++)
        if (earlier_definition(unit, i) && mentions(carry, unit->carried.items[i]->name))
            return true;
    return false;
}

/* Functions of the input that are printed from the IR: declarations, and copies where func.c writes extents
 * otherwise, or which are text of a template or of the preprocessor. */
static struct func *printed_func(const struct unit *unit, const struct carry *carry) {
    struct func *func = carry->kind == CARRY_FUNCTION ? unit_find_func(unit, carry->name) : NULL;
    bool copied = carry->is_static;
    bool can_copy = func && func->defined && !func->unsupported;
    if (copied && !(can_copy && (has_variable_extents(func) || has_directives(carry->text) ||
                                 carry->is_outdated || says_static_late(carry->text) ||
                                 is_ambiguous(unit, carry))))
        return NULL;
    return func;
}

/* The text to print verbatim; NULL: none. Further names of a declaration have an empty one. */
static const char *verbatim(const struct carry *carry) {
    bool copied = is_type_or_macro(carry) || carry->is_static;
    const char *text = copied ? carry->text : carry->extern_text;
    return text && *text ? text : NULL;
}

/* What a header declares is not declared again, maybe in another form: gcc warns of an array here and a
 * pointer there. */
static void put_declaration(struct text *out, const struct unit *unit, const struct carry *carry) {
    struct func *func = printed_func(unit, carry);
    if (func && carry->is_static) {
        emit_func(out, func);
    } else if (func && !func->in_header) {
        print_extern_prototype(out, func);
        text_put(out, ";\n");
    } else if (!func && verbatim(carry)) {
        text_raw(out, verbatim(carry));
        text_newline(out);
    }
}

static void add_text_mentions(const struct carry *carry, struct map *names) {
    for (size_t i = 0; i < carry->mention_count; i++)
        if (!map_get(names, carry->mentions[i]))
            map_put(names, carry->mentions[i], names);
}

/* Adds what the declaration mentions. A supported function is asked itself: its text has also names of
 * fields. */
static void add_mentions(const struct unit *unit, const struct carry *carry, struct map *names) {
    struct func *func = carry->kind == CARRY_FUNCTION ? unit_find_func(unit, carry->name) : NULL;
    if (func && !carry->is_static)
        collect_prototype_names(func, names);
    else if (func && func->defined && !func->unsupported)
        collect_func_names(func, names);
    else if (carry->kind == CARRY_GLOBAL && !carry->is_static)
        collect_names(carry->extern_text ? carry->extern_text : "", names);
    else
        add_text_mentions(carry, names);
}

/* A copy of the function would go on from a state of its own. */
static void check_state(const struct unit *unit, const struct func *func) {
    for (size_t k = 0; func && func->is_static && k < func->vars.count; k++) {
        const struct var *var = func->vars.items[k];
        if (var->kind == VAR_STATIC_LOCAL && !var->is_const)
            diag_report(unit->diag, var->loc, ERR_STATIC_STATE, var->name, func->name);
    }
}

static void check_reachable(const struct unit *unit, const struct carry *carry) {
    if (is_copied_function(carry))
        check_state(unit, unit_find_func(unit, carry->name));
    const struct var *var = unit_find_global(unit, carry->name);
    if (carry->kind == CARRY_GLOBAL && carry->is_static && !carry->is_const && !(var && var->is_const))
        diag_report(unit->diag, carry->loc, ERR_STATIC_VARIABLE, carry->name);
    if (carry->kind == CARRY_GLOBAL && !carry->is_static && !carry->extern_text)
        diag_report(unit->diag, carry->loc, ERR_UNNAMED_TYPE, carry->name);
}

/* A header's static variable, or that of a static function there, is another one in the file of the generated
 * code. */
static void check_header_state(const struct unit *unit, const struct map *names) {
    for (size_t i = 0; i < unit->globals.count; i++) {
        const struct var *var = unit->globals.items[i];
        if (var->is_static && !var->is_const && !var->in_input && map_get(names, var->name))
            diag_report(unit->diag, var->loc, ERR_STATIC_VARIABLE, var->name);
    }
    for (size_t i = 0; i < unit->funcs.count; i++) {
        const struct func *func = unit->funcs.items[i];
        if (!func->in_input && !func->in_system && map_get(names, func->name))
            check_state(unit, func);
    }
}

/* In its text, or in that of the macros there. */
static bool expands(const struct unit *unit, const struct carry *carry, const char *name, int depth) {
    if (mentions(carry, name))
        return true;
    for (size_t i = 0; i < unit->carried.count && depth > 0; i++) {
        const struct carry *macro = unit->carried.items[i];
        if (macro->kind == CARRY_MACRO && macro != carry && mentions(carry, macro->name) &&
            expands(unit, macro, name, depth - 1))
            return true;
    }
    return false;
}

/* A macro that is defined anew has one meaning in all generated code, the last. The front end keeps no name
 * that meant another; copied text may. */
static void check_macros(const struct needs *needs) {
    const struct unit *unit = needs->unit;
    for (size_t i = 0; i < unit->carried.count; i++) {
        const struct carry *macro = unit->carried.items[i], *earlier = earlier_definition(unit, i);
        for (size_t c = 0; c < unit->carried.count && needs->carried[i] && earlier; c++) {
            const struct carry *carry = unit->carried.items[c];
            if (!needs->carried[c] || carry->kind == CARRY_MACRO || printed_func(unit, carry) ||
                !verbatim(carry) || !expands(unit, carry, macro->name, MACRO_DEPTH))
                continue;
            diag_report(unit->diag, macro->loc, ERR_MACRO_REDEFINED, macro->name, earlier->loc.line);
            break;
        }
    }
}

static bool is_superseded(const struct unit *unit, size_t index) {
    for (size_t i = index + 1; i < unit->carried.count; i++)
        if (strcmp(unit->carried.items[i]->name, unit->carried.items[index]->name) == 0 &&
            unit->carried.items[i]->kind == CARRY_MACRO)
            return unit->carried.items[index]->kind == CARRY_MACRO;
    return false;
}

struct search {
    struct needs *needs;
    bool types_only;
    struct map
        *from_text; /* mentioned by types, macros and copied functions alone: fields may be among them */
};

static bool may_take(const struct search *search, const struct carry *carry, bool from_text) {
    if (carry->kind == CARRY_INCLUDE)
        return false;
    return is_type_or_macro(carry) || !(search->types_only || from_text);
}

/* Takes every declaration of the name. */
static void take(struct search *search, const char *name, bool from_text) {
    const struct unit *unit = search->needs->unit;
    for (size_t i = 0; i < unit->carried.count; i++) {
        const struct carry *carry = unit->carried.items[i];
        if (search->needs->carried[i] || strcmp(carry->name, name) != 0 ||
            !may_take(search, carry, from_text) || is_superseded(unit, i))
            continue;
        search->needs->carried[i] = true;
        check_reachable(unit, carry);
        add_mentions(unit, carry, carry->kind == CARRY_TYPE ? search->from_text : search->needs->names);
        if (is_copied_function(carry) && !printed_func(unit, carry))
            add_text_mentions(carry, search->from_text); /* macros that its IR has no more */
    }
}

struct needs needs_of(struct unit *unit, struct map *names, bool types_only) {
    struct needs needs = {unit, names, NEW_ARRAY(unit->arena, bool, unit->carried.count + 1)};
    struct search search = {&needs, types_only, map_create(unit->arena)};
    size_t done = 0, done_types = 0;
    while (done < map_count(names) || done_types < map_count(search.from_text)) {
        if (done < map_count(names))
            take(&search, map_key_at(names, done++), false);
        else
            take(&search, map_key_at(search.from_text, done_types++), true);
    }
    if (!types_only) {
        check_macros(&needs);
        check_header_state(unit, names);
    }
    for (size_t i = 0; i < map_count(search.from_text); i++)
        map_put(names, map_key_at(search.from_text, i), names);
    return needs;
}

bool is_carried(const struct needs *needs, const char *name) {
    for (size_t i = 0; i < needs->unit->carried.count; i++)
        if (needs->carried[i] && strcmp(needs->unit->carried.items[i]->name, name) == 0)
            return true;
    return false;
}

/* ---- printing --------------------------------------------------------------------------------- */

static bool is_feature_macro(const struct unit *unit, size_t index) {
    const struct carry *carry = unit->carried.items[index];
    if (carry->kind != CARRY_MACRO || carry->name[0] != '_')
        return false;
    for (size_t i = 0; i < unit->carried.count; i++)
        if (unit->carried.items[i]->kind == CARRY_INCLUDE &&
            unit->carried.items[i]->position < carry->position)
            return false;
    return true;
}

void print_feature_macros(struct text *out, struct unit *unit) {
    for (size_t i = 0; i < unit->carried.count; i++)
        if (is_feature_macro(unit, i))
            put_declaration(out, unit, unit->carried.items[i]);
}

/* Copied functions that are mentioned before they are defined; in tables, which come before all functions,
 * too. */
static void put_forward_declarations(struct text *out, const struct needs *needs) {
    const struct unit *unit = needs->unit;
    struct map *seen = map_create(unit->arena);
    for (size_t i = 0; i < unit->carried.count; i++)
        if (needs->carried[i] && unit->carried.items[i]->kind == CARRY_GLOBAL)
            add_mentions(unit, unit->carried.items[i], seen);
    for (size_t i = 0; i < unit->carried.count; i++) {
        const struct carry *carry = unit->carried.items[i];
        if (!needs->carried[i] || is_type_or_macro(carry))
            continue;
        if (is_mere_declaration(carry))
            continue;
        struct func *func = is_copied_function(carry) ? unit_find_func(unit, carry->name) : NULL;
        if (func && map_get(seen, carry->name)) {
            emit_prototype(out, func);
            text_put(out, ";\n");
        }
        add_mentions(unit, carry, seen);
    }
}

/* A function may be declared several times. */
static bool is_first(const struct unit *unit, size_t index) {
    const struct carry *carry = unit->carried.items[index];
    for (size_t i = 0; i < index && carry->kind == CARRY_FUNCTION; i++)
        if (unit->carried.items[i]->kind == CARRY_FUNCTION &&
            strcmp(unit->carried.items[i]->name, carry->name) == 0)
            return carry->is_static;
    return true;
}

/* What a text is printed of and to. */
struct section {
    struct text *out;
    size_t start;
    const struct needs *needs, *elsewhere;
};

/* Adjacent lines stay together; functions stand apart. */
static void put_all(const struct section *section, bool (*chosen)(const struct carry *carry)) {
    const struct needs *needs = section->needs, *elsewhere = section->elsewhere;
    for (size_t i = 0; i < needs->unit->carried.count; i++) {
        const struct carry *carry = needs->unit->carried.items[i];
        bool before = is_feature_macro(needs->unit, i) ||
                      (carry->is_setting && (elsewhere || has_foreign_names(needs)));
        bool wanted = needs->carried[i] && !(elsewhere && elsewhere->carried[i]) && !before &&
                      chosen(carry) && is_first(needs->unit, i) && !is_mere_declaration(carry);
        if (wanted && is_copied_function(carry) && section->out->length > section->start)
            text_newline(section->out);
        if (wanted)
            put_declaration(section->out, needs->unit, carry);
    }
}

static bool is_global(const struct carry *carry) {
    return carry->kind == CARRY_GLOBAL;
}

static bool is_declared_function(const struct carry *carry) {
    return carry->kind == CARRY_FUNCTION && !carry->is_static;
}

void print_carried(struct text *out, const struct needs *needs, const struct needs *elsewhere) {
    const struct section section = {out, out->length, needs, elsewhere};
    put_all(&section, is_type_or_macro);
    put_all(&section, is_declared_function);
    put_forward_declarations(out, needs);
    put_all(&section, is_global);
    put_all(&section, is_copied_function);
}

/* ---- constants that <math.h> has only outside of strict C ------------------------------------- */

static const struct {
    const char *name, *value;
} hidden[] = {
    {"M_E", "2.7182818284590452354"},         {"M_LOG2E", "1.4426950408889634074"},
    {"M_LOG10E", "0.43429448190325182765"},   {"M_LN2", "0.69314718055994530942"},
    {"M_LN10", "2.30258509299404568402"},     {"M_PI", "3.14159265358979323846"},
    {"M_PI_2", "1.57079632679489661923"},     {"M_PI_4", "0.78539816339744830962"},
    {"M_1_PI", "0.31830988618379067154"},     {"M_2_PI", "0.63661977236758134308"},
    {"M_2_SQRTPI", "1.12837916709551257390"}, {"M_SQRT2", "1.41421356237309504880"},
    {"M_SQRT1_2", "0.70710678118654752440"},
};

void print_hidden_constants(struct text *out, const struct needs *needs) {
    for (size_t i = 0; i < sizeof hidden / sizeof *hidden; i++) {
        const char *name = hidden[i].name;
        if (!map_get(needs->names, name) || is_carried(needs, name))
            continue;
        text_printf(out, "#ifndef %s\n#define %s %s\n#endif", name, name, hidden[i].value);
        text_newline(out);
    }
}
