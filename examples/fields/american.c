/* An American put by a binomial tree, with exercise at every node: backwards through one row of values.
 * J. C. Cox, S. A. Ross, M. Rubinstein, Journal of Financial Economics 7 (1979), 229-263; the numbers: J. C. Hull, Options,
 * Futures and Other Derivatives, 9th edition (2014), section 21.1. */
#include <cgrad/cgrad.h>
#include <math.h>

CGRAD_GRAD(spot, strike, rate, volatility)
CGRAD_JVP(spot, strike, rate, volatility)
double american_put(double spot, double strike, double rate, double volatility, double years, int steps) {
    double value[steps + 1];
    double h = years / steps, up = exp(volatility * sqrt(h)), down = 1 / up;
    double p = (exp(rate * h) - down) / (up - down), discount = exp(-rate * h);
    double share = spot * pow(down, steps);
    for (int i = 0; i <= steps; i++, share *= up * up)
        value[i] = fmax(strike - share, 0);
    for (int n = steps; n--;) {
        share = spot * pow(down, n);
        for (int i = 0; i <= n; i++) {
            double kept = discount * (p * value[i + 1] + (1 - p) * value[i]), exercised = strike - share;
            value[i] = exercised > kept ? exercised : kept;
            share *= up * up;
        }
    }
    return value[0];
}

#ifdef WITH_MAIN
#include "american_grad.h"
#include "expect.h"

int main(void) {
    double delta, by_strike, rho, vega, tangent;
    double value = american_put_grad(50, &delta, 50, &by_strike, 0.1, &rho, 0.4, &vega, 5.0 / 12, 5);
    expect("five steps (Hull: 4.49)", value, 4.49, 1e-3);
    value = american_put_grad(50, &delta, 50, &by_strike, 0.1, &rho, 0.4, &vega, 5.0 / 12, 500);
    expect("500 steps (Hull: 4.283)", value, 4.283, 1e-4);
    expect("homogeneous", 50 * delta + 50 * by_strike, value, 1e-12);
    american_put_jvp(50, 1, 50, 1, 0.1, 0, 0.4, 0, 5.0 / 12, 500, &tangent);
    expect("  the same by a tangent", 50 * tangent, value, 1e-12);
    double step = 1e-6;
    expect("vega (difference)", vega,
           (american_put(50, 50, 0.1, 0.4 + step, 5.0 / 12, 500) - american_put(50, 50, 0.1, 0.4 - step, 5.0 / 12, 500))
               / (2 * step), 1e-6);
    expect("rho (difference)", rho,
           (american_put(50, 50, 0.1 + step, 0.4, 5.0 / 12, 500) - american_put(50, 50, 0.1 - step, 0.4, 5.0 / 12, 500))
               / (2 * step), 1e-6);
    value = american_put_grad(10, &delta, 50, &by_strike, 0.1, &rho, 0.4, &vega, 5.0 / 12, 50);
    expect("deep in the money: exercised", value, 40, 0);
    expect("  delta", delta, -1, 0);
    return finish();
}
#endif
