#include "numbers.h"
#include <string.h>
#ifdef PRECISE
#include "longdouble.h"
#endif
#include PROGRAM
#include "arguments.h"
#define JOIN(a, b) a##b
#define NAME(a, b) JOIN(a, b)

void NAME(WHICH, _choose)(unsigned seed, const number_t *flat, number_t *after, number_t *seen) {
    struct choose_arguments args;
    choose_open(&args);
    choose_initialize(&args, seed);
    choose_write(&args, flat);
    args.returned = choose(args.x);
    choose_read(&args, after);
    choose_observe(&args, seen);
    choose_close(&args);
}
