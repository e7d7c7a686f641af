#include "taped.hpp"
#define least_squares least_squares_taped
#include "llsq.c"
#include "taped_end.hpp"

extern "C" double least_squares_adolc(int m, int n, const double *a, const double *b, const double *x, double *x_bar) {
    adouble *as = taped_constants((size_t)(m * n), a), *bs = taped_constants((size_t)m, b);
    double value = taped_gradient((size_t)n, x, x_bar, [=](adouble *x) { return least_squares_taped(m, n, as, bs, x); });
    delete[] as;
    delete[] bs;
    return value;
}
