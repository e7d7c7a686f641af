#include "precise.h"
#include "numbers.h"

#define ba_reprojection ba_reprojection_precise
#define ba_weight ba_weight_precise
#define ba_objective ba_objective_precise
#include "longdouble.h"
#include "ba.c"

void ba_precise_reprojection(void *context, const number_t *x, number_t *err) {
    const struct ba_problem *problem = context;
    number_t *feats = number_widen(2, problem->feats);
    ba_reprojection(x, x + BA_CAMERA_SIZE, x[BA_CAMERA_SIZE + 3], feats, err);
    free(feats);
}

void ba_precise(void *context, const number_t *x, number_t *err) {
    const struct ba_problem *problem = context;
    const number_t *points = x + BA_CAMERA_SIZE * problem->n, *weights = points + 3 * problem->m;
    number_t *feats = number_widen((size_t)(2 * problem->p), problem->feats);
    ba_objective(problem->n, problem->m, problem->p, x, points, weights, problem->obs, feats, err, err + 2 * problem->p);
    free(feats);
}
