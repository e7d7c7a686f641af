/* Where a planet is at a time: Kepler's equation E - e sin E = M by Newton's method, then the place on the ellipse. The tangent
 * by the time is the velocity.
 * J. M. A. Danby, Fundamentals of Celestial Mechanics, 2nd edition (1988), chapter 6. */
#include <cgrad/cgrad.h>
#include <math.h>

struct orbit {
    double axis, eccentricity;
    double perihelion; /* its direction */
    double anomaly;    /* the mean anomaly at time 0 */
    double pull;       /* G times the mass of the sun */
};

struct place {
    double x, y;
};

static double eccentric_anomaly(double mean, double e) {
    double anomaly = e < 0.8 ? mean : 3.0;
    for (int round = 0; round < 50; round++) {
        double step = (anomaly - e * sin(anomaly) - mean) / (1 - e * cos(anomaly));
        anomaly -= step;
        if (fabs(step) < 1e-13)
            break;
    }
    return anomaly;
}

static struct place turned(struct place p, double angle) {
    struct place q = {p.x * cos(angle) - p.y * sin(angle), p.x * sin(angle) + p.y * cos(angle)};
    return q;
}

CGRAD_JVP(orbit, time)
CGRAD_VJP(orbit, time)
struct place planet(struct orbit orbit, double time) {
    double motion = sqrt(orbit.pull / (orbit.axis * orbit.axis * orbit.axis));
    double anomaly = eccentric_anomaly(orbit.anomaly + motion * time, orbit.eccentricity);
    struct place p;
    p.x = orbit.axis * (cos(anomaly) - orbit.eccentricity);
    p.y = orbit.axis * sqrt(1 - orbit.eccentricity * orbit.eccentricity) * sin(anomaly);
    return turned(p, orbit.perihelion);
}

#ifdef WITH_MAIN
#define KEPLER_GRAD_NO_TYPES
#include "expect.h"
#include "kepler_grad.h"

int main(void) {
    struct orbit mercury = {0.387098, 0.205630, 1.351870, 3.050700, 39.478418}, fixed = {0, 0, 0, 0, 0};
    struct place velocity;
    struct place p = planet_jvp(mercury, fixed, 0.1, 1, &velocity);
    double r = hypot(p.x, p.y);
    expect("speed (vis-viva)", hypot(velocity.x, velocity.y), sqrt(mercury.pull * (2 / r - 1 / mercury.axis)), 1e-13);
    expect("angular momentum", p.x * velocity.y - p.y * velocity.x,
           sqrt(mercury.pull * mercury.axis * (1 - mercury.eccentricity * mercury.eccentricity)), 1e-13);

    struct orbit bar = {0, 0, 0, 0, 0};
    struct place along = {1, 0};
    double time_bar = 0;
    planet_vjp(mercury, &bar, 0.1, &time_bar, along);
    double motion = sqrt(mercury.pull / pow(mercury.axis, 3));
    expect("dx/dtime", time_bar, velocity.x, 1e-13);
    expect("dx/dperihelion (a rotation)", bar.perihelion, -p.y, 1e-13);
    expect("dx/danomaly (a delay)", bar.anomaly, velocity.x / motion, 1e-13);
    expect("dx/daxis (Kepler's third law)", bar.axis, (p.x - 1.5 * 0.1 * velocity.x) / mercury.axis, 1e-13);
    return finish();
}
#endif
