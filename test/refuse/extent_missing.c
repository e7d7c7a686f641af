#include <cgrad/cgrad.h>

CGRAD_GRAD(x)                         // EXPECT-EITHER error: extent
double sum(int n, const double *x) {  // EXPECT-EITHER error: extent
    double s = 0;
    for (int i = 0; i < n; i++)
        s += x[i];
    return s;
}
