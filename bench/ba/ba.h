/* ba: the residuals of bundle adjustment. */
#ifndef BA_H
#define BA_H

/* A camera's parameters, in this order. */
enum {
    BA_ROTATION = 0, /* 3: axis times angle */
    BA_CENTRE = 3,   /* 3 */
    BA_FOCAL = 6,
    BA_PRINCIPAL = 7, /* 2: principal point */
    BA_RADIAL = 9,    /* 2: coefficients of the radial distortion */
    BA_CAMERA_SIZE = 11
};

/* err[2] = w * (projection of the point x[3] by the camera - feature[2]) */
void ba_reprojection(const double *camera, const double *x, double w, const double *feature, double *err);

/* err = 1 - w * w: pulls weights towards one */
void ba_weight(double w, double *err);

/* n cameras, m points, p observations: observation i is of point obs[2 i + 1] by camera obs[2 i], at feats[2 i].
 *   cameras[11 n], x[3 m], w[p] -> reproj_err[2 p], w_err[p] */
void ba_objective(int n, int m, int p, const double *cameras, const double *x, const double *w, const int *obs,
                  const double *feats, double *reproj_err, double *w_err);

/* By hand: the adjoint of all residuals (adds to the adjoints of the inputs), and the Jacobian of one observation, 2 by 15. */
void ba_objective_hand(int n, int m, int p, const double *cameras, double *cameras_bar, const double *x, double *x_bar,
                       const double *w, double *w_bar, const int *obs, const double *feats, double *reproj_err,
                       const double *reproj_err_bar, double *w_err, const double *w_err_bar);
void ba_reprojection_jacobian_hand(const double *camera, const double *x, double w, const double *feature, double *err,
                                   double *jacobian);

#endif
