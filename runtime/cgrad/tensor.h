/* <cgrad/tensor.h>: small dense tensors whose operations cgrad knows how to differentiate.
 *
 * A tensor has a rank of 0 to 4, a shape, and contiguous row-major data: `cgrad_tensor` of double,
 * `cgrad_tensorf` of float with the same functions under `cgrad_tensorf_`. Inputs are const pointers and come
 * first; the result is the last argument, a tensor that exists already and has the right shape.
 *
 * Shapes that do not fit are an error: a message on standard error names the operation and the shapes, and
 * the program aborts (define CGRAD_TENSOR_ERROR(message) before the inclusion to do something else, which
 * must not return). Elementwise operations and scale may write their result over an input; matmul and
 * transpose may not.
 *
 * Derivatives. x' is the tangent of x (`x_dot`) or, in the column of adjoints, its adjoint (`x_bar`); y is
 * the result; products of tensors without `matmul` are elementwise. Every adjoint is: t = y'; y' = 0; then
 * what stands in the table.
 *
 *     operation         result         tangent                adjoint                    it reads
 *     fill(y, v)        y = v          y' = v'                v' += sum t
 *     transpose(a, y)   y = aT         y' = a'T               a' += tT
 *     matmul(a, b, y)   y = a b        y' = a' b + a b'       a' += t bT,  b' += aT t    b for a', a for b'
 *     add(a, b, y)      y = a + b      y' = a' + b'           a' += t,  b' += t
 *     sub(a, b, y)      y = a - b      y' = a' - b'           a' += t,  b' -= t
 *     mul(a, b, y)      y = a b        y' = a' b + a b'       a' += t b,  b' += t a      b for a', a for b'
 *     scale(s, a, y)    y = s a        y' = s a' + s' a       a' += s t,  s' += t . a    s for a', a for s'
 *     exp(a, y)         y = exp a      y' = y a'              a' += t y                  y
 *     log(a, y)         y = log a      y' = a' / a            a' += t / a                a
 *     tanh(a, y)        y = tanh a     y' = (1 - y y) a'      a' += t (1 - y y)          y
 *     sqrt(a, y)        y = sqrt a     y' = a' / (2 y)        a' += t / (2 y)            y
 *     reduce_sum(a)     y = sum a      y' = sum a'            a' += t
 *     norm(a)           y = |a|        y' = a . a' / y        a' += t a / y              a, y
 *     dot(a, b)         y = a . b      y' = a' . b + a . b'   a' += t b,  b' += t a      b for a', a for b'
 *
 * How the rules spell it, with `a'?` for NULL where a is inactive: such a call must stay, for it sets or
 * clears y'. Other calls are left out with an inactive companion. Tangents come before the operation.
 *
 *     fill        tangent  zero(y'); fill(y', v')
 *                 adjoint  v' += reduce_sum(y'); zero(y')
 *     transpose   tangent  zero(y'); add_transpose(a', y')
 *                 adjoint  add_transpose(y', a'); zero(y')
 *     matmul      tangent  zero(y'); add_matmul(a', b, y'); add_matmul(a, b', y')
 *                 adjoint  add_matmul_nt(y', b, a'); add_matmul_tn(a, y', b'); zero(y')
 *     add, sub    tangent  add_tangent(a'?, b'?, y')
 *                 adjoint  add_adjoint(a'?, b'?, y')
 *     mul         tangent  mul_tangent(a, a'?, b, b'?, y')
 *                 adjoint  mul_adjoint(a, a'?, b, b'?, y')
 *     scale       tangent  scale_tangent(s, a'?, y'); add_scaled(s', a, y')
 *                 adjoint  s' += dot(a, y'); scale_adjoint(s, a'?, y')
 *     log         tangent  log_tangent(a, a'?, y')
 *                 adjoint  log_adjoint(a, a'?, y')
 *     exp...      tangent  exp_tangent(a, a'?, y')
 *                 adjoint  exp_adjoint(a'?, y, y')
 *     reduce_sum  tangent  y' = reduce_sum(a')
 *                 adjoint  add_scalar(a', y'); y' = 0
 *     norm        tangent  y' = norm_tangent(a, a')
 *                 adjoint  norm_adjoint(a, a', y, y'); y' = 0
 *     dot         tangent  y' = dot(a', b) + dot(a, b')
 *                 adjoint  add_scaled(y', b, a'); add_scaled(y', a, b'); y' = 0
 *
 * Where an operation wrote its result over an input, `a` in an adjoint means the value before the operation
 * and `y` the value after it. A companion has the shape of its primal.
 */
