/* setup: pointers to active memory that are stored in memory of the function's own: rows of a matrix, buffers
 * of a struct.
 *
 * A structure that is built once has a companion structure that is built once, where the reverse sweep enters
 * the block of the variable that it hangs on: the statements that store its pointers are said again with
 * companions, in their loops.
 *
 *     rows[i] = malloc(n * sizeof(double));      rows_bar[i] = calloc(n * sizeof(double), 1);
 *     m[i] = m[i - 1] + columns;                 m_bar[i] = m_bar[i - 1] + columns;
 *     net.layer[k].w = work + k * n;             net_bar.layer[k].w = work_bar + k * n;
 *
 * That is right if each cell is stored once, and if what the statements read is still there at the end of the
 * block. */
#include "ad/private.h"

/* ---- where a setup stands ---------------------------------------------------------------------- */

/* The local variable below which the cell lies. */
static struct var *root_of(const struct expr *cell) {
    struct var *root = expr_root(cell);
    return root && root->kind == VAR_LOCAL ? root : NULL;
}

/* The statement of the root's block that holds the setup: itself, or counted loops around it. */
static const struct stmt *outermost(struct work *work, const struct var *root, const struct stmt *setup) {
    const struct block *home = work->layout->decl_of_var[root->id].block;
    for (const struct stmt *s = setup; s;) {
        const struct place *place = &work->layout->of_stmt[s->id];
        if (place->block == home)
            return s;
        s = place->owner;
        if (!s || s->kind != STMT_FOR || s->u.loop.has_break || !s->u.loop.declares)
            return NULL;
    }
    return NULL;
}

static bool is_loop_index(struct work *work, const struct stmt *setup, const struct stmt *last,
                          const struct var *var) {
    for (const struct stmt *s = setup; s != last;) {
        s = work->layout->of_stmt[s->id].owner;
        if (s->u.loop.index == var)
            return true;
    }
    return false;
}

/* ---- each cell once ---------------------------------------------------------------------------- */

static bool indexed_by(const struct expr *cell, const struct var *index) {
    for (const struct expr *e = cell; e && e->kind != EXPR_VAR; e = e->arg_count ? e->args[0] : NULL) {
        const struct expr *at = e->kind == EXPR_INDEX ? expr_strip(e->args[1]) : NULL;
        if (at && at->kind == EXPR_VAR && at->u.var == index)
            return true;
    }
    return false;
}

/* Every loop around the setup moves on to another cell. */
static bool moves_on(struct work *work, const struct stmt *setup, const struct stmt *last) {
    for (const struct stmt *s = setup; s != last;) {
        s = work->layout->of_stmt[s->id].owner;
        if (!indexed_by(setup->to, s->u.loop.index))
            return false;
    }
    return true;
}

/* The smallest value of an index: a constant, or the start of a loop that counts up. */
static bool lowest(struct work *work, const struct stmt *setup, const struct expr *index, long long *value,
                   bool *only) {
    const struct expr *e = expr_strip(index);
    long long step;
    *only = expr_is_const_int(e, value);
    for (const struct stmt *s = setup; s && !*only; s = work->layout->of_stmt[s->id].owner)
        if (s->kind == STMT_FOR && e->kind == EXPR_VAR && s->u.loop.index == e->u.var)
            return expr_is_const_int(s->u.loop.lo, value) && expr_is_const_int(s->u.loop.step, &step) &&
                   step > 0;
    return *only;
}

/* m[0] and m[i], i from 1. */
static bool are_apart(struct work *work, const struct stmt *a, const struct stmt *b) {
    const struct expr *x = a->to, *y = b->to;
    while (x->kind == y->kind && x->arg_count && y->arg_count) {
        long long first, second;
        bool only_x, only_y;
        if (x->kind == EXPR_INDEX && lowest(work, a, x->args[1], &first, &only_x) &&
            lowest(work, b, y->args[1], &second, &only_y) &&
            ((only_x && first < second) || (only_y && second < first)))
            return true;
        x = x->args[0];
        y = y->args[0];
    }
    return false;
}

struct others {
    struct work *work;
    const struct stmt *setup;
    struct bitset cells;
    bool found;
};

