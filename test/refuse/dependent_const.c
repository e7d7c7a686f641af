#include <cgrad/cgrad.h>

CGRAD_VJP(x -> y)                             // EXPECT-EITHER error: 'y'
double first(double x, const double *y) {     // EXPECT-EITHER error: 'y'
    return x * y[0];
}