#ifndef CGRAD_TENSOR_H
#define CGRAD_TENSOR_H

#include <math.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#ifndef CGRAD_INLINE
#if defined(__GNUC__) || defined(__TINYC__)
#define CGRAD_INLINE static inline __attribute__((unused))
#else
#define CGRAD_INLINE static inline
#endif
#endif

#define CGRAD_TENSOR_RANK 4

#ifndef CGRAD_TENSOR_ERROR
#define CGRAD_TENSOR_ERROR(message) (fprintf(stderr, "cgrad: %s\n", (message)), abort())
#endif

/* ---- shapes: what does not depend on the precision -------------------------------------------------- */

/* Writes "(2, 3)". */
CGRAD_INLINE void cgrad_shape_print(char *text, size_t room, int rank, const size_t *shape) {
    int length = snprintf(text, room, "(");
    for (int i = 0; i < rank && length > 0 && (size_t)length < room; i++)
        length += snprintf(text + length, room - (size_t)length, i == 0 ? "%zu" : ", %zu", shape[i]);
    if (length > 0 && (size_t)length < room)
        snprintf(text + length, room - (size_t)length, ")");
}

CGRAD_INLINE void cgrad_shape_fail(const char *operation, const char *why, int rank_a, const size_t *a,
                                   int rank_b, const size_t *b) {
    char text_a[100], text_b[100], message[400];
    cgrad_shape_print(text_a, sizeof text_a, rank_a, a);
    cgrad_shape_print(text_b, sizeof text_b, rank_b, b);
    snprintf(message, sizeof message, "%s: shapes %s and %s do not fit: %s", operation, text_a, text_b, why);
    CGRAD_TENSOR_ERROR(message);
}

CGRAD_INLINE void cgrad_shape_require_same(const char *operation, int rank_a, const size_t *a, int rank_b,
                                           const size_t *b) {
    int same = rank_a == rank_b;
    for (int i = 0; same && i < rank_a; i++)
        same = a[i] == b[i];
    if (!same)
        cgrad_shape_fail(operation, "they must be equal", rank_a, a, rank_b, b);
}

/* Matrices, and dimension i of a is dimension k of b. */
CGRAD_INLINE void cgrad_shape_require_match(const char *operation, int rank_a, const size_t *a, int i,
                                            int rank_b, const size_t *b, int k) {
    char why[100];
    if (rank_a == 2 && rank_b == 2 && a[i] == b[k])
        return;
    snprintf(why, sizeof why, "matrices must agree in dimension %d of the first and %d of the second", i, k);
    cgrad_shape_fail(operation, why, rank_a, a, rank_b, b);
}

/* A rank that there is, and a size in bytes that is a size_t. */
CGRAD_INLINE void cgrad_shape_require_size(const char *operation, int rank, const size_t *shape,
                                           size_t element) {
    size_t bytes = element;
    char text[100], message[200];
    if (rank < 0 || rank > CGRAD_TENSOR_RANK) {
        snprintf(message, sizeof message, "%s: rank %d: ranks are 0 to %d", operation, rank,
                 CGRAD_TENSOR_RANK);
        CGRAD_TENSOR_ERROR(message);
    }
    for (int i = 0; i < rank; i++) {
        if (shape[i] > 0 && bytes > SIZE_MAX / shape[i]) {
            cgrad_shape_print(text, sizeof text, rank, shape);
            snprintf(message, sizeof message, "%s: shape %s is too large", operation, text);
            CGRAD_TENSOR_ERROR(message);
        }
        bytes *= shape[i];
    }
}

