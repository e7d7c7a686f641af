#include <math.h>

/* CHECK f: x -> return
 *   in double x = random(0.5, 1.5)
 *   returns double
 */

/* Statements inside an expression, as macros of GNU C have them. The generated code is plain C. */
#define MAX(a, b)                                                                                                    \
    __extension__({                                                                                                  \
        double a_ = (a), b_ = (b);                                                                                   \
        a_ > b_ ? a_ : b_;                                                                                           \
    })

double f(double x) {
    double y = MAX(x * x, sin(x));
    return MAX(MAX(y, 1), x) * y;
}
