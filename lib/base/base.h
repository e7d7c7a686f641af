/* base: what every layer stands on, and nothing that knows of C or of derivatives.
 *
 * One arena owns all memory of a compilation; nothing in the passes calls free.
 * Running out of memory ends the process with a message: there is no useful way on.
 */
#ifndef CG_BASE_H
#define CG_BASE_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#if defined(__GNUC__)
#define CG_PRINTF(text, first) __attribute__((__format__(__printf__, text, first)))
#define CG_NORETURN __attribute__((noreturn))
#else
#define CG_PRINTF(text, first)
#define CG_NORETURN
#endif

/* ---- arena.c: memory that lives as long as the compilation ---------------------------------- */

struct arena;

struct arena *arena_create(void);
void arena_destroy(struct arena *arena);
/* Zeroed memory, aligned for every type. */
void *arena_alloc(struct arena *arena, size_t size);
char *arena_strdup(struct arena *arena, const char *text);
char *arena_strndup(struct arena *arena, const char *text, size_t length);
char *arena_printf(struct arena *arena, const char *format, ...) CG_PRINTF(2, 3);
char *arena_vprintf(struct arena *arena, const char *format, va_list args);

#define NEW(arena, type) ((type *)arena_alloc((arena), sizeof(type)))
#define NEW_ARRAY(arena, type, count) ((type *)arena_alloc((arena), (count) * sizeof(type)))

/* Growable arrays: `struct { T *items; size_t count, capacity; } v;`  VEC_PUSH(arena, v, item). */
#define VEC(type)                                                                                            \
    struct {                                                                                                 \
        type *items;                                                                                         \
        size_t count, capacity;                                                                              \
    }
#define VEC_PUSH(arena, vec, item)                                                                           \
    (vec_reserve((arena), (void **)&(vec).items, sizeof *(vec).items, (vec).count, &(vec).capacity),         \
     (void)((vec).items[(vec).count++] = (item)))
/* Makes room for one more element behind `count`. */
void vec_reserve(struct arena *arena, void **items, size_t size, size_t count, size_t *capacity);

/* ---- intern.c: equal strings share one address ---------------------------------------------- */

struct interner;

struct interner *interner_create(struct arena *arena);
const char *intern(struct interner *in, const char *text);
const char *intern_n(struct interner *in, const char *text, size_t length);

/* ---- map.c: string -> pointer, insertion-ordered iteration ----------------------------------- */

struct map;

struct map *map_create(struct arena *arena);
/* The stored value, or NULL. */
void *map_get(const struct map *map, const char *key);
/* Replaces an earlier value of the same key. */
void map_put(struct map *map, const char *key, void *value);
size_t map_count(const struct map *map);
/* The entry at `index` in order of first insertion. */
const char *map_key_at(const struct map *map, size_t index);
void *map_value_at(const struct map *map, size_t index);

/* ---- bitset.c: growable sets of small numbers ------------------------------------------------ */

struct bitset {
    struct arena *arena;
    uint64_t *words;
    size_t first, word_count; /* the words that are there */
};

struct bitset bitset_create(struct arena *arena);
struct bitset bitset_copy(const struct bitset *set);
bool bitset_has(const struct bitset *set, size_t member);
/* Whether the set changed. */
bool bitset_add(struct bitset *set, size_t member);
void bitset_remove(struct bitset *set, size_t member);
bool bitset_union(struct bitset *to, const struct bitset *from);
bool bitset_intersects(const struct bitset *a, const struct bitset *b);
bool bitset_equal(const struct bitset *a, const struct bitset *b);
bool bitset_empty(const struct bitset *set);
void bitset_clear(struct bitset *set);
size_t bitset_size(const struct bitset *set);
/* The smallest member >= from, or SIZE_MAX: for (m = bitset_next(s, 0); m != SIZE_MAX; m = bitset_next(s, m + 1)) */
size_t bitset_next(const struct bitset *set, size_t from);

/* ---- text.c: output that grows, with indentation ---------------------------------------------- */

struct text {
    char *data; /* always terminated once anything was written; NULL when empty */
    size_t length, capacity;
    int indent;      /* levels of four spaces, written at the start of each line */
    bool line_begun; /* whether the current line already has its indentation */
};

void text_free(struct text *text);
void text_put(struct text *text, const char *string);
void text_put_n(struct text *text, const char *string, size_t length);
void text_printf(struct text *text, const char *format, ...) CG_PRINTF(2, 3);
/* Ends the line. */
void text_newline(struct text *text);
/* Copies verbatim: no indentation is added inside. */
void text_raw(struct text *text, const char *string);
const char *text_string(const struct text *text);

/* ---- file.c --------------------------------------------------------------------------------- */

/* The whole file, terminated, in the arena; NULL and errno set on failure. */
char *file_read(struct arena *arena, const char *path, size_t *length);
/* Writes to a temporary name beside `path`, then renames: an error (false, errno) leaves `path` as it was. */
bool file_write_atomic(struct arena *arena, const char *path, const char *data, size_t length);

struct file_text {
    const char *path, *data;
    size_t length;
};
/* The same for several files that belong together: none is touched until the text of all is on the disk.
 * The path that could not be written (errno), or NULL. */
const char *file_write_all(struct arena *arena, const struct file_text *files, size_t count);

/* ---- path.c ---------------------------------------------------------------------------------- */

/* The name behind the last slash. */
const char *path_base(const char *path);
const char *path_folder(struct arena *arena, const char *path);
/* The absolute folder of a file, which need not exist itself, with a slash at the end; NULL if there is no such folder. */
const char *path_real_folder(struct arena *arena, const char *path);
/* The folder `to` as seen from the folder `from`, both absolute: "", "../", "../src/". */
const char *path_between(struct arena *arena, const char *from, const char *to);
/* Whether `#include "name"` in the file `includer` found the file `found` from the includer's folder, and not by -I. */
bool path_is_beside(struct arena *arena, const char *name, const char *includer, const char *found);

/* ---- diag.c: located messages ---------------------------------------------------------------- */

struct loc {
    const char *file; /* NULL: no location */
    unsigned line, column;
};

enum diag_severity { DIAG_NOTE, DIAG_WARNING, DIAG_ERROR };

/* Every message of the compiler, by name; the texts stand in diag.def, in one place. */
enum diag_id {
#define DIAG(id, severity, format) id,
#include "base/diag.def"
#undef DIAG
    DIAG_COUNT
};

struct diag;

struct diag_options {
    bool color;
    bool quiet;              /* -q: no warnings, no notes */
    bool warnings_as_errors; /* -Werror */
    FILE *stream;
};

struct diag *diag_create(struct arena *arena, struct diag_options options);
/* Prints `file:line:column: severity: text`, the source line and a caret. */
void diag_report(struct diag *diag, struct loc loc, enum diag_id id, ...);
/* A message whose text another program made (the C parser). */
void diag_foreign(struct diag *diag, enum diag_severity severity, struct loc loc, const char *text);
size_t diag_error_count(const struct diag *diag);

/* A defect of cgrad itself: says where and aborts. */
void cg_bug(const char *file, int line, const char *format, ...) CG_PRINTF(3, 4) CG_NORETURN;
#define BUG(...) cg_bug(__FILE__, __LINE__, __VA_ARGS__)

#endif
