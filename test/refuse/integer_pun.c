// OPTIONS --vjp=f:x->return
#include <stdint.h>

/* That the value comes back as a real cannot be seen: reading it as an integer is refused. */
double f(double x) {
    uint64_t word = *(uint64_t *)&x; // EXPECT error: reals are reinterpreted
    word &= ~(uint64_t)1;
    return *(double *)&word; // EXPECT error: it is not known which memory this real lies in
}
