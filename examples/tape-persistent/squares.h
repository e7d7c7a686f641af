#ifndef SQUARES_H
#define SQUARES_H

#include <cgrad/tensor.h>

/* y = x x and z = y y, elementwise. */
void squares(const cgrad_tensor *x, cgrad_tensor *y, cgrad_tensor *z);

#endif
