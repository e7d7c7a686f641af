/* Private to the readers of rows: read.c, read_math.c, read_call.c, table.c. */
#ifndef CG_RULES_READ_H
#define CG_RULES_READ_H

#include "rules/table.h"

/* A function named in a formula, for the check that the table is closed. */
struct mention {
    const struct row *row;
    const struct formula *formula;
};

struct reader {
    struct scanner scanner;
    struct rules *rules;
    VEC(struct mention) mentions;
};

/* ---- read.c ---------------------------------------------------------------------------------- */

/* The parameter's index, or -1. */
long row_find_param(const struct row *row, const char *name);
/* Binds the names in the formula to the row's parameters and result. */
void row_resolve(struct reader *reader, const struct row *row, struct formula *formula);
struct row read_head(struct reader *reader);
void read_params(struct reader *reader, struct row *row);
/* `[const] words *...* name`: the type, if any, and the name, which is the last word. */
const char *read_declaration(struct reader *reader, struct row_type *type);
/* The type alone: of the result of a math row. */
void read_type(struct reader *reader, struct row_type *type);
/* Words that end a declaration: they say something about what was declared. */
bool read_is_reserved(const char *word);

/* ---- read_math.c, read_call.c: what stands behind the first word ----------------------------- */

/* Each adds the row to the table unless it is malformed. */
void read_math(struct reader *reader);
void read_call(struct reader *reader, enum call_class class, bool has_source);
void read_inactive(struct reader *reader);

#endif
