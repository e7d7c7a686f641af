/* missing: library functions whose derivative nobody has told. All of them are reported in one run, and what
 * is to be written for them stands at the end, ready to be filled in. */
#include "ad/call.h"

static void say_why(struct work *work, const struct stmt *call) {
    for (size_t k = 0; k < call->u.call.arg_count; k++)
        if (argument_active(work, call->u.call.args[k])) {
            why_active_expr(work, call->u.call.args[k]);
            return;
        }
}

/* ---- stubs ----------------------------------------------------------------------------------- */

static bool carries_derivative(const struct var *param) {
    return !param->inactive && (type_reaches_real(param->type) || type_is_real(param->type));
}

static void add_param(struct ad *ad, struct func *stub, const char *name, struct type *type) {
    struct var *param = func_add_var(ad->unit, stub, VAR_PARAM, name, type);
    param->source_name = name;
}

/* An adjoint is reached through a pointer, a tangent is passed as its value is. */
static struct type *companion_param(struct ad *ad, struct type *primal, bool tangent) {
    struct type *type = companion_type(ad, primal);
    return tangent || type_is_pointer(type) ? type : type_pointer(ad->unit->types, type);
}

static struct func *stub_function(struct ad *ad, const struct func *callee, bool tangent) {
    const char *suffix = tangent ? "_dot" : "_bar";
    struct func *stub = func_new(
        ad->unit, arena_printf(ad->arena, "%s_%s", callee->name, tangent ? "jvp" : "vjp"), callee->result);
    for (size_t k = 0; k < callee->param_count; k++) {
        const struct var *param = callee->params[k];
        add_param(ad, stub, param->name, param->type);
        if (carries_derivative(param))
            add_param(ad, stub, arena_printf(ad->arena, "%s%s", param->name, suffix),
                      companion_param(ad, param->type, tangent));
    }
    if (type_is_real(callee->result)) {
        struct type *result = companion_type(ad, callee->result);
        add_param(ad, stub, arena_printf(ad->arena, "%s%s", callee->name, suffix),
                  tangent ? type_pointer(ad->unit->types, result) : result);
    }
    return stub;
}

static const char *stub_text(struct ad *ad, const struct func *callee, bool tangent) {
    struct text text = {0};
    text_printf(&text, "\n\nCGRAD_CUSTOM_%s(%s)\n", tangent ? "JVP" : "VJP", callee->name);
    emit_prototype(&text, stub_function(ad, callee, tangent));
    text_printf(&text, " {\n    /* as %s, and %s */\n#error \"to be written: the derivative of %s\"\n}\n",
                callee->name,
                tangent ? "sets the tangents of its results" : "adds to the adjoints of its arguments",
                callee->name);
    text_put(&text, "/* if it has none: CGRAD_INACTIVE ");
    emit_prototype(&text, callee);
    text_put(&text, "; */");
    const char *kept = arena_strdup(ad->arena, text_string(&text));
    text_free(&text);
    return kept;
}

/* ---- the list -------------------------------------------------------------------------------- */

void report_missing(struct work *work, const struct stmt *call, bool tangent) {
    struct ad *ad = work->ad;
    const struct func *callee = call->u.call.callee;
    const char *key = arena_printf(ad->arena, "%s of %s", tangent ? "tangent" : "adjoint", callee->name);
    work->failed = true;
    if (map_get(ad->missing, key))
        return;
    map_put(ad->missing, key, work);
    diag_report(ad->unit->diag, call->loc, ERR_CALL_UNKNOWN, callee->name, tangent ? "JVP" : "VJP");
    say_why(work, call);
    if (!callee->variadic)
        VEC_PUSH(ad->arena, ad->stubs, stub_text(ad, callee, tangent));
}

void report_stubs(struct ad *ad) {
    const char *all = "";
    for (size_t k = 0; k < ad->stubs.count; k++)
        all = arena_printf(ad->arena, "%s%s", all, ad->stubs.items[k]);
    if (*all)
        diag_report(ad->unit->diag, (struct loc){0}, NOTE_STUBS, all);
}
