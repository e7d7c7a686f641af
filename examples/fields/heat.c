/* A rod that cools, in steps of Crank and Nicolson: each solves a tridiagonal system. How far it ends from what was measured,
 * and the gradient by its diffusivity and by where it began: what an inverse problem asks for.
 * K. W. Morton and D. F. Mayers, Numerical Solution of Partial Differential Equations, 2nd edition (2005), sections 2.9
 * (Thomas's algorithm) and 2.10. */
#include <cgrad/cgrad.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Solves -r u[i-1] + (1 + 2 r) u[i] - r u[i+1] = d[i], with zeros outside; the solution replaces d. */
static void thomas(int n, double r, double *d, double *upper) {
    double pivot = 1 + 2 * r;
    d[0] /= pivot;
    for (int i = 1; i < n; i++) {
        upper[i - 1] = -r / pivot;
        pivot = 1 + 2 * r + r * upper[i - 1];
        d[i] = (d[i] + r * d[i - 1]) / pivot;
    }
    for (int i = n - 2; i >= 0; i--)
        d[i] -= upper[i] * d[i + 1];
}

/* The rod has length 1, its ends are kept at 0; u are the temperatures of n places between them. */
CGRAD_GRAD(diffusivity, start[n])
double cooling_misfit(int n, int steps, double time, double diffusivity, const double *start, const double *measured) {
    double *u = malloc((size_t)n * sizeof *u), *work = malloc((size_t)n * sizeof *work);
    if (!u || !work)
        abort();
    double r = 0.5 * diffusivity * (time / steps) * (n + 1) * (n + 1);
    memcpy(u, start, (size_t)n * sizeof *u);
    for (int k = 0; k < steps; k++) {
        double left = 0;
        for (int i = 0; i < n; i++) {
            double here = u[i], right = i + 1 < n ? u[i + 1] : 0;
            u[i] = r * left + (1 - 2 * r) * here + r * right;
            left = here;
        }
        thomas(n, r, u, work);
    }
    double sum = 0;
    for (int i = 0; i < n; i++)
        sum += (u[i] - measured[i]) * (u[i] - measured[i]);
    free(u);
    free(work);
    return 0.5 * sum / n;
}

#ifdef WITH_MAIN
#include "expect.h"
#include "heat_grad.h"

enum { N = 31, STEPS = 20 };

/* A sine stays one: each step multiplies it by (1 - s) / (1 + s), s = diffusivity h/2 times an eigenvalue. */
int main(void) {
    const double pi = acos(-1), time = 0.1, diffusivity = 0.7, h = time / STEPS;
    double start[N], measured[N] = {0}, start_bar[N], diffusivity_bar, size = 0;
    for (int i = 0; i < N; i++) {
        start[i] = sin(2 * pi * (i + 1) / (N + 1));
        size += start[i] * start[i];
    }
    double misfit = cooling_misfit_grad(N, STEPS, time, diffusivity, &diffusivity_bar, start, start_bar, measured);

    double eigenvalue = pow(2 * (N + 1) * sin(pi / (N + 1)), 2), s = diffusivity * h / 2 * eigenvalue;
    double left = pow((1 - s) / (1 + s), STEPS);
    double left_by_s = left * STEPS * -2 / ((1 - s) * (1 + s));
    expect("misfit", misfit, 0.5 * size * left * left / N, 1e-12);
    expect("by the diffusivity", diffusivity_bar, size * left * left_by_s * h / 2 * eigenvalue / N, 1e-11);
    expect("by the start, at 3", start_bar[3], left * left * start[3] / N, 1e-11);
    expect("by the start, at 20", start_bar[20], left * left * start[20] / N, 1e-11);
    return finish();
}
#endif
