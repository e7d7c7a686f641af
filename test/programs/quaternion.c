#include <math.h>
/* CHECK energy: q, w, t -> return
 *   in struct quat q = {0.5, 0.5, 0.1, 0.2}
 *   in struct vec w = {0.3, -0.2, 0.9}
 *   in double t = 0.7
 *   returns double
 */
struct vec { double x, y, z; };
struct quat { double w; struct vec v; };
static struct vec cross(struct vec a, struct vec b) {
    struct vec r = {a.y * b.z - a.z * b.y, a.z * b.x - a.x * b.z, a.x * b.y - a.y * b.x};
    return r;
}
static struct vec scale(double s, struct vec a) { return (struct vec){s * a.x, s * a.y, s * a.z}; }
static struct vec add(struct vec a, struct vec b) { a.x += b.x; a.y += b.y; a.z += b.z; return a; }
static double dot(const struct vec *a, const struct vec *b) { return a->x * b->x + a->y * b->y + a->z * b->z; }
static struct quat mul(struct quat p, struct quat q) {
    struct quat r;
    r.w = p.w * q.w - dot(&p.v, &q.v);
    r.v = add(add(scale(p.w, q.v), scale(q.w, p.v)), cross(p.v, q.v));
    return r;
}
static void normalize(struct quat *q) {
    double n = sqrt(q->w * q->w + dot(&q->v, &q->v));
    q->w /= n;
    q->v = scale(1 / n, q->v);
}
double energy(struct quat q, struct vec w, double t) {
    double e = 0;
    for (int i = 0; i < 4; i++) {
        struct quat dq = {0, {w.x, w.y, w.z}};
        dq = mul(q, dq);
        q.w += 0.5 * t * dq.w;
        q.v = add(q.v, scale(0.5 * t, dq.v));
        normalize(&q);
        struct vec l = cross(w, q.v);
        w = add(w, scale(-0.1 * t, l));
        e += dot(&l, &l) * (i % 2 ? 1.5 : 1);
    }
    return e;
}
