/* The model once more, in long double, for differences: points, centroids -> cost. */
#ifndef KMEANS_PRECISE_H
#define KMEANS_PRECISE_H

struct kmeans_problem {
    int n, k, d;
};

void kmeans_precise(void *problem, const long double *x, long double *cost);

#endif
