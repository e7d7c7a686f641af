/* init: initializers (C11 6.7.9). libclang shows them as written: with designators, without the inner braces
 * that may be left out, without the zeros at the end. The IR has one list per aggregate, in order; missing
 * elements at the end are zero.
 */
#include "front/front_private.h"

#include <string.h>

/* What a braced list still has to give. */
struct reader {
    struct lower *lower;
    struct children items;
    size_t next;
    bool inside; /* behind a designator of several steps: what follows goes on inside of what that reached */
};

/* More elements than this before a designator are not written out as zeros. */
enum { LARGEST_HOLE = 4096 };

static struct expr *lower_element(struct lower *lower, struct type *type, CXCursor cursor);
static struct expr *read_aggregate(struct reader *reader, struct type *type, bool braced);

static bool is_aggregate(const struct type *type) {
    return type_is_array(type) || type_is_record(type);
}

/* `[2] = x` and `.name = x` are unexposed, of type void. */
static bool is_designated(CXCursor cursor) {
    return clang_getCursorKind(cursor) == CXCursor_UnexposedExpr &&
           clang_getCursorType(cursor).kind == CXType_Void;
}

static bool is_string(struct lower *lower, CXCursor cursor) {
    return clang_getCursorKind(front_unwrapped(lower, cursor)) == CXCursor_StringLiteral;
}

/* ---- the elements of an aggregate --------------------------------------------------------------- */

static size_t element_count(struct lower *lower, const struct type *type, CXCursor at) {
    long long count;
    const struct type *meaning = type_strip(type);
    if (meaning->kind == TYPE_RECORD) {
        const struct record *record = meaning->record;
        if (front_is_flattened(lower->front, record))
            front_refuse(lower, at,
                         "an initializer of a record with anonymous members is not supported: assign them");
        return record->is_union && record->field_count ? 1 : record->field_count;
    }
    if (!meaning->count || !expr_is_const_int(meaning->count, &count))
        front_refuse(lower, at, "an initializer of an array without constant extent is not supported");
    return (size_t)count;
}

static struct type *element_type(const struct type *type, size_t index) {
    const struct type *meaning = type_strip(type);
    return meaning->kind == TYPE_RECORD ? meaning->record->fields[index].type : meaning->under;
}

static struct expr *zero_of(struct lower *lower, struct type *type) {
    return is_aggregate(type) ? expr_init(lower->unit, type, NULL, 0) : expr_zero(lower->unit, type);
}

/* ---- designators -------------------------------------------------------------------------------- */

/* `.corner[1] = x`: where, and what. */
struct designation {
    struct children steps;
    CXCursor value;
};

static bool is_anonymous_hop(struct lower *lower, CXCursor step) {
    const char *name = front_spelling(lower->front, step);
    return clang_getCursorKind(step) == CXCursor_MemberRef && (*name == '\0' || strchr(name, '('));
}

static struct designation read_designation(struct lower *lower, CXCursor item) {
    struct children children = front_children(lower->front, item);
    struct designation designation = {{NULL, 0}, clang_getNullCursor()};
    if (children.count < 2)
        front_refuse(lower, item, "this designator is not understood");
    designation.value = children.items[children.count - 1];
    designation.steps.items = NEW_ARRAY(lower->front->arena, CXCursor, children.count);
    for (size_t i = 0; i + 1 < children.count; i++)
        if (!is_anonymous_hop(lower, children.items[i]))
            designation.steps.items[designation.steps.count++] = children.items[i];
    return designation;
}

/* `[0 ... 3]` of GNU C looks like `[0][3]` but for its text; if a macro made it, there is none. */
static bool may_be_range(struct lower *lower, CXCursor item) {
    struct extent extent = front_extent(item);
    const struct token_table *table = lower->tokens;
    size_t index = token_find(table, extent.begin);
    if (!front_same_file(extent.file, table->file) ||
        (!token_is(table, index, "[") && !token_is(table, index, ".")))
        return true;
    for (; index < table->count && !token_is(table, index, "="); index++)
        if (token_is(table, index, "..."))
            return true;
    return false;
}

static size_t designated_field(struct lower *lower, const struct type *type, CXCursor step) {
    const struct record *record = type_strip(type)->record;
    const char *name = front_spelling(lower->front, step);
    bool views = !record->puns && type_holds_real(type);
    size_t count = record->is_union && !views ? 1 : record->field_count;
    for (size_t i = 0; i < count; i++)
        if (record->fields[i].name && strcmp(record->fields[i].name, name) == 0)
            return i;
    front_refuse(lower, step, "the designator '%s' is not supported", name);
}

