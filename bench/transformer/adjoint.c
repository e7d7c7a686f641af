#include "transformer.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Outputs are not computed. Sums that only the adjoint needs may be taken in any order. */

static void layernorm_row(int c, const double *restrict x, double *restrict x_bar, const double *restrict weight,
                          double *restrict weight_bar, double *restrict bias_bar, const double *restrict out_bar) {
    double mean = 0, variance = 0, sum = 0, along = 0;
#pragma omp simd reduction(+ : mean)
    for (int i = 0; i < c; i++)
        mean += x[i];
    mean /= c;
#pragma omp simd reduction(+ : variance, sum, along)
    for (int i = 0; i < c; i++) {
        double shifted = x[i] - mean, bar = out_bar[i] * weight[i];
        variance += shifted * shifted;
        sum += bar;
        along += bar * shifted;
    }
    double scale = 1 / sqrt(variance / c + 1e-5);
    double shift = sum / c, slope = along * scale * scale / c;
    for (int i = 0; i < c; i++) {
        double shifted = x[i] - mean;
        bias_bar[i] += out_bar[i];
        weight_bar[i] += out_bar[i] * shifted * scale;
        x_bar[i] += scale * (out_bar[i] * weight[i] - shift - shifted * slope);
    }
}

void layernorm_hand(int rows, int c, const double *x, double *x_bar, const double *weight, double *weight_bar,
                    double *bias_bar, const double *out_bar) {
    for (int r = 0; r < rows; r++)
        layernorm_row(c, x + r * c, x_bar + r * c, weight, weight_bar, bias_bar, out_bar + r * c);
}

static void linear_row(int c, double bar, const double *restrict x, double *restrict x_bar, const double *restrict weight,
                       double *restrict weight_bar) {
    for (int i = 0; i < c; i++) {
        x_bar[i] += bar * weight[i];
        weight_bar[i] += bar * x[i];
    }
}

void linear_layer_hand(int rows, int c, int m, const double *x, double *x_bar, const double *weight, double *weight_bar,
                       double *bias_bar, const double *out_bar) {
    for (int r = 0; r < rows; r++)
        for (int o = 0; o < m; o++) {
            double bar = out_bar[r * m + o];
            bias_bar[o] += bar;
            linear_row(c, bar, x + r * c, x_bar + r * c, weight + o * c, weight_bar + o * c);
        }
}

/* value_bar += weight * out_bar; returns the adjoint of the weight */
static double value_reverse(int size, double weight, const double *restrict value, double *restrict value_bar,
                            const double *restrict out_bar) {
    double weight_bar = 0;
#pragma omp simd reduction(+ : weight_bar)
    for (int i = 0; i < size; i++) {
        value_bar[i] += weight * out_bar[i];
        weight_bar += value[i] * out_bar[i];
    }
    return weight_bar;
}

static void score_reverse(int size, double score_bar, const double *restrict query, double *restrict query_bar,
                          const double *restrict key, double *restrict key_bar) {
    for (int i = 0; i < size; i++) {
        query_bar[i] += score_bar * key[i];
        key_bar[i] += score_bar * query[i];
    }
}

static double dot(int size, const double *restrict a, const double *restrict b) {
    double sum = 0;
#pragma omp simd reduction(+ : sum)
    for (int i = 0; i < size; i++)
        sum += a[i] * b[i];
    return sum;
}

void attention_hand(int t, int c, int heads, const double *qkv, double *qkv_bar, const double *out_bar) {
    int size = c / heads;
    double scale = 1 / sqrt(size);
    double *weights = malloc((size_t)(2 * t) * sizeof *weights), *weights_bar = weights + t;

    for (int at = 0; at < t; at++)
        for (int head = 0; head < heads; head++) {
            const double *query = qkv + at * 3 * c + head * size, *seed = out_bar + at * c + head * size;
            const double *keys = qkv + c + head * size, *values = keys + c;
            double *query_bar = qkv_bar + at * 3 * c + head * size, *keys_bar = qkv_bar + c + head * size,
                   *values_bar = keys_bar + c;
            double max = -1e300, sum = 0, along = 0;
            for (int before = 0; before <= at; before++) {
                weights[before] = scale * dot(size, query, keys + before * 3 * c);
                max = fmax(max, weights[before]);
            }
            for (int before = 0; before <= at; before++) {
                weights[before] = exp(weights[before] - max);
                sum += weights[before];
            }
            double inverse = 1 / sum;
            for (int before = 0; before <= at; before++) {
                weights[before] *= inverse;
                weights_bar[before] = value_reverse(size, weights[before], values + before * 3 * c,
                                                    values_bar + before * 3 * c, seed);
                along += weights[before] * weights_bar[before];
            }
            for (int before = 0; before <= at; before++)
                score_reverse(size, scale * weights[before] * (weights_bar[before] - along), query, query_bar,
                              keys + before * 3 * c, keys_bar + before * 3 * c);
        }
    free(weights);
}

void gelu_hand(int n, const double *restrict x, double *restrict x_bar, const double *restrict out_bar) {
    const double factor = 0.7978845608028654;
    for (int i = 0; i < n; i++) {
        double square = 0.044715 * x[i] * x[i];
        double bent = tanh(factor * x[i] * (1 + square));
        x_bar[i] += out_bar[i] * 0.5 * (1 + bent + x[i] * (1 - bent * bent) * factor * (1 + 3 * square));
    }
}
