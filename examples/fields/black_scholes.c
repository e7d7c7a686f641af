/* The price of a European option by the formula of Black and Scholes, and of a whole book of them; the gradient are the Greeks.
 * F. Black and M. Scholes, Journal of Political Economy 81 (1973), 637-654; the Greeks: J. C. Hull, Options, Futures and Other
 * Derivatives, 9th edition (2014), chapters 15 and 19. */
#include <cgrad/cgrad.h>
#include <math.h>

enum kind { CALL, PUT };

typedef struct {
    enum kind kind;
    double strike, years;
    int count; /* below 0: sold */
} contract;

struct market {
    double spot, rate, dividend, volatility;
};

/* The normal distribution's function. */
static double cdf(double x) {
    return 0.5 * erfc(-x / sqrt(2));
}

static double price(const contract *c, const struct market *m) {
    double forward = m->spot * exp((m->rate - m->dividend) * c->years), discount = exp(-m->rate * c->years);
    double width = m->volatility * sqrt(c->years);
    if (width == 0) {
        double gain = c->kind == CALL ? forward - c->strike : c->strike - forward;
        return discount * fmax(gain, 0);
    }
    double d1 = log(forward / c->strike) / width + width / 2, d2 = d1 - width;
    int sign = c->kind == CALL ? 1 : -1;
    return sign * discount * (forward * cdf(sign * d1) - c->strike * cdf(sign * d2));
}

CGRAD_GRAD(market)
double book_value(int n, const contract *book, struct market market) {
    double total = 0;
    for (const contract *c = book; c != book + n; c++)
        total += c->count * price(c, &market);
    return total;
}

#ifdef WITH_MAIN
#define BLACK_SCHOLES_GRAD_NO_TYPES
#include "black_scholes_grad.h"
#include "expect.h"

int main(void) {
    /* Hull, example 15.6: a call at 4.76, a put at 0.81. */
    const contract call = {CALL, 40, 0.5, 1}, put = {PUT, 40, 0.5, 1};
    const struct market market = {42, 0.1, 0, 0.2};
    struct market greeks, puts;
    double value = book_value_grad(1, &call, market, &greeks), pi = acos(-1);
    double d1 = (log(42.0 / 40) + (0.1 + 0.02) * 0.5) / (0.2 * sqrt(0.5)), d2 = d1 - 0.2 * sqrt(0.5);
    double density = exp(-d1 * d1 / 2) / sqrt(2 * pi);
    expect("call (Hull: 4.76)", value, 4.76, 1e-3);
    expect("  delta", greeks.spot, 0.5 * erfc(-d1 / sqrt(2)), 1e-13);
    expect("  vega", greeks.volatility, 42 * sqrt(0.5) * density, 1e-12);
    expect("  rho", greeks.rate, 40 * 0.5 * exp(-0.05) * 0.5 * erfc(-d2 / sqrt(2)), 1e-12);
    expect("  by the dividend", greeks.dividend, -42 * 0.5 * greeks.spot, 1e-12);
    expect("put (Hull: 0.81)", book_value_grad(1, &put, market, &puts), 0.81, 5e-3);

    /* A call bought, a put sold and a share's price borrowed: a forward, whose value knows no volatility. */
    const contract both[2] = {{CALL, 40, 0.5, 1}, {PUT, 40, 0.5, -1}};
    expect("parity", book_value_grad(2, both, market, &greeks), 42 - 40 * exp(-0.05), 1e-13);
    expect("  delta", greeks.spot, 1, 1e-14);
    expect("  vega", greeks.volatility, 0, 1e-13);
    const contract due = {CALL, 40, 0, 3};
    expect("due today", book_value_grad(1, &due, market, &greeks), 6, 1e-14);
    expect("  delta", greeks.spot, 3, 1e-14);
    return finish();
}
#endif
