#include <math.h>
/* CHECK walk_local: x[n], a -> return
 *   int n = 5
 *   in double x[5] = random(0.3, 1.4)
 *   in double a = random(0.5, 1.5)
 *   returns double
 */
/* A pointer that walks over a local array: in a split, the reverse half has an array of its own. */
double walk_local(int n, const double *x, double a) {
    double w[5];
    for (int i = 0; i < n; i++)
        w[i] = a * x[i];
    double sum = 0;
    const double *p = w;
    for (int i = 0; i < 5; i++)
        sum += sin(*p++);
    return sum;
}
