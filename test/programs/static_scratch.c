#include <math.h>
#include <string.h>

/* CHECK scalars: x -> return
 *   in double x = random(0.5, 1.5)
 *   int n = 3
 *   returns double
 */
/* CHECK ranges: x[n] -> return
 *   int n = 5
 *   in double x[5] = random(0.5, 1.5)
 *   returns double
 */
/* CHECK tables: x[4], y -> y[4]
 *   in double x[4] = random(0.5, 1.5)
 *   inout double y[4] = random(0.5, 1.5)
 */
/* CHECK records: a -> return
 *   in double a = random(0.5, 1.5)
 *   returns double
 */

/* Static variables that every call writes before it reads them, as translators from Fortran make all of
 * them. */
double scalars(double x, int n) {
    static double a, b = 7, sum;
    static int k;
    a = x * x;
    if (n > 2)
        b = sin(a);
    else
        b = cos(x);
    sum = 0;
    for (k = 0; k < n; k++) {
        static double term;
        term = a * k + b;
        sum += term * term;
    }
    return sum;
}

double ranges(int n, const double *x) {
    static double work[64], row[3][4];
    double sum = 0;
    for (int i = 0; i < n; i++)
        work[i] = x[i] * x[i];
    for (int i = 0; i < 3; i++)
        for (int j = 0; j < 4; j++)
            row[i][j] = x[(i + j) % n] * (i + 1);
    for (int i = n - 1; i >= 0; i--)
        sum += work[i] * row[i % 3][2];
    for (int i = 1; i < n; i++)
        work[i] = sin(work[i]) + x[i];
    for (int i = 1; i < n; i++)
        sum += work[i];
    return sum;
}

static void square_all(double out[4], const double *in) {
    for (int i = 0; i < 4; i++)
        out[i] = in[i] * in[i];
}

void tables(const double *x, double *y) {
    static double sums[4], copy[4];
    memset(sums, 0, sizeof sums);
    memcpy(copy, y, sizeof(double[4]));
    for (int i = 0; i < 4; i++)
        for (int j = 0; j <= i; j++)
            sums[i] += x[j] * copy[3 - j];
    square_all(y, sums);
}

struct pair {
    double first, second[2];
};

double records(double a) {
    static struct pair p;
    static struct pair whole;
    struct pair fresh = {a, {a * a, 2 * a}};
    p.first = a;
    p.second[0] = a * a;
    p.second[1] = 3;
    whole = fresh;
    return p.first * p.second[0] + p.second[1] * whole.second[1];
}
