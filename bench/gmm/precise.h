/* The model once more, in long double, for differences: parameters in one vector, alphas, means, icf. */
#ifndef GMM_PRECISE_H
#define GMM_PRECISE_H

struct gmm_problem {
    int d, k, n, m;
    double gamma;
    const double *x;
};

void gmm_precise(void *problem, const long double *parameters, long double *err);

#endif
