#include "Inputs/geometry.h"

/* CHECK perimeter: p[n] -> return
 *   int n = 4
 *   in struct point p[4] = random(-1, 1)
 *   returns double
 */
/* CHECK moved: p, by -> return
 *   in struct point p = random(-1, 1)
 *   in struct point by = random(-1, 1)
 *   returns struct point
 */
/* CHECK distance: a[1], b[1] -> return
 *   in struct point a[1] = random(-1, 0)
 *   in struct point b[1] = random(0, 1)
 *   returns double
 */

/* Types, inline functions, macros and tables from a header of the user's own. */
double perimeter(int n, const struct point *p) {
    double sum = 0;
    for (int i = 0; i < n; i++)
        sum += distance(&p[i], &p[(i + 1) % n]) * GEOMETRY_UNIT * side_weight[i % SIDES];
    return sum;
}

struct point moved(struct point p, struct point by) {
    return plus(p, scaled(by, GEOMETRY_UNIT));
}
