#include <cgrad/cgrad.h>

CGRAD_VJP(x)                                // EXPECT-EITHER error: 
void nothing(const double *x, int *count) { // EXPECT-EITHER error: 
    *count = x[0] > 0;
}
