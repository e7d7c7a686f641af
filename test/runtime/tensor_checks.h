/* The checks of tensor.c in one precision. Before the inclusion: T, the tensor type; R, its element; EXACT
 * and APPROXIMATE, the relative errors allowed for rounding and for differences.
 *
 * An operation is looked at as a map of the whole state: the storage of a, b and y, the scalars s and r.
 * Tangents and adjoints must then be those of this map, whatever the operation reads, overwrites or leaves
 * alone, and whichever of the tensors are the same one.
 */
#define JOIN_(a, b) a##b
#define JOIN(a, b) JOIN_(a, b)
#define CALL(name) JOIN(JOIN(T, _), name)
#define HERE(name) JOIN(name##_, T)
#define state HERE(state)
#define state_create HERE(state_create)
#define primal HERE(primal)
#define tangent HERE(tangent)
#define adjoint HERE(adjoint)
#define flatten HERE(flatten)
#define unflatten HERE(unflatten)
#define map HERE(map)
#define problem HERE(problem)
#define check_operation HERE(check_operation)
#define check_inactive HERE(check_inactive)

struct state {
    R storage[3][ROOM];
    T a, b, y;
    R s, r;
};

/* Tensors of this operation over the storage of `v`; see enum sharing. */
static void state_create(struct state *v, const struct operation *op, enum sharing sharing) {
    R *a = v->storage[0];
    R *b = sharing == SHARE_AB || sharing == SHARE_ALL ? a : v->storage[1];
    R *y = sharing == SHARE_AY || sharing == SHARE_ALL ? a : sharing == SHARE_BY ? b : v->storage[2];
    v->a = CALL(view)(a, op->rank, op->a[0], op->a[1], op->a[2], op->a[3]);
    v->b = CALL(view)(b, op->rank, op->b[0], op->b[1], op->b[2], op->b[3]);
    v->y = CALL(view)(y, op->rank, op->y[0], op->y[1], op->y[2], op->y[3]);
}

/* ---- the operations, as the head comment of tensor.h spells them ------------------------------------ */

static void primal(enum kind kind, struct state *v) {
    switch (kind) {
    case FILL: CALL(fill)(&v->y, v->s); break;
    case TRANSPOSE: CALL(transpose)(&v->a, &v->y); break;
    case MATMUL: CALL(matmul)(&v->a, &v->b, &v->y); break;
    case ADD: CALL(add)(&v->a, &v->b, &v->y); break;
    case SUB: CALL(sub)(&v->a, &v->b, &v->y); break;
    case MUL: CALL(mul)(&v->a, &v->b, &v->y); break;
    case SCALE: CALL(scale)(v->s, &v->a, &v->y); break;
    case EXP: CALL(exp)(&v->a, &v->y); break;
    case LOG: CALL(log)(&v->a, &v->y); break;
    case TANH: CALL(tanh)(&v->a, &v->y); break;
    case SQRT: CALL(sqrt)(&v->a, &v->y); break;
    case REDUCE_SUM: v->r = CALL(reduce_sum)(&v->a); break;
    case NORM: v->r = CALL(norm)(&v->a); break;
    case DOT: v->r = CALL(dot)(&v->a, &v->b); break;
    }
}

