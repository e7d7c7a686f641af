/* A cascade of second-order filters, as an audio equalizer: how far its response to a signal is from a wanted one. The gradient by
 * the coefficients designs the filter; each section keeps two delayed values (transposed direct form II).
 * A. V. Oppenheim and R. W. Schafer, Discrete-Time Signal Processing, 3rd edition (2010), section 6.3. */
#include <cgrad/cgrad.h>
#include <math.h>

typedef struct biquad {
    double b0, b1, b2, a1, a2;
} biquad;

typedef struct delay {
    double z1, z2;
} delay;

static double process(const biquad *f, delay *d, double x) {
    double y = f->b0 * x + d->z1;
    d->z1 = f->b1 * x - f->a1 * y + d->z2;
    d->z2 = f->b2 * x - f->a2 * y;
    return y;
}

/* In blocks, as audio comes; the delays live on between them. */
enum { BLOCK = 16, MOST = 4 };

CGRAD_GRAD(sections[count], gain)
double response_error(int count, const biquad *sections, double gain, int n, const double *input, const double *wanted) {
    delay delays[MOST] = {{0, 0}};
    double error = 0, block[BLOCK];
    for (int start = 0; start < n; start += BLOCK) {
        int length = n - start < BLOCK ? n - start : BLOCK;
        for (int i = 0; i < length; i++)
            block[i] = gain * input[start + i];
        for (int s = 0; s < count; s++)
            for (double *x = block; x < block + length; x++)
                *x = process(&sections[s], &delays[s], *x);
        for (int i = 0; i < length; i++) {
            double miss = block[i] - wanted[start + i];
            error += miss * miss;
        }
    }
    return error;
}

#ifdef WITH_MAIN
#define BIQUAD_GRAD_NO_TYPES
#include "biquad_grad.h"
#include "expect.h"

enum { N = 200 };

int main(void) {
    /* One pole at p: the response to an impulse is gain p^k, its energy gain^2 / (1 - p^2). */
    const double p = 0.7, gain = 1.5;
    biquad pole = {1, 0, 0, -p, 0}, bar[2];
    double impulse[N] = {1}, nothing[N] = {0}, gain_bar;
    double energy = response_error_grad(1, &pole, bar, gain, &gain_bar, N, impulse, nothing);
    expect("energy of a pole", energy, gain * gain / (1 - p * p), 1e-13);
    expect("  by the gain", gain_bar, 2 * gain / (1 - p * p), 1e-13);
    expect("  by the pole", bar[0].a1, -gain * gain * 2 * p / pow(1 - p * p, 2), 1e-12);
    expect("  by b1", bar[0].b1, 2 * gain * gain * p / (1 - p * p), 1e-12);

    /* Two sections in either order; and a step, which becomes sum(b) / sum(a). */
    biquad both[2] = {{0.2, 0.3, 0.1, -0.8, 0.3}, {1, -0.4, 0.2, 0.1, 0.2}}, swapped[2] = {both[1], both[0]}, other[2];
    double noise[N], wanted[N];
    for (int i = 0; i < N; i++) {
        noise[i] = sin(i * i * 0.37);
        wanted[i] = cos(i * 0.1);
    }
    double a = response_error_grad(2, both, bar, gain, &gain_bar, N, noise, wanted);
    double b = response_error_grad(2, swapped, other, gain, &gain_bar, N, noise, wanted);
    expect("order makes no difference", a, b, 1e-12);
    expect("  nor to a slope", bar[0].a2, other[1].a2, 1e-10);
    expect("all zeros scaled is the gain", 0.2 * bar[0].b0 + 0.3 * bar[0].b1 + 0.1 * bar[0].b2, gain * gain_bar, 1e-11);
    return finish();
}
#endif
