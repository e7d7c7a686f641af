#include <math.h>

/* CHECK late: x, y -> return
 *   in double x = random(-1, 1)
 *   in double y = random(-1, 1)
 *   int kind = 2
 *   returns double
 */
/* CHECK loop_locals: x[n] -> return
 *   int n = 5
 *   in double x[5] = random(-1, 1)
 *   returns double
 */

/* Variables without initializer that branches set; variables and arrays of a loop's body, new in each iteration. */
double late(double x, double y, int kind) {
    double a, b, c[2];
    if (x > y)
        a = x * x;
    else
        a = y - x;
    switch (kind) {
    case 1:
        b = a;
        c[0] = x;
        break;
    case 2:
        b = a * y;
        c[0] = b * b;
        break;
    default:
        b = 1;
        c[0] = 2;
    }
    c[1] = a * c[0];
    if (c[1] > 0) {
        double a = c[1];
        b += a * a;
    }
    return a * b + c[1];
}

double loop_locals(int n, const double *x) {
    double sum = 0;
    for (int i = 0; i < n; i++) {
        double t, window[2], part = 0;
        int count = 0;
        t = x[i];
        window[0] = t * t;
        if (i % 2)
            window[1] = window[0] * sum;
        else {
            window[1] = t;
            count = 2;
        }
        while (count-- > 0) {
            double u = part + window[1];
            part += u * t;
        }
        sum += window[0] * window[1] + part;
    }
    return sum;
}
