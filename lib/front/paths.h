/* paths: the ways through a statement and out of it. For exits.c alone. */
#ifndef CG_FRONT_PATHS_H
#define CG_FRONT_PATHS_H

#include "ir/ir.h"

/* The bits above say which labelled block is left (jumps.h). */
enum { EXIT_BREAK = 1, EXIT_CONTINUE = 2, EXIT_RETURN = 4, EXITS_OF_LOOP = EXIT_BREAK | EXIT_CONTINUE };

/* ---- which exits lead out: a set of the above; those of loops and switches inside are their own  */

unsigned paths_leaving(const struct stmt *stmt);
unsigned paths_leaving_block(const struct block *block);
/* A loop that control leaves by return only, or never. */
bool paths_endless(const struct stmt *stmt);

/* ---- how many paths fall through; of statements whose exits are in tail position -------------- */

unsigned paths_falling(const struct stmt *stmt);
/* Where exactly one does: the block at whose end it falls. What has one of `names` on the way there is
 * renamed. */
struct block *paths_find_end(struct unit *unit, struct func *func, struct stmt *stmt,
                             const struct map *names);
/* Whether that is in an arm of a switch. */
bool paths_end_in_switch(const struct stmt *stmt);

/* ---- names ------------------------------------------------------------------------------------ */

/* The names that the block mentions or declares. */
struct map *paths_names(struct unit *unit, struct block *block);
/* Renames what the block itself declares if `names` has it, so that it captures nothing that moves into the
 * block. */
void paths_avoid_names(struct unit *unit, struct func *func, struct block *block, const struct map *names);

#endif
