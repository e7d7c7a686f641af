#include "Inputs/f2c_like.h"

/* CHECK norm8_: x[8], scale[1] -> result[1]
 *   integer n[1] = {8}
 *   in doublereal x[8] = random(0.5, 1.5)
 *   in doublereal scale[1] = random(0.5, 1.5)
 *   out doublereal result[1]
 */

double sqrt(double);

/* In the manner of f2c: everything static, arrays from 1, macros of names that the library has. */
int norm8_(integer *n, doublereal *x, doublereal *scale, doublereal *result) {
    integer i__1;
    doublereal d__1;
    static integer i__;
    static doublereal sum, most;

    --x;
    sum = 0.;
    most = 0.;
    i__1 = *n;
    for (i__ = 1; i__ <= i__1; ++i__) {
        d__1 = x[i__] / *scale;
        sum += d__1 * d__1;
        most = max(most, (d__1 = x[i__], dabs(d__1)));
    }
    *result = *scale * sqrt(sum) * min(most, 100.);
    return 0;
}
