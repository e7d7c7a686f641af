/* The yield of a bond with coupons by its price, by Newton's method; its gradient says what a yield owes to each payment. And how
 * the price depends on the yield: duration.
 * J. C. Hull, Options, Futures and Other Derivatives, 9th edition (2014), chapter 4. */
#include <cgrad/cgrad.h>
#include <math.h>
#include <stdlib.h>

struct payment {
    double amount;
    float years;
    struct payment *next;
};

/* Continuously compounded. */
CGRAD_GRAD(yield)
double present_value(const struct payment *first, double yield) {
    if (!first)
        return 0;
    return first->amount * exp(-yield * first->years) + present_value(first->next, yield);
}

static double slope(const struct payment *first, double yield) {
    return first ? slope(first->next, yield) - first->years * first->amount * exp(-yield * first->years) : 0;
}

CGRAD_VJP(first, price)
double yield_of(const struct payment *first, double price) {
    double yield = 0.05, step;
    do {
        step = (price - present_value(first, yield)) / slope(first, yield);
        yield += step;
    } while (fabs(step) > 1e-12);
    return yield;
}

#ifdef WITH_MAIN
#define BOND_GRAD_NO_TYPES
#include "bond_grad.h"
#include "expect.h"

enum { PAYMENTS = 6 };

/* Hull's table 4.6: three years, a coupon of 10 %, paid twice a year. */
int main(void) {
    struct payment bond[PAYMENTS], bar[PAYMENTS];
    for (int k = 0; k < PAYMENTS; k++) {
        struct payment *next = k + 1 < PAYMENTS ? &bond[k + 1] : NULL;
        bond[k] = (struct payment){k + 1 < PAYMENTS ? 5 : 105, 0.5f * (float)(k + 1), next};
        bar[k] = (struct payment){0, 0, next ? &bar[k + 1] : NULL};
    }
    double yield_bar, price = present_value_grad(bond, 0.12, &yield_bar);
    expect("price at 12 % (Hull: 94.213)", price, 94.213, 1e-5);
    expect("duration (Hull: 2.653)", -yield_bar / price, 2.653, 2e-4);

    double price_bar = 0;
    expect("yield at that price", yield_of_vjp(bond, bar, price, &price_bar, 1), 0.12, 1e-12);
    expect("  by the price", price_bar, 1 / yield_bar, 1e-9);
    for (int k = 0; k < PAYMENTS; k++)
        expect("  by a payment", bar[k].amount, -exp(-0.12 * bond[k].years) / yield_bar, 1e-9);
    expect("  by the time of the last", bar[5].years, 0.12 * 105 * exp(-0.36) / yield_bar, 1e-6);
    return finish();
}
#endif
