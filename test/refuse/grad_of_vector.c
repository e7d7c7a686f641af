#include <cgrad/cgrad.h>

CGRAD_GRAD(x[n] -> y[n])                      // EXPECT-EITHER error: 
void squares(int n, const double *x, double *y) { // EXPECT-EITHER error: 
    for (int i = 0; i < n; i++)
        y[i] = x[i] * x[i];
}
