/* arena: memory in chunks that are freed together, at the end of the compilation. */
#include "base/base.h"

#include <stdlib.h>
#include <string.h>

enum { CHUNK_SIZE = 256 * 1024 };

struct chunk {
    struct chunk *next;
    size_t used, size;
    max_align_t data[];
};

struct arena {
    struct chunk *chunks; /* the first one is being filled */
};

static CG_NORETURN void out_of_memory(void) {
    fputs("cgrad: out of memory\n", stderr);
    exit(3);
}

static struct chunk *chunk_create(size_t size) {
    struct chunk *chunk = calloc(1, sizeof *chunk + size);
    if (!chunk)
        out_of_memory();
    chunk->size = size;
    return chunk;
}

struct arena *arena_create(void) {
    struct arena *arena = calloc(1, sizeof *arena);
    if (!arena)
        out_of_memory();
    arena->chunks = chunk_create(CHUNK_SIZE);
    return arena;
}

void arena_destroy(struct arena *arena) {
    if (!arena)
        return;
    for (struct chunk *chunk = arena->chunks, *next; chunk; chunk = next) {
        next = chunk->next;
        free(chunk);
    }
    free(arena);
}

static size_t align_up(size_t size) {
    const size_t align = sizeof(max_align_t);
    if (size > SIZE_MAX / 2)
        out_of_memory();
    return (size + align - 1) / align * align;
}

/* What does not fit well gets a chunk of its own, behind the one that is being filled. */
static void *alloc_large(struct arena *arena, size_t size) {
    struct chunk *chunk = chunk_create(size);
    chunk->used = size;
    chunk->next = arena->chunks->next;
    arena->chunks->next = chunk;
    return chunk->data;
}

void *arena_alloc(struct arena *arena, size_t size) {
    size = align_up(size ? size : 1);
    if (size > CHUNK_SIZE / 4)
        return alloc_large(arena, size);
    struct chunk *chunk = arena->chunks;
    if (chunk->size - chunk->used < size) {
        struct chunk *fresh = chunk_create(CHUNK_SIZE);
        fresh->next = chunk;
        arena->chunks = chunk = fresh;
    }
    void *memory = (char *)chunk->data + chunk->used;
    chunk->used += size;
    return memory;
}

char *arena_strndup(struct arena *arena, const char *text, size_t length) {
    char *copy = arena_alloc(arena, length + 1);
    memcpy(copy, text, length);
    return copy;
}

char *arena_strdup(struct arena *arena, const char *text) {
    return arena_strndup(arena, text, strlen(text));
}

char *arena_vprintf(struct arena *arena, const char *format, va_list args) {
    va_list again;
    va_copy(again, args);
    int length = vsnprintf(NULL, 0, format, args);
    if (length < 0)
        BUG("malformed format '%s'", format);
    char *text = arena_alloc(arena, (size_t)length + 1);
    vsnprintf(text, (size_t)length + 1, format, again);
    va_end(again);
    return text;
}

char *arena_printf(struct arena *arena, const char *format, ...) {
    va_list args;
    va_start(args, format);
    char *text = arena_vprintf(arena, format, args);
    va_end(args);
    return text;
}

/* `items` points to a T * of the caller, for any T: its bytes are copied, since it is not an object of type
 * void *. */
void vec_reserve(struct arena *arena, void **items, size_t size, size_t count, size_t *capacity) {
    if (count < *capacity)
        return;
    size_t room = *capacity ? 2 * *capacity : 4;
    void *old, *fresh = arena_alloc(arena, room * size);
    memcpy(&old, items, sizeof old);
    if (count)
        memcpy(fresh, old, count * size);
    memcpy(items, &fresh, sizeof fresh);
    *capacity = room;
}
