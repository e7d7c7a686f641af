#include <math.h>

/* CHECK narrow_char: x[n] -> return
 *   int n = 256
 *   in double x[256] = random(0.9, 1.1)
 *   returns double
 */
/* CHECK narrow_bound: x[n] -> return
 *   int n = 8
 *   int k = -3
 *   in double x[8] = random(0.9, 1.1)
 *   returns double
 */
/* CHECK ne_zero: x[n] -> return
 *   int n = 8
 *   unsigned k = 0
 *   in double x[8] = random(0.9, 1.1)
 *   returns double
 */
/* CHECK real_start: x[n], b -> return
 *   int n = 8
 *   in double x[8] = random(0.9, 1.1)
 *   in double b = random(1.3, 1.8)
 *   returns double
 */
/* CHECK narrow_start: x[n] -> return
 *   int n = 8
 *   int k = 258
 *   long l = -3
 *   in double x[8] = random(0.9, 1.1)
 *   returns double
 */

/* Loops whose reverse cannot simply run backwards: an index that begins or ends at the limits of its type or
 * wraps around, a bound or an initial value of another type, no iteration at all with a bound below zero. */
double narrow_char(int n, const double *x) {
    double r = 1; (void)n;
    for (unsigned char i = 255; i > 250; i--) r = r * x[i] + sin(r);
    for (signed char i = -128; i < -120; i++) r = r * x[i + 128] + sin(r);
    for (signed char i = 127; i > 120; i -= 2) r = r * x[i + 128] + sin(r);
    for (unsigned char i = 255; i >= 200; i -= 10) r = r * x[i] + sin(r);
    return r;
}

double narrow_bound(int n, int k, const double *x) {
    double r = 1;
    for (unsigned char i = 0; i < k; i++) r = r * x[i] + sin(r);
    for (unsigned short i = 0; i <= k; i += 2) r = r * x[i] + sin(r);
    for (unsigned char i = 2; i > k + 3; i--) r = r * x[i] + sin(r);
    for (unsigned char i = 0; i < n; i++) r = r * x[i] + sin(r);
    return r;
}

double ne_zero(int n, unsigned k, const double *x) {
    double r = x[n - 1];
    for (unsigned i = k - 1; i != (unsigned)-1; i--) r = r * x[i] + sin(r);
    for (unsigned i = k; i != k; i--) r = r * x[i] + sin(r);
    for (unsigned long i = k + 2; i != -1UL; i--) r = r * x[i] + sin(r);
    return r;
}

double real_start(int n, const double *x, double b) {
    double r = 1;
    for (int i = b; i < n; i++) r = r * x[i] + sin(r);
    for (int i = b + 4; i > 0; i--) r = r * x[i] + sin(r);
    for (unsigned i = b; i < 7; i += 2) r = r * x[i] + sin(r);
    return r;
}

double narrow_start(int n, int k, long l, const double *x) {
    double r = x[n - 1];
    for (unsigned char i = k; i < n; i++) r = r * x[i] + sin(r);
    for (unsigned char i = k; i < n; i += 2) r = r * x[i] + sin(r);
    for (unsigned i = 0; i < l; i++) r = r * x[i] + sin(r);
    for (unsigned i = 0; i < l; i += 2) r = r * x[i] + sin(r);
    for (unsigned i = 0; i < l + 6; i += 2) r = r * x[i] + sin(r);
    for (int i = 0; i < l + 6; i += 2) r = r * x[i] + sin(r);
    for (int i = 0; i < l + 6; i++) r = r * x[i] + sin(r);
    return r;
}
