/* report: --report: what is active, what is recorded, why, and how many bytes an iteration of which loop. */
#include "ad/private.h"

#include <stdio.h>

struct tally {
    struct work *work;
    size_t bytes; /* recorded once for each execution of the block */
    bool unknown; /* and more, of a size known at run time only */
};

static size_t scalar_bytes(const struct type *type) {
    static const size_t sizes[SCALAR_COUNT] = {1, 1, 1, 1, 2, 2, 4, 4, 8, 8, 8, 8, 4, 8, 16};
    const struct type *t = type_strip(type);
    if (t->kind == TYPE_INT || t->kind == TYPE_REAL)
        return sizes[t->scalar];
    return t->kind == TYPE_ENUM ? 4 : t->kind == TYPE_POINTER ? 8 : 0;
}

static void add_bytes(struct tally *tally, const struct type *type) {
    size_t bytes = scalar_bytes(type);
    tally->bytes += bytes;
    tally->unknown |= bytes == 0;
}

static void print_line(const struct loc loc, const char *name, const char *why) {
    printf("  line %u: %s is recorded: %s\n", loc.line, name, why);
}

static void report_block(struct block *block, void *data);

static void report_saves(struct tally *tally, const struct stmt *stmt) {
    const struct bitset *saves = &tally->work->stmts[stmt->id].saves;
    for (size_t m = bitset_next(saves, 0); m != SIZE_MAX; m = bitset_next(saves, m + 1)) {
        const struct var *var = tally->work->func->vars.items[m];
        print_line(stmt->loc, var->name, "it is overwritten here, and the reverse sweep reads its old value");
        add_bytes(tally, var->type);
    }
}

static void report_stmt(struct tally *tally, struct stmt *stmt) {
    report_saves(tally, stmt);
    if (stmt->kind == STMT_FOR && fuse_is_fused(tally->work, stmt))
        printf("  line %u: the iterations of the loop are independent: each is reversed at once\n",
               stmt->loc.line);
    if (stmt->kind == STMT_DECL && tally->work->vars[stmt->u.decl.var->id].keep == KEEP_RECORD) {
        const struct var *var = stmt->u.decl.var;
        print_line(stmt->loc, var->name,
                   "its block ends, and its value cannot be computed again from what is left");
        add_bytes(tally, var->type);
    }
    if (stmt->kind != STMT_FOR && stmt->kind != STMT_WHILE) {
        stmt_each_block(stmt, report_block, tally);
        return;
    }
    struct tally inside = {tally->work, 0, false};
    stmt_each_block(stmt, report_block, &inside);
    if (inside.bytes || inside.unknown)
        printf("  line %u: the loop records %zu bytes%s an iteration\n", stmt->loc.line, inside.bytes,
               inside.unknown ? " and arrays" : "");
}

static void report_block(struct block *block, void *data) {
    for (size_t k = 0; k < block->count; k++)
        report_stmt(data, block->items[k]);
}

void report_work(struct work *work, const char *name) {
    struct tally tally = {work, 0, false};
    const char *separator = "";
    if (!work->ad->options->report)
        return;
    printf("%s: active:", name);
    for (size_t k = 0; k < work->func->vars.count; k++) {
        struct var *var = work->func->vars.items[k];
        struct expr *value = expr_var(work->ad->unit, var);
        if (!activity_lvalue(work->activity, value) && !activity_reaches(work->activity, value))
            continue;
        printf("%s %s", separator, var->name);
        separator = ",";
    }
    printf("\n");
    report_block(&work->func->body, &tally);
    if (!tally.bytes && !tally.unknown)
        printf("  nothing is recorded outside of loops\n");
    else
        printf("  outside of loops: %zu bytes%s\n", tally.bytes, tally.unknown ? " and arrays" : "");
}
