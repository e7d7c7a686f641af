/* names: which identifiers a piece of C text mentions. What generated code needs from the input is found by
 * its text, so that types, macros, tables and functions need no four searches of their own.
 */
#include "emit/print.h"

#include <ctype.h>
#include <string.h>

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

void collect_names(const char *text, struct map *names) {
    size_t length;
    for (const char *at = text; (at = next_name(at, &length)); at += length) {
        char buffer[256];
        if (length >= sizeof buffer)
            continue;
        memcpy(buffer, at, length);
        buffer[length] = '\0';
        if (!map_get(names, buffer))
            map_put(names, buffer, names);
    }
}

bool mentions_name(const char *text, const char *name) {
    size_t length;
    for (const char *at = text; (at = next_name(at, &length)); at += length)
        if (strlen(name) == length && memcmp(at, name, length) == 0)
            return true;
    return false;
}