/* The rest is written once for both precisions: T is the type and the prefix of its functions, R the type of
 * an element. */

/* ---- tensors ---------------------------------------------------------------------------------------- */

/* T_create(rank, d0, d1, d2, d3): a new tensor of zeros; dimensions from `rank` on are ignored. Running out
 * of memory is an error. T_vector(n) has shape (n), T_matrix(rows, columns) shape (rows, columns).
 * T_view(data, rank, d0, d1, d2, d3): the caller's memory as a tensor; not to be freed by T_free.
 * T_free(t): gives the data back; t must be created anew before it is used again. NULL is allowed.
 * T_size(t): the number of elements. */
#define CGRAD_TENSOR_TYPE(T, R)                                                                              \
    typedef struct T {                                                                                       \
        int rank;                                                                                            \
        size_t shape[CGRAD_TENSOR_RANK];                                                                     \
        R *data;                                                                                             \
    } T;                                                                                                     \
                                                                                                             \
    CGRAD_INLINE size_t T##_size(const T *t) {                                                               \
        size_t size = 1;                                                                                     \
        for (int i = 0; i < t->rank; i++)                                                                    \
            size *= t->shape[i];                                                                             \
        return size;                                                                                         \
    }                                                                                                        \
                                                                                                             \
    /* Equal shapes, or one of the tensors is not there. */                                                  \
    CGRAD_INLINE void T##_require_same(const char *operation, const T *a, const T *b) {                      \
        if (a && b)                                                                                          \
            cgrad_shape_require_same(operation, a->rank, a->shape, b->rank, b->shape);                       \
    }                                                                                                        \
                                                                                                             \
    CGRAD_INLINE void T##_require_match(const char *operation, const T *a, int i, const T *b, int k) {       \
        cgrad_shape_require_match(operation, a->rank, a->shape, i, b->rank, b->shape, k);                    \
    }                                                                                                        \
                                                                                                             \
    CGRAD_INLINE void T##_require_apart(const char *operation, const T *a, const T *out) {                   \
        char message[100];                                                                                   \
        if (a->data != out->data)                                                                            \
            return;                                                                                          \
        snprintf(message, sizeof message, "%s: the result must not be one of the operands", operation);      \
        CGRAD_TENSOR_ERROR(message);                                                                         \
    }                                                                                                        \
                                                                                                             \
    CGRAD_INLINE T T##_shaped(const char *operation, R *data, int rank, size_t d0, size_t d1, size_t d2,     \
                              size_t d3) {                                                                   \
        const size_t given[CGRAD_TENSOR_RANK] = {d0, d1, d2, d3};                                            \
        T t;                                                                                                 \
        cgrad_shape_require_size(operation, rank, given, sizeof(R));                                         \
        t.rank = rank;                                                                                       \
        for (int i = 0; i < CGRAD_TENSOR_RANK; i++)                                                          \
            t.shape[i] = i < rank ? given[i] : 1;                                                            \
        t.data = data;                                                                                       \
        return t;                                                                                            \
    }                                                                                                        \
                                                                                                             \
    CGRAD_INLINE T T##_view(R *data, int rank, size_t d0, size_t d1, size_t d2, size_t d3) {                 \
        return T##_shaped(#T "_view", data, rank, d0, d1, d2, d3);                                           \
    }                                                                                                        \
                                                                                                             \
    CGRAD_INLINE T T##_create(int rank, size_t d0, size_t d1, size_t d2, size_t d3) {                        \
        T t = T##_shaped(#T "_create", NULL, rank, d0, d1, d2, d3);                                          \
        size_t size = T##_size(&t);                                                                          \
        t.data = (R *)calloc(size > 0 ? size : 1, sizeof(R));                                                \
        if (!t.data)                                                                                         \
            CGRAD_TENSOR_ERROR(#T "_create: out of memory");                                                 \
        return t;                                                                                            \
    }                                                                                                        \
                                                                                                             \
    CGRAD_INLINE T T##_vector(size_t n) {                                                                    \
        return T##_create(1, n, 1, 1, 1);                                                                    \
    }                                                                                                        \
                                                                                                             \
    CGRAD_INLINE T T##_matrix(size_t rows, size_t columns) {                                                 \
        return T##_create(2, rows, columns, 1, 1);                                                           \
    }                                                                                                        \
                                                                                                             \
    CGRAD_INLINE void T##_free(T *t) {                                                                       \
        if (t) {                                                                                             \
            free(t->data);                                                                                   \
            t->data = NULL;                                                                                  \
        }                                                                                                    \
    }

