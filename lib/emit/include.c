/* include: the input's #include lines in the generated files, which may lie elsewhere. */
#include "emit/print.h"

#include <string.h>

const char *include_name(struct unit *unit, const char *path, const char *from) {
    const char *to_folder = path_real_folder(unit->arena, path);
    const char *from_folder = strcmp(from, "-") == 0 ? NULL : path_real_folder(unit->arena, from);
    if (!to_folder || !from_folder)
        return path_base(path);
    return arena_printf(unit->arena, "%s%s", path_between(unit->arena, from_folder, to_folder),
                        path_base(path));
}

/* ---- the lines -------------------------------------------------------------------------------- */

/* A quoted name as it must be spelled in the file at `path`. */
static const char *spelled(struct unit *unit, const struct carry *include, const char *path) {
    size_t length = strlen(include->name);
    if (include->name[0] != '"' || length < 3 || strcmp(path, "-") == 0)
        return include->name;
    const char *name = arena_strndup(unit->arena, include->name + 1, length - 2);
    const char *here = path_real_folder(unit->arena, path),
               *there = path_real_folder(unit->arena, unit->input);
    if (!here || !there || strcmp(here, there) == 0 ||
        !path_is_beside(unit->arena, name, unit->input, include->path))
        return include->name;
    return arena_printf(unit->arena, "\"%s%s\"", path_between(unit->arena, here, there), name);
}

/* The runtime is included where it is needed, not where the input does. */
static bool is_runtime(const struct carry *include) {
    return strncmp(include->name, "<cgrad/", 7) == 0;
}

static void put_include(struct text *out, const char *name) {
    text_printf(out, "#include %s", name);
    text_newline(out);
}

static bool is_repeated(const struct unit *unit, size_t index) {
    for (size_t i = 0; i < index; i++) {
        const struct carry *earlier = unit->carried.items[i], *carry = unit->carried.items[index];
        bool same = earlier->path && carry->path ? strcmp(earlier->path, carry->path) == 0
                                                 : strcmp(earlier->name, carry->name) == 0;
        if (earlier->kind == CARRY_INCLUDE && same)
            return true;
    }
    return false;
}

/* Who includes the generated header may have defined it, too. */
static void put_setting(struct text *out, const struct carry *macro) {
    bool guarded = strncmp(macro->text, "#ifndef", 7) == 0;
    if (!guarded)
        text_printf(out, "#ifndef %s\n", macro->name);
    text_raw(out, macro->text);
    text_put(out, guarded ? "\n" : "\n#endif\n");
}

void print_includes(struct text *out, struct unit *unit, const char *path) {
    for (size_t i = 0; i < unit->carried.count; i++) {
        const struct carry *carry = unit->carried.items[i];
        if (carry->is_setting)
            put_setting(out, carry);
        if (carry->kind == CARRY_INCLUDE && !is_runtime(carry) && !is_repeated(unit, i))
            put_include(out, spelled(unit, carry, path));
    }
}

/* ---- for functions that rules bring in -------------------------------------------------------- */

/* A name with one of the suffixes of C99's <math.h> stands for three. */
static const struct {
    const char *include, *names;
} libraries[] = {
    {"<stdlib.h>", " aligned_alloc calloc free malloc "},
    {"<string.h>", " memcpy memmove memset "},
    {"<math.h>",
     " acos acosh asin asinh atan atan2 atanh cbrt copysign cos cosh erf erfc exp exp2 expm1 fabs "
     "floor fmod hypot ilogb isnan ldexp log log10 log1p log2 pow round scalbln scalbn sin sinh sqrt tan "
     "tanh "
     "tgamma trunc "},
};

enum { LIBRARY_COUNT = sizeof libraries / sizeof *libraries };

static bool library_has(const char *names, const char *name) {
    size_t length = strlen(name);
    for (const char *at = strstr(names, name); at; at = strstr(at + 1, name))
        if (at[-1] == ' ' && at[length] == ' ')
            return true;
    return false;
}

