#include "taped.hpp"
#define log_sum_exp log_sum_exp_taped
#include "lse.c"
#include "taped_end.hpp"

extern "C" double log_sum_exp_adolc(int n, const double *x, double *x_bar) {
    return taped_gradient((size_t)n, x, x_bar, [=](adouble *x) { return log_sum_exp_taped(n, x); });
}
