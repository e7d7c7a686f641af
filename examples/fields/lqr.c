/* The best linear feedback for a linear system with quadratic costs, by iterating Riccati's equation to its fixed point; and what
 * it costs to bring the system to rest. The gradient says what a change of the system or of the weights is worth.
 * K. J. Astrom and B. Wittenmark, Computer-Controlled Systems, 3rd edition (1997), section 11.2. */
#include <cgrad/cgrad.h>
#include <math.h>
#include <string.h>

#define N 2

typedef double matrix[N][N];

/* x' = a x + b u; the cost of a step is x'q x + r u u. */
struct plant {
    double a[N][N], q[N][N];
    double b[N], r;
};

static void multiply(matrix x, matrix y, matrix out) {
    for (int i = 0; i < N; i++)
        for (int j = 0; j < N; j++) {
            out[i][j] = 0;
            for (int k = 0; k < N; k++)
                out[i][j] += x[i][k] * y[k][j];
        }
}

static void transpose(const double (*x)[N], matrix out) {
    for (int i = 0; i < N; i++)
        for (int j = 0; j < N; j++)
            out[j][i] = x[i][j];
}

/* p = q + a'p (a - b k), where k is the gain for p; the change of p. */
static double riccati(struct plant *plant, matrix p, double gain[N]) {
    matrix closed, transposed, pa, next;
    double pb[N], scale = plant->r, change = 0;
    for (int i = 0; i < N; i++) {
        pb[i] = p[i][0] * plant->b[0] + p[i][1] * plant->b[1];
        scale += plant->b[i] * pb[i];
    }
    for (int j = 0; j < N; j++)
        gain[j] = (pb[0] * plant->a[0][j] + pb[1] * plant->a[1][j]) / scale;
    for (int i = 0; i < N; i++)
        for (int j = 0; j < N; j++)
            closed[i][j] = plant->a[i][j] - plant->b[i] * gain[j];
    multiply(p, closed, pa);
    transpose((const double (*)[N])plant->a, transposed);
    multiply(transposed, pa, next);
    for (int i = 0; i < N; i++)
        for (int j = 0; j < N; j++) {
            next[i][j] += plant->q[i][j];
            change = fmax(change, fabs(next[i][j] - p[i][j]));
        }
    memcpy(p, next, sizeof(matrix));
    return change;
}

CGRAD_GRAD(plant, start)
double regulator_cost(struct plant plant, const double start[N]) {
    matrix p;
    double gain[N], cost = 0;
    memcpy(p, plant.q, sizeof p);
    for (int round = 0; riccati(&plant, p, gain) > 1e-15 && round < 1000; round++)
        continue;
    for (int i = 0; i < N; i++)
        for (int j = 0; j < N; j++)
            cost += start[i] * p[i][j] * start[j];
    return cost;
}

#ifdef WITH_MAIN
#define LQR_GRAD_NO_TYPES
#include "expect.h"
#include "lqr_grad.h"

int main(void) {
    /* One state alone: p solves b b p p + (r (1 - a a) - q b b) p = q r. */
    const double a = 1.2, b = 0.5, q = 2, r = 0.7;
    struct plant plant = {{{a, 0}, {0, 0}}, {{q, 0}, {0, 0}}, {b, 0}, r}, bar;
    double start[N] = {1, 0}, slope[N], h = r * (1 - a * a) - q * b * b;
    double root = sqrt(h * h + 4 * b * b * q * r), p = (root - h) / (2 * b * b);
    expect("cost, one state", regulator_cost_grad(plant, &bar, start, slope), p, 1e-13);
    expect("  by a", bar.a[0][0], 2 * a * r * p / root, 1e-12);
    expect("  by q", bar.q[0][0], (b * b * p + r) / root, 1e-12);
    expect("  by r", bar.r, (q - (1 - a * a) * p) / root, 1e-12);
    expect("  by the start", slope[0], 2 * p, 1e-13);

    /* A cart that is pushed. Euler's theorem: the cost is linear in all weights together, quadratic in the start. */
    struct plant cart = {{{1, 0.1}, {0, 1}}, {{1, 0}, {0, 0.1}}, {0.005, 0.1}, 0.01};
    start[1] = -0.3;
    double cost = regulator_cost_grad(cart, &bar, start, slope);
    expect("a cart: by the weights", bar.q[0][0] + 0.1 * bar.q[1][1] + 0.01 * bar.r, cost, 1e-12);
    expect("a cart: by the start", start[0] * slope[0] + start[1] * slope[1], 2 * cost, 1e-13);
    expect("a cart: by its push, scaled against r", cart.b[0] * bar.b[0] + cart.b[1] * bar.b[1], -2 * cart.r * bar.r, 1e-11);
    return finish();
}
#endif
