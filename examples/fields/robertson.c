/* Robertson's reactions, the classical stiff system: A -> B slowly, 2 B -> B + C fast, B + C -> A + C. Steps of the implicit Euler
 * method, each solved by Newton's method with a 3 by 3 elimination.
 * E. Hairer and G. Wanner, Solving Ordinary Differential Equations II, 2nd edition (1996), equation 1.4 of chapter IV. */
#include <cgrad/cgrad.h>
#include <math.h>

enum species { A, B, C, SPECIES };

typedef struct {
    double slow, fast, back;
} rate_constants;

/* What reactions do to the concentrations, and how that depends on them. */
static void react(const rate_constants *k, const double y[SPECIES], double rate[SPECIES], double jacobian[SPECIES][SPECIES]) {
    double first = k->slow * y[A], second = k->fast * y[B] * y[B], third = k->back * y[B] * y[C];
    rate[A] = third - first;
    rate[C] = second;
    rate[B] = -rate[A] - rate[C];
    jacobian[A][A] = -k->slow, jacobian[A][B] = k->back * y[C], jacobian[A][C] = k->back * y[B];
    jacobian[C][A] = 0, jacobian[C][B] = 2 * k->fast * y[B], jacobian[C][C] = 0;
    for (int j = 0; j < SPECIES; j++)
        jacobian[B][j] = -jacobian[A][j] - jacobian[C][j];
}

/* Gauss's elimination in place; diagonally dominant enough for no pivots. */
static void solve(double m[SPECIES][SPECIES], double b[SPECIES]) {
    for (int k = 0; k < SPECIES; k++)
        for (int i = k + 1; i < SPECIES; i++) {
            double factor = m[i][k] / m[k][k];
            for (int j = k; j < SPECIES; j++)
                m[i][j] -= factor * m[k][j];
            b[i] -= factor * b[k];
        }
    for (int i = SPECIES; i-- > 0;) {
        for (int j = i + 1; j < SPECIES; j++)
            b[i] -= m[i][j] * b[j];
        b[i] /= m[i][i];
    }
}

/* Steps that grow from h to the end. */
CGRAD_VJP(k, y[SPECIES] -> y[SPECIES])
void robertson(rate_constants k, double end, double h, double growth, double y[SPECIES]) {
    for (double t = 0; t < end; t += h, h *= growth) {
        double next[SPECIES] = {y[A], y[B], y[C]}, norm;
        if (t + h > end)
            h = end - t;
        int round = 0;
        do {
            double step[SPECIES], m[SPECIES][SPECIES];
            react(&k, next, step, m);
            for (int i = 0; i < SPECIES; i++) {
                step[i] = y[i] + h * step[i] - next[i];
                for (int j = 0; j < SPECIES; j++)
                    m[i][j] = (i == j) - h * m[i][j];
            }
            solve(m, step);
            norm = 0;
            for (int i = 0; i < SPECIES; i++) {
                next[i] += step[i];
                norm = fmax(norm, fabs(step[i]));
            }
        } while (norm > 1e-14 && ++round < 20);
        for (int i = 0; i < SPECIES; i++)
            y[i] = next[i];
    }
}

#ifdef WITH_MAIN
#define ROBERTSON_GRAD_NO_TYPES
#include "expect.h"
#include "robertson_grad.h"

int main(void) {
    const rate_constants k = {0.04, 3e7, 1e4};
    rate_constants k_bar = {0, 0, 0};
    double y[SPECIES] = {1, 0, 0}, y_bar[SPECIES] = {1, 1, 1};
    robertson_vjp(k, &k_bar, 40, 1e-6, 1.002, y, y_bar);
    expect("A at 40 (literature: 0.7158)", y[A], 0.7158271, 2e-4);
    expect("B at 40 (literature: 9.1855e-6)", y[B], 9.185535e-6, 1e-3);
    expect("C at 40 (literature: 0.2842)", y[C], 0.2841637, 5e-4);
    expect("mass, by A at the start", y_bar[A], 1, 1e-10);
    expect("mass, by B at the start", y_bar[B], 1, 1e-10);
    expect("mass, by C at the start", y_bar[C], 1, 1e-10);
    expect("mass, by a rate", k_bar.slow, 0, 1e-10);

    /* All rates twice as fast is the same as twice the time: d/dt at the end. */
    double again[SPECIES] = {1, 0, 0}, again_bar[SPECIES] = {1, 0, 0}, rate[SPECIES], jacobian[SPECIES][SPECIES];
    k_bar = (rate_constants){0, 0, 0};
    robertson_vjp(k, &k_bar, 40, 1e-6, 1.002, again, again_bar);
    react(&k, again, rate, jacobian);
    expect("all rates: time", k.slow * k_bar.slow + k.fast * k_bar.fast + k.back * k_bar.back, 40 * rate[A], 1e-3);

    double more[SPECIES] = {1, 0, 0}, less[SPECIES] = {1, 0, 0}, step = 1e-6;
    robertson((rate_constants){k.slow + step, k.fast, k.back}, 40, 1e-6, 1.002, more);
    robertson((rate_constants){k.slow - step, k.fast, k.back}, 40, 1e-6, 1.002, less);
    expect("A by the slow rate (difference)", k_bar.slow, (more[A] - less[A]) / (2 * step), 1e-6);
    return finish();
}
#endif
