#include "lse.h"

#include <cgrad/cgrad.h>
#include <math.h>

CGRAD_GRAD(x[n])
CGRAD_VJP(x[n])
CGRAD_JVP(x[n])
CGRAD_SPLIT(x[n])
double log_sum_exp(int n, const double *x) {
    /* shifted by the largest element so that nothing overflows */
    double max = x[0];
    for (int i = 1; i < n; i++)
        if (x[i] > max)
            max = x[i];

    double sum = 0;
    for (int i = 0; i < n; i++)
        sum += exp(x[i] - max);
    return max + log(sum);
}
