// A source that another includes: its functions are differentiated as if they stood there, and nothing is defined
// twice.
#define BEFORE 2
#include "Inputs/spring.h"

static double helped(double x) {
    return BEFORE * x * x;
}

#include "Inputs/spring.c"

/* CHECK chain: s[1], x[n] -> return
 *   in struct spring s[1] = random(0.5, 1.5)
 *   int n = 4
 *   in double x[4] = random(0.5, 1.5)
 *   returns double
 */

#define AFTER (LINEAR + 1)

double chain(const struct spring *s, int n, const double *x) {
    double e = 0;
    for (int i = 1; i < n; i++)
        e += spring_energy(s, helped(x[i] - x[i - 1])) * AFTER;
    return e;
}
