#ifndef GEOMETRY_H
#define GEOMETRY_H

#include <math.h>

#define GEOMETRY_UNIT 2.5
enum { SIDES = 3 };

struct point {
    double x, y;
};

static const double side_weight[SIDES] = {1, 0.5, 0.25};

static inline double distance(const struct point *a, const struct point *b) {
    double dx = a->x - b->x, dy = a->y - b->y;
    return sqrt(dx * dx + dy * dy + 0.125);
}

static inline struct point plus(struct point a, struct point b) {
    a.x += b.x;
    a.y += b.y;
    return a;
}

static inline struct point scaled(struct point a, double s) {
    return (struct point){a.x * s, a.y * s};
}

#endif
