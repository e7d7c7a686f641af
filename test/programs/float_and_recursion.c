#include <math.h>
#include <float.h>
/* CHECK softmax: z[n] -> p[n]
 *   int n = 5
 *   in float z[5] = random(-1, 1)
 *   out float p[5]
 */
/* CHECK lognorm: z[n] -> return
 *   unsigned n = 5
 *   in double z[5] = random(-1, 1)
 *   returns double
 */
/* CHECK triple: x, n -> return
 *   in double x = 1.3
 *   in double n = 2.1
 *   returns double
 */
void softmax(int n, const float *z, float *p) {
    float m = -FLT_MAX, s = 0;
    int i;
    for (i = 0; i < n; ++i)
        m = fmaxf(m, z[i]);
    for (i = 0; i < n; ++i)
        s += p[i] = expf(z[i] - m);
    for (i = n - 1; i >= 0; --i)
        p[i] /= s;
}
static double max_of(const double *z, unsigned n) {
    double m = z[0];
    for (unsigned i = 1; i < n; i++)
        m = z[i] > m ? z[i] : m;
    return m;
}
double lognorm(unsigned n, const double *z) {
    double m = max_of(z, n), s = 0;
    for (unsigned i = n; i-- > 0u;)
        s += exp(z[i] - m);
    return m + log(s);
}
static double power(double x, int k) { return k == 0 ? 1 : k % 2 ? x * power(x, k - 1) : power(x * x, k / 2); }
double triple(double x, double n) {
    double r = power(x, 5) + pow(x, n);
    int k = (int)n;
    r *= k;
    { double x = r; r = x * x; }
    for (double t = 0; t < 1; t += 0.25)
        r += t * x;
    return r;
}
