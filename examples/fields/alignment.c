/* How far two sets of points are from each other after a rotation, given by a quaternion of any length, and a shift: the loss of
 * rigid registration, with a weight that lets go of outliers (Geman and McClure).
 * B. K. P. Horn, Journal of the Optical Society of America A 4 (1987), 629-642. */
#include <cgrad/cgrad.h>
#include <math.h>

typedef struct {
    double x, y, z;
} vector;

struct quaternion {
    double w;
    vector v;
};

struct pose {
    struct quaternion turn;
    vector shift;
};

static inline vector add(vector a, vector b) {
    return (vector){a.x + b.x, a.y + b.y, a.z + b.z};
}

static inline vector scale(double s, vector a) {
    return (vector){s * a.x, s * a.y, s * a.z};
}

static inline double dot(vector a, vector b) {
    return a.x * b.x + a.y * b.y + a.z * b.z;
}

static inline vector cross(vector a, vector b) {
    return (vector){.x = a.y * b.z - a.z * b.y, .y = a.z * b.x - a.x * b.z, .z = a.x * b.y - a.y * b.x};
}

/* q p q*, over the square of the length. */
static vector rotate(struct quaternion q, vector p) {
    double size = q.w * q.w + dot(q.v, q.v);
    vector t = scale(2 / size, cross(q.v, p));
    return add(p, add(scale(q.w, t), cross(q.v, t)));
}

CGRAD_GRAD(pose[1], from[n])
double misfit(const struct pose *pose, int n, const vector *from, const vector *to, double soft) {
    double sum = 0;
    for (int i = 0; i < n; i++) {
        vector moved = add(rotate(pose->turn, from[i]), pose->shift);
        vector miss = add(to[i], scale(-1, moved));
        double squared = dot(miss, miss);
        sum += squared / (1 + squared / (soft * soft));
    }
    return sum / 2;
}

#ifdef WITH_MAIN
#define ALIGNMENT_GRAD_NO_TYPES
#include "alignment_grad.h"
#include "expect.h"

enum { POINTS = 5 };

int main(void) {
    const vector from[POINTS] = {{1, 0, 0}, {0, 2, 0}, {0, 0, 3}, {1, 1, -1}, {-2, 0.5, 1}};
    vector to[POINTS], from_bar[POINTS];
    /* A quarter of a turn about z. */
    struct pose pose = {{1, {0, 0, 1}}, {0.5, -1, 2}}, bar;
    for (int i = 0; i < POINTS; i++)
        to[i] = (vector){-from[i].y + 0.5, from[i].x - 1, from[i].z + 2};
    expect("the true pose", misfit_grad(&pose, &bar, POINTS, from, from_bar, to, 1e9), 0, 1e-15);
    expect("  is a minimum", fabs(bar.turn.w) + fabs(bar.turn.v.x) + fabs(bar.shift.y) + fabs(from_bar[2].z), 0, 1e-14);

    /* Away from it: by the shift it is the sum of the misses; the length of the quaternion makes no difference; and all points
     * turned together with the quaternion neither. */
    pose.turn = (struct quaternion){2, {0.3, -0.4, 1.5}};
    misfit_grad(&pose, &bar, POINTS, from, from_bar, to, 1e9);
    vector missed = {0, 0, 0}, moments = {0, 0, 0}, sum = {0, 0, 0};
    for (int i = 0; i < POINTS; i++) {
        vector turned = rotate(pose.turn, from[i]);
        missed = add(missed, add(add(turned, pose.shift), scale(-1, to[i])));
        moments = add(moments, cross(from[i], from_bar[i]));
        sum = add(sum, from_bar[i]);
    }
    expect("by the shift", bar.shift.x, missed.x, 1e-13);
    expect("by the length of the quaternion", pose.turn.w * bar.turn.w + dot(pose.turn.v, bar.turn.v), 0, 1e-13);
    vector turned_back = rotate((struct quaternion){2, {-0.3, 0.4, -1.5}}, missed);
    expect("by all points together", sum.y, turned_back.y, 1e-13);
    /* q (1 + e u / 2) turns the points by e about u first: half of q's slope along q u is u times the moments. */
    struct quaternion qu = {-pose.turn.v.x, {pose.turn.w, pose.turn.v.z, -pose.turn.v.y}};
    expect("a turn of all points about x", (qu.w * bar.turn.w + dot(qu.v, bar.turn.v)) / 2, moments.x, 1e-13);

    pose = (struct pose){{1, {0, 0, 1}}, {1e6, 0, 0}};
    misfit_grad(&pose, &bar, POINTS, from, from_bar, to, 1);
    expect("outliers pull no more", bar.shift.x, 0, 1e-10);
    return finish();
}
#endif
