#include "hand.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Only vertices that an error depends on are posed and reversed. An affine map is kept as its upper three rows. What the reverse
 * sweep needs of the bones (21 of them) is kept; of the vertices their place before the global map. */

struct affine {
    double m[3][4];
};

struct bones {
    struct affine turns[HAND_BONES], relatives[HAND_BONES], absolutes[HAND_BONES], transforms[HAND_BONES];
    double cosine[HAND_BONES][3], sine[HAND_BONES][3];
    double angle, axis[3]; /* of the whole hand; angle 0: not turned */
    struct affine global;
};

static inline struct affine multiply(const struct affine *a, const struct affine *b) {
    struct affine product;
    for (int i = 0; i < 3; i++)
        for (int j = 0; j < 4; j++)
            product.m[i][j] = a->m[i][0] * b->m[0][j] + a->m[i][1] * b->m[1][j] + a->m[i][2] * b->m[2][j] +
                              (j == 3 ? a->m[i][3] : 0);
    return product;
}

/* The adjoint of the left factor. */
static inline void add_left(const struct affine *product_bar, const struct affine *b, struct affine *a_bar) {
    for (int i = 0; i < 3; i++) {
        for (int k = 0; k < 3; k++)
            a_bar->m[i][k] += product_bar->m[i][0] * b->m[k][0] + product_bar->m[i][1] * b->m[k][1] +
                              product_bar->m[i][2] * b->m[k][2] + product_bar->m[i][3] * b->m[k][3];
        a_bar->m[i][3] += product_bar->m[i][3];
    }
}

/* The adjoint of the right factor. */
static inline struct affine right(const struct affine *a, const struct affine *product_bar) {
    struct affine b_bar;
    for (int k = 0; k < 3; k++)
        for (int j = 0; j < 4; j++)
            b_bar.m[k][j] = a->m[0][k] * product_bar->m[0][j] + a->m[1][k] * product_bar->m[1][j] +
                            a->m[2][k] * product_bar->m[2][j];
    return b_bar;
}

static inline const struct affine *upper(const struct matrix4 *matrix) {
    return (const struct affine *)matrix;
}

/* Turns about x, then y, then z. */
static struct affine turn(const double c[3], const double s[3]) {
    return (struct affine){{{c[1] * c[2], s[0] * s[1] * c[2] - c[0] * s[2], c[0] * s[1] * c[2] + s[0] * s[2], 0},
                            {c[1] * s[2], s[0] * s[1] * s[2] + c[0] * c[2], c[0] * s[1] * s[2] - s[0] * c[2], 0},
                            {-s[1], s[0] * c[1], c[0] * c[1], 0}}};
}

static void turn_reverse(const double c[3], const double s[3], const struct affine *bar, double angles_bar[3]) {
    const double(*b)[4] = bar->m;
    /* the columns of the turn, and what is between them when the angle about x moves */
    double c01 = s[0] * s[1] * c[2] - c[0] * s[2], c02 = c[0] * s[1] * c[2] + s[0] * s[2];
    double c11 = s[0] * s[1] * s[2] + c[0] * c[2], c12 = c[0] * s[1] * s[2] - s[0] * c[2];
    angles_bar[0] = b[0][1] * c02 - b[0][2] * c01 + b[1][1] * c12 - b[1][2] * c11 + c[1] * (b[2][1] * c[0] - b[2][2] * s[0]);
    angles_bar[1] = -s[1] * (c[2] * b[0][0] + s[2] * b[1][0]) +
                    c[1] * (c[2] * (s[0] * b[0][1] + c[0] * b[0][2]) + s[2] * (s[0] * b[1][1] + c[0] * b[1][2])) -
                    c[1] * b[2][0] - s[1] * (s[0] * b[2][1] + c[0] * b[2][2]);
    angles_bar[2] = -b[0][0] * c[1] * s[2] + b[1][0] * c[1] * c[2] - b[0][1] * c11 - b[0][2] * c12 + b[1][1] * c01 +
                    b[1][2] * c02;
}

/* The angle of theta that turns a bone about an axis; -1: none does. */
static int angle_of(int bone, int axis) {
    int joint = (bone - 1) % HAND_FINGER_BONES, finger = (bone - 1) / HAND_FINGER_BONES;
    if (bone == 0 || joint == 0 || axis == 2 || (axis == 1 && joint > 1))
        return -1;
    return 6 + 4 * finger + (joint == 1 ? 1 - axis : joint);
}

