#include <math.h>

/* CHECK area: a, b -> return
 *   in double a = random(0.2, 0.5)
 *   in double b = random(1, 1.5)
 *   int n = 4
 *   returns double
 */
/* CHECK root: c -> return
 *   in double c = random(2, 3)
 *   returns double
 */
/* CHECK orbit: y[2], p -> y[2]
 *   inout double y[2] = random(0.5, 1.5)
 *   in double p = random(0.5, 1)
 */
/* CHECK both: x -> return
 *   in double x = random(0.5, 1.5)
 *   returns double
 */

/* Functions handed over by their names: to integrators, to solvers, on to helpers, and those of the library. */
typedef double (*function)(double);

static double simpson(function f, double a, double b, int n) {
    double h = (b - a) / n, sum = f(a) + f(b);
    for (int i = 1; i < n; i++)
        sum += (i % 2 ? 4 : 2) * (*f)(a + i * h);
    return sum * h / 3;
}

static double bell(double x) {
    return exp(-x * x) * x;
}

double area(double a, double b, int n) {
    return simpson(bell, a, b, n) + 2 * simpson(sin, a, b, n) * simpson(&bell, 0, b, n);
}

static double newton(double (*f)(double x, double c), double (*slope)(double x, double c), double x, double c) {
    for (int i = 0; i < 20; i++) {
        double step = f(x, c) / slope(x, c);
        x -= step;
        if (fabs(step) < 1e-13)
            break;
    }
    return x;
}

static double cubic(double x, double c) {
    return x * x * x - c * x - 1;
}

static double cubic_slope(double x, double c) {
    return 3 * x * x - c;
}

double root(double c) {
    return newton(cubic, cubic_slope, 2, c);
}

typedef void right_hand_side(double t, const double *y, double p, double *dy);

static void euler(right_hand_side *rhs, double t, double *y, double p, double h) {
    double dy[2];
    rhs(t, y, p, dy);
    for (int i = 0; i < 2; i++)
        y[i] += h * dy[i];
}

static void integrate(right_hand_side rhs, double *y, double p, int steps) {
    for (int k = 0; k < steps; k++)
        euler(rhs, 0.1 * k, y, p, 0.1);
}

static void pendulum(double t, const double *y, double p, double *dy) {
    dy[0] = y[1];
    dy[1] = -sin(y[0]) * p + 0.1 * t;
}

static void decay(double t, const double *y, double p, double *dy) {
    dy[0] = -p * y[0];
    dy[1] = -p * y[1] * y[0] * t;
}

void orbit(double *y, double p) {
    integrate(pendulum, y, p, 5);
    integrate(decay, y, p, 3);
}

static double repeated(function f, double x, int depth) {
    return depth == 0 ? x : f(repeated(f, x, depth - 1));
}

static double twice(function f, function g, double x) {
    return f(g(x)) * g(f(x));
}

double both(double x) {
    double y = twice(bell, cos, x) + twice(cos, bell, x) + twice(sqrt, fabs, x);
    return y * repeated(sin, x, 3) * repeated(bell, x, 2);
}
