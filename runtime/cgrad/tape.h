/* <cgrad/tape.h>: the record: what a forward sweep saves for the reverse sweep.
 *
 * The idea: a list of blocks that grows by doubling. The forward sweep pushes values at the end; the reverse
 * sweep reads them backwards through a cursor, in exactly the opposite order. Reading changes nothing in the
 * record, so it may be reversed any number of times, by several threads at once.
 *
 *     cgrad_record record = {0};                          empty: needs no call
 *     cgrad_push_double(&record, x);
 *     cgrad_cursor cursor = cgrad_record_end(&record);
 *     x = cgrad_pop_double(&cursor);
 *     cgrad_record_free(&record);                         empty again
 *
 * Contract: pops mirror pushes in type and number. Entries are packed without padding (a float takes 4 bytes,
 * a flag 1); cgrad_record_alloc alone aligns. Sizes are in bytes throughout. Nothing here is global: a record
 * belongs to its caller.
 *
 * Errors end the process with a message on standard error: running out of memory (define
 * CGRAD_OUT_OF_MEMORY(bytes) before the inclusion to do something else, which must not return), and popping
 * what was not pushed, a defect of the caller.
 */
#ifndef CGRAD_TAPE_H
#define CGRAD_TAPE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#if __STDC_HOSTED__
#include <stdio.h>
#include <stdlib.h>
#endif
#include <string.h>

#ifndef CGRAD_INLINE
#if defined(__GNUC__) || defined(__TINYC__)
#define CGRAD_INLINE static inline __attribute__((unused))
#else
#define CGRAD_INLINE static inline
#endif
#endif

#if defined(__GNUC__)
#define CGRAD_RECORD_RARE static __attribute__((noinline, cold, unused))
#define CGRAD_RECORD_UNLIKELY(condition) __builtin_expect(!!(condition), 0)
#else
#define CGRAD_RECORD_RARE CGRAD_INLINE
#define CGRAD_RECORD_UNLIKELY(condition) (condition)
#endif

#if !defined(CGRAD_OUT_OF_MEMORY) && __STDC_HOSTED__
#define CGRAD_OUT_OF_MEMORY(bytes)                                                                           \
    (fprintf(stderr, "cgrad: out of memory: the record asked for %zu bytes\n", (size_t)(bytes)), abort())
#elif !defined(CGRAD_OUT_OF_MEMORY)
#define CGRAD_OUT_OF_MEMORY(bytes) ((void)(bytes), __builtin_trap())
#endif

/* Without the C library (-ffreestanding) there is no heap: records live in workspaces. */
#if __STDC_HOSTED__
#define CGRAD_RECORD_MALLOC(bytes) malloc(bytes)
#define CGRAD_RECORD_FREE(memory) free(memory)
#else
#define CGRAD_RECORD_MALLOC(bytes) ((void *)((void)(bytes), (char *)0))
#define CGRAD_RECORD_FREE(memory) ((void)(memory))
#endif

/* What cgrad_record_alloc aligns to: enough for every scalar, long double included. */
#define CGRAD_RECORD_ALIGN ((size_t)16)
/* Sizes of the first block and of the largest that is made unasked; both with their headers. */
#define CGRAD_RECORD_FIRST ((size_t)4096)
#define CGRAD_RECORD_LARGEST ((size_t)1 << 26)

/* Header of a block; its data follows. Blocks after the record's current one are spare: left behind by a
 * release. */
struct cgrad_record_block {
    struct cgrad_record_block *previous, *next;
    size_t capacity; /* bytes of data */
    size_t used;     /* bytes of data when the record went on to the next block; stale in the current one */
};

/* The header's size, rounded up so that the data behind it is as aligned as malloc makes the block. */
#define CGRAD_RECORD_HEADER                                                                                  \
    ((sizeof(struct cgrad_record_block) + CGRAD_RECORD_ALIGN - 1) / CGRAD_RECORD_ALIGN * CGRAD_RECORD_ALIGN)

/* Memory of the recorded function that the reverse sweep still reads. */
struct cgrad_kept {
    void *memory;
    struct cgrad_kept *next;
};

/* All members are private. All zero is the empty record. */
typedef struct cgrad_record {
    char *data;                       /* of the current block */
    size_t used, capacity;            /* of the current block */
    struct cgrad_record_block *block; /* the current block, or NULL */
    size_t next_size;                 /* of the next block to make; 0: CGRAD_RECORD_FIRST */
    struct cgrad_kept *kept;          /* memory that goes with the record */
} cgrad_record;

/* A place in a record, between two entries. Stays valid while entries before it are not released. */
typedef struct cgrad_cursor {
    char *data;
    size_t position; /* in the block */
    struct cgrad_record_block *block;
} cgrad_cursor;

