/* lse: the logarithm of a sum of exponentials. */
#ifndef LSE_H
#define LSE_H

double log_sum_exp(int n, const double *x);

/* The gradient, by hand; overwrites x_bar. */
double log_sum_exp_hand(int n, const double *x, double *x_bar);

#endif
