#include "lstm.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Kept of each cell are the results of its gates, its state and the tangent hyperbolic of that: everything else follows from
 * them by a product. Block 0 holds the initial state, block t + 1 what step t computed. */
enum { FORGET, INGATE, OUTGATE, CHANGE, CELL, SQUASHED, HIDDEN, KEPT };

static double sigmoid(double x) {
    return 1 / (1 + exp(-x));
}

static void cell_forward(int b, const double *restrict weight, const double *restrict input,
                         const double *restrict before, double *restrict kept) {
    const double *bias = weight + 4 * b;
    for (int i = 0; i < b; i++) {
        double hidden = before[HIDDEN * b + i];
        double forget = sigmoid(input[i] * weight[i] + bias[i]);
        double ingate = sigmoid(hidden * weight[b + i] + bias[b + i]);
        double outgate = sigmoid(input[i] * weight[2 * b + i] + bias[2 * b + i]);
        double change = tanh(hidden * weight[3 * b + i] + bias[3 * b + i]);
        double cell = before[CELL * b + i] * forget + ingate * change;
        double squashed = tanh(cell);
        kept[FORGET * b + i] = forget;
        kept[INGATE * b + i] = ingate;
        kept[OUTGATE * b + i] = outgate;
        kept[CHANGE * b + i] = change;
        kept[CELL * b + i] = cell;
        kept[SQUASHED * b + i] = squashed;
        kept[HIDDEN * b + i] = outgate * squashed;
    }
}

/* hidden_bar and cell_bar: on entry of the new state, on exit of the one before; adds to input_bar. */
static void cell_reverse(int b, const double *restrict weight, double *restrict weight_bar, const double *restrict input,
                         double *restrict input_bar, const double *restrict before, const double *restrict kept,
                         double *restrict hidden_bar, double *restrict cell_bar) {
    double *restrict bias_bar = weight_bar + 4 * b;
    for (int i = 0; i < b; i++) {
        double forget = kept[FORGET * b + i], ingate = kept[INGATE * b + i], outgate = kept[OUTGATE * b + i],
               change = kept[CHANGE * b + i], squashed = kept[SQUASHED * b + i], hidden = before[HIDDEN * b + i];
        double new_bar = cell_bar[i] + hidden_bar[i] * outgate * (1 - squashed * squashed);
        double forget_bar = new_bar * before[CELL * b + i] * forget * (1 - forget);
        double ingate_bar = new_bar * change * ingate * (1 - ingate);
        double outgate_bar = hidden_bar[i] * squashed * outgate * (1 - outgate);
        double change_bar = new_bar * ingate * (1 - change * change);
        cell_bar[i] = new_bar * forget;
        hidden_bar[i] = ingate_bar * weight[b + i] + change_bar * weight[3 * b + i];
        input_bar[i] += forget_bar * weight[i] + outgate_bar * weight[2 * b + i];
        weight_bar[i] += forget_bar * input[i];
        weight_bar[b + i] += ingate_bar * hidden;
        weight_bar[2 * b + i] += outgate_bar * input[i];
        weight_bar[3 * b + i] += change_bar * hidden;
        bias_bar[i] += forget_bar;
        bias_bar[b + i] += ingate_bar;
        bias_bar[2 * b + i] += outgate_bar;
        bias_bar[3 * b + i] += change_bar;
    }
}

/* Adds the step's part of the loss; weights[b] becomes the adjoint of the prediction, up to the loss's scale. */
static double loss_forward(int b, const double *restrict w2, const double *restrict hidden, const double *restrict next,
                           double *restrict weights) {
    double sum = 0, expected = 0, sum_next = 0;
    for (int i = 0; i < b; i++) {
        double prediction = hidden[i] * w2[b + i] + w2[2 * b + i];
        weights[i] = exp(prediction);
        sum += weights[i];
        expected += next[i] * prediction;
        sum_next += next[i];
    }
    double scale = sum_next / (sum + 2);
    for (int i = 0; i < b; i++)
        weights[i] = next[i] - scale * weights[i];
    return expected - sum_next * log(sum + 2);
}

double lstm_loss_hand(int l, int c, int b, const double *main_params, double *main_params_bar,
                      const double *extra_params, double *extra_params_bar, const double *initial_state,
                      const double *sequence) {
    size_t block = (size_t)(KEPT * b), width = (size_t)l * block, steps = c > 0 ? (size_t)(c - 1) : 0;
    double *record = malloc(((steps + 1) * width + steps * (size_t)b + (size_t)(b + 2 * l * b)) * sizeof *record);
    double *weights = record + (steps + 1) * width, *first = weights + steps * (size_t)b, *hidden_bar = first + b,
           *cell_bar = hidden_bar + l * b;
    double total = 0;

    for (int layer = 0; layer < l; layer++) {
        memcpy(record + (size_t)layer * block + HIDDEN * b, initial_state + 2 * layer * b, (size_t)b * sizeof *record);
        memcpy(record + (size_t)layer * block + CELL * b, initial_state + (2 * layer + 1) * b, (size_t)b * sizeof *record);
    }
    for (size_t t = 0; t < steps; t++) {
        const double *input = first, *x = sequence + t * (size_t)b;
        double *kept = record + (t + 1) * width;
        for (int i = 0; i < b; i++)
            first[i] = x[i] * extra_params[i];
        for (int layer = 0; layer < l; layer++) {
            cell_forward(b, main_params + 8 * b * layer, input, kept - width, kept);
            input = kept + HIDDEN * b;
            kept += block;
        }
        total += loss_forward(b, extra_params, input, x + b, weights + t * (size_t)b);
    }

    int count = (int)steps * b;
    double total_bar = -1.0 / count;
    memset(main_params_bar, 0, (size_t)(8 * b * l) * sizeof *main_params_bar);
    memset(extra_params_bar, 0, (size_t)(3 * b) * sizeof *extra_params_bar);
    memset(hidden_bar, 0, (size_t)(2 * l * b) * sizeof *hidden_bar);
    for (size_t t = steps; t-- > 0;) {
        const double *x = sequence + t * (size_t)b, *kept = record + (t + 2) * width, *weight = weights + t * (size_t)b;
        const double *hidden = kept - block + HIDDEN * b;
        double *top_bar = hidden_bar + (l - 1) * b;
        for (int i = 0; i < b; i++) {
            double prediction_bar = total_bar * weight[i];
            top_bar[i] += prediction_bar * extra_params[b + i];
            extra_params_bar[b + i] += prediction_bar * hidden[i];
            extra_params_bar[2 * b + i] += prediction_bar;
        }
        for (int layer = l - 1; layer > 0; layer--) {
            kept -= block;
            cell_reverse(b, main_params + 8 * b * layer, main_params_bar + 8 * b * layer, kept - block + HIDDEN * b,
                         hidden_bar + (layer - 1) * b, kept - width, kept, hidden_bar + layer * b, cell_bar + layer * b);
        }
        double first_bar[b];
        memset(first_bar, 0, sizeof first_bar);
        for (int i = 0; i < b; i++)
            first[i] = x[i] * extra_params[i];
        kept -= block;
        cell_reverse(b, main_params, main_params_bar, first, first_bar, kept - width, kept, hidden_bar, cell_bar);
        for (int i = 0; i < b; i++)
            extra_params_bar[i] += first_bar[i] * x[i];
    }
    free(record);
    return -total / count;
}