/* The length of a record at some moment, to go back to. */
typedef struct cgrad_mark {
    struct cgrad_record_block *block;
    size_t used;
} cgrad_mark;

/* ---- blocks: the slow paths ------------------------------------------------------------------------- */

CGRAD_INLINE char *cgrad_record_data(struct cgrad_record_block *block) {
    return (char *)block + CGRAD_RECORD_HEADER;
}

/* A new block with room for `bytes`, linked behind the current one, before any spare blocks. */
CGRAD_RECORD_RARE struct cgrad_record_block *cgrad_record_add_block(cgrad_record *record, size_t bytes) {
    size_t size = record->next_size ? record->next_size : CGRAD_RECORD_FIRST;
    struct cgrad_record_block *block, *last = record->block;
    if (!last && record->data) /* a workspace does not grow */
        CGRAD_OUT_OF_MEMORY(bytes);
    if (bytes > SIZE_MAX - CGRAD_RECORD_HEADER)
        CGRAD_OUT_OF_MEMORY(bytes);
    if (bytes > size - CGRAD_RECORD_HEADER)
        size = bytes + CGRAD_RECORD_HEADER;
    else
        record->next_size = size < CGRAD_RECORD_LARGEST ? 2 * size : size;
    block = (struct cgrad_record_block *)CGRAD_RECORD_MALLOC(size);
    if (!block)
        CGRAD_OUT_OF_MEMORY(size);
    block->capacity = size - CGRAD_RECORD_HEADER;
    block->used = 0;
    block->previous = last;
    block->next = last ? last->next : NULL;
    if (block->next)
        block->next->previous = block;
    if (last)
        last->next = block;
    return block;
}

/* Goes on to the next block, a spare one if it has room for `bytes`. */
CGRAD_RECORD_RARE void cgrad_record_grow(cgrad_record *record, size_t bytes) {
    struct cgrad_record_block *next = record->block ? record->block->next : NULL;
    if (record->block)
        record->block->used = record->used;
    if (!next || next->capacity < bytes)
        next = cgrad_record_add_block(record, bytes);
    record->block = next;
    record->data = cgrad_record_data(next);
    record->used = 0;
    record->capacity = next->capacity;
}

/* Goes back to the end of the block before, skipping blocks that nothing fitted in. */
CGRAD_RECORD_RARE void cgrad_cursor_step(cgrad_cursor *cursor, size_t bytes) {
    while (cursor->position == 0 && cursor->block && cursor->block->previous) {
        cursor->block = cursor->block->previous;
        cursor->data = cgrad_record_data(cursor->block);
        cursor->position = cursor->block->used;
    }
    if (cursor->position < bytes) {
#if __STDC_HOSTED__
        fprintf(stderr,
                "cgrad: the record has no entry of %zu bytes here: it is empty, or was not written in this "
                "order\n",
                bytes);
        abort();
#else
        __builtin_trap();
#endif
    }
}

/* ---- entries ---------------------------------------------------------------------------------------- */

/* Room for an entry at the end; not aligned. */
CGRAD_INLINE char *cgrad_record_take(cgrad_record *record, size_t bytes) {
    char *entry;
    if (CGRAD_RECORD_UNLIKELY(record->capacity - record->used < bytes))
        cgrad_record_grow(record, bytes);
    entry = record->data + record->used;
    record->used += bytes;
    return entry;
}

/* The entry before the cursor, which moves before it. */
CGRAD_INLINE char *cgrad_cursor_take(cgrad_cursor *cursor, size_t bytes) {
    if (CGRAD_RECORD_UNLIKELY(cursor->position < bytes))
        cgrad_cursor_step(cursor, bytes);
    cursor->position -= bytes;
    return cursor->data + cursor->position;
}

/* Arrays, structs, unions: a copy of `bytes` bytes. Pushing and popping 0 bytes does nothing. */
CGRAD_INLINE void cgrad_push_bytes(cgrad_record *record, const void *from, size_t bytes) {
    if (bytes > 0)
        memcpy(cgrad_record_take(record, bytes), from, bytes);
}

CGRAD_INLINE void cgrad_pop_bytes(cgrad_cursor *cursor, void *to, size_t bytes) {
    if (bytes > 0)
        memcpy(to, cgrad_cursor_take(cursor, bytes), bytes);
}

/* void cgrad_push_NAME(cgrad_record *, TYPE) and TYPE cgrad_pop_NAME(cgrad_cursor *). NAME is the type as C
 * writes it in full, with `_` for the spaces: cgrad_push_unsigned_long. */
#define CGRAD_RECORD_SCALAR(name, type)                                                                      \
    CGRAD_INLINE void cgrad_push_##name(cgrad_record *record, type value) {                                  \
        memcpy(cgrad_record_take(record, sizeof value), &value, sizeof value);                               \
    }                                                                                                        \
    CGRAD_INLINE type cgrad_pop_##name(cgrad_cursor *cursor) {                                               \
        type value;                                                                                          \
        memcpy(&value, cgrad_cursor_take(cursor, sizeof value), sizeof value);                               \
        return value;                                                                                        \
    }

