/* bases: the arrays that a moving pointer walks in. With one base the companion of `*q` lies at q's distance
 * from it in the base's companion. With several, an integer follows the pointer and says which; it is saved
 * and restored like any other variable, so the reverse sweep knows. */
#include "ad/private.h"

#include <limits.h>

struct base_search {
    struct work *work;
    const struct var *pointer; /* whose definitions are looked at */
    const struct var *user;    /* in whose scope the base is named */
    struct bases *bases;
    struct bitset seen;
};

static void add_base(struct base_search *search, struct expr *base) {
    for (size_t k = 0; k < search->bases->list.count; k++)
        if (expr_equal(search->bases->list.items[k], base))
            return;
    VEC_PUSH(search->work->ad->arena, search->bases->list, base);
}

static void find_bases(struct base_search *search, struct expr *e);

static bool is_steady(struct expr *e, void *data) {
    bool *steady = data;
    if (e->kind == EXPR_VAR && e->u.var->kind == VAR_LOCAL)
        *steady = false;
    return *steady;
}

/* A pointer found in memory is a base if neither the memory nor the way to it ever changes. */
static void loaded_base(struct base_search *search, struct expr *e) {
    struct work *work = search->work;
    struct bitset cells = bitset_create(work->ad->arena);
    bool steady = true;
    region_of_lvalue(work->facts->regions, e, &cells);
    expr_walk(e, is_steady, &steady);
    if (!steady || region_sets_overlap(work->facts->regions, &work->facts->total.writes, &cells))
        search->bases->unknown = true;
    else
        add_base(search, e);
}

static bool block_within(const struct layout *layout, const struct block *inner, const struct block *outer) {
    /* place.owner leads outwards; the owner's own place gives the next block */
    for (const struct block *block = inner; block;) {
        if (block == outer)
            return true;
        const struct stmt *owner = block->count ? layout->of_stmt[block->items[0]->id].owner : NULL;
        block = owner ? layout->of_stmt[owner->id].block : NULL;
    }
    return false;
}

/* `largest(a, n)`, which returns a pointer into the memory behind one of its parameters: the base of the
 * argument. */
static bool returned_base(struct base_search *search, const struct stmt *call) {
    struct program *program = search->work->ad->program;
    struct func *callee = call->u.call.callee;
    const struct var *param = NULL;
    if (!callee->defined || callee->unsupported || rules_call(program->rules, callee->name))
        return false;
    struct facts *facts = program_facts(program, callee);
    for (size_t m = bitset_next(&facts->result_targets, 0); m != SIZE_MAX;
         m = bitset_next(&facts->result_targets, m + 1)) {
        const struct region *region = facts->regions->all.items[m];
        bool behind = region->root->kind == VAR_PARAM && region->step == STEP_TARGET &&
                      region->parent->step == STEP_ROOT;
        if (!behind || (param && region->root != param))
            return false;
        param = region->root;
    }
    for (size_t k = 0; param && k < callee->param_count && k < call->u.call.arg_count; k++)
        if (callee->params[k] == param && type_same(callee->result, param->type)) {
            search->bases->null = true; /* maybe */
            find_bases(search, call->u.call.args[k]);
            return true;
        }
    return false;
}

static void stored_base(struct stmt *stmt, void *data) {
    struct base_search *search = data;
    struct expr *value = NULL;
    if (stmt->kind == STMT_DECL && stmt->u.decl.var == search->pointer)
        value = stmt->u.decl.init;
    else if (stmt->to && stmt->to->kind == EXPR_VAR && stmt->to->u.var == search->pointer)
        value = stmt->kind == STMT_SET && !stmt->u.set.add ? stmt->u.set.from : NULL;
    if (stmt->kind == STMT_CALL && stmt->to && stmt->to->kind == EXPR_VAR &&
        stmt->to->u.var == search->pointer && !returned_base(search, stmt))
        search->bases->unknown = true;
    if (value)
        find_bases(search, value);
}

