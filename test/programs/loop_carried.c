#include <math.h>

/* CHECK fibonacci: a, b -> return
 *   in double a = random(0.5, 1.5)
 *   in double b = random(0.5, 1.5)
 *   int n = 7
 *   returns double
 */
/* CHECK filter: x[n], alpha -> y[n]
 *   int n = 6
 *   in double x[6] = random(-1, 1)
 *   in double alpha = random(0.1, 0.9)
 *   out double y[6]
 */
/* CHECK running: x[n] -> return
 *   int n = 6
 *   in double x[6] = random(-1, 1)
 *   returns double
 */

/* Scalars that carry values from one iteration to the next. */
double fibonacci(double a, double b, int n) {
    double previous = a, current = b;
    for (int i = 0; i < n; i++) {
        double next = previous * current + sin(previous);
        previous = current;
        current = next / (1 + next * next);
    }
    return previous + current;
}

void filter(int n, const double *x, double alpha, double *y) {
    double state = 0, peak = 0;
    for (int i = 0; i < n; i++) {
        state = alpha * x[i] + (1 - alpha) * state;
        if (fabs(state) > peak)
            peak = fabs(state);
        else
            peak *= 0.9;
        y[i] = state * peak;
    }
}

double running(int n, const double *x) {
    double mean = 0, m2 = 0;
    int count = 0;
    for (int i = 0; i < n; i++) {
        double delta = x[i] - mean;
        count++;
        mean += delta / count;
        m2 += delta * (x[i] - mean);
    }
    return sqrt(m2 / count) + mean;
}
