#include "taped.hpp"
#define gmm_objective gmm_objective_taped
#include "gmm.c"
#include "taped_end.hpp"

/* parameters and their adjoints: alphas, means, icf, one after another. */
extern "C" double gmm_objective_adolc(int d, int k, int n, const double *parameters, double *parameters_bar, const double *x,
                                      double gamma, int m) {
    size_t count = (size_t)(k + k * d + k * (d * (d + 1) / 2));
    adouble *xs = taped_constants((size_t)(n * d), x);
    double value = taped_gradient(count, parameters, parameters_bar, [=](adouble *p) {
        wishart prior = {gamma, m};
        adouble err;
        gmm_objective_taped(d, k, n, p, p + k, p + k + k * d, xs, prior, &err);
        return err;
    });
    delete[] xs;
    return value;
}
