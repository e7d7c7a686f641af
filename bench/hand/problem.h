/* A small hand, made of numbers rather than measured, in a form that both precisions share. Included by each of them: `double`
 * may mean long double here.
 */
#ifndef HAND_PROBLEM_H
#define HAND_PROBLEM_H

#include "hand.h"
#include "numbers.h"

#ifndef HAND_VERTICES
#define HAND_VERTICES 60
#define HAND_POINTS 25
#define HAND_TRIANGLES 30
#endif

struct hand_problem {
    struct hand_model model;
    int parents[HAND_BONES];
    struct matrix4 relatives[HAND_BONES], inverses[HAND_BONES];
    double positions[HAND_VERTICES][3], weights[HAND_VERTICES * HAND_BONES], points[HAND_POINTS][3];
    int triangles[HAND_TRIANGLES][3], correspondences[HAND_POINTS];
};

static inline void hand_random_matrix(struct number_random *random, struct matrix4 *matrix) {
    for (int i = 0; i < 4; i++)
        for (int j = 0; j < 4; j++)
            matrix->m[i][j] = i == 3 ? j == 3 : number_uniform(random, -0.5, 0.5) + (i == j);
}

static inline void hand_random_mesh(struct number_random *random, struct hand_problem *hand) {
    for (int v = 0; v < HAND_VERTICES; v++) {
        for (int i = 0; i < 3; i++)
            hand->positions[v][i] = number_uniform(random, -1, 1);
        for (int bone = 0; bone < HAND_BONES; bone++)
            hand->weights[v * HAND_BONES + bone] = (v + bone) % 7 < 3 ? number_uniform(random, 0, 0.5) : 0;
    }
    for (int t = 0; t < HAND_TRIANGLES; t++)
        for (int i = 0; i < 3; i++)
            hand->triangles[t][i] = (2 * t + i * 5) % HAND_VERTICES;
    for (int p = 0; p < HAND_POINTS; p++) {
        hand->correspondences[p] = p * 11 % HAND_TRIANGLES;
        for (int i = 0; i < 3; i++)
            hand->points[p][i] = number_uniform(random, -1, 1);
    }
}

/* The struct must stay where it is: its model points into it. */
static inline void hand_make(struct hand_problem *hand, int is_mirrored) {
    struct number_random random = number_seed(12);
    for (int bone = 0; bone < HAND_BONES; bone++) {
        hand->parents[bone] = bone == 0 ? -1 : (bone - 1) % HAND_FINGER_BONES == 0 ? 0 : bone - 1;
        hand_random_matrix(&random, &hand->relatives[bone]);
        hand_random_matrix(&random, &hand->inverses[bone]);
    }
    hand_random_mesh(&random, hand);
    struct hand_model model = {HAND_BONES,      hand->parents,   hand->relatives, hand->inverses, HAND_VERTICES,
                               hand->positions, hand->weights, hand->triangles, is_mirrored};
    hand->model = model;
}

#endif
