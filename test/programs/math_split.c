#include <math.h>

/* CHECK split_parts: x -> y[6]
 *   in double x = random(2.1, 2.9)
 *   out double y[6]
 */

/* Functions of <math.h> that return a part through a pointer. */
void split_parts(double x, double y[6]) {
    int exponent, quotient;
    double whole;
    y[0] = frexp(x, &exponent);
    y[1] = exponent * x;
    y[2] = modf(x, &whole);
    y[3] = whole * x;
    y[4] = remquo(x, 0.75, &quotient);
    y[5] = quotient * x + logb(x) + nextafter(x, 3);
}
