#include <cgrad/cgrad.h>

CGRAD_GRAD(x[n])
double energy(int n, const double *x, double *work) { // EXPECT-EITHER error: 'work'
    double sum = 0;
    for (int i = 0; i < n; i++)
        work[i] = x[i] * x[i]; // EXPECT-EITHER error: 'work'
    for (int i = 0; i < n; i++)
        sum += work[i]; // EXPECT-EITHER error: 'work'
    return sum;
}
