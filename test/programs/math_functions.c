#include <math.h>

/* CHECK trigonometric: x -> y[13]
 *   in double x = random(0.1, 0.9)
 *   out double y[13]
 */
/* CHECK exponential: x -> y[14]
 *   in double x = random(0.1, 0.9)
 *   out double y[14]
 */
/* CHECK binary: a, b -> y[14]
 *   in double a = random(0.6, 0.95)
 *   in double b = random(0.1, 0.5)
 *   out double y[14]
 */

/* Every differentiable function of <math.h>. */
void trigonometric(double x, double y[13]) {
    y[0] = sin(x);
    y[1] = cos(x);
    y[2] = tan(x);
    y[3] = asin(x);
    y[4] = acos(x);
    y[5] = atan(x);
    y[6] = sinh(x);
    y[7] = cosh(x);
    y[8] = tanh(x);
    y[9] = asinh(x);
    y[10] = acosh(1 + x);
    y[11] = atanh(x);
    y[12] = atan2(x, 0.5 - x);
}

void exponential(double x, double y[14]) {
    y[0] = exp(x);
    y[1] = exp2(x);
    y[2] = expm1(x);
    y[3] = log(x);
    y[4] = log2(x);
    y[5] = log10(x);
    y[6] = log1p(x);
    y[7] = sqrt(x);
    y[8] = cbrt(x);
    y[9] = erf(x);
    y[10] = erfc(x);
    y[11] = lgamma(1 + x);
    y[12] = tgamma(1 + x);
    y[13] = fabs(x - 0.5);
}

void binary(double a, double b, double y[14]) {
    y[0] = pow(a, b);
    y[1] = pow(a, 3);
    y[2] = pow(2, b);
    y[3] = hypot(a, b);
    y[4] = fmax(a, b);
    y[5] = fmin(a, b);
    y[6] = fma(a, b, a);
    y[7] = fmod(a, b);
    y[8] = fdim(a, b);
    y[9] = fdim(b, a);
    y[10] = copysign(a, -b);
    y[11] = ldexp(a, 3) + scalbn(b, -2);
    y[12] = remainder(a, b);
    y[13] = atan2(a, b) * floor(a * 4) + ceil(b) + trunc(a * 3) * b + round(b) + rint(a) + nearbyint(b);
}
