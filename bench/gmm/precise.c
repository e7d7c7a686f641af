#include "precise.h"
#include "numbers.h"

#define gmm_objective gmm_objective_precise
#include "longdouble.h"
#include "gmm.c"

void gmm_precise(void *context, const number_t *parameters, number_t *err) {
    const struct gmm_problem *problem = context;
    int d = problem->d, k = problem->k, n = problem->n;
    struct wishart wishart = {problem->gamma, problem->m};
    number_t *x = number_widen((size_t)(n * d), problem->x);
    gmm_objective(d, k, n, parameters, parameters + k, parameters + k + k * d, x, wishart, err);
    free(x);
}
