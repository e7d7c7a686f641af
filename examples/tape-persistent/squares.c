#include "squares.h"

#include <cgrad/cgrad.h>

CGRAD_SPLIT(x -> y, z)
void squares(const cgrad_tensor *x, cgrad_tensor *y, cgrad_tensor *z) {
    cgrad_tensor square = cgrad_tensor_vector(x->shape[0]);
    cgrad_tensor_mul(x, x, &square);
    cgrad_tensor_scale(1.0, &square, y);
    cgrad_tensor_mul(&square, &square, z);
    cgrad_tensor_free(&square);
}
