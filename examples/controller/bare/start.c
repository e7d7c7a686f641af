/* No operating system, no C library: the whole program of a target that has memory and arithmetic. It is linked with
 * -nostdlib; test/house/freestanding.test says how. */
#include "controller_grad.h"

static union {
    long double align;
    unsigned char bytes[COST_GRAD_WORKSPACE_BYTES];
} workspace;

float gains[4] = {0.5f, 0.5f, 0, 0};
volatile float first, last;

/* What compilers and the record call of the C library. */
void *memcpy(void *to, const void *from, size_t count) {
    unsigned char *t = to;
    const unsigned char *f = from;
    while (count-- > 0)
        *t++ = *f++;
    return to;
}

void *memset(void *to, int value, size_t count) {
    unsigned char *t = to;
    while (count-- > 0)
        *t++ = (unsigned char)value;
    return to;
}

/* One gradient step after another; 0 if the cost fell. */
int tune(void) {
    float gradient[4], value;
    for (int round = 0; round < 20; round++) {
        if (cost_grad_ws(gains, gradient, 1, 0, &value, workspace.bytes, sizeof workspace.bytes) != 0)
            return 1;
        if (round == 0)
            first = value;
        last = value;
        for (int k = 0; k < 4; k++)
            gains[k] -= 0.5f * gradient[k];
    }
    return !(last < first);
}