/* memset(&context, 0, sizeof context) before the pointers are stored: they point nowhere until then. */
static bool clears_before(struct work *work, const struct stmt *stmt, const struct stmt *setup) {
    const struct call_rule *rule =
        stmt->kind == STMT_CALL ? rules_call(work->ad->rules, stmt->u.call.callee->name) : NULL;
    long long byte;
    if (!rule || rule->class != CALL_FILL || !setup->to ||
        !expr_is_const_int(stmt->u.call.args[rule->byte_param], &byte) || byte != 0)
        return false;
    const struct var *root = root_of(setup->to);
    const struct stmt *last = root ? outermost(work, root, setup) : NULL;
    if (!last)
        return false;
    const struct place *clear = &work->layout->of_stmt[stmt->id], *store = &work->layout->of_stmt[last->id];
    return clear->block == store->block && clear->index < store->index;
}

static void find_other(struct stmt *stmt, void *data) {
    struct others *o = data;
    struct work *work = o->work;
    bool simple = stmt->kind == STMT_SET || stmt->kind == STMT_CALL || stmt->kind == STMT_DECL;
    if (!simple || stmt == o->setup || work_is_null(linear_value(stmt)))
        return;
    if (!region_sets_overlap(work->facts->regions, &work->facts->of_stmt[stmt->id].writes, &o->cells) ||
        clears_before(work, stmt, o->setup))
        return;
    if (stmt->kind == STMT_DECL && stmt->u.decl.init && stmt->u.decl.init->kind == EXPR_INIT &&
        stmt->u.decl.init->arg_count == 1 && work_is_null(stmt->u.decl.init->args[0]))
        return; /* = {0} */
    o->found |=
        !o->setup->to || !stmt->to || !type_is_pointer(stmt->to->type) || !are_apart(work, o->setup, stmt);
}

/* The pointers to active memory that the statement stores in memory, or in members. */
static void stored_cells(struct work *work, const struct stmt *stmt, struct bitset *out) {
    struct regions *regions = work->facts->regions;
    struct expr *to = stmt->kind == STMT_DECL ? expr_var(work->ad->unit, stmt->u.decl.var) : stmt->to;
    struct bitset named = bitset_create(work->ad->arena), leaves = bitset_create(work->ad->arena);
    region_of_lvalue(regions, to, &named);
    for (size_t m = bitset_next(&named, 0); m != SIZE_MAX; m = bitset_next(&named, m + 1))
        region_add_leaves(regions, regions->all.items[m], false, &leaves);
    for (size_t m = bitset_next(&leaves, 0); m != SIZE_MAX; m = bitset_next(&leaves, m + 1)) {
        struct bitset targets = bitset_create(work->ad->arena), reached = bitset_create(work->ad->arena);
        struct bitset cell = bitset_create(work->ad->arena);
        bitset_add(&cell, m);
        if (!type_is_pointer(regions->all.items[m]->type) || regions->all.items[m]->step == STEP_ROOT)
            continue;
        region_step_set(regions, &cell, STEP_TARGET, NULL, &targets);
        for (size_t t = bitset_next(&targets, 0); t != SIZE_MAX; t = bitset_next(&targets, t + 1))
            region_add_reachable(regions, regions->all.items[t], &reached);
        if (activity_any(work->activity, &reached))
            bitset_add(out, m);
    }
}

bool setup_stored_elsewhere(struct work *work, const struct stmt *setup) {
    struct others o = {work, setup, bitset_create(work->ad->arena), false};
    stored_cells(work, setup, &o.cells);
    block_walk(&work->func->body, find_other, &o);
    return o.found;
}

/* ---- what the statement reads is still there ---------------------------------------------------- */

struct reads {
    struct work *work;
    const struct stmt *setup, *last;
    bool changed;
};

static bool value_node(struct expr *e, bool address, void *data) {
    struct reads *r = data;
    struct regions *regions = r->work->facts->regions;
    struct bitset named = bitset_create(r->work->ad->arena);
    if (!linear_is_leaf(e) || address || type_is_array(e->type) ||
        (e->kind == EXPR_VAR && is_loop_index(r->work, r->setup, r->last, e->u.var)))
        return true;
    region_of_lvalue(regions, e, &named);
    for (size_t m = bitset_next(&named, 0); m != SIZE_MAX; m = bitset_next(&named, m + 1))
        r->changed |= !region_survives(r->work->facts, r->work->layout, r->last, regions->all.items[m], true,
                                       &r->work->clobbered);
    return true;
}

