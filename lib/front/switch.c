/* switch: arms that do not fall through. In C the labels are marks in one list of statements; an arm is what
 * runs from a label on: its statements and, if its end is reached, a copy of those of the next label.
 *
 * A `break` inside an arm stays for front_normalize_exits; the one that ends the arm is dropped.
 */
#include "front/front_private.h"

#include <string.h>

struct label_group {
    VEC(struct expr *) values;
    bool is_default;
    struct block own;  /* up to the next label */
    struct block full; /* with what it falls into */
};

struct reader {
    struct lower *lower;
    VEC(struct label_group) groups;
};

/* `case 1 ... 9`, of GNU C, is written out up to this many values. */
enum { LARGEST_RANGE = 256 };

/* ---- labels ------------------------------------------------------------------------------------- */

/* Labels that follow each other share a group. */
static struct label_group *open_group(struct reader *reader) {
    size_t count = reader->groups.count;
    if (count == 0 || reader->groups.items[count - 1].own.count > 0) {
        struct label_group group = {0};
        VEC_PUSH(reader->lower->front->arena, reader->groups, group);
    }
    return &reader->groups.items[reader->groups.count - 1];
}

static void add_range(struct reader *reader, CXCursor cursor, struct expr *from, struct expr *to) {
    struct lower *lower = reader->lower;
    long long first, last;
    if (!expr_is_const_int(from, &first) || !expr_is_const_int(to, &last) || last < first ||
        last - first >= LARGEST_RANGE)
        front_refuse(lower, cursor, "this range of case values is not supported: write the values out");
    struct label_group *group = open_group(reader);
    for (long long value = first; value <= last; value++)
        VEC_PUSH(lower->front->arena, group->values, expr_int(lower->unit, value));
}

/* The statement behind the label. */
static CXCursor read_case(struct reader *reader, CXCursor cursor) {
    struct lower *lower = reader->lower;
    struct children parts = front_parts(lower->front, cursor);
    if (parts.count < 2 || parts.count > 3)
        front_refuse(lower, cursor, "this case label is not understood");
    struct expr *value = front_lower_full(lower, parts.items[0]);
    if (parts.count == 3) {
        add_range(reader, cursor, value, front_lower_full(lower, parts.items[1]));
    } else {
        struct label_group *group = open_group(reader);
        VEC_PUSH(lower->front->arena, group->values, value);
    }
    return parts.items[parts.count - 1];
}

static CXCursor read_default(struct reader *reader, CXCursor cursor) {
    struct children parts = front_parts(reader->lower->front, cursor);
    if (parts.count != 1)
        front_refuse(reader->lower, cursor, "this default label is not understood");
    open_group(reader)->is_default = true;
    return parts.items[0];
}

/* ---- the list of statements --------------------------------------------------------------------- */

static void lower_item(struct reader *reader, CXCursor cursor) {
    struct lower *lower = reader->lower;
    struct detour detour;
    struct block block = {0};
    for (;;) {
        enum CXCursorKind kind = clang_getCursorKind(cursor);
        if (kind == CXCursor_CaseStmt)
            cursor = read_case(reader, cursor);
        else if (kind == CXCursor_DefaultStmt)
            cursor = read_default(reader, cursor);
        else
            break;
    }
    if (reader->groups.count == 0)
        front_refuse(
            lower, cursor,
            "a statement before the first label of a switch is not supported: move it before the switch");
    front_detour_begin(lower, &detour, &block);
    front_lower_statement(lower, cursor);
    front_detour_end(lower, &detour);
    block_append(lower->unit, &reader->groups.items[reader->groups.count - 1].own, &block);
}

/* A label before an empty statement must not share a group with the next one only because nothing stands
 * between: it does, and that means the same. */
static void read_items(struct reader *reader, CXCursor body) {
    struct children items = front_children(reader->lower->front, body);
    if (clang_getCursorKind(body) != CXCursor_CompoundStmt)
        front_refuse(reader->lower, body, "a switch without braces is not supported");
    for (size_t i = 0; i < items.count; i++)
        lower_item(reader, items.items[i]);
}

/* ---- falling through ---------------------------------------------------------------------------- */

static bool ends(const struct block *block);

/* Whether control never reaches the end of the statement. */
static bool stmt_ends(const struct stmt *stmt) {
    switch (stmt->kind) {
    case STMT_BREAK:
    case STMT_CONTINUE:
    case STMT_RETURN: return true;
    case STMT_IF: return ends(&stmt->u.branch.then) && ends(&stmt->u.branch.other);
    case STMT_BLOCK: return ends(&stmt->u.block);
    case STMT_CALL: return stmt->u.call.callee->no_return;
    case STMT_DECL:
    case STMT_SET:
    case STMT_FOR:
    case STMT_WHILE:
    case STMT_SWITCH:
    case STMT_PUSH:
    case STMT_POP:
    case STMT_RAW: return false;
    }
    return false;
}

