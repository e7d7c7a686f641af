/* Once for each TYPE, which the includer defines. */

#include "helpers.h"

TYPE NAME(norm)(int n, const TYPE *x) {
    return ROOT(NAME(squares)(n, x));
}

void NAME(scale)(int n, TYPE *x, TYPE factor) {
    struct window window = {.first = 1, .last = n};
    for (int i = window.first; i < window.last; i++)
        x[i] *= factor * ROOT(x[i - 1]);
}
