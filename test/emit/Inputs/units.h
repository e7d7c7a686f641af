#ifndef UNITS_H
#define UNITS_H
#include <stddef.h>
struct units {
    double length;
    double mass;
};
#ifndef __cplusplus /* which has no x[n] */
double scaled(size_t n, const double x[n], const struct units *u);
#endif
#endif
