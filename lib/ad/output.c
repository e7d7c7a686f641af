/* output: the list of functions that will be printed. Helpers that came out the same for several contexts are
 * one function, and what nobody calls is left out. */
#include "ad/private.h"

#include <string.h>

void add_output(struct ad *ad, struct func *func, bool exported) {
    VEC_PUSH(ad->arena, ad->output->funcs, func);
    if (exported)
        VEC_PUSH(ad->arena, ad->output->exported, func);
    func->is_static = !exported;
}

/* ---- helpers that are alike ------------------------------------------------------------------- */

/* Its C but for its name. */
static const char *text_without_name(struct ad *ad, struct func *func) {
    struct text text = {0};
    const char *name = func->name;
    func->name = "";
    emit_func(&text, func);
    func->name = name;
    const char *copy = arena_strdup(ad->arena, text_string(&text));
    text_free(&text);
    return copy;
}

static void call_first(struct stmt *stmt, void *data) {
    struct map *first = data;
    struct func *same = stmt->kind == STMT_CALL ? map_get(first, stmt->u.call.callee->name) : NULL;
    if (same)
        stmt->u.call.callee = same;
}

/* Callees stand before their callers, so that functions which differ only in such callees become alike as
 * well. */
static void merge_alike(struct ad *ad) {
    struct map *by_text = map_create(ad->arena), *first = map_create(ad->arena);
    for (size_t k = 0; k < ad->output->funcs.count; k++) {
        struct func *func = ad->output->funcs.items[k];
        block_walk(&func->body, call_first, first);
        if (!func->is_static)
            continue;
        const char *text = text_without_name(ad, func);
        struct func *same = map_get(by_text, text);
        if (same)
            map_put(first, func->name, same);
        else
            map_put(by_text, text, func);
    }
    for (size_t k = 0; k < ad->output->funcs.count; k++)
        block_walk(&ad->output->funcs.items[k]->body, call_first, first);
}

/* ---- helpers that nobody calls ---------------------------------------------------------------- */

static void reach_func(struct stmt *stmt, void *data) {
    struct map *reached = data;
    if (stmt->kind != STMT_CALL || map_get(reached, stmt->u.call.callee->name))
        return;
    map_put(reached, stmt->u.call.callee->name, stmt->u.call.callee);
    block_walk(&stmt->u.call.callee->body, reach_func, reached);
}

/* A callee differentiated for a context that later steps changed is not called by anyone. */
static void drop_unreached(struct ad *ad) {
    struct map *reached = map_create(ad->arena);
    size_t kept = 0;
    for (size_t k = 0; k < ad->output->exported.count; k++) {
        map_put(reached, ad->output->exported.items[k]->name, ad);
        block_walk(&ad->output->exported.items[k]->body, reach_func, reached);
    }
    for (size_t k = 0; k < ad->output->funcs.count; k++)
        if (map_get(reached, ad->output->funcs.items[k]->name))
            ad->output->funcs.items[kept++] = ad->output->funcs.items[k];
    ad->output->funcs.count = kept;
}

/* ---- names ----------------------------------------------------------------------------------- */

/* helper_2 of which no helper is left takes its name. */
static void close_ranks(struct ad *ad) {
    struct map *taken = map_create(ad->arena);
    for (size_t k = 0; k < ad->output->funcs.count; k++)
        map_put(taken, ad->output->funcs.items[k]->name, ad);
    for (size_t k = 0; k < ad->output->funcs.count; k++) {
        struct func *func = ad->output->funcs.items[k];
        size_t length = strlen(func->name), base = length;
        while (base > 0 && func->name[base - 1] >= '0' && func->name[base - 1] <= '9')
            base--;
        if (!func->is_static || base == length || base < 2 || func->name[base - 1] != '_')
            continue;
        const char *name = arena_strndup(ad->arena, func->name, base - 1);
        bool helper = map_get(ad->emitted, name) == ad->emitted;
        if (!helper || map_get(taken, name))
            continue;
        map_put(taken, name, ad);
        func->name = name;
    }
}

void output_finish(struct ad *ad) {
    merge_alike(ad);
    drop_unreached(ad);
    close_ranks(ad);
}
