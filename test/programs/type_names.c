#include <math.h>
#include <stdint.h>

/* CHECK f: x -> return
 *   in double x = random(0.5, 1.5)
 *   int n = 3
 *   returns double
 */
/* CHECK make: x -> return
 *   in double x = random(0.5, 1.5)
 *   int n = 4
 *   returns layer
 */
/* CHECK g: layer, x -> return
 *   in layer layer = random(0.5, 1.5)
 *   in double x = random(0.5, 1.5)
 *   returns double
 */

/* Variables with the names of types and of library functions; a macro that only a copied function uses. */
typedef struct {
    double a, b[2];
} layer;
typedef double real;

#define FRAME UINT8_C(3)
#define OTHER 1

static int steps(const int *k) {
    switch (*k) {
    case FRAME: return 2;
    case OTHER: return 1;
    default: return 0;
    }
}

layer make(double x, int n) {
    layer layer = {0};
    layer.a = x * x;
    for (int i = 0; i < n; i++)
        layer.b[0] += sin(x * i);
    return layer;
}

double f(double x, int n) {
    double log = x * x;
    double real = x + steps(&n);
    layer l = make(x, n);
    double floor = pow(x, log) * real;
    return floor + l.a * l.b[0];
}

static double helper(layer layer, double exp) {
    real twice = 2 * exp;
    return layer.a * twice * layer.b[1];
}

double g(layer layer, double x) {
    return helper(layer, x) * helper(layer, x * x);
}