/* Of a pointer only the companion is wanted, which another setup has stored, or which the way to it gives. */
static void read_changes(struct expr *e, bool companion, void *data) {
    if (!companion) {
        value_walk(e, value_node, data);
        return;
    }
    if (linear_is_leaf(e) && e->kind != EXPR_VAR) {
        needs_address(e, read_changes, data);
        return;
    }
    if (e->kind == EXPR_ADDR)
        needs_address(e->args[0], read_changes, data);
    else if (e->kind == EXPR_CAST || e->kind == EXPR_NAMED)
        read_changes(e->args[0], true, data);
    else if (e->kind == EXPR_BINARY)
        for (size_t k = 0; k < 2; k++)
            read_changes(e->args[k], type_is_pointer(e->args[k]->type) || type_is_array(e->args[k]->type),
                         data);
    else if (e->kind != EXPR_VAR)
        value_walk(e, value_node, data);
}

static bool reads_change(struct work *work, const struct stmt *setup, const struct stmt *last) {
    struct reads r = {work, setup, last, false};
    needs_address(setup->to, read_changes, &r);
    if (setup->kind == STMT_SET)
        read_changes(setup->u.set.from, true, &r);
    for (size_t k = 0; setup->kind == STMT_CALL && k < setup->u.call.arg_count; k++)
        read_changes(setup->u.call.args[k], false, &r);
    for (const struct stmt *s = setup; s != last;) {
        s = work->layout->of_stmt[s->id].owner;
        read_changes(s->u.loop.lo, false, &r);
        read_changes(s->u.loop.hi, false, &r);
        read_changes(s->u.loop.step, false, &r);
    }
    return r.changed;
}

/* ---- the question ------------------------------------------------------------------------------ */

struct var *setup_root(struct work *work, const struct stmt *setup) {
    if (!setup->to || !type_is_pointer(setup->to->type) || setup->to->kind == EXPR_VAR ||
        (setup->kind != STMT_SET && setup->kind != STMT_CALL) || work_is_null(linear_value(setup)) ||
        !activity_reaches(work->activity, setup->to))
        return NULL;
    struct var *root = root_of(setup->to);
    const struct stmt *last = root ? outermost(work, root, setup) : NULL;
    if (!last || (setup->kind == STMT_CALL && !work_is_alloc(work, setup)))
        return NULL;
    if (last == setup && type_is_record(root->type) && work_storage(setup->to) == root)
        return NULL; /* record_each_setup has it */
    if (type_is_pointer(root->type) &&
        !(work->vars[root->id].pointed && work_is_alloc(work, work->vars[root->id].pointed)))
        return NULL;
    if (!moves_on(work, setup, last) || setup_stored_elsewhere(work, setup) ||
        reads_change(work, setup, last))
        return NULL;
    return root;
}

struct cell_search {
    struct work *work;
    struct bitset cells;
    bool changes;
};

static void find_change(struct stmt *stmt, void *data) {
    struct cell_search *s = data;
    bool simple = stmt->kind == STMT_SET || stmt->kind == STMT_CALL || stmt->kind == STMT_DECL;
    if (simple && !setup_root(s->work, stmt) &&
        region_sets_overlap(s->work->facts->regions, &s->work->facts->of_stmt[stmt->id].writes, &s->cells))
        s->changes = true;
}

bool setup_keeps(struct work *work, const struct expr *load) {
    struct cell_search s = {work, bitset_create(work->ad->arena), false};
    struct var *root = root_of(load);
    if (!root || !type_is_pointer(load->type) || load->kind == EXPR_VAR)
        return false;
    region_of_lvalue(work->facts->regions, load, &s.cells);
    for (size_t m = bitset_next(&s.cells, 0); m != SIZE_MAX; m = bitset_next(&s.cells, m + 1))
        if (region_is_outer(work->facts->regions->all.items[m]))
            return false;
    block_walk(&work->func->body, find_change, &s);
    return !s.changes;
}

/* Where the pointer, or those in the record, may point. */
static void targets_of_value(struct work *work, const struct expr *value, struct bitset *out) {
    struct regions *regions = work->facts->regions;
    struct bitset named = bitset_create(work->ad->arena);
    if (value && type_is_pointer(value->type))
        region_of_pointer(regions, value, out);
    if (!value || !type_is_record(value->type) || !linear_is_leaf(linear_strip(value)))
        return;
    region_of_lvalue(regions, linear_strip(value), &named);
    region_add_pointed(regions, &named, out);
}

