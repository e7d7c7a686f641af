#include <cgrad/cgrad.h>

CGRAD_VJP(x -> return)                        // EXPECT-EITHER error: return
void square(double x, double *y) {            // EXPECT-EITHER error: return
    *y = x * x;
}
