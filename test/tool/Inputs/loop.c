#include <math.h>

/* Needs a record: the number of iterations is not known on entry. */
double power(double x) {
    double y = x;
    while (y < 1000)
        y = y * y + sin(y);
    return y;
}
