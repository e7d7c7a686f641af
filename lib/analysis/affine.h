/* affine: integer expressions as sums of products of variables, and what can be proved about them from the limits of
 * loop indices.
 *
 * A variable is an index, of a loop in one iteration or in another, later one (`later`), or any expression that the
 * loops leave alone. */
#ifndef CG_ANALYSIS_AFFINE_H
#define CG_ANALYSIS_AFFINE_H

#include "analysis/analysis.h"

enum { AFFINE_TERMS = 12, AFFINE_FACTORS = 3 };

struct affine_var {
    const struct expr *value; /* EXPR_VAR for an index */
    bool later;
};

struct affine_term {
    long long coefficient;
    struct affine_var factors[AFFINE_FACTORS];
    unsigned count;
};

struct affine {
    struct affine_term terms[AFFINE_TERMS];
    unsigned count;
    long long constant;
    bool bad; /* not of this form */
};

/* lo <= index < hi */
struct affine_limit {
    struct affine_var index;
    struct affine lo, hi; /* bad: not known */
};

/* Every limit is said in terms of indices before it. */
struct affine_limits {
    VEC(struct affine_limit) list;
};

struct affine affine_constant(long long value);
struct affine affine_of_var(struct affine_var var);
struct affine affine_sum(const struct affine *a, const struct affine *b, long long factor /* of b */);
/* `later` says of an index whether the expression means its later value; other variables must be the same in both. */
typedef bool affine_is_index(const struct var *var, bool *later, void *data);
struct affine affine_of(const struct expr *e, affine_is_index *is_index, void *data);
/* Whether the form is at least `least`, whatever the indices are. */
bool affine_at_least(const struct affine *form, const struct affine_limits *limits, long long least);
/* Splits `form` as row * stride + column by a factor `stride` that is no index. */
void affine_split(const struct affine *form, const struct affine_var *stride, struct affine *row,
                  struct affine *column);
/* The same by a constant. */
void affine_split_constant(const struct affine *form, long long stride, struct affine *row,
                           struct affine *column);
bool affine_same_var(const struct affine_var *a, const struct affine_var *b);

#endif
