/* A magnet in the mean field of its neighbours: m = tanh((z J m + H) / T), solved by repetition. Its gradient holds the
 * susceptibility.
 * K. Huang, Statistical Mechanics, 2nd edition (1987), chapter 14 (the approximation of Bragg and Williams). */
#include <cgrad/cgrad.h>
#include <math.h>

#define NEIGHBOURS 6
#define COUPLING 1.0

CGRAD_GRAD(temperature, field)
double magnetization(double temperature, double field) {
    double m = field < 0 ? -1 : 1, before;
    int rounds = 0;
    do {
        before = m;
        m = tanh((NEIGHBOURS * COUPLING * m + field) / temperature);
    } while (fabs(m - before) > 1e-15 && ++rounds < 10000);
    return m;
}

#ifdef WITH_MAIN
#include "expect.h"
#include "ising_grad.h"

/* By differentiating the equation itself. */
static void check(double temperature, double field) {
    double by_temperature, by_field;
    double m = magnetization_grad(temperature, &by_temperature, field, &by_field);
    double inside = (NEIGHBOURS * m + field) / temperature, slope = 1 - m * m;
    double stiffness = 1 - NEIGHBOURS * slope / temperature;
    expect("the field that keeps m up", temperature * atanh(m) - NEIGHBOURS * m, field, 1e-12);
    expect("  susceptibility", by_field, slope / temperature / stiffness, 1e-12);
    expect("  by the temperature", by_temperature, -slope * inside / temperature / stiffness, 1e-12);
}

int main(void) {
    check(4, 0.5);
    check(5, -0.01);
    check(7, 0.2);
    double by_temperature, by_field;
    magnetization_grad(7, &by_temperature, 0, &by_field);
    expect("Curie and Weiss's law", by_field, 1.0 / (7 - NEIGHBOURS), 1e-11);
    return finish();
}
#endif
