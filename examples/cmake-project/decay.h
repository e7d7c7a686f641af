#ifndef DECAY_H
#define DECAY_H

#define PARAMETERS 3 /* amplitude, rate, offset */

/* Half the squared distance between amplitude exp(-rate t) + offset and the n observations y at the times t. */
double decay_loss(int n, const double *t, const double *y, const double p[PARAMETERS]);

#endif
