/* A Kalman filter that follows a moving target from noisy bearings, as an extended one: the measurement is an angle. How far it
 * ends from the truth, and what that owes to each measurement and to the noise that the filter believes in.
 * Y. Bar-Shalom, X. R. Li, T. Kirubarajan, Estimation with Applications to Tracking and Navigation (2001), section 10.3. */
#include <cgrad/cgrad.h>
#include <math.h>

#define DIM 4 /* x, y and their speeds */

struct track {
    double state[DIM];
    double covariance[DIM][DIM];
};

struct noise {
    double bearing, push;
};

/* For a time h: state = F state, covariance = F covariance F' + Q, where F is the identity and h beside it. */
static void predict(struct track *t, double h, const struct noise *noise) {
    for (int i = 0; i < 2; i++)
        t->state[i] += h * t->state[i + 2];
    for (int j = 0; j < DIM; j++)
        for (int i = 0; i < 2; i++)
            t->covariance[i][j] += h * t->covariance[i + 2][j];
    for (int i = 0; i < DIM; i++)
        for (int j = 0; j < 2; j++)
            t->covariance[i][j] += h * t->covariance[i][j + 2];
    for (int i = 2; i < DIM; i++)
        t->covariance[i][i] += h * noise->push * noise->push;
}

/* By the angle at which a station sees the target; angles go round. */
static void update(struct track *t, const double station[2], double bearing, const struct noise *noise) {
    const double pi = 3.14159265358979323846;
    double dx = t->state[0] - station[0], dy = t->state[1] - station[1], r2 = dx * dx + dy * dy;
    double slope[DIM] = {-dy / r2, dx / r2}, seen[DIM], gain[DIM], variance = noise->bearing * noise->bearing;
    double miss = bearing - atan2(dy, dx);
    while (miss > pi)
        miss -= 2 * pi;
    while (miss < -pi)
        miss += 2 * pi;
    for (int i = 0; i < DIM; i++) {
        seen[i] = 0;
        for (int j = 0; j < DIM; j++)
            seen[i] += t->covariance[i][j] * slope[j];
    }
    for (int i = 0; i < DIM; i++)
        variance += slope[i] * seen[i];
    for (int i = 0; i < DIM; i++)
        gain[i] = seen[i] / variance;
    for (int i = 0; i < DIM; i++) {
        t->state[i] += gain[i] * miss;
        for (int j = 0; j < DIM; j++)
            t->covariance[i][j] -= gain[i] * seen[j];
    }
}

/* Stations take turns. */
CGRAD_SPLIT(start[1], bearings[n], noise[1] -> end[1])
void follow(const struct track *start, int n, const double *bearings, int stations, const double station[][2], double h,
            const struct noise *noise, struct track *end) {
    *end = *start;
    for (int k = 0; k < n; k++) {
        predict(end, h, noise);
        update(end, station[k % stations], bearings[k], noise);
    }
}

#ifdef WITH_MAIN
#define OBSERVER_GRAD_NO_TYPES
#include "expect.h"
#include "observer_grad.h"

enum { BEARINGS = 40 };

int main(void) {
    const double station[2][2] = {{0, 0}, {0, 6}}, h = 0.1;
    struct track start = {{5.3, 2.2, 0, 0}, {{1, 0, 0, 0}, {0, 1, 0, 0}, {0, 0, 1, 0}, {0, 0, 0, 1}}}, start_bar = {{0}, {{0}}};
    struct track end, end_bar = {{1, 0, 0, 0}, {{0}}};
    struct noise noise = {0.01, 0.01}, noise_bar = {0, 0};
    double bearings[BEARINGS], bearings_bar[BEARINGS] = {0};
    for (int k = 0; k < BEARINGS; k++) {
        double x = 5 - 2 * h * (k + 1), y = 2 + h * (k + 1); /* passes behind the stations */
        bearings[k] = atan2(y - station[k % 2][1], x - station[k % 2][0]);
    }
    cgrad_record record = {0};
    follow_fwd(&start, BEARINGS, bearings, 2, station, h, &noise, &end, &record);
    expect("found: x", end.state[0], 5 - 2 * h * BEARINGS, 0.02);
    expect("found: y", end.state[1], 2 + h * BEARINGS, 0.02);
    expect("found: speed in x", end.state[2], -2, 0.02);
    expect("found: speed in y", end.state[3], 1, 0.02);

    follow_rev(&start, &start_bar, BEARINGS, bearings, bearings_bar, 2, station, h, &noise, &noise_bar, &end, &end_bar, &record);
    double scaled = noise.bearing * noise_bar.bearing + noise.push * noise_bar.push;
    for (int i = 0; i < DIM; i++)
        scaled += 2 * start.covariance[i][i] * start_bar.covariance[i][i];
    expect("all noise scaled: the same gains", scaled, 0, 1e-12);

    /* The last bearing moves the state by the last gain, which is P' slope / variance = P slope / noise. */
    double dx = end.state[0] - station[1][0], dy = end.state[1] - station[1][1], r2 = dx * dx + dy * dy;
    double gain = (end.covariance[0][0] * -dy + end.covariance[0][1] * dx) / r2 / (noise.bearing * noise.bearing);
    expect("by the last bearing: the gain", bearings_bar[BEARINGS - 1], gain, 1e-2);

    /* A second output, by the same record. */
    double x_by_first = bearings_bar[0];
    end_bar = (struct track){{0, 1, 0, 0}, {{0}}};
    follow_rev(&start, &start_bar, BEARINGS, bearings, bearings_bar, 2, station, h, &noise, &noise_bar, &end, &end_bar, &record);
    double y_by_first = bearings_bar[0] - x_by_first, step = 1e-5;
    cgrad_record_free(&record);
    struct track more, less;
    bearings[0] += step;
    follow(&start, BEARINGS, bearings, 2, station, h, &noise, &more);
    bearings[0] -= 2 * step;
    follow(&start, BEARINGS, bearings, 2, station, h, &noise, &less);
    expect("x by the first (difference)", x_by_first, (more.state[0] - less.state[0]) / (2 * step), 1e-6);
    expect("y by the first (difference)", y_by_first, (more.state[1] - less.state[1]) / (2 * step), 1e-6);
    return finish();
}
#endif
