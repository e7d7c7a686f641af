#include "ode.h"

#include <cgrad/cgrad.h>
#include <stdlib.h>
#include <string.h>

/* Logistic growth, predation of each species on its predecessor in the ring, saturating with its number. */
static void derivative(int n, const double *rate, double exchange, const double *y, double *dy) {
    for (int i = 0; i < n; i++) {
        int before = i == 0 ? n - 1 : i - 1;
        int after = i == n - 1 ? 0 : i + 1;
        double eaten = y[i] * y[after] / (1 + y[i] * y[i]);
        dy[i] = rate[i] * y[i] * (1 - y[i]) - eaten + exchange * (y[before] - 2 * y[i] + y[after]);
    }
}

CGRAD_VJP(rate[n], exchange, y[n] -> y[n])
CGRAD_JVP(rate[n], exchange, y[n] -> y[n])
void ode_integrate(int n, int steps, double time, const double *rate, double exchange, double *y) {
    double h = time / steps;
    size_t bytes = (size_t)n * sizeof(double);
    double *k1 = malloc(bytes), *k2 = malloc(bytes), *k3 = malloc(bytes), *k4 = malloc(bytes);
    double *stage = malloc(bytes);

    for (int step = 0; step < steps; step++) {
        derivative(n, rate, exchange, y, k1);
        for (int i = 0; i < n; i++)
            stage[i] = y[i] + 0.5 * h * k1[i];
        derivative(n, rate, exchange, stage, k2);
        for (int i = 0; i < n; i++)
            stage[i] = y[i] + 0.5 * h * k2[i];
        derivative(n, rate, exchange, stage, k3);
        for (int i = 0; i < n; i++)
            stage[i] = y[i] + h * k3[i];
        derivative(n, rate, exchange, stage, k4);
        for (int i = 0; i < n; i++)
            y[i] += h / 6 * (k1[i] + 2 * k2[i] + 2 * k3[i] + k4[i]);
    }

    free(k1);
    free(k2);
    free(k3);
    free(k4);
    free(stage);
}

CGRAD_GRAD(rate[n], exchange, y0[n])
CGRAD_VJP(rate[n], exchange, y0[n])
CGRAD_JVP(rate[n], exchange, y0[n])
double ode_misfit(int n, int steps, double time, const double *rate, double exchange, const double *y0,
                  const double *observed) {
    double *y = malloc((size_t)n * sizeof *y);
    memcpy(y, y0, (size_t)n * sizeof *y);
    ode_integrate(n, steps, time, rate, exchange, y);

    double sum = 0;
    for (int i = 0; i < n; i++)
        sum += (y[i] - observed[i]) * (y[i] - observed[i]);
    free(y);
    return 0.5 * sum;
}
