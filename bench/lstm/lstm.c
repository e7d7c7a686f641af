#include "lstm.h"

#include <cgrad/cgrad.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static double sigmoid(double x) {
    return 1 / (1 + exp(-x));
}

/* One cell: reads input[b], updates hidden[b] and cell[b]. */
static void lstm_cell(int b, const double *weight, const double *bias, double *hidden, double *cell,
                      const double *input) {
    for (int i = 0; i < b; i++) {
        double forget = sigmoid(input[i] * weight[i] + bias[i]);
        double ingate = sigmoid(hidden[i] * weight[b + i] + bias[b + i]);
        double outgate = sigmoid(input[i] * weight[2 * b + i] + bias[2 * b + i]);
        double change = tanh(hidden[i] * weight[3 * b + i] + bias[3 * b + i]);

        cell[i] = cell[i] * forget + ingate * change;
        hidden[i] = outgate * tanh(cell[i]);
    }
}

/* Feeds input[b] through all layers; output[b] are the unnormalized logarithms of the next character's probabilities. */
static void predict(int l, int b, const double *w, const double *w2, double *s, const double *x, double *output) {
    for (int i = 0; i < b; i++)
        output[i] = x[i] * w2[i];

    const double *input = output;
    const double *end = s + 2 * l * b;
    while (s < end) {
        lstm_cell(b, w, w + 4 * b, s, s + b, input);
        input = s;
        w += 2 * 4 * b;
        s += 2 * b;
    }

    for (int i = 0; i < b; i++)
        output[i] = input[i] * w2[b + i] + w2[2 * b + i];
}

static double log_sum_exp(int n, const double *x) {
    double sum = 0;
    for (int i = 0; i < n; i++)
        sum += exp(x[i]);
    return log(sum + 2);
}

CGRAD_VJP(main_params[l * 2 * 4 * b], extra_params[3 * b], state[l * 2 * b] -> loss, state)
CGRAD_JVP(main_params[l * 2 * 4 * b], extra_params[3 * b], state[l * 2 * b] -> loss, state)
void lstm_objective(int l, int c, int b, const double *main_params, const double *extra_params, double *state,
                    const double *sequence, double *loss) {
    double total = 0;
    int count = 0;
    const double *input = sequence;
    double *prediction = malloc((size_t)b * sizeof *prediction);

    for (int t = 0; t <= (c - 1) * b - 1; t += b) {
        predict(l, b, main_params, extra_params, state, input, prediction);
        double normalizer = log_sum_exp(b, prediction);
        const double *next = &sequence[t + b];
        for (int i = 0; i < b; i++)
            total += next[i] * (prediction[i] - normalizer);
        count += b;
        input = next;
    }
    *loss = -total / count;
    free(prediction);
}

CGRAD_GRAD(main_params[l * 2 * 4 * b], extra_params[3 * b])
CGRAD_VJP(main_params[l * 2 * 4 * b], extra_params[3 * b])
CGRAD_JVP(main_params[l * 2 * 4 * b], extra_params[3 * b])
double lstm_loss(int l, int c, int b, const double *main_params, const double *extra_params, const double *initial_state,
                 const double *sequence) {
    size_t bytes = (size_t)(2 * l * b) * sizeof(double);
    double *state = malloc(bytes);
    double loss;

    memcpy(state, initial_state, bytes);
    lstm_objective(l, c, b, main_params, extra_params, state, sequence, &loss);
    free(state);
    return loss;
}
