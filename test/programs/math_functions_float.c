#include <math.h>

/* CHECK single: x, z -> y[36]
 *   in float x = random(0.2, 0.8)
 *   in float z = random(0.3, 0.9)
 *   out float y[36]
 */

/* The f variants. */
void single(float x, float z, float y[36]) {
    int i = 0;
    y[i++] = sinf(x);
    y[i++] = cosf(x);
    y[i++] = tanf(x);
    y[i++] = asinf(x);
    y[i++] = acosf(x);
    y[i++] = atanf(x);
    y[i++] = sinhf(x);
    y[i++] = coshf(x);
    y[i++] = tanhf(x);
    y[i++] = asinhf(x);
    y[i++] = acoshf(1 + x);
    y[i++] = atanhf(x);
    y[i++] = expf(x);
    y[i++] = exp2f(x);
    y[i++] = expm1f(x);
    y[i++] = logf(x);
    y[i++] = log2f(x);
    y[i++] = log10f(x);
    y[i++] = log1pf(x);
    y[i++] = sqrtf(x);
    y[i++] = cbrtf(x);
    y[i++] = erff(x);
    y[i++] = erfcf(x);
    y[i++] = lgammaf(3 + x);
    y[i++] = tgammaf(2 + x);
    y[i++] = fabsf(-x);
    y[i++] = powf(x, z);
    y[i++] = hypotf(x, z);
    y[i++] = atan2f(x, z);
    y[i++] = fmaxf(x, z * 2);
    y[i++] = fminf(x, z * 2);
    y[i++] = fmaf(x, z, x);
    y[i++] = fdimf(x, -z);
    y[i++] = copysignf(x, -z);
    y[i++] = ldexpf(x, 2);
    y[i] = floorf(x * 3) * z;
}
