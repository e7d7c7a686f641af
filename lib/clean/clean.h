/* clean: makes generated code read like written code. Knows nothing of derivatives. */
#ifndef CG_CLEAN_H
#define CG_CLEAN_H

#include "ir/ir.h"

/* dead.c: removes local variables that nothing reads, with the assignments to them. */
void clean_dead(struct unit *unit, struct func *func);

/* last.c: removes `v.x = 0;` of local variables where nothing mentions v.x afterwards. */
void clean_last(struct unit *unit, struct func *func);

/* sink.c: `T v = 0; ... v += e;` becomes `T v = e;` where v is first mentioned, and a value used once, in the
 * very next statement, goes there. For a block of `func` that declares what it assigns. */
void clean_sink(struct unit *unit, struct block *block);

/* signs.c: two minus signs that meet cancel. */
void clean_signs(struct block *block);

/* join.c: `e = 0; e += v;` becomes `e = v;`. */
void clean_join(struct block *block);

#endif
