#include <math.h>
#include <string.h>

/* CHECK indexed: a, b -> return
 *   in double a = random(0.5, 1.5)
 *   in double b = random(0.5, 1.5)
 *   returns double
 */
/* CHECK walked: a, b -> return
 *   in double a = random(0.5, 1.5)
 *   in double b = random(0.5, 1.5)
 *   returns double
 */
/* CHECK passed: a, b -> return
 *   in double a = random(0.5, 1.5)
 *   in double b = random(0.5, 1.5)
 *   returns double
 */
/* CHECK returned: a, b -> return
 *   in double a = random(0.5, 1.5)
 *   in double b = random(0.5, 1.5)
 *   returns double
 */
/* CHECK vectors: v[n] -> return
 *   int n = 3
 *   in struct vector v[3] = random(0.5, 1.5)
 *   returns double
 */
/* CHECK copied: v[n], x[3] -> v[n]
 *   int n = 2
 *   acc struct vector v[2] = random(0.5, 1.5)
 *   in double x[3] = random(0.5, 1.5)
 */
/* CHECK corners: t[1] -> return
 *   in struct triangle t[1] = random(0.5, 1.5)
 *   returns double
 */
/* CHECK single: a, b -> return
 *   in double a = random(0.5, 1.5)
 *   in double b = random(0.5, 1.5)
 *   returns double
 */

/* A pointer to a member walks over the members behind it, as over an array. */
struct vector {
    double x, y, z;
};

struct triangle {
    struct vector a, b, c;
};

double indexed(double a, double b) {
    struct vector v = {a, b, 1};
    double *p = &v.x;
    p[2] += a * p[1];
    return p[0] * p[1] + v.z;
}

double walked(double a, double b) {
    struct vector v[2] = {{a, b, 1}, {b, a * b, 2}};
    double sum = 0;
    for (const double *p = &v[0].x; p <= &v[1].z; p++)
        sum = 0.5 * sum + *p * *p;
    return sum;
}

static double norm(const double *p) {
    return p[0] * p[0] + p[1] * p[2];
}

static void scale(double *p, double by) {
    for (int i = 0; i < 3; i++)
        p[i] *= by;
}

double passed(double a, double b) {
    struct vector v = {a, b, a + b};
    scale(&v.x, b);
    return norm(&v.x) * v.y;
}

static double *at(struct vector *v, int i) {
    return &v->x + i;
}

double returned(double a, double b) {
    struct vector v = {a, b, 2};
    *at(&v, 2) = a * b;
    *at(&v, 0) *= v.z;
    return v.z * v.x + *at(&v, 1);
}

double vectors(int n, const struct vector *v) {
    const double *p = &v->x;
    double sum = 0;
    for (int i = 0; i < 3 * n; i++)
        sum += p[i] * p[i] * v[0].y;
    return sum;
}

void copied(int n, struct vector *v, const double *x) {
    for (int i = 0; i < n; i++) {
        double norm = v[i].x * v[i].y;
        memcpy(&v[i].x, x, 3 * sizeof(double));
        v[i].z *= norm;
    }
}

static double area(const struct vector *corner) {
    double s = 0;
    for (int k = 0; k < 3; k++)
        s += corner[k].x * corner[(k + 1) % 3].y;
    return s;
}

double corners(const struct triangle *t) {
    return area(&t->a) * t->b.z;
}

static void split(double x, double *whole, double *part) {
    *whole = floor(x);
    *part = x - *whole;
}

double single(double a, double b) {
    struct vector v = {a, b, 0};
    split(a * b, &v.y, &v.z);
    return v.x * v.z + v.y;
}