CGRAD_RECORD_SCALAR(float, float)
CGRAD_RECORD_SCALAR(double, double)
CGRAD_RECORD_SCALAR(long_double, long double)
CGRAD_RECORD_SCALAR(bool, bool)
CGRAD_RECORD_SCALAR(char, char)
CGRAD_RECORD_SCALAR(signed_char, signed char)
CGRAD_RECORD_SCALAR(unsigned_char, unsigned char)
CGRAD_RECORD_SCALAR(short, short)
CGRAD_RECORD_SCALAR(unsigned_short, unsigned short)
CGRAD_RECORD_SCALAR(int, int)
CGRAD_RECORD_SCALAR(unsigned_int, unsigned)
CGRAD_RECORD_SCALAR(long, long)
CGRAD_RECORD_SCALAR(unsigned_long, unsigned long)
CGRAD_RECORD_SCALAR(long_long, long long)
CGRAD_RECORD_SCALAR(unsigned_long_long, unsigned long long)
CGRAD_RECORD_SCALAR(size_t, size_t)

/* Pointers to objects, const or not. */
CGRAD_INLINE void cgrad_push_pointer(cgrad_record *record, const void *value) {
    memcpy(cgrad_record_take(record, sizeof value), &value, sizeof value);
}

CGRAD_INLINE void *cgrad_pop_pointer(cgrad_cursor *cursor) {
    void *value;
    memcpy(&value, cgrad_cursor_take(cursor, sizeof value), sizeof value);
    return value;
}

/* ---- arrays in place: a slot for each iteration of a counted loop ----------------------------------- */

/* `bytes` bytes at the end of the record, aligned for every scalar, not initialised, at this address until
 * the record is freed or released. Before them stands the record's length from before, padding excluded, for
 * cgrad_cursor_back. */
CGRAD_INLINE void *cgrad_record_alloc(cgrad_record *record, size_t bytes) {
    size_t before = record->used;
    size_t start =
        (before + sizeof before + CGRAD_RECORD_ALIGN - 1) / CGRAD_RECORD_ALIGN * CGRAD_RECORD_ALIGN;
    if (record->capacity < start || record->capacity - start < bytes) {
        if (bytes > SIZE_MAX - CGRAD_RECORD_ALIGN)
            CGRAD_OUT_OF_MEMORY(bytes);
        cgrad_record_grow(record, bytes + CGRAD_RECORD_ALIGN);
        before = 0;
        start = CGRAD_RECORD_ALIGN;
    }
    memcpy(record->data + start - sizeof before, &before, sizeof before);
    record->used = start + bytes;
    return record->data + start;
}

/* The address that cgrad_record_alloc(record, bytes) returned for the entry before the cursor, which moves
 * before it. */
CGRAD_INLINE void *cgrad_cursor_back(cgrad_cursor *cursor, size_t bytes) {
    char *start = cgrad_cursor_take(cursor, bytes + sizeof cursor->position) + sizeof cursor->position;
    memcpy(&cursor->position, start - sizeof cursor->position, sizeof cursor->position);
    return start;
}

/* The same for `count` values of `size` bytes; a count below zero means none. */
CGRAD_INLINE void *cgrad_record_slots(cgrad_record *record, long long count, size_t size) {
    if (count > 0 && (unsigned long long)count > SIZE_MAX / 2 / size)
        CGRAD_OUT_OF_MEMORY(SIZE_MAX);
    return cgrad_record_alloc(record, count > 0 ? (size_t)count * size : 0);
}

CGRAD_INLINE void *cgrad_cursor_slots(cgrad_cursor *cursor, long long count, size_t size) {
    return cgrad_cursor_back(cursor, count > 0 ? (size_t)count * size : 0);
}

/* ---- memory that is allocated in some cases only ------------------------------------------------------ */

/* Zeros, or NULL. */
CGRAD_INLINE void *cgrad_zeroed(size_t bytes) {
#if __STDC_HOSTED__
    return calloc(1, bytes);
#else
    return (void)bytes, (void *)0;
#endif
}

/* NULL unless it is wanted. */
CGRAD_INLINE void *cgrad_malloc_if(int wanted, size_t bytes) {
    return wanted ? CGRAD_RECORD_MALLOC(bytes) : NULL;
}

CGRAD_INLINE void *cgrad_calloc_if(int wanted, size_t count, size_t size) {
    return wanted && size > 0 && count <= SIZE_MAX / size ? cgrad_zeroed(count * size) : NULL;
}

/* ---- companions that are too large for the stack ------------------------------------------------------ */

