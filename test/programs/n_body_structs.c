#include <math.h>
#include <string.h>
/* CHECK simulate: b[n], dt -> b[n], return
 *   int n = 3
 *   int steps = 4
 *   inout struct body b[3] = random(0.5, 2)
 *   in double dt = 0.01
 *   returns double
 */
struct body { double mass; double pos[3]; double vel[3]; };
static void force(const struct body *a, const struct body *b, double f[3]) {
    double d[3], r2 = 1e-3;
    for (int k = 0; k < 3; k++) {
        d[k] = b->pos[k] - a->pos[k];
        r2 += d[k] * d[k];
    }
    double inv = a->mass * b->mass / (r2 * sqrt(r2));
    for (int k = 0; k < 3; k++)
        f[k] += inv * d[k];
}
static double kinetic(const struct body *b) {
    double s = 0;
    for (const double *v = b->vel; v < b->vel + 3; ++v)
        s += *v * *v;
    return 0.5 * b->mass * s;
}
double simulate(int n, int steps, struct body *b, double dt) {
    double e = 0;
    for (int s = 0; s < steps; s++) {
        double f[3][3];
        memset(f, 0, sizeof f);
        for (int i = 0; i < n; i++)
            for (int j = 0; j < n; j++) {
                if (i == j)
                    continue;
                force(&b[i], &b[j], f[i]);
            }
        for (int i = 0; i < n; i++) {
            struct body *p = &b[i];
            for (int k = 0; k < 3; k++) {
                p->vel[k] += dt * f[i][k] / p->mass;
                p->pos[k] += dt * p->vel[k];
            }
        }
        for (int i = 0; i < n; i++)
            e += kinetic(b + i);
        if (e > 1e6)
            return -e;
    }
    return e;
}