/* A variable of which the reverse sweep has another copy: it lies elsewhere there. */
static bool is_moved(const struct work *work, const struct region *region) {
    if (region->root->kind != VAR_LOCAL) /* the caller's variable */
        return region_set_hits(work->facts->regions, &work->moved, region);
    for (const struct region *r = region; r; r = r->parent)
        if (r->step == STEP_TARGET)
            return false;
    return work->split || work->layout->decl_of_var[region->root->id].block != &work->func->body;
}

bool bases_hit_moved(const struct work *work, const struct bitset *regions) {
    for (size_t m = bitset_next(regions, 0); m != SIZE_MAX; m = bitset_next(regions, m + 1))
        if (is_moved(work, work->facts->regions->all.items[m]))
            return true;
    return false;
}

static bool points_to_moved(struct work *work, const struct expr *pointer) {
    struct bitset targets = bitset_create(work->ad->arena);
    region_of_pointer(work->facts->regions, pointer, &targets);
    return bases_hit_moved(work, &targets);
}

/* Known where the user is: if it comes back by its distance, at the beginning of its block, where
 * declarations stand in their order. */
static bool is_named_in_scope(struct work *work, const struct var *var, const struct var *user) {
    const struct place *home = &work->layout->decl_of_var[var->id];
    const struct place *place = &work->layout->decl_of_var[user->id];
    return record_can_shadow(work, var) && block_within(work->layout, place->block, home->block) &&
           (place->block != home->block || home->index < place->index ||
            !points_to_moved(work, expr_var(work->ad->unit, (struct var *)var)));
}

static void variable_base(struct base_search *search, struct expr *e) {
    struct var *var = e->u.var;
    if (var->kind != VAR_LOCAL) {
        add_base(search, e);
        return;
    }
    if (!bitset_add(&search->seen, var->id))
        return;
    if (var != search->user && is_named_in_scope(search->work, var, search->user)) {
        add_base(search, e);
        return;
    }
    const struct var *outer = search->pointer;
    search->pointer = var;
    block_walk(&search->work->func->body, stored_base, search);
    search->pointer = outer;
}

static void address_base(struct base_search *search, struct expr *lvalue) {
    struct var *var = work_storage(lvalue);
    if (var)
        add_base(search, type_is_array(var->type)
                             ? expr_var(search->work->ad->unit, var)
                             : expr_addr(search->work->ad->unit, expr_var(search->work->ad->unit, var)));
    else
        find_bases(search, lvalue->args[0]);
}

static void find_bases(struct base_search *search, struct expr *e) {
    switch (e->kind) {
    case EXPR_VAR:
        if (type_is_array(e->type))
            add_base(search, e);
        else
            variable_base(search, e);
        break;
    case EXPR_FIELD:
    case EXPR_INDEX:
    case EXPR_DEREF:
        if (type_is_array(e->type))
            address_base(search, e);
        else
            loaded_base(search, e);
        break;
    case EXPR_ADDR: address_base(search, e->args[0]); break;
    case EXPR_CAST:
    case EXPR_NAMED: find_bases(search, e->args[0]); break;
    case EXPR_BINARY:
        for (size_t k = 0; k < 2; k++)
            if (type_is_pointer(e->args[k]->type) || type_is_array(e->args[k]->type))
                find_bases(search, e->args[k]);
        break;
    case EXPR_COND:
        find_bases(search, e->args[1]);
        find_bases(search, e->args[2]);
        break;
    case EXPR_INT: search->bases->null = true; break;
    case EXPR_REAL:
    case EXPR_STRING:
    case EXPR_FUNC:
    case EXPR_UNARY:
    case EXPR_MATH:
    case EXPR_SIZEOF:
    case EXPR_INIT: search->bases->unknown = true; break;
    }
}

const struct bases *bases_of(struct work *work, const struct var *pointer) {
    struct bases *bases = NEW(work->ad->arena, struct bases);
    struct base_search search = {work, pointer, pointer, bases, bitset_create(work->ad->arena)};
    bitset_add(&search.seen, pointer->id);
    block_walk(&work->func->body, stored_base, &search);
    return bases;
}

