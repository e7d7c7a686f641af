#include <math.h>
#include <stdlib.h>
#include <string.h>

/* CHECK-OPTIONS workspace */
/* CHECK spread: x[n] -> return
 *   int n = 6
 *   in double x[6] = random(-1, 1)
 *   returns double
 */
/* CHECK cascade: x[n] -> y[n]
 *   int n = 5
 *   in double x[5] = random(-1, 1)
 *   out double y[5]
 */
/* CHECK chosen: x[n] -> return
 *   int n = 4
 *   in double x[4] = random(-1, 1)
 *   returns double
 *   modes jvp
 */

/* malloc, calloc, free, memcpy, memset. */
double spread(int n, const double *x) {
    double *centred = malloc((size_t)n * sizeof(double));
    double mean = 0, sum = 0;
    for (int i = 0; i < n; i++)
        mean += x[i];
    mean /= n;
    for (int i = 0; i < n; i++)
        centred[i] = x[i] - mean;
    for (int i = 0; i < n; i++)
        sum += centred[i] * centred[i] * centred[i];
    free(centred);
    return sum;
}

void cascade(int n, const double *x, double *y) {
    double *total = (double *)calloc(n, sizeof *total), *copy = malloc(n * sizeof *copy);
    memcpy(copy, x, n * sizeof *x);
    for (int k = 0; k < 3; k++) {
        for (int i = 0; i < n; i++) {
            total[i] += copy[i] * x[(i + k) % n];
            copy[i] = sin(total[i]);
        }
    }
    memcpy(y, copy, sizeof(double) * n);
    memset(copy, 0, n * sizeof *copy);
    for (int i = 0; i < n; i++)
        y[i] += copy[i] * total[i] + total[i];
    free(copy);
    free(total);
}

/* Memory that only one branch has, freed before an early return. */
double chosen(int n, const double *x) {
    double *work = NULL;
    double result = 0;
    if (x[0] > 0) {
        work = calloc((size_t)n, sizeof(double));
        if (!work)
            return -1;
        for (int i = 0; i < n; i++)
            work[i] = x[i] * x[i];
        result = work[n - 1] * work[0];
        if (result > 0.25) {
            free(work);
            return result;
        }
    }
    for (int i = 0; i < n; i++) {
        double *inner = malloc(2 * sizeof *inner);
        inner[0] = x[i];
        inner[1] = inner[0] * result;
        result += inner[1] + inner[0];
        free(inner);
    }
    free(work);
    return result;
}
