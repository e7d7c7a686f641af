#include <math.h>

/* CHECK-OPTIONS workspace */
/* CHECK f: x, x_bar -> return
 *   in double x = random(0.5, 1.5)
 *   in double x_bar = random(0.5, 1.5)
 *   int record = 3
 *   returns double
 */
/* CHECK g: t[n] -> y_dot[n]
 *   int n = 3
 *   in double t[3] = random(0.5, 1.5)
 *   out double y_dot[3]
 */

/* Names that a generator likes to use itself. */
static double t_bar(double t, double t_bar) {
    return t * t_bar;
}

double f(double x, double x_bar, int record) {
    double f_bar = x * x_bar, x_dot = f_bar + x, cursor = 1, t = 2, t1 = x_dot * t, i_bar = 0;
    for (int i = 0; i < record; i++) {
        double seed = t1 * cursor;
        i_bar += seed;
        cursor = seed / (1 + t1 * t1);
    }
    double result = i_bar + cursor * f_bar, result_bar = sin(result), flag = result_bar * result;
    return t_bar(flag, result_bar);
}

void g(int n, const double *t, double *y_dot) {
    for (int t_dot = 0; t_dot < n; t_dot++) {
        double y = t[t_dot] * t[t_dot];
        y_dot[t_dot] = y * t[0];
    }
}

/* CHECK hides: x, log -> return
 *   in double x = random(0.3, 1.5)
 *   in double log = random(0.3, 1.5)
 *   returns double
 */
/* The derivative of pow calls log. */
double hides(double x, double log) {
    return pow(x, log) * log;
}
