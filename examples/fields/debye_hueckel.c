/* How salty water changes what its ions do: activities by the extended law of Debye and Hueckel, with the sizes of the ions from a
 * table; and how much gypsum dissolves until the product of its activities is that of saturation.
 * W. Stumm and J. J. Morgan, Aquatic Chemistry, 3rd edition (1996), chapter 3; sizes: J. Kielland, J. Am. Chem. Soc. 59 (1937),
 * 1675-1678. */
#include <cgrad/cgrad.h>
#include <math.h>
#include <stdlib.h>

enum ion { SODIUM, CHLORIDE, CALCIUM, SULFATE, IONS };

static const int charge[IONS] = {[SODIUM] = 1, [CHLORIDE] = -1, [CALCIUM] = 2, [SULFATE] = -2};

/* In angstroms. */
static double size_of(enum ion ion) {
    switch (ion) {
    case CALCIUM:
        return 6;
    case SODIUM:
    case SULFATE:
        return 4;
    case CHLORIDE:
        return 3;
    default:
        abort();
    }
}

static double ionic_strength(const double molality[IONS]) {
    double sum = 0;
    for (enum ion ion = SODIUM; ion < IONS; ion++)
        sum += molality[ion] * charge[ion] * charge[ion];
    return sum / 2;
}

/* The decimal logarithm of the coefficient of activity, in water at 25 degrees. */
static double log_coefficient(enum ion ion, double strength) {
    double root = sqrt(strength);
    return -0.509 * charge[ion] * charge[ion] * root / (1 + 0.328 * size_of(ion) * root);
}

/* How far the solution is from saturation with gypsum, as a logarithm; water's own activity counts as 1. */
CGRAD_GRAD(molality)
double saturation(const double molality[IONS]) {
    double strength = ionic_strength(molality);
    double product = log10(molality[CALCIUM] * molality[SULFATE]);
    product += log_coefficient(CALCIUM, strength) + log_coefficient(SULFATE, strength);
    return product + 4.58;
}

/* How much gypsum dissolves in a solution of salt, by bisection and then Newton's method with numbers of this file only. */
CGRAD_GRAD(salt)
double solubility(double salt) {
    double low = 1e-6, high = 1, x = 0.01;
    while (high - low > 1e-3) {
        double molality[IONS] = {salt, salt, (low + high) / 2, (low + high) / 2};
        *(saturation(molality) > 0 ? &high : &low) = molality[CALCIUM];
    }
    x = (low + high) / 2;
    for (int round = 0; round < 8; round++) {
        double here[IONS] = {salt, salt, x, x}, there[IONS] = {salt, salt, x * (1 + 1e-6), x * (1 + 1e-6)};
        double f = saturation(here), slope = (saturation(there) - f) / (x * 1e-6);
        x -= f / slope;
    }
    return x;
}

#ifdef WITH_MAIN
#define DEBYE_HUECKEL_GRAD_NO_TYPES
#include "debye_hueckel_grad.h"
#include "expect.h"

int main(void) {
    double m[IONS] = {0.1, 0.1, 0.02, 0.02}, bar[IONS], root = sqrt(0.18), log10e = log10(exp(1));
    expect("saturation", saturation_grad(m, bar),
           2 * log10(0.02) - 0.509 * 4 * root * (1 / (1 + 1.968 * root) + 1 / (1 + 1.312 * root)) + 4.58, 1e-13);
    double by_strength = -0.509 * 4 / (2 * root) * (pow(1 + 1.968 * root, -2) + pow(1 + 1.312 * root, -2));
    expect("  by sodium", bar[SODIUM], by_strength / 2, 1e-12);
    expect("  by chloride", bar[CHLORIDE], by_strength / 2, 1e-12);
    expect("  by calcium", bar[CALCIUM], 2 * by_strength + log10e / 0.02, 1e-12);

    double salt = 0.1, salt_bar, x = solubility_grad(salt, &salt_bar);
    double at[IONS] = {salt, salt, x, x};
    expect("dissolved in sea-like salt: saturated", saturation_grad(at, bar), 0, 1e-12);
    expect("  by the salt, from the equation itself", salt_bar,
           -(bar[SODIUM] + bar[CHLORIDE]) / (bar[CALCIUM] + bar[SULFATE]), 1e-5);
    expect("salt dissolves gypsum", x > solubility_grad(0, &salt_bar), 1, 0);
    return finish();
}
#endif
