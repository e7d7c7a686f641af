#include <math.h>
#include <stdlib.h>

/* CHECK expanded: x[n] -> return
 *   int n = 4
 *   in double x[4] = random(0.5, 1.5)
 *   returns double
 */

/* Statements, declarations and control flow made by macros. */
#define FOR(i, n) for (int i = 0; i < (n); i++)
#define SQUARE(x) ((x) * (x))
#define MAX(a, b) ((a) > (b) ? (a) : (b))
#define SWAP(T, a, b)                                                                                                \
    do {                                                                                                             \
        T swap_ = (a);                                                                                               \
        (a) = (b);                                                                                                   \
        (b) = swap_;                                                                                                 \
    } while (0)
#define NEW(T, n) ((T *)malloc((size_t)(n) * sizeof(T)))
#define AT(i, j) a[(i) * n + (j)]

double expanded(int n, const double *x) {
    double *a = NEW(double, n * n), sum = 0;
    FOR(i, n) FOR(j, n) AT(i, j) = x[i] * MAX(x[i], x[j]);
    FOR(i, n) {
        SWAP(double, AT(i, 0), AT(0, i));
        if (i + 1 < n)
            SWAP(double, AT(i, i), AT(i + 1, i));
        else
            AT(i, i) *= 2;
    }
    FOR(i, n * n) sum += SQUARE(a[i]) * (i % 3);
    free(a);
    return sum / 3;
}
