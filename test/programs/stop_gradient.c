#include <cgrad/cgrad.h>
#include <math.h>

/* CHECK stopped: x -> return
 *   in double x = 1.25
 *   double same = 1.25
 *   returns double
 *   like stopped_by_hand
 */
/* CHECK inactive: p, x -> return
 *   in struct settings p = {1.25, 0.5}
 *   in double x = 1.25
 *   double same = 1.25
 *   returns double
 *   like inactive_by_hand
 */

/* What carries no derivative by the user's word. `same` is the value of x, in place of it where it counts as constant. */
struct settings {
    double scale;
    CGRAD_INACTIVE double limit;
};

double stopped(double x, double same) {
    double weight = cgrad_stop_gradient(sin(x));
    (void)same;
    return weight * x + cgrad_stop_gradient(x) * x * x;
}

double stopped_by_hand(double x, double same) {
    return sin(same) * x + same * x * x;
}

CGRAD_INACTIVE static double heuristic(double x) {
    return x * x + 1;
}

double inactive(struct settings p, double x, double same) {
    CGRAD_INACTIVE double frozen = x * x;
    (void)same;
    return p.scale * x * frozen + heuristic(x) * x + p.limit * x;
}

double inactive_by_hand(struct settings p, double x, double same) {
    return p.scale * x * same * same + (same * same + 1) * x + 0.5 * x;
}
