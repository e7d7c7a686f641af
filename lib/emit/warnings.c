/* warnings: what compilers would say of generated code that only repeats the input, or that is meant as it
 * is. */
#include "emit/print.h"

/* ---- loops with a directive --------------------------------------------------------------------- */

static void note_pragma(struct stmt *stmt, void *data) {
    bool *found = data;
    *found |= stmt->kind == STMT_FOR && stmt->u.loop.pragma;
}

/* GCC warns of OpenMP directives that it is not asked to follow, clang of those that it cannot. */
void print_loop_warnings(struct text *out, const struct output *output) {
    bool found = false;
    for (size_t i = 0; i < output->funcs.count; i++)
        block_walk(&output->funcs.items[i]->body, note_pragma, &found);
    if (found)
        text_put(out, "#if defined __clang__\n"
                      "#pragma clang diagnostic ignored \"-Wpass-failed\"\n"
                      "#elif defined __GNUC__\n"
                      "#pragma GCC diagnostic ignored \"-Wunknown-pragmas\"\n"
                      "#endif\n");
}

/* ---- comparisons of signed and unsigned numbers --------------------------------------------------- */

static bool is_unsigned(const struct type *type) {
    const struct type *t = type_strip(type);
    return t->kind == TYPE_INT &&
           (t->scalar == SCALAR_UINT || t->scalar == SCALAR_ULONG || t->scalar == SCALAR_ULLONG);
}

/* An operand that C converts, and is no constant. */
static bool becomes_unsigned(const struct expr *operand) {
    long long value;
    return operand->kind == EXPR_CAST && operand->u.implicit && is_unsigned(operand->type) &&
           !is_unsigned(operand->args[0]->type) && type_is_int(operand->args[0]->type) &&
           !expr_is_const_int(operand->args[0], &value);
}

static bool note_comparison(struct expr *e, void *data) {
    bool *found = data;
    if (e->kind == EXPR_BINARY && e->u.binary >= BINARY_LT && e->u.binary <= BINARY_NE)
        *found |= becomes_unsigned(e->args[0]) || becomes_unsigned(e->args[1]);
    return !*found;
}

static void note_comparisons(struct stmt *stmt, void *data) {
    bool *found = data;
    long long value;
    if (stmt->kind == STMT_FOR && !expr_is_const_int(stmt->u.loop.hi, &value))
        *found |= is_unsigned(stmt->u.loop.index->type) != is_unsigned(expr_strip(stmt->u.loop.hi)->type);
    stmt_walk_exprs(stmt, note_comparison, found);
}

/* The input's own comparisons: they mean what they mean there. */
void print_sign_warnings(struct text *out, const struct needs *needs, const struct output *output) {
    bool found = false;
    for (size_t i = 0; i < output->funcs.count; i++)
        block_walk(&output->funcs.items[i]->body, note_comparisons, &found);
    for (size_t i = 0; i < needs->unit->carried.count && !found; i++) {
        const struct carry *carry = needs->unit->carried.items[i];
        bool copied = needs->carried[i] && carry->kind == CARRY_FUNCTION && carry->is_static;
        struct func *func = copied ? unit_find_func(needs->unit, carry->name) : NULL;
        if (func)
            block_walk(&func->body, note_comparisons, &found);
    }
    if (found)
        text_put(out, "#ifdef __GNUC__\n"
                      "#pragma GCC diagnostic ignored \"-Wsign-compare\"\n"
                      "#endif\n");
}
