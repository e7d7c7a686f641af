/* Digamma and its derivatives: known values, identities, differences, poles. */
#include <cgrad/special.h>

#include "../support/numbers.h"

static struct number_checks checks;

/* ---- known values ----------------------------------------------------------------------------------- */

/* The n-th derivative of digamma at exactly this x, computed by mpmath with 40 digits. */
static const struct {
    int n;
    double x;
    long double value;
} known[] = {
    {0, 1e-10, -1.000000000057721530042e+10L},
    {0, 0.001, -1.000575571931810279655e+3L},
    {0, 0.25, -4.22745353337626540809L},
    {0, 1.4375, -0.02361354400529789914173L},
    {0, 1.4616321449683622, -9.241265521729427516792e-17L},
    {0, 1.46875, 6.865411470735776728139e-3L},
    {0, 1.5, 0.03648997397857652055902L},
    {0, 3.0, 0.9227843350984671393935L},
    {0, 7.5, 1.946757484246086788069L},
    {0, 15.9375, 2.736974323876840712269L},
    {0, 16.0, 2.741013328327460368387L},
    {0, 100.25, 4.602671243274712559077L},
    {0, 10000000000.0, 23.02585092989045684018L},
    {0, -0.25, 2.914139120213527830373L},
    {0, -0.5, 0.03648997397857652055902L},
    {0, -1.5, 0.7031566406452431872257L},
    {0, -3.75, -1.692388598311330343154L},
    {0, -10.0625, 18.15153569482524959414L},
    {0, -1000.5, 6.908754820898671489527L},
    {1, 1e-10, 9.999999999999999271521e+19L},
    {1, 0.25, 17.19732915450711073927L},
    {1, 1.5, 0.9348022005446793094172L},
    {1, 7.5, 0.1426158966967037997701L},
    {1, 17.9375, 0.05733197142406845277789L},
    {1, 18.0, 0.05712732579078261437687L},
    {1, 10000000000.0, 1.000000000050000000002e-10L},
    {1, -0.5, 8.934802200544679309417L},
    {1, -3.75, 19.50498006059957527329L},
    {1, -100.25, 19.72928332534936334431L},
    {2, 0.25, -129.3277399375369203333L},
    {2, 1.5, -0.8287966442343199955963L},
    {2, 20.5, -2.498439772367734108625e-3L},
    {2, -0.5, -0.8287966442343199955963L},
    {2, -3.75, -124.0797271337892540456L},
    {3, 0.25, 1.538782144009188396023e+3L},
    {3, 1.5, 1.40909103400243723644L},
    {3, 25.5, 1.278977430226391453186e-4L},
    {3, -3.75, 1.558520092024034342015e+3L},
    {7, 0.5, 1.290440218185598064969e+6L},
    {7, 3.5, 0.2622219525231313518378L},
    {7, 50.0, 9.878312891032568522595e-10L},
    {7, -2.25, 3.303526953912778122056e+8L},
    {32, 1.5, -4.06593301021260290501e+29L},
    {32, 90.0, -2.846445334999438560743e-29L},
    {32, -0.5, -4.06593301021260290501e+29L},
    {32, -1.25, 1.94156288272673786361e+55L},
};

static void test_known(void) {
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        const int n = known[i].n;
        const double x = known[i].x;
        const float single = cgrad_polygammaf(n, (float)x);
        const long double value = cgrad_polygammal(n, (float)x);
        char what[80];
        snprintf(what, sizeof what, "derivative %d of digamma at %g", n, x);
        number_close(&checks, what, cgrad_polygamma(n, x), known[i].value, 0, 1e-14L);
        if (fabsl(value) < 1e38L)
            number_close(&checks, what, single, value, 1e-38L, 1e-7L);
    }
}

/* ---- identities and differences --------------------------------------------------------------------- */

/* psi(1) = -gamma, psi(1/2) = -gamma - 2 log 2, psi'(1) = pi^2/6, psi''(1) = -2 zeta(3):
 * DLMF 5.4.12, 5.4.13, 5.15 */