bool setup_points_home(struct work *work, const struct stmt *setup) {
    struct bitset targets = bitset_create(work->ad->arena);
    targets_of_value(work, linear_value(setup), &targets);
    for (size_t m = bitset_next(&targets, 0); m != SIZE_MAX; m = bitset_next(&targets, m + 1)) {
        const struct region *region = work->facts->regions->all.items[m];
        bool own = region->root->kind == VAR_LOCAL;
        for (const struct region *r = region; r; r = r->parent)
            own &= r->step != STEP_TARGET;
        if (own)
            return true;
    }
    return false;
}

struct each_setup {
    struct work *work;
    const struct var *root;
    void (*visit)(struct stmt *setup, void *data);
    void *data;
};

static void visit_setup(struct stmt *stmt, void *data) {
    struct each_setup *each = data;
    if (setup_root(each->work, stmt) == each->root)
        each->visit(stmt, each->data);
}

void setup_each(struct work *work, const struct var *root, void (*visit)(struct stmt *setup, void *data),
                void *data) {
    struct each_setup each = {work, root, visit, data};
    struct block *block = work->layout->decl_of_var[root->id].block;
    if (block)
        block_walk(block, visit_setup, &each);
}

void setup_each_loop(struct work *work, const struct stmt *setup,
                     void (*visit)(struct stmt *loop, void *data), void *data) {
    const struct stmt *last = outermost(work, root_of(setup->to), setup);
    for (const struct stmt *s = setup; s != last;) {
        s = work->layout->of_stmt[s->id].owner;
        visit((struct stmt *)s, data);
    }
}

/* ---- p->w where p = &net->layer[k] --------------------------------------------------------------- */

struct fixed {
    struct work *work;
    bool ok;
};

static bool fixed_node(struct expr *e, void *data) {
    struct fixed *f = data;
    bool local = e->kind == EXPR_VAR && type_is_scalar(e->type) &&
                 (e->u.var->kind == VAR_LOCAL || e->u.var->kind == VAR_PARAM);
    if (local && (f->work->vars[e->u.var->id].definitions > 1 || f->work->vars[e->u.var->id].taken))
        f->ok = false;
    if (e->kind == EXPR_MATH || e->kind == EXPR_COND)
        f->ok = false;
    return f->ok;
}

struct definition {
    const struct var *var;
    struct expr *value;
};

static void find_definition(struct stmt *stmt, void *data) {
    struct definition *d = data;
    if (stmt->kind == STMT_DECL && stmt->u.decl.var == d->var)
        d->value = stmt->u.decl.init;
}

/* The value of a pointer that is declared with it and never changes. */
static struct expr *fixed_value(struct work *work, const struct var *pointer) {
    struct definition d = {pointer, NULL};
    struct fixed fixed = {work, true};
    if (pointer->kind != VAR_LOCAL || !type_is_pointer(pointer->type) ||
        work->vars[pointer->id].definitions != 1 || work->vars[pointer->id].taken)
        return NULL;
    block_walk(&work->func->body, find_definition, &d);
    if (!d.value || d.value->kind == EXPR_INIT)
        return NULL;
    expr_walk(d.value, fixed_node, &fixed);
    return fixed.ok ? d.value : NULL;
}

static void say_in_full(struct stmt *stmt, void *data) {
    struct work *work = data;
    struct unit *unit = work->ad->unit;
    if (!stmt->to || !type_is_pointer(stmt->to->type) || stmt->to->kind == EXPR_VAR)
        return;
    for (unsigned rounds = 0; rounds < 4; rounds++) {
        struct var *pointer = expr_root(stmt->to);
        struct expr *value = pointer ? fixed_value(work, pointer) : NULL;
        if (!value || expr_root(value) == pointer)
            return;
        struct copy_map map = {unit, NEW_ARRAY(unit->arena, struct expr *, work->func->vars.count + 1),
                               work->func->vars.count};
        map.vars[pointer->id] = value;
        stmt->to = expr_copy(&map, stmt->to);
        inline_simplify(unit, &stmt->to);
    }
}

void setup_say_in_full(struct work *work) {
    block_walk(&work->func->body, say_in_full, work);
}
