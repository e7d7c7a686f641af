#include "squares.h"

#include <cgrad/cgrad.h>

CGRAD_SPLIT(x -> y, z)
void squares(const cgrad_tensor *x, cgrad_tensor *y, cgrad_tensor *z) {
    cgrad_tensor_mul(x, x, y);
    cgrad_tensor_mul(y, y, z);
}
