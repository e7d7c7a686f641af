/* crossentropy: the loss of a classifier, as of a language model. */
#ifndef CROSSENTROPY_H
#define CROSSENTROPY_H

/* Mean negative log-likelihood of targets[rows] under the softmax of the rows of logits[rows * v]. */
double cross_entropy(int rows, int v, const double *logits, const int *targets);

/* Its value and gradient, by hand. */
double cross_entropy_hand(int rows, int v, const double *logits, double *logits_bar, const int *targets);

#endif
