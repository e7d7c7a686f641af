/* overlap: what a requested function takes for granted of its pointers, as a check that -DCGRAD_CHECK
 * switches on: what it writes, adjoints among it, overlaps nothing else. */
#include "ad/request.h"

struct overlap {
    struct text text;
    size_t count;
    bool written;
};

static bool has_size(const struct type *target) {
    const struct type *t = type_strip(target);
    return t->kind != TYPE_VOID && t->kind != TYPE_FUNCTION && t->kind != TYPE_OPAQUE &&
           !(t->kind == TYPE_RECORD && !t->record->complete);
}

static void add_pointer(struct overlap *o, const struct var *pointer, const struct expr *extent,
                        bool written) {
    if (!type_is_pointer(pointer->type) || !has_size(type_target(pointer->type)))
        return;
    text_printf(&o->text, "%s%s(%s, ", o->count++ ? ", " : "", written ? "CGRAD_WRITTEN" : "CGRAD_READ",
                pointer->name);
    if (extent)
        emit_expr(&o->text, extent);
    else
        text_put(&o->text, "1");
    text_put(&o->text, ")");
    o->written |= written;
}

static const struct expr *extent_of(const struct request *request, size_t k) {
    const struct var *param = request->func->params[k];
    const struct item *input = request_item(request, param, false),
                      *output = request_item(request, param, true);
    const struct item *item = input && input->extent ? input : output;
    if (item && item->extent)
        return item->extent;
    return param->written && type_is_array(param->written) ? type_strip(param->written)->count : NULL;
}

void check_overlap(struct work *work, const struct request *request, const struct copy_map *map,
                   struct func *func) {
    struct unit *unit = work->ad->unit;
    struct overlap o = {{0}, 0, false};
    bool tangent = request->text->mode == MODE_JVP;
    for (size_t k = 0; k < request->func->param_count; k++) {
        const struct expr *extent = extent_of(request, k);
        struct var *primal = map->vars[k]->u.var, *companion = work->companions[k];
        struct expr *count = extent ? expr_copy(map, extent) : NULL;
        bool pointer = type_is_pointer(primal->type);
        add_pointer(&o, primal, count, pointer && !(type_quals(type_target(primal->type)) & QUAL_CONST));
        if (companion && companion->kind == VAR_PARAM)
            add_pointer(&o, companion, pointer ? count : NULL,
                        !tangent || request_item(request, request->func->params[k], true));
    }
    if (o.count > 1 && o.written)
        block_add(
            unit, &func->body,
            stmt_raw(unit, arena_printf(unit->arena, "CGRAD_CHECK_DISTINCT(%s);", text_string(&o.text))));
    text_free(&o.text);
}
