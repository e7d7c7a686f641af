#ifndef DOUBLING_H
#define DOUBLING_H

#include <cgrad/tensor.h>

/* Doubles a until its norm is 1000 or more, at least once; if the sum is not positive then, multiplies by
 * 100. */
void doubling(const cgrad_tensor *a, cgrad_tensor *c);

#endif