struct expr *bases_only(struct work *work, const struct var *pointer) {
    const struct bases *bases = bases_of(work, pointer);
    if (!bases->unknown && bases->list.count == 1)
        return bases->list.items[0];
    if (!work->failed)
        diag_report(work->ad->unit->diag, pointer->loc.file ? pointer->loc : work->func->loc,
                    ERR_POINTER_BASES, pointer->name);
    work->failed = true;
    return NULL;
}

/* ---- several bases --------------------------------------------------------------------------- */

struct var *bases_selector(const struct work *work, const struct var *pointer) {
    for (size_t k = 0; k < work->selected.count; k++)
        if (work->selected.items[k] == pointer)
            return work->selectors.items[k];
    return NULL;
}

size_t bases_number(struct work *work, struct expr *base) {
    for (size_t k = 0; k < work->bases.count; k++)
        if (expr_equal(work->bases.items[k], base))
            return k;
    VEC_PUSH(work->ad->arena, work->bases, base);
    return work->bases.count - 1;
}

static struct expr *selection_of_var(struct work *work, const struct var *user, struct expr *e) {
    struct unit *unit = work->ad->unit;
    struct var *var = e->u.var;
    struct var *selector = var->kind == VAR_LOCAL ? bases_selector(work, var) : NULL;
    if (selector)
        return expr_var(unit, selector);
    if (var->kind != VAR_LOCAL || type_is_array(var->type) || is_named_in_scope(work, var, user))
        return expr_int(unit, (long long)bases_number(work, e));
    const struct bases *bases = bases_of(work, var);
    return expr_int(unit, bases->list.count ? (long long)bases_number(work, bases->list.items[0]) : 0);
}

/* Which base the pointer value walks in, as an integer expression. */
static struct expr *selection(struct work *work, const struct var *user, struct expr *e) {
    struct unit *unit = work->ad->unit;
    struct copy_map same = {unit, NULL, 0};
    if (e->kind == EXPR_VAR)
        return selection_of_var(work, user, e);
    if (e->kind == EXPR_COND)
        return expr_cond(unit, expr_copy(&same, e->args[0]), selection(work, user, e->args[1]),
                         selection(work, user, e->args[2]));
    if ((e->kind == EXPR_CAST || e->kind == EXPR_NAMED) &&
        (type_is_pointer(e->args[0]->type) || type_is_array(e->args[0]->type)))
        return selection(work, user, e->args[0]);
    if (e->kind == EXPR_BINARY)
        return selection(work, user, e->args[type_is_int(e->args[0]->type)]);
    struct bases bases = {0};
    struct base_search search = {work, user, user, &bases, bitset_create(work->ad->arena)};
    find_bases(&search, e);
    return expr_int(unit, bases.list.count ? (long long)bases_number(work, bases.list.items[0]) : 0);
}

struct expr *bases_initial(struct work *work, const struct var *pointer) {
    const struct place *places = work->layout->decl_of_var, *own = &places[pointer->id];
    const struct bases *bases = bases_of(work, pointer);
    for (size_t k = 0; k < bases->list.count; k++) {
        const struct var *root = expr_root(bases->list.items[k]);
        if (root && (places[root->id].block != own->block || places[root->id].index < own->index))
            return bases->list.items[k];
    }
    return NULL;
}

static size_t initial_number(struct work *work, const struct var *pointer) {
    struct expr *base = bases_initial(work, pointer);
    return base ? bases_number(work, base) : 0;
}

