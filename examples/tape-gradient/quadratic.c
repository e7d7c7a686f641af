#include "quadratic.h"

#include <cgrad/cgrad.h>

CGRAD_GRAD(x)
float quadratic(const cgrad_tensorf *x) {
    cgrad_tensorf row = cgrad_tensorf_matrix(x->shape[1], x->shape[0]);
    cgrad_tensorf y = cgrad_tensorf_matrix(1, 1);
    cgrad_tensorf_transpose(x, &row);
    cgrad_tensorf_matmul(&row, x, &y);
    cgrad_tensorf_scale(2, &y, &y);
    float value = cgrad_tensorf_reduce_sum(&y);
    cgrad_tensorf_free(&row);
    cgrad_tensorf_free(&y);
    return value;
}
