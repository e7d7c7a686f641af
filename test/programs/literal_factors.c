/* CHECK factors: x, y -> return
 *   in double x = random(0.5, 1.5)
 *   in double y = random(0.5, 1.5)
 *   returns double
 */
/* CHECK steps: x[n] -> return
 *   int n = 4
 *   in float x[4] = random(0.5, 1.5)
 *   returns float
 */

/* Constants that begin like 0 or 1 without being 0 or 1, and 0 and 1 in every spelling. */
double factors(double x, double y) {
    double a = x * 1.05 + 1.001 * y;
    double b = 1.0e1 * a - x / 1.02 + 1.0 / 1.03 * y;
    double c = 1 * a + b * 1e0 + 0x1p0 * x + 1.0 * y;
    double d = 0.05;
    d += 0.01 * c;
    d += 0.00 * b + 0.0e5 * a + 0.0625 * x;
    return (1.0625 - d) * c + 1.05 / d;
}

float steps(int n, const float *x) {
    float sum = 0.04f, scale = 1.01f;
    for (int i = 0; i < n; i++) {
        float step = 0.03f;
        step += 1.07f * x[i] * 1.0f;
        sum += step * scale / 1.09f;
        scale *= 1.02f;
    }
    return sum * 1.0F;
}
