#include "jacobi.h"

#include <stdlib.h>

/* A stencil that is linear and symmetric: the adjoint of a half step is the same average, over adjoints whose border counts as
 * zero. So inner adjoints live in padded copies, and what reaches the borders is added to them. */

static void gather(int n, double *restrict out, const double *restrict in) {
    for (int i = 1; i < n - 1; i++)
        for (int j = 1; j < n - 1; j++)
            out[i * n + j] =
                0.2 * (in[i * n + j] + in[i * n + j - 1] + in[i * n + j + 1] + in[(i - 1) * n + j] + in[(i + 1) * n + j]);
}

static void add_border(int n, double *restrict bar, const double *restrict inner) {
    for (int j = 1; j < n - 1; j++) {
        bar[j] += 0.2 * inner[n + j];
        bar[(n - 1) * n + j] += 0.2 * inner[(n - 2) * n + j];
        bar[j * n] += 0.2 * inner[j * n + 1];
        bar[j * n + n - 1] += 0.2 * inner[j * n + n - 2];
    }
}

static void copy_inner(int n, double *restrict to, const double *restrict from) {
    for (int i = 1; i < n - 1; i++)
        for (int j = 1; j < n - 1; j++)
            to[i * n + j] = from[i * n + j];
}

void jacobi_hand(int steps, int n, double *a_bar, double *b_bar) {
    if (steps <= 0)
        return;
    double *inner_a = calloc((size_t)(2 * n * n), sizeof *inner_a), *inner_b = inner_a + n * n;
    copy_inner(n, inner_a, a_bar);
    for (int t = steps - 1; t >= 0; t--) {
        gather(n, inner_b, inner_a);
        add_border(n, b_bar, inner_a);
        if (t == steps - 1)
            for (int i = 1; i < n - 1; i++)
                for (int j = 1; j < n - 1; j++)
                    inner_b[i * n + j] += b_bar[i * n + j];
        gather(n, inner_a, inner_b);
        add_border(n, a_bar, inner_b);
    }
    copy_inner(n, a_bar, inner_a);
    for (int i = 1; i < n - 1; i++)
        for (int j = 1; j < n - 1; j++)
            b_bar[i * n + j] = 0;
    free(inner_a);
}
