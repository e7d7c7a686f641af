#include <cgrad/cgrad.h>

CGRAD_VJP(x, x)                      // EXPECT-EITHER error: 'x'
double square(double x) {            // EXPECT-EITHER error: 'x'
    return x * x;
}
