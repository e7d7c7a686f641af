/* Tensor operations: values, tangents against differences, adjoints against tangents, in place too; errors.
 */
#include <setjmp.h>
#include <string.h>

static jmp_buf after_error;
static char error[500];
static void catch_error(const char *message);
#define CGRAD_TENSOR_ERROR(message) catch_error(message)
#include <cgrad/tensor.h>

#include "../support/numbers.h"

static struct number_checks checks;

static void catch_error(const char *message) {
    strncpy(error, message, sizeof error - 1);
    longjmp(after_error, 1);
}

/* ---- the operations and the shapes they are tried with ---------------------------------------------- */

enum kind { FILL, TRANSPOSE, MATMUL, ADD, SUB, MUL, SCALE, EXP, LOG, TANH, SQRT, REDUCE_SUM, NORM, DOT };

/* Which of the tensors a, b and y are one and the same. */
enum sharing { SHARE_NONE, SHARE_AY, SHARE_BY, SHARE_AB, SHARE_ALL };

struct operation {
    const char *name;
    enum kind kind;
    bool elementwise; /* any of the tensors may be the same */
    int rank;
    size_t a[4], b[4], y[4];
};

/* ROOM: for the elements of one tensor; SIZE: of the whole state. */
enum { ROOM = 12, SIZE = 3 * ROOM + 2 };

static const struct operation operations[] = {
    {"fill", FILL, true, 3, {2, 3, 2}, {2, 3, 2}, {2, 3, 2}},
    {"transpose", TRANSPOSE, false, 2, {2, 3}, {1, 1}, {3, 2}},
    {"transpose of a row", TRANSPOSE, false, 2, {1, 5}, {1, 1}, {5, 1}},
    {"matmul", MATMUL, false, 2, {2, 3}, {3, 4}, {2, 4}},
    {"matmul of row and column", MATMUL, false, 2, {1, 4}, {4, 1}, {1, 1}},
    {"matmul of column and row", MATMUL, false, 2, {3, 1}, {1, 4}, {3, 4}},
    {"add", ADD, true, 2, {3, 4}, {3, 4}, {3, 4}},
    {"sub", SUB, true, 1, {5}, {5}, {5}},
    {"mul", MUL, true, 4, {2, 1, 3, 2}, {2, 1, 3, 2}, {2, 1, 3, 2}},
    {"mul of rank 0", MUL, true, 0, {1}, {1}, {1}},
    {"scale", SCALE, true, 2, {4, 3}, {4, 3}, {4, 3}},
    {"exp", EXP, true, 1, {12}, {12}, {12}},
    {"log", LOG, true, 2, {2, 5}, {2, 5}, {2, 5}},
    {"tanh", TANH, true, 3, {1, 2, 3}, {1, 2, 3}, {1, 2, 3}},
    {"sqrt", SQRT, true, 2, {6, 2}, {6, 2}, {6, 2}},
    {"reduce_sum", REDUCE_SUM, false, 2, {3, 3}, {1, 1}, {1, 1}},
    {"norm", NORM, false, 3, {2, 2, 3}, {1, 1, 1}, {1, 1, 1}},
    {"dot", DOT, false, 2, {2, 4}, {2, 4}, {1, 1}},
};

#define T cgrad_tensor
#define R double
#define EXACT 1e-14L
#define APPROXIMATE 1e-8L
#include "tensor_checks.h"

#define T cgrad_tensorf
#define R float
#define EXACT 2e-6L
#define APPROXIMATE 1e-2L
#include "tensor_checks.h"

/* ---- errors ----------------------------------------------------------------------------------------- */

/* Runs the statement, which must end in an error whose message begins with `text`. */
#define EXPECT_ERROR(statement, text)                                                                        \
    do {                                                                                                     \
        error[0] = '\0';                                                                                     \
        if (setjmp(after_error) == 0) {                                                                      \
            statement;                                                                                       \
        }                                                                                                    \
        if (strncmp(error, text, strlen(text)) != 0)                                                         \
            fprintf(stderr, "got the message: %s\n", error);                                                 \
        number_check(&checks, text, strncmp(error, text, strlen(text)) == 0);                                \
    } while (0)