static bool is_of_library(const struct unit *unit, const char *names, const char *name) {
    size_t length = strlen(name);
    bool suffixed = length > 1 && (name[length - 1] == 'f' || name[length - 1] == 'l');
    return library_has(names, name) ||
           (suffixed && library_has(names, arena_strndup(unit->arena, name, length - 1)));
}

/* What the input neither declares nor calls something of its own. */
void print_library_includes(struct text *out, const struct unit *unit, const struct map *names) {
    for (size_t k = 0; k < LIBRARY_COUNT; k++)
        for (size_t i = 0; i < map_count(names); i++) {
            const char *name = map_key_at(names, i);
            if (map_get(unit->declared, name) || map_get(unit->identifiers, name) ||
                !is_of_library(unit, libraries[k].names, name))
                continue;
            put_include(out, libraries[k].include);
            break;
        }
}

/* ---- for headers ------------------------------------------------------------------------------ */

/* Where the standard library declares what prototypes may mention. */
static const struct {
    const char *name, *include;
} standard[] = {
    {"size_t", "<stddef.h>"},    {"ptrdiff_t", "<stddef.h>"}, {"wchar_t", "<stddef.h>"},
    {"NULL", "<stddef.h>"},      {"int8_t", "<stdint.h>"},    {"int16_t", "<stdint.h>"},
    {"int32_t", "<stdint.h>"},   {"int64_t", "<stdint.h>"},   {"uint8_t", "<stdint.h>"},
    {"uint16_t", "<stdint.h>"},  {"uint32_t", "<stdint.h>"},  {"uint64_t", "<stdint.h>"},
    {"intptr_t", "<stdint.h>"},  {"uintptr_t", "<stdint.h>"}, {"intmax_t", "<stdint.h>"},
    {"uintmax_t", "<stdint.h>"}, {"bool", "<stdbool.h>"},     {"FILE", "<stdio.h>"},
    {"va_list", "<stdarg.h>"},   {"float_t", "<math.h>"},     {"double_t", "<math.h>"},
    {"time_t", "<time.h>"},      {"clock_t", "<time.h>"},     {"jmp_buf", "<setjmp.h>"},
};

enum { STANDARD_COUNT = sizeof standard / sizeof *standard };

static const char *standard_include(const char *name) {
    for (size_t i = 0; i < STANDARD_COUNT; i++)
        if (strcmp(standard[i].name, name) == 0)
            return standard[i].include;
    return NULL;
}

/* As far as one can tell: names that are neither standard, nor carried, nor the runtime's. */
bool has_foreign_names(const struct needs *needs) {
    for (size_t i = 0; i < map_count(needs->names); i++) {
        const char *name = map_key_at(needs->names, i);
        if (!standard_include(name) && !is_carried(needs, name) && strncmp(name, "cgrad_", 6) != 0)
            return true;
    }
    return false;
}

/* The first of the names that come from one header. */
static bool is_first(const struct needs *needs, size_t index) {
    for (size_t i = 0; i < index; i++)
        if (strcmp(standard[i].include, standard[index].include) == 0 &&
            map_get(needs->names, standard[i].name))
            return false;
    return true;
}

static void put_standard(struct text *out, const struct needs *needs) {
    for (size_t i = 0; i < STANDARD_COUNT; i++)
        if (map_get(needs->names, standard[i].name) && is_first(needs, i))
            put_include(out, standard[i].include);
}

/* `size_t` of functions that allocate nothing: the input need not know it. */
void print_size_include(struct text *out, const struct needs *needs) {
    if (map_get(needs->names, "size_t") && !map_get(needs->unit->identifiers, "size_t"))
        put_include(out, standard_include("size_t"));
}

/* A header of the user's may count on what the input includes before it. */
void print_header_includes(struct text *out, const struct needs *needs, const char *path) {
    if (!has_foreign_names(needs)) {
        put_standard(out, needs);
        return;
    }
    print_includes(out, needs->unit, path);
    print_size_include(out, needs);
}
