#include "kmeans.h"

#include <cgrad/cgrad.h>
#include <float.h>

static double squared_distance(int d, const double *a, const double *b) {
    double sum = 0;
    for (int i = 0; i < d; i++) {
        double difference = a[i] - b[i];
        sum += difference * difference;
    }
    return sum;
}

CGRAD_GRAD(points[n * d], centroids[k * d])
CGRAD_VJP(points[n * d], centroids[k * d])
CGRAD_JVP(points[n * d], centroids[k * d])
double kmeans_cost(int n, int k, int d, const double *points, const double *centroids) {
    double cost = 0;
    for (int i = 0; i < n; i++) {
        double nearest = DBL_MAX;
        for (int j = 0; j < k; j++) {
            double distance = squared_distance(d, points + i * d, centroids + j * d);
            if (distance < nearest)
                nearest = distance;
        }
        cost += nearest;
    }
    return cost;
}
