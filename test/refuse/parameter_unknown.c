#include <cgrad/cgrad.h>

CGRAD_GRAD(z)                        // EXPECT-EITHER error: 'z'
double square(double x) {            // EXPECT-EITHER error: 'z'
    return x * x;
}
