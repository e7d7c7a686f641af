/* <cgrad/check.h>: generated functions take it that distinct pointers are distinct memory. Compiled with -DCGRAD_CHECK they
 * look.
 *
 *     CGRAD_CHECK_DISTINCT(CGRAD_READ(x, n), CGRAD_WRITTEN(y, n), CGRAD_WRITTEN(x_bar, n));
 *
 * x, y and x_bar point to n elements each (to one, where the extent is not known), and what is written overlaps nothing else.
 * A violation is reported on standard error, with the function and the two names, and the program aborts. NULL and empty
 * blocks overlap nothing. Without -DCGRAD_CHECK nothing is evaluated. */
#ifndef CGRAD_CHECK_H
#define CGRAD_CHECK_H

#ifdef CGRAD_CHECK

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

struct cgrad_memory {
    const char *name;
    const void *start;
    size_t bytes;
    int written;
};

#if defined(__GNUC__) || defined(__TINYC__)
__attribute__((unused))
#endif
static inline void
cgrad_check_distinct(const char *function, const struct cgrad_memory *list, size_t count) {
    for (size_t i = 0; i < count; i++)
        for (size_t j = i + 1; j < count; j++) {
            const struct cgrad_memory *a = &list[i], *b = &list[j];
            uintptr_t a_start = (uintptr_t)a->start, b_start = (uintptr_t)b->start;
            if (!a->start || !b->start || a->bytes == 0 || b->bytes == 0 || !(a->written || b->written))
                continue;
            if (a_start < b_start ? b_start - a_start >= a->bytes : a_start - b_start >= b->bytes)
                continue;
            fprintf(stderr, "cgrad: %s: '%s' (%zu bytes) and '%s' (%zu bytes) overlap; pass distinct memory\n", function,
                    a->name, a->bytes, b->name, b->bytes);
            abort();
        }
}

#define CGRAD_MEMORY(pointer, count, written) {#pointer, (pointer), (size_t)(count) * sizeof *(pointer), (written)}
#define CGRAD_READ(pointer, count) CGRAD_MEMORY(pointer, count, 0)
#define CGRAD_WRITTEN(pointer, count) CGRAD_MEMORY(pointer, count, 1)
#define CGRAD_CHECK_DISTINCT(...)                                                                            \
    do {                                                                                                     \
        const struct cgrad_memory cgrad_list[] = {__VA_ARGS__};                                              \
        cgrad_check_distinct(__func__, cgrad_list, sizeof cgrad_list / sizeof *cgrad_list);                  \
    } while (0)

#else

#define CGRAD_CHECK_DISTINCT(...) ((void)0)

#endif

#endif
