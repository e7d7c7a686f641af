/* The equation of state of Peng and Robinson: how far a gas is from an ideal one. Its compressibility Z is a root of a cubic, by
 * Cardano's formulas; the fugacity follows.
 * D.-Y. Peng and D. B. Robinson, Industrial and Engineering Chemistry Fundamentals 15 (1976), 59-64. */
#include <cgrad/cgrad.h>
#include <math.h>

#define GAS_CONSTANT 8.31446261815324
#define ROOT2 1.41421356237309504880

enum phase { LIQUID, VAPOUR };

struct substance {
    double critical_temperature, critical_pressure, acentric_factor;
};

/* The smallest or the largest real root of x^3 + a x^2 + b x + c. */
static double cubic_root(double a, double b, double c, enum phase phase) {
    const double pi = 3.14159265358979323846;
    double q = (a * a - 3 * b) / 9, r = (2 * a * a * a - 9 * a * b + 27 * c) / 54;
    if (r * r < q * q * q) {
        double theta = acos(r / sqrt(q * q * q)), turn = phase == VAPOUR ? 2 * pi : 0;
        return -2 * sqrt(q) * cos((theta + turn) / 3) - a / 3;
    }
    double s = cbrt(fabs(r) + sqrt(r * r - q * q * q));
    if (r > 0)
        s = -s;
    return s + (s == 0 ? 0 : q / s) - a / 3;
}

/* The logarithm of the coefficient of fugacity; z gets the compressibility. */
CGRAD_VJP(substance[1], temperature, pressure -> return, z[1])
double log_fugacity(const struct substance *substance, enum phase phase, double temperature, double pressure, double *z) {
    double m = 0.37464 + (1.54226 - 0.26992 * substance->acentric_factor) * substance->acentric_factor;
    double alpha = 1 + m * (1 - sqrt(temperature / substance->critical_temperature));
    double reduced = pressure / substance->critical_pressure * substance->critical_temperature / temperature;
    double a = 0.45724 * alpha * alpha * reduced * substance->critical_temperature / temperature;
    double b = 0.07780 * reduced;
    *z = cubic_root(b - 1, a - 3 * b * b - 2 * b, b * (b * b + b - a), phase);
    return *z - 1 - log(*z - b) - a / (2 * ROOT2 * b) * log((*z + (1 + ROOT2) * b) / (*z + (1 - ROOT2) * b));
}

#ifdef WITH_MAIN
#define PENG_ROBINSON_GRAD_NO_TYPES
#include "expect.h"
#include "peng_robinson_grad.h"

static const struct substance propane = {369.83, 4.248e6, 0.152};

/* Thermodynamics gives the derivatives by pressure and temperature in another way. */
static void check(const char *what, enum phase phase, double temperature, double pressure) {
    struct substance bar = {0, 0, 0};
    double t_bar = 0, p_bar = 0, z, z_bar = 0;
    double f = log_fugacity_vjp(&propane, &bar, phase, temperature, &t_bar, pressure, &p_bar, &z, &z_bar, 1);
    printf("%s: Z = %.6f, fugacity %.6f of the pressure\n", what, z, exp(f));
    expect("  by the pressure", p_bar, (z - 1) / pressure, 1e-10);
    double m = 0.37464 + 1.54226 * 0.152 - 0.26992 * 0.152 * 0.152, alpha = 1 + m * (1 - sqrt(temperature / 369.83));
    double b = 0.07780 * GAS_CONSTANT * 369.83 / 4.248e6, big_b = b * pressure / (GAS_CONSTANT * temperature);
    double a = 0.45724 * pow(GAS_CONSTANT * 369.83, 2) / 4.248e6 * alpha * alpha;
    double a_slope = -a * m / (alpha * sqrt(temperature * 369.83));
    double enthalpy = GAS_CONSTANT * temperature * (z - 1)
                      + (temperature * a_slope - a) / (2 * ROOT2 * b) * log((z + (1 + ROOT2) * big_b) / (z + (1 - ROOT2) * big_b));
    expect("  by the temperature: residual enthalpy", t_bar, -enthalpy / (GAS_CONSTANT * temperature * temperature), 1e-10);
    expect("  corresponding states",
           temperature * t_bar + 369.83 * bar.critical_temperature + pressure * p_bar + 4.248e6 * bar.critical_pressure, 0, 1e-10);

    double ps = 0, ts = 0, seed = 1;
    bar = (struct substance){0, 0, 0};
    log_fugacity_vjp(&propane, &bar, phase, temperature, &ts, pressure, &ps, &z, &seed, 0);
    double step = pressure * 1e-5, more, less;
    log_fugacity(&propane, phase, temperature, pressure + step, &more);
    log_fugacity(&propane, phase, temperature, pressure - step, &less);
    expect("  Z by the pressure (difference)", ps, (more - less) / (2 * step), 1e-5);
}

int main(void) {
    check("propane, vapour at 300 K, 5 bar", VAPOUR, 300, 5e5);
    check("propane, liquid at 300 K, 5 bar", LIQUID, 300, 5e5);
    check("propane, supercritical", VAPOUR, 400, 6e6);
    /* Boiling: the same fugacity in both phases. The vapour pressure at 300 K is 9.98 bar. */
    double p = 8e5, z;
    for (int round = 0; round < 20; round++) {
        struct substance bar = {0, 0, 0};
        double t_bar = 0, vapour_bar = 0, liquid_bar = 0, z_bar = 0;
        double vapour = log_fugacity_vjp(&propane, &bar, VAPOUR, 300, &t_bar, p, &vapour_bar, &z, &z_bar, 1);
        double liquid = log_fugacity_vjp(&propane, &bar, LIQUID, 300, &t_bar, p, &liquid_bar, &z, &z_bar, 1);
        p -= (vapour - liquid) / (vapour_bar - liquid_bar);
    }
    expect("vapour pressure at 300 K (9.98 bar)", p, 9.98e5, 0.01);
    return finish();
}
#endif