/* ---- one tensor: fill, scale ------------------------------------------------------------------------ */

/* T_fill(out, value): out = value.            T_zero(out): out = 0; NULL is allowed.
 * T_add_scalar(out, value): out += value; NULL is allowed.
 * T_add_scaled(s, a, out): out += s a; an `out` of NULL is allowed.
 * T_scale(s, a, out): out = s a; a may be out. */
#define CGRAD_TENSOR_SCALE(T, R)                                                                             \
    CGRAD_INLINE void T##_fill(T *out, R value) {                                                            \
        const size_t size = T##_size(out);                                                                   \
        for (size_t i = 0; i < size; i++)                                                                    \
            out->data[i] = value;                                                                            \
    }                                                                                                        \
                                                                                                             \
    CGRAD_INLINE void T##_zero(T *out) {                                                                     \
        if (out)                                                                                             \
            T##_fill(out, 0);                                                                                \
    }                                                                                                        \
                                                                                                             \
    CGRAD_INLINE void T##_add_scalar(T *out, R value) {                                                      \
        const size_t size = out ? T##_size(out) : 0;                                                         \
        for (size_t i = 0; i < size; i++)                                                                    \
            out->data[i] += value;                                                                           \
    }                                                                                                        \
                                                                                                             \
    CGRAD_INLINE void T##_add_scaled(R s, const T *a, T *out) {                                              \
        const size_t size = out ? T##_size(out) : 0;                                                         \
        T##_require_same(#T "_add_scaled", a, out);                                                          \
        for (size_t i = 0; i < size; i++)                                                                    \
            out->data[i] += s * a->data[i];                                                                  \
    }                                                                                                        \
                                                                                                             \
    CGRAD_INLINE void T##_scale(R s, const T *a, T *out) {                                                   \
        const size_t size = T##_size(out);                                                                   \
        T##_require_same(#T "_scale", a, out);                                                               \
        for (size_t i = 0; i < size; i++)                                                                    \
            out->data[i] = s * a->data[i];                                                                   \
    }                                                                                                        \
                                                                                                             \
    CGRAD_INLINE void T##_scale_tangent(R s, const T *a_dot, T *out_dot) {                                   \
        if (a_dot)                                                                                           \
            T##_scale(s, a_dot, out_dot);                                                                    \
        else                                                                                                 \
            T##_zero(out_dot);                                                                               \
    }                                                                                                        \
                                                                                                             \
    CGRAD_INLINE void T##_scale_adjoint(R s, T *a_bar, T *out_bar) {                                         \
        const size_t size = T##_size(out_bar);                                                               \
        T##_require_same(#T "_scale_adjoint", a_bar, out_bar);                                               \
        for (size_t i = 0; i < size; i++) {                                                                  \
            const R t = out_bar->data[i];                                                                    \
            out_bar->data[i] = 0;                                                                            \
            if (a_bar)                                                                                       \
                a_bar->data[i] += s * t;                                                                     \
        }                                                                                                    \
    }

/* ---- two tensors, elementwise: add, sub, mul -------------------------------------------------------- */

/* T_NAME(a, b, out): each element of out is `value` of x in a and y in b. a, b and out may be the same
 * tensor. T_NAME_tangent, T_NAME_adjoint: with parameters as in the table; a companion may be NULL. */
