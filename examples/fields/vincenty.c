/* The distance of two places on the Earth's ellipsoid by Vincenty's iteration, in metres.
 * T. Vincenty, Survey Review 23 (1975), 88-93; the example is that of the Geocentric Datum of Australia's technical manual:
 * Flinders Peak to Buninyong. */
#include <cgrad/cgrad.h>
#include <math.h>

struct ellipsoid {
    double axis, flattening;
};

/* Latitudes and longitudes in radians. */
CGRAD_GRAD(from, to, earth[1])
double distance(const double from[2], const double to[2], const struct ellipsoid *earth) {
    double f = earth->flattening, difference = to[1] - from[1], lambda = difference, before;
    double u1 = atan((1 - f) * tan(from[0])), u2 = atan((1 - f) * tan(to[0]));
    double sin1 = sin(u1), cos1 = cos(u1), sin2 = sin(u2), cos2 = cos(u2);
    double sigma, sin_sigma, cos_sigma, cos2_alpha, cos_middle;
    int rounds = 0;
    do {
        double across = cos2 * sin(lambda), up = cos1 * sin2 - sin1 * cos2 * cos(lambda);
        sin_sigma = sqrt(across * across + up * up);
        if (sin_sigma == 0)
            return 0; /* the same place */
        cos_sigma = sin1 * sin2 + cos1 * cos2 * cos(lambda);
        sigma = atan2(sin_sigma, cos_sigma);
        double sin_alpha = cos1 * cos2 * sin(lambda) / sin_sigma;
        cos2_alpha = 1 - sin_alpha * sin_alpha;
        cos_middle = cos2_alpha == 0 ? 0 : cos_sigma - 2 * sin1 * sin2 / cos2_alpha; /* else along the equator */
        double c = f / 16 * cos2_alpha * (4 + f * (4 - 3 * cos2_alpha));
        before = lambda;
        lambda = difference + (1 - c) * f * sin_alpha
                 * (sigma + c * sin_sigma * (cos_middle + c * cos_sigma * (2 * cos_middle * cos_middle - 1)));
    } while (fabs(lambda - before) > 1e-14 && ++rounds < 100);

    double short_axis = (1 - f) * earth->axis;
    double u = cos2_alpha * (earth->axis * earth->axis - short_axis * short_axis) / (short_axis * short_axis);
    double a = 1 + u / 16384 * (4096 + u * (-768 + u * (320 - 175 * u)));
    double b = u / 1024 * (256 + u * (-128 + u * (74 - 47 * u)));
    double correction = b * sin_sigma
                        * (cos_middle + b / 4 * (cos_sigma * (2 * cos_middle * cos_middle - 1)
                                                 - b / 6 * cos_middle * (4 * sin_sigma * sin_sigma - 3)
                                                       * (4 * cos_middle * cos_middle - 3)));
    return short_axis * a * (sigma - correction);
}

#ifdef WITH_MAIN
#define VINCENTY_GRAD_NO_TYPES
#include "expect.h"
#include "vincenty_grad.h"

static double radians(double degrees, double minutes, double seconds) {
    return (degrees + minutes / 60 + seconds / 3600) * acos(-1) / 180;
}

int main(void) {
    const struct ellipsoid grs80 = {6378137, 1 / 298.257222101};
    struct ellipsoid bar;
    double flinders[2] = {-radians(37, 57, 3.72030), radians(144, 25, 29.52440)};
    double buninyong[2] = {-radians(37, 39, 10.15610), radians(143, 55, 35.38390)}, from_bar[2], to_bar[2];
    double s = distance_grad(flinders, from_bar, buninyong, to_bar, &grs80, &bar);
    expect("Flinders Peak to Buninyong", s, 54972.271, 1e-8);

    /* A step at one end changes the length by its part along the line: minus the cosine of the azimuth. */
    double azimuth = radians(306, 52, 5.37), back = radians(127, 10, 25.07), f = grs80.flattening, e2 = f * (2 - f);
    double w = 1 - e2 * pow(sin(flinders[0]), 2), normal = grs80.axis / sqrt(w), meridian = grs80.axis * (1 - e2) / pow(w, 1.5);
    expect("by the latitude of the first", from_bar[0], -meridian * cos(azimuth), 1e-7);
    expect("by its longitude", from_bar[1], -normal * cos(flinders[0]) * sin(azimuth), 1e-7);
    w = 1 - e2 * pow(sin(buninyong[0]), 2), meridian = grs80.axis * (1 - e2) / pow(w, 1.5);
    expect("by the latitude of the second", to_bar[0], -meridian * cos(back), 1e-7);
    expect("longitudes only by their difference", to_bar[1], -from_bar[1], 1e-12);
    expect("by the axis: scale", grs80.axis * bar.axis, s, 1e-12);
    expect("the same place", distance_grad(flinders, from_bar, flinders, to_bar, &grs80, &bar), 0, 0);
    return finish();
}
#endif
