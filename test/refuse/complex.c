// OPTIONS --vjp=f:x->return
#include <complex.h>

double f(double x) {
    double _Complex z = x + x * I; // EXPECT-EITHER error: omplex
    z = z * z;                     // EXPECT-EITHER error: omplex
    return creal(z);               // EXPECT-EITHER error: 
}
