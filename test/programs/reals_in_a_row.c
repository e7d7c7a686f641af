#include <math.h>

typedef struct {
    double x, y, z;
} vec;

typedef struct {
    double m[3][3];
} matrix;

struct box {
    vec low, high;
    double margin[2];
};

/* CHECK component: v[1] -> return
 *   in vec v[1] = random(0.5, 1.0)
 *   int i = 2
 *   returns double
 */
/* CHECK smoothed: a[3] -> a, return
 *   inout vec a[3] = random(0.5, 1.0)
 *   returns double
 */
/* CHECK mixed: a[1] -> a
 *   inout matrix a[1] = random(0.5, 1.0)
 */
/* CHECK built: x[9] -> return
 *   in double x[9] = random(0.5, 1.0)
 *   returns double
 */
/* CHECK grown: b[1], s -> b
 *   inout struct box b[1] = random(0.5, 1.0)
 *   in double s = random(0.5, 1.0)
 */

/* A struct or an array of arrays, read as the reals that it is made of. */
double component(const vec *v, int i) {
    vec own = *v;
    ((double *)&own)[i] *= own.x;
    return ((const double *)v)[i] * own.z + ((double *)&own)[0];
}

double smoothed(vec *a) {
    double *p = (double *)a, s = 0;
    for (int i = 1; i < 9; i++) {
        p[i] *= p[i - 1];
        s += p[i] * a[1].y;
        a[2].z *= 1.1;
    }
    return s + a[1].y;
}

static void accumulate(double *p, int n) {
    for (int i = 1; i < n; i++)
        p[i] = 0.5 * p[i] + 0.3 * p[i - 1] * p[0];
}

void mixed(matrix *a) {
    double *p = (double *)a->m;
    accumulate((double *)a, 9);
    for (int i = 1; i < 9; i++)
        p[i] = 0.5 * p[i] + 0.3 * p[i - 1] * a->m[1][0];
    for (int i = 0; i < 3; i++)
        for (int j = 0; j < 3; j++) {
            p[3 * i + j] = 0.5 + p[3 * i + j] * a->m[i][j];
            a->m[j][i] = a->m[j][i] * sin(p[8 - i]);
        }
}

double built(const double *x) {
    vec v[3];
    double t[3][4], *p = (double *)v, *q = (double *)t, s = 0;
    for (int i = 0; i < 9; i++)
        p[i] = x[i] * x[i];
    for (int i = 0; i < 12; i++)
        q[i] = i < 9 ? x[i] * p[8 - i] : v[1].x;
    for (int i = 0; i < 3; i++) {
        s += v[i].x * v[i].y * t[i][3 - i];
        v[i].z = s * v[i].z;
        s += p[3 * i + 2] * p[1];
        p[4] = s * q[4 * i + 1];
    }
    return s * v[1].y + v[2].z + t[1][1];
}

void grown(struct box *b, double s) {
    double *high = (double *)&b->high;
    for (int k = 0; k < 3; k++)
        high[k] += ((const double *)&b->low)[k] * b->margin[k % 2] * s;
    accumulate((double *)b, 8);
}
