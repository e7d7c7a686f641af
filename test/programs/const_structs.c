#include <assert.h>
#include <math.h>

/* CHECK turned: g, a -> return
 *   in vec g = random(0.5, 1.5)
 *   in vec a = random(0.5, 1.5)
 *   int n = 1
 *   returns vec
 */
/* CHECK length: x[3] -> return
 *   in double x[3] = random(0.5, 1.5)
 *   returns double
 */

/* Constants of a type that has no name but its typedef, initialized by calls. */
typedef struct {
    double x, y, z;
} vec;

static inline vec cross(const vec a, const vec b) {
    const vec r = {.x = a.y * b.z, .y = a.z * b.x - a.x * b.z, .z = a.x * b.y};
    return r;
}

static double dot(const vec a, const vec b) {
    return a.x * b.x + a.y * b.y + a.z * b.z;
}

vec turned(const vec g, const vec a, int n) {
    const vec c = cross(g, a);
    if (n) {
        const vec other = cross(c, a);
        if (dot(other, a) < -10)
            return c;
        return other;
    }
    return c;
}

double length(const double *x) {
    assert(x);
    const vec v = {x[0], x[1], x[2]};
    const vec w = cross(v, v);
    return sqrt(dot(v, v)) + dot(w, v);
}
