/* exits: break, continue and return, brought into the normal form of doc/ir.md. */
#ifndef CG_FRONT_EXITS_H
#define CG_FRONT_EXITS_H

#include "ir/ir.h"

/* A `for` that is not counted becomes a STMT_WHILE whose body ends with a STMT_RAW of exactly this text (the
 * pointer is compared) and the increment behind it: the place where `continue` goes on. The same serves any
 * loop whose condition had to become statements at the end of the body. front_normalize_exits removes the
 * mark. */
extern const char *const FRONT_INCREMENT_MARK;

/* Input: STMT_BREAK, STMT_CONTINUE and STMT_RETURN anywhere; a break in a switch arm leaves the switch, as in
 * C. Output: BREAK (of loops only) and RETURN (outside loops only) in tail position, no CONTINUE; has_break
 * is set. */
void front_normalize_exits(struct unit *unit, struct func *func);

#endif
