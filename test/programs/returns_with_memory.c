#include <math.h>
#include <stdlib.h>
#include <string.h>

/* CHECK grown: x[n] -> return
 *   int n = 5
 *   in double x[5] = random(0.2, 1.5)
 *   returns double
 */
/* CHECK merged: x[n] -> x[n]
 *   int n = 6
 *   inout double x[6] = random(-1, 1)
 */

/* Work arrays in loops and recursion, of changing size, freed on each of several ways out. */
double grown(int n, const double *x) {
    double last = 1;
    for (int size = 1; size <= n; size++) {
        double *now = malloc(size * sizeof *now), *other = calloc(size, sizeof(double));
        if (!now || !other) {
            free(now);
            free(other);
            return -1;
        }
        for (int i = 0; i < size; i++) {
            now[i] = x[i] * last;
            other[size - 1 - i] += sin(now[i]);
        }
        last = now[size / 2] + other[0];
        if (last > 2) {
            last *= now[0];
            free(other);
            free(now);
            return last * x[0];
        }
        free(now);
        if (last < 0.1) {
            free(other);
            continue;
        }
        last += 0.5 * other[size - 1];
        free(other);
    }
    return last;
}

static void merge_sort(double *x, int n) {
    if (n < 2)
        return;
    int half = n / 2, i = 0, j = half, k = 0;
    double *sorted = malloc(n * sizeof *sorted);
    merge_sort(x, half);
    merge_sort(x + half, n - half);
    while (i < half && j < n)
        sorted[k++] = x[i] <= x[j] ? x[i++] : x[j++];
    while (i < half)
        sorted[k++] = x[i++];
    while (j < n)
        sorted[k++] = x[j++];
    memcpy(x, sorted, n * sizeof *x);
    free(sorted);
}

void merged(int n, double *x) {
    merge_sort(x, n);
    for (int i = 1; i < n; i++)
        x[i] = x[i] * x[i - 1] + x[i];
}
