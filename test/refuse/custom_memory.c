#include <cgrad/cgrad.h>

void advance(double *state, int n);

CGRAD_CUSTOM_VJP(advance)
void advance_adjoint(double *state, double *state_bar, int n);

/* How much of `state` to keep for advance_adjoint, nobody says. */
CGRAD_VJP(state)
void twice(double *state, int n) {
    advance(state, n); // EXPECT error: 'advance_adjoint' would find 'state' of 'advance' changed
    advance(state, n);
}
