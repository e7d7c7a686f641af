/* emit: IR -> C text that reads as if written by hand. Knows nothing of derivatives. */
#ifndef CG_EMIT_H
#define CG_EMIT_H

#include "ir/ir.h"

/* expressions: minimal parentheses, by a precedence table */
void emit_expr(struct text *out, const struct expr *expr);
/* a declaration of `name` as `type`: declarators inside out; NULL: abstract, for casts and sizeof */
void emit_declarator(struct text *out, const struct type *type, const char *name);
void emit_stmt(struct text *out, const struct stmt *stmt);
void emit_block(struct text *out, const struct block *block); /* the statements, without braces */
/* `static double f(int n, const double *x)` without `;`: parameters written as arrays are printed so */
void emit_prototype(struct text *out, const struct func *func);
/* comment, prototype and body */
void emit_func(struct text *out, const struct func *func);

/* A variable that the output defines and the header declares. */
struct output_global {
    struct var *var;
    const char *comment;
};

/* What one output consists of. */
struct output {
    VEC(struct output_global) globals;
    VEC(struct func *) funcs;    /* in order of definition; static ones get prototypes first where needed */
    VEC(struct func *) exported; /* those of funcs with prototypes in the header */
    VEC(const char *) macros;    /* defined in the header: a name and its value */
};

struct emit_options {
    const char *output; /* path of OUTPUT.c, or "-" */
    const char *header; /* path of OUTPUT.h, or NULL */
    const char *version;
    bool standalone; /* embed the runtime instead of including it */
};

/* The two files' texts: includes, carried declarations that the functions mention (transitively), prototypes,
 * functions. */
void emit_unit(struct unit *unit, const struct output *output, const struct emit_options *options,
               struct text *source, struct text *header);

/* --stop-after=front: the whole input again from the IR: a program that must behave like the original. */
void emit_identity(struct unit *unit, struct text *source);

#endif
