// OPTIONS --vjp=f:x[n]->x[n]
#include <stdlib.h>

static int order(const void *a, const void *b) {
    double p = *(const double *)a, q = *(const double *)b;
    return (p > q) - (p < q);
}

void f(int n, double *x) {
    qsort(x, (size_t)n, sizeof *x, order); // EXPECT error: 'qsort'
}
