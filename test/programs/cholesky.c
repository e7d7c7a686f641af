#include <math.h>
/* CHECK logdet: a[n * n] -> return
 *   int n = 3
 *   in double a[9] = {4, 0.5, 0.2, 0.5, 3, 0.1, 0.2, 0.1, 5}
 *   returns double
 */
static int cholesky(int n, double *l) {
    for (int j = 0; j < n; j++) {
        for (int k = 0; k < j; k++)
            for (int i = j; i < n; i++)
                l[i * n + j] -= l[i * n + k] * l[j * n + k];
        double d = l[j * n + j];
        if (d <= 0)
            return j + 1;
        d = sqrt(d);
        for (int i = j; i < n; i++)
            l[i * n + j] /= d;
    }
    return 0;
}
double logdet(int n, const double *a) {
    double l[9];
    for (int i = 0; i < n * n; i++)
        l[i] = a[i];
    if (cholesky(n, l))
        return -INFINITY;
    double s = 0;
    for (int i = 0; i < n; i++)
        s += 2 * log(l[i * n + i]);
    return s;
}
