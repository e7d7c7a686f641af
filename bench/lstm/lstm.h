/* lstm: a stack of long short-term memory cells that predicts the next character. */
#ifndef LSTM_H
#define LSTM_H

/* l layers, c characters, b bits (reals) a character.
 *   main_params[l * 2 * 4 * b]   for each layer the weights of forget, ingate, outgate, change, then their biases
 *   extra_params[3 * b]          weights of the input; weights and biases of the output
 *   state[l * 2 * b]             for each layer hidden, then cell; updated in place
 *   sequence[c * b]              the text
 *   loss                         mean negative log-likelihood of each character, predicted from those before it */
void lstm_objective(int l, int c, int b, const double *main_params, const double *extra_params, double *state,
                    const double *sequence, double *loss);

/* The same from a state that is not changed. */
double lstm_loss(int l, int c, int b, const double *main_params, const double *extra_params, const double *initial_state,
                 const double *sequence);

/* The gradient of the loss, by hand; overwrites. */
double lstm_loss_hand(int l, int c, int b, const double *main_params, double *main_params_bar,
                      const double *extra_params, double *extra_params_bar, const double *initial_state,
                      const double *sequence);

#endif
