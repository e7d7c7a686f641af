/* Private to rules: the rows of the table as read, and the formulas in them.
 *
 * A formula is a C expression over the row's names: the parameters, the result (`y` in math rows), their
 * companions (a name with a prime), constants and functions that have rows themselves. scan.c reads it,
 * formula.c turns it into IR.
 */
#ifndef CG_RULES_TABLE_H
#define CG_RULES_TABLE_H

#include "rules/rules.h"

/* ---- formulas -------------------------------------------------------------------------------- */

enum formula_kind {
    FORMULA_INT,    /* text */
    FORMULA_REAL,   /* text, all its digits; rounded to the precision of the function where it is used */
    FORMULA_NAME,   /* name, companion: a parameter or the result, or its companion */
    FORMULA_CALL,   /* name, args */
    FORMULA_UNARY,  /* unary, args[0] */
    FORMULA_BINARY, /* binary, args[0], args[1] */
    FORMULA_COND,   /* args[0] ? args[1] : args[2] */
    FORMULA_INDEX   /* args[0][args[1]] */
};

enum { RESULT_PARAM = -1 };

struct formula {
    enum formula_kind kind;
    struct loc loc;
    const char *text;
    bool companion;
    bool optional;         /* X'? as an argument: a null pointer where X is inactive */
    struct formula *guard; /* `a if X'` as an argument: likewise */
    long param;            /* NAME, once resolved: index of the parameter, or RESULT_PARAM */
    enum unary_op unary;
    enum binary_op binary;
    struct formula **args;
    size_t arg_count;
};

/* One statement of a template: `to = from`, `to += from`, or a call alone (`to` is NULL). */
struct step {
    struct formula *to, *from;
    bool add;
};

typedef VEC(struct step) steps;

/* ---- rows ------------------------------------------------------------------------------------ */

/* A type as written in a row. `real` stands for the precision of the variant: double, and float and long
 * double in the variants with f and l behind the name. */
struct row_type {
    bool given;
    bool is_real; /* `real` rather than `fixed` */
    struct type *fixed;
    bool is_const;
    unsigned stars;
};

struct row_param {
    const char *name;
    struct row_type type;
    enum role role;
    struct formula *count, *stride; /* [count:stride], in elements; NULL: not given, stride 1 */
};

struct sample {
    double *point;
    double *partial; /* exact: what the partials must be there, one by one; NULL: compare with differences */
};

/* f(constants and names) is the same as `is`: pow(x, 1) is x. */
struct identity {
    struct formula **args;
    struct formula *is;
};

/* What all rows have. */
struct row {
    struct loc loc;
    const char *name;
    VEC(struct row_param) params;
    bool variadic;
    enum role rest_role;
    const char *result;
    struct row_type result_type;
    bool has_variants;                  /* float and long double ones */
    const char *float_name, *long_name; /* NULL: there is none */
    bool overrides_source;
};

struct math_row {
    struct row row;
    struct formula **partials; /* by parameter; NULL: zero */
    bool cheap;
    VEC(struct sample) samples;
    VEC(struct identity) identities;
};

struct call_row {
    struct row row;
    enum call_class class;
    bool has_source; /* a source row: only what a template needs for calling it */
    bool zeroed;
    steps tangent, adjoint, companion;
    bool has_tangent, has_adjoint, has_companion;
};

/* A variant of a row: the function of that name. */
struct math_rule {
    const struct rules *rules;
    const char *name;
    enum type_scalar precision;
    const struct math_row *row;
};

/* Behind call_rule.templates. */
struct call_templates {
    const struct rules *rules;
    enum type_scalar precision;
    const struct call_row *row;
};

struct rules {
    struct arena *arena;
    struct types *types;
    struct map *math; /* struct math_rule by function name */
    struct map *call; /* struct call_rule by function name */
    struct map
        *source; /* struct call_rule of functions that formulas name and whose definition a header has */
};

/* A function that a template may call: a call row or a source row. */
const struct call_rule *rules_callee(const struct rules *rules, const char *name);

/* ---- scan.c: the text of a table -> tokens, formulas ----------------------------------------- */

