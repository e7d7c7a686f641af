#include <cgrad/cgrad.h>

CGRAD_GRAD(x[m])                            // EXPECT-EITHER error: 'm'
double first(int n, const double *x) {      // EXPECT-EITHER error: 'm'
    return n > 0 ? x[0] * x[0] : 0;
}
