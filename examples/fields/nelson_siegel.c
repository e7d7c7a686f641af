/* A curve of yields with four parameters, and how far it is from the yields that a market quotes, one by one: the residuals for a
 * Gauss-Newton fit, whose Jacobian is made of tangents.
 * C. R. Nelson and A. F. Siegel, The Journal of Business 60 (1987), 473-489. */
#include <cgrad/cgrad.h>
#include <math.h>

enum parameter { LEVEL, SLOPE, CURVATURE, DECAY, PARAMETERS };

/* (1 - exp(-x)) / x, also where x is small. */
static double average(double x) {
    return fabs(x) < 1e-6 ? 1 - x / 2 : -expm1(-x) / x;
}

static double yield_at(const double p[PARAMETERS], double years) {
    double x = years / p[DECAY];
    return p[LEVEL] + p[SLOPE] * average(x) + p[CURVATURE] * (average(x) - exp(-x));
}

CGRAD_JVP(p -> residuals[n])
CGRAD_VJP(p -> residuals[n])
void misses(const double p[PARAMETERS], int n, const double (*quotes)[2], double *residuals) {
    for (int i = 0; i < n; i++)
        residuals[i] = yield_at(p, quotes[i][0]) - quotes[i][1];
}

#ifdef WITH_MAIN
#define NELSON_SIEGEL_GRAD_NO_TYPES
#include "expect.h"
#include "nelson_siegel_grad.h"

enum { QUOTES = 8 };

/* One step: the normal equations J'J step = -J'r, with a little damping. */
static double gauss_newton(double p[PARAMETERS], const double (*quotes)[2]) {
    double r[QUOTES], jacobian[PARAMETERS][QUOTES], a[PARAMETERS][PARAMETERS + 1], size = 0;
    for (int k = 0; k < PARAMETERS; k++) {
        double unit[PARAMETERS] = {0};
        unit[k] = 1;
        misses_jvp(p, unit, QUOTES, quotes, r, jacobian[k]);
    }
    for (int k = 0; k < PARAMETERS; k++) {
        for (int l = 0; l <= PARAMETERS; l++) {
            a[k][l] = k == l ? 1e-9 : 0;
            for (int i = 0; i < QUOTES; i++)
                a[k][l] += jacobian[k][i] * (l < PARAMETERS ? jacobian[l][i] : -r[i]);
        }
        size = fmax(size, fabs(a[k][PARAMETERS]));
    }
    for (int k = 0; k < PARAMETERS; k++)
        for (int i = 0; i < PARAMETERS; i++)
            for (int l = PARAMETERS; i != k && l >= k; l--)
                a[i][l] -= a[k][l] * (a[i][k] / a[k][k]);
    for (int k = 0; k < PARAMETERS; k++)
        p[k] += a[k][PARAMETERS] / a[k][k];
    return size;
}

int main(void) {
    const double truth[PARAMETERS] = {4.5, -2.0, 1.5, 1.8};
    double quotes[QUOTES][2] = {{0.25}, {0.5}, {1}, {2}, {3}, {5}, {10}, {30}}, p[PARAMETERS] = {4, -1, 0.5, 1.2};
    for (int i = 0; i < QUOTES; i++) {
        double x = quotes[i][0] / truth[DECAY];
        quotes[i][1] = 4.5 - 2 * (1 - exp(-x)) / x + 1.5 * ((1 - exp(-x)) / x - exp(-x));
    }
    for (int round = 0; round < 50; round++)
        gauss_newton(p, (const double (*)[2])quotes);
    static const char *const names[PARAMETERS] = {"level", "slope", "curvature", "decay"};
    for (int k = 0; k < PARAMETERS; k++)
        expect(names[k], p[k], truth[k], 1e-6);
    expect("nothing left", gauss_newton(p, (const double (*)[2])quotes), 0, 1e-8);

    double r[QUOTES], r_bar[QUOTES] = {1, 1, 1, 1, 1, 1, 1, 1}, p_bar[PARAMETERS] = {0}, loadings = 0;
    for (int i = 0; i < QUOTES; i++)
        loadings += (1 - exp(-quotes[i][0] / p[DECAY])) / (quotes[i][0] / p[DECAY]);
    misses_vjp(p, p_bar, QUOTES, (const double (*)[2])quotes, r, r_bar);
    expect("sum of residuals, by the level", p_bar[LEVEL], QUOTES, 1e-14);
    expect("  by the slope", p_bar[SLOPE], loadings, 1e-13);
    return finish();
}
#endif
