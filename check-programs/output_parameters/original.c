#include "numbers.h"
#include <string.h>
#ifdef PRECISE
#include "longdouble.h"
#endif
#include PROGRAM
#include "arguments.h"
#define JOIN(a, b) a##b
#define NAME(a, b) JOIN(a, b)

void NAME(WHICH, _polar)(unsigned seed, const number_t *flat, number_t *after, number_t *seen) {
    struct polar_arguments args;
    polar_open(&args);
    polar_initialize(&args, seed);
    polar_write(&args, flat);
    polar(args.x, args.y, *args.r, *args.phi);
    polar_read(&args, after);
    polar_observe(&args, seen);
    polar_close(&args);
}

void NAME(WHICH, _statistics)(unsigned seed, const number_t *flat, number_t *after, number_t *seen) {
    struct statistics_arguments args;
    statistics_open(&args);
    statistics_initialize(&args, seed);
    statistics_write(&args, flat);
    args.returned = statistics(args.n, *args.x, *args.mean, *args.variance);
    statistics_read(&args, after);
    statistics_observe(&args, seen);
    statistics_close(&args);
}

void NAME(WHICH, _through)(unsigned seed, const number_t *flat, number_t *after, number_t *seen) {
    struct through_arguments args;
    through_open(&args);
    through_initialize(&args, seed);
    through_write(&args, flat);
    args.returned = through(args.x);
    through_read(&args, after);
    through_observe(&args, seen);
    through_close(&args);
}