static void follow_pointer(struct work *work, struct stmt *stmt, struct block *out) {
    struct unit *unit = work->ad->unit;
    struct var *selector = NULL;
    if (stmt->kind == STMT_DECL && (selector = bases_selector(work, stmt->u.decl.var))) {
        /* before the pointer: it comes back first, and then tells where the pointer lies */
        struct var *pointer = stmt->u.decl.var;
        struct expr *init = stmt->u.decl.init;
        block_add(unit, out,
                  stmt_decl(unit, selector,
                            init ? selection(work, pointer, init)
                                 : expr_int(unit, (long long)initial_number(work, pointer))));
    }
    block_add(unit, out, stmt);
    if (stmt->kind == STMT_SET && !stmt->u.set.add && stmt->to->kind == EXPR_VAR &&
        stmt->to->u.var->kind == VAR_LOCAL && (selector = bases_selector(work, stmt->to->u.var)))
        block_add(unit, out,
                  stmt_set(unit, expr_var(unit, selector), selection(work, stmt->to->u.var, stmt->u.set.from),
                           false));
}

/* A pointer that needs one: several known bases, and active memory behind it. */
static bool needs_selector(struct work *work, struct var *var) {
    if (var->kind != VAR_LOCAL || !type_is_pointer(var->type) || !work->vars[var->id].scalar ||
        !work->layout->decl_of_var[var->id].block || record_can_shadow(work, var) ||
        !activity_reaches(work->activity, expr_var(work->ad->unit, var)))
        return false;
    const struct bases *bases = bases_of(work, var);
    return !bases->unknown && bases->list.count > 1;
}

void bases_follow(struct work *work) {
    struct unit *unit = work->ad->unit;
    size_t count = work->func->vars.count;
    for (size_t k = work->func->param_count; k < count; k++) {
        struct var *var = work->func->vars.items[k];
        if (!needs_selector(work, var))
            continue;
        struct var *selector = work_temp(work, arena_printf(unit->arena, "%s_in", var->name),
                                         type_scalar(unit->types, SCALAR_INT));
        VEC_PUSH(unit->arena, work->selected, var);
        VEC_PUSH(unit->arena, work->selectors, selector);
    }
    if (!work->selected.count)
        return;
    work_rebuild(work, &work->func->body, follow_pointer);
    work_analyse(work);
}

/* ---- pointers in the record ------------------------------------------------------------------ */

bool bases_move(struct work *work, const struct var *pointer) {
    if (!type_is_pointer(pointer->type) ||
        !points_to_moved(work, expr_var(work->ad->unit, (struct var *)pointer)))
        return false;
    const struct bases *bases = bases_of(work, pointer);
    return !bases->unknown && (bases->list.count == 1 || bases_selector(work, pointer));
}

bool bases_is_lost(struct work *work, const struct var *pointer) {
    return type_is_pointer(pointer->type) &&
           points_to_moved(work, expr_var(work->ad->unit, (struct var *)pointer)) &&
           !bases_move(work, pointer);
}

/* The pointer walks in a part of what the base points to: between the two lie bytes, not elements. */
static bool is_apart(const struct expr *base, const struct var *pointer) {
    const struct type *element = type_target(base->type), *target = type_target(pointer->type);
    while (type_is_array(element))
        element = type_target(element);
    return !type_same(type_strip(element), type_strip(target));
}

static struct expr *start_of(struct unit *unit, const struct copy_map *map, const struct var *pointer,
                             const struct expr *base) {
    struct expr *start = expr_copy(map, base);
    if (is_apart(base, pointer))
        return companion_bytes(unit, start, true);
    if (!type_same(type_target(base->type), type_target(pointer->type)))
        return expr_cast(unit, pointer->type->plain, start, false); /* walks in a row */
    return start;
}

/* How the base is found from the pointer's value, or the pointer from a distance. */
typedef struct expr *measure(struct unit *unit, const struct var *pointer, struct expr *start, bool apart,
                             struct expr *operand);

