#include <math.h>

/* Static variables without const that nothing changes are constants. */

/* CHECK series: x[order] -> return
 *   in double x[3] = random(0.5, 1.5)
 *   returns double
 */
/* CHECK spline: t, y[4] -> return
 *   in double t = random(0.1, 0.9)
 *   in double y[4] = random(0.5, 1.5)
 *   returns double
 */
/* CHECK lgamma_of: z -> return
 *   in double z = random(1, 3)
 *   returns double
 */

static int order = 3;
static double weights[] = {1, 0.5, 0.25};

struct basis {
    int degree;
    double row[4];
};

static struct basis basis[2] = {{1, {1, -1, 0, 0}}, {3, {1, -3, 3, -1}}};

static double dot(double *a, const double *b, int n) {
    double sum = 0;
    for (int i = 0; i < n; i++)
        sum += a[i] * b[i];
    return sum;
}

double series(const double *x) {
    double sum = dot(weights, x, order);
    for (int i = 0; i < order; i++)
        sum += weights[i] * sin(x[i]);
    return sum;
}

double spline(double t, const double *y) {
    double sum = 0;
    for (int k = 0; k < 2; k++) {
        const struct basis *b = &basis[k];
        for (int i = 0; i < 4; i++)
            sum += b->row[i] * pow(t, b->degree) * y[i];
    }
    return sum;
}

/* Lanczos, SIAM J. Numer. Anal. B 1 (1964) 86, coefficients for g = 5. */
double lgamma_of(double z) {
    static double coefficients[6] = {76.18009172947146,  -86.50532032941677,    24.01409824083091,
                                     -1.231739572450155, 0.1208650973866179e-2, -0.5395239384953e-5};
    double y = z, t = z + 5.5, sum = 1.000000000190015;
    t -= (z + 0.5) * log(t);
    for (int j = 0; j < 6; j++)
        sum += coefficients[j] / ++y;
    return -t + log(2.5066282746310005 * sum / z);
}
