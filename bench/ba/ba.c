#include "ba.h"

#include <cgrad/cgrad.h>
#include <math.h>

static double dot3(const double a[3], const double b[3]) {
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

static void cross3(const double a[3], const double b[3], double out[3]) {
    out[0] = a[1] * b[2] - a[2] * b[1];
    out[1] = a[2] * b[0] - a[0] * b[2];
    out[2] = a[0] * b[1] - a[1] * b[0];
}

/* Rodrigues' formula: p turned about the axis `rotation` by its length. */
static void rotate(const double rotation[3], const double p[3], double out[3]) {
    double squared_angle = dot3(rotation, rotation);

    if (squared_angle > 0) {
        double angle = sqrt(squared_angle);
        double cosine = cos(angle), sine = sin(angle);
        double axis[3], axis_cross_p[3];

        for (int i = 0; i < 3; i++)
            axis[i] = rotation[i] / angle;
        cross3(axis, p, axis_cross_p);

        double along = dot3(axis, p) * (1 - cosine);
        for (int i = 0; i < 3; i++)
            out[i] = p[i] * cosine + axis_cross_p[i] * sine + axis[i] * along;
    } else {
        /* the first-order term is exact at the angle zero, and so is its derivative */
        cross3(rotation, p, out);
        for (int i = 0; i < 3; i++)
            out[i] += p[i];
    }
}

static void distort(const double radial[2], double projection[2]) {
    double squared_radius = projection[0] * projection[0] + projection[1] * projection[1];
    double factor = 1 + radial[0] * squared_radius + radial[1] * squared_radius * squared_radius;

    projection[0] *= factor;
    projection[1] *= factor;
}

static void project(const double *camera, const double *x, double projection[2]) {
    const double *centre = &camera[BA_CENTRE];
    double shifted[3], seen[3];

    for (int i = 0; i < 3; i++)
        shifted[i] = x[i] - centre[i];
    rotate(&camera[BA_ROTATION], shifted, seen);
    projection[0] = seen[0] / seen[2];
    projection[1] = seen[1] / seen[2];
    distort(&camera[BA_RADIAL], projection);
    for (int i = 0; i < 2; i++)
        projection[i] = projection[i] * camera[BA_FOCAL] + camera[BA_PRINCIPAL + i];
}

CGRAD_VJP(camera[11], x[3], w -> err[2])
CGRAD_JVP(camera[11], x[3], w -> err[2])
CGRAD_SPLIT(camera[11], x[3], w -> err[2])
void ba_reprojection(const double *camera, const double *x, double w, const double *feature, double *err) {
    double projection[2];

    project(camera, x, projection);
    err[0] = w * (projection[0] - feature[0]);
    err[1] = w * (projection[1] - feature[1]);
}

CGRAD_GRAD(w -> err)
CGRAD_VJP(w -> err)
CGRAD_JVP(w -> err)
void ba_weight(double w, double *err) {
    *err = 1 - w * w;
}

CGRAD_VJP(cameras[11 * n], x[3 * m], w[p] -> reproj_err[2 * p], w_err[p])
CGRAD_JVP(cameras[11 * n], x[3 * m], w[p] -> reproj_err[2 * p], w_err[p])
void ba_objective(int n, int m, int p, const double *cameras, const double *x, const double *w, const int *obs,
                  const double *feats, double *reproj_err, double *w_err) {
    (void)n;
    (void)m;
    for (int i = 0; i < p; i++) {
        int camera = obs[2 * i], point = obs[2 * i + 1];
        ba_reprojection(&cameras[BA_CAMERA_SIZE * camera], &x[3 * point], w[i], &feats[2 * i], &reproj_err[2 * i]);
    }
    for (int i = 0; i < p; i++)
        ba_weight(w[i], &w_err[i]);
}