#define CGRAD_TENSOR_BINARY(T, R, NAME, value)                                                               \
    CGRAD_INLINE void T##_##NAME(const T *a, const T *b, T *out) {                                           \
        const size_t size = T##_size(out);                                                                   \
        T##_require_same(#T "_" #NAME, a, b);                                                                \
        T##_require_same(#T "_" #NAME, a, out);                                                              \
        for (size_t i = 0; i < size; i++) {                                                                  \
            const R x = a->data[i], y = b->data[i];                                                          \
            out->data[i] = value;                                                                            \
        }                                                                                                    \
    }

/* The partials of add and sub are 1 and `sign`. */
#define CGRAD_TENSOR_SUM(T, R, NAME, sign)                                                                   \
    CGRAD_INLINE void T##_##NAME##_tangent(const T *a_dot, const T *b_dot, T *out_dot) {                     \
        const size_t size = T##_size(out_dot);                                                               \
        T##_require_same(#T "_" #NAME "_tangent", a_dot, out_dot);                                           \
        T##_require_same(#T "_" #NAME "_tangent", b_dot, out_dot);                                           \
        for (size_t i = 0; i < size; i++) {                                                                  \
            const R x = a_dot ? a_dot->data[i] : 0, y = b_dot ? b_dot->data[i] : 0;                          \
            out_dot->data[i] = x sign y;                                                                     \
        }                                                                                                    \
    }                                                                                                        \
                                                                                                             \
    CGRAD_INLINE void T##_##NAME##_adjoint(T *a_bar, T *b_bar, T *out_bar) {                                 \
        const size_t size = T##_size(out_bar);                                                               \
        T##_require_same(#T "_" #NAME "_adjoint", a_bar, out_bar);                                           \
        T##_require_same(#T "_" #NAME "_adjoint", b_bar, out_bar);                                           \
        for (size_t i = 0; i < size; i++) {                                                                  \
            const R t = out_bar->data[i];                                                                    \
            out_bar->data[i] = 0;                                                                            \
            if (a_bar)                                                                                       \
                a_bar->data[i] += t;                                                                         \
            if (b_bar)                                                                                       \
                b_bar->data[i] = b_bar->data[i] sign t;                                                      \
        }                                                                                                    \
    }

/* a is read for b's companion only, and b for a's: without it they may be NULL. */
#define CGRAD_TENSOR_PRODUCT(T, R)                                                                           \
    CGRAD_INLINE void T##_mul_tangent(const T *a, const T *a_dot, const T *b, const T *b_dot, T *out_dot) {  \
        const size_t size = T##_size(out_dot);                                                               \
        T##_require_same(#T "_mul_tangent", a_dot, out_dot);                                                 \
        T##_require_same(#T "_mul_tangent", b_dot, out_dot);                                                 \
        for (size_t i = 0; i < size; i++) {                                                                  \
            const R x = a_dot ? a_dot->data[i] * b->data[i] : 0;                                             \
            const R y = b_dot ? a->data[i] * b_dot->data[i] : 0;                                             \
            out_dot->data[i] = x + y;                                                                        \
        }                                                                                                    \
    }                                                                                                        \
                                                                                                             \
    CGRAD_INLINE void T##_mul_adjoint(const T *a, T *a_bar, const T *b, T *b_bar, T *out_bar) {              \
        const size_t size = T##_size(out_bar);                                                               \
        T##_require_same(#T "_mul_adjoint", a_bar, out_bar);                                                 \
        T##_require_same(#T "_mul_adjoint", b_bar, out_bar);                                                 \
        for (size_t i = 0; i < size; i++) {                                                                  \
            const R t = out_bar->data[i];                                                                    \
            out_bar->data[i] = 0;                                                                            \
            if (a_bar)                                                                                       \
                a_bar->data[i] += t * b->data[i];                                                            \
            if (b_bar)                                                                                       \
                b_bar->data[i] += t * a->data[i];                                                            \
        }                                                                                                    \
    }

/* ---- one tensor, elementwise: exp, log, tanh, sqrt -------------------------------------------------- */

