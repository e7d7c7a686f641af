/* The length of a Bezier curve of any degree, by Gauss's quadrature of the speed; points and tangents by de Casteljau's
 * construction. Intervals are halved where the result is not yet good enough.
 * G. Farin, Curves and Surfaces for CAGD, 5th edition (2002), chapters 4 and 5. */
#include <cgrad/cgrad.h>
#include <math.h>
#include <string.h>

#define MOST 8

typedef double point[2];

/* The derivative at t: degree times the difference of the last two points of the construction. */
static double speed(int degree, const point *control, double t) {
    point p[MOST + 1];
    memcpy(p, control, (size_t)(degree + 1) * sizeof *p);
    for (int level = 1; level < degree; level++)
        for (int i = 0; i <= degree - level; i++)
            for (int axis = 0; axis < 2; axis++)
                p[i][axis] += t * (p[i + 1][axis] - p[i][axis]);
    return degree * hypot(p[1][0] - p[0][0], p[1][1] - p[0][1]);
}

static double quadrature(int degree, const point *control, double from, double to) {
    static const struct {
        double place, weight;
    } gauss[5] = {{0, 0.56888888888888888889},
                  {-0.53846931010568309104, 0.47862867049936646804},
                  {0.53846931010568309104, 0.47862867049936646804},
                  {-0.90617984593866399280, 0.23692688505618908751},
                  {0.90617984593866399280, 0.23692688505618908751}};
    double sum = 0, half = (to - from) / 2;
    for (int k = 0; k < 5; k++)
        sum += gauss[k].weight * speed(degree, control, from + half * (1 + gauss[k].place));
    return half * sum;
}

static double length_between(int degree, const point *control, double from, double to, double whole, int depth) {
    double middle = (from + to) / 2;
    double left = quadrature(degree, control, from, middle), right = quadrature(degree, control, middle, to);
    if (depth == 0 || fabs(left + right - whole) < 1e-13)
        return left + right;
    return length_between(degree, control, from, middle, left, depth - 1)
           + length_between(degree, control, middle, to, right, depth - 1);
}

CGRAD_GRAD(control[degree + 1])
double curve_length(int degree, const point *control) {
    return length_between(degree, control, 0, 1, quadrature(degree, control, 0, 1), 12);
}

#ifdef WITH_MAIN
#define BEZIER_GRAD_NO_TYPES
#include "bezier_grad.h"
#include "expect.h"

int main(void) {
    const point line[4] = {{0, 0}, {1, 2}, {2, 4}, {3, 6}};
    point bar[5];
    expect("a line", curve_length_grad(3, line, bar), sqrt(45), 1e-13);
    expect("  by its end", bar[3][0], 3 / sqrt(45), 1e-12);
    expect("  by a point between", bar[1][1], 0, 1e-13);

    /* y = x x from -1 to 1. */
    const point parabola[3] = {{-1, 1}, {0, -1}, {1, 1}};
    expect("a parabola", curve_length_grad(2, parabola, bar), sqrt(5) + asinh(2) / 2, 1e-12);
    expect("shifted: no change", bar[0][1] + bar[1][1] + bar[2][1], 0, 1e-13);
    /* Scaled in y by s: the slope of the length at s = 1 is that of the integral of sqrt(1 + 4 s s x x). */
    expect("scaled in y", bar[0][1] - bar[1][1] + bar[2][1], 2 * (sqrt(5) / 2 - asinh(2) / 4), 1e-12);

    const point wild[5] = {{0, 0}, {3, 1}, {-2, 2}, {1, -3}, {1, 1}};
    double scaled = 0, turned = 0, length = curve_length_grad(4, wild, bar);
    for (int i = 0; i < 5; i++) {
        scaled += wild[i][0] * bar[i][0] + wild[i][1] * bar[i][1];
        turned += wild[i][0] * bar[i][1] - wild[i][1] * bar[i][0];
    }
    expect("a quartic: scaled", scaled, length, 1e-12);
    expect("  turned: no change", turned, 0, 1e-12);
    return finish();
}
#endif
