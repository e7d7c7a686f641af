/* What access.c tells loops.c and element.c. */
#ifndef CG_ANALYSIS_ACCESS_H
#define CG_ANALYSIS_ACCESS_H

#include "analysis/analysis.h"

enum access_kind {
    ACCESS_READ,
    ACCESS_WRITE,
    ACCESS_ADD /* `to += value`, the value not taken from there */
};

struct access_limit { /* of the index of an inner loop: lo <= index < hi; NULL: not known */
    const struct access_limit *next;
    const struct var *index;
    struct expr *lo, *hi;
};

struct access_row { /* a further subscript: base[offset]...[index] */
    struct expr *index;  /* NULL: not known */
    struct expr *extent; /* 0 <= index < extent, if the program is valid; NULL: not known */
};

struct access {
    enum access_kind kind;
    const struct stmt *stmt;    /* of the function that holds the loop */
    struct expr *base, *offset; /* base[offset] or within that element; NULL: somewhere */
    VEC(struct access_row) rows;
    bool whole;                 /* the element itself, not a part of it */
    bool steady;                /* in every iteration the same: which element, and whether at all */
    const struct access_limit *limits;
};

struct accesses {
    VEC(struct access) list;
    bool unknown; /* there may be others */
};

/* The accesses of the body to the (leaf) region. */
void accesses_collect(struct program *program, struct facts *facts, const struct loop_query *query,
                      const struct region *region, struct accesses *out);
/* The accesses of the loop, or of the whole function (NULL), to the region. The limits are those of all loops from
 * this one inwards. */
void accesses_in(struct program *program, struct facts *facts, struct stmt *loop, const struct region *region,
                 struct accesses *out);
/* Where the lvalue, which stands in the loops `around` (outermost first), lies, said as in accesses_in of `loop`. */
struct access access_of(struct program *program, struct facts *facts, const struct stmt *loop,
                        struct stmt *const *around, size_t around_count, const struct expr *lvalue);

#endif
