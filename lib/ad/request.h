/* A request that has been read, and what builds the functions it asks for. */
#ifndef CG_AD_REQUEST_H
#define CG_AD_REQUEST_H

#include "ad/private.h"

struct item {
    struct var *var;     /* a parameter of the function, or a global variable */
    struct expr *extent; /* of the pointer, in the function's own variables; NULL: not given */
};

struct request {
    const struct request_text *text;
    struct func *func;
    VEC(struct item) inputs, outputs;
    bool result; /* the returned value is a dependent */
    bool failed;
};

/* ---- request_read.c -------------------------------------------------------------------------- */

/* Reads `request->text`; reports what is wrong with it. */
bool request_read(struct ad *ad, struct request *request);
/* What the parameter or global is listed as, or NULL. */
const struct item *request_item(const struct request *request, const struct var *var, bool output);
const char *request_mode_name(enum mode mode);

/* ---- hidden.c -------------------------------------------------------------------------------- */

/* Whether the function may reach reals of the listed parameters where no region says so; reported. */
bool hidden_reals(struct ad *ad, const struct request *request);

/* ---- request.c ------------------------------------------------------------------------------- */

/* The function by its name and suffix, exported later by add_output. */
struct func *request_func(struct ad *ad, const struct request *request, const char *suffix,
                          struct type *result);
/* "x, y, the returned value" */
const char *request_list(struct ad *ad, const struct request *request, bool output);
/* What f_vjp and f_grad return: f's value, or nothing if it is not wanted. */
struct type *adjoint_result(struct ad *ad, const struct request *request);
struct func *request_vjp(struct ad *ad, struct request *request, bool exported);
/* Sets the first `extent` elements of a companion to zero. */
void clear_extent(struct work *work, struct func *func, const struct copy_map *map, struct expr *companion,
                  const struct expr *extent, struct block *out);

/* ---- unwanted.c ------------------------------------------------------------------------------ */

/* With the plan made: finds what only the values of dependents need, which the caller does without. */
void unwanted_find(struct work *work, const struct request *request);

/* ---- overlap.c ------------------------------------------------------------------------------- */

/* Appends the check that the function's pointers are distinct memory; its parameters stand in work->companions and `map`. */
void check_overlap(struct work *work, const struct request *request, const struct copy_map *map, struct func *func);

/* ---- globals.c ------------------------------------------------------------------------------- */

/* Refuses active memory behind a global pointer that is not listed. */
bool globals_check(struct work *work, const struct request *request);
/* Gives every active global its companion in the requested function `func`, listed ones that of the user. */
void globals_enter_request(struct work *work, const struct request *request, struct func *func);
/* The user's companion of a listed global. */
struct var *global_exported(struct work *work, const struct var *global);
/* Outputs that are no inputs start with a tangent of zero. */
void globals_clear_outputs(struct work *work, const struct request *request, struct block *out);

/* ---- gradient.c ------------------------------------------------------------------------------ */

void request_gradient(struct ad *ad, struct request *request);

#endif
