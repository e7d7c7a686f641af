#include "kmeans.h"

#include <float.h>
#include <string.h>

/* Only the nearest centroid of a point has a part in the cost: its index is all that the adjoint needs. */
double kmeans_cost_hand(int n, int k, int d, const double *restrict points, double *restrict points_bar,
                        const double *restrict centroids, double *restrict centroids_bar) {
    double cost = 0;
    memset(centroids_bar, 0, (size_t)(k * d) * sizeof *centroids_bar);
    for (int i = 0; i < n; i++) {
        const double *point = points + i * d;
        double *point_bar = points_bar + i * d;
        double smallest = DBL_MAX;
        int nearest = 0;
        for (int j = 0; j < k; j++) {
            double distance = 0;
            for (int e = 0; e < d; e++) {
                double difference = point[e] - centroids[j * d + e];
                distance += difference * difference;
            }
            if (distance < smallest) {
                smallest = distance;
                nearest = j;
            }
        }
        cost += smallest;
        for (int e = 0; e < d; e++) {
            double twice = 2 * (point[e] - centroids[nearest * d + e]);
            point_bar[e] = twice;
            centroids_bar[nearest * d + e] -= twice;
        }
    }
    return cost;
}
