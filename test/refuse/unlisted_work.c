#include <cgrad/cgrad.h>

CGRAD_GRAD(x[n])
double energy(int n, const double *x, double *work) { // EXPECT error: 'work'
    double sum = 0;
    for (int i = 0; i < n; i++)
        work[i] = x[i] * x[i]; // NOTE: 'work' depends on 'x'
    for (int i = 0; i < n; i++)
        sum += work[i]; // NOTE: 'sum' depends on 'work'
    return sum; // NOTE: the returned value depends on 'sum'
}
