/* rules: what is known about functions that are not differentiated from source. One table (*.rules,
 * doc/rules.md), embedded at build time; five readers. No derivative formula and no function name stands
 * anywhere else.
 */
#ifndef CG_RULES_H
#define CG_RULES_H

#include "ir/ir.h"

struct rules;

/* The built-in table. A malformed row is a bug and aborts with its line. */
struct rules *rules_create(struct arena *arena, struct types *types);
/* Rows of a user's file, in the same format, override built-in ones. Errors are reported; false if any. */
bool rules_load(struct rules *rules, struct diag *diag, const char *path);

/* Whether the row of this name holds even where the function's source is at hand: for cgrad's own runtime and
 * for rows of a user. Elsewhere a definition in the input is another function that happens to have the name
 * (y1, gamma, norm). */
bool rules_overrides_source(const struct rules *rules, const char *name);

/* ---- math rows: pure functions of real (and integer) arguments ------------------------------- */

struct math_rule;

/* By the C name, f and l variants included: sin, sinf, sinl. NULL if there is none. */
const struct math_rule *rules_math(const struct rules *rules, const char *name);
/* The name as a program writes it: isnan for __builtin_isnan. */
const char *math_name(const struct math_rule *rule);
size_t math_param_count(const struct math_rule *rule);
/* The partial by this argument is zero wherever it exists (floor, the exponent of ldexp...). */
bool math_partial_is_zero(const struct math_rule *rule, size_t param);
/* Whether the partial's formula mentions the result y, or the argument `other`. */
bool math_partial_uses_result(const struct math_rule *rule, size_t param);
bool math_partial_uses_param(const struct math_rule *rule, size_t param, size_t other);
/* Cheap enough to evaluate again in the reverse sweep rather than to record (fabs, fmax; not exp). */
bool math_is_cheap(const struct math_rule *rule);
/* The type of the result in this variant: int for isnan. */
struct type *math_result_type(const struct math_rule *rule);
/* The partial as IR, in the precision of the function (sinf: cosf), from the argument expressions (copied,
 * with the conversions that the call's prototype makes) and an expression for the result (NULL allowed unless
 * used). */
struct expr *math_partial(struct unit *unit, const struct math_rule *rule, const char *name,
                          struct expr *const *args, struct expr *result, size_t param);

/* ---- call rows: functions called for their effects ------------------------------------------- */

enum call_class {
    CALL_INACTIVE, /* carries no derivative: printf, exit, clock; may read and write only what its roles say
                    */
    CALL_ALLOC,    /* returns fresh memory: malloc, calloc */
    CALL_FREE,
    CALL_COPY,  /* memcpy(to, from, bytes), memmove */
    CALL_FILL,  /* memset(to, byte, bytes) */
    CALL_ACTIVE /* has a tangent and an adjoint template */
};

enum role { ROLE_VALUE /* by value, or memory that it does not touch */, ROLE_IN, ROLE_OUT, ROLE_INOUT };

struct call_rule {
    const char *name;
    enum call_class class;
    const char **params; /* names */
    enum role *roles;
    size_t param_count; /* further arguments of a variadic function have `rest_role` */
    enum role rest_role;
    const char *result;  /* name of the returned value, or NULL */
    bool zeroed;         /* ALLOC: the memory is zero (calloc) */
    bool *adjoint_reads; /* ACTIVE: whether the adjoint reads the primal value of (the memory of) this
                            parameter */
    bool adjoint_reads_result;
    bool tangent_after; /* ACTIVE: the tangent reads the result or an `out`: it belongs behind the primal
                           call, else before it */
    /* COPY, FILL, FREE: which parameter is which; SIZE_MAX where the class has none */
    size_t to_param, from_param, bytes_param, byte_param, freed_param;
    const void *templates; /* private */
};

const struct call_rule *rules_call(const struct rules *rules, const char *name);

/* What to put for the names of a template. primal[i], companion[i]: by parameter (companion NULL where the
 * argument is not active: terms and calls that mention it are left out; `companion` itself may be NULL). The
 * companion of a pointer is a pointer; that of a real by value is its tangent, or in the adjoint the lvalue
 * of its adjoint, which is added to. In the adjoint a primal parameter stands for its value, and what it
 * points to, before the call (an `out`: behind it). */
struct call_binding {
    struct expr *const *primal;
    struct expr *const *companion;
    struct expr *result, *result_companion;
    struct func *func; /* the function that is built: temporaries become its variables */
};
/* Appends the template's statements; every function named in it is declared in the unit (unit_find_func, or
 * added with the prototype that the row gives). */
void call_tangent(struct unit *unit, const struct call_rule *rule, const struct call_binding *binding,
                  struct block *out);
void call_adjoint(struct unit *unit, const struct call_rule *rule, const struct call_binding *binding,
                  struct block *out);
/* Whether the adjoint, with these companions active, still reads the primal parameter; SIZE_MAX: the result.
 * rule->adjoint_reads is the same with all active: tensor_scale(s, a, y) reads a only for the adjoint of s.
 */
bool call_adjoint_reads(const struct call_rule *rule, const bool *active, bool result_active, size_t param);
/* ALLOC: statements that make `to` the companion of the memory that a call with these arguments returns: as
 * large, zero. */
void call_alloc_companion(struct unit *unit, const struct call_rule *rule, struct expr *const *args,
                          struct expr *to, struct block *out);
/* How many elements the call may touch through this pointer parameter; NULL if the row does not say. */
struct expr *call_extent(struct unit *unit, const struct call_rule *rule, struct expr *const *args,
                         size_t param);

#endif
