/* path: where files lie, as seen from others. */
#define _POSIX_C_SOURCE 200809L
#define _XOPEN_SOURCE 700
#include "base/base.h"

#include <stdlib.h>
#include <string.h>

const char *path_base(const char *path) {
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

const char *path_folder(struct arena *arena, const char *path) {
    const char *base = path_base(path);
    return base == path ? "." : arena_strndup(arena, path, (size_t)(base - path));
}

const char *path_real_folder(struct arena *arena, const char *path) {
    char *real = realpath(path_folder(arena, path), NULL);
    if (!real)
        return NULL;
    const char *result = arena_printf(arena, "%s%s", real, real[strlen(real) - 1] == '/' ? "" : "/");
    free(real);
    return result;
}

const char *path_between(struct arena *arena, const char *from, const char *to) {
    size_t same = 0;
    for (size_t i = 0; to[i] && to[i] == from[i]; i++)
        if (to[i] == '/')
            same = i + 1;
    const char *up = "";
    for (const char *c = from + same; *c; c++)
        if (*c == '/')
            up = arena_printf(arena, "%s../", up);
    return arena_printf(arena, "%s%s", up, to + same);
}

bool path_is_beside(struct arena *arena, const char *name, const char *includer, const char *found) {
    if (!found || *name == '/')
        return false;
    char *a = realpath(arena_printf(arena, "%s/%s", path_folder(arena, includer), name), NULL);
    char *b = realpath(found, NULL);
    bool same = a && b && strcmp(a, b) == 0;
    free(a);
    free(b);
    return same;
}