static bool ends(const struct block *block) {
    return block->count > 0 && stmt_ends(block->items[block->count - 1]);
}

/* Variables that the copied statements declare are others in the copy. */
struct renewal {
    struct lower *lower;
    struct copy_map map;
};

static void renew_declared(struct stmt *stmt, void *data) {
    struct renewal *renewal = data;
    struct var *var = stmt->kind == STMT_DECL                           ? stmt->u.decl.var
                      : stmt->kind == STMT_FOR && stmt->u.loop.declares ? stmt->u.loop.index
                                                                        : NULL;
    if (!var || var->kind != VAR_LOCAL || var->id >= renewal->map.var_count)
        return;
    struct lower *lower = renewal->lower;
    struct var *fresh = func_add_var(lower->unit, lower->func, var->kind, var->name, var->type);
    fresh->loc = var->loc;
    fresh->inactive = var->inactive;
    fresh->address_taken = var->address_taken;
    renewal->map.vars[var->id] = expr_var(lower->unit, fresh);
}

static void append_copy(struct lower *lower, struct block *to, struct block *from) {
    size_t count = lower->func->vars.count;
    struct renewal renewal = {lower,
                              {lower->unit, NEW_ARRAY(lower->front->arena, struct expr *, count), count}};
    block_walk(from, renew_declared, &renewal);
    block_copy(&renewal.map, to, from);
}

/* From the last label to the first: each knows what it falls into. */
static void fall_through(struct reader *reader) {
    struct lower *lower = reader->lower;
    for (size_t i = reader->groups.count; i-- > 0;) {
        struct label_group *group = &reader->groups.items[i];
        block_append(lower->unit, &group->full, &group->own);
        if (i + 1 < reader->groups.count && !ends(&group->full))
            append_copy(lower, &group->full, &reader->groups.items[i + 1].full);
    }
}

static void drop_last_break(struct block *block) {
    const struct stmt *last = block->count ? block->items[block->count - 1] : NULL;
    if (last && last->kind == STMT_BREAK && !last->leaves)
        block->count--;
}

/* ---- declarations that reach into other arms ---------------------------------------------------- */

/* A variable of one arm that another one uses would be out of its scope. */
static void refuse_shared_declarations(struct reader *reader, CXCursor cursor) {
    for (size_t i = 0; i < reader->groups.count; i++) {
        const struct block *own = &reader->groups.items[i].own;
        for (size_t k = 0; k < own->count; k++) {
            if (own->items[k]->kind != STMT_DECL)
                continue;
            for (size_t j = i + 1; j < reader->groups.count; j++)
                if (front_mentions(&reader->groups.items[j].own, 0, own->items[k]->u.decl.var))
                    front_refuse(reader->lower, cursor,
                                 "the variable '%s' is declared in one arm of the switch and used in "
                                 "another: declare it before the switch",
                                 own->items[k]->u.decl.var->name);
        }
    }
}

/* ---- the statement ------------------------------------------------------------------------------ */

static void add_arm(struct stmt *stmt, const struct label_group *group) {
    struct switch_arm *arm = &stmt->u.switch_.arms[stmt->u.switch_.arm_count++];
    arm->values = group->values.items;
    arm->value_count = group->values.count;
    arm->is_default = group->is_default;
    arm->body = group->full;
    drop_last_break(&arm->body);
}

void front_lower_switch(struct lower *lower, CXCursor cursor) {
    struct children parts = front_parts(lower->front, cursor);
    struct reader reader = {.lower = lower};
    if (parts.count != 2)
        front_refuse(lower, cursor, "this switch is not understood");
    struct stmt *stmt = stmt_new(lower->unit, STMT_SWITCH, front_cursor_loc(lower->front, cursor));
    stmt->u.switch_.value = front_lower_full(lower, parts.items[0]);
    size_t mark = front_open_scope(lower);
    read_items(&reader, parts.items[1]);
    front_close_scope(lower, mark);
    refuse_shared_declarations(&reader, cursor);
    fall_through(&reader);
    stmt->u.switch_.arms = NEW_ARRAY(lower->front->arena, struct switch_arm, reader.groups.count);
    for (size_t i = 0; i < reader.groups.count; i++)
        add_arm(stmt, &reader.groups.items[i]);
    front_emit(lower, stmt);
}
