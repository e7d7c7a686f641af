/* gmm: log posterior of a Gaussian mixture with a Wishart prior on its covariances. */
#ifndef GMM_H
#define GMM_H

/* The prior's scale and its degrees of freedom beyond the dimension. */
struct wishart {
    double gamma;
    int m;
};

/* Log posterior of the mixture. k Gaussians in d dimensions, n points.
 *   alphas[k]            unnormalized logarithms of the weights
 *   means[k * d]
 *   icf[k * d(d+1)/2]    inverse covariance factors: for each Gaussian the logarithms of the diagonal,
 *                        then the strict lower triangle, column by column
 *   x[n * d]             the points */
void gmm_objective(int d, int k, int n, const double *alphas, const double *means, const double *icf,
                   const double *x, struct wishart wishart, double *err);

/* The gradient, by hand; overwrites. */
void gmm_objective_hand(int d, int k, int n, const double *alphas, double *alphas_bar, const double *means,
                        double *means_bar, const double *icf, double *icf_bar, const double *x, struct wishart wishart,
                        double *err);

#endif
