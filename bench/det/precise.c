#include "precise.h"
#include "numbers.h"

#define determinant determinant_precise
#include "longdouble.h"
#include "det.c"

void det_precise(void *size, const number_t *a, number_t *y) {
    *y = determinant(*(int *)size, a);
}
