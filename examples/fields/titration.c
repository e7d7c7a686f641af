/* The pH of a solution of a weak acid with several protons and a strong base: the balance of charges, by Newton's method in the pH,
 * with halved steps where it overshoots. Its slope by the base is one over the buffer's capacity.
 * W. Stumm and J. J. Morgan, Aquatic Chemistry, 3rd edition (1996), chapter 3. */
#include <cgrad/cgrad.h>
#include <math.h>

enum { MOST = 4 };

struct acid {
    int protons;
    double total;      /* mol/l */
    double pk[MOST];   /* of each step */
};

/* The acid's mean charge: each proton it loses takes one away. */
static double mean_charge(const struct acid *acid, double h) {
    double weight = 1, sum = 1, charges = 0;
    for (int i = 0; i < acid->protons; i++) {
        weight *= pow(10, -acid->pk[i]) / h;
        sum += weight;
        charges += (i + 1) * weight;
    }
    return -charges / sum;
}

static double charge_balance(const struct acid *acid, double base, double ph) {
    double h = pow(10, -ph);
    return h - 1e-14 / h + base + acid->total * mean_charge(acid, h);
}

CGRAD_GRAD(acid[1], base)
double ph_of(const struct acid *acid, double base) {
    double ph = 7, balance = charge_balance(acid, base, ph);
    for (int round = 0; round < 200; round++) {
        const double d = 1e-7;
        double slope = (charge_balance(acid, base, ph + d) - charge_balance(acid, base, ph - d)) / (2 * d);
        double step = -balance / slope;
        if (fabs(step) > 1)
            step = step > 0 ? 1 : -1;
        double next;
        for (;;) {
            next = charge_balance(acid, base, ph + step);
            if (fabs(next) <= fabs(balance) || fabs(step) < 1e-15)
                break;
            step /= 2;
        }
        ph += step;
        balance = next;
        if (fabs(step) < 1e-12)
            return ph;
    }
    return NAN;
}

#ifdef WITH_MAIN
#define TITRATION_GRAD_NO_TYPES
#include "expect.h"
#include "titration_grad.h"

static double capacity(const struct acid *acid, double ph) {
    double h = pow(10, -ph), k = pow(10, -acid->pk[0]);
    return log(10) * (h + 1e-14 / h + acid->total * k * h / ((k + h) * (k + h)));
}

int main(void) {
    const struct acid acetic = {1, 0.1, {4.756, 0, 0, 0}}, phosphoric = {3, 0.05, {2.148, 7.198, 12.35, 0}};
    struct acid bar;
    double base_bar;
    for (int percent = 0; percent <= 120; percent += 40) {
        double base = 0.1 * percent / 100, ph = ph_of(&acetic, base);
        printf("acetic acid, %d%% base: pH %.3f\n", percent, ph);
        ph_of_grad(&acetic, &bar, base, &base_bar);
        expect("  the capacity", 1 / base_bar, capacity(&acetic, ph), 1e-6);
    }
    /* In the middle pH = pK, nearly, and a change of pK is one of the pH. */
    expect("half-way: pH = pK", ph_of_grad(&acetic, &bar, 0.05, &base_bar), 4.756, 1e-3);
    expect("half-way: by pK", bar.pk[0], 1, 2e-3);
    expect("twice the protons lost: (pK1 + pK2) / 2", ph_of_grad(&phosphoric, &bar, 0.05, &base_bar), (2.148 + 7.198) / 2, 0.02);
    expect("  by pK1", bar.pk[0], 0.5, 0.15);
    expect("  by pK2", bar.pk[1], 0.5, 0.15);
    expect("  by pK3: none", bar.pk[2], 0, 1e-4);
    return finish();
}
#endif
