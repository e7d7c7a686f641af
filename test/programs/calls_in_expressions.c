#include <math.h>

/* CHECK nested: x, y -> return
 *   in double x = random(0.5, 1.5)
 *   in double y = random(0.5, 1.5)
 *   returns double
 */
/* CHECK conditions: x[n] -> return
 *   int n = 5
 *   in double x[5] = random(0.5, 1.5)
 *   returns double
 */

/* Calls of the user's functions wherever an expression can stand. */
static double mix(double a, double b) {
    return a * b + a;
}

static double step(double *x) {
    *x *= 0.75;
    return *x * *x;
}

static int next(int i, int n) {
    return (i + 2) % n;
}

static struct pair {
    double a, b;
} both(double x) {
    struct pair p = {x * x, x + 1};
    return p;
}

double nested(double x, double y) {
    double z = mix(mix(x, y), mix(y, sin(mix(x, 2))));
    z += mix(x, z) > 1 ? mix(z, y) : mix(y, z) * 0.5;
    z *= both(z * 0.1).a + both(x).b;
    return -mix(z, -x) / (1 + mix(x, x));
}

double conditions(int n, const double *x) {
    double sum = 0, value = x[0];
    while (step(&value) > 0.05)
        sum += value;
    for (int i = next(0, n); i != 0; i = next(i, n)) {
        sum += x[next(i, n)] * x[i];
        if (x[i] > 1 && mix(x[i], x[0]) > 1.5)
            sum = mix(sum, x[i]);
        else if (mix(x[i], 1) < 1.3 || step(&value) > 1)
            sum += value * x[1];
        switch (next(i, 3)) {
        case 0:
            sum -= mix(x[0], x[1]);
            break;
        case 1:
            step(&sum);
        }
    }
    do
        value += 0.5;
    while (mix(value, 1) < 3);
    return sum + value;
}
