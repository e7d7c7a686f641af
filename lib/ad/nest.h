/* What the files of nest.c share: nest_body.c (statements), nest_access.c (which accesses meet), nest_sums.c, nest_part.c,
 * nest_turn.c, nest_peel.c and nest_walk.c (what can be done about a loop). */
#ifndef CG_AD_NEST_H
#define CG_AD_NEST_H

#include "ad/private.h"

enum { NEST_LOOPS = 12, NEST_ACCESSES = 96, NEST_GROUPS = 8 };

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

/* ---- nest_access.c --------------------------------------------------------------------------- */

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

/* ---- nest_body.c ----------------------------------------------------------------------------- */

struct nest_group { /* the assignments that go to one loop, by their index in the body */
    size_t items[NEST_ACCESSES];
    size_t count;
    bool vector;
};

/* Declarations and assignments alone. */
bool nest_is_simple(const struct block *body);
/* The variable of the body that the statement makes or changes; NULL for an assignment that outlives it. */
const struct var *nest_local_of(const struct block *body, const struct stmt *stmt);
/* taken[k]: the group takes item k of the body: its assignments, and the locals that they, and those, are computed from. */
void nest_close(const struct block *body, const struct nest_group *group, bool *taken);
/* No iteration of the loops from `level` on sees what another does, but for sums. */
bool nest_is_free(struct nest *nest, const struct nest_accesses *accesses, size_t level);
/* A loop with that head and a new index; the map leads to it. */
struct stmt *nest_new_loop(struct work *work, struct func *func, const struct stmt *head, struct copy_map *map);
struct copy_map nest_new_map(struct work *work, struct func *func);
/* Copies the items (those that are taken; NULL: all), each declared variable afresh. */
void nest_copy(struct func *func, struct copy_map *map, const struct block *body, const bool *taken, struct block *out);

/* ---- nest_sums.c ----------------------------------------------------------------------------- */

struct nest_ordering {
    struct work *work;
    struct func *func;
    struct nest nest;
    const struct block *before; /* what stands before the loop in its block */
};

struct nest_sums {
    VEC(const struct expr *) targets;
    VEC(struct var *) vars;
};

/* The element is one that the block before the loop touches: it is there even if the loop does not run. */
bool nest_is_touched(const struct block *before, const struct expr *lvalue);
/* The condition that the innermost loop has an iteration. */
struct expr *nest_condition(struct nest_ordering *o);
/* Adjoints that the body reads in every iteration are read in `before`. runs: it has an iteration. */
void nest_read_before(struct nest_ordering *o, struct block *body, const struct nest_accesses *accesses, bool runs,
                      struct block *before);
/* Those that it adds to in every iteration: in its place a variable. */
void nest_sum_locally(struct nest_ordering *o, struct block *body, const struct nest_accesses *accesses,
                      struct nest_sums *sums);

/* ---- nest_part.c ----------------------------------------------------------------------------- */

/* Adjoints that are set to zero when they have been used are set so at the end of the body. */
void nest_write_last(struct nest *nest, struct block *body, struct nest_accesses *accesses);
/* All that the loop touches lies in a row, or is the same throughout. */
bool nest_is_dense(struct nest *nest, const struct nest_accesses *accesses);
/* No two iterations meet in what the group assigns, sums in variables apart. */
bool nest_is_vector(struct nest *nest, const struct nest_accesses *accesses, const struct nest_group *group);
void nest_all_in_one(const struct block *body, struct nest_group *group);
/* Which loops the body makes: one, or several that can be vectorized; how many. */
size_t nest_choose_loops(struct nest *nest, const struct block *body, const struct nest_accesses *accesses,
                         struct nest_group *groups);

/* ---- nest_turn.c ----------------------------------------------------------------------------- */

/* for (i) { d; for (k) b; r; }  becomes  for (k) for (i) { d; b; }  for (i) r; */
bool nest_interchange(struct nest_ordering *o, struct block *body, struct block *out);

/* ---- nest.c ---------------------------------------------------------------------------------- */

/* The innermost loop of the nest over the body; false if it must stay as it is. */
bool nest_order_inner(struct nest_ordering *o, struct block *body, struct block *out);

/* ---- nest_walk.c ----------------------------------------------------------------------------- */

/* Integers that the body moves on are said by the innermost loop's index; what they stand at before the first iteration
 * is set in `before`. */
void nest_stop_walking(struct nest *nest, struct block *body, struct block *before);

/* ---- nest_peel.c ----------------------------------------------------------------------------- */

/* The innermost loop computes indices in ways that may be plain between its first and its last iteration. */
bool nest_has_edges(const struct nest *nest, const struct block *body);
/* Heads of loops over the iterations between, and over the first and the last. */
struct stmt *nest_middle(struct nest *nest);
struct stmt *nest_edges(struct nest *nest);
/* With the former as the innermost loop: replaces conditions and remainders in indices; false if one stays. */
bool nest_make_plain(struct nest *nest, struct block *body);

#endif
