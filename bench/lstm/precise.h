/* The model once more, in long double, for differences: main, extra, state -> loss, state; main, extra -> loss. */
#ifndef LSTM_PRECISE_H
#define LSTM_PRECISE_H

struct lstm_problem {
    int l, c, b;
    const double *sequence, *state;
};

void lstm_precise_objective(void *problem, const long double *x, long double *y);
void lstm_precise_loss(void *problem, const long double *x, long double *loss);

#endif
