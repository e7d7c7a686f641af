/* mapping: what a callee's regions stand for at a call, among those of the caller. */
#include "analysis/analysis.h"

void call_map_region(struct program *program, struct facts *caller, const struct stmt *call,
                     struct facts *callee, const struct region *region, struct bitset *out) {
    struct regions *regions = caller->regions;
    if (region->step == STEP_ROOT) {
        if (region->root->kind == VAR_GLOBAL)
            bitset_add(out, region_of_var(regions, region->root)->id);
        else if (region->root->kind == VAR_PARAM && region->root->id < call->u.call.arg_count)
            region_of_lvalue(regions, call->u.call.args[region->root->id], out);
        return;
    }
    struct bitset parents = bitset_create(regions->unit->arena), mapped = bitset_create(regions->unit->arena);
    if (region->step == STEP_TARGET && region->parent->step == STEP_ROOT && region->root->kind == VAR_PARAM) {
        if (region->root->id < call->u.call.arg_count)
            region_of_pointer(regions, call->u.call.args[region->root->id], &mapped);
    } else {
        call_map_region(program, caller, call, callee, region->parent, &parents);
        region_step_set(regions, &parents, region->step, region->field, &mapped);
    }
    if (region->walked)
        region_walk(regions, &mapped);
    bitset_union(out, &mapped);
}

/* ---- answers that are kept ------------------------------------------------------------------- */

/* The activity asks for every region of a callee at every call, in every round: a program that hands one
 * large struct to hundreds of functions would spend its time here. */
struct kept_leaves {
    size_t count;
    const struct bitset **of_region; /* NULL: not asked yet */
};

struct kept_leaves *call_leaves_create(struct arena *arena, size_t stmt_count) {
    return NEW_ARRAY(arena, struct kept_leaves, stmt_count);
}

static const struct bitset *find_leaves(struct program *program, struct facts *caller,
                                        const struct stmt *call, struct facts *callee,
                                        const struct region *region) {
    struct arena *arena = program->unit->arena;
    struct bitset mapped = bitset_create(arena);
    struct bitset *leaves = NEW(arena, struct bitset);
    *leaves = bitset_create(arena);
    call_map_region(program, caller, call, callee, region, &mapped);
    region_set_leaves(caller->regions, &mapped, true, leaves);
    return leaves;
}

const struct bitset *call_leaves(struct program *program, struct facts *caller, const struct stmt *call,
                                 struct facts *callee, const struct region *region) {
    struct kept_leaves *kept = &caller->kept[call->id];
    size_t count = callee->regions->all.count;
    if (kept->count < count) {
        kept->of_region = NEW_ARRAY(program->unit->arena, const struct bitset *, count);
        kept->count = count;
    }
    if (!kept->of_region[region->id])
        kept->of_region[region->id] = find_leaves(program, caller, call, callee, region);
    return kept->of_region[region->id];
}
