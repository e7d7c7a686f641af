#include <math.h>
#include <stdint.h>

/* CHECK-OPTIONS std=c11 */
/* CHECK turned: q, x[3] -> y[3]
 *   in struct quaternion q = random(0.2, 0.9)
 *   in double x[3] = random(-1, 1)
 *   out double y[3]
 */
/* CHECK norms: a[3*n] -> return
 *   int n = 3
 *   in double a[9] = random(0.5, 1.5)
 *   returns double
 */
/* CHECK mixed: x -> return
 *   in double x = random(0.5, 1.5)
 *   returns double
 */
/* CHECK walked: x[4] -> return
 *   in double x[4] = random(0.5, 1.5)
 *   returns double
 */
/* CHECK parts: a[4], b[4] -> return
 *   in double a[4] = random(0.5, 1.5)
 *   in double b[4] = random(0.5, 1.5)
 *   returns double
 */
/* CHECK scaled: x[3], s -> return
 *   in float x[3] = random(0.5, 1.5)
 *   in float s = random(0.5, 1.5)
 *   returns float
 */

/* Several names for the same reals: members of anonymous unions and structs, named ones, arrays. */
typedef union {
    struct {
        double x, y, z;
    };
    double v[3];
} vec;

struct quaternion {
    double q0, q1, q2, q3;
};

union four {
    struct quaternion named;
    double q[4];
};

typedef struct {
    uint32_t stamp;
    union {
        struct {
            double r, i, j, k;
        };
        struct {
            double w, x, y, z;
        };
        double all[4];
    };
} attitude;

static vec cross(vec a, const vec *b) {
    vec c;
    c.x = a.v[1] * b->z - a.v[2] * b->y;
    c.v[1] = a.z * b->v[0] - a.x * b->v[2];
    c.z = a.x * b->y - a.y * b->x;
    return c;
}

void turned(struct quaternion q, const double *x, double *y) {
    union four u;
    vec axis, p, t;
    u.named = q;
    for (int i = 0; i < 3; i++) {
        axis.v[i] = u.q[i + 1];
        p.v[i] = x[i];
    }
    t = cross(axis, &p);
    t.x *= 2;
    t.v[1] = t.y * 2;
    t.z = 2 * t.v[2];
    vec again = cross(axis, &t);
    for (int i = 0; i < 3; i++)
        y[i] = p.v[i] + u.named.q0 * t.v[i] + again.v[i];
}

double norms(int n, const double *a) {
    vec rows[8];
    double sum = 0;
    for (int i = 0; i < n; i++) {
        for (int k = 0; k < 3; k++)
            rows[i].v[k] = a[3 * i + k] * a[3 * i + k];
        rows[i].x = rows[i].v[1] * rows[i].z;
        rows[i].v[0] += sin(rows[i].x);
        sum += sqrt(rows[i].x * rows[i].v[0] + rows[i].y);
    }
    return sum;
}

double mixed(double x) {
    attitude a, b;
    a.stamp = 3;
    for (int i = 0; i < 4; i++)
        a.all[i] = x * (i + 1);
    b = a;
    b.stamp++;
    b.r = b.w * b.i;
    b.x = b.all[0] * b.stamp;
    a = b;
    return a.w * a.i + a.z * a.all[2];
}

double walked(const double *x) {
    vec u;
    double sum = 0, *p = u.v;
    for (int i = 0; i < 3; i++)
        *p++ = x[i] * x[i + 1];
    for (int i = 0; i < 3; i++) {
        u.x = u.y * u.v[i];
        sum += u.v[0] * u.z;
    }
    return sum;
}

union triple {
    float array[3];
    struct {
        float x, y, z;
    } axis;
};

union bytes {
    int number;
    unsigned char byte[4];
};

/* Initializers by any member. */
static union triple times(const union triple v, float s) {
    const union triple r = {.axis = {.x = v.axis.x * s, .z = v.axis.z * s * s}};
    const union triple t = {.array = {v.axis.y, s}}, ones = {.axis = {1, 1, 1}};
    const union bytes b = {.number = 2};
    return (union triple){
        .axis = {r.array[0] * t.axis.x, t.array[1] * r.axis.y + (float)b.number, r.axis.z + ones.array[2]}};
}

float scaled(const float *x, float s) {
    const union triple v = {.array = {x[0], x[1], x[2]}};
    const union triple t = times(v, s);
    return t.axis.x * t.array[1] + t.axis.z;
}

/* Members that overlap in part: a third holds both. */
typedef union {
    struct {
        double x, y;
    };
    double e[2];
} pair;

typedef union {
    struct {
        double x, y, z, w;
    };
    struct {
        pair xy, zw;
    };
    struct {
        double skip;
        pair yz;
        double rest;
    };
    double e[4];
} quad;

static quad product(quad a, quad b) {
    quad r;
    r.xy.x = a.x * b.yz.e[0];
    r.yz = a.zw;
    r.e[3] = r.yz.y * b.zw.y;
    return r;
}

double parts(const double *a, const double *b) {
    quad u, v, r;
    for (int i = 0; i < 4; i++) {
        u.e[i] = a[i] * a[i];
        v.e[3 - i] = b[i];
    }
    r = product(u, product(v, u));
    u.yz.y = r.xy.y * r.w;
    r.zw = u.yz;
    return r.e[0] * r.y + r.e[2] * r.w + u.z;
}
