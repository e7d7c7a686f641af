#include "scale.h"

double square(double x) {
    double y = scale(x);
    return y * y;
}
