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
};

/* More elements than this in a hole before a designator are not written out. */
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

/* ---- the elements of an aggregate
 * ------------------------------------------------------------------------------ */

static size_t element_count(const struct reader *reader, const struct type *type, CXCursor at) {
    long long count;
    const struct type *meaning = type_strip(type);
    if (meaning->kind == TYPE_RECORD) {
        const struct record *record = meaning->record;
        if (front_is_flattened(reader->lower->front, record))
            front_refuse(reader->lower, at,
                         "an initializer of a record with anonymous members is not supported: assign them");
        return record->is_union && record->field_count ? 1 : record->field_count;
    }
    if (!meaning->count || !expr_is_const_int(meaning->count, &count))
        front_refuse(reader->lower, at,
                     "an initializer of an array without constant extent is not supported");
    return (size_t)count;
}

static struct type *element_type(const struct type *type, size_t index) {
    const struct type *meaning = type_strip(type);
    return meaning->kind == TYPE_RECORD ? meaning->record->fields[index].type : meaning->under;
}

static struct expr *zero_of(struct lower *lower, struct type *type) {
    return is_aggregate(type) ? expr_init(lower->unit, type, NULL, 0) : expr_zero(lower->unit, type);
}

/* ---- designators
 * -------------------------------------------------------------------------------------------------- */

static size_t designated_field(struct lower *lower, const struct type *type, CXCursor designator) {
    const struct record *record = type_strip(type)->record;
    const char *name = front_spelling(lower->front, designator);
    for (size_t i = 0; i < record->field_count; i++)
        if (record->fields[i].name && strcmp(record->fields[i].name, name) == 0)
            return i;
    front_refuse(lower, designator, "the designator '%s' is not understood", name);
}

/* The one index that `[i] =` or `.field =` names; longer designators are refused. */
static size_t designated_index(struct lower *lower, const struct type *type, CXCursor item, CXCursor *value) {
    struct children children = front_children(lower->front, item);
    long long index;
    if (children.count < 2)
        front_refuse(lower, item, "this designator is not understood");
    *value = children.items[children.count - 1];
    CXCursor designator = children.items[children.count - 2];
    bool member = clang_getCursorKind(designator) == CXCursor_MemberRef;
    bool hops = true; /* through anonymous members */
    for (size_t i = 0; i + 2 < children.count; i++)
        hops = hops && clang_getCursorKind(children.items[i]) == CXCursor_MemberRef &&
               *front_spelling(lower->front, children.items[i]) == '\0';
    if (!hops)
        front_refuse(lower, item,
                     "a designator of several steps or of a range is not supported: nest the braces");
    if (member && type_is_record(type) && !type_strip(type)->record->is_union)
        return designated_field(lower, type, designator);
    if (member || !type_is_array(type) || !front_evaluate(designator, &index) || index < 0)
        front_refuse(lower, item, "this designator is not supported");
    return (size_t)index;
}

/* ---- reading a list
 * ------------------------------------------------------------------------------------------------ */

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

static void fill_to(struct lower *lower, struct elements *elements, const struct type *type, size_t index) {
    while (elements->count < index) {
        struct expr *zero = zero_of(lower, element_type(type, elements->count));
        VEC_PUSH(lower->front->arena, *elements, zero);
    }
}

static void read_designated(struct reader *reader, struct elements *elements, const struct type *type,
                            size_t limit, size_t *at) {
    struct lower *lower = reader->lower;
    CXCursor item = reader->items.items[reader->next++], value;
    *at = designated_index(lower, type, item, &value);
    if (*at >= limit || *at > elements->count + LARGEST_HOLE)
        front_refuse(lower, item, "this designator is too far away to be written out");
    fill_to(lower, elements, type, *at);
    struct expr *element = lower_element(lower, element_type(type, *at), value);
    if (*at < elements->count)
        elements->items[*at] = element;
    else
        VEC_PUSH(lower->front->arena, *elements, element);
    ++*at;
}

static void read_next(struct reader *reader, struct elements *elements, const struct type *type, size_t *at) {
    struct expr *element = read_element(reader, element_type(type, *at));
    if (*at < elements->count)
        elements->items[*at] = element;
    else
        VEC_PUSH(reader->lower->front->arena, *elements, element);
    ++*at;
}

static struct expr *read_aggregate(struct reader *reader, struct type *type, bool braced) {
    struct elements elements = {0};
    size_t at = 0, limit = element_count(reader, type, reader->items.items[reader->next]);
    while (reader->next < reader->items.count) {
        bool designated = is_designated(reader->items.items[reader->next]);
        if (designated && !braced)
            break;
        if (!designated && at >= limit)
            break;
        if (designated)
            read_designated(reader, &elements, type, limit, &at);
        else
            read_next(reader, &elements, type, &at);
    }
    return expr_init(reader->lower->unit, type, elements.items, elements.count);
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

/* ---- compound literals
 * ----------------------------------------------------------------------------------------------- */

/* (T){...} is an object of the enclosing block (C11 6.5.2.5p5): a variable. */
struct expr *front_lower_compound_literal(struct lower *lower, CXCursor cursor) {
    struct children parts = front_parts(lower->front, cursor);
    if (parts.count != 1)
        front_refuse(lower, cursor, "this compound literal is not supported: declare a variable");
    struct type *type = front_type(lower->front, clang_getCursorType(cursor));
    struct expr *init = front_lower_initializer(lower, type, parts.items[0]);
    struct var *var = front_temporary(lower, "literal", type);
    var->loc = front_cursor_loc(lower->front, cursor);
    front_emit(lower, stmt_decl(lower->unit, var, init));
    return expr_var(lower->unit, var);
}
