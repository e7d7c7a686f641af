#include <cgrad/cgrad.h>

CGRAD_VJP(n)                         // EXPECT-EITHER error: 'n'
double power(double x, int n) {      // EXPECT-EITHER error: 'n'
    return n > 1 ? x * x : x;
}
