#include <math.h>

/* CHECK random_walk: x[n] -> y[n]
 *   int n = 4
 *   in double x[4] = random(0.2, 2)
 *   out double y[4]
 */
/* CHECK staged: x -> return
 *   in double x = random(0.2, 2)
 *   returns double
 */

/* Callees that change integers and inactive numbers of their caller, which steer it afterwards. */
static unsigned next(unsigned *state, int *calls) {
    *state = *state * 1664525u + 1013904223u;
    ++*calls;
    return *state >> 16;
}

void random_walk(int n, const double *x, double *y) {
    unsigned state = 7;
    int calls = 0;
    double position = 0;
    for (int i = 0; i < n; i++) {
        while (next(&state, &calls) % 3 != 0)
            position = sin(position + x[calls % n]) * x[state % (unsigned)n];
        y[i] = position * calls;
    }
}

static void weights(int order, double *w, int *used) {
    for (int i = 0; i < order; i++)
        w[i] = 1.0 / (i + 1);
    *used += order;
}

double staged(double x) {
    double w[4], sum = 0;
    int used = 0;
    for (int order = 1; order < 5; order++) {
        weights(order, w, &used);
        for (int i = 0; i < order; i++)
            sum += w[i] * pow(x, used) * 0.125;
        w[0] = sum;
        sum = 0.25 * sum * w[0];
    }
    return sum;
}
