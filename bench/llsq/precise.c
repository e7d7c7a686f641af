#include "precise.h"
#include "numbers.h"

#define least_squares least_squares_precise
#include "longdouble.h"
#include "llsq.c"

void llsq_precise(void *context, const number_t *x, number_t *loss) {
    const struct llsq_problem *p = context;
    *loss = least_squares(p->m, p->n, x, x + p->m * p->n, x + p->m * p->n + p->m);
}
