#include "brusselator.h"

/* Diffusion is its own adjoint, so each cell gathers from its neighbours, with the ends of the rows peeled off. The rates
 * themselves are not needed. */
struct cell {
    double u, v;
};

static inline struct cell cell(double diffusion, double u, double v, double du_bar, double dv_bar, double du_around,
                               double dv_around) {
    const double a = 3.4;
    double reaction_bar = du_bar - dv_bar;
    struct cell bar = {diffusion * (du_around - 4 * du_bar) + 2 * u * v * reaction_bar - (a + 1) * du_bar + a * dv_bar,
                       diffusion * (dv_around - 4 * dv_bar) + u * u * reaction_bar};
    return bar;
}

#define AROUND(x, j, left, right) (x##_above[j] + x##_below[j] + x##_row[left] + x##_row[right])

static void row(int n, double diffusion, const double *restrict u, double *restrict u_bar, const double *restrict v,
                double *restrict v_bar, const double *restrict du_row, const double *restrict du_above,
                const double *restrict du_below, const double *restrict dv_row, const double *restrict dv_above,
                const double *restrict dv_below) {
    for (int j = 1; j < n - 1; j++) {
        struct cell bar = cell(diffusion, u[j], v[j], du_row[j], dv_row[j], AROUND(du, j, j - 1, j + 1),
                               AROUND(dv, j, j - 1, j + 1));
        u_bar[j] += bar.u;
        v_bar[j] += bar.v;
    }
    for (int j = 0; j < n; j += n > 1 ? n - 1 : 1) {
        int left = j == 0 ? n - 1 : j - 1, right = j == n - 1 ? 0 : j + 1;
        struct cell bar = cell(diffusion, u[j], v[j], du_row[j], dv_row[j], AROUND(du, j, left, right),
                               AROUND(dv, j, left, right));
        u_bar[j] += bar.u;
        v_bar[j] += bar.v;
    }
}

void brusselator_hand(int n, const double *u, double *u_bar, const double *v, double *v_bar, const double *du_bar,
                      const double *dv_bar) {
    double spacing = 1.0 / (n - 1), diffusion = 0.02 / (spacing * spacing);
    for (int i = 0; i < n; i++) {
        int at = i * n, above = (i == 0 ? n - 1 : i - 1) * n, below = (i == n - 1 ? 0 : i + 1) * n;
        row(n, diffusion, u + at, u_bar + at, v + at, v_bar + at, du_bar + at, du_bar + above, du_bar + below, dv_bar + at,
            dv_bar + above, dv_bar + below);
    }
}
