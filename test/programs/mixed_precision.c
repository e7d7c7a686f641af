#include <math.h>

/* CHECK mixed: x[n], scale -> return
 *   int n = 5
 *   in float x[5] = random(0.5, 1.5)
 *   in double scale = random(0.5, 1.5)
 *   returns double
 */
/* CHECK narrowed: x[n] -> y[n]
 *   int n = 5
 *   in double x[5] = random(0.5, 1.5)
 *   out float y[5]
 */

/* float and double in one function; integer conversions cut the derivative. */
double mixed(int n, const float *x, double scale) {
    double sum = 0;
    float product = 1;
    for (int i = 0; i < n; i++) {
        product *= x[i];
        sum += scale * x[i] + (double)product;
        sum += (int)x[i] * 0.5 * scale;
    }
    return sum * sqrtf(product);
}

void narrowed(int n, const double *x, float *y) {
    for (int i = 0; i < n; i++)
        y[i] = (float)(x[i] * x[i]) + 1.5f * (float)x[i];
}