static void pose_global(const double *theta, struct bones *p) {
    double angle = sqrt(theta[0] * theta[0] + theta[1] * theta[1] + theta[2] * theta[2]);
    memset(&p->global, 0, sizeof p->global);
    p->angle = angle < 0.0001 ? 0 : angle;
    double s = sin(angle), c = cos(angle), *a = p->axis;
    for (int i = 0; i < 3; i++)
        p->global.m[i][3] = theta[3 + i];
    if (p->angle == 0) {
        for (int i = 0; i < 3; i++)
            p->global.m[i][i] = 1;
        return;
    }
    for (int i = 0; i < 3; i++)
        a[i] = theta[i] / angle;
    for (int i = 0; i < 3; i++)
        for (int j = 0; j < 3; j++)
            p->global.m[i][j] = a[i] * a[j] * (1 - c) + (i == j ? c : 0);
    for (int i = 0; i < 3; i++) {
        int j = (i + 1) % 3, k = (i + 2) % 3;
        p->global.m[k][j] += a[i] * s;
        p->global.m[j][k] -= a[i] * s;
    }
}

static void pose_global_reverse(const struct bones *p, const struct affine *bar, double *theta_bar) {
    const double *a = p->axis, (*b)[4] = bar->m;
    for (int i = 0; i < 3; i++)
        theta_bar[3 + i] += b[i][3];
    if (p->angle == 0)
        return;
    double s = sin(p->angle), c = cos(p->angle), s_bar = 0, c_bar = 0, a_bar[3], angle_bar;
    for (int i = 0; i < 3; i++) {
        int j = (i + 1) % 3, k = (i + 2) % 3;
        double skew = b[k][j] - b[j][k], along = 0;
        for (int e = 0; e < 3; e++)
            along += (b[i][e] + b[e][i]) * a[e];
        a_bar[i] = skew * s + (1 - c) * along;
        s_bar += skew * a[i];
        c_bar += b[i][i] - 0.5 * along * a[i];
    }
    angle_bar = c * s_bar - s * c_bar - (a_bar[0] * a[0] + a_bar[1] * a[1] + a_bar[2] * a[2]) / p->angle;
    for (int i = 0; i < 3; i++)
        theta_bar[i] += a_bar[i] / p->angle + a[i] * angle_bar;
}

static void pose_bones(const struct hand_model *model, const double *theta, struct bones *p) {
    pose_global(theta, p);
    for (int bone = 0; bone < model->bone_count; bone++) {
        for (int axis = 0; axis < 3; axis++) {
            int at = angle_of(bone, axis);
            p->cosine[bone][axis] = at < 0 ? 1 : cos(theta[at]);
            p->sine[bone][axis] = at < 0 ? 0 : sin(theta[at]);
        }
        p->turns[bone] = turn(p->cosine[bone], p->sine[bone]);
        p->relatives[bone] = multiply(upper(&model->base_relatives[bone]), &p->turns[bone]);
        int parent = model->parents[bone];
        p->absolutes[bone] = parent < 0 ? p->relatives[bone] : multiply(&p->absolutes[parent], &p->relatives[bone]);
        p->transforms[bone] = multiply(&p->absolutes[bone], upper(&model->inverse_base_absolutes[bone]));
    }
}

static void pose_bones_reverse(const struct hand_model *model, const struct bones *p, const struct affine *transforms_bar,
                               double *theta_bar) {
    struct affine absolutes_bar[HAND_BONES];
    memset(absolutes_bar, 0, sizeof absolutes_bar);
    for (int bone = model->bone_count - 1; bone >= 0; bone--) {
        struct affine *bar = &absolutes_bar[bone], relative_bar = *bar;
        int parent = model->parents[bone];
        double angles_bar[3];
        add_left(&transforms_bar[bone], upper(&model->inverse_base_absolutes[bone]), bar);
        if (parent >= 0) {
            add_left(bar, &p->relatives[bone], &absolutes_bar[parent]);
            relative_bar = right(&p->absolutes[parent], bar);
        }
        if (angle_of(bone, 0) < 0)
            continue;
        struct affine turn_bar = right(upper(&model->base_relatives[bone]), &relative_bar);
        turn_reverse(p->cosine[bone], p->sine[bone], &turn_bar, angles_bar);
        for (int axis = 0; axis < 2; axis++)
            if (angle_of(bone, axis) >= 0)
                theta_bar[angle_of(bone, axis)] += angles_bar[axis];
    }
}

/* The vertex before the global map. */
static void skin(const struct hand_model *model, const struct bones *p, int vertex, double position[3]) {
    const double *weight = model->weights + vertex * model->bone_count, *x = model->base_positions[vertex];
    position[0] = position[1] = position[2] = 0;
    for (int bone = 0; bone < model->bone_count; bone++) {
        if (weight[bone] == 0)
            continue;
        const double(*t)[4] = p->transforms[bone].m;
        for (int i = 0; i < 3; i++)
            position[i] += weight[bone] * (t[i][0] * x[0] + t[i][1] * x[1] + t[i][2] * x[2] + t[i][3]);
    }
    if (model->is_mirrored)
        position[0] = -position[0];
}

