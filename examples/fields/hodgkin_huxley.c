/* The voltage of a nerve's membrane through which a current is sent: three kinds of gates open and close with the voltage.
 * A. L. Hodgkin and A. F. Huxley, J. Physiol. 117 (1952), 500-544: table 3 and equations 12 to 26, with the sign of the voltage
 * turned round; voltages are relative to rest. The gates move by exponential steps (S. Rush and H. Larsen, 1978). */
#include <cgrad/cgrad.h>
#include <math.h>

enum gate { SODIUM_ON, SODIUM_OFF, POTASSIUM, GATES };

struct membrane {
    double capacity, sodium, potassium, leak; /* microfarads and millisiemens on a square centimetre */
};

/* x / (exp(x / y) - 1), continued where it is 0 / 0. */
static double trap(double x, double y) {
    double ratio = x / y;
    if (fabs(ratio) < 1e-5)
        return y * (1 - ratio / 2);
    return x / (exp(ratio) - 1);
}

static void rates(enum gate gate, double v, double *opening, double *closing) {
    switch (gate) {
    case SODIUM_ON:
        *opening = 0.1 * trap(25 - v, 10);
        *closing = 4 * exp(-v / 18);
        break;
    case SODIUM_OFF:
        *opening = 0.07 * exp(-v / 20);
        *closing = 1 / (exp((30 - v) / 10) + 1);
        break;
    case POTASSIUM:
        *opening = 0.01 * trap(10 - v, 10);
        *closing = 0.125 * exp(-v / 80);
        break;
    default:
        *opening = *closing = 1;
    }
}

/* The voltage after `steps` steps of h milliseconds. */
CGRAD_GRAD(membrane[1], current)
double voltage(const struct membrane *membrane, double current, int steps, double h) {
    double v = 0, open[GATES], opening, closing;
    for (int g = 0; g < GATES; g++) {
        rates((enum gate)g, v, &opening, &closing);
        open[g] = opening / (opening + closing);
    }
    for (int k = 0; k < steps; k++) {
        double sodium = membrane->sodium * pow(open[SODIUM_ON], 3) * open[SODIUM_OFF];
        double potassium = membrane->potassium * pow(open[POTASSIUM], 4);
        double inward = current - sodium * (v - 115) - potassium * (v + 12) - membrane->leak * (v - 10.613);
        for (int g = 0; g < GATES; g++) {
            rates((enum gate)g, v, &opening, &closing);
            double target = opening / (opening + closing);
            open[g] = target + (open[g] - target) * exp(-h * (opening + closing));
        }
        v += h * inward / membrane->capacity;
    }
    return v;
}

#ifdef WITH_MAIN
#define HODGKIN_HUXLEY_GRAD_NO_TYPES
#include "expect.h"
#include "hodgkin_huxley_grad.h"

int main(void) {
    struct membrane squid = {1, 120, 36, 0.3}, bar;
    double current = 10, current_bar, peak = 0;
    for (int steps = 0; steps < 500; steps += 5)
        peak = fmax(peak, voltage(&squid, current, steps, 0.01));
    expect("a spike rises by about 100 mV", peak > 95 && peak < 115, 1, 0);
    expect("without current, rest", voltage(&squid, 0, 2000, 0.01), 0, 5e-3);

    /* The membrane's area makes no difference: the voltage does not change if all of it is scaled. */
    double v = voltage_grad(&squid, &bar, current, &current_bar, 150, 0.01);
    double scaled = squid.capacity * bar.capacity + squid.sodium * bar.sodium + squid.potassium * bar.potassium
                    + squid.leak * bar.leak + current * current_bar;
    expect("scaled: no change", scaled, 0, 1e-11);
    expect("more current, more voltage", v > 0 && current_bar > 0, 1, 0);
    expect("one step", (voltage_grad(&squid, &bar, current, &current_bar, 1, 0.01), current_bar), 0.01, 1e-13);
    double step = 1e-4, more = voltage(&squid, current + step, 150, 0.01), less = voltage(&squid, current - step, 150, 0.01);
    voltage_grad(&squid, &bar, current, &current_bar, 150, 0.01);
    expect("by the current (difference)", current_bar, (more - less) / (2 * step), 1e-6);
    return finish();
}
#endif