/* T_NAME(a, out): each element of out is `function` of the element of a; a may be out.
 * T_NAME_tangent(a, a_dot, out_dot), and T_NAME_adjoint(a_bar, out, out_bar) where the partial is a formula
 * in the result y, T_NAME_adjoint(a, a_bar, out_bar) where it is one in the argument x. A companion of zero
 * stays zero where the partial is infinite. a_dot and a_bar may be NULL. */
#define CGRAD_TENSOR_UNARY(T, R, NAME, function, partial)                                                    \
    CGRAD_INLINE void T##_##NAME(const T *a, T *out) {                                                       \
        const size_t size = T##_size(out);                                                                   \
        T##_require_same(#T "_" #NAME, a, out);                                                              \
        for (size_t i = 0; i < size; i++)                                                                    \
            out->data[i] = function(a->data[i]);                                                             \
    }                                                                                                        \
                                                                                                             \
    CGRAD_INLINE void T##_##NAME##_tangent(const T *a, const T *a_dot, T *out_dot) {                         \
        const size_t size = T##_size(out_dot);                                                               \
        T##_require_same(#T "_" #NAME "_tangent", a, out_dot);                                               \
        T##_require_same(#T "_" #NAME "_tangent", a_dot, out_dot);                                           \
        for (size_t i = 0; i < size; i++) {                                                                  \
            const R x = a->data[i], y = function(x), t = a_dot ? a_dot->data[i] : 0;                         \
            (void)x;                                                                                         \
            (void)y;                                                                                         \
            out_dot->data[i] = t == 0 ? 0 : t * (partial);                                                   \
        }                                                                                                    \
    }

#define CGRAD_TENSOR_ADJOINT_BY_RESULT(T, R, NAME, partial)                                                  \
    CGRAD_INLINE void T##_##NAME##_adjoint(T *a_bar, const T *out, T *out_bar) {                             \
        const size_t size = T##_size(out_bar);                                                               \
        T##_require_same(#T "_" #NAME "_adjoint", a_bar, out_bar);                                           \
        for (size_t i = 0; i < size; i++) {                                                                  \
            const R y = out->data[i], t = out_bar->data[i];                                                  \
            out_bar->data[i] = 0;                                                                            \
            if (a_bar)                                                                                       \
                a_bar->data[i] += t == 0 ? 0 : t * (partial);                                                \
        }                                                                                                    \
    }

#define CGRAD_TENSOR_ADJOINT_BY_ARGUMENT(T, R, NAME, partial)                                                \
    CGRAD_INLINE void T##_##NAME##_adjoint(const T *a, T *a_bar, T *out_bar) {                               \
        const size_t size = T##_size(out_bar);                                                               \
        T##_require_same(#T "_" #NAME "_adjoint", a_bar, out_bar);                                           \
        for (size_t i = 0; i < size; i++) {                                                                  \
            const R x = a->data[i], t = out_bar->data[i];                                                    \
            out_bar->data[i] = 0;                                                                            \
            if (a_bar)                                                                                       \
                a_bar->data[i] += t == 0 ? 0 : t * (partial);                                                \
        }                                                                                                    \
    }

/* ---- matrices: transpose, matmul -------------------------------------------------------------------- */

/* All tensors have rank 2, and out is none of the inputs.
 * T_transpose(a, out): out = aT.              T_add_transpose(a, out): out += aT
 * T_matmul(a, b, out): out = a b.             T_add_matmul(a, b, out): out += a b
 * T_add_matmul_nt(a, b, out): out += a bT     T_add_matmul_tn(a, b, out): out += aT b
 * The `add` forms allow an `out` of NULL. */
