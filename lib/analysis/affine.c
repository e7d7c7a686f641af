/* affine: sums of products, and lower bounds of them. */
#include "analysis/analysis.h"

#include <string.h>

enum { SPLITS = 3 };

/* ---- sums of products ------------------------------------------------------------------------- */

bool affine_same_var(const struct affine_var *a, const struct affine_var *b) {
    return a->later == b->later && expr_equal(a->value, b->value);
}

static bool has_factor(const struct affine_term *term, const struct affine_var *var) {
    for (unsigned k = 0; k < term->count; k++)
        if (affine_same_var(&term->factors[k], var))
            return true;
    return false;
}

static unsigned times_in(const struct affine_term *term, const struct affine_var *var) {
    unsigned times = 0;
    for (unsigned k = 0; k < term->count; k++)
        times += affine_same_var(&term->factors[k], var);
    return times;
}

static bool same_product(const struct affine_term *a, const struct affine_term *b) {
    if (a->count != b->count)
        return false;
    for (unsigned k = 0; k < a->count; k++)
        if (times_in(a, &a->factors[k]) != times_in(b, &a->factors[k]))
            return false;
    return true;
}

static void remove_term(struct affine *form, unsigned k) {
    form->terms[k] = form->terms[--form->count];
}

static void add_constant(struct affine *form, long long value) {
    form->bad |= __builtin_add_overflow(form->constant, value, &form->constant);
}

static void add_term(struct affine *form, const struct affine_term *term, long long factor) {
    long long coefficient;
    if (__builtin_mul_overflow(term->coefficient, factor, &coefficient)) {
        form->bad = true;
        return;
    }
    for (unsigned k = 0; k < form->count; k++)
        if (same_product(&form->terms[k], term)) {
            form->bad |=
                __builtin_add_overflow(form->terms[k].coefficient, coefficient, &form->terms[k].coefficient);
            if (!form->terms[k].coefficient)
                remove_term(form, k);
            return;
        }
    if (form->count == AFFINE_TERMS)
        form->bad = true;
    else if (coefficient) {
        form->terms[form->count] = *term;
        form->terms[form->count++].coefficient = coefficient;
    }
}

struct affine affine_constant(long long value) {
    return (struct affine){.constant = value};
}

struct affine affine_of_var(struct affine_var var) {
    struct affine form = {.count = 1};
    form.terms[0] = (struct affine_term){1, {var}, 1};
    return form;
}

struct affine affine_sum(const struct affine *a, const struct affine *b, long long factor) {
    struct affine sum = *a;
    long long constant;
    sum.bad |= b->bad || __builtin_mul_overflow(b->constant, factor, &constant);
    if (sum.bad)
        return sum;
    add_constant(&sum, constant);
    for (unsigned k = 0; k < b->count; k++)
        add_term(&sum, &b->terms[k], factor);
    return sum;
}

/* a * b + what `sum` holds */
static void add_product(struct affine *sum, const struct affine_term *a, const struct affine_term *b) {
    struct affine_term product = *a;
    if (a->count + b->count > AFFINE_FACTORS ||
        __builtin_mul_overflow(a->coefficient, b->coefficient, &product.coefficient)) {
        sum->bad = true;
        return;
    }
    memcpy(product.factors + a->count, b->factors, b->count * sizeof *b->factors);
    product.count = a->count + b->count;
    if (product.count)
        add_term(sum, &product, 1);
    else
        add_constant(sum, product.coefficient);
}

static struct affine multiply(const struct affine *a, const struct affine *b) {
    struct affine product = {.bad = a->bad || b->bad};
    struct affine_term one = {.coefficient = a->constant}, other = {.coefficient = b->constant};
    for (unsigned k = 0; k <= a->count; k++)
        for (unsigned m = 0; m <= b->count && !product.bad; m++)
            add_product(&product, k < a->count ? &a->terms[k] : &one, m < b->count ? &b->terms[m] : &other);
    return product;
}

/* ---- from expressions ------------------------------------------------------------------------- */

struct reading {
    affine_is_index *is_index;
    void *data;
    bool mentions;
};

static bool note_index(struct expr *e, void *data) {
    struct reading *reading = data;
    bool later;
    reading->mentions |= e->kind == EXPR_VAR && reading->is_index(e->u.var, &later, reading->data);
    return !reading->mentions;
}

