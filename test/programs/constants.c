#include <float.h>
#include <limits.h>
#include <math.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* CHECK shapes: x -> y[7]
 *   in double x = random(0.5, 1.5)
 *   out double y[7]
 */
/* CHECK bits: x[n] -> return
 *   int n = 6
 *   in double x[6] = random(0.5, 1.5)
 *   returns double
 */

/* Macros, enumerators, literals of every form, integer and bit operators, sizeof, bool, fixed-width integers. */
#define PI 3.14159265358979323846
#define TWO_PI (2.0 * PI)
#define POLY(x) (1.0 + (x) * (0.5 + (x) * 0x1.8p-2))
enum mode { PLAIN, DOUBLED = 2, TRIPLED };

void shapes(double x, double y[7]) {
    const double half = .5;
    enum mode mode = DOUBLED;
    y[0] = sin(TWO_PI * x) / PI;
    y[1] = POLY(x) * 1e-3;
    y[2] = mode * x + 'a' * x + TRIPLED * x;
    y[3] = x < DBL_MAX ? x * 1.5f : INFINITY;
    y[4] = x * 10 / 4 + x * (10 / 4) + 7u % 4 * x;
    y[5] = half * x + 017 * x + 0xFFl * x;
    y[6] = x * (double)sizeof(int) + x * (x > -DBL_EPSILON) + INT_MAX / 2147483647 * x;
}

double bits(int n, const double *x) {
    double sum = 0;
    uint32_t state = 12345;
    bool even = true;
    for (int i = 0; i < 1 << 3; i++) {
        state ^= state << 13, state ^= state >> 17, state ^= state << 5;
        int at = (int)(state % (uint32_t)n);
        sum += x[at] * ((i & 1) | (even ? 2 : 4)) * (~i + 9);
        even = !even;
        if ((i ^ at) & 2)
            sum *= x[(size_t)at];
    }
    return sum;
}
