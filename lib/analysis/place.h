/* What place.c (where an lvalue lies) and access.c (what a loop touches) share. */
#ifndef CG_ANALYSIS_PLACE_H
#define CG_ANALYSIS_PLACE_H

#include "analysis/access.h"

enum { PLACE_DEPTH = 12 /* of calls and of definitions that are followed */ };

/* Variables that have one value wherever they are in scope: assigned once, in the block that declares them.
 */
struct definitions {
    struct expr **value; /* by var->id */
    unsigned *count;
    struct block **home;
    size_t known; /* variables; others have come in since */
};

struct inner { /* a loop around the access, inside the loop in question or a callee */
    const struct inner *outer;
    const struct stmt *loop;
};

/* A function on the way to the access; the first is that of the loop. */
struct frame {
    const struct frame *caller;
    const struct stmt *call;
    struct facts *facts;
    const struct definitions *definitions;
    struct bitset watched;
    const struct inner *inner;
    unsigned depth;
};

struct walk {
    struct program *program;
    struct arena *arena;
    const struct loop_query *query; /* no loop: all loops are inner ones */
    const struct stmt *current;     /* in the first frame */
    const struct bitset *changed;   /* what an iteration writes, in the first frame */
    struct accesses *out;
};

struct place_of { /* base[offset], and what comes below that element */
    struct expr *base, *offset;
    VEC(struct access_row) rows;
    bool below; /* further steps stay within the element */
    bool steady;
};

const struct definitions *place_definitions(struct arena *arena, struct facts *facts);
/* The value in terms of the first frame, or NULL if it is not made of indices and unchanged values alone. */
struct expr *place_resolve(struct walk *walk, const struct frame *frame, const struct expr *e, unsigned depth);
/* The same in every iteration. */
bool place_is_steady(struct walk *walk, const struct frame *frame, const struct expr *e);
/* Where the lvalue lies, or what the pointer points to. */
void place_lvalue(struct walk *walk, const struct frame *frame, const struct expr *e, struct place_of *place,
                  unsigned depth);
void place_pointer(struct walk *walk, const struct frame *frame, const struct expr *e, struct place_of *place,
                   unsigned depth);

#endif
