/* An echo canceller: a normalized LMS filter learns the echo path while it runs, in a ring buffer; how much echo is left. The
 * gradient by the step size and the first weights goes through all of its learning (meta-learning).
 * S. Haykin, Adaptive Filter Theory, 4th edition (2002), chapter 6. */
#include <cgrad/cgrad.h>
#include <math.h>
#include <string.h>

#define TAPS 4

struct canceller {
    double weight[TAPS];
    CGRAD_INACTIVE double ring[TAPS];
    unsigned newest;
};

/* What is left of the microphone's value. */
static double cancel(struct canceller *c, double rate, double loudspeaker, double microphone) {
    double echo = 0, energy = 1e-3;
    c->newest = (c->newest + TAPS - 1) % TAPS;
    c->ring[c->newest] = loudspeaker;
    for (unsigned k = 0; k < TAPS; k++) {
        double x = c->ring[(c->newest + k) % TAPS];
        echo += c->weight[k] * x;
        energy += x * x;
    }
    double rest = microphone - echo;
    for (unsigned k = 0; k < TAPS; k++)
        c->weight[k] += rate / energy * rest * c->ring[(c->newest + k) % TAPS];
    return rest;
}

CGRAD_GRAD(rate, weight)
double echo_left(double rate, const double weight[TAPS], int n, const double *loudspeaker, const double *microphone) {
    struct canceller c = {.newest = 0};
    memcpy(c.weight, weight, sizeof c.weight);
    double sum = 0;
    for (int i = 0; i < n; i++) {
        double rest = cancel(&c, rate, loudspeaker[i], microphone[i]);
        sum += rest * rest;
    }
    return sum / n;
}

#ifdef WITH_MAIN
#define ECHO_GRAD_NO_TYPES
#include "echo_grad.h"
#include "expect.h"

enum { N = 300 };

int main(void) {
    static const double path[TAPS] = {0.6, -0.3, 0.2, 0.1};
    double loudspeaker[N], microphone[N], weight[TAPS] = {0}, rate_bar, weight_bar[TAPS];
    for (int i = 0; i < N; i++) {
        loudspeaker[i] = sin(i * i * 0.7);
        microphone[i] = 0;
        for (int k = 0; k < TAPS && k <= i; k++)
            microphone[i] += path[k] * loudspeaker[i - k];
    }
    /* It does not learn: the mean square of the echo, and its slope by the weights. */
    double left = echo_left_grad(0, &rate_bar, weight, weight_bar, N, loudspeaker, microphone), energy = 0, slope = 0;
    for (int i = 0; i < N; i++) {
        energy += microphone[i] * microphone[i] / N;
        slope -= i >= 2 ? 2 * microphone[i] * loudspeaker[i - 2] / N : 0;
    }
    expect("without learning", left, energy, 1e-13);
    expect("  by a weight", weight_bar[2], slope, 1e-12);
    expect("  learning helps", rate_bar < 0, 1, 0);

    double learned = echo_left_grad(0.5, &rate_bar, weight, weight_bar, N, loudspeaker, microphone);
    expect("with learning: a tenth is left", learned < 0.1 * left, 1, 0);
    double step = 1e-6;
    double more = echo_left(0.5 + step, weight, N, loudspeaker, microphone);
    double less = echo_left(0.5 - step, weight, N, loudspeaker, microphone);
    expect("  by the rate (difference)", rate_bar, (more - less) / (2 * step), 1e-6);
    expect("from the true path: nothing", echo_left_grad(0.5, &rate_bar, path, weight_bar, N, loudspeaker, microphone), 0, 1e-20);
    expect("  is a minimum", weight_bar[1], 0, 1e-13);
    return finish();
}
#endif
