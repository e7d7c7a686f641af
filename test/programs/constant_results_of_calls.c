#include <math.h>
#include <stdlib.h>

/* CHECK mixed: x[n], k[n] -> return
 *   int n = 4
 *   in double x[4] = random(0.5, 1.5)
 *   in double k[4] = random(0.5, 1.5)
 *   double c[4] = random(0.5, 1.5)
 *   returns double
 */
/* CHECK only_k: k[n] -> return
 *   int n = 4
 *   double x[4] = random(0.5, 1.5)
 *   in double k[4] = random(0.5, 1.5)
 *   double c[4] = random(0.5, 1.5)
 *   returns double
 */

/* One function called with active and constant arguments in turn: each of its results is active or not by the call. */
static double weighted(int n, const double *v, double factor, double *norm, int *largest) {
    double sum = 0;
    *norm = 0;
    *largest = 0;
    for (int i = 0; i < n; i++) {
        sum += v[i] * factor;
        *norm += v[i] * v[i];
        if (v[i] > v[*largest])
            *largest = i;
    }
    *norm = sqrt(*norm);
    return sum;
}

static void normalize(int n, double *v, double norm) {
    for (int i = 0; i < n; i++)
        v[i] /= norm;
}

double mixed(int n, const double *x, const double *k, const double *c) {
    double norm, other, total = 0, *work = malloc(n * sizeof *work);
    int at, best;
    for (int i = 0; i < n; i++)
        work[i] = c[i] * k[0];
    total += weighted(n, x, 2, &norm, &at);
    total *= weighted(n, c, x[at], &other, &best) / norm;
    normalize(n, work, other);
    total += weighted(n, work, c[best], &other, &at) * other;
    normalize(n, work, norm);
    total -= weighted(n, c, 0.5, &norm, &best) * work[best] * norm + k[at];
    free(work);
    return total;
}

double only_k(int n, const double *x, const double *k, const double *c) {
    double norm, weight = weighted(n, x, 1, &norm, &(int){0});
    return weight * k[0] + norm * mixed(n, x, k, c);
}
