/* Functions that allocate nothing. */
#ifndef CG_AD_WORKSPACE_H
#define CG_AD_WORKSPACE_H

#include "ad/private.h"

/* ---- workspace_bytes.c ----------------------------------------------------------------------- */

/* A call of the function with that name; of one that gives memory back, or keeps it for later; of one that allocates. */
bool workspace_calls(const struct stmt *stmt, const char *name);
bool workspace_frees(const struct ad *ad, const struct stmt *stmt);
bool workspace_allocates(const struct ad *ad, const struct stmt *stmt);
/* The bytes that the allocation asks for; NULL: not known. */
struct expr *workspace_allocated(struct unit *unit, const struct stmt *call);
/* The function allocates or frees, itself or by its callees. */
bool workspace_is_used(struct ad *ad, const struct func *func);
/* size_t */
struct type *workspace_size_type(struct unit *unit);
/* The bytes that the finished function takes, in its parameters. Reports where no bound is known. */
struct expr *workspace_bytes(struct ad *ad, struct func *made, struct loc loc, bool *failed);

/* ---- workspace.c ----------------------------------------------------------------------------- */

/* With --workspace: gives the finished function `made` a twin, made_ws, that works in memory of its caller, and made_workspace,
 * which says how much. Reports where no bound is known. */
void workspace_add(struct ad *ad, struct func *made, struct loc loc);

#endif
