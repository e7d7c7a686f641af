// OPTIONS --vjp=f:x->return
#include <setjmp.h>

jmp_buf place;

double f(double x) {
    double y = x;
    if (setjmp(place)) // EXPECT-EITHER error: setjmp
        return y;      // EXPECT-EITHER error: setjmp
    y = x * x;
    if (y > 2)
        longjmp(place, 1); // EXPECT-EITHER error: longjmp
    return y;
}
