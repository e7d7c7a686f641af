/* carry: what the files that carry the input's text share. */
#ifndef CG_FRONT_CARRY_H
#define CG_FRONT_CARRY_H

#include "front/front_private.h"

struct group {
    VEC(CXCursor) members;
    unsigned begin, end;
};

/* `sizeof table / sizeof *table` in a type, which generated code declares before the variable. */
struct measure {
    unsigned begin, end;
    const char *value;
};

struct carrier {
    struct front *front;
    struct token_table *table;
    struct group group;
    VEC(struct measure) measures;
};

struct names {
    VEC(const char *) items;
};

/* ---- carry.c --------------------------------------------------------------------------------- */

/* The text without annotations, and with numbers for measures. */
const char *carry_text(struct carrier *carrier, unsigned begin, unsigned end);
void carry_add_name(struct front *front, struct names *names, const char *name);
void carry_add_names(struct carrier *carrier, struct names *names, unsigned begin, unsigned end);
struct carry *carry_add(struct carrier *carrier, enum carry_kind kind, const char *name, const char *text,
                        struct names names, unsigned begin);
bool carry_has(const struct front *front, const char *name);

/* ---- carry_type.c ---------------------------------------------------------------------------- */

bool carry_is_type(CXCursor cursor);
/* Empty if the type can only be named by a typedef, or not at all. */
const char *carry_type_name(struct front *front, CXCursor cursor);
void carry_types(struct carrier *carrier, CXCursor *types, size_t count, const char *text, unsigned begin,
                 unsigned end);
/* Finds the measures in the type. */
void carry_measure(struct carrier *carrier, CXCursor type);
/* The text of the group, with the definition of a tagged type inside it replaced by its name. */
const char *carry_text_without_type(struct carrier *carrier, CXCursor type, unsigned begin, unsigned end);

#endif