static void test_constants(void) {
    const long double gamma = 0.57721566490153286060651209008240243L,
                      zeta_3 = 1.20205690315959428539973816151145L;
    const long double pi = 3.14159265358979323846264338327950288L;
    number_close(&checks, "psi(1)", cgrad_digammal(1), -gamma, 0, 1e-18L);
    number_close(&checks, "psi(1/2)", cgrad_digammal(0.5L), -gamma - 2 * logl(2), 0, 1e-18L);
    number_close(&checks, "psi'(1)", cgrad_trigammal(1), pi * pi / 6, 0, 1e-18L);
    number_close(&checks, "psi'(1/2)", cgrad_trigammal(0.5L), pi * pi / 2, 0, 1e-18L);
    number_close(&checks, "psi''(1)", cgrad_polygammal(2, 1), -2 * zeta_3, 0, 1e-18L);
    number_close(&checks, "digamma", cgrad_digamma(0.3), cgrad_polygamma(0, 0.3), 0, 0);
    number_close(&checks, "digammaf", cgrad_digammaf(0.3f), cgrad_polygammaf(0, 0.3f), 0, 0);
    number_close(&checks, "trigamma", cgrad_trigamma(0.3), cgrad_polygamma(1, 0.3), 0, 0);
    number_close(&checks, "trigammaf", cgrad_trigammaf(0.3f), cgrad_polygammaf(1, 0.3f), 0, 0);
}

/* psi(x + 1) = psi(x) + 1/x, and its derivatives: DLMF 5.5.2, 5.15.5 */
static void test_recurrence(struct number_random *random) {
    for (int i = 0; i < 200; i++) {
        const int n = i % 6;
        const long double x = number_uniform(random, -20, 40) + 1e-3L;
        long double step = 1 / x;
        for (int k = 1; k <= n; k++)
            step *= -k / x;
        number_close(&checks, "recurrence", cgrad_polygammal(n, x + 1), cgrad_polygammal(n, x) + step,
                     fabsl(step), 1e-15L);
    }
}

static void below(void *order, const long double *x, long double *y) {
    const int n = *(int *)order;
    y[0] = n < 0 ? lgammal(x[0]) : cgrad_polygammal(n, x[0]);
}

static void test_differences(struct number_random *random) {
    for (int i = 0; i < 60; i++) {
        int n = i % 6 - 1;
        const long double one = 1;
        long double x = number_uniform(random, -8, 30), difference;
        if (x < 0)
            x = floorl(x) + 0.25L + (x - floorl(x)) / 2;
        x = fabsl(x) < 0.5L ? 0.5L : x;
        number_difference(below, &n, 1, &x, &one, 1, &difference);
        number_close(&checks, "differences", cgrad_polygammal(n + 1, x), difference, 1e-3L, 1e-9L);
    }
}

/* ---- poles and limits ------------------------------------------------------------------------------- */

static void check(const char *what, bool passed) {
    number_check(&checks, what, passed);
}

static bool is_infinite(double x, int sign) {
    return isinf(x) && (x > 0) == (sign > 0);
}

static void test_poles(void) {
    check("psi(+0)", is_infinite(cgrad_digamma(0.0), -1));
    check("psi(-0)", is_infinite(cgrad_digamma(-0.0), 1));
    check("psi(-3)", isnan(cgrad_digamma(-3)));
    check("psi'(0)", is_infinite(cgrad_trigamma(0), 1));
    check("psi'(-3)", is_infinite(cgrad_trigamma(-3), 1));
    check("psi''(+0)", is_infinite(cgrad_polygamma(2, 0.0), -1));
    check("psi(inf)", is_infinite(cgrad_digamma(INFINITY), 1));
    check("psi'(inf)", cgrad_trigamma(INFINITY) >= 0 && cgrad_trigamma(INFINITY) <= 0);
    check("psi(-inf)", isnan(cgrad_digamma(-INFINITY)));
    check("psi(nan)", isnan(cgrad_digamma(NAN)));
    check("order -1", isnan(cgrad_polygamma(-1, 1)));
    check("order 33", isnan(cgrad_polygamma(33, 1)));
}

int main(void) {
    struct number_random random = number_seed(1);
    test_known();
    test_constants();
    test_recurrence(&random);
    test_differences(&random);
    test_poles();
    return number_finish(&checks);
}
