#ifndef QUADRATIC_H
#define QUADRATIC_H

#include <cgrad/tensor.h>

/* y = 2 x'x for a column x, n by 1. */
float quadratic(const cgrad_tensorf *x);

#endif
