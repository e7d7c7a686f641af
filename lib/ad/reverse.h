/* What the files of the reverse mode share: reverse.c (statements), reverse_loop.c (loops), scope.c (blocks).
 */
#ifndef CG_AD_REVERSE_H
#define CG_AD_REVERSE_H

#include "ad/private.h"
#include "clean/clean.h"

/* A block that is being written: what leaving it early must record. */
struct scope {
    const struct scope *outer;
    const struct block *block;
    bool loop_body;
};

/* ---- scope.c --------------------------------------------------------------------------------- */

/* The expression in the variables of the forward, of the reverse sweep. */
struct expr *forward_of(struct work *work, const struct expr *e);
struct expr *reverse_of(struct work *work, const struct expr *e);
/* Without const and other qualifiers, of elements too: the reverse sweep assigns it. */
struct type *assigned_type(struct work *work, struct type *type);

/* Makes the variables of the block's declarations in both sweeps. */
void scope_enter(struct work *work, const struct block *block, bool function_level);
/* Records what the reverse sweep of the block begins with, in reverse order of declaration, so that it gets
 * them back in order. */
void scope_leave(struct work *work, const struct block *block, struct block *forward);
/* Appends the statements wherever the block's end is reached; a break has recorded for itself. */
void scope_append_at_ends(struct unit *unit, struct block *block, const struct block *statements);
/* What the reverse of a block begins with: the values that its statements left, and companions that start at
 * zero. */
void scope_start(struct work *work, const struct block *block, struct block *out);

/* ---- reverse.c ------------------------------------------------------------------------------- */

void reverse_block(struct work *work, struct block *block, struct block *forward, struct block *reverse,
                   bool loop_body, bool function_level);
void carry_comment(struct stmt *to, const struct stmt *from);
/* Records what the statement overwrites and the reverse sweep still wants; returns what gives it back. */
struct block save_overwritten(struct work *work, const struct stmt *stmt, struct block *forward);

/* ---- reverse_fused.c ------------------------------------------------------------------------- */

/* Both sweeps of a fused statement; what it overwrote comes back in `reverse`. */
void reverse_fused(struct work *work, struct stmt *stmt, struct block *both, struct block *reverse);

/* ---- slots.c ---------------------------------------------------------------------------------- */

/* With both bodies of a counted loop built: turns what it records into arrays, which are taken in front of
 * the loops, in `forward` and `reverse`. */
void slots_record(struct work *work, const struct stmt *loop, struct block *forward_body,
                  struct block *reverse_body, struct block *forward, struct block *reverse);

/* The variable is an array of the record. */
bool slots_owns(const struct work *work, const struct var *var);

/* ---- nest.c ----------------------------------------------------------------------------------- */

/* Gives the loops of a finished function that run backwards (`upward`) the order that suits the machine. */
void nest_order(struct work *work, struct func *func);

/* ---- reverse_loop.c -------------------------------------------------------------------------- */

/* An integer type that cannot go below zero. */
bool counts_unsigned(const struct type *type);
/* Whatever its bound: for (unsigned i = 0; i <= n; i++). */
bool loop_always_runs(const struct stmt *loop);
/* e + k, constants that are there already taken together. */
struct expr *plus_constant(struct unit *unit, struct expr *e, long long k);

void reverse_for(struct work *work, struct stmt *stmt, struct block *forward, struct block *reverse);
void reverse_while(struct work *work, struct stmt *stmt, struct block *forward, struct block *reverse);

#endif
