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
/* The value of a variable, an argument or a result of the type. */
void print_assigned(struct text *out, struct type *type, const struct expr *value);
/* `e` in `to += e`. */
void print_operand(struct text *out, enum binary_op op, const struct expr *to, const struct expr *expr);
/* What `...`, or a function without a prototype, makes of an argument (C11 6.5.2.2p6). */
enum type_scalar promoted_argument(enum type_scalar scalar);
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
/* Whether a parameter was written as `x[n]`: see func.c. */
bool has_variable_extents(const struct func *func);
/* Whether C++ cannot read the prototype: it has no variable extents in parameters and no restrict. */
bool needs_plain_prototype(const struct func *func);
/* The prototype of a function that is defined elsewhere. */
void print_extern_prototype(struct text *out, const struct func *func);
/* A prototype of the same calling convention in the common subset of C and C++. */
void print_plain_prototype(struct text *out, const struct func *func);

/* ---- names.c ---------------------------------------------------------------------------------- */

/* Puts every identifier of the C text into the map, those of comments and literals not. */
void collect_names(const char *text, struct map *names);
unsigned count_mentions(const char *text, const char *name);
/* What a function needs from elsewhere: its globals, functions, types, macros. Not its own variables, not
 * fields. */
void collect_func_names(struct func *func, struct map *names);
void collect_prototype_names(const struct func *func, struct map *names);
void collect_type_names(const struct type *type, struct map *names);

/* ---- carry.c ---------------------------------------------------------------------------------- */

/* Which of unit->carried an output needs, by index. */
struct needs {
    struct unit *unit;
    struct map *names; /* all that is mentioned */
    bool *carried;
};

/* What `names` need, transitively. types_only: no globals and functions, for a header. */
struct needs needs_of(struct unit *unit, struct map *names, bool types_only);
bool is_carried(const struct needs *needs, const char *name);
/* The needed declarations in the order of the input, without those that `elsewhere` (or NULL) has already. */
void print_carried(struct text *out, const struct needs *needs, const struct needs *elsewhere);
/* #define _GNU_SOURCE and its like, which must come before the first #include. */
void print_feature_macros(struct text *out, struct unit *unit);
/* M_PI and its like, which strict C99 hides. */
void print_hidden_constants(struct text *out, const struct needs *needs);

/* ---- warnings.c ------------------------------------------------------------------------------- */

void print_loop_warnings(struct text *out, const struct output *output);
void print_sign_warnings(struct text *out, const struct needs *needs, const struct output *output);

/* ---- include.c -------------------------------------------------------------------------------- */

/* The input's #include lines for a file at `path`: quoted ones are found from there. Before them, what the input
 * defines for headers. */
void print_includes(struct text *out, struct unit *unit, const char *path);
/* Headers of the standard library for functions that only the generated code calls. */
void print_library_includes(struct text *out, const struct unit *unit, const struct map *names);
/* Whether some of the names come from headers of the user's. */
bool has_foreign_names(const struct needs *needs);
/* Those that a header with these needs wants. */
void print_header_includes(struct text *out, const struct needs *needs, const char *path);
/* That of size_t, where the input does not know it. */
void print_size_include(struct text *out, const struct needs *needs);
/* The name under which the file `from` includes `path`. */
const char *include_name(struct unit *unit, const char *path, const char *from);

/* ---- runtime.c -------------------------------------------------------------------------------- */

/* A set of headers of the runtime. */
typedef unsigned runtime_set;

/* The headers that define what the names ask for. */
runtime_set runtime_needed(const struct map *names);
/* The set's #include lines, or their texts with all that they include themselves. */
void print_runtime(struct text *out, runtime_set set, bool standalone);

#endif
