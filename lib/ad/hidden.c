/* hidden: reals that a pointer of another type leads to as well.
 *
 *     union { unsigned char *bytes; float *reals; } data;
 *
 * What the function does through `data.bytes` it does to the reals, but no region says so. Where the memory
 * of a listed parameter has such a union, nothing that the function runs may follow its other members. */
#include "ad/request.h"

struct hidden {
    struct ad *ad;
    const struct request *request;
    struct map *seen; /* functions */
    VEC(const struct record *) listed;
    bool found;
};

static void list_records(struct hidden *hidden, const struct type *type) {
    while (type_is_pointer(type) || type_is_array(type))
        type = type_target(type);
    if (!type_is_record(type))
        return;
    const struct record *record = type_strip(type)->record;
    for (size_t k = 0; k < hidden->listed.count; k++)
        if (hidden->listed.items[k] == record)
            return;
    VEC_PUSH(hidden->ad->arena, hidden->listed, record);
    for (size_t k = 0; k < record->field_count; k++)
        list_records(hidden, record->fields[k].type);
}

static void list_items(struct hidden *hidden) {
    const struct request *request = hidden->request;
    for (size_t k = 0; k < request->inputs.count; k++)
        list_records(hidden, request->inputs.items[k].var->type);
    for (size_t k = 0; k < request->outputs.count; k++)
        list_records(hidden, request->outputs.items[k].var->type);
}

static bool any_mixes(const struct hidden *hidden) {
    for (size_t k = 0; k < hidden->listed.count; k++)
        if (hidden->listed.items[k]->mixes_pointers)
            return true;
    return false;
}

static bool is_listed(const struct hidden *hidden, const struct record *record) {
    for (size_t k = 0; k < hidden->listed.count; k++)
        if (hidden->listed.items[k] == record)
            return true;
    return false;
}

/* The record that a member is taken of. */
static const struct record *record_of(const struct expr *member) {
    const struct type *type = member->args[0]->type;
    return type_strip(type_is_pointer(type) ? type_target(type) : type)->record;
}

static bool find_member(struct expr *e, void *data) {
    struct hidden *hidden = data;
    if (hidden->found || e->kind != EXPR_FIELD || !type_is_pointer(e->type) || type_reaches_real(e->type))
        return !hidden->found;
    const struct record *record = record_of(e);
    if (!record->mixes_pointers || !is_listed(hidden, record))
        return true;
    hidden->found = true;
    diag_report(hidden->ad->unit->diag, e->loc, ERR_HIDDEN_REALS, e->u.name, hidden->request->func->name);
    return false;
}

static void look_into(struct hidden *hidden, struct func *func);

static void look_at(struct stmt *stmt, void *data) {
    struct hidden *hidden = data;
    stmt_walk_exprs(stmt, find_member, hidden);
    if (stmt->kind == STMT_CALL)
        look_into(hidden, stmt->u.call.callee);
}

static void look_into(struct hidden *hidden, struct func *func) {
    if (!func->defined || func->unsupported || func->inactive || map_get(hidden->seen, func->name))
        return;
    map_put(hidden->seen, func->name, func);
    block_walk(&func->body, look_at, hidden);
}

bool hidden_reals(struct ad *ad, const struct request *request) {
    struct hidden hidden = {.ad = ad, .request = request, .seen = map_create(ad->arena)};
    list_items(&hidden);
    if (any_mixes(&hidden))
        look_into(&hidden, request->func);
    return hidden.found;
}