static void skin_reverse(const struct hand_model *model, int vertex, const double position_bar[3],
                         struct affine *transforms_bar) {
    const double *weight = model->weights + vertex * model->bone_count, *x = model->base_positions[vertex];
    double outer[3][4];
    for (int i = 0; i < 3; i++) {
        double bar = i == 0 && model->is_mirrored ? -position_bar[0] : position_bar[i];
        for (int j = 0; j < 4; j++)
            outer[i][j] = j == 3 ? bar : bar * x[j];
    }
    for (int bone = 0; bone < model->bone_count; bone++) {
        if (weight[bone] == 0)
            continue;
        for (int i = 0; i < 3; i++)
            for (int j = 0; j < 4; j++)
                transforms_bar[bone].m[i][j] += weight[bone] * outer[i][j];
    }
}

static inline double place(const struct affine *global, const double position[3], int i) {
    return global->m[i][0] * position[0] + global->m[i][1] * position[1] + global->m[i][2] * position[2] + global->m[i][3];
}

/* From the adjoints of posed vertices to theta; `used` vertices stand in `list`, skinned at positions. */
static void vertices_reverse(const struct hand_model *model, const struct bones *p, int used, const int *list,
                             const double *positions, const double *vertices_bar, double *theta_bar) {
    struct affine transforms_bar[HAND_BONES], global_bar;
    memset(transforms_bar, 0, sizeof transforms_bar);
    memset(&global_bar, 0, sizeof global_bar);
    for (int at = 0; at < used; at++) {
        const double *bar = vertices_bar + 3 * at, *position = positions + 3 * at;
        double position_bar[3];
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 3; j++)
                global_bar.m[i][j] += bar[i] * position[j];
            global_bar.m[i][3] += bar[i];
        }
        for (int j = 0; j < 3; j++)
            position_bar[j] = bar[0] * p->global.m[0][j] + bar[1] * p->global.m[1][j] + bar[2] * p->global.m[2][j];
        skin_reverse(model, list[at], position_bar, transforms_bar);
    }
    pose_bones_reverse(model, p, transforms_bar, theta_bar);
    pose_global_reverse(p, &global_bar, theta_bar);
}

/* Vertices in use, each once. */
struct used {
    int count, *list, *place; /* place[vertex]: in the list, -1: not there */
    double *positions, *bars; /* [3 * count] each */
};

static struct used used_begin(const struct hand_model *model) {
    size_t count = (size_t)model->vertex_count;
    struct used used = {0, malloc(2 * count * sizeof(int)), NULL, calloc(6 * count, sizeof(double)), NULL};
    used.place = used.list + count;
    used.bars = used.positions + 3 * count;
    memset(used.place, -1, count * sizeof(int));
    return used;
}

static int use(struct used *used, const struct hand_model *model, const struct bones *p, int vertex) {
    if (used->place[vertex] < 0) {
        skin(model, p, vertex, used->positions + 3 * used->count);
        used->list[used->count] = vertex;
        used->place[vertex] = used->count++;
    }
    return used->place[vertex];
}

static void used_end(const struct used *used) {
    free(used->list);
    free(used->positions);
}

void hand_objective_hand(const struct hand_model *model, const double theta[26], double theta_bar[26], int point_count,
                         const double (*points)[3], const int *correspondences, double *err, const double *err_bar) {
    struct bones bones;
    struct used used = used_begin(model);
    pose_bones(model, theta, &bones);
    for (int i = 0; i < point_count; i++) {
        int at = use(&used, model, &bones, correspondences[i]);
        for (int j = 0; j < 3; j++) {
            err[3 * i + j] = points[i][j] - place(&bones.global, used.positions + 3 * at, j);
            used.bars[3 * at + j] -= err_bar[3 * i + j];
        }
    }
    vertices_reverse(model, &bones, used.count, used.list, used.positions, used.bars, theta_bar);
    used_end(&used);
}

void hand_objective_complicated_hand(const struct hand_model *model, const double theta[26], double theta_bar[26],
                                     int point_count, const double *us, double *us_bar, const double (*points)[3],
                                     const int *correspondences, double *err, const double *err_bar) {
    struct bones bones;
    struct used used = used_begin(model);
    pose_bones(model, theta, &bones);
    for (int i = 0; i < point_count; i++) {
        const int *corner = model->triangles[correspondences[i]];
        double u[3] = {us[2 * i], us[2 * i + 1], 1 - us[2 * i] - us[2 * i + 1]}, on_hand[3] = {0, 0, 0}, along[3];
        for (int c = 0; c < 3; c++) {
            int at = use(&used, model, &bones, corner[c]);
            along[c] = 0;
            for (int j = 0; j < 3; j++) {
                double x = place(&bones.global, used.positions + 3 * at, j), bar = -err_bar[3 * i + j];
                on_hand[j] += u[c] * x;
                used.bars[3 * at + j] += u[c] * bar;
                along[c] += x * bar;
            }
        }
        us_bar[2 * i] += along[0] - along[2];
        us_bar[2 * i + 1] += along[1] - along[2];
        for (int j = 0; j < 3; j++)
            err[3 * i + j] = points[i][j] - on_hand[j];
    }
    vertices_reverse(model, &bones, used.count, used.list, used.positions, used.bars, theta_bar);
    used_end(&used);
}
