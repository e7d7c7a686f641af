/* ad: from requests to derivative functions. Reads analysis, rules and ir; builds new IR of the same kind. */
#ifndef CG_AD_H
#define CG_AD_H

#include "emit/emit.h"
#include "ir/ir.h"
#include "rules/rules.h"

struct ad_options {
    const struct request_text *const *requests; /* those of the source first, then the command line's */
    size_t request_count;
    bool store_all; /* --plan=store-all: no plan, record everything that is needed */
    bool no_fuse;   /* --plan=no-fuse: no loop is reversed iteration by iteration */
    bool no_inline; /* --plan=no-inline: small callees are called */
    bool no_slots;  /* --plan=no-slots: loops record on a stack */
    bool no_reuse;  /* --plan=no-reuse: the same load is recorded each time */
    bool no_lift;   /* --plan=no-lift: values are recorded in the innermost loop */
    bool no_slices; /* --plan=no-slices: an element that several values are is recorded for each */
    bool no_elements; /* --plan=no-elements: arrays survive as a whole or not at all */
    bool no_order; /* --plan=no-order: reverse loops run from the last iteration to the first */
    bool no_guard;  /* --plan=no-guard: calls are reversed with seeds of zero too */
    bool workspace; /* --workspace: gradients and vector-Jacobian products that allocate nothing, too */
    bool no_primal; /* --no-primal: gradients and vector-Jacobian products without the function's values */
    bool report;    /* --report: say what is active and what is recorded */
};

/* Adds the requested functions, and those that they need, to `output`. Errors are reported; false if there
 * were any. */
bool ad_differentiate(struct unit *unit, const struct rules *rules, const struct ad_options *options,
                      struct output *output);

#endif
