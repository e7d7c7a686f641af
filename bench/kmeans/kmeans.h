/* kmeans: the cost of a clustering. */
#ifndef KMEANS_H
#define KMEANS_H

/* Sum over the n points[n * d] of the squared distance to the nearest of the k centroids[k * d]. */
double kmeans_cost(int n, int k, int d, const double *points, const double *centroids);

/* The gradient, by hand; overwrites. */
double kmeans_cost_hand(int n, int k, int d, const double *points, double *points_bar, const double *centroids,
                        double *centroids_bar);

#endif
