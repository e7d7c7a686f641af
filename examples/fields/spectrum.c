/* How far the spectrum of a signal is from a wanted one: a fast Fourier transform in place, with bits reversed, of a windowed
 * signal; magnitudes on a logarithmic scale. Such losses train synthesizers and speech models.
 * J. W. Cooley and J. W. Tukey, Mathematics of Computation 19 (1965), 297-301; W. H. Press and others, Numerical Recipes,
 * 3rd edition (2007), section 12.2. */
#include <cgrad/cgrad.h>
#include <math.h>
#include <stdlib.h>

#define PI 3.14159265358979323846
#define SWAP(a, b) \
    do { \
        double swap = (a); \
        (a) = (b); \
        (b) = swap; \
    } while (0)

/* n complex numbers, n a power of two. */
static void fft(double *z, int n) {
    for (int i = 1, j = 0; i < n; i++) {
        int bit = n >> 1;
        for (; j & bit; bit >>= 1)
            j ^= bit;
        j ^= bit;
        if (i < j) {
            SWAP(z[2 * i], z[2 * j]);
            SWAP(z[2 * i + 1], z[2 * j + 1]);
        }
    }
    for (int size = 2; size <= n; size <<= 1) {
        double turn_re = cos(2 * PI / size), turn_im = -sin(2 * PI / size);
        for (int start = 0; start < n; start += size) {
            double w_re = 1, w_im = 0;
            for (int k = start; k < start + size / 2; k++) {
                double *low = z + 2 * k, *high = low + size;
                double re = high[0] * w_re - high[1] * w_im, im = high[0] * w_im + high[1] * w_re;
                high[0] = low[0] - re;
                high[1] = low[1] - im;
                low[0] += re;
                low[1] += im;
                double next = w_re * turn_re - w_im * turn_im;
                w_im = w_re * turn_im + w_im * turn_re;
                w_re = next;
            }
        }
    }
}

/* The energies at n frequencies, of a signal of n values. */
CGRAD_VJP(signal[n] -> power[n])
void power_spectrum(int n, const double *signal, double *power) {
    double *z = calloc(2 * (size_t)n, sizeof *z);
    if (z == NULL)
        abort();
    for (int i = 0; i < n; i++)
        z[2 * i] = signal[i];
    fft(z, n);
    for (int i = 0; i < n; i++)
        power[i] = z[2 * i] * z[2 * i] + z[2 * i + 1] * z[2 * i + 1];
    free(z);
}

CGRAD_GRAD(signal[n])
double spectral_loss(int n, const double *signal, const double *decibels) {
    double windowed[n], power[n], loss = 0;
    for (int i = 0; i < n; i++)
        windowed[i] = signal[i] * (0.5 - 0.5 * cos(2 * PI * i / n));
    power_spectrum(n, windowed, power);
    for (int i = 0; i <= n / 2; i++) {
        double miss = 10 * log10(power[i] + 1e-9) - decibels[i];
        loss += miss * miss;
    }
    return loss;
}

#ifdef WITH_MAIN
#include "expect.h"
#include "spectrum_grad.h"

enum { N = 32 };

int main(void) {
    double signal[N], signal_bar[N] = {0}, power[N], power_bar[N], energy = 0, sum = 0;
    for (int i = 0; i < N; i++) {
        signal[i] = sin(0.3 * i * i) + 0.2;
        energy += signal[i] * signal[i];
        power_bar[i] = 1;
    }
    power_spectrum_vjp(N, signal, signal_bar, power, power_bar);
    for (int i = 0; i < N; i++)
        sum += power[i];
    expect("Parseval", sum, N * energy, 1e-13);
    expect("  its gradient", signal_bar[7], 2 * N * signal[7], 1e-12);

    /* One frequency alone: by hand, |sum x e^-iwk|^2. */
    double re = 0, im = 0;
    for (int i = 0; i < N; i++) {
        re += signal[i] * cos(2 * PI * 5 * i / N);
        im -= signal[i] * sin(2 * PI * 5 * i / N);
        signal_bar[i] = power_bar[i] = 0;
    }
    power_bar[5] = 1;
    power_spectrum_vjp(N, signal, signal_bar, power, power_bar);
    expect("frequency 5", power[5], re * re + im * im, 1e-12);
    expect("  by value 11", signal_bar[11], 2 * (re * cos(2 * PI * 55 / N) - im * sin(2 * PI * 55 / N)), 1e-12);

    double decibels[N] = {0}, bar[N], scaled = 0, step = 1e-6;
    double loss = spectral_loss_grad(N, signal, bar, decibels), slope = 0;
    for (int i = 0; i < N; i++)
        scaled += signal[i] * bar[i], signal[i] *= 1 + step;
    slope = spectral_loss(N, signal, decibels);
    for (int i = 0; i < N; i++)
        signal[i] *= (1 - step) / (1 + step);
    slope = (slope - spectral_loss(N, signal, decibels)) / (2 * step);
    expect("louder (difference)", scaled, slope, 1e-6);
    expect("a loss", loss > 0, 1, 0);
    return finish();
}
#endif
