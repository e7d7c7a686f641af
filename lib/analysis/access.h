/* What access.c tells loops.c. */
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

struct access {
    enum access_kind kind;
    struct expr *base, *offset; /* base[offset] or within that element; NULL: somewhere */
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

#endif
