#include "decay.h"

#include <math.h>

double decay_loss(int n, const double *t, const double *y, const double p[PARAMETERS]) {
    double sum = 0;
    for (int i = 0; i < n; i++) {
        double miss = p[0] * exp(-p[1] * t[i]) + p[2] - y[i];
        sum += miss * miss;
    }
    return 0.5 * sum;
}
