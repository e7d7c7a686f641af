#include "ba.h"

#include <math.h>

/* Everything that the adjoint of one projection needs stays in registers: forward and reverse of an observation are one. */
struct seen {
    double shifted[3], axis[3], crossed[3]; /* not turned: axis is the rotation itself */
    double angle, sine, cosine, dot;        /* angle 0: not turned */
    double depth, projection[2], squared_radius, factor, residual[2];
};

static inline double dot3(const double a[3], const double b[3]) {
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

static inline void cross3(const double a[3], const double b[3], double out[3]) {
    out[0] = a[1] * b[2] - a[2] * b[1];
    out[1] = a[2] * b[0] - a[0] * b[2];
    out[2] = a[0] * b[1] - a[1] * b[0];
}

static inline void look(const double *camera, const double *x, const double *feature, struct seen *s) {
    double point[3], square = dot3(camera, camera);
    for (int i = 0; i < 3; i++)
        s->shifted[i] = x[i] - camera[BA_CENTRE + i];
    if (square > 0) {
        s->angle = sqrt(square);
        s->sine = sin(s->angle);
        s->cosine = cos(s->angle);
        for (int i = 0; i < 3; i++)
            s->axis[i] = camera[i] / s->angle;
        cross3(s->axis, s->shifted, s->crossed);
        s->dot = dot3(s->axis, s->shifted);
        for (int i = 0; i < 3; i++)
            point[i] = s->shifted[i] * s->cosine + s->crossed[i] * s->sine + s->axis[i] * (s->dot * (1 - s->cosine));
    } else {
        s->angle = 0;
        for (int i = 0; i < 3; i++)
            s->axis[i] = camera[i];
        cross3(s->axis, s->shifted, s->crossed);
        for (int i = 0; i < 3; i++)
            point[i] = s->shifted[i] + s->crossed[i];
    }
    s->depth = 1 / point[2];
    s->projection[0] = point[0] * s->depth;
    s->projection[1] = point[1] * s->depth;
    s->squared_radius = s->projection[0] * s->projection[0] + s->projection[1] * s->projection[1];
    s->factor = 1 + s->squared_radius * (camera[BA_RADIAL] + camera[BA_RADIAL + 1] * s->squared_radius);
    for (int i = 0; i < 2; i++)
        s->residual[i] = s->projection[i] * s->factor * camera[BA_FOCAL] + camera[BA_PRINCIPAL + i] - feature[i];
}

/* rotation_bar, shifted_bar: adjoints for that of the turned point */
static inline void turn_back(const struct seen *s, const double point_bar[3], double rotation_bar[3],
                             double shifted_bar[3]) {
    double turned[3], axis_bar[3];
    cross3(s->axis, point_bar, turned);
    cross3(s->shifted, point_bar, axis_bar);
    if (s->angle == 0) {
        for (int i = 0; i < 3; i++) {
            rotation_bar[i] = axis_bar[i];
            shifted_bar[i] = point_bar[i] - turned[i];
        }
        return;
    }
    double along = dot3(s->axis, point_bar), versine = 1 - s->cosine, length = s->dot * versine;
    for (int i = 0; i < 3; i++) {
        shifted_bar[i] = point_bar[i] * s->cosine - turned[i] * s->sine + s->axis[i] * (along * versine);
        axis_bar[i] = axis_bar[i] * s->sine + point_bar[i] * length + s->shifted[i] * (along * versine);
    }
    double cosine_bar = dot3(s->shifted, point_bar) - along * s->dot, sine_bar = dot3(s->crossed, point_bar);
    double inverse = 1 / s->angle;
    double angle_bar = s->cosine * sine_bar - s->sine * cosine_bar - dot3(axis_bar, s->axis) * inverse;
    for (int i = 0; i < 3; i++)
        rotation_bar[i] = axis_bar[i] * inverse + s->axis[i] * angle_bar;
}

/* The adjoints for the seeds `err_bar`: the camera's 11, the point's 3, the weight's. */
static inline void look_back(const double *camera, double w, const struct seen *s, const double err_bar[2],
                             double bar[BA_CAMERA_SIZE + 3 + 1]) {
    double seed[2] = {w * err_bar[0], w * err_bar[1]}, focal = camera[BA_FOCAL];
    const double *p = s->projection;
    double along = seed[0] * p[0] + seed[1] * p[1], factor_bar = focal * along, square = s->squared_radius;
    double square_bar = factor_bar * (camera[BA_RADIAL] + 2 * camera[BA_RADIAL + 1] * square);
    double projection_bar[2], point_bar[3], shifted_bar[3];

    for (int i = 0; i < 2; i++) {
        projection_bar[i] = focal * s->factor * seed[i] + 2 * p[i] * square_bar;
        point_bar[i] = projection_bar[i] * s->depth;
    }
    point_bar[2] = -(projection_bar[0] * p[0] + projection_bar[1] * p[1]) * s->depth;
    turn_back(s, point_bar, bar + BA_ROTATION, shifted_bar);
    for (int i = 0; i < 3; i++) {
        bar[BA_CENTRE + i] = -shifted_bar[i];
        bar[BA_CAMERA_SIZE + i] = shifted_bar[i];
    }
    bar[BA_FOCAL] = along * s->factor;
    bar[BA_PRINCIPAL] = seed[0];
    bar[BA_PRINCIPAL + 1] = seed[1];
    bar[BA_RADIAL] = factor_bar * square;
    bar[BA_RADIAL + 1] = factor_bar * square * square;
    bar[BA_CAMERA_SIZE + 3] = err_bar[0] * s->residual[0] + err_bar[1] * s->residual[1];
}

void ba_objective_hand(int n, int m, int p, const double *cameras, double *cameras_bar, const double *x, double *x_bar,
                       const double *w, double *w_bar, const int *obs, const double *feats, double *reproj_err,
                       const double *reproj_err_bar, double *w_err, const double *w_err_bar) {
    (void)n;
    (void)m;
    for (int i = 0; i < p; i++) {
        int camera = obs[2 * i], point = obs[2 * i + 1];
        double bar[BA_CAMERA_SIZE + 3 + 1];
        struct seen seen;
        look(cameras + BA_CAMERA_SIZE * camera, x + 3 * point, feats + 2 * i, &seen);
        look_back(cameras + BA_CAMERA_SIZE * camera, w[i], &seen, reproj_err_bar + 2 * i, bar);
        for (int j = 0; j < BA_CAMERA_SIZE; j++)
            cameras_bar[BA_CAMERA_SIZE * camera + j] += bar[j];
        for (int j = 0; j < 3; j++)
            x_bar[3 * point + j] += bar[BA_CAMERA_SIZE + j];
        reproj_err[2 * i] = w[i] * seen.residual[0];
        reproj_err[2 * i + 1] = w[i] * seen.residual[1];
        w_err[i] = 1 - w[i] * w[i];
        w_bar[i] += bar[BA_CAMERA_SIZE + 3] - 2 * w[i] * w_err_bar[i];
    }
}

void ba_reprojection_jacobian_hand(const double *camera, const double *x, double w, const double *feature, double *err,
                                   double *jacobian) {
    const double rows[2][2] = {{1, 0}, {0, 1}};
    struct seen seen;
    look(camera, x, feature, &seen);
    for (int i = 0; i < 2; i++) {
        err[i] = w * seen.residual[i];
        look_back(camera, w, &seen, rows[i], jacobian + (BA_CAMERA_SIZE + 3 + 1) * i);
    }
}
