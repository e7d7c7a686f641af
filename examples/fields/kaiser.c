/* A low-pass filter by Kaiser's window, and how much it lets through where it should not: the window's Bessel function by its
 * series, summed until it changes no more. The gradient by the window's shape and the cut-off trades one for the other.
 * A. V. Oppenheim and R. W. Schafer, Discrete-Time Signal Processing, 3rd edition (2010), section 7.5. */
#include <cgrad/cgrad.h>
#include <math.h>

static const double pi = 3.14159265358979323846;

/* I0, the modified Bessel function of the first kind. */
CGRAD_GRAD(x)
double bessel_i0(double x) {
    double term = 1, sum = 1, before = 0;
    for (int k = 1; sum != before; k++) {
        double factor = x / (2 * k);
        before = sum;
        term *= factor * factor;
        sum += term;
    }
    return sum;
}

/* The taps, 2 * half + 1 of them, symmetrical. */
static void design(double beta, double cutoff, int half, double *taps) {
    for (int k = 0; k <= half; k++) {
        double place = (double)k / half;
        double window = bessel_i0(beta * sqrt(1 - place * place)) / bessel_i0(beta);
        taps[half - k] = taps[half + k] = window * (k == 0 ? cutoff / pi : sin(cutoff * k) / (pi * k));
    }
}

/* The amplitude at a frequency, in radians per value. */
CGRAD_GRAD(beta, cutoff)
double amplitude(double beta, double cutoff, double frequency, int half) {
    enum { MOST = 64 };
    double taps[2 * MOST + 1], sum = 0;
    if (half > MOST)
        return NAN;
    design(beta, cutoff, half, taps);
    for (int k = -half; k <= half; ++k)
        sum += taps[half + k] * cos(frequency * k);
    return sum;
}

#ifdef WITH_MAIN
#include "expect.h"
#include "kaiser_grad.h"

int main(void) {
    /* M. Abramowitz and I. A. Stegun, Handbook of Mathematical Functions, table 9.8: I0' = I1. */
    double bar, beta_bar, cutoff_bar;
    expect("I0(1)", bessel_i0_grad(1, &bar), 1.2660658777520083, 1e-15);
    expect("  I1(1)", bar, 0.5651591039924851, 1e-14);
    expect("I0(5)", bessel_i0_grad(5, &bar), 27.239871823604442, 1e-14);
    expect("  I1(5)", bar, 24.335642142450527, 1e-14);

    /* Where half the amplitude is let through, the cut-off moves the slope along: the same with the other sign. */
    double h = 1e-6, half = amplitude_grad(5, &beta_bar, 1, &cutoff_bar, 1, 40);
    double along = (amplitude(5, 1, 1 + h, 40) - amplitude(5, 1, 1 - h, 40)) / (2 * h);
    expect("half the amplitude at the cut-off", half, 0.5, 1e-3);
    expect("  by the cut-off: minus the slope", cutoff_bar, -along, 5e-3);
    double more = amplitude(5 + h, 1, 1.2, 40), less = amplitude(5 - h, 1, 1.2, 40);
    amplitude_grad(5, &beta_bar, 1, &cutoff_bar, 1.2, 40);
    expect("in the stop band, by beta (difference)", beta_bar, (more - less) / (2 * h), 1e-5);
    /* beta = 0 is no window at all: the sum of the cosines is known, and I0 is flat there. */
    double none = amplitude_grad(0, &beta_bar, 1, &cutoff_bar, 0, 2);
    expect("no window", none, (1 + 2 * sin(1) + sin(2)) / pi, 1e-14);
    expect("  by beta", beta_bar, 0, 0);
    expect("  by the cut-off", cutoff_bar, (1 + 2 * cos(1) + 2 * cos(2)) / pi, 1e-14);
    return finish();
}
#endif
