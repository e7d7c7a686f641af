#include <math.h>

#define REAL double
#define SERIES geometric
#define NAME(what) geometric_##what
static const double geometric_shift = 0.5;
#include "Inputs/series_template.h"

/* CHECK both: a, b -> return
 *   in double a = random(0.3, 0.8)
 *   in double b = random(0.3, 0.8)
 *   returns double
 */

/* Text that is included is the input's own: what it defines is defined once in the program. */
double both(double a, double b) {
    const geometric ones = {1, 1};
    geometric s = {a, sin(b)};
    return geometric_sum(&s) * a + SERIES_TERMS * geometric_sum(&ones) + geometric_term(&s, 2);
}
