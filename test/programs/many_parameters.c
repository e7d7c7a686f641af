#include <math.h>

/* CHECK everything: a, p, x[n], q, m, s, out[n], b -> out[n], total, q, return
 *   in float a = random(0.5, 1.5)
 *   int n = 3
 *   in struct pair p = random(0.5, 1.5)
 *   char label = 'x'
 *   in double x[3] = random(0.5, 1.5)
 *   inout struct pair q[1] = random(0.5, 1.5)
 *   double fixed = 1.25
 *   in double m[2][2] = random(0.5, 1.5)
 *   in float s[2] = random(0.5, 1.5)
 *   unsigned long flags = 5
 *   inout double out[3] = random(0.5, 1.5)
 *   out double total[1]
 *   int found[1] = {0}
 *   in double b = random(0.5, 1.5)
 *   returns double
 */

/* Parameters of every kind in one list, in no order; results of every kind. */
struct pair {
    double u;
    float v;
};

double everything(float a, const int n, struct pair p, char label, const double x[], struct pair *q, double fixed,
                  const double m[2][2], const float *s, unsigned long flags, double *out, double *total, int *found,
                  const double b) {
    *total = 0;
    *found = label == 'x';
    p.u *= fixed;
    for (int i = 0; i < n; i++) {
        out[i] = out[i] * a + p.u * x[i] * m[i % 2][(i + 1) % 2];
        if (flags & (1ul << i))
            *total += out[i] * s[i % 2] * p.v;
        else
            q->u += x[i] * b;
    }
    q->v *= (float)(*total * 0.25);
    a = s[0];
    return a * b * q->u;
}
