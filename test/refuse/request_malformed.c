#include <cgrad/cgrad.h>

CGRAD_VJP(x -> )                     // EXPECT-EITHER error: 
double square(double x) {            // EXPECT-EITHER error: 
    return x * x;
}
