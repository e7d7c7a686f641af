/* widen: declares what a pointer will point to before the pointer. The record holds the distance of a pointer
 * from its array, which both sweeps must find wherever the pointer is saved and restored:
 * `double *p, u[3]; ... p = u;`. */
#include "ad/private.h"

struct search {
    struct arena *arena;
    struct bitset pointers; /* the pointer, and those whose values it takes */
    VEC(struct var *) targets;
    bool grown;
};

static void note_target(struct search *search, struct var *var) {
    if (!var || var->kind != VAR_LOCAL)
        return;
    for (size_t k = 0; k < search->targets.count; k++)
        if (search->targets.items[k] == var)
            return;
    VEC_PUSH(search->arena, search->targets, var);
}

static bool note_address(struct expr *e, void *data) {
    struct search *search = data;
    if (e->kind == EXPR_ADDR)
        note_target(search, work_storage(e->args[0]));
    else if (type_is_array(e->type))
        note_target(search, work_storage(e));
    else if (e->kind == EXPR_VAR && type_is_pointer(e->type))
        search->grown |= bitset_add(&search->pointers, e->u.var->id);
    return true;
}

static void note_assignment(struct stmt *stmt, void *data) {
    struct search *search = data;
    const struct var *to = stmt->kind == STMT_DECL                                ? stmt->u.decl.var
                           : stmt->kind == STMT_SET && stmt->to->kind == EXPR_VAR ? stmt->to->u.var
                                                                                  : NULL;
    struct expr *value = stmt->kind == STMT_DECL ? stmt->u.decl.init : stmt->u.set.from;
    if (to && value && bitset_has(&search->pointers, to->id))
        expr_walk(value, note_address, search);
}

/* Where a variable is declared. */
struct home {
    const struct var *var;
    struct block *block;
    size_t at;
    bool in_loop;
};

static bool find_home(struct block *block, size_t from, bool in_loop, struct home *home);

static void find_nested(struct block *block, void *data) {
    struct home *home = data;
    if (!home->block)
        find_home(block, 0, home->in_loop, home);
}

static bool find_home(struct block *block, size_t from, bool in_loop, struct home *home) {
    for (size_t k = from; k < block->count; k++) {
        struct stmt *stmt = block->items[k];
        if (stmt->kind == STMT_DECL && stmt->u.decl.var == home->var) {
            home->block = block;
            home->at = k;
            home->in_loop = in_loop;
            return true;
        }
        home->in_loop = in_loop || stmt->kind == STMT_FOR || stmt->kind == STMT_WHILE;
        stmt_each_block(stmt, find_nested, home);
        if (home->block)
            return true;
    }
    return false;
}

static bool has_constant_extents(const struct type *type) {
    long long count;
    for (; type_is_array(type); type = type_target(type))
        if (!type_strip(type)->count || !expr_is_const_int(type_strip(type)->count, &count))
            return false;
    return true;
}

/* Moves the declaration to `at` of the block, without its value unless that is a list of constants. */
static bool move_declaration(struct unit *unit, struct block *block, size_t at, const struct home *home) {
    struct stmt *decl = home->block->items[home->at];
    struct expr *init = decl->u.decl.init;
    bool stays = init && init->kind == EXPR_INIT;
    if (!has_constant_extents(decl->u.decl.var->type) || (stays && home->in_loop) ||
        (init && !stays && type_quals(decl->u.decl.var->type)))
        return false;
    struct stmt *moved = stmt_decl(unit, decl->u.decl.var, stays ? init : NULL);
    moved->loc = decl->loc;
    if (init && !stays) {
        struct stmt *set = stmt_set(unit, expr_var(unit, decl->u.decl.var), init, false);
        set->loc = decl->loc;
        set->comment = decl->comment;
        set->trailing = decl->trailing;
        home->block->items[home->at] = set;
    } else {
        moved->comment = decl->comment;
        moved->trailing = decl->trailing;
        for (size_t k = home->at; k + 1 < home->block->count; k++)
            home->block->items[k] = home->block->items[k + 1];
        home->block->count--;
    }
    block_insert(unit, block, at, moved);
    return true;
}

static void widen_block(struct block *block, void *data) {
    struct unit *unit = data;
    for (size_t k = 0; k < block->count; k++) {
        struct stmt *stmt = block->items[k];
        stmt_each_block(stmt, widen_block, unit);
        if (stmt->kind != STMT_DECL || !type_is_pointer(stmt->u.decl.var->type))
            continue;
        struct search search = {.arena = unit->arena, .pointers = bitset_create(unit->arena), .grown = true};
        bitset_add(&search.pointers, stmt->u.decl.var->id);
        while (search.grown) {
            search.grown = false;
            block_walk(block, note_assignment, &search);
        }
        for (size_t t = 0; t < search.targets.count; t++) {
            struct home home = {.var = search.targets.items[t]};
            if (find_home(block, k + 1, false, &home) && move_declaration(unit, block, k, &home))
                k++;
        }
    }
}

void widen_scopes(struct unit *unit, struct func *func) {
    widen_block(&func->body, unit);
}
