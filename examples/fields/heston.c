/* A call in Heston's model, whose variance is random too, by simulation of paths with fixed random numbers. The gradient is that
 * of the estimate itself, path by path (pathwise Greeks).
 * S. L. Heston, The Review of Financial Studies 6 (1993), 327-343; the steps: P. Glasserman, Monte Carlo Methods in Financial
 * Engineering (2004), section 3.4 and 7.2. */
#include <cgrad/cgrad.h>
#include <math.h>
#include <stdint.h>

struct heston {
    double spot, rate;
    double variance, mean, speed; /* it starts at, tends to, and how fast */
    double volatility, correlation;
};

/* Uniform in (0, 1): a linear congruence of 64 bits. */
static double uniform(uint64_t *state) {
    *state = *state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return ((double)(*state >> 11) + 0.5) / 9007199254740992.0;
}

/* Two normal numbers at once (Box and Muller). */
static void normal(uint64_t *state, double out[2]) {
    double radius = sqrt(-2 * log(uniform(state))), angle = 2 * 3.14159265358979323846 * uniform(state);
    out[0] = radius * cos(angle);
    out[1] = radius * sin(angle);
}

CGRAD_GRAD(model[1], strike)
double heston_call(const struct heston *model, double strike, double years, int paths, int steps) {
    uint64_t state = 20260101;
    double h = years / steps, sum = 0;
    double rest = sqrt(1 - model->correlation * model->correlation);
    for (int path = 0; path < paths; path++) {
        double x = log(model->spot), v = model->variance;
        for (int k = 0; k < steps; k++) {
            double z[2], positive = v > 0 ? v : 0;
            normal(&state, z);
            double width = sqrt(positive * h);
            x += (model->rate - positive / 2) * h + width * z[0];
            v += model->speed * (model->mean - positive) * h
                 + model->volatility * width * (model->correlation * z[0] + rest * z[1]);
        }
        double gain = exp(x) - strike;
        if (gain <= 0)
            continue;
        sum += gain;
    }
    return exp(-model->rate * years) * sum / paths;
}

#ifdef WITH_MAIN
#define HESTON_GRAD_NO_TYPES
#include "expect.h"
#include "heston_grad.h"

int main(void) {
    struct heston model = {100, 0.03, 0.04, 0.04, 1.5, 0, -0.6}, bar;
    double strike_bar, years = 0.5;
    /* No volatility of the variance: Black and Scholes, within the noise of 20000 paths. */
    double value = heston_call_grad(&model, &bar, 105, &strike_bar, years, 20000, 10);
    double d1 = (log(100.0 / 105) + (0.03 + 0.02) * years) / (0.2 * sqrt(years)), d2 = d1 - 0.2 * sqrt(years);
    double n1 = 0.5 * erfc(-d1 / sqrt(2)), n2 = 0.5 * erfc(-d2 / sqrt(2)), discount = exp(-0.03 * years);
    expect("Black and Scholes: price", value, 100 * n1 - 105 * discount * n2, 0.02);
    expect("  delta", bar.spot, n1, 0.02);
    expect("  by the strike", strike_bar, -discount * n2, 0.02);
    expect("  rho", bar.rate, 105 * years * discount * n2, 0.02);

    /* Euler's theorem holds for the estimate itself: twice the spot and the strike is twice the price. */
    model.volatility = 0.3;
    value = heston_call_grad(&model, &bar, 105, &strike_bar, years, 2000, 10);
    expect("homogeneous", model.spot * bar.spot + 105 * strike_bar, value, 1e-12);
    double step = 1e-8;
    struct heston more = model, less = model;
    more.volatility += step;
    less.volatility -= step;
    expect("by the volatility of variance (difference)", bar.volatility,
           (heston_call(&more, 105, years, 2000, 10) - heston_call(&less, 105, years, 2000, 10)) / (2 * step), 1e-5);
    more = less = model;
    more.correlation += step;
    less.correlation -= step;
    expect("by the correlation (difference)", bar.correlation,
           (heston_call(&more, 105, years, 2000, 10) - heston_call(&less, 105, years, 2000, 10)) / (2 * step), 1e-5);
    return finish();
}
#endif
