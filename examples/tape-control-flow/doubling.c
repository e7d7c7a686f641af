#include "doubling.h"

#include <cgrad/cgrad.h>

CGRAD_VJP(a -> c)
void doubling(const cgrad_tensor *a, cgrad_tensor *c) {
    cgrad_tensor b = cgrad_tensor_create(a->rank, a->shape[0], a->shape[1], a->shape[2], a->shape[3]);
    cgrad_tensor_scale(2, a, &b);
    while (cgrad_tensor_norm(&b) < 1000)
        cgrad_tensor_scale(2, &b, &b);
    if (cgrad_tensor_reduce_sum(&b) > 0)
        cgrad_tensor_scale(1, &b, c);
    else
        cgrad_tensor_scale(100, &b, c);
    cgrad_tensor_free(&b);
}