/* A conversion between integers that are as wide as an index is. */
static bool keeps_value(const struct expr *e) {
    if (e->kind == EXPR_NAMED)
        return e->arg_count == 1;
    const struct type *to = type_strip(e->type);
    return e->kind == EXPR_CAST && to->kind == TYPE_INT && to->scalar >= SCALAR_INT &&
           type_is_int(e->args[0]->type);
}

static struct affine read_expr(struct reading *reading, const struct expr *e) {
    struct affine_var var = {e, false};
    long long value;
    while (keeps_value(e))
        e = e->args[0];
    var.value = e;
    if (expr_is_const_int(e, &value))
        return affine_constant(value);
    if (e->kind == EXPR_VAR) {
        reading->is_index(e->u.var, &var.later, reading->data);
        return affine_of_var(var);
    }
    if (e->kind == EXPR_UNARY && e->u.unary == UNARY_NEG && type_is_int(e->type)) {
        struct affine zero = affine_constant(0), operand = read_expr(reading, e->args[0]);
        return affine_sum(&zero, &operand, -1);
    }
    bool sum = e->kind == EXPR_BINARY && (e->u.binary == BINARY_ADD || e->u.binary == BINARY_SUB);
    if (sum || (e->kind == EXPR_BINARY && e->u.binary == BINARY_MUL)) {
        struct affine a = read_expr(reading, e->args[0]), b = read_expr(reading, e->args[1]);
        return sum ? affine_sum(&a, &b, e->u.binary == BINARY_ADD ? 1 : -1) : multiply(&a, &b);
    }
    reading->mentions = false;
    expr_walk((struct expr *)e, note_index, reading);
    struct affine form = affine_of_var(var);
    form.bad = reading->mentions;
    return form;
}

struct affine affine_of(const struct expr *e, affine_is_index *is_index, void *data) {
    struct reading reading = {is_index, data, false};
    if (!e || !type_is_int(e->type))
        return (struct affine){.bad = true};
    return read_expr(&reading, e);
}

/* ---- bounds ----------------------------------------------------------------------------------- */

/* The index's coefficient; false if it occurs in a product. */
static bool coefficient_of(const struct affine *form, const struct affine_var *index, unsigned *at,
                           long long *coefficient) {
    *coefficient = 0;
    for (unsigned k = 0; k < form->count; k++) {
        if (!has_factor(&form->terms[k], index))
            continue;
        if (form->terms[k].count > 1)
            return false;
        *at = k;
        *coefficient = form->terms[k].coefficient;
    }
    return true;
}

/* The least value over the index: it is replaced by one of its limits. */
static bool eliminate(struct affine *form, const struct affine_limit *limit) {
    unsigned at = 0;
    long long coefficient;
    if (!coefficient_of(form, &limit->index, &at, &coefficient))
        return false;
    if (!coefficient)
        return true;
    remove_term(form, at);
    *form = affine_sum(form, coefficient > 0 ? &limit->lo : &limit->hi, coefficient);
    if (coefficient < 0)
        form->bad |= __builtin_sub_overflow(form->constant, coefficient, &form->constant); /* hi - 1 */
    return !form->bad;
}

bool affine_at_least(const struct affine *form, const struct affine_limits *limits, long long least) {
    struct affine rest = *form;
    for (size_t k = limits->list.count; k-- > 0 && !rest.bad;)
        if (!eliminate(&rest, &limits->list.items[k]))
            return false;
    return !rest.bad && !rest.count && rest.constant >= least;
}

void affine_limit_later(struct affine_limit *limit, const struct expr *step) {
    struct affine now = affine_of_var((struct affine_var){limit->index.value, false});
    long long value = 1;
    expr_is_const_int(step, &value);
    struct affine steps = affine_constant(value), next = affine_sum(&now, &steps, 1);
    if (value > 0) {
        limit->lo = next;
    } else {
        limit->hi = next;
        limit->hi.constant++;
    }
}

/* ---- rows and columns ------------------------------------------------------------------------- */

/* form = row * stride + column, by a factor that is no index. */
static void split(const struct affine *form, const struct affine_var *stride, struct affine *row,
                  struct affine *column) {
    *row = affine_constant(0);
    *column = affine_constant(form->constant);
    column->bad = form->bad;
    for (unsigned k = 0; k < form->count; k++) {
        struct affine_term term = form->terms[k];
        unsigned m = 0;
        while (m < term.count && !affine_same_var(&term.factors[m], stride))
            m++;
        if (m == term.count) {
            add_term(column, &term, 1);
            continue;
        }
        term.factors[m] = term.factors[--term.count];
        if (term.count)
            add_term(row, &term, 1);
        else
            add_constant(row, term.coefficient);
    }
}

