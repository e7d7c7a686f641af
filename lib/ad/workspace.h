/* Functions that allocate nothing. */
#ifndef CG_AD_WORKSPACE_H
#define CG_AD_WORKSPACE_H

#include "ad/private.h"

/* With --workspace: gives the finished function `made` a twin, made_ws, that works in memory of its caller, and made_workspace,
 * which says how much. Reports where no bound is known. */
void workspace_add(struct ad *ad, struct func *made, struct loc loc);

#endif
