#include "gmm.h"

#include <cgrad/cgrad.h>
#include <math.h>
#include <stdlib.h>

#define PI 3.14159265358979323846

/* Logarithm of the multivariate gamma function of dimension p. */
static double log_gamma_distribution(double a, int p) {
    double sum = 0.25 * p * (p - 1) * log(PI);
    for (int j = 1; j <= p; j++)
        sum += lgamma(a + 0.5 * (1 - j));
    return sum;
}

static double array_max(int n, const double *x) {
    double max = x[0];
    for (int i = 1; i < n; i++) {
        if (max < x[i])
            max = x[i];
    }
    return max;
}

/* log(sum(exp(x))), shifted by the largest element so that nothing overflows. */
static double log_sum_exp(int n, const double *x) {
    double max = array_max(n, x);
    double sum = 0;
    for (int i = 0; i < n; i++)
        sum += exp(x[i] - max);
    return log(sum) + max;
}

static double squared_norm(int n, const double *x) {
    double sum = x[0] * x[0];
    for (int i = 1; i < n; i++)
        sum += x[i] * x[i];
    return sum;
}

static void subtract(int d, const double *x, const double *y, double *out) {
    for (int i = 0; i < d; i++)
        out[i] = x[i] - y[i];
}

/* The exponentials of the diagonals, and the sum of each diagonal's logarithms: the log determinant. */
static void preprocess_diagonals(int d, int k, const double *icf, double *sum_qs, double *q_diagonals) {
    int icf_size = d * (d + 1) / 2;
    for (int ik = 0; ik < k; ik++) {
        sum_qs[ik] = 0;
        for (int id = 0; id < d; id++) {
            double q = icf[ik * icf_size + id];
            sum_qs[ik] += q;
            q_diagonals[ik * d + id] = exp(q);
        }
    }
}

/* out = Q x, where Q is lower triangular with this diagonal and this packed strict lower triangle. */
static void multiply_lower(int d, const double *diagonal, const double *lower, const double *x, double *out) {
    for (int i = 0; i < d; i++)
        out[i] = diagonal[i] * x[i];
    int at = 0;
    for (int i = 0; i < d; i++) {
        for (int j = i + 1; j < d; j++) {
            out[j] += lower[at] * x[i];
            at++;
        }
    }
}

static double log_wishart_prior(int d, int k, struct wishart wishart, const double *sum_qs,
                                const double *q_diagonals, const double *icf) {
    int n = d + wishart.m + 1;
    int icf_size = d * (d + 1) / 2;
    double normalizer =
        n * d * (log(wishart.gamma) - 0.5 * log(2)) - log_gamma_distribution(0.5 * n, d);
    double sum = 0;
    for (int ik = 0; ik < k; ik++) {
        double frobenius = squared_norm(d, &q_diagonals[ik * d]);
        /* a one-dimensional Gaussian has no lower triangle */
        if (d > 1)
            frobenius += squared_norm(icf_size - d, &icf[ik * icf_size + d]);
        sum += 0.5 * wishart.gamma * wishart.gamma * frobenius - wishart.m * sum_qs[ik];
    }
    return sum - k * normalizer;
}

CGRAD_GRAD(alphas[k], means[d * k], icf[k * d * (d + 1) / 2] -> err)
CGRAD_VJP(alphas[k], means[d * k], icf[k * d * (d + 1) / 2] -> err)
CGRAD_JVP(alphas[k], means[d * k], icf[k * d * (d + 1) / 2] -> err)
void gmm_objective(int d, int k, int n, const double *alphas, const double *means, const double *icf,
                   const double *x, struct wishart wishart, double *err) {
    int icf_size = d * (d + 1) / 2;
    double *q_diagonals = malloc((size_t)(d * k) * sizeof *q_diagonals);
    double *sum_qs = malloc((size_t)k * sizeof *sum_qs);
    double *centred = malloc((size_t)d * sizeof *centred);
    double *projected = malloc((size_t)d * sizeof *projected);
    double *main_term = malloc((size_t)k * sizeof *main_term);

    preprocess_diagonals(d, k, icf, sum_qs, q_diagonals);

    double sum = 0;
    for (int ix = 0; ix < n; ix++) {
        for (int ik = 0; ik < k; ik++) {
            subtract(d, &x[ix * d], &means[ik * d], centred);
            multiply_lower(d, &q_diagonals[ik * d], &icf[ik * icf_size + d], centred, projected);
            main_term[ik] = alphas[ik] + sum_qs[ik] - 0.5 * squared_norm(d, projected);
        }
        sum += log_sum_exp(k, main_term);
    }

    *err = -n * d * 0.5 * log(2 * PI) + sum - n * log_sum_exp(k, alphas) +
           log_wishart_prior(d, k, wishart, sum_qs, q_diagonals, icf);

    free(q_diagonals);
    free(sum_qs);
    free(centred);
    free(projected);
    free(main_term);
}