#define CGRAD_TENSOR_MATRIX(T, R)                                                                            \
    CGRAD_INLINE void T##_add_transpose(const T *a, T *out) {                                                \
        if (!out)                                                                                            \
            return;                                                                                          \
        T##_require_match(#T "_transpose", a, 0, out, 1);                                                    \
        T##_require_match(#T "_transpose", a, 1, out, 0);                                                    \
        T##_require_apart(#T "_transpose", a, out);                                                          \
        const size_t rows = a->shape[0], columns = a->shape[1];                                              \
        for (size_t i = 0; i < rows; i++)                                                                    \
            for (size_t j = 0; j < columns; j++)                                                             \
                out->data[j * rows + i] += a->data[i * columns + j];                                         \
    }                                                                                                        \
                                                                                                             \
    CGRAD_INLINE void T##_transpose(const T *a, T *out) {                                                    \
        T##_zero(out);                                                                                       \
        T##_add_transpose(a, out);                                                                           \
    }                                                                                                        \
                                                                                                             \
    CGRAD_INLINE void T##_add_matmul(const T *a, const T *b, T *out) {                                       \
        if (!out)                                                                                            \
            return;                                                                                          \
        T##_require_match(#T "_matmul", a, 1, b, 0);                                                         \
        T##_require_match(#T "_matmul", a, 0, out, 0);                                                       \
        T##_require_match(#T "_matmul", b, 1, out, 1);                                                       \
        T##_require_apart(#T "_matmul", a, out);                                                             \
        T##_require_apart(#T "_matmul", b, out);                                                             \
        const size_t rows = a->shape[0], inner = a->shape[1], columns = b->shape[1];                         \
        for (size_t i = 0; i < rows; i++)                                                                    \
            for (size_t k = 0; k < inner; k++) {                                                             \
                const R factor = a->data[i * inner + k];                                                     \
                for (size_t j = 0; j < columns; j++)                                                         \
                    out->data[i * columns + j] += factor * b->data[k * columns + j];                         \
            }                                                                                                \
    }                                                                                                        \
                                                                                                             \
    CGRAD_INLINE void T##_matmul(const T *a, const T *b, T *out) {                                           \
        T##_zero(out);                                                                                       \
        T##_add_matmul(a, b, out);                                                                           \
    }                                                                                                        \
                                                                                                             \
    CGRAD_INLINE void T##_add_matmul_nt(const T *a, const T *b, T *out) {                                    \
        if (!out)                                                                                            \
            return;                                                                                          \
        T##_require_match(#T "_add_matmul_nt", a, 1, b, 1);                                                  \
        T##_require_match(#T "_add_matmul_nt", a, 0, out, 0);                                                \
        T##_require_match(#T "_add_matmul_nt", b, 0, out, 1);                                                \
        const size_t rows = a->shape[0], inner = a->shape[1], columns = b->shape[0];                         \
        for (size_t i = 0; i < rows; i++)                                                                    \
            for (size_t j = 0; j < columns; j++) {                                                           \
                R sum = 0;                                                                                   \
                for (size_t k = 0; k < inner; k++)                                                           \
                    sum += a->data[i * inner + k] * b->data[j * inner + k];                                  \
                out->data[i * columns + j] += sum;                                                           \
            }                                                                                                \
    }                                                                                                        \
                                                                                                             \
    CGRAD_INLINE void T##_add_matmul_tn(const T *a, const T *b, T *out) {                                    \
        if (!out)                                                                                            \
            return;                                                                                          \
        T##_require_match(#T "_add_matmul_tn", a, 0, b, 0);                                                  \
        T##_require_match(#T "_add_matmul_tn", a, 1, out, 0);                                                \
        T##_require_match(#T "_add_matmul_tn", b, 1, out, 1);                                                \
        const size_t inner = a->shape[0], rows = a->shape[1], columns = b->shape[1];                         \
        for (size_t k = 0; k < inner; k++)                                                                   \
            for (size_t i = 0; i < rows; i++) {                                                              \
                const R factor = a->data[k * rows + i];                                                      \
                for (size_t j = 0; j < columns; j++)                                                         \
                    out->data[i * columns + j] += factor * b->data[k * columns + j];                         \
            }                                                                                                \
    }

/* ---- reductions: reduce_sum, norm, dot -------------------------------------------------------------- */

/* T_reduce_sum(a), T_dot(a, b), and T_norm(a), the Euclidean norm over all elements whatever the rank; summed
 * in double. T_norm_tangent(a, a_dot) is the tangent of the norm; T_norm_adjoint(a, a_bar, result,
 * result_bar) adds to a_bar (NULL is allowed). Both take the derivative of the norm at 0 to be 0. */
