/* lse: the logarithm of a sum of exponentials. */
#ifndef LSE_H
#define LSE_H

double log_sum_exp(int n, const double *x);

#endif
