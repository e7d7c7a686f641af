/* jumps: goto, brought down to loops and to ways out of blocks. */
#ifndef CG_FRONT_JUMPS_H
#define CG_FRONT_JUMPS_H

#include "ir/ir.h"

/* A label is a STMT_RAW with exactly this text (the pointer is compared) and its number in `leaves`; a goto
 * is a STMT_BREAK with that number there. Numbers are bits of an unsigned, and front_jump_bit gives that of
 * the n-th label; 0 if there are no more. */
extern const char *const FRONT_LABEL_MARK;
unsigned front_jump_bit(size_t n);

/* Output: no labels. A STMT_BREAK with `leaves` stands inside a STMT_BLOCK with the same `leaves`, and leaves
 * that. `labels`: how many there are. Sets func->unsupported where control jumps into a block or a loop. */
void front_structure_jumps(struct unit *unit, struct func *func, size_t labels);

#endif
