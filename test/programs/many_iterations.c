#include <math.h>

/* CHECK orbit: x[2] -> x[2]
 *   inout double x[2] = random(0.5, 1.5)
 *   int steps = 20000
 */
/* CHECK collatz: x -> return
 *   in double x = random(1, 2)
 *   int seed = 97
 *   returns double
 */
/* CHECK-OPTIONS trials=1 difference=1e-5L identity=1e-9L */

/* Long loops: the record grows over many blocks. */
void orbit(double *x, int steps) {
    double h = 0.001;
    for (int i = 0; i < steps; i++) {
        double speed = x[1] - h * sin(x[0]);
        x[0] += h * speed;
        if (x[0] > 1)
            speed -= 0.5 * h * (x[0] - 1);
        x[1] = speed;
    }
}

double collatz(double x, int seed) {
    long n = seed;
    double y = x;
    for (int k = 0; k < 100; k++) {
        for (n = seed + k; n != 1;) {
            if (n % 2 == 0) {
                n /= 2;
                y = 0.5 * y + sin(x);
            } else {
                n = 3 * n + 1;
                y = y / (1 + 0.125 * y * y) + x;
            }
        }
    }
    return y;
}
