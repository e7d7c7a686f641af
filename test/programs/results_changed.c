#include <math.h>

/* CHECK once: x -> return
 *   in double x = random(0.5, 1.5)
 *   returns double
 */
/* CHECK member: x -> return
 *   in double x = random(0.5, 1.5)
 *   returns double
 */
/* CHECK element: x -> return
 *   in double x = random(0.5, 1.5)
 *   returns double
 */
/* CHECK in_loop: x[n] -> return
 *   int n = 4
 *   in double x[4] = random(0.5, 1.5)
 *   returns double
 */

/* What a callee leaves in a variable is assigned once more. */
static double series(int n, double x, double *last) {
    double sum = 0;
    *last = x;
    for (int i = 0; i < n; i++) {
        if (i > 0)
            sum += series(i - 1, x * 0.5, last);
        *last = sin(*last * x) + 0.1 * i;
        sum += *last;
    }
    return sum;
}

double once(double x) {
    double last;
    double sum = series(3, x, &last);
    last = last * sin(last);
    return sum * last * last;
}

struct pair {
    double u, v;
};

double member(double x) {
    struct pair p;
    double sum = series(2, x, &p.u);
    p.v = p.u * cos(p.u);
    p.u = exp(-p.u) * p.u * p.v;
    return sum * p.u + p.v;
}

double element(double x) {
    double a[2];
    double sum = series(2, x, a) + series(3, x, a + 1);
    a[0] = a[0] * a[1] * a[0];
    a[1] *= a[1] * sin(a[0]);
    return sum * a[0] + a[1];
}

double in_loop(int n, const double *x) {
    double total = 1;
    for (int i = 0; i < n; i++) {
        double last, *where = &last;
        total *= 1 + 0.1 * series(2, x[i], where);
        last = last * last * cos(last);
        *where += total * last;
        total += last;
    }
    return total;
}
