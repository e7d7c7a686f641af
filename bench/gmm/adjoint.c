#include "gmm.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* One pass over the points: the weight of each Gaussian at a point is the adjoint of its main term, and is known as soon as the
 * point's main terms are. The product with the transposed factor is linear, so the means' adjoints are summed before it and
 * multiplied once. */

#define PI 3.14159265358979323846

/* The seed of log_sum_exp's elements goes to weights; returns its value. */
static double soft_max(int n, const double *restrict x, double *restrict weights) {
    double max = x[0], sum = 0;
    for (int i = 1; i < n; i++)
        max = x[i] > max ? x[i] : max;
    for (int i = 0; i < n; i++) {
        weights[i] = exp(x[i] - max);
        sum += weights[i];
    }
    double scale = 1 / sum;
    for (int i = 0; i < n; i++)
        weights[i] *= scale;
    return log(sum) + max;
}

/* out = Q x; returns its squared norm */
static double multiply_lower(int d, const double *restrict diagonal, const double *restrict lower, const double *restrict x,
                             double *restrict out) {
    for (int i = 0; i < d; i++)
        out[i] = diagonal[i] * x[i];
    for (int i = 0; i < d; i++) {
        double factor = x[i];
        for (int j = i + 1; j < d; j++)
            out[j] += lower[j - i - 1] * factor;
        lower += d - i - 1;
    }
    double norm = 0;
    for (int i = 0; i < d; i++)
        norm += out[i] * out[i];
    return norm;
}

/* Adds weight * out x' to the adjoint of the factor (negative: what the main term subtracts), weight * out to the sum. */
static void add_outer(int d, double weight, const double *restrict x, const double *restrict out,
                      double *restrict diagonal_bar, double *restrict lower_bar, double *restrict sum) {
    for (int i = 0; i < d; i++) {
        sum[i] += weight * out[i];
        diagonal_bar[i] -= weight * out[i] * x[i];
    }
    for (int i = 0; i < d; i++) {
        double factor = weight * x[i];
        for (int j = i + 1; j < d; j++)
            lower_bar[j - i - 1] -= factor * out[j];
        lower_bar += d - i - 1;
    }
}

/* out = Q' x */
static void multiply_transposed(int d, const double *restrict diagonal, const double *restrict lower,
                                const double *restrict x, double *restrict out) {
    for (int i = 0; i < d; i++) {
        double sum = diagonal[i] * x[i];
        for (int j = i + 1; j < d; j++)
            sum += lower[j - i - 1] * x[j];
        lower += d - i - 1;
        out[i] = sum;
    }
}

/* The prior's value, and the part of the factors' adjoints that comes from it; icf_bar's diagonal holds the adjoint of the
 * exponentials and becomes that of the logarithms. */
static double finish(int d, int k, struct wishart wishart, const double *sum_qs, const double *q, const double *icf,
                     const double *alphas_bar, double *icf_bar) {
    int n = d + wishart.m + 1, icf_size = d * (d + 1) / 2;
    double square = wishart.gamma * wishart.gamma, value = 0, log_gamma = 0.25 * d * (d - 1) * log(PI);
    for (int j = 1; j <= d; j++)
        log_gamma += lgamma(0.5 * n + 0.5 * (1 - j));
    for (int ik = 0; ik < k; ik++) {
        const double *lower = icf + ik * icf_size, *diagonal = q + ik * d;
        double *bar = icf_bar + ik * icf_size, frobenius = 0;
        for (int i = 0; i < d; i++) {
            frobenius += diagonal[i] * diagonal[i];
            bar[i] = (bar[i] + square * diagonal[i]) * diagonal[i] + alphas_bar[ik] - wishart.m;
        }
        for (int i = d; i < icf_size; i++) {
            frobenius += lower[i] * lower[i];
            bar[i] += square * lower[i];
        }
        value += 0.5 * square * frobenius - wishart.m * sum_qs[ik];
    }
    return value - k * (n * d * (log(wishart.gamma) - 0.5 * log(2)) - log_gamma);
}

void gmm_objective_hand(int d, int k, int n, const double *alphas, double *alphas_bar, const double *means,
                        double *means_bar, const double *icf, double *icf_bar, const double *x, struct wishart wishart,
                        double *err) {
    int icf_size = d * (d + 1) / 2;
    double *q = malloc((size_t)(4 * d * k + 3 * k) * sizeof *q), *sum = q + d * k, *centred = sum + d * k,
           *projected = centred + d * k, *sum_qs = projected + d * k, *main_term = sum_qs + k, *weights = main_term + k;

    memset(alphas_bar, 0, (size_t)k * sizeof *alphas_bar);
    memset(icf_bar, 0, (size_t)(k * icf_size) * sizeof *icf_bar);
    memset(sum, 0, (size_t)(k * d) * sizeof *sum);
    for (int ik = 0; ik < k; ik++) {
        sum_qs[ik] = 0;
        for (int i = 0; i < d; i++) {
            sum_qs[ik] += icf[ik * icf_size + i];
            q[ik * d + i] = exp(icf[ik * icf_size + i]);
        }
    }

    double total = 0;
    for (int ix = 0; ix < n; ix++) {
        for (int ik = 0; ik < k; ik++) {
            for (int i = 0; i < d; i++)
                centred[ik * d + i] = x[ix * d + i] - means[ik * d + i];
            double norm = multiply_lower(d, q + ik * d, icf + ik * icf_size + d, centred + ik * d, projected + ik * d);
            main_term[ik] = alphas[ik] + sum_qs[ik] - 0.5 * norm;
        }
        total += soft_max(k, main_term, weights);
        for (int ik = 0; ik < k; ik++) {
            double *bar = icf_bar + ik * icf_size;
            alphas_bar[ik] += weights[ik];
            add_outer(d, weights[ik], centred + ik * d, projected + ik * d, bar, bar + d, sum + ik * d);
        }
    }

    for (int ik = 0; ik < k; ik++)
        multiply_transposed(d, q + ik * d, icf + ik * icf_size + d, sum + ik * d, means_bar + ik * d);
    double prior = finish(d, k, wishart, sum_qs, q, icf, alphas_bar, icf_bar);
    double normalizer = soft_max(k, alphas, weights);
    for (int ik = 0; ik < k; ik++)
        alphas_bar[ik] -= n * weights[ik];
    *err = -n * d * 0.5 * log(2 * PI) + total - n * normalizer + prior;
    free(q);
}