/* Without its flag the companion of a, or b, is not passed. */
static void tangent(enum kind kind, const struct state *v, struct state *dot, bool a_active, bool b_active) {
    const T *a = a_active ? &dot->a : NULL, *b = b_active ? &dot->b : NULL;
    switch (kind) {
    case FILL:
        CALL(zero)(&dot->y);
        CALL(fill)(&dot->y, dot->s);
        break;
    case TRANSPOSE:
        CALL(zero)(&dot->y);
        if (a)
            CALL(add_transpose)(a, &dot->y);
        break;
    case MATMUL:
        CALL(zero)(&dot->y);
        if (a)
            CALL(add_matmul)(a, &v->b, &dot->y);
        if (b)
            CALL(add_matmul)(&v->a, b, &dot->y);
        break;
    case ADD: CALL(add_tangent)(a, b, &dot->y); break;
    case SUB: CALL(sub_tangent)(a, b, &dot->y); break;
    case MUL: CALL(mul_tangent)(&v->a, a, &v->b, b, &dot->y); break;
    case SCALE:
        CALL(scale_tangent)(v->s, a, &dot->y);
        CALL(add_scaled)(dot->s, &v->a, &dot->y);
        break;
    case EXP: CALL(exp_tangent)(&v->a, a, &dot->y); break;
    case LOG: CALL(log_tangent)(&v->a, a, &dot->y); break;
    case TANH: CALL(tanh_tangent)(&v->a, a, &dot->y); break;
    case SQRT: CALL(sqrt_tangent)(&v->a, a, &dot->y); break;
    case REDUCE_SUM: dot->r = a ? CALL(reduce_sum)(a) : 0; break;
    case NORM: dot->r = a ? CALL(norm_tangent)(&v->a, a) : 0; break;
    case DOT: dot->r = (a ? CALL(dot)(a, &v->b) : 0) + (b ? CALL(dot)(&v->a, b) : 0); break;
    }
}

/* `v` is the state before the operation, `after` that after it. */
static void adjoint(enum kind kind, const struct state *v, const struct state *after, struct state *bar,
                    bool a_active, bool b_active) {
    T *a = a_active ? &bar->a : NULL, *b = b_active ? &bar->b : NULL;
    switch (kind) {
    case FILL:
        bar->s += CALL(reduce_sum)(&bar->y);
        CALL(zero)(&bar->y);
        break;
    case TRANSPOSE:
        CALL(add_transpose)(&bar->y, a);
        CALL(zero)(&bar->y);
        break;
    case MATMUL:
        CALL(add_matmul_nt)(&bar->y, &v->b, a);
        CALL(add_matmul_tn)(&v->a, &bar->y, b);
        CALL(zero)(&bar->y);
        break;
    case ADD: CALL(add_adjoint)(a, b, &bar->y); break;
    case SUB: CALL(sub_adjoint)(a, b, &bar->y); break;
    case MUL: CALL(mul_adjoint)(&v->a, a, &v->b, b, &bar->y); break;
    case SCALE:
        bar->s += CALL(dot)(&v->a, &bar->y);
        CALL(scale_adjoint)(v->s, a, &bar->y);
        break;
    case EXP: CALL(exp_adjoint)(a, &after->y, &bar->y); break;
    case LOG: CALL(log_adjoint)(&v->a, a, &bar->y); break;
    case TANH: CALL(tanh_adjoint)(a, &after->y, &bar->y); break;
    case SQRT: CALL(sqrt_adjoint)(a, &after->y, &bar->y); break;
    case REDUCE_SUM:
        CALL(add_scalar)(a, bar->r);
        bar->r = 0;
        break;
    case NORM:
        CALL(norm_adjoint)(&v->a, a, after->r, bar->r);
        bar->r = 0;
        break;
    case DOT:
        CALL(add_scaled)(bar->r, &v->b, a);
        CALL(add_scaled)(bar->r, &v->a, b);
        bar->r = 0;
        break;
    }
}

/* ---- the state as a vector -------------------------------------------------------------------------- */

static void flatten(const struct state *v, number_t *x) {
    for (size_t i = 0; i < 3 * ROOM; i++)
        x[i] = v->storage[i / ROOM][i % ROOM];
    x[3 * ROOM] = v->s;
    x[3 * ROOM + 1] = v->r;
}

static void unflatten(struct state *v, const number_t *x) {
    for (size_t i = 0; i < 3 * ROOM; i++)
        v->storage[i / ROOM][i % ROOM] = (R)x[i];
    v->s = (R)x[3 * ROOM];
    v->r = (R)x[3 * ROOM + 1];
}

