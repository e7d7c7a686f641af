/* hand: how far a hand, posed by the angles of its joints, is from measured points. */
#ifndef HAND_H
#define HAND_H

struct matrix4 {
    double m[4][4];
};

/* The hand at rest. Bones are sorted so that a parent comes before its children. */
struct hand_model {
    int bone_count;
    const int *parents;                           /* [bone_count], -1: none */
    const struct matrix4 *base_relatives;         /* [bone_count] from a bone to its parent */
    const struct matrix4 *inverse_base_absolutes; /* [bone_count] from the hand to a bone */
    int vertex_count;
    const double (*base_positions)[3]; /* [vertex_count] */
    const double *weights;             /* [vertex_count * bone_count] how a vertex hangs on the bones */
    const int (*triangles)[3];         /* vertices of the faces */
    int is_mirrored;
};

enum {
    HAND_FINGERS = 5,
    HAND_FINGER_BONES = 4,                               /* after the wrist, bone 0 */
    HAND_BONES = 1 + HAND_FINGERS * HAND_FINGER_BONES,   /* 21 */
    HAND_THETA = 6 + HAND_FINGERS * HAND_FINGER_BONES    /* 26 */
};

/* theta[26]: rotation of the hand (axis times angle), its translation, and for each finger the bend of the first joint
 * sideways, then the bends of three joints.
 * Point i, at points[i], belongs to vertex correspondences[i]: err[3 i ...] = points[i] - that vertex of the posed hand. */
void hand_objective(const struct hand_model *model, const double theta[26], int point_count, const double (*points)[3],
                    const int *correspondences, double *err);

/* Point i belongs to a place on the triangle correspondences[i], at the barycentric coordinates us[2 i], us[2 i + 1]. */
void hand_objective_complicated(const struct hand_model *model, const double theta[26], int point_count, const double *us,
                                const double (*points)[3], const int *correspondences, double *err);

/* By hand: the adjoints of both; they add to theta_bar and us_bar. */
void hand_objective_hand(const struct hand_model *model, const double theta[26], double theta_bar[26], int point_count,
                         const double (*points)[3], const int *correspondences, double *err, const double *err_bar);
void hand_objective_complicated_hand(const struct hand_model *model, const double theta[26], double theta_bar[26],
                                     int point_count, const double *us, double *us_bar, const double (*points)[3],
                                     const int *correspondences, double *err, const double *err_bar);

#endif
