#include "hand.h"

#include <cgrad/cgrad.h>
#include <math.h>
#include <stdlib.h>

struct pose {
    double rotation[3], translation[3];
    double angles[HAND_BONES][3]; /* of each joint about x, y, z */
};

static struct matrix4 identity(void) {
    struct matrix4 result = {{{1, 0, 0, 0}, {0, 1, 0, 0}, {0, 0, 1, 0}, {0, 0, 0, 1}}};
    return result;
}

/* Product of affine maps: the last row of both is 0 0 0 1. */
static struct matrix4 multiply(const struct matrix4 *a, const struct matrix4 *b) {
    struct matrix4 product = identity();
    for (int i = 0; i < 3; i++)
        for (int j = 0; j < 4; j++) {
            double sum = j == 3 ? a->m[i][3] : 0;
            for (int k = 0; k < 3; k++)
                sum += a->m[i][k] * b->m[k][j];
            product.m[i][j] = sum;
        }
    return product;
}

static void transform(const struct matrix4 *a, const double x[3], double out[3]) {
    for (int i = 0; i < 3; i++)
        out[i] = a->m[i][0] * x[0] + a->m[i][1] * x[1] + a->m[i][2] * x[2] + a->m[i][3];
}

/* Turns about x, then y, then z. */
static struct matrix4 euler_rotation(const double angles[3]) {
    double cx = cos(angles[0]), sx = sin(angles[0]);
    double cy = cos(angles[1]), sy = sin(angles[1]);
    double cz = cos(angles[2]), sz = sin(angles[2]);
    struct matrix4 turn = {{
        {cy * cz, sx * sy * cz - cx * sz, cx * sy * cz + sx * sz, 0},
        {cy * sz, sx * sy * sz + cx * cz, cx * sy * sz - sx * cz, 0},
        {-sy, sx * cy, cx * cy, 0},
        {0, 0, 0, 1},
    }};
    return turn;
}

static struct matrix4 axis_angle_rotation(const double rotation[3]) {
    struct matrix4 turn = identity();
    double angle =
        sqrt(rotation[0] * rotation[0] + rotation[1] * rotation[1] + rotation[2] * rotation[2]);
    if (angle < 0.0001)
        return turn;

    double x = rotation[0] / angle, y = rotation[1] / angle, z = rotation[2] / angle;
    double s = sin(angle), c = cos(angle), t = 1 - c;
    turn.m[0][0] = x * x * t + c;
    turn.m[0][1] = x * y * t - z * s;
    turn.m[0][2] = x * z * t + y * s;
    turn.m[1][0] = x * y * t + z * s;
    turn.m[1][1] = y * y * t + c;
    turn.m[1][2] = y * z * t - x * s;
    turn.m[2][0] = x * z * t - y * s;
    turn.m[2][1] = y * z * t + x * s;
    turn.m[2][2] = z * z * t + c;
    return turn;
}

static void pose_from_theta(const double *theta, struct pose *pose) {
    for (int i = 0; i < 3; i++)
        pose->rotation[i] = *theta++;
    for (int i = 0; i < 3; i++)
        pose->translation[i] = *theta++;
    for (int bone = 0; bone < HAND_BONES; bone++)
        for (int i = 0; i < 3; i++)
            pose->angles[bone][i] = 0;
    for (int finger = 0; finger < HAND_FINGERS; finger++) {
        double(*joint)[3] = &pose->angles[1 + finger * HAND_FINGER_BONES];
        joint[1][1] = *theta++;
        joint[1][0] = *theta++;
        joint[2][0] = *theta++;
        joint[3][0] = *theta++;
    }
}

/* absolutes[bone]: from the bone, posed, to the hand; then from the vertices at rest to the posed ones. */
static void pose_bones(const struct hand_model *model, const struct pose *pose, struct matrix4 *transforms) {
    struct matrix4 *absolutes = malloc((size_t)model->bone_count * sizeof *absolutes);
    for (int bone = 0; bone < model->bone_count; bone++) {
        struct matrix4 turn = euler_rotation(pose->angles[bone]);
        struct matrix4 relative = multiply(&model->base_relatives[bone], &turn);
        int parent = model->parents[bone];
        if (parent < 0)
            absolutes[bone] = relative;
        else
            absolutes[bone] = multiply(&absolutes[parent], &relative);
        transforms[bone] = multiply(&absolutes[bone], &model->inverse_base_absolutes[bone]);
    }
    free(absolutes);
}

/* Linear blend skinning. */
static void skin(const struct hand_model *model, const struct matrix4 *transforms, int vertex, double position[3]) {
    const double *weight = &model->weights[vertex * model->bone_count];
    position[0] = position[1] = position[2] = 0;
    for (int bone = 0; bone < model->bone_count; bone++) {
        if (weight[bone] == 0)
            continue;
        double moved[3];
        transform(&transforms[bone], model->base_positions[vertex], moved);
        for (int i = 0; i < 3; i++)
            position[i] += weight[bone] * moved[i];
    }
    if (model->is_mirrored)
        position[0] = -position[0];
}

/* positions[vertex_count * 3] of the posed hand */
static void pose_vertices(const struct hand_model *model, const double *theta, double *positions) {
    struct pose pose;
    struct matrix4 *transforms = malloc((size_t)model->bone_count * sizeof *transforms);

    pose_from_theta(theta, &pose);
    pose_bones(model, &pose, transforms);
    struct matrix4 global = axis_angle_rotation(pose.rotation);
    for (int i = 0; i < 3; i++)
        global.m[i][3] = pose.translation[i];
    for (int vertex = 0; vertex < model->vertex_count; vertex++) {
        double position[3];
        skin(model, transforms, vertex, position);
        transform(&global, position, &positions[3 * vertex]);
    }
    free(transforms);
}

CGRAD_VJP(theta[26] -> err[3 * point_count])
CGRAD_JVP(theta[26] -> err[3 * point_count])
void hand_objective(const struct hand_model *model, const double theta[26], int point_count, const double (*points)[3],
                    const int *correspondences, double *err) {
    double *positions = malloc((size_t)(3 * model->vertex_count) * sizeof *positions);

    pose_vertices(model, theta, positions);
    for (int i = 0; i < point_count; i++)
        for (int j = 0; j < 3; j++)
            err[3 * i + j] = points[i][j] - positions[3 * correspondences[i] + j];
    free(positions);
}

CGRAD_VJP(theta[26], us[2 * point_count] -> err[3 * point_count])
CGRAD_JVP(theta[26], us[2 * point_count] -> err[3 * point_count])
void hand_objective_complicated(const struct hand_model *model, const double theta[26], int point_count, const double *us,
                                const double (*points)[3], const int *correspondences, double *err) {
    double *positions = malloc((size_t)(3 * model->vertex_count) * sizeof *positions);

    pose_vertices(model, theta, positions);
    for (int i = 0; i < point_count; i++) {
        const int *corner = model->triangles[correspondences[i]];
        const double *u = &us[2 * i];
        for (int j = 0; j < 3; j++) {
            double on_hand = u[0] * positions[3 * corner[0] + j] + u[1] * positions[3 * corner[1] + j] +
                             (1 - u[0] - u[1]) * positions[3 * corner[2] + j];
            err[3 * i + j] = points[i][j] - on_hand;
        }
    }
    free(positions);
}
