/* print: what the .c files of emit share. */
#ifndef CG_EMIT_PRINT_H
#define CG_EMIT_PRINT_H

#include "emit/emit.h"

enum { EMIT_WIDTH = 100 };

/* ---- expr.c ----------------------------------------------------------------------------------- */

/* Where only being zero counts: if, while. */
void print_condition(struct text *out, const struct expr *expr);
/* The value where it is assigned to something of type `to`: C converts it, so an implicit cast needs no text.
 */
void print_value(struct text *out, const struct expr *expr);
/* `e` in `to += e`. */
void print_operand(struct text *out, enum binary_op op, const struct expr *to, const struct expr *expr);
void print_call(struct text *out, const struct func *callee, struct expr *const *args, size_t count);
const char *binary_text(enum binary_op op);

/* ---- line.c ----------------------------------------------------------------------------------- */

/* A line at the indentation in force, broken behind operators and commas if it is too long; does not end it.
 */
void print_line(struct text *out, const char *line);
/* A comment of one or more lines, indented anew. */
void print_comment(struct text *out, const char *comment);

/* ---- stmt.c, func.c --------------------------------------------------------------------------- */

/* The statements of a function's body, without braces. */
void print_func_body(struct text *out, const struct func *func);
/* Whether C++ cannot read the prototype: it has no variable extents in parameters and no restrict. */
bool needs_plain_prototype(const struct func *func);
/* A prototype of the same calling convention in the common subset of C and C++. */
void print_plain_prototype(struct text *out, const struct func *func);

/* ---- names.c ---------------------------------------------------------------------------------- */

/* Puts every identifier of the C text into the map, those of comments and literals not. */
void collect_names(const char *text, struct map *names);
bool mentions_name(const char *text, const char *name);

/* ---- runtime.c -------------------------------------------------------------------------------- */

/* A set of headers of the runtime, by index. */
typedef unsigned runtime_set;

/* The headers that define what the names ask for. */
runtime_set runtime_needed(const struct map *names);
bool runtime_has(runtime_set set, const char *base);
/* The set's #include lines, or their texts with all that they include themselves. */
void runtime_put(struct text *out, runtime_set set, bool standalone);

/* ---- paths.c ---------------------------------------------------------------------------------- */

const char *path_base(const char *path);
/* `path` as seen from the folder that `from` (a file) is in; NULL if one of the folders does not exist. */
const char *path_relative(struct arena *arena, const char *path, const char *from);
bool path_same_folder(struct arena *arena, const char *a, const char *b);

#endif