enum token_kind {
    TOKEN_END,
    TOKEN_ROW, /* a word in the first column: the next row begins */
    TOKEN_NAME,
    TOKEN_PRIMED,   /* a name with a prime: X' */
    TOKEN_OPTIONAL, /* X'? */
    TOKEN_INT,
    TOKEN_REAL,
    TOKEN_PUNCT
};

struct scanner {
    struct arena *arena;
    struct diag *diag; /* NULL: the table is our own, an error in it is a bug */
    const char *file;
    const char *at;
    unsigned line;
    const char *line_start;
    bool failed; /* an error was reported in this row: everything is the end until the next one */
    enum token_kind kind;
    const char *text; /* of the token */
    struct loc loc;
};

void scan_start(struct scanner *scanner, const char *text);
void scan_next(struct scanner *scanner);
bool scan_is(const struct scanner *scanner, const char *text);
/* Takes the token if it is this one. */
bool scan_take(struct scanner *scanner, const char *text);
void scan_expect(struct scanner *scanner, const char *text);
/* Takes a name and returns it. */
const char *scan_name(struct scanner *scanner, const char *what);
/* Reports `what` was expected here. */
void scan_fail(struct scanner *scanner, const char *what);
/* Reports an error at a place read earlier. */
void scan_error(struct scanner *scanner, struct loc loc, enum diag_id id, const char *a, const char *b);
/* Goes on at the next row after a failure. */
void scan_recover(struct scanner *scanner);
struct formula *scan_formula(struct scanner *scanner);

/* ---- table.c: rows --------------------------------------------------------------------------- */

/* Adds every row of the text. With diag == NULL an error is a bug; otherwise it is reported and false
 * returned. */
bool table_read(struct rules *rules, struct diag *diag, const char *file, const char *text);

/* ---- formula.c: formulas -> IR --------------------------------------------------------------- */

struct builder {
    struct unit *unit;
    const struct rules *rules;
    const struct row *row;
    enum type_scalar precision;
    struct expr *const *primal;
    struct expr *const *companion; /* NULL: none is active */
    struct expr *result, *result_companion;
    struct func *func; /* where temporaries for the results of calls go */
    struct block *out; /* where those calls go; NULL: only pure functions may be called */
};

/* NULL: the value is zero because the companions in it are inactive. `type`: what the value is converted to,
 * or NULL. */
struct expr *formula_build(const struct builder *builder, const struct formula *formula, struct type *type);
/* A call that stands alone or whose result goes to `to`; false if it was dropped (an inactive companion). */
bool formula_build_call(const struct builder *builder, const struct formula *formula, struct expr *to);
/* Whether inactive companions make it zero, or drop the call. */
bool formula_vanishes(const struct builder *builder, const struct formula *formula);
/* Whether what remains of it mentions the primal parameter. */
bool formula_reads(const struct builder *builder, const struct formula *formula, long param);
bool formula_mentions(const struct formula *formula, long param, bool companion);
bool formula_is_zero(const struct formula *formula);
/* The type of a row's parameter or result in this precision; NULL if the row does not say. */
struct type *row_type_in(const struct rules *rules, const struct row_type *type, enum type_scalar precision);
/* The name of the row's function in this precision. */
const char *row_name_in(const struct row *row, enum type_scalar precision);

/* ---- fold.c: operators and constants --------------------------------------------------------- */

/* The constant that the expression is; through implicit casts and macros if `deep`. */
bool fold_value(const struct expr *expr, bool deep, double *value);
bool fold_is(const struct expr *expr, double constant);
/* A constant in the builder's precision: the shortest spelling of the nearest value. */
struct expr *fold_real(const struct builder *builder, const char *digits);
struct expr *fold_convert(const struct builder *builder, struct expr *expr, struct type *type, bool implicit);
/* Comparisons, && and ||: 0 or 1. */
bool fold_is_condition(enum binary_op op);
/* `a op b`, computed in the type. */
struct expr *fold_binary(const struct builder *builder, enum binary_op op, struct expr *a, struct expr *b,
                         struct type *type);

#endif
