/* constants: static variables that nothing in the file ever changes are constants, whatever their declaration
 * says. No other file can reach them, so the functions of this one are all there is to look at. */
#include "analysis/analysis.h"

#include <string.h>

struct changes {
    struct program *program;
    struct facts *facts;    /* of the function that is looked at */
    struct bitset *globals; /* that change, or whose address gets away, by var->id */
    struct bitset locals;   /* the same of the function's static variables */
};

static bool is_candidate(const struct var *var) {
    return !var->is_const && (var->kind == VAR_STATIC_LOCAL || (var->kind == VAR_GLOBAL && var->is_static));
}

static void note_roots(struct changes *changes, const struct bitset *regions) {
    for (size_t m = bitset_next(regions, 0); m != SIZE_MAX; m = bitset_next(regions, m + 1)) {
        const struct var *root = changes->facts->regions->all.items[m]->root;
        if (is_candidate(root))
            bitset_add(root->kind == VAR_GLOBAL ? changes->globals : &changes->locals, root->id);
    }
}

/* The value that a static local is declared with is there before the program starts. */
static void note_writes(struct stmt *stmt, void *data) {
    struct changes *changes = data;
    if (stmt->kind == STMT_SET || stmt->kind == STMT_CALL || stmt->kind == STMT_FOR)
        note_roots(changes, &changes->facts->of_stmt[stmt->id].writes);
}

/* Pointers that outlive the call may be written through by anyone. */
static void note_escapes(struct changes *changes) {
    const struct regions *regions = changes->facts->regions;
    note_roots(changes, &changes->facts->result_targets);
    for (size_t k = 0; k < regions->all.count; k++)
        if (regions->all.items[k]->has_targets && region_is_outer(regions->all.items[k]))
            note_roots(changes, &regions->all.items[k]->targets);
}

static void look_at(struct changes *changes, struct func *func) {
    changes->facts = program_facts(changes->program, func);
    changes->locals = bitset_create(changes->program->unit->arena);
    block_walk(&func->body, note_writes, changes);
    note_escapes(changes);
    for (size_t k = 0; k < func->vars.count; k++)
        if (is_candidate(func->vars.items[k]) && !bitset_has(&changes->locals, k))
            func->vars.items[k]->is_const = true;
}

/* What text that is not understood mentions may change. */
static void note_mentions(struct changes *changes, const struct carry *carry) {
    for (size_t m = 0; m < carry->mention_count; m++) {
        const struct var *var = unit_find_global(changes->program->unit, carry->mentions[m]);
        if (var && strcmp(var->name, carry->name) != 0)
            bitset_add(changes->globals, var->id);
    }
}

static void note_text(struct changes *changes) {
    const struct unit *unit = changes->program->unit;
    for (size_t k = 0; k < unit->carried.count; k++) {
        const struct carry *carry = unit->carried.items[k];
        const struct func *func = carry->kind == CARRY_FUNCTION ? unit_find_func(unit, carry->name) : NULL;
        if (carry->kind == CARRY_GLOBAL || (carry->kind == CARRY_FUNCTION && (!func || func->unsupported)))
            note_mentions(changes, carry);
    }
}

static void note_headers(struct changes *changes) {
    const struct unit *unit = changes->program->unit;
    for (size_t k = 0; k < unit->globals.count; k++)
        if (!unit->globals.items[k]->in_input)
            bitset_add(changes->globals, k);
}

static bool has_candidate(const struct unit *unit) {
    for (size_t k = 0; k < unit->globals.count; k++)
        if (is_candidate(unit->globals.items[k]))
            return true;
    for (size_t f = 0; f < unit->funcs.count; f++)
        for (size_t k = 0; k < unit->funcs.items[f]->vars.count; k++)
            if (is_candidate(unit->funcs.items[f]->vars.items[k]))
                return true;
    return false;
}

void constants_find(struct program *program) {
    struct unit *unit = program->unit;
    struct bitset globals = bitset_create(unit->arena);
    struct changes changes = {.program = program, .globals = &globals};
    if (!has_candidate(unit))
        return;
    note_text(&changes);
    for (size_t k = 0; k < unit->funcs.count; k++) {
        struct func *func = unit->funcs.items[k];
        if (func->defined && !func->unsupported)
            look_at(&changes, func);
        else if (func->unsupported && !func->in_input && !func->in_system)
            note_headers(&changes);
    }
    for (size_t k = 0; k < unit->globals.count; k++)
        if (is_candidate(unit->globals.items[k]) && !bitset_has(&globals, k))
            unit->globals.items[k]->is_const = true;
}
