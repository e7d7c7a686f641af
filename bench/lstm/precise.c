#include "precise.h"
#include "numbers.h"

#define lstm_objective lstm_objective_precise
#define lstm_loss lstm_loss_precise
#include "longdouble.h"
#include "lstm.c"

void lstm_precise_objective(void *context, const number_t *x, number_t *y) {
    const struct lstm_problem *p = context;
    int main_count = p->l * 2 * 4 * p->b, extra_count = 3 * p->b, state_count = 2 * p->l * p->b;
    number_t *sequence = number_widen((size_t)(p->c * p->b), p->sequence);
    memcpy(y + 1, x + main_count + extra_count, (size_t)state_count * sizeof *y);
    lstm_objective(p->l, p->c, p->b, x, x + main_count, y + 1, sequence, y);
    free(sequence);
}

void lstm_precise_loss(void *context, const number_t *x, number_t *loss) {
    const struct lstm_problem *p = context;
    number_t *sequence = number_widen((size_t)(p->c * p->b), p->sequence), *state = number_widen((size_t)(2 * p->l * p->b), p->state);
    *loss = lstm_loss(p->l, p->c, p->b, x, x + p->l * 2 * 4 * p->b, state, sequence);
    free(sequence);
    free(state);
}
