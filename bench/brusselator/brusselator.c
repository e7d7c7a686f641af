#include "brusselator.h"

#include <cgrad/cgrad.h>

/* Substance is brought in at one place, after some time. */
static double source(double x, double y, double time) {
    double distance = (x - 0.3) * (x - 0.3) + (y - 0.6) * (y - 0.6);
    return distance <= 0.01 && time >= 1.1 ? 5 : 0;
}

CGRAD_VJP(u[n * n], v[n * n] -> du[n * n], dv[n * n])
CGRAD_JVP(u[n * n], v[n * n] -> du[n * n], dv[n * n])
void brusselator(int n, double time, const double *u, const double *v, double *du, double *dv) {
    const double a = 3.4, b = 1;
    double spacing = 1.0 / (n - 1);
    double diffusion = 0.02 / (spacing * spacing);

    for (int i = 0; i < n; i++) {
        int above = i == 0 ? n - 1 : i - 1;
        int below = i == n - 1 ? 0 : i + 1;
        for (int j = 0; j < n; j++) {
            int left = j == 0 ? n - 1 : j - 1;
            int right = j == n - 1 ? 0 : j + 1;
            int at = i * n + j;
            double reaction = u[at] * u[at] * v[at];

            du[at] = diffusion * (u[above * n + j] + u[below * n + j] + u[i * n + left] + u[i * n + right] - 4 * u[at]) + b +
                     reaction - (a + 1) * u[at] + source(i * spacing, j * spacing, time);
            dv[at] = diffusion * (v[above * n + j] + v[below * n + j] + v[i * n + left] + v[i * n + right] - 4 * v[at]) +
                     a * u[at] - reaction;
        }
    }
}
