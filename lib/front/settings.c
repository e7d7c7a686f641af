/* settings: macros that the input defines for the headers that it includes behind them, `#define STATES 4`
 * before
 * `#include "filter.h"`. Wherever generated code includes these headers, they must find the same.
 *
 * A name that headers do not mention is none, nor is one that the input defines twice: its meaning depends on
 * the place. A switch without a value that makes a header define functions (`#define LIBRARY_IMPLEMENTATION`)
 * would make it define them again.
 */
#include "front/front_private.h"

#include <string.h>

static bool is_system_file(struct front *front, CXFile file) {
    return clang_Location_isInSystemHeader(clang_getLocationForOffset(front->tu, file, 0)) != 0;
}

struct mentioned {
    struct front *front;
    struct map *names; /* identifiers in the user's headers */
};

static void add_identifiers(CXFile file, CXSourceLocation *stack, unsigned depth, CXClientData data) {
    struct mentioned *mentioned = data;
    struct front *front = mentioned->front;
    (void)stack;
    if (depth == 0 || is_system_file(front, file))
        return;
    const struct token_table *table = front_tokens(front, file);
    for (size_t i = 0; i < table->count; i++)
        if (table->items[i].kind == CXToken_Identifier)
            map_put(mentioned->names, token_text(front, table, i), front);
}

static bool headers_define_functions(const struct unit *unit) {
    for (size_t i = 0; i < unit->funcs.count; i++) {
        const struct func *func = unit->funcs.items[i];
        if (func->defined && !func->in_input && !func->is_static && !func->in_system)
            return true;
    }
    return false;
}

static bool has_value(const struct carry *macro) {
    return macro->mention_count > 1 || strlen(macro->text) > strlen("#define ") + strlen(macro->name);
}

static bool is_defined_twice(const struct unit *unit, const struct carry *macro) {
    for (size_t i = 0; i < unit->carried.count; i++) {
        const struct carry *other = unit->carried.items[i];
        if (other != macro && other->kind == CARRY_MACRO && strcmp(other->name, macro->name) == 0)
            return true;
    }
    return false;
}

/* How many of the carried pieces stand before the last header of the user's. */
static size_t before_headers(const struct unit *unit) {
    for (size_t i = unit->carried.count; i > 0; i--)
        if (unit->carried.items[i - 1]->kind == CARRY_INCLUDE && unit->carried.items[i - 1]->name[0] == '"')
            return i - 1;
    return 0;
}

void front_find_settings(struct front *front) {
    const struct unit *unit = front->unit;
    struct mentioned mentioned = {.front = front};
    size_t end = before_headers(unit);
    bool switches = !headers_define_functions(unit);
    for (size_t i = 0; i < end; i++) {
        struct carry *macro = unit->carried.items[i];
        if (macro->kind != CARRY_MACRO || is_defined_twice(unit, macro) || !(switches || has_value(macro)))
            continue;
        if (!mentioned.names) {
            mentioned.names = map_create(front->arena);
            clang_getInclusions(front->tu, add_identifiers, &mentioned);
        }
        macro->is_setting = map_get(mentioned.names, macro->name) != NULL;
    }
}
