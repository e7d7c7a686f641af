/* Tunes the gains by gradient descent in static memory, as on a microcontroller: nothing is allocated. See bare/ for the same
 * without an operating system. */
#include "controller_grad.h"

#include <stdio.h>

static union {
    long double align;
    unsigned char bytes[COST_GRAD_WORKSPACE_BYTES];
} workspace;

int main(void) {
    float gains[4] = {0.5f, 0.5f, 0, 0}, gradient[4], value;
    for (int round = 0; round <= 60; round++) {
        if (cost_grad_ws(gains, gradient, 1, 0, &value, workspace.bytes, sizeof workspace.bytes) != 0)
            return 1;
        if (round % 20 == 0)
            printf("round %d: cost %.3f\n", round, value);
        for (int k = 0; k < 4; k++)
            gains[k] -= 0.5f * gradient[k];
    }
    return 0;
}
