#include "ode.h"

#include <stdlib.h>
#include <string.h>

/* Only the state at the start of each step is kept: the stages are computed once more in the reverse sweep. The ends of the
 * ring are peeled off, so that the loops over it are plain. */

static inline double at(double rate, double exchange, double before, double y, double after) {
    return rate * y * (1 - y) - y * after / (1 + y * y) + exchange * (before - 2 * y + after);
}

static void derivative(int n, const double *restrict rate, double exchange, const double *restrict y,
                       double *restrict dy) {
    if (n == 1) {
        dy[0] = at(rate[0], exchange, y[0], y[0], y[0]);
        return;
    }
    dy[0] = at(rate[0], exchange, y[n - 1], y[0], y[1]);
    for (int i = 1; i < n - 1; i++)
        dy[i] = at(rate[i], exchange, y[i - 1], y[i], y[i + 1]);
    dy[n - 1] = at(rate[n - 1], exchange, y[n - 2], y[n - 1], y[0]);
}

/* The adjoint gathered: y[i] is felt by itself, by the one before (as its successor) and by the one after. */
static inline double gather(double rate, double exchange, double before, double y, double after, double before_bar,
                            double dy_bar, double after_bar) {
    double q = 1 / (1 + y * y);
    return dy_bar * (rate * (1 - 2 * y) - after * (1 - y * y) * q * q - 2 * exchange) -
           before_bar * before / (1 + before * before) + exchange * (before_bar + after_bar);
}

/* y_bar = the adjoint of the derivative's arguments */
static double derivative_rev(int n, const double *restrict rate, double *restrict rate_bar, double exchange,
                             const double *restrict y, double *restrict y_bar, const double *restrict dy_bar) {
    int last = n - 1;
    double exchange_bar = 0;
    for (int i = 0; i < n; i++)
        rate_bar[i] += dy_bar[i] * y[i] * (1 - y[i]);
    if (n == 1) {
        y_bar[0] = gather(rate[0], exchange, y[0], y[0], y[0], dy_bar[0], dy_bar[0], dy_bar[0]);
        return 0;
    }
    y_bar[0] = gather(rate[0], exchange, y[last], y[0], y[1], dy_bar[last], dy_bar[0], dy_bar[1]);
    exchange_bar += dy_bar[0] * (y[last] - 2 * y[0] + y[1]);
    for (int i = 1; i < last; i++)
        y_bar[i] = gather(rate[i], exchange, y[i - 1], y[i], y[i + 1], dy_bar[i - 1], dy_bar[i], dy_bar[i + 1]);
    for (int i = 1; i < last; i++)
        exchange_bar += dy_bar[i] * (y[i - 1] - 2 * y[i] + y[i + 1]);
    y_bar[last] = gather(rate[last], exchange, y[last - 1], y[last], y[0], dy_bar[last - 1], dy_bar[last], dy_bar[0]);
    exchange_bar += dy_bar[last] * (y[last - 1] - 2 * y[last] + y[0]);
    return exchange_bar;
}

static void move(int n, double *restrict out, const double *restrict y, double h, const double *restrict k) {
    for (int i = 0; i < n; i++)
        out[i] = y[i] + h * k[i];
}

double ode_misfit_hand(int n, int steps, double time, const double *rate, double *rate_bar, double exchange,
                       double *exchange_bar, const double *y0, double *y0_bar, const double *observed) {
    double h = time / steps;
    size_t size = (size_t)n;
    double *memory = malloc(((size_t)steps + 8) * size * sizeof *memory);
    double *y = memory + 8 * size; /* the states, step by step; the last one is not kept */
    double *k = memory, *s2 = k + size, *s3 = s2 + size, *s4 = s3 + size, *sum = s4 + size, *k_bar = sum + size,
           *s_bar = k_bar + size;

    memcpy(y, y0, size * sizeof *y);
    for (int step = 0; step < steps; step++) {
        double *now = y + (size_t)step * size, *next = step + 1 < steps ? now + size : s_bar;
        derivative(n, rate, exchange, now, k);
        for (int i = 0; i < n; i++) {
            sum[i] = k[i];
            s2[i] = now[i] + 0.5 * h * k[i];
        }
        derivative(n, rate, exchange, s2, k);
        for (int i = 0; i < n; i++) {
            sum[i] += 2 * k[i];
            s3[i] = now[i] + 0.5 * h * k[i];
        }
        derivative(n, rate, exchange, s3, k);
        for (int i = 0; i < n; i++) {
            sum[i] += 2 * k[i];
            s4[i] = now[i] + h * k[i];
        }
        derivative(n, rate, exchange, s4, k);
        for (int i = 0; i < n; i++)
            next[i] = now[i] + h / 6 * (sum[i] + k[i]);
    }

    double misfit = 0;
    *exchange_bar = 0;
    memset(rate_bar, 0, size * sizeof *rate_bar);
    for (int i = 0; i < n; i++) {
        double residual = s_bar[i] - observed[i];
        misfit += residual * residual;
        y0_bar[i] = residual;
    }
    double *y_bar = y0_bar;
    for (int step = steps - 1; step >= 0; step--) {
        const double *now = y + (size_t)step * size;
        derivative(n, rate, exchange, now, k);
        move(n, s2, now, 0.5 * h, k);
        derivative(n, rate, exchange, s2, k);
        move(n, s3, now, 0.5 * h, k);
        derivative(n, rate, exchange, s3, k);
        move(n, s4, now, h, k);

        for (int i = 0; i < n; i++)
            k_bar[i] = h / 6 * y_bar[i];
        *exchange_bar += derivative_rev(n, rate, rate_bar, exchange, s4, s_bar, k_bar);
        for (int i = 0; i < n; i++) {
            k_bar[i] = h / 3 * y_bar[i] + h * s_bar[i];
            sum[i] = y_bar[i] + s_bar[i];
        }
        *exchange_bar += derivative_rev(n, rate, rate_bar, exchange, s3, s_bar, k_bar);
        for (int i = 0; i < n; i++) {
            k_bar[i] = h / 3 * y_bar[i] + 0.5 * h * s_bar[i];
            sum[i] += s_bar[i];
        }
        *exchange_bar += derivative_rev(n, rate, rate_bar, exchange, s2, s_bar, k_bar);
        for (int i = 0; i < n; i++) {
            k_bar[i] = h / 6 * y_bar[i] + 0.5 * h * s_bar[i];
            sum[i] += s_bar[i];
        }
        *exchange_bar += derivative_rev(n, rate, rate_bar, exchange, now, s_bar, k_bar);
        for (int i = 0; i < n; i++)
            y_bar[i] = sum[i] + s_bar[i];
    }
    free(memory);
    return 0.5 * misfit;
}