CGRAD_INLINE void *cgrad_zeros(size_t bytes) {
    void *memory = cgrad_zeroed(bytes);
    if (!memory)
        CGRAD_OUT_OF_MEMORY(bytes);
    return memory;
}

CGRAD_INLINE void cgrad_zeros_free(void *memory) {
    CGRAD_RECORD_FREE(memory);
}

/* ---- the record as a whole -------------------------------------------------------------------------- */

/* A cursor behind the last entry. */
CGRAD_INLINE cgrad_cursor cgrad_record_end(const cgrad_record *record) {
    cgrad_cursor cursor;
    cursor.data = record->data;
    cursor.position = record->used;
    cursor.block = record->block;
    return cursor;
}

/* The record's length now. */
CGRAD_INLINE cgrad_mark cgrad_record_mark(const cgrad_record *record) {
    cgrad_mark mark;
    mark.block = record->block;
    mark.used = record->used;
    return mark;
}

/* Forgets what was recorded since the mark (last in, first out) and keeps the memory for what comes next. */
CGRAD_INLINE void cgrad_record_release(cgrad_record *record, cgrad_mark mark) {
    struct cgrad_record_block *block = record->block;
    if (!block) {
        record->used = mark.used;
        return;
    }
    while (block != mark.block && block->previous)
        block = block->previous;
    record->block = block;
    record->data = cgrad_record_data(block);
    record->used = mark.used;
    record->capacity = block->capacity;
}

/* Makes a record empty without looking at what it holds: memory of a variable never used before. */
CGRAD_INLINE void cgrad_record_init(cgrad_record *record) {
    memset(record, 0, sizeof *record);
}

/* From now on `memory` (from malloc and its like, or NULL) is freed with the record. */
CGRAD_INLINE void cgrad_record_keep(cgrad_record *record, void *memory) {
    struct cgrad_kept *kept = (struct cgrad_kept *)CGRAD_RECORD_MALLOC(sizeof *kept);
    if (!kept)
        CGRAD_OUT_OF_MEMORY(sizeof *kept);
    kept->memory = memory;
    kept->next = record->kept;
    record->kept = kept;
}

/* Gives the memory back; the record is empty and may be used again. */
CGRAD_INLINE void cgrad_record_free(cgrad_record *record) {
    struct cgrad_record_block *block = record->block;
    while (record->kept) {
        struct cgrad_kept *kept = record->kept;
        record->kept = kept->next;
        CGRAD_RECORD_FREE(kept->memory);
        CGRAD_RECORD_FREE(kept);
    }
    while (block && block->next)
        block = block->next;
    while (block) {
        struct cgrad_record_block *previous = block->previous;
        CGRAD_RECORD_FREE(block);
        block = previous;
    }
    memset(record, 0, sizeof *record);
}

/* Bytes recorded: entries and the padding of arrays. */
CGRAD_INLINE size_t cgrad_record_bytes(const cgrad_record *record) {
    const struct cgrad_record_block *block = record->block;
    size_t bytes = record->used;
    while (block && block->previous) {
        block = block->previous;
        bytes += block->used;
    }
    return bytes;
}

/* ---- a workspace ------------------------------------------------------------------------------------ */

/* A record in memory of the caller, aligned as by malloc: it grows from the beginning, and allocates nothing. Freeing it gives
 * nothing back. */
CGRAD_INLINE cgrad_record cgrad_workspace_record(void *workspace, size_t size) {
    cgrad_record record;
    memset(&record, 0, sizeof record);
    record.data = (char *)workspace;
    record.capacity = size;
    return record;
}

/* `bytes` bytes from its end, aligned for every scalar, for as long as the workspace is. */
CGRAD_INLINE void *cgrad_workspace_take(cgrad_record *record, size_t bytes) {
    size_t start = record->capacity;
    if (start < bytes || (start - bytes) / CGRAD_RECORD_ALIGN * CGRAD_RECORD_ALIGN < record->used)
        CGRAD_OUT_OF_MEMORY(bytes);
    start = (start - bytes) / CGRAD_RECORD_ALIGN * CGRAD_RECORD_ALIGN;
    record->capacity = start;
    return record->data + start;
}

/* The same, zero. */
CGRAD_INLINE void *cgrad_workspace_zeros(cgrad_record *record, size_t bytes) {
    return memset(cgrad_workspace_take(record, bytes), 0, bytes);
}

/* ---- companions of pointers ------------------------------------------------------------------------- */

/* The place in `base_companion` that corresponds to the place of `q` in `base`: the same distance in bytes.
 * The companion of NULL is NULL, and so is every companion in a block that has none. */
CGRAD_INLINE void *cgrad_shadow_pointer(const void *q, const void *base, void *base_companion) {
    if (!q || !base_companion)
        return NULL;
    return (char *)base_companion + ((const char *)q - (const char *)base);
}

#endif
