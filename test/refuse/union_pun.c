// OPTIONS --vjp=f:x->return
#include <stdint.h>

union bits {       // EXPECT-EITHER error: union
    double real;
    uint64_t word;
};

double f(double x) {
    union bits bits;                 // EXPECT-EITHER error: union
    bits.real = x;                   // EXPECT-EITHER error: union
    bits.word &= ~UINT64_C(1);       // EXPECT-EITHER error: union
    return bits.real * x;            // EXPECT-EITHER error: union
}
