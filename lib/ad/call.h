/* call: what a call becomes. Private to lib/ad. */
#ifndef CG_AD_CALL_H
#define CG_AD_CALL_H

#include "ad/private.h"

/* ---- targets.c ------------------------------------------------------------------------------- */

/* The functions that a pointer may lead to. */
struct targets {
    struct unit *unit;
    struct func *func;          /* where the pointer is */
    const struct func *pointed; /* its type, as a function */
    VEC(struct func *) list;
    VEC(const struct var *) seen; /* private */
    bool unknown;                 /* or others */
};

/* With unit, func and pointed given. An empty list: nothing is known. */
void targets_find(struct targets *targets, const struct var *pointer);

/* ---- dispatch.c ------------------------------------------------------------------------------ */

/* Turns calls through pointers into choices between calls by name, where the functions are known. */
void dispatch_resolve(struct unit *unit, const struct rules *rules);
/* The call of the function itself; of a mathematical function of the library, its value. */
void call_directly(struct unit *unit, const struct rules *rules, struct stmt *call, struct func *target);

/* ---- argument.c ------------------------------------------------------------------------------ */

bool argument_is_pointer(const struct expr *arg);
/* It holds, or points to, active values. */
bool argument_active(struct work *work, const struct expr *arg);
/* needs_each for the companion of an argument */
void argument_companion_needs(struct work *work, struct expr *arg, need_visitor *visit, void *data);
/* Adds the memory that a callee can read through the pointer. */
void argument_reads(struct work *work, const struct expr *pointer, struct bitset *out);
/* The call as it is, in the forward sweep. */
struct stmt *call_copy(struct work *work, const struct stmt *call, struct block *out);
/* An adjoint that the callee adds to: the argument's own, or a temporary that is then passed on through the
 * expression (`after`). */
struct expr *argument_adjoint(struct work *work, const struct stmt *call, struct expr *arg, struct block *before,
                              struct block *after);
/* The companion of a pointer argument. */
struct expr *argument_companion(struct work *work, const struct copy_map *map, struct expr *arg);
struct expr *argument_tangent(struct work *work, struct expr *arg, struct block *out);
/* The adjoint of the call's result. */
struct expr *call_result_seed(struct work *work, const struct stmt *call);
/* Where the tangent of the call's result goes. */
struct expr *call_result_target(struct work *work, struct stmt *call, struct block *out);

/* ---- missing.c ------------------------------------------------------------------------------- */

/* An error that names the function, once for each function and mode. */
void report_missing(struct work *work, const struct stmt *call, bool tangent);
/* After all requests: what to write for the functions that were reported. */
void report_stubs(struct ad *ad);

/* ---- custom.c -------------------------------------------------------------------------------- */

void custom_needs(struct work *work, struct stmt *call, need_visitor *visit, void *data);
/* The reverse of the call reads the memory behind argument `k`. */
bool custom_reads(const struct work *work, const struct stmt *call, size_t k);
void custom_reverse(struct work *work, struct stmt *call, struct block *forward, struct block *reverse);
void custom_tangent(struct work *work, struct stmt *call, struct block *out);

/* ---- call.c ---------------------------------------------------------------------------------- */

void reverse_call(struct work *work, struct stmt *call, struct block *forward, struct block *reverse);
void tangent_call(struct work *work, struct stmt *call, struct block *out);
/* The pointer under the conversion to void * that memcpy and its like ask for. */
const struct expr *memory_pointer(const struct expr *argument);
/* Sets the companions of what a copy or fill writes to zero. */
void memory_clear(struct work *work, const struct call_rule *rule, const struct stmt *call,
                  struct block *out);
/* needs_each for calls */
void call_needs(struct work *work, struct stmt *call, need_visitor *visit, void *data);
/* The result, if the adjoint of the call reads it; else NULL. */
struct expr *call_result(struct work *work, const struct stmt *call);
/* Regions of the caller's memory that the reverse of this call reads. */
void call_reverse_reads(struct work *work, const struct stmt *call, struct bitset *out);

/* ---- pair.c: callees, differentiated once per context ---------------------------------------- */

/* How a call is differentiated. */
enum call_kind {
    CALL_KIND_PLAIN /* no derivative */,
    CALL_KIND_RULE,
    CALL_KIND_PAIR,
    CALL_KIND_CUSTOM,
    CALL_KIND_MISSING
};

enum call_kind call_kind(struct ad *ad, const struct stmt *call, bool tangent);

struct pair {
    struct func *forward, *reverse; /* forward is the callee itself when nothing is recorded */
    bool records;
    bool in_progress;
    bool *param_needed; /* the reverse function takes the primal argument */
    bool *param_companion;
    bool result_companion;
    struct var_list globals; /* whose companions the reverse function takes */
    struct map *reads;       /* keys of outer regions whose primal values the reverse function reads */
    bool failed, changed;
};

struct pair *pair_of_call(struct work *work, struct stmt *call);

struct tangent {
    struct func *func;
    bool *param_companion;
    struct var_list globals;
    bool result_companion;
    bool failed, changed;
};

struct tangent *tangent_of_call(struct work *work, struct stmt *call);

#endif
