#include <math.h>

/* Global arrays filled by loops that are reversed at once: their companions are there before the loop. */

/* CHECK filled: x[3] -> return
 *   in double x[3] = random(0.5, 1.5)
 *   returns double
 */
/* CHECK filled_large: x[3] -> return
 *   in double x[3] = random(0.5, 1.5)
 *   returns double
 */
/* CHECK filled_in_branch: x[3] -> return
 *   in double x[3] = random(0.5, 1.5)
 *   int k = 1
 *   returns double
 */

double values[3];
double rows[900][2];

double filled(const double *x) {
    for (int k = 0; k < 3; k++)
        values[k] = sin(x[k]) * x[0];
    return 0.5 * values[0] + values[2];
}

double filled_large(const double *x) {
    for (int k = 0; k < 900; k++)
        rows[k][1] = sin(x[k % 3]) * x[0];
    return 0.5 * rows[0][1] + rows[899][1];
}

double filled_in_branch(const double *x, int k) {
    if (k) {
        for (int i = 0; i < 3; i++)
            values[i] = sin(x[i]) * x[0];
        return values[0] - values[1];
    }
    values[1] = x[2];
    return values[k] * x[0];
}
