/* The flow of the Nile at Aswan, 1871 to 1970, as a random walk seen through noise: the likelihood of its two variances by the
 * Kalman filter.
 * J. Durbin and S. J. Koopman, Time Series Analysis by State Space Methods, 2nd edition (2012), sections 2.2 and 2.10,
 * with the estimates. */
#include <cgrad/cgrad.h>
#include <math.h>

enum { YEARS = 100 };

static const int flow[YEARS] = {
    1120, 1160, 963,  1210, 1160, 1160, 813,  1230, 1370, 1140, 995,  935,  1110, 994,  1020, 960, 1180, 799, 958,  1140,
    1100, 1210, 1150, 1250, 1260, 1220, 1030, 1100, 774,  840,  874,  694,  940,  833,  701,  916, 692,  1020, 1050, 969,
    831,  726,  456,  824,  702,  1120, 1100, 832,  764,  821,  768,  845,  864,  862,  698,  845, 744,  796, 1040, 759,
    781,  865,  845,  944,  984,  897,  822,  1010, 771,  676,  649,  846,  812,  742,  801,  1040, 860, 874, 848,  890,
    744,  749,  838,  1050, 918,  986,  797,  923,  975,  815,  1020, 906,  901,  1170, 912,  746, 919,  718, 714,  740};

struct filter {
    double level, variance; /* and how well it is known */
};

/* One year: how surprising it is. */
static double observe(struct filter *filter, double y, double noise, double drift) {
    double miss = y - filter->level;
    double expected = filter->variance + noise; /* the variance of the miss */
    double gain = filter->variance / expected;
    filter->level += gain * miss;
    filter->variance = filter->variance * (1 - gain) + drift;
    return 0.5 * (log(2 * 3.14159265358979323846) + log(expected) + miss * miss / expected);
}

/* By the logarithms of the variances; nothing is known of the first level, so the first year only sets it. */
CGRAD_GRAD(log_noise, log_drift)
CGRAD_JVP(log_noise, log_drift)
double log_likelihood(double log_noise, double log_drift) {
    double noise = exp(log_noise), drift = exp(log_drift), sum = 0;
    struct filter filter = {flow[0], noise + drift};
    for (int year = 1; year < YEARS; year++)
        sum -= observe(&filter, flow[year], noise, drift);
    return sum;
}

#ifdef WITH_MAIN
#include "expect.h"
#include "nile_grad.h"

int main(void) {
    double a = log(10000), b = log(1000), a_bar, b_bar, value = 0, slope;
    for (int step = 0; step < 400; step++) { /* uphill, at a rate that the curvature allows */
        value = log_likelihood_grad(a, &a_bar, b, &b_bar);
        a += 0.03 * a_bar;
        b += 0.15 * b_bar;
    }
    expect("likelihood", value, -632.54, 1e-4);
    expect("variance of the noise", exp(a), 15099, 1e-3);
    expect("variance of the drift", exp(b), 1469.1, 1e-3);
    expect("tangent and gradient", (log_likelihood_jvp(a, 0, b - 1, 1, &slope), slope),
           (log_likelihood_grad(a, &a_bar, b - 1, &b_bar), b_bar), 1e-12);

    /* Only white noise, a drift of (almost) 0: the filter is the mean of the years before. */
    log_likelihood_grad(log(20000), &a_bar, log(1e-9), &b_bar);
    double mean = flow[0], squares = 0;
    for (int year = 1; year < YEARS; year++) {
        squares += (flow[year] - mean) * (flow[year] - mean) * year / (year + 1);
        mean += (flow[year] - mean) / (year + 1);
    }
    expect("by the noise alone", a_bar, -0.5 * (YEARS - 1) + 0.5 * squares / 20000, 1e-8);
    return finish();
}
#endif
