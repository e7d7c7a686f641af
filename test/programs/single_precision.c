#include <math.h>

/* CHECK softmax: x[n] -> y[n]
 *   int n = 5
 *   in float x[5] = random(-1, 1)
 *   out float y[5]
 */
/* CHECK cloud: p[n], t -> return
 *   int n = 3
 *   in struct pointf p[3] = random(-1, 1)
 *   in float t = random(0.5, 1)
 *   returns float
 */

/* float throughout: constants, functions, structs. */
struct pointf {
    float x, y, z;
};

void softmax(int n, const float *x, float *y) {
    float max = x[0], sum = 0.0f;
    for (int i = 1; i < n; i++)
        max = x[i] > max ? x[i] : max;
    for (int i = 0; i < n; i++) {
        y[i] = expf(x[i] - max);
        sum += y[i];
    }
    for (int i = 0; i < n; i++)
        y[i] /= sum;
}

float cloud(int n, const struct pointf *p, float t) {
    float total = 0;
    for (int i = 0; i < n; i++) {
        float r = sqrtf(p[i].x * p[i].x + p[i].y * p[i].y + p[i].z * p[i].z + 0.5f);
        total += powf(r, t) / 3 + 0.1f * r;
    }
    return total;
}