/* The same by a constant. */
static void split_constant(const struct affine *form, long long stride, struct affine *row,
                           struct affine *column) {
    long long low = (form->constant % stride + stride) % stride;
    *row = affine_constant((form->constant - low) / stride);
    *column = affine_constant(low);
    column->bad = form->bad;
    for (unsigned k = 0; k < form->count; k++) {
        struct affine_term term = form->terms[k];
        bool whole = term.coefficient % stride == 0;
        if (whole)
            term.coefficient /= stride;
        add_term(whole ? row : column, &term, 1);
    }
}

static bool is_index(const struct affine_limits *limits, const struct affine_var *var) {
    for (size_t k = 0; k < limits->list.count; k++)
        if (affine_same_var(&limits->list.items[k].index, var))
            return true;
    return false;
}

static bool differ(const struct affine_limits *limits, const struct affine *a, const struct affine *b,
                   unsigned splits);

static bool lies_in(const struct affine_limits *limits, const struct affine *column,
                    const struct affine *extent) {
    struct affine room = affine_sum(extent, column, -1);
    return affine_at_least(column, limits, 0) && affine_at_least(&room, limits, 1);
}

/* As row * stride + column, both columns below the stride. */
struct parts {
    struct affine row, column;
};

static bool differ_in_parts(const struct affine_limits *limits, const struct parts *a, const struct parts *b,
                            const struct affine *stride, unsigned splits) {
    return lies_in(limits, &a->column, stride) && lies_in(limits, &b->column, stride) &&
           (differ(limits, &a->row, &b->row, splits + 1) ||
            differ(limits, &a->column, &b->column, splits + 1));
}

static bool differ_by_stride(const struct affine_limits *limits, const struct affine *a,
                             const struct affine *b, const struct affine_var *stride, unsigned splits) {
    struct parts parts_a, parts_b;
    struct affine extent = affine_of_var(*stride);
    split(a, stride, &parts_a.row, &parts_a.column);
    split(b, stride, &parts_b.row, &parts_b.column);
    return differ_in_parts(limits, &parts_a, &parts_b, &extent, splits);
}

static bool differ_by_constant(const struct affine_limits *limits, const struct affine *a,
                               const struct affine *b, long long stride, unsigned splits) {
    struct parts parts_a, parts_b;
    struct affine extent = affine_constant(stride);
    split_constant(a, stride, &parts_a.row, &parts_a.column);
    split_constant(b, stride, &parts_b.row, &parts_b.column);
    return differ_in_parts(limits, &parts_a, &parts_b, &extent, splits);
}

static bool differ(const struct affine_limits *limits, const struct affine *a, const struct affine *b,
                   unsigned splits) {
    struct affine ahead = affine_sum(a, b, -1), behind = affine_sum(b, a, -1);
    if (affine_at_least(&ahead, limits, 1) || affine_at_least(&behind, limits, 1))
        return true;
    for (unsigned k = 0; k < a->count && splits < SPLITS; k++) {
        const struct affine_term *term = &a->terms[k];
        for (unsigned m = 0; m < term->count; m++)
            if (!is_index(limits, &term->factors[m]) &&
                differ_by_stride(limits, a, b, &term->factors[m], splits))
                return true;
        if (term->coefficient > 1 && differ_by_constant(limits, a, b, term->coefficient, splits))
            return true;
    }
    return false;
}

static bool differ_by_row(const struct affine_limits *limits, const struct affine_row *a,
                          const struct affine_row *b) {
    return lies_in(limits, &a->index, &a->extent) && lies_in(limits, &b->index, &b->extent) &&
           differ(limits, &a->index, &b->index, 0);
}

bool affine_places_differ(const struct affine_place *a, const struct affine_place *b,
                          const struct affine_limits *limits) {
    if (differ(limits, &a->offset, &b->offset, 0))
        return true;
    for (unsigned k = 0; k < a->row_count && k < b->row_count; k++)
        if (differ_by_row(limits, &a->rows[k], &b->rows[k]))
            return true;
    return false;
}
