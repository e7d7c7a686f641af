/* The model once more, in long double, for differences.
 * One observation: camera, point, weight -> 2 residuals; all: cameras, points, weights -> 2 p residuals, p weights'. */
#ifndef BA_PRECISE_H
#define BA_PRECISE_H

struct ba_problem {
    int n, m, p;
    const int *obs;
    const double *feats;
};

void ba_precise_reprojection(void *problem, const long double *x, long double *err);
void ba_precise(void *problem, const long double *x, long double *err);

#endif