struct problem {
    const struct operation *op;
    enum sharing sharing;
};

static void map(void *context, const number_t *x, number_t *y) {
    const struct problem *problem = (const struct problem *)context;
    struct state v;
    state_create(&v, problem->op, problem->sharing);
    unflatten(&v, x);
    primal(problem->op->kind, &v);
    flatten(&v, y);
}

/* ---- the checks ------------------------------------------------------------------------------------- */

/* Tangent against differences; adjoint against tangent: <w, J d> = <JT w, d>. */
static void check_operation(const struct operation *op, enum sharing sharing, struct number_random *random) {
    struct problem problem = {op, sharing};
    struct state v, after, dot, bar;
    number_t x[SIZE], d[SIZE], w[SIZE], y[SIZE], forward[SIZE], reverse[SIZE], difference[SIZE];
    char what[100];
    snprintf(what, sizeof what, "%s of %s, sharing %d", op->name,
             sizeof(R) == sizeof(float) ? "float" : "double", (int)sharing);
    number_fill(random, SIZE, x, 0.5L, 2);
    number_fill(random, SIZE, d, -1, 1);
    number_fill(random, SIZE, w, -1, 1);
    state_create(&v, op, sharing);
    state_create(&after, op, sharing);
    state_create(&dot, op, sharing);
    state_create(&bar, op, sharing);

    unflatten(&v, x);
    unflatten(&dot, d);
    tangent(op->kind, &v, &dot, true, true);
    flatten(&dot, forward);
    map(&problem, x, y);
    number_difference(map, &problem, SIZE, x, d, SIZE, difference);
    number_close_all(&checks, what, SIZE, forward, difference, APPROXIMATE);

    unflatten(&after, y);
    unflatten(&bar, w);
    adjoint(op->kind, &v, &after, &bar, true, true);
    flatten(&bar, reverse);
    number_close(&checks, what, number_dot(SIZE, reverse, d), number_dot(SIZE, w, forward),
                 number_dot_scale(SIZE, w, forward), EXACT);
}

/* A companion that is not passed counts as zero in tangents and is left alone by adjoints; the others are as
 * before. */
static void check_inactive(const struct operation *op, bool a_active, bool b_active,
                           struct number_random *random) {
    struct problem problem = {op, SHARE_NONE};
    struct state v, after, dot, bar;
    number_t x[SIZE], d[SIZE], w[SIZE], y[SIZE], full[SIZE], some[SIZE];
    number_fill(random, SIZE, x, 0.5L, 2);
    number_fill(random, SIZE, d, -1, 1);
    number_fill(random, SIZE, w, -1, 1);
    for (size_t i = 0; i < ROOM; i++) {
        d[i] = a_active ? d[i] : 0;
        d[ROOM + i] = b_active ? d[ROOM + i] : 0;
    }
    map(&problem, x, y);
    state_create(&v, op, SHARE_NONE);
    state_create(&after, op, SHARE_NONE);
    state_create(&dot, op, SHARE_NONE);
    state_create(&bar, op, SHARE_NONE);
    unflatten(&v, x);
    unflatten(&after, y);

    unflatten(&dot, d);
    tangent(op->kind, &v, &dot, true, true);
    flatten(&dot, full);
    unflatten(&dot, d);
    tangent(op->kind, &v, &dot, a_active, b_active);
    flatten(&dot, some);
    number_close_all(&checks, "tangent of inactive arguments", SIZE, some, full, EXACT);

    unflatten(&bar, w);
    adjoint(op->kind, &v, &after, &bar, true, true);
    flatten(&bar, full);
    unflatten(&bar, w);
    adjoint(op->kind, &v, &after, &bar, a_active, b_active);
    flatten(&bar, some);
    for (size_t i = 0; i < ROOM; i++) {
        full[i] = a_active ? full[i] : w[i];
        full[ROOM + i] = b_active ? full[ROOM + i] : w[ROOM + i];
    }
    number_close_all(&checks, "adjoint of inactive arguments", SIZE, some, full, EXACT);
}

