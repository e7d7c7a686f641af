// OPTIONS --vjp=f:x->return
#include <stdarg.h>

static double sum(int n, ...) { // EXPECT-EITHER error: 
    va_list list;               // EXPECT-EITHER error: 
    double s = 0;
    va_start(list, n);          // EXPECT-EITHER error: 
    for (int i = 0; i < n; i++)
        s += va_arg(list, double); // EXPECT-EITHER error: 
    va_end(list);                  // EXPECT-EITHER error: 
    return s;
}

double f(double x) {
    return sum(2, x, x * x); // EXPECT-EITHER error: 'sum'
}
