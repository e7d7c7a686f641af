// Calls through pointers whose functions are known: chosen by an expression, found in a table, held in a struct, passed
// on by callers of this file.
#include <math.h>

/* CHECK chosen: x -> return
 *   in double x = random(0.3, 1.5)
 *   int flag = 1
 *   returns double
 */
/* CHECK table: x[n] -> return
 *   int n = 5
 *   in double x[5] = random(0.3, 1.5)
 *   returns double
 */
/* CHECK structs: x -> return
 *   in double x = random(0.3, 1.5)
 *   int k = 2
 *   returns double
 */
/* CHECK switched: x -> return
 *   in double x = random(0.3, 1.5)
 *   returns double
 */
/* CHECK passed: x -> return
 *   in double x = random(0.3, 1.5)
 *   returns double
 */
/* CHECK vectors: x[3] -> return
 *   in double x[3] = random(0.3, 1.5)
 *   returns double
 */
/* CHECK layers: weight, x -> return
 *   in double weight = random(0.3, 1.5)
 *   in double x = random(0.3, 1.5)
 *   returns double
 */

typedef double (*function)(double);

static double square(double x) {
    return x * x;
}

static double cube(double x) {
    return x * x * x;
}

double chosen(double x, int flag) {
    function g = flag ? sin : cube;
    return g(x) * (*g)(2 * x);
}

static double sine(double x) {
    return sin(x);
}

static double cosine(double x) {
    return cos(x);
}

static const function functions[] = {square, sine, cube};
static double (*others[2])(double) = {cosine, square};

double table(int n, const double *x) {
    double s = 1;
    for (int i = 0; i < n; i++) {
        s += functions[i % 3](x[i] + 0.1 * s);
        s *= 0.5 * (*functions[(i + 1) % 3])(x[i]) + others[i & 1](x[i]);
    }
    return s;
}

struct method {
    const char *name;
    function f, derivative;
};

static const struct method methods[] = {{"sine", sine, cosine}, {"square", square, 0}, {"cube", cube, sine}};

double structs(double x, int k) {
    const struct method *m = &methods[k];
    struct method own = {"own", cube, square};
    return methods[k].f(x) * methods[k].derivative(x * x) + own.f(x) * own.derivative(x);
}

double switched(double x) {
    double s = x;
    function step;
    for (int i = 0; i < 4; i++) {
        switch (i) {
        case 0: step = sine; break;
        case 1: step = cube; break;
        default: step = cosine;
        }
        s = step(s * 0.3) + s;
    }
    return s;
}

static double apply(function g, double x) {
    return g(x) + x;
}

static double twice(function g, double x) {
    return apply(g, apply(g, x));
}

double passed(double x) {
    return apply(x > 0 ? sine : cosine, x) * twice(cube, x * 0.5);
}

static void shift(double *v, double by) {
    for (int i = 0; i < 3; i++)
        v[i] += by * v[(i + 1) % 3];
}

static void scale(double *v, double by) {
    for (int i = 0; i < 3; i++)
        v[i] *= by;
}

double vectors(const double *x) {
    static void (*const steps[])(double *, double) = {shift, scale};
    double v[3] = {x[0], x[1], x[2]};
    for (int k = 0; k < 4; k++)
        steps[k & 1](v, x[k % 3]);
    return v[0] * v[1] + v[2];
}

double relu(double x, double leak) {
    return x > 0 ? x : leak * x;
}

double softplus(double x, double leak) {
    return log1p(exp(x)) + leak * x;
}

/* Where it was made is not seen: any function that other files can name. */
struct layer {
    double weight;
    double (*activation)(double, double);
};

static struct layer make(double weight) {
    struct layer made = {weight, softplus};
    return made;
}

static double forward(const struct layer *net, double x) {
    double y = net->activation(net->weight * x, x);
    return y * net->activation(y - 2, 0.1) + y;
}

double layers(double weight, double x) {
    struct layer net = make(weight);
    return forward(&net, x);
}
