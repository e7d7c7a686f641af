/* What nest.c (which order, how many loops) and nest_access.c (which accesses meet) share. */
#ifndef CG_AD_NEST_H
#define CG_AD_NEST_H

#include "ad/private.h"

enum { NEST_LOOPS = 12, NEST_ACCESSES = 96 };

enum nest_effect { NEST_READ, NEST_ADD, NEST_WRITE };

/* Loops around a body, outermost first: statements of which only the head counts, in the order of the source. */
struct nest {
    struct work *work;
    const struct stmt *loops[NEST_LOOPS];
    size_t count;
};

struct nest_access {
    enum nest_effect effect;
    size_t item;           /* of the body */
    bool companion;        /* adjoint memory; it never overlaps with that of primal values */
    struct bitset regions; /* of the working copy */
    const struct var *scalar;  /* a variable of the function that is built, in place of memory */
    const struct expr *spelled, *lvalue; /* as it stands there; locals of the body replaced by their values */
    const struct expr *base;   /* NULL: somewhere */
    const struct expr *offset, *rows[AFFINE_ROWS], *extents[AFFINE_ROWS];
    unsigned row_count;
};

struct nest_accesses {
    struct nest_access list[NEST_ACCESSES];
    size_t count;
};

/* The accesses of a body that only declares and computes local scalars and assigns reals; false if it does anything
 * else. What items with an index at or behind `from` but before `to` do. */
bool nest_collect(struct nest *nest, const struct block *body, struct nest_accesses *out);
/* Whether x, in one iteration of the loop at `level`, and y, in another one, may be in the same place: the loops around it are
 * in the same iteration, those inside in any. */
bool nest_meet_across(struct nest *nest, const struct nest_access *x, const struct nest_access *y, size_t level);
/* The same for one iteration of all loops. */
bool nest_meet_within(struct nest *nest, const struct nest_access *x, const struct nest_access *y);
/* By how many elements the access moves from one iteration of the innermost loop to the next: 0, 1, or anything else (2). */
unsigned nest_stride(struct nest *nest, const struct nest_access *x);
/* The loop at `level` runs at least once whenever it is reached. */
bool nest_runs(struct nest *nest, size_t level);
/* The order in which the two happen does not matter: both read or both add. */
bool nest_commute(const struct nest_access *x, const struct nest_access *y);

/* Whether `e` >= least in every iteration of the nest. */
bool nest_at_least(struct nest *nest, const struct expr *e, long long least);

/* ---- nest_peel.c ----------------------------------------------------------------------------- */

/* The innermost loop computes indices in ways that may be plain between its first and its last iteration. */
bool nest_has_edges(const struct nest *nest, const struct block *body);
/* Heads of loops over the iterations between, and over the first and the last. */
struct stmt *nest_middle(struct nest *nest);
struct stmt *nest_edges(struct nest *nest);
/* With the former as the innermost loop: replaces conditions and remainders in indices; false if one stays. */
bool nest_make_plain(struct nest *nest, struct block *body);

#endif