static double elements[24];

static void test_errors(void) {
    static cgrad_tensor m23, m32, m45, v3, square, other; /* static: they must survive the longjmp */
    static cgrad_tensorf f2, f3;
    static float single[6];
    m23 = cgrad_tensor_view(elements, 2, 2, 3, 1, 1);
    m32 = cgrad_tensor_view(elements + 6, 2, 3, 2, 1, 1);
    m45 = cgrad_tensor_view(elements, 2, 4, 5, 1, 1);
    square = cgrad_tensor_view(elements, 2, 2, 2, 1, 1);
    other = cgrad_tensor_view(elements + 6, 2, 2, 2, 1, 1);
    v3 = cgrad_tensor_view(elements, 1, 3, 1, 1, 1);
    f2 = cgrad_tensorf_view(single, 1, 2, 1, 1, 1);
    f3 = cgrad_tensorf_view(single, 1, 3, 1, 1, 1);
    EXPECT_ERROR(cgrad_tensor_add(&m23, &m32, &m23),
                 "cgrad_tensor_add: shapes (2, 3) and (3, 2) do not fit: they must be equal");
    EXPECT_ERROR(cgrad_tensor_mul(&m23, &m23, &v3), "cgrad_tensor_mul: shapes (2, 3) and (3) do not fit");
    EXPECT_ERROR(cgrad_tensor_exp(&m45, &m23), "cgrad_tensor_exp: shapes (4, 5) and (2, 3) do not fit");
    EXPECT_ERROR(cgrad_tensor_scale(2, &v3, &m23), "cgrad_tensor_scale: shapes (3) and (2, 3) do not fit");
    EXPECT_ERROR(cgrad_tensor_dot(&m23, &m32), "cgrad_tensor_dot: shapes (2, 3) and (3, 2) do not fit");
    EXPECT_ERROR(cgrad_tensorf_add(&f2, &f3, &f3), "cgrad_tensorf_add: shapes (2) and (3) do not fit");
    EXPECT_ERROR(cgrad_tensor_matmul(&m23, &m45, &m32),
                 "cgrad_tensor_matmul: shapes (2, 3) and (4, 5) do not fit: "
                 "matrices must agree in dimension 1 of the first and 0 of");
    EXPECT_ERROR(cgrad_tensor_matmul(&v3, &m32, &m23),
                 "cgrad_tensor_matmul: shapes (3) and (3, 2) do not fit");
    EXPECT_ERROR(cgrad_tensor_transpose(&m23, &m45),
                 "cgrad_tensor_transpose: shapes (2, 3) and (4, 5) do not fit");
    EXPECT_ERROR(cgrad_tensor_transpose(&square, &square),
                 "cgrad_tensor_transpose: the result must not be one of the operands");
    EXPECT_ERROR(cgrad_tensor_matmul(&square, &other, &square),
                 "cgrad_tensor_matmul: the result must not be one of the operands");
    EXPECT_ERROR(cgrad_tensor_mul_adjoint(&m23, &m23, &m23, &m32, &m23),
                 "cgrad_tensor_mul_adjoint: shapes (3, 2)");
    EXPECT_ERROR(cgrad_tensor_create(5, 1, 1, 1, 1), "cgrad_tensor_create: rank 5: ranks are 0 to 4");
    EXPECT_ERROR(cgrad_tensorf_view(single, -1, 1, 1, 1, 1), "cgrad_tensorf_view: rank -1: ranks are 0 to 4");
    EXPECT_ERROR(cgrad_tensor_matrix(SIZE_MAX / 16, 3),
                 "cgrad_tensor_create: shape (1152921504606846975, 3) is too large");
}

int main(void) {
    test_operations_cgrad_tensor();
    test_operations_cgrad_tensorf();
    test_zero_cgrad_tensor();
    test_zero_cgrad_tensorf();
    test_shapes_cgrad_tensor();
    test_shapes_cgrad_tensorf();
    test_errors();
    return number_finish(&checks);
}
