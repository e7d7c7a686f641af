/* front: C source -> IR in normal form. The only place that includes <clang-c/Index.h>.
 *
 * Contract: every AST shape that it does not know is refused, with a location: in a function that is going to be
 * differentiated by an error, elsewhere by func->unsupported. It never skips anything silently.
 */
#ifndef CG_FRONT_H
#define CG_FRONT_H

#include "ir/ir.h"
#include "rules/rules.h"

struct front_options {
    const char *input;
    const char *const *further; /* inputs that are read before it, as one file */
    size_t further_count;
    const char *const *flags;   /* for the C parser: -I -D -std= ..., as given by the user */
    size_t flag_count;
    const char *compdb;         /* -p DIR, or NULL */
    const struct request_text *const *requests; /* of the command line */
    size_t request_count;
};

/* NULL after errors (all reported). Functions are those of the input itself, those of headers that are requested, and what
 * these call; every body is lowered and in normal form. */
struct unit *front_parse(struct arena *arena, struct diag *diag, const struct rules *rules, struct types *types,
                         const struct front_options *options);

/* Parses a C expression over the parameters of `func` (an extent from a request). NULL if malformed (reported at loc). */
struct expr *front_parse_extent(struct unit *unit, struct func *func, const char *text, struct loc loc);

#endif