static void JOIN(test_operations_, T)(void) {
    struct number_random random = number_seed(7);
    for (size_t i = 0; i < sizeof operations / sizeof *operations; i++) {
        const struct operation *op = &operations[i];
        for (int sharing = SHARE_NONE; sharing <= (op->elementwise ? SHARE_ALL : SHARE_NONE); sharing++)
            check_operation(op, (enum sharing)sharing, &random);
        if (op->kind == DOT || op->kind == MATMUL)
            check_operation(op, op->kind == DOT ? SHARE_AB : SHARE_NONE, &random);
        for (int active = 0; active < 4; active++)
            check_inactive(op, active % 2 == 1, active / 2 == 1, &random);
    }
}

/* ---- kinks, memory ---------------------------------------------------------------------------------- */

static void JOIN(test_zero_, T)(void) {
    T a = CALL(vector)(3), a_bar = CALL(vector)(3), y = CALL(vector)(3), y_bar = CALL(vector)(3);
    CALL(norm_adjoint)(&a, &a_bar, CALL(norm)(&a), 1);
    number_close(&checks, "the gradient of norm at 0", CALL(norm)(&a_bar), 0, 0, 0);
    number_close(&checks, "the tangent of norm at 0", CALL(norm_tangent)(&a, &y), 0, 0, 0);
    y_bar.data[0] = 1;
    CALL(sqrt)(&a, &y);
    CALL(sqrt_adjoint)(&a_bar, &y, &y_bar);
    number_check(&checks, "sqrt'(0) is infinite", isinf(a_bar.data[0]));
    number_close(&checks, "but 0 where the seed is 0", a_bar.data[1], 0, 0, 0);
    CALL(zero)(NULL);
    CALL(free)(NULL);
    CALL(free)(&a);
    CALL(free)(&a_bar);
    CALL(free)(&y);
    CALL(free)(&y_bar);
    number_check(&checks, "free forgets the data", a.data == NULL);
}

static void JOIN(test_shapes_, T)(void) {
    T scalar = CALL(create)(0, 9, 9, 9, 9), empty = CALL(create)(3, 2, 0, 5, 9),
      full = CALL(create)(4, 2, 3, 4, 5);
    T column = CALL(matrix)(4, 1), row = CALL(matrix)(1, 4), product = CALL(matrix)(1, 1);
    number_check(&checks, "a tensor of rank 0 has one element", CALL(size)(&scalar) == 1);
    number_check(&checks, "an empty tensor has none", CALL(size)(&empty) == 0);
    number_check(&checks, "a tensor of rank 4", CALL(size)(&full) == 120 && full.shape[3] == 5);
    number_check(&checks, "dimensions behind the rank are 1", scalar.shape[0] == 1 && empty.shape[3] == 1);
    number_close(&checks, "tensors begin as zeros", CALL(norm)(&full), 0, 0, 0);
    CALL(fill)(&empty, 1);
    number_close(&checks, "the sum of nothing", CALL(reduce_sum)(&empty), 0, 0, 0);
    for (size_t i = 0; i < 4; i++)
        column.data[i] = (R)i;
    CALL(transpose)(&column, &row);
    CALL(matmul)(&row, &column, &product);
    number_close(&checks, "x'x for x = (0, 1, 2, 3)", product.data[0], 14, 0, 0);
    CALL(free)(&scalar);
    CALL(free)(&empty);
    CALL(free)(&full);
    CALL(free)(&column);
    CALL(free)(&row);
    CALL(free)(&product);
}

#undef state
#undef state_create
#undef primal
#undef tangent
#undef adjoint
#undef flatten
#undef unflatten
#undef map
#undef problem
#undef check_operation
#undef check_inactive
#undef HERE
#undef CALL
#undef JOIN
#undef JOIN_
#undef T
#undef R
#undef EXACT
#undef APPROXIMATE
