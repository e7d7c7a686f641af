#include <math.h>

/* CHECK chosen: a, b -> return
 *   in struct point a = random(0.5, 1.5)
 *   in struct point b = random(0.5, 1.5)
 *   returns double
 */
/* CHECK nearest: p[n], q -> return
 *   int n = 4
 *   in struct point p[4] = random(0.5, 1.5)
 *   in struct point q = random(0.5, 1.5)
 *   returns double
 */

/* A struct that is chosen by a condition: in an initializer, assigned, passed on, returned, and for a member of it. */
struct point {
    double x, y;
};

static double product(struct point p) {
    return p.x * p.y;
}

static struct point longer(struct point a, struct point b) {
    return product(a) > product(b) ? a : b;
}

double chosen(struct point a, struct point b) {
    struct point first = a.x < b.x ? a : b, second;
    second = a.x < b.x ? b : longer(a, b);
    first.x += product(a.y > 1 ? a : second);
    return first.x * second.y + (b.y < 1 ? first : a).y * (a.x > 1 ? longer(a, first) : b).x;
}

double nearest(int n, const struct point *p, struct point q) {
    struct point best = p[0];
    for (int i = 1; i < n; i++)
        best = hypot(p[i].x - q.x, p[i].y - q.y) < hypot(best.x - q.x, best.y - q.y) ? p[i] : best;
    return product(best) * q.x;
}
