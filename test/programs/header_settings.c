#define FILTER_STATES 3
#define FILTER_SATURATION /* none */
#include "Inputs/filter.h"

/* CHECK run: f[1], in[n] -> f[1], return
 *   inout filter f[1] = random(0.2, 0.8)
 *   int n = 4
 *   in double in[4] = random(-1, 1)
 *   returns double
 */

/* What the input defines before a header, the header finds in the generated files, too; and only once, for it is
 * not guarded. */
double run(filter *f, int n, const double *in) {
    double sum = 0;
    for (int i = 0; i < n; i++)
        sum += filter_step(f, in[i]) * f->x[FILTER_STATES - 1];
    return sum;
}
