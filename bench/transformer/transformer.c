#include "transformer.h"

#include <cgrad/cgrad.h>
#include <math.h>
#include <stdlib.h>

CGRAD_VJP(x[rows * c], weight[c], bias[c] -> out[rows * c])
CGRAD_JVP(x[rows * c], weight[c], bias[c] -> out[rows * c])
void layernorm(int rows, int c, const double *x, const double *weight, const double *bias, double *out) {
    for (int r = 0; r < rows; r++) {
        const double *row = x + r * c;
        double mean = 0, variance = 0;
        for (int i = 0; i < c; i++)
            mean += row[i];
        mean /= c;
        for (int i = 0; i < c; i++) {
            double shifted = row[i] - mean;
            variance += shifted * shifted;
        }
        double scale = 1 / sqrt(variance / c + 1e-5);
        for (int i = 0; i < c; i++)
            out[r * c + i] = (row[i] - mean) * scale * weight[i] + bias[i];
    }
}

CGRAD_VJP(x[rows * c], weight[m * c], bias[m] -> out[rows * m])
CGRAD_JVP(x[rows * c], weight[m * c], bias[m] -> out[rows * m])
void linear_layer(int rows, int c, int m, const double *x, const double *weight, const double *bias, double *out) {
    for (int r = 0; r < rows; r++)
        for (int o = 0; o < m; o++) {
            double sum = bias[o];
            for (int i = 0; i < c; i++)
                sum += x[r * c + i] * weight[o * c + i];
            out[r * m + o] = sum;
        }
}

CGRAD_VJP(qkv[3 * t * c] -> out[t * c])
CGRAD_JVP(qkv[3 * t * c] -> out[t * c])
void attention(int t, int c, int heads, const double *qkv, double *out) {
    int size = c / heads;
    double scale = 1 / sqrt(size);
    double *weights = malloc((size_t)t * sizeof *weights);

    for (int at = 0; at < t; at++)
        for (int head = 0; head < heads; head++) {
            const double *query = qkv + at * 3 * c + head * size;
            double *result = out + at * c + head * size;

            double max = -1e300;
            for (int before = 0; before <= at; before++) {
                const double *key = qkv + before * 3 * c + c + head * size;
                double score = 0;
                for (int i = 0; i < size; i++)
                    score += query[i] * key[i];
                score *= scale;
                if (score > max)
                    max = score;
                weights[before] = score;
            }

            double sum = 0;
            for (int before = 0; before <= at; before++) {
                weights[before] = exp(weights[before] - max);
                sum += weights[before];
            }

            for (int i = 0; i < size; i++)
                result[i] = 0;
            for (int before = 0; before <= at; before++) {
                const double *value = qkv + before * 3 * c + 2 * c + head * size;
                double weight = weights[before] / sum;
                for (int i = 0; i < size; i++)
                    result[i] += weight * value[i];
            }
        }
    free(weights);
}

CGRAD_VJP(x[n] -> out[n])
CGRAD_JVP(x[n] -> out[n])
void gelu(int n, const double *x, double *out) {
    const double factor = 0.7978845608028654; /* sqrt(2 / pi) */
    for (int i = 0; i < n; i++) {
        double cube = 0.044715 * x[i] * x[i] * x[i];
        out[i] = 0.5 * x[i] * (1 + tanh(factor * (x[i] + cube)));
    }
}