#define CGRAD_TENSOR_REDUCE(T, R)                                                                            \
    CGRAD_INLINE R T##_reduce_sum(const T *a) {                                                              \
        const size_t size = T##_size(a);                                                                     \
        double sum = 0;                                                                                      \
        for (size_t i = 0; i < size; i++)                                                                    \
            sum += a->data[i];                                                                               \
        return (R)sum;                                                                                       \
    }                                                                                                        \
                                                                                                             \
    CGRAD_INLINE R T##_dot(const T *a, const T *b) {                                                         \
        const size_t size = T##_size(a);                                                                     \
        double sum = 0;                                                                                      \
        T##_require_same(#T "_dot", a, b);                                                                   \
        for (size_t i = 0; i < size; i++)                                                                    \
            sum += (double)a->data[i] * (double)b->data[i];                                                  \
        return (R)sum;                                                                                       \
    }                                                                                                        \
                                                                                                             \
    CGRAD_INLINE R T##_norm(const T *a) {                                                                    \
        const size_t size = T##_size(a);                                                                     \
        double sum = 0;                                                                                      \
        for (size_t i = 0; i < size; i++)                                                                    \
            sum += (double)a->data[i] * (double)a->data[i];                                                  \
        return (R)sqrt(sum);                                                                                 \
    }                                                                                                        \
                                                                                                             \
    CGRAD_INLINE R T##_norm_tangent(const T *a, const T *a_dot) {                                            \
        const R norm = T##_norm(a);                                                                          \
        return norm == 0 ? 0 : T##_dot(a, a_dot) / norm;                                                     \
    }                                                                                                        \
                                                                                                             \
    CGRAD_INLINE void T##_norm_adjoint(const T *a, T *a_bar, R result, R result_bar) {                       \
        if (result != 0)                                                                                     \
            T##_add_scaled(result_bar / result, a, a_bar);                                                   \
    }

/* ---- both precisions -------------------------------------------------------------------------------- */

#define CGRAD_TENSOR_DEFINE(T, R, EXP, LOG, TANH, SQRT)                                                      \
    CGRAD_TENSOR_TYPE(T, R)                                                                                  \
    CGRAD_TENSOR_SCALE(T, R)                                                                                 \
    CGRAD_TENSOR_BINARY(T, R, add, x + y)                                                                    \
    CGRAD_TENSOR_SUM(T, R, add, +)                                                                           \
    CGRAD_TENSOR_BINARY(T, R, sub, x - y)                                                                    \
    CGRAD_TENSOR_SUM(T, R, sub, -)                                                                           \
    CGRAD_TENSOR_BINARY(T, R, mul, x *y)                                                                     \
    CGRAD_TENSOR_PRODUCT(T, R)                                                                               \
    CGRAD_TENSOR_UNARY(T, R, exp, EXP, y)                                                                    \
    CGRAD_TENSOR_ADJOINT_BY_RESULT(T, R, exp, y)                                                             \
    CGRAD_TENSOR_UNARY(T, R, log, LOG, 1 / x)                                                                \
    CGRAD_TENSOR_ADJOINT_BY_ARGUMENT(T, R, log, 1 / x)                                                       \
    CGRAD_TENSOR_UNARY(T, R, tanh, TANH, 1 - y * y)                                                          \
    CGRAD_TENSOR_ADJOINT_BY_RESULT(T, R, tanh, 1 - y * y)                                                    \
    CGRAD_TENSOR_UNARY(T, R, sqrt, SQRT, 1 / (2 * y))                                                        \
    CGRAD_TENSOR_ADJOINT_BY_RESULT(T, R, sqrt, 1 / (2 * y))                                                  \
    CGRAD_TENSOR_MATRIX(T, R)                                                                                \
    CGRAD_TENSOR_REDUCE(T, R)

CGRAD_TENSOR_DEFINE(cgrad_tensor, double, exp, log, tanh, sqrt)
CGRAD_TENSOR_DEFINE(cgrad_tensorf, float, expf, logf, tanhf, sqrtf)

#endif
