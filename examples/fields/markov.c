/* A hidden Markov model: the log-likelihood of a sequence of symbols, by the forward algorithm with scaling. Its gradient holds
 * what the backward algorithm computes: the expected numbers of transitions and emissions.
 * L. R. Rabiner, Proceedings of the IEEE 77 (1989), 257-286, equations 19 to 21 and section V.A. */
#include <cgrad/cgrad.h>
#include <math.h>

#define STATES 3
#define SYMBOLS 4

struct model {
    double start[STATES];
    double move[STATES][STATES];  /* from, to */
    double emit[STATES][SYMBOLS];
};

CGRAD_GRAD(model[1])
double log_probability(const struct model *model, int length, const unsigned char *symbols) {
    double alpha[STATES], next[STATES], result = 0;
    for (int t = 0; t < length; t++) {
        double scale = 0;
        for (int j = 0; j < STATES; j++) {
            double reach = 0;
            if (t == 0)
                reach = model->start[j];
            else
                for (int i = 0; i < STATES; i++)
                    reach += alpha[i] * model->move[i][j];
            next[j] = reach * model->emit[j][symbols[t]];
            scale += next[j];
        }
        if (scale == 0)
            return -HUGE_VAL;
        for (int j = 0; j < STATES; j++)
            alpha[j] = next[j] / scale;
        result += log(scale);
    }
    return result;
}

#ifdef WITH_MAIN
#define MARKOV_GRAD_NO_TYPES
#include "expect.h"
#include "markov_grad.h"

enum { LENGTH = 6, PATHS = 729 };

static const unsigned char symbols[LENGTH] = {0, 2, 3, 1, 1, 0};
static const struct model model = {{0.5, 0.3, 0.2},
                                   {{0.7, 0.2, 0.1}, {0.3, 0.5, 0.2}, {0.25, 0.25, 0.5}},
                                   {{0.4, 0.3, 0.2, 0.1}, {0.1, 0.2, 0.3, 0.4}, {0.25, 0.25, 0.25, 0.25}}};

int main(void) {
    /* All paths one by one: their probability, and how often they go from state 0 to state 1. */
    double total = 0, moves = 0;
    for (int path = 0; path < PATHS; path++) {
        double probability = 1;
        int rest = path, before = -1, count = 0;
        for (int t = 0; t < LENGTH; t++, rest /= STATES) {
            int state = rest % STATES;
            probability *= before < 0 ? model.start[state] : model.move[before][state];
            probability *= model.emit[state][symbols[t]];
            count += before == 0 && state == 1;
            before = state;
        }
        total += probability;
        moves += probability * count;
    }
    struct model bar;
    expect("log-probability", log_probability_grad(&model, &bar, LENGTH, symbols), log(total), 1e-13);
    expect("moves from 0 to 1", model.move[0][1] * bar.move[0][1], moves / total, 1e-12);
    double starts = 0, all_moves = 0, emissions = 0;
    for (int i = 0; i < STATES; i++) {
        starts += model.start[i] * bar.start[i];
        for (int j = 0; j < STATES; j++)
            all_moves += model.move[i][j] * bar.move[i][j];
        for (int s = 0; s < SYMBOLS; s++)
            emissions += model.emit[i][s] * bar.emit[i][s];
    }
    expect("starts", starts, 1, 1e-13);
    expect("moves", all_moves, LENGTH - 1, 1e-13);
    expect("emissions", emissions, LENGTH, 1e-13);
    return finish();
}
#endif
