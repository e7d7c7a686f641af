/* unknown: what a function may read and write of which nothing is known but its prototype. const is believed
 * of the memory that is const itself, not of what lies behind pointers in it. */
#include "analysis/analysis.h"

/* What the argument hands over: the objects it points to, or the record that it is. */
static void add_objects(struct regions *regions, const struct expr *arg, struct bitset *out) {
    if (type_is_pointer(arg->type) || type_is_array(arg->type)) {
        region_of_pointer(regions, arg, out);
        region_walk(regions, out);
    } else if (arg->kind == EXPR_INIT) {
        for (size_t k = 0; k < arg->arg_count; k++)
            add_objects(regions, arg->args[k], out);
    } else if (type_is_record(arg->type) && expr_is_lvalue(expr_strip(arg))) {
        region_of_lvalue(regions, expr_strip(arg), out);
    }
}

void unknown_reads(struct regions *regions, const struct expr *arg, struct bitset *out) {
    struct bitset objects = bitset_create(regions->unit->arena);
    add_objects(regions, arg, &objects);
    for (size_t m = bitset_next(&objects, 0); m != SIZE_MAX; m = bitset_next(&objects, m + 1))
        region_add_reachable(regions, regions->all.items[m], out);
}

static bool is_const_behind(const struct type *pointer) {
    return type_quals(type_target(pointer)) & QUAL_CONST;
}

/* What pointers in these objects lead to, the objects themselves being const. */
static void add_behind(struct regions *regions, const struct bitset *objects, struct bitset *seen,
                       struct bitset *out) {
    struct bitset leaves = bitset_create(regions->unit->arena);
    region_set_leaves(regions, objects, false, &leaves);
    for (size_t m = bitset_next(&leaves, 0); m != SIZE_MAX; m = bitset_next(&leaves, m + 1)) {
        struct bitset cell = bitset_create(regions->unit->arena),
                      behind = bitset_create(regions->unit->arena);
        if (!type_is_pointer(regions->all.items[m]->type) || !bitset_add(seen, m))
            continue;
        bitset_add(&cell, m);
        region_step_set(regions, &cell, STEP_TARGET, NULL, &behind);
        if (is_const_behind(regions->all.items[m]->type)) {
            add_behind(regions, &behind, seen, out);
            continue;
        }
        for (size_t b = bitset_next(&behind, 0); b != SIZE_MAX; b = bitset_next(&behind, b + 1))
            region_add_reachable(regions, regions->all.items[b], out);
    }
}

void unknown_writes(struct regions *regions, const struct expr *arg, struct bitset *out) {
    struct bitset objects = bitset_create(regions->unit->arena), seen = bitset_create(regions->unit->arena);
    bool pointer = type_is_pointer(arg->type) || type_is_array(arg->type);
    if (pointer && !is_const_behind(arg->type)) {
        unknown_reads(regions, arg, out);
        return;
    }
    add_objects(regions, arg, &objects);
    add_behind(regions, &objects, &seen, out);
}
