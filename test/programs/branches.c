#include <math.h>

/* CHECK select_case: x, y -> return
 *   int kind = 2
 *   in double x = random(0.2, 2)
 *   in double y = random(0.2, 2)
 *   returns double
 */
/* CHECK table_of_cases: x[n] -> y[n]
 *   int n = 8
 *   int kinds[8] = {0, 1, 2, 3, 4, 5, -1, 9}
 *   in double x[8] = random(0.2, 2)
 *   out double y[8]
 */
/* CHECK clamp: x, low, high -> return
 *   in double x = random(-1, 2)
 *   in double low = random(-0.5, 0)
 *   in double high = random(0.5, 1)
 *   returns double
 */

/* if chains, nested conditions, switch with fallthrough and default in the middle. */
double select_case(int kind, double x, double y) {
    if (kind == 1)
        return x * y;
    else if (kind == 2) {
        if (x > y)
            x = x * x;
        else
            y = sin(y);
        return x / y;
    } else
        return -1;
}

static double one_case(int kind, double x) {
    double y = x;
    switch (kind) {
    case 0:
        y = 2 * x;
        break;
    case 1:
        y *= x;
        /* fall through */
    case 2:
        y += x;
        break;
    default:
        y = x * x * x;
        break;
    case 3:
    case 4: {
        double z = exp(y);
        if (z > 4)
            break;
        y = z * x;
        break;
    }
    case 5:
        return x / 3;
    }
    return y * x;
}

void table_of_cases(int n, const int *kinds, const double *x, double *y) {
    for (int i = 0; i < n; i++)
        y[i] = one_case(kinds[i], x[i]);
}

double clamp(double x, double low, double high) {
    double result = x;
    if (x < low)
        result = low * low;
    if (x > high)
        result = high * x;
    return result;
}
