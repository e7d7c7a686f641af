#include "precise.h"
#include "numbers.h"

#define kmeans_cost kmeans_cost_precise
#include "longdouble.h"
#include "kmeans.c"

void kmeans_precise(void *context, const number_t *x, number_t *cost) {
    const struct kmeans_problem *p = context;
    *cost = kmeans_cost(p->n, p->k, p->d, x, x + p->n * p->d);
}
