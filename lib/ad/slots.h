/* What slots.c (one array for each recorded variable) and slices.c (one for all elements around) share. */
#ifndef CG_AD_SLOTS_H
#define CG_AD_SLOTS_H

#include "ad/reverse.h"

/* One of the two sweeps, and how things are said in it. */
struct sweep {
    struct func *func;
    struct expr *(*translate)(struct work *work, const struct expr *e);
    struct expr *(*record)(struct work *work);
    const char *take; /* runtime function */
    struct block *out;
};

struct slot_entries {
    struct save_entry **items; /* pushed in the loop itself, in order */
    size_t count, capacity;
};

/* ---- slots.c --------------------------------------------------------------------------------- */

/* An array of `count` elements of the record (with `count` in the sweep's own terms). */
struct var *slots_take(struct work *work, const char *name, struct type *value, struct expr *count,
                       const struct sweep *sweep);
/* The number of iterations; below zero means none. */
struct expr *slots_trip_count(struct work *work, const struct stmt *loop, const struct sweep *sweep);
/* The push or pop becomes an assignment. */
void slots_assign(struct work *work, struct stmt *call, struct expr *to, struct expr *from);

/* ---- slices.c -------------------------------------------------------------------------------- */

/* Values that are elements of one array, all near the loop's index, are recorded once, as a piece of the array: takes such
 * entries off the list, and takes their arrays from the record in `ahead`, and in `back` in the other order. */
struct slices;
struct slices *slices_find(struct work *work, const struct stmt *loop, struct slot_entries *entries);
void slices_record(struct work *work, const struct slices *slices, const struct sweep *ahead);
void slices_fetch(struct work *work, const struct slices *slices, const struct sweep *back);

#endif
