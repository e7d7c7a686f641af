/* Logistic regression: the log-likelihood of outcomes 0 and 1, with a penalty on the weights. Newton's method needs Hessian
 * times vector; this one has the gradient, and climbs it.
 * T. Hastie, R. Tibshirani, J. Friedman, The Elements of Statistical Learning, 2nd edition (2009), section 4.4. */
#include <cgrad/cgrad.h>
#include <math.h>
#include <stdbool.h>

struct sample {
    CGRAD_INACTIVE double features[3];
    bool success;
    int weight; /* how often it was seen */
};

/* log(1 + exp(x)) for all x. */
static double softplus(double x) {
    return x > 0 ? x + log1p(exp(-x)) : log1p(exp(x));
}

CGRAD_GRAD(beta)
double log_likelihood(int n, const struct sample *samples, double penalty, const double beta[3]) {
    double sum = 0;
    for (int i = 0; i < n; i++) {
        const struct sample *sample = samples + i;
        double score = 0;
        for (int k = 0; k < 3; k++)
            score += beta[k] * sample->features[k];
        sum -= sample->weight * softplus(sample->success ? -score : score);
    }
    for (int k = 1; k < 3; k++) /* not the constant */
        sum -= 0.5 * penalty * beta[k] * beta[k];
    return sum;
}

#ifdef WITH_MAIN
#define LOGISTIC_GRAD_NO_TYPES
#include "expect.h"
#include "logistic_grad.h"

/* A table of two by two: the best slope is the logarithm of the odds ratio. (Aspirin and heart attacks: A. Agresti, An
 * Introduction to Categorical Data Analysis, 2nd edition (2007), table 2.3.) */
static const struct sample physicians[4] = {
    {{1, 0, 0}, true, 189}, {{1, 0, 0}, false, 10845}, {{1, 1, 0}, true, 104}, {{1, 1, 0}, false, 10933}};

int main(void) {
    double beta[3] = {log(189.0 / 10845), log(104.0 * 10845 / (189.0 * 10933)), 0}, slope[3];
    double best = log_likelihood_grad(4, physicians, 0, beta, slope);
    expect("likelihood of the table", best,
           189 * log(189.0 / 11034) + 10845 * log(10845.0 / 11034) + 104 * log(104.0 / 11037) + 10933 * log(10933.0 / 11037),
           1e-13);
    expect("odds ratio (Agresti: 1.83)", exp(-beta[1]), 1.83, 2e-3);
    expect("is the maximum", hypot(slope[0], slope[1]), 0, 1e-9);

    double zero[3] = {0, 0, 0};
    log_likelihood_grad(4, physicians, 0, zero, slope);
    expect("at 0: successes less a half", slope[0], 189 + 104 - 0.5 * (11034 + 11037), 1e-13);
    expect("at 0, treated", slope[1], 104 - 0.5 * 11037, 1e-13);

    beta[1] = 800; /* exp(800) is out of range */
    log_likelihood_grad(4, physicians, 2, beta, slope);
    expect("far out, no overflow", slope[1], -10933 - 2 * 800, 1e-13);
    return finish();
}
#endif