static struct expr *choose(struct work *work, const struct copy_map *map, const struct var *pointer,
                           measure *make, struct expr *operand) {
    struct unit *unit = work->ad->unit;
    struct copy_map same = {unit, NULL, 0};
    const struct bases *bases = bases_of(work, pointer);
    struct var *selector = bases_selector(work, pointer);
    struct expr *chosen = NULL;
    for (size_t k = bases->list.count; k-- > 0;) {
        struct expr *base = bases->list.items[k];
        struct expr *value = make(unit, pointer, start_of(unit, map, pointer, base), is_apart(base, pointer),
                                  expr_copy(&same, operand));
        chosen = chosen ? expr_cond(unit,
                                    expr_binary(unit, BINARY_EQ, expr_copy(map, expr_var(unit, selector)),
                                                expr_int(unit, (long long)bases_number(work, base))),
                                    value, chosen)
                        : value;
    }
    return chosen;
}

static struct expr *make_distance(struct unit *unit, const struct var *pointer, struct expr *start,
                                  bool apart, struct expr *value) {
    (void)pointer;
    return expr_binary(unit, BINARY_SUB, apart ? companion_bytes(unit, value, true) : value, start);
}

static struct expr *make_place(struct unit *unit, const struct var *pointer, struct expr *start, bool apart,
                               struct expr *distance) {
    struct expr *place = expr_binary(unit, BINARY_ADD, start, distance);
    return apart ? expr_cast(unit, pointer->type->plain, place, false) : place;
}

/* What stands for the distance of a null pointer; no array is as long. */
static struct expr *no_distance(struct unit *unit) {
    return expr_int_typed(unit, -LLONG_MAX, type_scalar(unit->types, SCALAR_LONG));
}

struct expr *bases_distance(struct work *work, const struct copy_map *map, struct var *pointer) {
    struct unit *unit = work->ad->unit;
    struct expr *value = expr_copy(map, expr_var(unit, pointer));
    struct expr *distance = choose(work, map, pointer, make_distance, value);
    return bases_of(work, pointer)->null ? expr_cond(unit, value, distance, no_distance(unit)) : distance;
}

struct expr *bases_place(struct work *work, const struct copy_map *map, struct var *pointer,
                         struct expr *distance) {
    struct unit *unit = work->ad->unit;
    struct copy_map same = {unit, NULL, 0};
    struct expr *place = choose(work, map, pointer, make_place, distance);
    if (!bases_of(work, pointer)->null)
        return place;
    struct expr *is_null = expr_binary(unit, BINARY_EQ, expr_copy(&same, distance), no_distance(unit));
    return expr_cond(unit, is_null, expr_cast(unit, place->type, expr_int(unit, 0), true), place);
}

/* ---- memory by way of pointers ------------------------------------------------------------------ */

/* The pointer by which an lvalue is reached, of those that lie on the way the last. */
static const struct expr *last_pointer(const struct expr *lvalue) {
    while (lvalue->kind == EXPR_FIELD || lvalue->kind == EXPR_INDEX || lvalue->kind == EXPR_DEREF) {
        lvalue = expr_strip(lvalue->args[0]);
        if (type_is_pointer(lvalue->type))
            return lvalue;
    }
    return NULL;
}

bool bases_find(struct work *work, const struct expr *load) {
    struct bitset regions = bitset_create(work->ad->arena);
    if (work_storage(load))
        return true;
    region_of_lvalue(work->facts->regions, load, &regions);
    if (!bases_hit_moved(work, &regions))
        return true;
    const struct expr *pointer = last_pointer(load);
    while (pointer && (pointer->kind == EXPR_CAST || pointer->kind == EXPR_BINARY))
        pointer =
            expr_strip(pointer->args[pointer->kind == EXPR_BINARY && type_is_int(pointer->args[0]->type)]);
    if (!pointer)
        return false;
    if (pointer->kind != EXPR_VAR || type_is_array(pointer->type))
        return pointer->kind == EXPR_ADDR || type_is_array(pointer->type) || setup_keeps(work, pointer);
    return bases_move(work, pointer->u.var) || record_can_recompute(work, pointer->u.var);
}

bool bases_is_stale(struct work *work, const struct region *cell) {
    return cell->root->kind == VAR_LOCAL && cell->step != STEP_ROOT && type_is_pointer(cell->type) &&
           bases_hit_moved(work, &cell->targets) && !activity_any(work->activity, &cell->targets);
}
