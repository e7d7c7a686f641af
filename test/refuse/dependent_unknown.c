#include <cgrad/cgrad.h>

CGRAD_VJP(x -> w)                    // EXPECT-EITHER error: 'w'
void square(double x, double *y) {   // EXPECT-EITHER error: 'w'
    *y = x * x;
}
