#include <math.h>

/* CHECK area: t -> return
 *   in struct triangle t = random(-2, 2)
 *   returns double
 */
/* CHECK turned: p, angle -> return
 *   in struct point p = random(-2, 2)
 *   in double angle = random(0, 3)
 *   returns struct point
 */

struct point {
    double x, y;
};

struct triangle {
    struct point corner[3];
    int colour;
};

static struct point minus(struct point a, struct point b) {
    struct point difference = {a.x - b.x, a.y - b.y};
    return difference;
}

/* Structs passed, returned, copied and initialized by value. */
double area(struct triangle t) {
    struct point u = minus(t.corner[1], t.corner[0]);
    struct point v;
    v = minus(t.corner[2], t.corner[0]);
    double cross = u.x * v.y - u.y * v.x;
    t.corner[0].x = 7; /* only the copy */
    return 0.5 * cross * cross;
}

struct point turned(struct point p, double angle) {
    double c = cos(angle), s = sin(angle);
    struct point result = p;
    result.x = c * p.x - s * p.y;
    result.y = s * p.x + c * p.y;
    return result;
}

/* CHECK chosen: x, p[2] -> p[2], return
 *   in double x = random(-2, 2)
 *   inout struct point p[2] = random(-2, 2)
 *   returns double
 */
/* A struct that an expression chooses, stored through a pointer, in an initializer and as an argument. */
double chosen(double x, struct point *p) {
    struct point q = p[1].x > p[0].x ? p[0] : p[1];
    *p = p[1].y > 0 ? p[1] : q;
    struct point d = minus(x > 0 ? p[0] : p[1], q);
    return p->x * x + d.x * d.y * q.y;
}
