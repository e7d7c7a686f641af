#include "lse.h"

#include <math.h>

/* The exponentials of the sum stay in x_bar; the maximum's own derivative cancels. */
double log_sum_exp_hand(int n, const double *restrict x, double *restrict x_bar) {
    double max = x[0];
    for (int i = 1; i < n; i++)
        if (x[i] > max)
            max = x[i];

    double sum = 0;
    for (int i = 0; i < n; i++) {
        x_bar[i] = exp(x[i] - max);
        sum += x_bar[i];
    }
    double scale = 1 / sum;
    for (int i = 0; i < n; i++)
        x_bar[i] *= scale;
    return max + log(sum);
}
