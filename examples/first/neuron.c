#include <cgrad/cgrad.h>
#include <math.h>

/* How far a neuron's answer to x is from y. */
CGRAD_GRAD(w[n])
double neuron_loss(int n, const double *w, const double *x, double y) {
    double sum = 0;
    for (int i = 0; i < n; i++)
        sum += w[i] * x[i];
    double miss = tanh(sum) - y;
    return miss * miss;
}
