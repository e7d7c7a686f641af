#include <math.h>
#include <stdbool.h>

/* CHECK activation: x[n] -> y[n]
 *   activation_kind kind = SMOOTH
 *   bool twice = true
 *   int n = 4
 *   in real x[4] = random(-1, 1)
 *   out real y[4]
 */
/* CHECK quadratic: v -> return
 *   in vector3 v = random(-1, 1)
 *   returns real
 */

/* Typedefs of reals, arrays and structs; enum and bool parameters. */
typedef double real;
typedef enum { LINEAR, SMOOTH, SHARP } activation_kind;
typedef struct vector3_s vector3;
struct vector3_s {
    real e[3];
};
typedef real matrix3[3][3];

static const matrix3 metric = {{2, 0.5, 0}, {0.5, 1, 0.25}, {0, 0.25, 3}};

static real activate(activation_kind kind, real x) {
    switch (kind) {
    case LINEAR:
        return x;
    case SMOOTH:
        return tanh(x);
    case SHARP:
        return x > 0 ? x : 0;
    }
    return 0;
}

void activation(activation_kind kind, bool twice, int n, const real *x, real *y) {
    for (int i = 0; i < n; i++) {
        y[i] = activate(kind, x[i]);
        if (twice)
            y[i] = activate(SHARP, y[i]) + activate(LINEAR, x[i]);
    }
}

real quadratic(vector3 v) {
    matrix3 outer;
    real sum = 0;
    for (int i = 0; i < 3; i++)
        for (int j = 0; j < 3; j++)
            outer[i][j] = v.e[i] * v.e[j];
    for (int i = 0; i < 3; i++)
        for (int j = 0; j < 3; j++)
            sum += metric[i][j] * outer[i][j];
    return sum;
}