static size_t designated_index(struct lower *lower, const struct type *type, CXCursor step) {
    long long index;
    if (clang_getCursorKind(step) == CXCursor_MemberRef && type_is_record(type))
        return designated_field(lower, type, step);
    if (!type_is_array(type) || !front_evaluate(step, &index) || index < 0 ||
        (size_t)index >= element_count(lower, type, step))
        front_refuse(lower, step, "this designator is not supported");
    return (size_t)index;
}

/* The place of an element, with zeros before it. */
static struct expr **slot(struct lower *lower, struct expr *init, size_t index, CXCursor at) {
    if (init->kind != EXPR_INIT || index > init->arg_count + LARGEST_HOLE)
        front_refuse(lower, at, "this designator is not supported: nest the braces");
    if (index >= init->arg_count) {
        struct expr **args = NEW_ARRAY(lower->front->arena, struct expr *, index + 1);
        for (size_t i = 0; i <= index; i++)
            args[i] = i < init->arg_count ? init->args[i] : zero_of(lower, element_type(init->type, i));
        init->args = args;
        init->arg_count = index + 1;
    }
    return &init->args[index];
}

/* ---- another member of a union than the first ---------------------------------------------------- */

struct leaves {
    struct expr **items;
    size_t count, capacity;
};

static size_t part_count(const struct type *type) {
    const struct type *t = type_strip(type);
    long long count = 1;
    if (t->kind == TYPE_ARRAY)
        expr_is_const_int(t->count, &count);
    else if (!t->record->is_union)
        return t->record->field_count;
    return (size_t)count;
}

/* The reals of an initializer in their order in memory, zeros where it has none. */
static void gather(struct lower *lower, struct type *type, struct expr *init, struct leaves *leaves,
                   CXCursor at) {
    if (!is_aggregate(type)) {
        struct expr *leaf = init ? init : expr_zero(lower->unit, type);
        VEC_PUSH(lower->front->arena, *leaves, leaf);
        return;
    }
    if (init && init->kind != EXPR_INIT)
        front_refuse(lower, at, "this initializer of a union is not supported: assign the member");
    for (size_t k = 0; k < part_count(type); k++)
        gather(lower, element_type(type, k), init && k < init->arg_count ? init->args[k] : NULL, leaves, at);
}

static struct expr *regroup(struct lower *lower, struct type *type, const struct leaves *leaves,
                            size_t *next) {
    if (!is_aggregate(type)) {
        bool left = *next < leaves->count;
        return left ? leaves->items[(*next)++] : expr_zero(lower->unit, type);
    }
    size_t count = part_count(type);
    struct expr **args = NEW_ARRAY(lower->front->arena, struct expr *, count);
    for (size_t k = 0; k < count; k++)
        args[k] = regroup(lower, element_type(type, k), leaves, next);
    return expr_init(lower->unit, type, args, count);
}

/* Initializers of the IR begin with a union's first member. Where all are views of the same reals, `.axis =
 * {x, y, z}` says as much as `.array = {x, y, z}`. */
static struct expr *as_first_member(struct lower *lower, const struct record *record, size_t index,
                                    struct expr *value, CXCursor at) {
    struct leaves leaves = {0};
    size_t next = 0;
    gather(lower, record->fields[index].type, value, &leaves, at);
    return regroup(lower, record->fields[0].type, &leaves, &next);
}

/* Returns the element of `init` itself that was reached. */
static size_t place_designated(struct reader *reader, struct expr *init, CXCursor item) {
    struct lower *lower = reader->lower;
    struct designation designation = read_designation(lower, item);
    size_t count = designation.steps.count, first = 0;
    if (count > 1 && may_be_range(lower, item))
        front_refuse(lower, item, "a range of designators is not supported: write the elements out");
    for (size_t i = 0; i < count; i++) {
        size_t index = designated_index(lower, init->type, designation.steps.items[i]);
        const struct record *record = type_is_record(init->type) ? type_strip(init->type)->record : NULL;
        bool other = record && record->is_union && index > 0;
        struct type *type = element_type(init->type, index);
        struct expr **place = slot(lower, init, other ? 0 : index, item);
        if (i == 0)
            first = other ? 0 : index;
        if (other && i + 1 < count)
            front_refuse(lower, item, "this designator is not supported: nest the braces");
        if (i + 1 == count)
            *place = lower_element(lower, type, designation.value);
        if (other)
            *place = as_first_member(lower, record, index, *place, item);
        init = *place;
    }
    reader->inside = count > 1;
    return first;
}

