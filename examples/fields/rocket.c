/* How high a sounding rocket flies: thrust by a schedule, drag by a table of the air's density, gravity by the height. The
 * gradient by the schedule finds how best to burn the fuel (Goddard's problem).
 * R. H. Goddard, A Method of Reaching Extreme Altitudes, Smithsonian Miscellaneous Collections 71 (1919), number 2; without air
 * K. E. Tsiolkovsky's equation holds; the air is that of the US Standard Atmosphere (1976). */
#include <cgrad/cgrad.h>
#include <math.h>
#include <stddef.h>

struct rocket {
    double dry, fuel;   /* masses, kg */
    double exhaust;     /* speed, m/s */
    double area;        /* times the coefficient of drag, square metres */
};

struct level {
    double height, density;
};

static const struct level air[] = {{0, 1.225},       {2000, 1.0066},  {5000, 0.73643},  {10000, 0.41351}, {15000, 0.19476},
                                   {20000, 0.08891}, {30000, 0.01841}, {50000, 0.001027}, {80000, 1.846e-5}};
enum { LEVELS = sizeof air / sizeof air[0] };

/* Between two levels the logarithm is linear. */
static double density(double height) {
    const struct level *below = air;
    while (below < air + LEVELS - 2 && below[1].height <= height)
        below++;
    double part = (height - below[0].height) / (below[1].height - below[0].height);
    return below[0].density * pow(below[1].density / below[0].density, part);
}

double gravity = 9.80665;

/* The height where it turns, in metres; burn[k] is the share of the fuel that is burnt in second k of the first n seconds. */
CGRAD_GRAD(rocket, burn[n], gravity)
double apogee(struct rocket rocket, int n, const double *burn, double h) {
    double height = 0, speed = 0, left = rocket.fuel;
    for (int k = 0;; k++) {
        int second = (int)(k * h);
        double flow = second < n ? rocket.fuel * burn[second] : 0;
        double mass = rocket.dry + left;
        double drag = 0.5 * rocket.area * density(height) * speed * fabs(speed);
        double radius = 6371000.0 / (6371000.0 + height);
        speed += h * ((flow * rocket.exhaust - drag) / mass - gravity * radius * radius);
        if (second >= n && speed <= 0)
            break;
        height += h * speed;
        left -= h * flow;
    }
    return height;
}

#ifdef WITH_MAIN
#define ROCKET_GRAD_NO_TYPES
#include "expect.h"
#include "rocket_grad.h"

enum { SECONDS = 10 };

int main(void) {
    struct rocket rocket = {300, 200, 2000, 0}, bar;
    double burn[SECONDS], burn_bar[SECONDS];
    for (int k = 0; k < SECONDS; k++)
        burn[k] = 1.0 / SECONDS;

    /* No air: after t seconds of burning, v = exhaust log(m0 / m) - g t, then half v v / g upwards. The Earth is round, and
     * steps are finite: they agree to some parts in a thousand. */
    double height = apogee_grad(rocket, &bar, SECONDS, burn, burn_bar, 0.01);
    double t = SECONDS, v = 2000 * log(500.0 / 300) - gravity * t, ratio = 500.0 / 300;
    double burnt = 2000 * t * (1 - log(ratio) / (ratio - 1)) - gravity * t * t / 2;
    expect("vacuum: height", height, burnt + v * v / (2 * gravity), 0.01);
    expect("vacuum: by the exhaust", bar.exhaust,
           t * (1 - log(ratio) / (ratio - 1)) + v * log(ratio) / gravity, 0.02);
    expect("vacuum: by gravity", gravity_bar, -t * t / 2 - v * t / gravity - v * v / (2 * gravity * gravity), 0.03);

    rocket.area = 0.03;
    double slow = apogee_grad(rocket, &bar, SECONDS, burn, burn_bar, 0.01);
    expect("drag: lower", slow < height && bar.area < 0, 1, 0);
    double step = 1e-5;
    rocket.area += step;
    double more = apogee(rocket, SECONDS, burn, 0.01);
    rocket.area -= 2 * step;
    double less = apogee(rocket, SECONDS, burn, 0.01);
    expect("drag: by the area (difference)", bar.area, (more - less) / (2 * step), 1e-3);
    /* Masses and the area scaled together: the same flight. */
    rocket.area += step;
    expect("scaled: no change", rocket.dry * bar.dry + rocket.fuel * bar.fuel + rocket.area * bar.area, 0, 1e-6);
    return finish();
}
#endif
