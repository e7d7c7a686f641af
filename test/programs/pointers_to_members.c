#include <math.h>

/* Pointers into members of structs: from the beginning of the array they are so many bytes away, not elements. */

/* CHECK parts: x[3] -> return
 *   in double x[3] = random(0.5, 1.5)
 *   returns double
 */
/* CHECK doubles: x[3] -> return
 *   in double x[3] = random(0.5, 1.5)
 *   int n = 3
 *   returns double
 */
/* CHECK in_callee: x[3] -> return
 *   in double x[3] = random(0.5, 1.5)
 *   int n = 3
 *   returns double
 */
/* CHECK two_places: x[3] -> return
 *   in double x[3] = random(0.5, 1.5)
 *   int n = 3
 *   returns double
 */
/* CHECK rows: x[3] -> return
 *   in double x[3] = random(0.5, 1.5)
 *   int n = 3
 *   returns double
 */

struct part {
    double x, y;
    int n;
};

struct whole {
    struct part part[2];
    float w;
};

double parts(const double *x) {
    struct whole q[3];
    struct part *p;
    double s = 0;
    for (int i = 0; i < 3; i++) {
        q[i].part[0].x = x[i];
        q[i].part[0].y = x[i] * x[0];
        q[i].part[1] = q[i].part[0];
        q[i].w = 1;
    }
    for (p = q[1].part; p < q[1].part + 2; p++) {
        p->x *= x[2] * q[0].part[1].y;
        p->y *= p->x;
        s += p->x * p->y * s + p->x;
    }
    return s * q[1].part[1].x;
}

double doubles(const double *x, int n) {
    struct whole q[2] = {{{{x[0], x[1], 1}, {x[2], x[0], 2}}, 1}, {{{x[2], x[2], 1}, {x[1], x[1], 2}}, 1}};
    double *p = &q[1].part[1].y, s = 1;
    for (int i = 0; i < n; i++) {
        *p *= x[i] * s;
        s += *p * *p;
        p = i ? &q[0].part[1].x : &q[0].part[0].y;
    }
    return s * *p;
}

static double walk(struct part *p, int n, double s) {
    while (n-- > 0) {
        p->x *= s * p->y;
        s += p->x * p->x;
        p++;
    }
    return s;
}

double in_callee(const double *x, int n) {
    double s = 1;
    for (int i = 0; i < n; i++) {
        struct whole q[2] = {{{{x[0], s, 1}, {x[2], x[0], 2}}, 1}, {{{x[2], x[i], 1}, {s, x[1], 2}}, 1}};
        s += 0.2 * walk(q[1].part, 2, s) * q[1].part[1].x;
        s *= walk(&q[0].part[1], 1, x[i]);
    }
    return s;
}

double two_places(const double *x, int n) {
    struct whole q[2] = {{{{x[0], x[1], 1}, {x[2], x[0], 2}}, 1}, {{{x[2], x[2], 1}, {x[1], x[1], 2}}, 1}};
    struct part own[4] = {{x[0], x[1], 1}, {x[2], x[1], 2}, {x[0], x[0], 3}, {x[1], 1, 4}}, *p;
    double s = 1;
    for (int i = 0; i < n; i++) {
        p = i == 1 ? q[1].part : own + i;
        p->x *= p->y * s;
        p++;
        s += p->n * p->x * 0.1;
    }
    return s * q[1].part[0].x + own[2].x;
}

double rows(const double *x, int n) {
    double m[3][4], *p, s = 1;
    for (int i = 0; i < 3; i++)
        for (int j = 0; j < 4; j++)
            m[i][j] = x[i] * j + x[0];
    for (int i = 0; i < n; i++) {
        for (p = m[i] + 1; p < m[i] + 3; p++) {
            *p *= s * p[1];
            s += *p * 0.1;
        }
    }
    return s * m[1][1];
}