/* ---- reading a list ----------------------------------------------------------------------------- */

/* The next element, from one item, or from several if it is an aggregate whose braces were left out. */
static struct expr *read_element(struct reader *reader, struct type *type) {
    CXCursor item = reader->items.items[reader->next];
    bool whole = !is_aggregate(type) || clang_getCursorKind(item) == CXCursor_InitListExpr ||
                 is_string(reader->lower, item) ||
                 type_is_record(front_type(reader->lower->front, clang_getCursorType(item)));
    if (!whole)
        return read_aggregate(reader, type, false);
    reader->next++;
    return lower_element(reader->lower, type, item);
}

struct elements {
    struct expr **items;
    size_t count, capacity;
};

/* The elements up to the next designator. */
static void read_plain(struct reader *reader, struct expr *init, size_t *at, size_t limit) {
    struct elements elements = {0};
    size_t start = *at;
    for (; *at < limit && reader->next < reader->items.count; ++*at) {
        if (is_designated(reader->items.items[reader->next]))
            break;
        struct expr *element = read_element(reader, element_type(init->type, *at));
        VEC_PUSH(reader->lower->front->arena, elements, element);
    }
    if (elements.count == 0)
        return;
    CXCursor last = reader->items.items[reader->next - 1];
    slot(reader->lower, init, start + elements.count - 1, last);
    memcpy(init->args + start, elements.items, elements.count * sizeof *elements.items);
}

static struct expr *read_aggregate(struct reader *reader, struct type *type, bool braced) {
    struct lower *lower = reader->lower;
    size_t at = 0, limit = element_count(lower, type, reader->items.items[reader->next]);
    struct expr *init = expr_init(lower->unit, type, NULL, 0);
    while (reader->next < reader->items.count) {
        CXCursor item = reader->items.items[reader->next];
        bool designated = is_designated(item);
        if (designated ? !braced : at >= limit)
            break;
        if (!designated && reader->inside)
            front_refuse(lower, item,
                         "an element behind a designator of several steps is not supported: designate it");
        if (designated) {
            reader->next++;
            at = place_designated(reader, init, item) + 1;
        } else {
            read_plain(reader, init, &at, limit);
        }
    }
    return init;
}

static struct expr *lower_list(struct lower *lower, struct type *type, CXCursor list) {
    struct reader reader = {.lower = lower, .items = front_parts(lower->front, list)};
    if (reader.items.count == 0)
        return expr_init(lower->unit, type, NULL, 0);
    if (!is_aggregate(type)) /* int x = {1}; */
        return lower_element(lower, type, reader.items.items[0]);
    if (type_is_array(type) && reader.items.count == 1 && is_string(lower, reader.items.items[0]))
        return lower_element(lower, type, reader.items.items[0]);
    struct expr *init = read_aggregate(&reader, type, true);
    if (reader.next < reader.items.count)
        front_refuse(lower, reader.items.items[reader.next],
                     "this initializer has more elements than its object");
    return init;
}

/* A string fills an array of characters; anything else in its place is a value. */
static struct expr *lower_element(struct lower *lower, struct type *type, CXCursor cursor) {
    if (clang_getCursorKind(cursor) == CXCursor_InitListExpr)
        return lower_list(lower, type, cursor);
    if (type_is_array(type) && is_string(lower, cursor))
        return front_lower_value(lower, front_unwrapped(lower, cursor));
    return front_lower_value(lower, cursor);
}

struct expr *front_lower_initializer(struct lower *lower, struct type *type, CXCursor cursor) {
    return lower_element(lower, type, cursor);
}

/* ---- compound literals -------------------------------------------------------------------------- */

/* (T){...} is an object of the enclosing block (C11 6.5.2.5p5): a variable. */
struct expr *front_lower_compound_literal(struct lower *lower, CXCursor cursor) {
    struct children parts = front_parts(lower->front, cursor);
    size_t last = parts.count - 1; /* behind the extents of an array */
    if (parts.count == 0 || clang_getCursorKind(parts.items[last]) != CXCursor_InitListExpr)
        front_refuse(lower, cursor, "this compound literal is not supported: declare a variable");
    struct type *type = front_type(lower->front, clang_getCursorType(cursor));
    struct expr *init = front_lower_initializer(lower, type, parts.items[last]);
    struct var *var = front_temporary(lower, "literal", type);
    var->loc = front_cursor_loc(lower->front, cursor);
    front_emit(lower, stmt_decl(lower->unit, var, init));
    return expr_var(lower->unit, var);
}
